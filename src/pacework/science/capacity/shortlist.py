"""A shortlist for one person: their own limits exactly, then their preferences, then travel."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isnan
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pacework.science.capacity.vacancies import ShortlistError, Texts, Vacancies, vacancies

Booleans = NDArray[np.bool_]

# Travel is compared in tenths of a minute; unknown comes after the longest.
_UNKNOWN_TRAVEL = 2**20 - 1
_MOST_PREFERENCES = 60


@dataclass(frozen=True, slots=True)
class Limits:
    """What a person has ruled out themselves. A value that a vacancy does not say never rules it out.

    Attributes
    ----------
    travel
        Longest way to work in minutes, one way.
    hours
        Fewest and most hours a week; either may be None.
    pay
        Lowest pay in pounds an hour.
    must_not
        Names of yes/no columns that must not be so, such as ``"nights"``.
    """

    travel: float | None = None
    hours: tuple[float | None, float | None] = (None, None)
    pay: float | None = None
    must_not: Collection[str] = ()

    def __post_init__(self) -> None:
        if isinstance(self.must_not, str):
            raise ShortlistError("Give what must not be as a list.", field="must_not")
        if not isinstance(self.hours, Sequence) or len(self.hours) != 2:
            raise ShortlistError("Give the fewest and the most hours.", field="hours")
        fewest, most = self.hours
        for name, value in (("travel", self.travel), ("hours", fewest), ("hours", most), ("pay", self.pay)):
            if value is not None and not (isinstance(value, Real) and value >= 0):
                raise ShortlistError("A limit is a number from 0.", field=name)
        if fewest is not None and most is not None and fewest > most:
            raise ShortlistError("The fewest hours are more than the most.", field="hours")


@dataclass(frozen=True, slots=True)
class Preference:
    """Something a person would like.

    Attributes
    ----------
    column
        The column it is about.
    wants
        True or False for a yes/no column, a collection of texts for words, or (lowest, highest) for numbers,
        either None. Never both kinds.
    words
        What they said, such as "work outdoors".
    """

    column: str
    wants: Any
    words: str = ""


class State(StrEnum):
    """Whether a vacancy meets a preference."""

    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Reason:
    """One preference at one vacancy.

    Attributes
    ----------
    preference
        The preference.
    state
        Met, not met or not known.
    words
        In words.
    """

    preference: Preference
    state: State
    words: str


@dataclass(frozen=True, slots=True)
class Shortlist:
    """One page of what passes a person's limits.

    Attributes
    ----------
    positions
        Places of the vacancies in the columns, best first.
    met
        How many preferences each meets.
    travel
        Minutes to each, None where not known.
    reasons
        One tuple for each, a reason for each preference.
    total
        How many pass the limits, of how many vacancies (`of`).
    offset, next_offset
        Where this page begins, and where the next one does; None on the last.
    ruled_out
        How many vacancies each limit rules out, by the name of the limit or the column; one vacancy may be
        ruled out by several.
    """

    positions: tuple[int, ...]
    met: tuple[int, ...]
    travel: tuple[float | None, ...]
    reasons: tuple[tuple[Reason, ...], ...]
    total: int
    of: int
    offset: int
    next_offset: int | None
    ruled_out: Mapping[str, int]

    @property
    def summary(self) -> str:
        """In words."""
        return f"{self.total:,} of {self.of:,} vacancies are within the limits."


def shortlist(
    vacancy_columns: Mapping[str, Any] | Vacancies,
    limits: Limits | None = None,
    preferences: Sequence[Preference] = (),
    n: int = 20,
    *,
    offset: int = 0,
) -> Shortlist:
    """Return the vacancies within a person's limits, by preferences met, then travel.

    Parameters
    ----------
    vacancy_columns
        The vacancies; made ready with `vacancies.vacancies` where they are asked more than once.
    limits
        What the person has ruled out.
    preferences
        What they would like, at most 60. Each counts the same. One that is not known counts as not met for
        the order, and says so.
    n, offset
        How many, and how many to pass over first.

    Returns
    -------
    Shortlist
        In an order that does not depend on the page: equal ones stand in the order of the columns. Unknown
        travel comes after known travel. No forecast has any part in it.

    Raises
    ------
    ShortlistError
        For columns, limits or preferences that cannot be.
    """
    if n < 1 or offset < 0:
        raise ShortlistError("A page has at least one row and does not begin before the first.", field="n")
    if len(preferences) > _MOST_PREFERENCES:
        raise ShortlistError(f"At most {_MOST_PREFERENCES} preferences.", field="preferences")
    table = vacancies(vacancy_columns)
    passing, ruled_out = _within(table, limits or Limits())
    rows = np.flatnonzero(passing)
    order = _order(table, rows, preferences, offset + n)
    chosen = rows[order][offset : offset + n]
    travel = table.numbers("travel")
    minutes = [None if travel is None or isnan(travel[row]) else float(travel[row]) for row in chosen]
    reasons = [tuple(_reason(table, preference, int(row)) for preference in preferences) for row in chosen]
    return Shortlist(
        tuple(int(row) for row in chosen),
        tuple(sum(reason.state is State.MET for reason in row) for row in reasons),
        tuple(minutes),
        tuple(reasons),
        len(rows),
        table.count,
        offset,
        offset + n if offset + n < len(rows) else None,
        ruled_out,
    )


def _within(table: Vacancies, limits: Limits) -> tuple[Booleans, dict[str, int]]:
    """Return which vacancies pass, and how many each limit rules out. NaN compares as false: it passes."""
    passing = np.ones(table.count, np.bool_)
    ruled_out: dict[str, int] = {}

    def rule(name: str, out: Booleans) -> None:
        ruled_out[name] = ruled_out.get(name, 0) + int(np.count_nonzero(out))
        np.logical_and(passing, ~out, out=passing)

    travel, hours, pay = (table.numbers(name) for name in ("travel", "hours", "pay"))
    fewest, most = limits.hours
    if limits.travel is not None and travel is not None:
        rule("travel", travel > limits.travel)
    if fewest is not None and hours is not None:
        rule("hours", hours < fewest)
    if most is not None and hours is not None:
        rule("hours", hours > most)
    if limits.pay is not None and pay is not None:
        rule("pay", pay < limits.pay)
    for name in limits.must_not:
        flag = table.numbers(name)
        if flag is not None:
            rule(name, flag > 0)
    return passing, ruled_out


def _order(
    table: Vacancies, rows: NDArray[np.int64], preferences: Sequence[Preference], most: int
) -> NDArray[np.int64]:
    """Return the first `most` places among `rows`: by preferences not met, then travel, then place."""
    every = len(rows) == table.count
    unmet = np.full(len(rows), len(preferences), np.int8)
    for preference in preferences:
        unmet -= _meets(table, preference, slice(None) if every else rows)
    # Only vacancies that meet as many as the last of the page can be on it.
    enough = np.searchsorted(np.cumsum(np.bincount(unmet)), min(most, len(rows)))
    near = np.flatnonzero(unmet <= enough)
    keys = (unmet[near].astype(np.int64) << 52) | near
    travel = table.numbers("travel")
    if travel is not None:
        minutes = travel[rows[near]]
        # Not known compares as false.
        known = np.where(minutes * 10 < _UNKNOWN_TRAVEL, np.maximum(minutes * 10, 0), _UNKNOWN_TRAVEL)
        keys |= known.astype(np.int64) << 32
    if most < len(keys):
        keys = np.partition(keys, most - 1)[:most]
    return np.sort(keys) & (2**32 - 1)


def _meets(table: Vacancies, preference: Preference, rows: NDArray[np.int64] | slice) -> Booleans:
    column = table.columns.get(preference.column)
    if column is None:
        return np.zeros(table.count, np.bool_)[rows]
    if isinstance(column, Texts):
        wants = _labels(preference)
        # The last place stands for code -1, not known.
        wanted = np.array([*(label in wants for label in column.labels), False])
        return wanted[column.codes[rows]]
    values = column[rows]
    if isinstance(preference.wants, bool):
        return (values > 0) if preference.wants else (values == 0)
    low, high = _range(preference)
    return (values >= low) & (values <= high)


def _labels(preference: Preference) -> Collection[str]:
    wants = preference.wants
    if isinstance(wants, str | bool) or not isinstance(wants, Collection):
        raise ShortlistError(f"“{preference.column}” holds words: give a list.", field=preference.column)
    return wants


def _range(preference: Preference) -> tuple[float, float]:
    try:
        low, high = preference.wants
        return -np.inf if low is None else float(low), np.inf if high is None else float(high)
    except (TypeError, ValueError) as problem:
        words = f"“{preference.column}” holds numbers: give the lowest and the highest."
        raise ShortlistError(words, field=preference.column) from problem


def _reason(table: Vacancies, preference: Preference, row: int) -> Reason:
    column = table.columns.get(preference.column)
    if column is None:
        unknown = True
    elif isinstance(column, Texts):
        unknown = bool(column.codes[row] < 0)
    else:
        unknown = isnan(column[row])
    if unknown:
        state = State.UNKNOWN
    else:
        state = State.MET if _meets(table, preference, np.array([row]))[0] else State.NOT_MET
    return Reason(preference, state, f"{preference.words or preference.column}: {state.value}")
