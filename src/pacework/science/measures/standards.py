"""Time standards as data, and the state of one running clock."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from pacework.science.measures import data
from pacework.science.measures.dates import add_working_days, count_words, day_words, working_days_between


@dataclass(frozen=True, slots=True)
class Standard:
    """A time standard.

    Attributes
    ----------
    id, step
        Name and what has to happen.
    clock_start, clock_stop
        Events that start and stop the clock, in words.
    limit, unit
        Such as 15 ``"working days"`` or 30 ``"calendar days"``; the day the clock starts is day 0.
    source, verified
        Where the figure comes from and whether it was found there.
    """

    id: str
    step: str
    clock_start: str
    clock_stop: str
    limit: int
    unit: str
    source: str
    verified: bool

    def __post_init__(self) -> None:
        if self.unit not in ("calendar days", "working days"):
            raise ValueError("A standard counts calendar days or working days.")


@cache
def standards() -> dict[str, Standard]:
    """Return the shipped time standards by id."""
    rows = data.load("time_standards.toml")["standards"]
    return {row["id"]: Standard(**row) for row in rows}


class ClockState(StrEnum):
    """State of one clock."""

    MET = "met"
    MISSED = "missed"
    RUNNING = "running"
    OVERDUE = "overdue"

    @property
    def label(self) -> str:
        """The state in words."""
        return {"met": "In time", "missed": "Done late", "running": "Running", "overdue": "Overdue"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class StandardState:
    """Where one clock stands.

    Attributes
    ----------
    state
        Met or missed once the clock has stopped; running or overdue before.
    due_on
        Last day within the limit.
    days_left
        Days to the limit in the standard's unit, negative past it; at the stop, or today while running.
    words
        The state in words.
    """

    state: ClockState
    due_on: date
    days_left: int
    words: str


def standard_state(
    standard: Standard,
    started_on: date,
    stopped_on: date | None,
    today: date,
    holidays: Set[date] = frozenset(),
) -> StandardState:
    """Return where the clock of one standard stands.

    Parameters
    ----------
    standard
        The standard.
    started_on
        Day 0. The limit ends with the last hour of its last day.
    stopped_on
        Day of the step; None, or a day after `today`, while it has not happened.
    today
        The day of counting.
    holidays
        Days that are not working days, besides Saturdays and Sundays.
    """
    working = standard.unit == "working days"
    if working:
        due_on = add_working_days(started_on, standard.limit, holidays)
    else:
        due_on = started_on + timedelta(days=standard.limit)
    stopped = stopped_on if stopped_on is not None and stopped_on <= today else None
    day = stopped or today
    left = working_days_between(day, due_on, holidays) if working else (due_on - day).days
    # Past the limit by a weekend alone: no working day has been lost, yet the limit is past.
    late = day > due_on
    noun = "working day" if working else "day"
    if stopped is not None:
        state = ClockState.MISSED if late else ClockState.MET
        when = f"done on {day_words(stopped)}"
        words = f"{when}, {count_words(-left, noun)} late" if late else f"{when}, in time"
    elif late:
        state, words = ClockState.OVERDUE, f"was due by {day_words(due_on)}, {count_words(-left, noun)} ago"
    else:
        state, words = ClockState.RUNNING, f"{count_words(left, noun)} left, due by {day_words(due_on)}"
    return StandardState(state, due_on, left, words)
