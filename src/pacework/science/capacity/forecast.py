"""A forecast: for each coming day how likely each rating is, and paths of days that hang together."""

from __future__ import annotations

from dataclasses import dataclass
from operator import index

import numpy as np
from numpy.typing import ArrayLike

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
    tie, slow_tie
        Correlation of the quick and of the slow part of a day with the next day's.
    slow_share
        Share of the slow part in what moves the days, 0 to 1.
    ahead
        Days since the last entry of the diary, shape (days,).
    flare_from
        The rating from which a day counts as a flare day: see `model.Model.flare_from`.
    """

    dates: Days
    chances: Floats
    scale: Scale
    tie: float
    slow_tie: float
    slow_share: float
    ahead: Floats
    flare_from: float

    def quantile(self, levels: ArrayLike) -> Floats:
        """Return the smallest rating that each probability keeps at or below, shape (levels, days).

        Raises
        ------
        ValueError
            For a level outside 0 to 1.
        """
        asked = np.atleast_1d(np.asarray(levels, dtype=float))
        if not ((asked >= 0) & (asked <= 1)).all():
            raise ValueError("Levels lie between 0 and 1.")
        heights = np.cumsum(self.chances, axis=1)
        places = (heights[None, :, :] < asked[:, None, None] - 1e-12).sum(axis=2)
        found: Floats = self.scale.grid[np.minimum(places, len(self.scale.grid) - 1)]
        return found

    def sample(self, n: int, seed: int | None = None) -> Floats:
        """Return paths of daily ratings, shape (n, days): each day hangs on the days before.

        Each day's ratings over the paths follow that day's chances as evenly as n paths can (Latin hypercube
        over the paths); along a path, days are tied by a normal copula with a quick and a slow part.

        Parameters
        ----------
        n
            Number of paths, at least 1.
        seed
            The same seed gives the same paths.
        """
        if index(n) < 1:
            raise ValueError("At least one path.")
        rng = np.random.default_rng(seed)
        days = len(self.dates)
        scores = self._scores(rng, n, days)
        # Ranks of the paths on each day, spread evenly over 0 to 1.
        order = np.argsort(scores, axis=1)
        ranks = np.empty((days, n))
        np.put_along_axis(ranks, order, np.broadcast_to(np.arange(n, dtype=float), (days, n)), axis=1)
        ranks = (ranks + rng.random((days, n))) / n
        heights = np.cumsum(self.chances, axis=1)
        heights /= heights[:, -1:]
        # One search for all days: each day's heights lie one above the day's before.
        shifted = (heights + np.arange(days)[:, None]).ravel()
        places = np.searchsorted(shifted, (ranks + np.arange(days)[:, None]).ravel()).reshape(days, n)
        steps = heights.shape[1]
        places = np.clip(places - np.arange(days)[:, None] * steps, 0, steps - 1)
        paths: Floats = self.scale.grid[places].T
        return paths

    def _scores(self, rng: np.random.Generator, n: int, days: int) -> Floats:
        """Normal scores, (days, n): a slow and a quick part, each tied to the day before.

        Near the last entry the coming days share less than far ones do: what moves tomorrow is only
        tomorrow's part of the quick movement. Of neighbouring days h and h + 1 of a quick part with tie t,
        forecast from today, the errors correlate by t sqrt((1 - t^2h) / (1 - t^(2h + 2))).
        """
        noise = rng.standard_normal((days, n))
        drift = rng.standard_normal((days, n))
        tie = min(self.tie, 0.99)
        seen = tie ** (2 * self.ahead)
        ties = np.zeros(days)
        if tie > 0:
            ties[1:] = tie * np.sqrt((1 - seen[:-1]) / (1 - seen[1:]))
        slow = self.slow_tie
        for day in range(1, days):
            noise[day] = ties[day] * noise[day - 1] + np.sqrt(1 - ties[day] ** 2) * noise[day]
            drift[day] = slow * drift[day - 1] + np.sqrt(1 - slow**2) * drift[day]
        together: Floats = np.sqrt(1 - self.slow_share) * noise + np.sqrt(self.slow_share) * drift
        return together

    @property
    def flare_probability(self) -> Floats:
        """Probability that a day is a flare day, shape (days,)."""
        share: Floats = self.chances[:, self.scale.grid >= self.flare_from - 1e-9].sum(axis=1)
        return share

    @property
    def summary(self) -> str:
        """In words."""
        low, middle, high = self.quantile([0.1, 0.5, 0.9])
        return (
            f"{len(self.dates)} days: mostly about {np.median(middle):g}, "
            f"4 days in 5 between {np.median(low):g} and {np.median(high):g}."
        )
