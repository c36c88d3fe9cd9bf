"""Vacancies, placement opportunities, waiting and travel."""

from __future__ import annotations

from typing import Any

from pacework.service.core.forms import Choice, Day, LongText, Number, OneOf, PageForm, Text, Whole
from pacework.service.employers import codes
from pacework.service.employers.models import Employer, PlacementOpportunity, PlacementWait, Site, Vacancy
from pacework.service.employers.policies import next_placement_states, next_vacancy_states
from pacework.service.employers.presenters.openings import STATE_STEPS, VACANCY_STEPS


def occupation_choices() -> list[tuple[str, str]]:
    named = sorted(codes.occupations().items(), key=lambda item: item[1])
    return [(code, f"{title} ({code})") for code, title in named]


class VacancyForm(PageForm):
    """A job that can be applied for."""

    submit_label = "Save vacancy"
    groups = [
        ("Hours and pay", ["hours_a_week", "shifts", "pay", "pay_period"]),
        ("How it can fit", ["home_working", "flexibility"]),
    ]

    title = Text(label="Job title", max_length=120)
    site = OneOf(label="Site", select=True, required=False, no_answer="No one site")
    occupation = Choice(occupation_choices, label="Occupation", select=True, required=False)
    other_code = Text(label="Or another SOC 2020 code", hint="4 numbers, like 9241.", width=5, required=False)
    tasks = LongText(label="Tasks", required=False)
    source = Choice(Vacancy.Source.choices, label="How did you hear of it?", inline=True)
    closes_on = Day(label="Closing day", required=False)
    hours_a_week = Number(label="Hours a week", min=0.5, max=168, step="0.5", required=False, width=4)
    shifts = Text(label="Days and shifts", hint="Like: Monday to Thursday mornings.", required=False)
    pay = Number(label="Pay", min=0, max=1000000, prefix="£", required=False, width=10)
    pay_period = Choice(
        Vacancy.Period.choices, label="This pay is for", inline=True, required=False, no_answer=""
    )
    home_working = Choice(Vacancy.Home.choices, label="Home working", inline=True)
    flexibility = Text(
        label="Flexibility",
        hint="Start times, breaks, sitting or standing, swapping tasks.",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = employer.sites.all()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        # A typed code goes before the list: it is the more exact answer.
        data["occupation"] = data.pop("other_code", "") or data.get("occupation", "")
        return data


class VacancyStepForm(PageForm):
    """What became of a vacancy."""

    submit_label = "Save"

    to = Choice([], label="What happened?")

    def __init__(self, *args: Any, vacancy: Vacancy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(to, VACANCY_STEPS[to]) for to in next_vacancy_states(vacancy)]


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
