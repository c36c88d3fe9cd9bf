"""Stand-ins for the model of a diary, so that what a job needs is tested apart from forecasting."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np

LAST = date(2026, 3, 1)  # a Sunday


@dataclass
class Drawn:
    """A forecast that draws pain around a middle, each day hanging on the day before."""

    dates: Any
    middle: float
    sd: float
    tie: float
    scale: Any
    flare_from: float

    def sample(self, n: int, seed: int | None = None) -> np.ndarray:
        rng = np.random.default_rng(seed)
        noise = rng.standard_normal((n, len(self.dates)))
        for day in range(1, noise.shape[1]):
            noise[:, day] = self.tie * noise[:, day - 1] + np.sqrt(1 - self.tie**2) * noise[:, day]
        span = (self.scale.high - self.scale.low) / 10
        return np.clip(self.middle + self.sd * noise, 0, 10) * span + self.scale.low


@dataclass
class Symptoms:
    """A diary of so many days up to LAST, and its forecasts."""

    days: int = 60
    middle: float = 5.0
    sd: float = 1.2
    tie: float = 0.45
    scale: Any = field(default_factory=lambda: SimpleNamespace(low=0.0, high=10.0))

    @property
    def diary(self) -> range:
        return range(self.days)

    def forecast(self, days: int = 28, start: Any = None) -> Drawn:
        first = np.datetime64(LAST, "D") + 1 if start is None else np.datetime64(start, "D")
        span = (self.scale.high - self.scale.low) / 10
        flare_from = (self.middle + 1.5) * span + self.scale.low
        return Drawn(first + np.arange(days), self.middle, self.sd, self.tie, self.scale, flare_from)


@dataclass
class GivenHours:
    """A model of hours that gives the same hours whatever the symptoms: shape (weeks, 7, paths)."""

    hours: np.ndarray
    diary_days: int = 60
    answers: int = 60

    @property
    def symptoms(self) -> Symptoms:
        return Symptoms(self.diary_days)

    def by_day(self, forecast: Drawn, n: int, seed: int) -> np.ndarray:
        weeks, _, paths = self.hours.shape
        assert (len(forecast.dates), n) == (weeks * 7, paths)
        return self.hours.reshape(weeks * 7, paths)
