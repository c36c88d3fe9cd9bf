"""Placements: plan, start, one week, end; and adjustments of a placement or a job."""

from __future__ import annotations

from typing import Any

from pacework.service.core.codes import codes
from pacework.service.core.forms import Choice, Day, LongText, Number, OneOf, PageForm, Text, Tick, Whole
from pacework.service.employers.models import PlacementOpportunity
from pacework.service.employers.policies import places_free
from pacework.service.work.forms.fields import EmployerName, Hours, employer_called
from pacework.service.work.models import Placement
from pacework.service.work.policies import effects


class PlacementForm(PageForm):
    """Plan a try-out."""

    submit_label = "Plan placement"
    groups = [
        ("Where and what", ["opportunity", "employer", "title", "kind"]),
        ("When", ["planned_from", "planned_until"]),
        ("Hours a week", ["planned_hours", "start_hours", "build_weeks"]),
    ]

    opportunity = OneOf(
        label="Agreed placement opportunity", select=True, required=False, no_answer="Not one of these"
    )
    employer = EmployerName(
        label="Employer", hint="Only if it is not one of these. As in the list of employers.", required=False
    )
    title = Text(
        label="What is the work?", hint="Empty: as the opportunity says.", max_length=120, required=False
    )
    kind = Choice(Placement.Kind.choices, label="Kind", inline=True)
    planned_from = Day(label="First day")
    planned_until = Day(label="Last day", hint="Empty: six weeks.", required=False)
    planned_hours = Number(label="Hours once built up", min=0.5, max=168, step="0.5", width=4)
    start_hours = Number(
        label="Hours in the first week", hint="Empty: no build-up.", min=0.5, max=168, step="0.5", width=4,
        required=False,
    )  # fmt: skip
    build_weeks = Whole(
        label="Built up by week number", hint="Like 4: full hours from week 4 on.", min=0, max=52, width=3,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreed = PlacementOpportunity.objects.filter(state=PlacementOpportunity.State.AGREED)
        rows = list(agreed.select_related("employer"))
        free = places_free(rows)
        entry: Any = self.fields["opportunity"]
        entry.queryset = agreed.filter(pk__in=[pk for pk, number in free.items() if number]).select_related(
            "employer"
        )
        entry.words = lambda row: f"{row.employer}: {row.title} ({free[row.pk]} free)"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        name, opportunity = data.get("employer"), data.get("opportunity")
        if opportunity is not None:
            data["employer"] = None
        elif name:
            data["employer"] = employer_called(name)
            if data["employer"] is None:
                self.add_error(
                    "employer", "No employer in the list has this name. Add it under Employers first."
                )
        else:
            self.add_error("opportunity", "Choose a placement opportunity, or write the employer below.")
        if not data.get("title") and opportunity is None:
            self.add_error("title", "Say what the work is.")
        data["build_weeks"] = data.get("build_weeks") or 0
        return data


class ReplanForm(PageForm):
    """A planned try-out, as a whole."""

    submit_label = "Save plan"
    intro = "Other dates or hours plan every week anew. Otherwise the weeks stay as they are."
    groups = [
        ("What", ["title", "kind"]),
        ("When", ["planned_from", "planned_until"]),
        ("Hours a week", ["planned_hours", "start_hours", "build_weeks"]),
    ]

    title = Text(label="What is the work?", max_length=120)
    kind = Choice(Placement.Kind.choices, label="Kind", inline=True)
    planned_from = Day(label="First day")
    planned_until = Day(label="Last day")
    planned_hours = Number(label="Hours once built up", min=0.5, max=168, step="0.5", width=4)
    start_hours = Number(
        label="Hours in the first week", hint="Empty: no build-up.", min=0.25, max=168, step="0.25", width=4,
        required=False,
    )  # fmt: skip
    build_weeks = Whole(
        label="Built up by week number", hint="Like 4: full hours from week 4 on.", min=0, max=52, width=3,
        required=False,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        data["build_weeks"] = data.get("build_weeks") or 0
        return data


class StartForm(PageForm):
    """The first day has come."""

    submit_label = "Record the start"
    on = Day(label="First day", not_future=True)


class WeekForm(PageForm):
    """One week of a placement."""

    submit_label = "Save week"

    planned = Hours(label="Hours planned", hint="Like 7.5 or 7:30.", missing="Enter the hours planned.")
    done = Hours(label="Hours done", hint="0 if none. Empty if not known.", required=False)
    lost_to_pain = Tick(label="Hours were lost to pain")
    note = Text(label="Note", max_length=300, required=False)


class PlacementEndForm(PageForm):
    """Why and when it ended."""

    submit_label = "End placement"

    on = Day(label="Last day", not_future=True)
    reason = Choice(codes("work", "placement_end_reasons").choices(), label="Why did it end?", select=True)
    words = LongText(label="In the client’s words: what was learned?", rows=3, required=False)


class AdjustmentForm(PageForm):
    """A change that was agreed."""

    submit_label = "Save adjustment"

    kind = Choice(
        codes("work", "adjustments", "adjustments").choices(), label="What was agreed?", select=True
    )
    words = Text(
        label="In words",
        hint="As it can be said to the employer. Empty: the usual words.",
        max_length=300,
        required=False,
    )
    agreed_on = Day(label="Agreed on", not_future=True)
    review_on = Day(label="Look at it again on", required=False)


class AgreeForm(PageForm):
    """What was proposed is agreed."""

    submit_label = "Save"

    agreed_on = Day(label="Agreed on", not_future=True)
    review_on = Day(label="Look at it again on", required=False)


class ReviewForm(PageForm):
    """How an adjustment works."""

    submit_label = "Save review"

    effect = Choice(lambda: effects().items(), label="How does it work?")
    on = Day(label="Looked at on", not_future=True)
    review_on = Day(label="Look again on", required=False)
