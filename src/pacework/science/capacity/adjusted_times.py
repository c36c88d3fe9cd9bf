"""Adjustments of the times: later start, shorter shifts, fewer days, split shifts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from pacework.science.capacity.adjusting import Adjustment, Change, middle_of_longest_run, nothing
from pacework.science.capacity.job import (
    DAY_MINUTES,
    NAMES,
    Job,
    JobError,
    Stretch,
    clock_words,
    days_words,
    times_words,
)

NOON = 12 * 60
# No day is made shorter than this: it would hardly be worth the way.
SHORTEST = 120
# Shorter days are not worth splitting.
SPLIT_FROM = 180


def _weekly(job: Job, week: Iterable[tuple[Stretch, ...]], words: str) -> Change:
    """Return the job with other times, where such a job can be."""
    try:
        return Change(job.with_week(week), words)
    except JobError as problem:
        why = str(problem)
        return nothing(job, f"then {why[0].lower()}{why[1:]}")


def _same(values: Iterable[object]) -> bool:
    return len(set(values)) == 1


def _duration(minutes: int) -> str:
    if minutes % 60:
        return f"{minutes} minutes"
    return "an hour" if minutes == 60 else f"{minutes // 60} hours"


@dataclass(frozen=True, slots=True)
class LaterStart(Adjustment):
    """Start and finish later, on days that start before noon."""

    minutes: int = 60
    kind: ClassVar[str] = "start"

    @property
    def key(self) -> str:
        """Short stable name."""
        return f"later-start-{self.minutes}"

    @property
    def title(self) -> str:
        """Name for a list."""
        return f"Start {_duration(self.minutes)} later"

    def change(self, job: Job) -> Change:
        """Move the whole day, its length unchanged."""
        days = [day for day in job.working_days if job.week[day][0][0] < NOON]
        if not days:
            return nothing(job, "no shift starts before noon.")
        week = list(job.week)
        for day in days:
            week[day] = tuple((start + self.minutes, end + self.minutes) for start, end in week[day])
        if any(start >= DAY_MINUTES for day in days for start, _ in week[day]):
            return nothing(job, "a part of the day would start on the next day.")
        before, after = ([w[day][0][0] for day in days] for w in (job.week, week))
        if _same(before):
            words = f"Start at {clock_words(after[0])} instead of {clock_words(before[0])}"
        else:
            starts = ", ".join(
                f"{NAMES[day]} {clock_words(start)}" for day, start in zip(days, after, strict=True)
            )
            words = f"Start {_duration(self.minutes)} later: {starts}"
        if len(days) < len(job.working_days) and _same(before):
            words += f" on {days_words(days)}"
        return _weekly(job, week, words)


@dataclass(frozen=True, slots=True)
class ShorterShifts(Adjustment):
    """Finish earlier, on days that keep at least two hours."""

    minutes: int = 60
    kind: ClassVar[str] = "length"

    @property
    def key(self) -> str:
        """Short stable name."""
        return f"shorter-shifts-{self.minutes}"

    @property
    def title(self) -> str:
        """Name for a list."""
        return f"Shifts {_duration(self.minutes)} shorter"

    def change(self, job: Job) -> Change:
        """Cut the end of each day."""
        least = max(SHORTEST, job.break_minutes + 1)
        days = [day for day in job.working_days if job.length(day) - self.minutes >= least]
        if not days:
            return nothing(job, "the shifts would be shorter than two hours.")
        week = list(job.week)
        for day in days:
            week[day] = _first(week[day], job.length(day) - self.minutes)
        ends = [week[day][-1][1] for day in days]
        was = [job.week[day][-1][1] for day in days]
        if _same(ends) and _same(was):
            words = f"Finish at {clock_words(ends[0])} instead of {clock_words(was[0])}"
        else:
            words = f"Finish {_duration(self.minutes)} earlier"
        if len(days) < len(job.working_days):
            words += f" on {days_words(days)}"
        return _weekly(job, week, words)


def _first(parts: tuple[Stretch, ...], minutes: int) -> tuple[Stretch, ...]:
    """Return the first so many minutes of a day."""
    kept: list[Stretch] = []
    for start, end in parts:
        if minutes > 0:
            kept.append((start, min(end, start + minutes)))
        minutes -= end - start
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class FewerDays(Adjustment):
    """Work fewer days a week; the days off fall into the longest runs of working days."""

    days: int = 1
    kind: ClassVar[str] = "days"

    @property
    def key(self) -> str:
        """Short stable name."""
        return f"fewer-days-{self.days}"

    @property
    def title(self) -> str:
        """Name for a list."""
        return "A day fewer a week" if self.days == 1 else f"{self.days} days fewer a week"

    def change(self, job: Job) -> Change:
        """Take out days, at least one left."""
        had = job.working_days
        if len(had) <= self.days:
            left = "one day" if len(had) == 1 else f"{len(had)} days"
            return nothing(job, f"the job has only {left}.")
        left_days = list(had)
        for _ in range(self.days):
            left_days.remove(middle_of_longest_run(left_days))
        off = [day for day in had if day not in left_days]
        count = "1 day" if len(left_days) == 1 else f"{len(left_days)} days"
        words = f"Work {count} a week instead of {len(had)}, with {days_words(off)} off"
        return _weekly(job, [parts if day in left_days else () for day, parts in enumerate(job.week)], words)


@dataclass(frozen=True, slots=True)
class SplitShift(Adjustment):
    """A long gap in the middle of each day that is worked in one go for three hours or more."""

    gap_minutes: int = 60
    kind: ClassVar[str] = "split"

    @property
    def key(self) -> str:
        """Short stable name."""
        return f"split-shift-{self.gap_minutes}"

    @property
    def title(self) -> str:
        """Name for a list."""
        return f"Split shifts, {_duration(self.gap_minutes)} between"

    def change(self, job: Job) -> Change:
        """Work each half with a gap between; the day ends later by the gap."""
        days = [day for day in job.working_days if len(job.week[day]) == 1 and job.length(day) >= SPLIT_FROM]
        if not days:
            return nothing(job, "no shift is worked in one go for three hours or more.")
        week = list(job.week)
        for day in days:
            start, end = week[day][0]
            half = start + (end - start) // 2
            second = half + self.gap_minutes
            if second >= DAY_MINUTES:
                return nothing(job, "the second part would start on the next day.")
            week[day] = ((start, half), (second, end + self.gap_minutes))
        if _same(job.week[day] for day in days):
            words = f"Work {times_words(week[days[0]])} instead of {times_words(job.week[days[0]])}"
        else:
            words = f"A gap of {_duration(self.gap_minutes)} in the middle of the shift"
        if len(days) < len(job.working_days):
            words += f" on {days_words(days)}"
        return _weekly(job, week, words)
