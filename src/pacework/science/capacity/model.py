"""The model of one person's diary, and of many at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import index
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from pacework.science.capacity.assumptions import number
from pacework.science.capacity.chances import chances
from pacework.science.capacity.diary import Diary, clean, day_numbers
from pacework.science.capacity.forecast import Forecast
from pacework.science.capacity.levels import Standing, standing
from pacework.science.capacity.population import Population, default_population
from pacework.science.capacity.variability import ABOVE, AT_LEAST, LATELY, Variability, variability

# Below this many days a page says that a forecast mostly reflects other people.
FEW_DAYS = 14


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What a diary says, together with what people have in common.

    Attributes
    ----------
    diary
        The cleaned diary.
    population
        What people have in common.
    standing
        Where the diary stands: levels, how strongly they pull, how days hang together.
    """

    diary: Diary
    population: Population
    standing: Standing

    @property
    def variability(self) -> Variability:
        """How much the ratings of the diary move about."""
        return variability(self.diary)

    @property
    def flare_from(self) -> float:
        """The rating from which a coming day counts as a flare day.

        So far above the usual as in `variability.flare_days`, where a young diary's own spread is shrunk to
        people's: two calm weeks do not make every worse day a flare. For an empty diary, as far above what
        people's days lie around.
        """
        people, values, scale = self.population, self.diary.values, self.diary.scale
        width = scale.high - scale.low
        if not len(values):
            from_share = people.centre + max(ABOVE * np.hypot(people.within, people.between), AT_LEAST)
            return float(scale.low + min(from_share, 1.0) * width)
        spread = people.spread(len(values), len(values) * float(values.var()) / width**2)
        usual, least = float(np.median(values[-LATELY:])), width * AT_LEAST
        # Whose usual is high has flares too: the end of the scale is one, where it is far enough above.
        return min(usual + max(width * ABOVE * spread, least), max(scale.high, usual + least))

    def forecast(self, days: int = 28, start: Any = None) -> Forecast:
        """Return the forecast of so many days from `start`, by default from the day after the last entry.

        Parameters
        ----------
        days
            How many, at least 1.
        start
            First day of the forecast; not before the day after the last entry. What the diary says about it
            weakens with the days in between. By default the day after the last entry; today where there is
            none.

        Raises
        ------
        ValueError
            For fewer days than 1, or a start that the diary has passed.
        """
        if index(days) < 1:
            raise ValueError("A forecast has at least one day.")
        first, ahead = self._ahead(days, start)
        row = self.standing
        return Forecast(
            dates=np.arange(first, first + days).astype("datetime64[D]"),
            chances=chances(self.diary, row, self.population, ahead),
            scale=self.diary.scale,
            tie=float(row.tie[0]),
            slow_tie=float(0.5 ** (1 / number("forecast", "slow_life"))),
            slow_share=float(self._slow_share()),
            ahead=ahead,
            flare_from=self.flare_from,
        )

    def _ahead(self, days: int, start: Any) -> tuple[int, Any]:
        """The first day, and the days since the last entry, (days,)."""
        count = len(self.diary)
        if start is None:
            first = int(self.diary.days[-1]) + 1 if count else int(np.datetime64("today", "D").astype(int))
        else:
            first = int(day_numbers(start)[0])
            if count and first <= self.diary.days[-1]:
                raise ValueError("A forecast starts after the last entry of the diary.")
        since = first - int(self.diary.days[-1]) if count else 1
        return first, np.arange(since, since + days, dtype=float)

    def _slow_share(self) -> float:
        """Share of what moves the coming days that lasts: the slow part, and not knowing the level yet.

        Whoever has no diary yet differs from others by the variance between people.
        """
        people = self.population
        own = max(float(self.standing.slow_share[0]), number("forecast", "slow_least"))
        between = people.between**2 / (people.between**2 + people.within**2)
        unsure = 1 / max(self.standing.independent(len(self.diary)), 1)
        return min(own + (1 - own) * between * unsure, 0.95)

    @property
    def summary(self) -> str:
        """In words."""
        count = len(self.diary)
        if count < FEW_DAYS:
            days = "1 day" if count == 1 else f"{count} days"
            return f"{days} in the diary: this mostly reflects other people."
        return self.variability.summary


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
    diary = clean(dates, values, scale)
    people = population or default_population()
    return Model(diary, people, standing([diary], people))


# People whose rows are worked on together: enough to be fast, few enough to stay in memory.
TOGETHER = 2_000


def fit_many(
    diaries: Iterable[tuple[ArrayLike, ArrayLike]],
    population: Population | None = None,
    scale: Any = (0, 10),
) -> list[Model]:
    """Return the models of many diaries, the same as `fit` gives one by one, much faster.

    Parameters
    ----------
    diaries
        Dates and ratings of each, as in `fit`, with the same errors.
    population
        What people have in common; by default the shipped assumptions.
    scale
        Both ends of the scale that all of them use.
    """
    people = population or default_population()
    cleaned = [clean(*one, scale) for one in diaries]
    # Side by side go diaries of about the same length, so that little is padding.
    order = sorted(range(len(cleaned)), key=lambda place: len(cleaned[place]))
    parts = [
        standing([cleaned[place] for place in order[first : first + TOGETHER]], people)
        for first in range(0, len(order), TOGETHER)
    ] or [standing([], people)]
    back = np.argsort(np.asarray(order, dtype=np.int64))
    joined = {
        name: np.concatenate([getattr(part, name) for part in parts])[back]
        for name in ("levels", "pulls", "tie", "slow_share")
    }
    everybody = Standing(**joined)
    return [Model(diary, people, everybody.of(place)) for place, diary in enumerate(cleaned)]
