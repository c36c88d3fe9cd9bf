"""A diary as arrays: dates in order, one rating a day, inside the scale; and the grid that ratings lie on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Days = NDArray[np.datetime64]
Flags = NDArray[np.bool_]

# A scale is read in this many steps: tenths of a point on 0–10, points on a 0–100 line.
STEPS = 100
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


def clean(dates: ArrayLike, values: ArrayLike, scale: Any = (0, 10)) -> Diary:
    """Return a diary in order with one rating a day.

    Parameters
    ----------
    dates
        Days, shape (n,), in any order: datetime64, date objects or ISO texts. Times of day are cut off.
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
        For lengths that differ, a missing date, a rating outside the scale or infinite, or no such scale.
    """
    ends = scale if isinstance(scale, Scale) else Scale(*(float(end) for end in scale))
    numbers = np.asarray(values, dtype=float).reshape(-1)
    stamps = np.asarray(dates, dtype="datetime64[D]").reshape(-1)
    if len(stamps) != len(numbers):
        raise ValueError("There are as many dates as ratings.")
    if np.isnat(stamps).any():
        raise ValueError("Every rating has a date.")
    rated = ~np.isnan(numbers)
    days, numbers = stamps.astype(np.int64)[rated], numbers[rated]
    if ((numbers < ends.low) | (numbers > ends.high)).any():
        raise ValueError(f"Ratings lie between {ends.low:g} and {ends.high:g}.")
    if (np.diff(days) > 0).all():
        return Diary(days, numbers, ends)
    order = np.argsort(days, kind="stable")
    days, numbers = days[order], numbers[order]
    last = np.append(days[1:] != days[:-1], True)
    return Diary(days[last], numbers[last], ends)
