"""What is typed about a job: its week in boxes, the way, breaks and what is agreed already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pacework.service.core.forms import Choices, Clock, FieldView, PageForm, Text, Tick, Whole, YesNo
from pacework.service.core.presenters import DAYS
from pacework.service.matching.models import JobCheck

DAY_KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_PARTS = 2


class JobForm(PageForm):
    """The hours of a job."""

    submit_label = "See how it would hold"

    title = Text(label="What is the job?", hint="Any name that tells you which one it is.", max_length=120)
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, name in zip(DAY_KEYS, DAYS, strict=True):
            for part in range(MOST_PARTS):
                again = ", second part" if part else ""
                self.fields[f"{key}_start{part}"] = Clock(label=f"{name} from{again}", required=False)
                self.fields[f"{key}_end{part}"] = Clock(label=f"{name} to{again}", required=False)

    def parts(self, part: int) -> list[tuple[str, FieldView, FieldView]]:
        """Each day with its two boxes, as the template places them."""
        return [
            (name, short(self.view(f"{key}_start{part}"), "From"), short(self.view(f"{key}_end{part}"), "To"))
            for key, name in zip(DAY_KEYS, DAYS, strict=True)
        ]

    @property
    def says_more(self) -> bool:
        """Whether something is filled in among the questions that are folded away."""
        names = ("break_minutes", "home_possible", "home_days", "swap_days", "build_up_weeks")
        return any(view.touched and view.value not in ("0", 0, "None") for view in map(self.view, names))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        shifts = []
        for key in DAY_KEYS:
            for part in range(MOST_PARTS):
                start, end = (data.pop(f"{key}_{edge}{part}", None) for edge in ("start", "end"))
                wrong = any(f"{key}_{edge}{part}" in self.errors for edge in ("start", "end"))
                if (start is None) != (end is None) and not wrong:
                    missing = "start" if start is None else "end"
                    self.add_error(f"{key}_{missing}{part}", "A shift has a start and an end.")
                elif start is not None and end is not None:
                    shifts.append({"day": key, "start": f"{start:%H:%M}", "end": f"{end:%H:%M}"})
        if not shifts and not self.errors:
            self.add_error("mon_start0", "The job has no shifts. Give at least one day.")
        data["shifts"] = shifts
        for name in ("break_minutes", "build_up_weeks"):
            data[name] = data.get(name) or 0
        return data

    def box_of(self, sentence: str) -> str:
        """The box that a refusal about the shifts is about: it names the day."""
        for key, name in zip(DAY_KEYS, DAYS, strict=True):
            if name in sentence:
                return f"{key}_start0"
        return "mon_start0"


def short(view: FieldView, label: str) -> FieldView:
    """A box beside the name of its day: there a short label is enough."""
    view.label = label
    view.optional = False
    return view


def typed_week(shifts: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Shifts as they stand in the boxes; midnight at the end of a day is typed as 00:00."""
    filled: dict[str, str] = {}
    for shift in shifts:
        for part in range(MOST_PARTS):
            if f"{shift['day']}_start{part}" not in filled:
                filled[f"{shift['day']}_start{part}"] = shift["start"]
                filled[f"{shift['day']}_end{part}"] = shift["end"].replace("24:00", "00:00")
                break
    return filled


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
