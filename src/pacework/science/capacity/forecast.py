"""A forecast: for each coming day how likely each rating is, and paths of days that hang together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from pacework.science.capacity.diary import Days, Floats, Scale


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """What the coming days may look like.

    Attributes
    ----------
    dates
        The days, datetime64[D], shape (days,).
    chances
        Probability of each place of the scale's grid, shape (days, 101); each row sums to 1.
    scale
        The scale of the ratings.
    dependence
        Correlation of each day's normal score with the day before, shape (days,); the first is unused.
    flare_from
        The rating from which a day counts as worse than usual.
    """

    dates: Days
    chances: Floats
    scale: Scale
    dependence: Floats
    flare_from: float

    def quantile(self, levels: ArrayLike) -> Floats:
        """Return the smallest rating that each probability keeps at or below, shape (levels, days)."""
        asked = np.atleast_1d(np.asarray(levels, dtype=float))
        if not ((asked >= 0) & (asked <= 1)).all():
            raise ValueError("Levels lie between 0 and 1.")
        heights = np.cumsum(self.chances, axis=1)
        places = (heights[None, :, :] < asked[:, None, None] - 1e-12).sum(axis=2)
        return self.scale.grid[np.minimum(places, len(self.scale.grid) - 1)]

    def sample(self, n: int, seed: int | None = None) -> Floats:
        """Return paths of daily ratings, shape (n, days): each day hangs on the day before."""
        if n < 1:
            raise ValueError("At least one path.")
        rng = np.random.default_rng(seed)
        days = len(self.dates)
        scores = rng.standard_normal((n, days))
        for day in range(1, days):
            tie = self.dependence[day]
            scores[:, day] = tie * scores[:, day - 1] + np.sqrt(1 - tie * tie) * scores[:, day]
        ranks = ndtr(scores)
        heights = np.cumsum(self.chances, axis=1)
        heights /= heights[:, -1:]
        out = np.empty((n, days))
        for day in range(days):
            out[:, day] = self.scale.grid[np.searchsorted(heights[day], ranks[:, day])]
        return out

    @property
    def flare_probability(self) -> Floats:
        """Probability that a day is worse than usual, shape (days,)."""
        return self.chances[:, self.scale.grid >= self.flare_from - 1e-9].sum(axis=1)

    @property
    def summary(self) -> str:
        """In words."""
        low, middle, high = self.quantile([0.1, 0.5, 0.9])
        return (
            f"{len(self.dates)} days: usually about {np.median(middle):g}, "
            f"4 days in 5 between {low.min():g} and {high.max():g}."
        )
