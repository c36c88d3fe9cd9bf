"""The model of one person's diary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from pacework.science.capacity.diary import STEPS, Diary, clean
from pacework.science.capacity.forecast import Forecast
from pacework.science.capacity.population import Population, default_population


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What a diary says, together with what people have in common.

    Attributes
    ----------
    diary
        The cleaned diary.
    population
        What people have in common.
    """

    diary: Diary
    population: Population

    def forecast(self, days: int = 28, start: Any = None) -> Forecast:
        """Return the forecast of so many days from `start`, by default from the day after the last entry.

        Parameters
        ----------
        days
            How many, at least 1.
        start
            First day of the forecast; not before the day after the last entry.

        Raises
        ------
        ValueError
            For fewer days than 1, a start that the diary has passed, or no start and an empty diary.
        """
        if days < 1:
            raise ValueError("A forecast has at least one day.")
        diary, population = self.diary, self.population
        last = diary.days[-1] if len(diary) else None
        if start is None:
            if last is None:
                raise ValueError("An empty diary has no last day: say where the forecast starts.")
            first = last + 1
        else:
            first = int(np.datetime64(start, "D").astype(np.int64))
            if last is not None and first <= last:
                raise ValueError("A forecast starts after the last entry of the diary.")
        ahead = np.arange(first, first + days)
        chances = np.tile(population.shape, (days, 1))
        flare_from = diary.scale.grid[int(0.7 * STEPS)]
        if last is not None:
            age = (last - diary.days).astype(float)
            recent = 0.5 ** (age / 14.0)
            places = diary.scale.place(diary.values)
            own = np.bincount(places, recent, STEPS + 1) + np.bincount(places, 0.02 + 0 * age, STEPS + 1)
            own = (own + population.shape) / (own.sum() + 1)
            chances = np.tile(own, (days, 1))
            flare_from = np.median(diary.values[-28:]) + max(0.75 * diary.values.std(), 0.2)
        return Forecast(
            ahead.astype("datetime64[D]"),
            chances,
            diary.scale,
            np.full(days, population.autocorrelation),
            float(flare_from),
        )


def fit(
    dates: ArrayLike, values: ArrayLike, scale: Any = (0, 10), population: Population | None = None
) -> Model:
    """Return the model of one diary.

    Parameters
    ----------
    dates, values, scale
        As in `diary.clean`, with the same errors. Both may be empty: the forecast is then the population's.
    population
        What people have in common, from `learn_population`; by default the shipped assumptions.
    """
    return Model(clean(dates, values, scale), population or default_population())
