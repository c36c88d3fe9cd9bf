"""Placement opportunities, waiting and travel."""

from __future__ import annotations

from typing import Any

from pacework.service.core.forms import Choice, Day, LongText, OneOf, PageForm, Text, Whole
from pacework.service.employers.models import Employer, PlacementOpportunity, PlacementWait, Site
from pacework.service.employers.policies import next_placement_states
from pacework.service.employers.presenters.openings import STATE_STEPS


class OpportunityForm(PageForm):
    """A place to try work out."""

    submit_label = "Save placement opportunity"

    title = Text(label="What is it?", hint="Like: shelf filling, two mornings.", max_length=120)
    site = OneOf(label="Site", select=True, required=False, no_answer="No one site")
    named_manager = OneOf(
        label="Named manager",
        hint="Who looks after people there. Needed before it counts as agreed.",
        select=True,
        required=False,
        no_answer="Nobody yet",
    )
    places = Whole(label="Places", min=1, max=50, width=3)
    tasks = LongText(label="Tasks", rows=3, required=False)
    hours = Text(label="Hours", hint="Which days and hours are possible.", required=False)
    demands = LongText(
        label="What the work asks for",
        hint="Standing, lifting, reaching, pace, noise, and what can be changed.",
        rows=3,
        required=False,
    )
    lead_days = Whole(
        label="Lead time", hint="From asking to the first day.", min=0, max=365, suffix="days", required=False
    )

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = employer.sites.all()
        people = employer.people.filter(left_on__isnull=True)
        self.fields["named_manager"].queryset = people


class OpportunityStepForm(PageForm):
    """A step in the agreement with the employer."""

    submit_label = "Save step"

    to = Choice([], label="What is the next step?")
    note = Text(label="Note", max_length=300, required=False)

    def __init__(self, *args: Any, opportunity: PlacementOpportunity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = STATE_STEPS | (
            {"asked": "They have been asked again"} if opportunity.state == "ended" else {}
        )
        self.fields["to"].choices = [(to, words[to]) for to in next_placement_states(opportunity)]


class WaitForm(PageForm):
    """Someone waits for a placement."""

    submit_label = "Add to the list"

    opportunity = OneOf(
        PlacementOpportunity.objects.none(),
        label="Placement opportunity",
        select=True,
        words=lambda place: f"{place.title}, {place.employer}",
    )
    since = Day(label="Waiting since", not_future=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opportunity"].queryset = PlacementOpportunity.objects.exclude(
            state=PlacementOpportunity.State.ENDED
        ).select_related("employer")


class ClientWaitForm(PageForm):
    """The other way round: from a placement opportunity, which of the reader's clients waits."""

    submit_label = "Add to the list"

    client = OneOf(label="Client", select=True, words=lambda client: client.name)
    since = Day(label="Waiting since", not_future=True)

    def __init__(self, *args: Any, clients: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = clients


class TellForm(PageForm):
    """Telling someone how their wait stands, or ending it."""

    submit_label = "Save"

    step = Choice(
        [("told", "I told them how it stands"), *PlacementWait.End.choices],
        label="What happened?",
        reveals={"told": ["told_on", "words"]},
    )
    told_on = Day(label="When", not_future=True)
    words = Text(label="What you told them", max_length=300, required=False)


class TravelForm(PageForm):
    """How long one client needs to one site."""

    submit_label = "Save travel time"

    minutes = Whole(
        label="Minutes from door to door",
        hint="Leave it empty if nobody knows. Nothing is hidden because of it.",
        min=0,
        max=600,
        suffix="minutes",
        required=False,
    )
    how = Text(label="How", hint="Bus 12, a lift from a neighbour, walking with rests.", required=False)


class TravelSiteForm(PageForm):
    """Which site a travel time is for."""

    submit_label = "Go on"

    site = OneOf(label="Site", select=True, words=lambda site: f"{site.employer}, {site.name}")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = Site.objects.select_related("employer").order_by("employer__name_key", "name")
        self.fields["site"].queryset = sites
