"""A job as its hours: shifts by weekday, travel, home days, breaks, swaps, a graded start."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import time
from math import isfinite
from numbers import Real
from typing import Any

DAY_MINUTES = 24 * 60
KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SATURDAY = 5
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")

Stretch = tuple[int, int]


class JobError(ValueError):
    """A job that cannot be; the sentence is fit for the screen.

    Attributes
    ----------
    field
        Name of the argument at fault.
    """

    def __init__(self, words: str, *, field: str) -> None:
        super().__init__(words)
        self.field = field


def day_number(day: str, name: str = "shifts") -> int:
    """Return 0 for Monday … 6 for Sunday; JobError for anything but ``"mon"`` or ``"Monday"`` (any case)."""
    text = str(day).strip().lower()
    for number, key in enumerate(KEYS):
        if text in (key, NAMES[number].lower()):
            return number
    raise JobError(f"“{day}” is not a day of the week.", field=name)


def clock_words(minute: int) -> str:
    """Return a minute of the day as ``"9:00"``; after midnight the next day starts again at 0:00."""
    hours, minutes = divmod(minute % DAY_MINUTES, 60)
    return f"{hours}:{minutes:02d}"


def days_words(days: Iterable[int]) -> str:
    """Return day numbers in words: ``"Monday, Tuesday and Friday"``."""
    names = [NAMES[day] for day in sorted(days)]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _minute(value: Any, day: int) -> int:
    if isinstance(value, time):
        return value.hour * 60 + value.minute
    found = _CLOCK.fullmatch(str(value).strip())
    if found is None:
        raise JobError(f"{NAMES[day]}: “{value}” is not a time such as 09:00.", field="shifts")
    hours, minutes = int(found[1]), int(found[2])
    if minutes > 59 or hours * 60 + minutes > DAY_MINUTES:
        raise JobError(f"{NAMES[day]}: a day ends at 24:00, so there is no {value}.", field="shifts")
    return hours * 60 + minutes


def _stretch(pair: Any, day: int) -> Stretch:
    ends = tuple(pair) if isinstance(pair, tuple | list) else ()
    if len(ends) != 2:
        raise JobError(f"{NAMES[day]}: a shift has a start and an end.", field="shifts")
    start, end = (_minute(value, day) for value in ends)
    if start == DAY_MINUTES:
        raise JobError(f"{NAMES[day]}: a shift that starts at 24:00 belongs to the next day.", field="shifts")
    if start == end:
        raise JobError(f"{NAMES[day]}: the shift starts and ends at the same time.", field="shifts")
    # It ends on the next day, and belongs to the day on which it starts.
    return start, end + DAY_MINUTES if end < start else end


def _stretches(value: Any, day: int) -> tuple[Stretch, ...]:
    if not isinstance(value, tuple | list):
        raise JobError(f"{NAMES[day]}: a shift has a start and an end.", field="shifts")
    one = len(value) == 2 and not any(isinstance(part, tuple | list) for part in value)
    return tuple(sorted(_stretch(pair, day) for pair in ([value] if one else value)))


def _week(shifts: Any) -> tuple[tuple[Stretch, ...], ...]:
    if not isinstance(shifts, Mapping):
        raise JobError("Say for each day when the shift starts and ends.", field="shifts")
    week: list[tuple[Stretch, ...]] = [()] * 7
    for key, value in shifts.items():
        day = day_number(key)
        if week[day]:
            raise JobError(f"{NAMES[day]} is given twice.", field="shifts")
        week[day] = _stretches(value, day) if value else ()
    if not any(week):
        raise JobError("The job has no shifts. Give at least one day.", field="shifts")
    _check_overlap(week)
    return tuple(week)


def _check_overlap(week: list[tuple[Stretch, ...]]) -> None:
    flat = sorted(
        (day * DAY_MINUTES + start, day * DAY_MINUTES + end, day)
        for day, stretches in enumerate(week)
        for start, end in stretches
    )
    first = flat[0]
    around = (first[0] + 7 * DAY_MINUTES, first[1] + 7 * DAY_MINUTES, first[2])
    for (_, end, day), (start, _, other) in zip(flat, [*flat[1:], around], strict=True):
        if start < end:
            second = "another on the same day" if day == other else f"the one on {NAMES[other]}"
            raise JobError(f"The shift on {NAMES[day]} overlaps {second}.", field="shifts")


def _between(value: Any, low: float, high: float, words: str, name: str) -> None:
    usable = isinstance(value, Real) and not isinstance(value, bool) and isfinite(value)
    if not usable or not low <= value <= high:
        raise JobError(words, field=name)


@dataclass(frozen=True, slots=True)
class Job:
    """The hours of one job.

    Parameters
    ----------
    shifts
        Weekday (``"mon"`` or ``"Monday"``) to ``(start, end)``, or to a list of such pairs for a day in
        parts. Times are texts such as ``"09:00"``, up to ``"24:00"``, or `datetime.time`. An end before the
        start lies on the next day: a night shift belongs to the day on which it starts.
    commute_minutes
        Travel one way; None where it is not known, which leaves travel out of the sum.
    home_days
        Days worked at home.
    home_possible
        Whether the work can be done at home at all; None where it is not known.
    swap_days
        True when a missed shift may be worked on a later spare day of the same week, or the days that may be
        used.
    break_minutes
        Unpaid break of each working day.
    rest_minutes
        Paid minutes of rest in each hour.
    build_up_weeks, build_up_from
        Weeks with shorter days at the start, and the share of the hours in the first of them.
    part_shifts
        Whether a day may be worked in part, and paid for that part.
    pays_legal_minimum
        Whether the pay reaches the legal minimum; None where it is not known.

    Raises
    ------
    JobError
        With a sentence for the screen and the `field` it is about: no shifts, days that do not exist, times
        past 24:00, shifts that overlap (a night shift and the next morning included), work and travel of more
        than 24 hours a day, breaks as long as the day.

    Notes
    -----
    All hours of one day, in one part or several, count as one shift: so that a split does not change how many
    shifts there are.
    """

    shifts: Any
    commute_minutes: float | None = 0
    home_days: Collection[str] = ()
    home_possible: bool | None = None
    swap_days: bool | Collection[str] = False
    break_minutes: float = 0
    rest_minutes: float = 0
    build_up_weeks: int = 0
    build_up_from: float = 0.5
    part_shifts: bool = False
    pays_legal_minimum: bool | None = True
    week: tuple[tuple[Stretch, ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        week = _week(self.shifts)
        put = object.__setattr__
        put(self, "week", week)
        put(self, "shifts", {KEYS[day]: _texts(parts) for day, parts in enumerate(week) if parts})
        put(self, "home_days", _keys(self.home_days, "home_days"))
        if not isinstance(self.swap_days, bool):
            put(self, "swap_days", _keys(self.swap_days, "swap_days"))
        self._check_numbers()
        self._check_days()

    def _check_numbers(self) -> None:
        if self.commute_minutes is not None:
            words = "Travel one way is 0 to 360 minutes, or left open."
            _between(self.commute_minutes, 0, 360, words, "commute_minutes")
        words = "The break is 0 to 240 minutes a day."
        _between(self.break_minutes, 0, 240, words, "break_minutes")
        _between(self.rest_minutes, 0, 30, "Rest is 0 to 30 minutes in each hour.", "rest_minutes")
        _between(self.build_up_weeks, 0, 52, "A graded start lasts 0 to 52 weeks.", "build_up_weeks")
        if self.build_up_weeks != int(self.build_up_weeks):
            raise JobError("A graded start lasts whole weeks.", field="build_up_weeks")
        words = "A graded start begins with a share of the hours, more than 0 and at most 1."
        _between(self.build_up_from, 0.01, 1, words, "build_up_from")

    def _check_days(self) -> None:
        if self.home_possible is False and self.home_days:
            raise JobError("The job cannot be done at home, but has home days.", field="home_days")
        for day in self.working_days:
            length = self.length(day)
            if length <= self.break_minutes:
                raise JobError(f"{NAMES[day]}: the break is as long as the shift.", field="break_minutes")
            if length + 2 * self.travel_minutes(day) > DAY_MINUTES:
                raise JobError(
                    f"{NAMES[day]}: work and travel take more than 24 hours.", field="commute_minutes"
                )

    @property
    def working_days(self) -> tuple[int, ...]:
        """Numbers of the days with a shift, 0 for Monday."""
        return tuple(day for day, parts in enumerate(self.week) if parts)

    @property
    def free_days(self) -> tuple[int, ...]:
        """Numbers of the days without a shift."""
        return tuple(day for day, parts in enumerate(self.week) if not parts)

    @property
    def spare_days(self) -> tuple[int, ...]:
        """Numbers of the free days on which work may go on: the weekend only for jobs with shifts then."""
        weekend = any(day >= SATURDAY for day in self.working_days)
        return tuple(day for day in self.free_days if weekend or day < SATURDAY)

    @property
    def swap_to(self) -> tuple[int, ...]:
        """Numbers of the days on which a missed shift may be made up: the spare days, or those named."""
        if isinstance(self.swap_days, bool):
            return self.spare_days if self.swap_days else ()
        return tuple(day for day in self.free_days if KEYS[day] in self.swap_days)

    @property
    def hours_a_week(self) -> float:
        """Paid hours of a full week."""
        return sum(self.length(day) - self.break_minutes for day in self.working_days) / 60

    def length(self, day: int) -> int:
        """Return the minutes from start to end of a day's shift, gaps between its parts left out."""
        return sum(end - start for start, end in self.week[day])

    def at_home(self, day: int) -> bool:
        """Return whether the day is worked at home."""
        return KEYS[day] in self.home_days

    def travel_minutes(self, day: int) -> float:
        """Return the travel one way on a working day; 0 at home and where it is not known."""
        return 0 if self.at_home(day) else float(self.commute_minutes or 0)

    def changed(self, **changes: Any) -> Job:
        """Return the job with some arguments changed, checked anew."""
        return replace(self, **changes)

    def with_week(self, week: Iterable[tuple[Stretch, ...]]) -> Job:
        """Return the job with other stretches, given in minutes for Monday to Sunday, checked anew."""
        return self.changed(shifts={KEYS[day]: _texts(parts) for day, parts in enumerate(week) if parts})

    @property
    def words(self) -> str:
        """The job in words: days with the same times are named together."""
        same: dict[tuple[Stretch, ...], list[int]] = {}
        for day in self.working_days:
            same.setdefault(self.week[day], []).append(day)
        said = [f"{_run_words(days)} {times_words(parts)}" for parts, days in same.items()]
        if self.commute_minutes is None:
            said.append("travel not known")
        elif self.commute_minutes:
            said.append(f"{self.commute_minutes:g} minutes’ travel each way")
        at_home = [day for day in self.working_days if self.at_home(day)]
        if at_home:
            said.append(f"{days_words(at_home)} at home")
        return f"{'; '.join(said)}. {round(self.hours_a_week, 2):g} paid hours a week."


def _run_words(days: list[int]) -> str:
    run = len(days) > 2 and days == list(range(days[0], days[-1] + 1))
    return f"{NAMES[days[0]]} to {NAMES[days[-1]]}" if run else days_words(days)


def times_words(parts: Iterable[Stretch]) -> str:
    """Return a day's stretches in words: ``"9:00–11:00 and 12:00–14:00"``."""
    return " and ".join(
        f"{clock_words(start)}–{'24:00' if end == DAY_MINUTES else clock_words(end)}" for start, end in parts
    )


def _texts(parts: Iterable[Stretch]) -> tuple[tuple[str, str], ...]:
    return tuple((_text(start), _text(end, end <= DAY_MINUTES)) for start, end in parts)


def _text(minute: int, midnight_as_end: bool = False) -> str:
    hours, minutes = divmod(minute if midnight_as_end else minute % DAY_MINUTES, 60)
    return f"{hours:02d}:{minutes:02d}"


def _keys(days: Any, name: str) -> tuple[str, ...]:
    if isinstance(days, str) or not isinstance(days, Collection):
        raise JobError("Give days as a list, such as Monday and Friday.", field=name)
    return tuple(KEYS[number] for number in sorted({day_number(day, name) for day in days}))
