"""What people have in common: the start for a diary that is still short."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pacework.science.capacity.diary import STEPS, Floats, clean


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """What is known before a person has written anything.

    Attributes
    ----------
    shape
        Share of all ratings at each place of the grid, shape (101,), sums to 1.
    autocorrelation
        Usual correlation of a day with the next, 0 to 1.
    people
        How many diaries it was learned from; 0 for the one that is shipped.
    """

    shape: Floats
    autocorrelation: float
    people: int

    @property
    def summary(self) -> str:
        """In words."""
        if not self.people:
            return "Assumptions about people with chronic pain, not learned from diaries."
        return f"Learned from {self.people} diaries."


def default_population() -> Population:
    """Return the population used where none was learned."""
    grid = np.linspace(0, 1, STEPS + 1)
    shape = (grid + 0.02) * (1.02 - grid)
    whole = np.zeros(STEPS + 1)
    whole[:: STEPS // 10] = shape[:: STEPS // 10]
    return Population(whole / whole.sum(), 0.45, 0)


def learn_population(
    diaries: Iterable[tuple[ArrayLike, ArrayLike]], scale: tuple[float, float] = (0, 10)
) -> Population:
    """Return what the diaries of other people have in common.

    Parameters
    ----------
    diaries
        Dates and ratings of each, as in `fit`.
    scale
        Both ends of the scale that all of them use.
    """
    start = default_population()
    counts, weight = start.shape * 1.0, 1
    for dates, values in diaries:
        diary = clean(dates, values, scale)
        if not len(diary):
            continue
        seen = np.bincount(diary.scale.place(diary.values), minlength=STEPS + 1)
        counts += seen / seen.sum()
        weight += 1
    return Population(counts / weight, start.autocorrelation, weight - 1)
