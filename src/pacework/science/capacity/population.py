"""What people have in common: the start for a diary that is still short."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from pacework.science.capacity.assumptions import number
from pacework.science.capacity.diary import STEPS, Diary, Floats, clean
from pacework.science.capacity.levels import AHEAD, standing, usual_pulls

# Diaries shorter than this say little about how a person's days lie apart.
LONG_ENOUGH = 14
# Least standard deviation of anybody's days, in shares of the scale: of a constant diary too.
STEADIEST = 0.01
GRID = np.linspace(0, 1, STEPS + 1)


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
    pulls
        How much of a recent change the coming days keep, (3, 2): see `levels.Standing`.
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
    pulls: Floats
    next_day: float
    next_week: float
    people: int
    neighbours: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        width = number("forecast", "spread_width") / 10
        near = np.exp(-0.5 * ((GRID[None] - GRID[:, None]) / width) ** 2)
        # A little everywhere: a place that nobody used so far is not impossible.
        lent = near * (0.9 * self.shape + 0.1 / (STEPS + 1))
        object.__setattr__(self, "neighbours", lent / lent.sum(axis=1, keepdims=True))

    @property
    def summary(self) -> str:
        """In words."""
        if not self.people:
            return "Assumptions about people with lasting pain, not learned from diaries."
        return f"Learned from {self.people} diaries, and from assumptions where they say little."

    def spread(self, count: int, squares: float) -> float:
        """Return how far the days lie apart (one standard deviation) of somebody with so few entries.

        The logarithm of their own is shrunk to people's, because people's lie apart by factors.

        Parameters
        ----------
        count, squares
            Number of entries, and their sum of squared distances from their mean, in shares of the scale.
        """
        if count < 2:
            return self.within
        own = max(float(np.sqrt(squares / (count - 1))), STEADIEST)
        weight = number("forecast", "spread_entries_of_others")
        both = weight * np.log(self.within) + (count - 1) * np.log(own)
        return float(np.exp(both / (weight + count - 1)))

    def expect(self, count: int, independent: float, mean: float, squares: float) -> Floats:
        """Return how likely each place is for somebody with so few entries, (101,).

        Their mean shrunk to people's, and around it Student's t, wider and with heavier ends the less is
        known, over the places that people use.

        Parameters
        ----------
        count, squares
            As in `spread`.
        independent
            As many days as the entries are worth about the mean, were days independent.
        mean
            Mean of the entries, in shares of the scale.
        """
        if not count:
            return self.shape
        trust = self.within**2 / self.between**2
        centre = (independent * mean + trust * self.centre) / (independent + trust)
        variance = self.spread(count, squares) ** 2 * (1 + 1 / (independent + trust))
        freedom = 1 + independent
        away = (GRID - centre) ** 2 / variance
        found = (self.shape + 1e-3 / (STEPS + 1)) * (1 + away / freedom) ** (-(freedom + 1) / 2)
        total: Floats = found / found.sum()
        return total


@cache
def default_population() -> Population:
    """Return the population used where none was learned: assumptions, see data/symptoms.toml."""
    shape = (GRID + 0.02) * (1.02 - GRID)
    used = np.full(STEPS + 1, 0.002)
    used[:: STEPS // 20] = 0.2
    used[:: STEPS // 10] = 1.0
    shape = shape * used
    return Population(
        shape=shape / shape.sum(),
        centre=number("population", "centre") / 10,
        between=number("population", "between") / 10,
        within=number("population", "within") / 10,
        pulls=usual_pulls(AHEAD),
        next_day=number("population", "next_day"),
        next_week=number("population", "next_week"),
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
    start = default_population()
    cleaned = [diary for diary in (clean(*one, scale) for one in diaries) if len(diary)]
    if not cleaned:
        return start
    extra = number("population", "own_people")
    total = extra + len(cleaned)
    shapes = [_shape(diary) for diary in cleaned]
    means = np.array([_shares(diary).mean() for diary in cleaned])
    long = [diary for diary in cleaned if len(diary) >= LONG_ENOUGH]
    spreads = [np.log(max(float(_shares(diary).std()), STEADIEST)) for diary in long]
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
        pulls=(extra * start.pulls + reached.pulls.sum(axis=0)) / (extra + len(long)),
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
