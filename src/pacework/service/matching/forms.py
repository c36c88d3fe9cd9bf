"""What is typed about a job: its week in boxes, the way, breaks and what is agreed already."""

from __future__ import annotations

from typing import Any

from pacework.science.vacancies.hours_text import HoursProposal, read_hours
from pacework.service.core.forms import Choices, PageForm, Text, Tick, Whole, YesNo
from pacework.service.core.presenters import DAY_KEYS, DAYS
from pacework.service.core.week import WeekForm, typed_week
from pacework.service.matching.models import JobCheck

NO_SHIFTS = "The job has no shifts. Give at least one day."
NOT_READ = (
    "These days and times could not be read. Write each day with its times, or fill them in day by day."
)


class JobForm(WeekForm):
    """The hours of a job."""

    submit_label = "See how it would hold"

    title = Text(label="What is the job?", hint="Any name that tells you which one it is.", max_length=120)
    told = Text(
        label="Days and times",
        hint="In your words, like: Monday to Friday 9 to 1.",
        max_length=500,
        required=False,
    )
    commute_minutes = Whole(
        label="How long is the way there?",
        hint="One way, in minutes. Leave it empty if you do not know.",
        min=0,
        max=360,
        suffix="minutes",
        width=4,
        required=False,
    )
    break_minutes = Whole(
        label="Unpaid break each day", min=0, max=240, suffix="minutes", width=4, required=False
    )
    home_possible = YesNo(label="Can the work be done at home?", required=False, no_answer="Not known")
    home_days = Choices(
        list(zip(DAY_KEYS, DAYS, strict=True)), label="Days at home that are agreed already", required=False
    )
    swap_days = Tick(label="A missed shift can be made up later in the same week")
    build_up_weeks = Whole(
        label="Weeks of a graded start",
        hint="If it is agreed that the job begins with shorter days.",
        min=0,
        max=52,
        suffix="weeks",
        width=4,
        required=False,
    )

    @property
    def says_more(self) -> bool:
        """Whether something is filled in among the questions that are folded away."""
        names = ("break_minutes", "home_possible", "home_days", "swap_days", "build_up_weeks")
        return any(view.touched and view.value not in ("0", 0, "None") for view in map(self.view, names))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Asked for, in words or in the boxes.
        self.fields["told"].marked_optional = False
        # What was read from the words, for the sentences that go with it.
        self.read = HoursProposal()
        if "mon_start0" in self.fields and any(name in self.initial for name in self.week_boxes):
            # The week is there already: it is changed in its boxes.
            del self.fields["told"]

    @property
    def day_by_day(self) -> bool:
        """Whether the boxes of the week are in use, or the only way to fill it in."""
        return "told" not in self.fields or any(self.view(name).touched for name in self.week_boxes)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        told = data.pop("told", "")
        if not data["shifts"] and not self.errors.keys() & set(self.week_boxes):
            self.read = read_hours(told)
            data["shifts"] = [shift.texts for shift in self.read.shifts]
            if not data["shifts"]:
                asked = "told" if "told" in self.fields else self.week_boxes[0]
                self.add_error(asked, NOT_READ if told else NO_SHIFTS)
        for name in ("break_minutes", "build_up_weeks"):
            data[name] = data.get(name) or 0
        return data


def typed_job(check: JobCheck) -> dict[str, Any]:
    """A job as it stands in the form."""
    return {
        "title": check.title,
        **{name: getattr(check, name) for name in JobCheck.HOURS},
        **typed_week(check.shifts),
    }


class OffForm(PageForm):
    """Off, with everything that came of it."""

    submit_label = "Turn it off"

    sure = Tick(label="Yes, turn it off and delete these", required=True)


class LineForm(PageForm):
    """A line of the passport."""

    words = Text(
        label="What helps you at work?",
        hint="Say it the way you would say it to a manager. You need not name any illness.",
        max_length=300,
    )
