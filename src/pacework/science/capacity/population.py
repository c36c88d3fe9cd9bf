"""What people have in common: the start for a diary that is still short."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from pacework.science.capacity.diary import STEPS, Diary, Floats, clean
from pacework.science.capacity.numbers import value

# Diaries shorter than this say little about how a person's days lie apart.
LONG_ENOUGH = 14


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """What is known before a person has written anything. Ratings are in shares of the scale, 0 to 1.

    Attributes
    ----------
    shape
        How often each place of the grid is used, (101,), sums to 1.
    centre, between
        Mean of people's means, and their standard deviation.
    within
        Standard deviation of one person's days.
    strength
        How strongly a recent change pulls the coming days, as a multiple of the assumed.
    next_day, next_week
        Correlation of a day with the next, and with the same day a week on.
    people
        How many diaries it was learned from; 0 for the one that is shipped.
    neighbours
        Row by row, to which places a rating lends its chance, (101, 101); made from `shape`.
    """

    shape: Floats
    centre: float
    between: float
    within: float
    strength: float
    next_day: float
    next_week: float
    people: int
    neighbours: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        grid = np.linspace(0, 1, STEPS + 1)
        width = value("forecast", "spread_width") / 10
        near = np.exp(-0.5 * ((grid[None] - grid[:, None]) / width) ** 2)
        # A little everywhere: a place that nobody used so far is not impossible.
        lent = near * (0.9 * self.shape + 0.1 / (STEPS + 1))
        object.__setattr__(self, "neighbours", lent / lent.sum(axis=1, keepdims=True))

    @property
    def summary(self) -> str:
        """In words."""
        if not self.people:
            return "Assumptions about people with lasting pain, not learned from diaries."
        return f"Learned from {self.people} diaries, and from assumptions where they say little."

    def expect(self, count: int, mean: float, squares: float) -> Floats:
        """Return how likely each place is for somebody with so few entries, (101,).

        Parameters
        ----------
        count
            Number of entries.
        mean, squares
            Their mean and their sum of squared distances from it, in shares of the scale.
        """
        if not count:
            return self.shape
        grid = np.linspace(0, 1, STEPS + 1)
        trust = self.within**2 / self.between**2
        centre = (count * mean + trust * self.centre) / (count + trust)
        # Five people's worth of entries: one's own spread counts for half after five.
        variance = (5 * self.within**2 + squares) / (5 + count) * (1 + 1 / (count + trust))
        found = (self.shape + 1e-3 / (STEPS + 1)) * np.exp(-0.5 * (grid - centre) ** 2 / variance)
        total: Floats = found / found.sum()
        return total


@cache
def default_population() -> Population:
    """Return the population used where none was learned: assumptions, see data/symptoms.toml."""
    grid = np.linspace(0, 1, STEPS + 1)
    shape = (grid + 0.02) * (1.02 - grid)
    used = np.full(STEPS + 1, 0.002)
    used[:: STEPS // 20] = 0.2
    used[:: STEPS // 10] = 1.0
    shape = shape * used
    return Population(
        shape=shape / shape.sum(),
        centre=value("population", "centre") / 10,
        between=value("population", "between") / 10,
        within=value("population", "within") / 10,
        strength=1.0,
        next_day=value("population", "next_day"),
        next_week=value("population", "next_week"),
        people=0,
    )


def learn_population(
    diaries: Iterable[tuple[ArrayLike, ArrayLike]], scale: tuple[float, float] = (0, 10)
) -> Population:
    """Return what the diaries of other people have in common.

    Every diary counts once, however long; the shipped assumptions count as some people more, so that two or
    three diaries do not decide.

    Parameters
    ----------
    diaries
        Dates and ratings of each, as in `fit`. Empty ones are passed over.
    scale
        Both ends of the scale that all of them use.

    Raises
    ------
    ValueError
        As in `diary.clean`.
    """
    from pacework.science.capacity.levels import standing

    start = default_population()
    cleaned = [diary for diary in (clean(*one, scale) for one in diaries) if len(diary)]
    if not cleaned:
        return start
    extra = value("population", "own_people")
    total = extra + len(cleaned)
    shapes = [_shape(diary) for diary in cleaned]
    means = np.array([_shares(diary).mean() for diary in cleaned])
    long = [diary for diary in cleaned if len(diary) >= LONG_ENOUGH]
    spreads = [np.log(max(float(_shares(diary).std()), 0.01)) for diary in long]
    reached = standing(long, start)
    next_day = reached.slow_share + (1 - reached.slow_share) * reached.tie
    next_week = reached.slow_share + (1 - reached.slow_share) * reached.tie**7

    def shrunk(assumed: float, found: Floats | list[float]) -> float:
        return float((extra * assumed + np.sum(found)) / (extra + len(found)))

    centre = shrunk(start.centre, means)
    return Population(
        shape=(extra * start.shape + np.sum(shapes, axis=0)) / total,
        centre=centre,
        between=float(
            np.sqrt((extra * start.between**2 + ((means - centre) ** 2).sum()) / (extra + len(means)))
        ),
        within=float(np.exp(shrunk(float(np.log(start.within)), spreads))),
        strength=shrunk(1.0, reached.strength.mean(axis=1)),
        next_day=shrunk(start.next_day, next_day),
        next_week=shrunk(start.next_week, next_week),
        people=len(cleaned),
    )


def _shape(diary: Diary) -> Floats:
    seen = np.bincount(diary.scale.place(diary.values), minlength=STEPS + 1)
    share: Floats = seen / seen.sum()
    return share


def _shares(diary: Diary) -> Floats:
    share: Floats = (diary.values - diary.scale.low) / (diary.scale.high - diary.scale.low)
    return share
