"""Jobs: recorded, changed, ended; the day of 4 hours; hours week by week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pacework.service.core.codes import codes
from pacework.service.core.forms import Choice, Day, LongText, Number, PageForm, Text, Tick, YesNo
from pacework.service.core.presenters import short_day
from pacework.service.work.actions.hours import evidence_field, hours_field
from pacework.service.work.forms.fields import EmployerName, Hours, split_employer
from pacework.service.work.models import JobSpell

NOT_KNOWN = "Not known"


class JobForm(PageForm):
    """A job that has started."""

    submit_label = "Save job"
    groups = [
        ("The job", ["title", "employer", "contract"]),
        ("Start, hours and pay", ["started_on", "held_at_entry", "weekly_hours", "hourly_pay", "pay_from"]),
        ("Is it competitive work?", ["open_to_anyone", "usual_rate", "set_aside"]),
    ]
    collapsed = [("More about the job", ["how_found", "disclosed", "occupation", "apprentice_since"])]

    title = Text(label="Job title", max_length=120)
    employer = EmployerName(label="Employer")
    contract = Choice(
        codes("work", "contract_types").choices(),
        label="Contract",
        select=True,
    )
    apprentice_since = Day(
        label="Start of the apprenticeship", hint="Only for an apprenticeship.", required=False
    )
    started_on = Day(label="First day of work", not_future=True)
    held_at_entry = Tick(label="The client had this job when support began")
    weekly_hours = Number(
        label="Hours a week agreed", hint="0 for zero hours.", min=0, max=168, step="0.5", width=4
    )
    hourly_pay = Number(label="Pay an hour, before tax", min=0, max=9999, prefix="£", width=5, required=False)
    pay_from = Day(
        label="New pay since",
        hint="Only if the pay has changed. Empty: the pay was recorded wrongly.",
        required=False,
    )
    open_to_anyone = YesNo(label="Could anyone apply for it?", required=False, no_answer=NOT_KNOWN)
    usual_rate = YesNo(label="Does it pay the usual rate for this work?", required=False, no_answer=NOT_KNOWN)
    set_aside = YesNo(label="Is it set aside for disabled people?", required=False, no_answer=NOT_KNOWN)
    how_found = Choice(
        codes("work", "how_found").choices(), label="How it was found", select=True, required=False
    )
    disclosed = Choice(
        JobSpell.Tells.choices,
        label="What does the employer know about health?",
        required=False,
        no_answer=NOT_KNOWN,
    )
    occupation = Text(label="SOC 2020 code", hint="4 numbers.", width=4, max_length=4, required=False)

    def __init__(self, *args: Any, job: JobSpell | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if job is None:
            del self.fields["pay_from"]

    def clean(self) -> dict[str, Any]:
        return split_employer(super().clean() or self.cleaned_data)


class JobEndForm(PageForm):
    """The last day and why."""

    submit_label = "Save the end of the job"

    on = Day(label="Last day of work", not_future=True)
    reason = Choice(codes("work", "job_end_reasons").choices(), label="Why did it end?", select=True)
    heard_of_end_on = Day(
        label="When did you hear?",
        hint="A contact is due within 3 days of it.",
        not_future=True,
        required=False,
    )
    words = LongText(label="How does the client see it?", rows=2, required=False)
    lessons = LongText(label="What did this job teach us? What would have helped?", rows=3, required=False)


class FourHoursForm(PageForm):
    """The day on which 4 hours of paid work were done."""

    submit_label = "Save"

    on = Day(
        label="4 hours of paid work were done on",
        hint="Empty: the Sunday of the week in which the recorded hours reach 4.",
        not_future=True,
        required=False,
    )


def pain_field(week: date) -> str:
    """The name of a week's box for hours lost to pain."""
    return f"pain_{week:%Y%m%d}"


class HoursForm(PageForm):
    """One row a week: hours, what stands behind them, lost to pain."""

    submit_label = "Save hours"
    # The page says itself what an empty box means.
    marks_optional = True  # type: ignore[assignment]

    def __init__(self, *args: Any, weeks: Sequence[date], own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.weeks = list(weeks)
        self.own = own
        kinds = codes("work", "evidence_types")
        if not own:
            self.fields["evidence"] = Choice(
                kinds.choices(),
                label="What shows the hours?",
                hint="For all new weeks below that say nothing else.",
                select=True,
                required=False,
                no_answer="Choose",
            )
            self.fields["evidence"].marked_optional = False  # type: ignore[attr-defined]
        for week in self.weeks:
            name = f"Week of {short_day(week)}"
            self.fields[hours_field(week)] = Hours(label=name, required=False)
            if not own:
                self.fields[evidence_field(week)] = Choice(
                    kinds.choices(),
                    label=f"{name}: evidence",
                    select=True,
                    required=False,
                    no_answer="As above",
                )
            self.fields[pain_field(week)] = Tick(label=f"{name}: some hours lost to pain")

    def rows(self) -> list[dict[str, Any]]:
        """Each week's fields, for the grid."""
        return [
            {
                "week": week,
                "hours": self.view(hours_field(week)),
                "evidence": None if self.own else self.view(evidence_field(week)),
                "pain": self.view(pain_field(week)),
            }
            for week in self.weeks
        ]
