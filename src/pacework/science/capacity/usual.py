"""What a stretch of a diary was like, described: where ratings sat, and how far they moved.

This describes the days that were rated and nothing else: no model, nothing about days to come.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import fmean

# Under so many rated days a description says little about the person.
ENOUGH = 14
# The usual range leaves out a tenth of the days at either end.
LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True, slots=True)
class Usual:
    """How the rated days of a stretch were.

    Attributes
    ----------
    days
        How many days were rated.
    middle
        Their median.
    low, high
        The 10th and the 90th percentile: four days in five lie between.
    moves
        Mean absolute change from one day to the next, where both were rated; None without any.
    """

    days: int
    middle: float
    low: float
    high: float
    moves: float | None

    @property
    def enough(self) -> bool:
        """Whether there are days enough to speak of what is usual."""
        return self.days >= ENOUGH


def usual(ratings: Iterable[tuple[date, float]]) -> Usual | None:
    """Return how the rated days were, or None of no days.

    Parameters
    ----------
    ratings
        Day and rating, one a day, in any order.

    Raises
    ------
    ValueError
        For a rating that is not a finite number.
    """
    rows = sorted(ratings)
    if not rows:
        return None
    values = sorted(value for _, value in rows)
    if not all(math.isfinite(value) for value in values):
        raise ValueError("A rating is a finite number.")
    changes = [
        abs(after - before) for (one, before), (other, after) in pairwise(rows) if (other - one).days == 1
    ]
    return Usual(
        days=len(rows),
        middle=percentile(values, 0.5),
        low=percentile(values, LOW),
        high=percentile(values, HIGH),
        moves=fmean(changes) if changes else None,
    )


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the value below which this share of ordered values lies, by straight line between two."""
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return float(ordered[below] + (ordered[above] - ordered[below]) * (place - below))
