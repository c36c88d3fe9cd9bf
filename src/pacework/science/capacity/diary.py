"""A diary as arrays: dates in order, one rating a day, inside the scale; and the grid that ratings lie on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Days = NDArray[np.datetime64]
Flags = NDArray[np.bool_]

# A scale is read in this many steps: tenths of a point on 0–10, points on a 0–100 line.
STEPS = 100
# Years that a date may lie in: a typing error or a number taken for a date lies outside.
YEARS = (1900, 2199)
# Decimals that a value on the grid is rounded to, so that 3 * 0.1 equals 0.3 as it is typed.
DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale that ratings are given on.

    Attributes
    ----------
    low, high
        Its ends, both possible ratings.
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        if not (np.isfinite(self.low) and np.isfinite(self.high) and self.low < self.high):
            raise ValueError("A scale has a lower end and a higher one.")

    @property
    def grid(self) -> Floats:
        """All values of the scale, shape (101,), low to high."""
        return np.round(np.linspace(self.low, self.high, STEPS + 1), DECIMALS)

    def place(self, values: ArrayLike) -> Integers:
        """Return the nearest place on the grid, 0 … 100, of each value; same shape."""
        share = (np.asarray(values, dtype=float) - self.low) / (self.high - self.low)
        return np.clip(np.rint(share * STEPS), 0, STEPS).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Diary:
    """A cleaned diary.

    Attributes
    ----------
    days
        Day numbers since 1970-01-01, shape (n,), strictly rising.
    values
        Ratings, shape (n,), inside the scale.
    scale
        The scale.
    """

    days: Integers
    values: Floats
    scale: Scale

    def __len__(self) -> int:
        return len(self.days)


def day_numbers(dates: Any) -> Integers:
    """Return days since 1970-01-01 of dates, moments or ISO texts, shape (n,).

    A moment belongs to the day that its own clock shows: half past midnight in British summer time is not the
    day before, as it would be in UTC.

    Raises
    ------
    ValueError
        For a missing date, a number, a text that is no date, or a year outside 1900 to 2199.
    """
    given = np.asarray(dates).reshape(-1)
    if given.dtype.kind == "O":
        given = np.array([_own_day(day) for day in given], dtype="datetime64[D]")
    if given.dtype.kind == "U":
        given = given.astype("U10")
    if given.dtype.kind in "biufc" and len(given):
        raise ValueError("Dates are days such as 2026-11-23, not numbers.")
    stamps = given.astype("datetime64[D]")
    if np.isnat(stamps).any():
        raise ValueError("Every rating has a date.")
    first, last = YEARS
    if (stamps < np.datetime64(f"{first}-01-01")).any() or (stamps > np.datetime64(f"{last}-12-31")).any():
        raise ValueError(f"Dates lie in the years {first} to {last}.")
    days: Integers = stamps.astype(np.int64)
    return days


def _own_day(given: Any) -> Any:
    """Return the day of a moment by its own clock; a day or a text as it is, and None for what is missing."""
    if isinstance(given, datetime):
        return given.date() if given == given else None
    return given[:10] if isinstance(given, str) else given


def scale_of(ends: Any) -> Scale:
    """Return a scale from its two ends; ValueError for anything else."""
    both = np.asarray(ends, dtype=float)
    if both.shape != (2,):
        raise ValueError("A scale has a lower end and a higher one.")
    return Scale(float(both[0]), float(both[1]))


def clean(dates: ArrayLike, values: ArrayLike, scale: Any = (0, 10)) -> Diary:
    """Return a diary in order with one rating a day.

    Parameters
    ----------
    dates
        Days, shape (n,), in any order: see `day_numbers`.
    values
        Ratings, shape (n,). NaN means that nothing was rated that day; such days are left out.
    scale
        Both ends of the scale.

    Returns
    -------
    Diary
        Where a day appears more than once, the entry given last counts, as a correction.

    Raises
    ------
    ValueError
        For lengths that differ, dates that `day_numbers` refuses, a rating outside the scale or infinite, or
        no such scale.
    """
    ends = scale_of(scale)
    numbers = np.asarray(values, dtype=float).reshape(-1)
    days = day_numbers(dates)
    if len(days) != len(numbers):
        raise ValueError("There are as many dates as ratings.")
    rated = ~np.isnan(numbers)
    days, numbers = days[rated], numbers[rated]
    if ((numbers < ends.low) | (numbers > ends.high)).any():
        raise ValueError(f"Ratings lie between {ends.low:g} and {ends.high:g}.")
    if (np.diff(days) > 0).all():
        return Diary(days, numbers, ends)
    order = np.argsort(days, kind="stable")
    days, numbers = days[order], numbers[order]
    last = np.append(days[1:] != days[:-1], True)
    return Diary(days[last], numbers[last], ends)
