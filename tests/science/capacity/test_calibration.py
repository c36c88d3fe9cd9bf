"""Paths of days: serially tied as the person's days are, and right about totals of 13 weeks."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from pacework.science import capacity

WEEKS13 = 91
PEOPLE = capacity.learn_population(
    [
        (one.dates, one.values)
        for one in (capacity.simulate_diary(WEEKS13, 900_000 + seed) for seed in range(60))
    ]
)


def places(history: int, count: int, first: int) -> np.ndarray:
    """Where the true totals of 13 weeks, of pain and of flare days, lay among the paths, (people, 2)."""
    rng = np.random.default_rng(first)
    found = []
    for number in range(count):
        one = capacity.simulate_diary(history + WEEKS13, first + number)
        rated = one.rated[:history]
        model = capacity.fit(one.days[:history][rated], one.pain[:history][rated], population=PEOPLE)
        forecast = model.forecast(WEEKS13, one.days[history])
        paths, came = forecast.sample(200, number), one.pain[history:]
        worse = forecast.flare_from - 1e-9
        row = []
        for totals, truth in (
            (paths.sum(axis=1), came.sum()),
            ((paths >= worse).sum(axis=1), (came >= worse).sum()),
        ):
            tied = rng.random() * np.mean(np.abs(totals - truth) < 1e-9)
            row.append(np.mean(totals < truth - 1e-9) + tied)
        found.append(row)
    return np.array(found)


@pytest.mark.parametrize(("history", "people"), [(14, 300), (42, 150), (182, 150)])
def test_totals_of_13_weeks_are_calibrated(history: int, people: int) -> None:
    """Other people than those the spread was chosen with; the seeds are fixed.

    The histogram of pain is flat. That of flare days, from young diaries, is nearly so: before far days held
    kinds of days that the diary had not seen, 45 in 100 truths after two weeks lay in the highest fifth.
    """
    pain, flares = places(history, people, 910_000).T
    assert stats.kstest(pain, "uniform").pvalue > 0.01
    assert 0.72 <= ((pain >= 0.1) & (pain <= 0.9)).mean() <= 0.90
    assert 0.70 <= ((flares >= 0.1) & (flares <= 0.9)).mean() <= 0.90
    assert (flares > 0.8).mean() <= 0.36
    assert 0.08 <= (flares <= 0.2).mean() <= 0.30


def test_independent_days_would_not_be_calibrated() -> None:
    """The test above can fail: with each day drawn apart, totals are far too sure."""
    rng = np.random.default_rng(1)
    inside = []
    for number in range(60):
        one = capacity.simulate_diary(2 * WEEKS13, 920_000 + number)
        past = one.pain[:WEEKS13]
        totals = rng.choice(past, (200, WEEKS13)).sum(axis=1)
        low, high = np.quantile(totals, [0.1, 0.9])
        inside.append(low <= one.pain[WEEKS13:].sum() <= high)
    assert np.mean(inside) < 0.6


def autocorrelation(paths: np.ndarray) -> float:
    away = paths - paths.mean()
    return float((away[:, 1:] * away[:, :-1]).mean() / (away**2).mean())


def runs(worse: np.ndarray) -> float:
    """Mean length of runs of worse days, paths in rows."""
    starts = worse[:, 0].sum() + (worse[:, 1:] & ~worse[:, :-1]).sum()
    return float(worse.sum() / max(starts, 1))


@pytest.mark.parametrize("tie", [0.1, 0.45, 0.75])
def test_paths_reproduce_how_days_and_bad_days_hang_together(tie: float) -> None:
    """A long diary with a known tie: the paths have nearly its correlation, and its runs of bad days."""
    rng = np.random.default_rng(8)
    noise = rng.standard_normal(600)
    for day in range(1, 600):
        noise[day] = tie * noise[day - 1] + np.sqrt(1 - tie**2) * noise[day]
    values = np.clip(np.rint(5 + 1.5 * noise), 0, 10)
    paths = capacity.fit(np.arange(600).astype("datetime64[D]"), values).forecast(180).sample(400, 1)[:, 60:]
    limit = np.quantile(values, 0.8)
    assert autocorrelation(paths) == pytest.approx(autocorrelation(values[None]), abs=0.15)
    assert runs(paths >= limit) == pytest.approx(runs(values[None] >= limit), rel=0.35)
    assert paths.std() == pytest.approx(values.std(), rel=0.15)


def test_tomorrow_is_tied_to_the_day_after_less_than_far_days_are() -> None:
    """Errors of the first days share little: what moves tomorrow is not known from today."""
    forecast = capacity.fit(
        np.arange(200).astype("datetime64[D]"), np.random.default_rng(3).integers(2, 9, 200)
    ).forecast(60)
    paths = forecast.sample(4000, 2)
    near, far = (np.corrcoef(paths[:, day], paths[:, day + 1])[0, 1] for day in (0, 50))
    assert near <= far + 0.03
