"""What a stretch of a diary was like, described: where ratings sat, and how far they moved.

This describes the days that were rated and nothing else: no model, nothing about days to come.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from pacework.science.capacity.diary import clean
from pacework.science.capacity.model import FEW_DAYS
from pacework.science.capacity.variability import variability

# The usual range leaves out a tenth of the days at either end.
LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9


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
        Mean absolute change from one day to the next, as `Variability.change`; None where it is not defined.
    """

    days: int
    middle: float
    low: float
    high: float
    moves: float | None

    @property
    def enough(self) -> bool:
        """Whether there are days enough to speak of what is usual."""
        return self.days >= FEW_DAYS


def usual(ratings: Iterable[tuple[date, float]]) -> Usual | None:
    """Return how the rated days were, or None of no days.

    Parameters
    ----------
    ratings
        Day and rating on the scale 0–10.

    Raises
    ------
    ValueError
        For a rating outside the scale.
    """
    rows = list(ratings)
    days = np.array([day for day, _ in rows], dtype="datetime64[D]")
    diary = clean(days, [value for _, value in rows])
    if not len(diary):
        return None
    low, middle, high = (float(one) for one in np.quantile(diary.values, (LOW, MIDDLE, HIGH)))
    found = variability(diary)
    return Usual(days=found.days, middle=middle, low=low, high=high, moves=found.change.value)
