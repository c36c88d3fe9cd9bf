"""Hours a person could work by day: from their own answers, and from symptoms where those are few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pacework.science.capacity.assumptions import number
from pacework.science.capacity.diary import Floats, day_numbers
from pacework.science.capacity.forecast import Forecast
from pacework.science.capacity.hours_link import HoursLink, LinkFit, fit_link, shipped_link
from pacework.science.capacity.model import Model

# Keeps what moves hours apart from what moves symptoms, for the same seed.
_STREAM = 20_201


class AnswerError(ValueError):
    """An answer that cannot be; the sentence is fit for the screen.

    Attributes
    ----------
    field
        ``"date"``, ``"pain"``, ``"fatigue"`` or ``"hours"``.
    """

    def __init__(self, words: str, *, field: str) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True, slots=True, eq=False)
class HoursModel:
    """Hours that one person could work.

    Attributes
    ----------
    symptoms
        The model of their diary.
    fit
        The link from symptoms to hours: what is known of this person, and how well.
    answers
        How many answers about hours were used.
    """

    symptoms: Model
    fit: LinkFit
    answers: int

    @property
    def diary_days(self) -> int:
        """Days with an entry in the diary."""
        return len(self.symptoms.diary)

    def paths(self, days: int = 28, n: int = 1000, seed: int = 1, start: Any = None) -> Floats:
        """Return paths of hours a day.

        Parameters
        ----------
        days, start
            As in the forecast of the diary.
        n
            How many paths. Each is one person who may be this one: what is not known of the link is drawn
            once for a path, so that it does not average out over its days.
        seed
            The same seed gives the same paths.

        Returns
        -------
        ndarray of float
            Shape (n, days), hours from 0 to 24.
        """
        return self.by_day(self.symptoms.forecast(days, start), n, seed).T

    def by_day(self, forecast: Forecast, n: int, seed: int) -> Floats:
        """Return the same for a forecast made before, shape (days, n)."""
        low, high = forecast.scale.low, forecast.scale.high
        ratings = np.ascontiguousarray(forecast.sample(n, seed).T)
        flare = ratings >= forecast.flare_from - 1e-9
        pain = (ratings - low) * (10 / (high - low))
        return self.fit.hours(pain, flare, np.random.default_rng([seed, _STREAM]))

    def typical(self, pain: float, fatigue: float | None = None) -> tuple[float, float, float]:
        """Return the hours of a day with any at this pain (0–10): middle, and 80 % range of what may be true.

        The range is what is not known of the person; that days differ, and days without any, are left out.
        """
        middle = self.fit.usual(pain, fatigue, 4000, np.random.default_rng(_STREAM))
        low, median, high = np.quantile(middle, [0.1, 0.5, 0.9])
        return float(median), float(low), float(high)

    @property
    def words(self) -> str:
        """Where the hours come from."""
        if not self.answers:
            return (
                "You have not said yet how many hours you could work on a day, so the hours are worked out "
                "from pain, as for other people."
            )
        said = "1 answer" if self.answers == 1 else f"{self.answers} answers"
        few = ", and still mostly on other people" if self.answers < number("words", "few_days") else ""
        return f"The hours rest on your {said} about how many you could work{few}."


def hours_model(
    model: Model,
    answers: Iterable[Sequence[Any]] = (),
    population: Any = None,
    *,
    flare_from: float | None = None,
) -> HoursModel:
    """Return the model of the hours one person could work.

    Parameters
    ----------
    model
        The model of their diary.
    answers
        Rows (date, pain, fatigue, hours): hours they could have worked that day, 0 to 24; pain on the scale
        of the diary, fatigue 0–10 or None. A row without hours is no answer. Of two answers for a day the
        later row counts.
    population
        What people have in common. One with an attribute `hours_link` (a `HoursLink`) brings its own link;
        for any other, and None, it is the shipped one, whose numbers are mostly assumed.
    flare_from
        The rating from which a past day counts as a flare; by default the forecast's.

    Returns
    -------
    HoursModel
        With few answers its paths lie far apart; they come together as answers come.

    Raises
    ------
    AnswerError
        For an answer outside its range, without a date or without pain.

    Notes
    -----
    hours = cap × logistic(level − pain × (pain − 5) − fatigue × (fatigue − usual fatigue)) + a part that
    lasts a few days, or 0 with a chance of its own on usual and on flare days. The link is fitted with the
    population's as its prior, answers half a year old weighing half; see `hours_link`.
    """
    link = getattr(population, "hours_link", None) or shipped_link()
    if not isinstance(link, HoursLink):
        raise TypeError("hours_link is a HoursLink.")
    rows = _clean(answers)
    if not rows:
        return HoursModel(model, fit_link(link), 0)
    forecast = model.forecast(1, None if len(model.diary) else np.datetime64(max(rows), "D"))
    now = int(forecast.dates[0].astype(int))
    low, high = forecast.scale.low, forecast.scale.high
    pain = np.array([row[0] for row in rows.values()])
    if ((pain < low) | (pain > high)).any():
        raise AnswerError(f"Pain lies between {low:g} and {high:g}.", field="pain")
    fit = fit_link(
        link,
        pain=(pain - low) * (10 / (high - low)),
        fatigue=np.array([row[1] for row in rows.values()]),
        hours=np.array([row[2] for row in rows.values()]),
        flare=pain >= (forecast.flare_from if flare_from is None else flare_from) - 1e-9,
        # From the end of the diary: one answer with a wrong date does not make all others old.
        age=np.array([max(now - day, 0) for day in rows], dtype=float),
    )
    return HoursModel(model, fit, len(rows))


def _clean(answers: Iterable[Sequence[Any]]) -> dict[int, tuple[float, float, float]]:
    """Return pain, fatigue (NaN where not said) and hours by day number."""
    rows: dict[int, tuple[float, float, float]] = {}
    for row in answers:
        if isinstance(row, str) or len(row) != 4:
            raise AnswerError("An answer is a date, pain, fatigue and hours.", field="date")
        pain, tired, hours = (
            _said(part, name) for part, name in zip(row[1:], ("pain", "fatigue", "hours"), strict=True)
        )
        if np.isnan(hours):
            continue
        try:
            (day,) = day_numbers(row[0])
        except (ValueError, TypeError) as problem:
            raise AnswerError("Every answer has a date.", field="date") from problem
        if not np.isfinite(pain):
            raise AnswerError("Every answer about hours goes with a pain rating.", field="pain")
        if tired < 0 or tired > 10:
            raise AnswerError("Fatigue lies between 0 and 10.", field="fatigue")
        if not 0 <= hours <= 24:
            raise AnswerError("Hours you could have worked lie between 0 and 24.", field="hours")
        rows.pop(int(day), None)
        rows[int(day)] = pain, tired, hours
    return rows


def _said(value: Any, name: str) -> float:
    """Return a number; NaN where nothing was said."""
    try:
        return np.nan if value is None else float(value)
    except (TypeError, ValueError) as problem:
        raise AnswerError(f"“{value}” is not a number.", field=name) from problem
