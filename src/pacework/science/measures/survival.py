"""Kaplan-Meier estimate of the time to a first job, with people still searching censored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pacework.science.measures.intervals import z_value

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class KaplanMeier:
    """A fitted Kaplan-Meier curve.

    Attributes
    ----------
    times
        (k,) distinct durations, events and censorings, in the unit given (days).
    at_risk
        (k,) people at risk just before each time.
    events
        (k,) events at each time.
    censored
        (k,) people censored at each time; somebody censored at the time of an event was still at risk of it.
    survival
        (k,) share still without the event after each time.
    low, high
        (k,) limits of the log-log interval; not a number where it is undefined (before the first event, and
        once nobody is left).
    level
        Confidence level.
    """

    times: Floats
    at_risk: Ints
    events: Ints
    censored: Ints
    survival: Floats
    low: Floats
    high: Floats
    level: float

    @property
    def n(self) -> int:
        """Number of people."""
        return int(self.at_risk[0])

    @property
    def median(self) -> float | None:
        """First time at which half of the people or more have had the event; None if that is not reached."""
        return _first_at_half(self.times, self.survival)

    @property
    def median_interval(self) -> tuple[float | None, float | None]:
        """Limits of the median, read off the limits of the curve; None where they are not reached."""
        return _first_at_half(self.times, self.low), _first_at_half(self.times, self.high)

    def survival_at(self, time: float) -> float:
        """Return the share still without the event at `time`, in the unit of `times`."""
        before = int(np.searchsorted(self.times, time, side="right"))
        return float(self.survival[before - 1]) if before else 1.0

    def at_risk_at(self, time: float) -> int:
        """Return how many people are at risk just before `time`."""
        later = int(np.searchsorted(self.times, time, side="left"))
        return int(self.at_risk[later]) if later < self.times.size else 0

    @property
    def summary(self) -> dict[str, Any]:
        """Counts, median and its interval, by name."""
        low, high = self.median_interval
        return {
            "people": self.n,
            "events": int(self.events.sum()),
            "still_waiting": int(self.censored.sum()),
            "median": self.median,
            "median_low": low,
            "median_high": high,
            "level": self.level,
            "interval": "log-log (Greenwood)",
        }


def _first_at_half(times: Floats, curve: Floats) -> float | None:
    # A share computed as 1/2 by products of fractions may come out a rounding error above it.
    reached = np.flatnonzero(curve <= 0.5 + 1e-12)
    return float(times[reached[0]]) if reached.size else None


def kaplan_meier(durations: npt.ArrayLike, observed: npt.ArrayLike, *, level: float = 0.95) -> KaplanMeier:
    """Fit a Kaplan-Meier curve.

    Parameters
    ----------
    durations
        (n,) time to the event or to censoring, in days, 0 or more.
    observed
        (n,) true for an event, false for censoring.
    level
        Confidence level.

    Returns
    -------
    KaplanMeier
        Curve, number at risk, median, and pointwise intervals: Greenwood's variance on the log-log scale.

    Raises
    ------
    ValueError
        When there is nobody, when the lengths differ, or when a duration is negative or not a number.

    Notes
    -----
    Source: Kaplan and Meier 1958; Kalbfleisch and Prentice for the log-log interval.
    """
    lengths = np.asarray(durations, dtype=np.float64)
    happened = np.asarray(observed, dtype=np.bool_)
    if lengths.ndim != 1 or lengths.shape != happened.shape:
        raise ValueError("Durations and events are two lists of the same length.")
    if lengths.size == 0:
        raise ValueError("A curve needs at least one person.")
    if not np.all(np.isfinite(lengths)) or lengths.min() < 0:
        raise ValueError("A duration is a number of days, 0 or more.")
    z = z_value(level)
    times, where = np.unique(lengths, return_inverse=True)
    events = np.bincount(where, weights=happened, minlength=times.size).astype(np.int64)
    leaving = np.bincount(where, minlength=times.size).astype(np.int64)
    at_risk = lengths.size - np.concatenate(([0], np.cumsum(leaving)[:-1]))
    survival = np.cumprod(1 - events / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(events / (at_risk * (at_risk - events)))
        log_survival = np.log(survival)
        half = z * np.sqrt(greenwood) / np.abs(log_survival)
        low = np.exp(log_survival * np.exp(half))
        high = np.exp(log_survival * np.exp(-half))
    defined = (survival > 0) & (survival < 1)
    return KaplanMeier(
        times=times,
        at_risk=at_risk.astype(np.int64),
        events=events,
        censored=leaving - events,
        survival=survival,
        low=np.where(defined, low, np.nan),
        high=np.where(defined, high, np.nan),
        level=level,
    )
