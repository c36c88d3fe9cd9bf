"""From diaries to the weeks of a job, as a caller writes it: one line after the other."""

from __future__ import annotations

import numpy as np
import pytest

from pacework.science import capacity

ONE = capacity.simulate_diary(91, 77)
OTHERS = [(other.dates, other.values) for other in (capacity.simulate_diary(91, seed) for seed in range(10))]


@pytest.fixture(scope="module")
def population() -> capacity.Population:
    return capacity.learn_population(OTHERS)


@pytest.fixture(scope="module")
def model(population: capacity.Population) -> capacity.Model:
    return capacity.fit(ONE.dates, ONE.values, scale=(0, 10), population=population)


def test_a_diary_is_forecast(model: capacity.Model) -> None:
    assert {"sd", "autocorrelation", "change", "flare_days", "flare_length"} <= set(dir(model.variability))
    forecast = model.forecast(days=28)
    assert forecast.quantile([0.1, 0.5, 0.9]).shape == (3, 28)
    assert forecast.sample(n=1000, seed=1).shape == (1000, 28)
    assert forecast.flare_probability.shape == (28,)
    assert forecast.summary


def test_a_job_is_lived_through(model: capacity.Model, population: capacity.Population) -> None:
    answers = list(zip(ONE.days[:20], ONE.pain[:20], ONE.fatigue[:20], ONE.hours[:20], strict=True))
    hours = capacity.hours_model(model, answers=answers, population=population)
    job = capacity.Job(
        shifts={"mon": ("09:00", "13:00"), "thu": ("09:00", "13:00")},
        commute_minutes=35,
        home_days=(),
        swap_days=False,
        pays_legal_minimum=True,
    )
    result = capacity.sustainability(
        hours, job, weeks=16, paths=200, seed=1, adjustments=capacity.ADJUSTMENTS
    )
    assert [fit.key for fit in result.summary] == ["as-it-is", *(each.key for each in capacity.ADJUSTMENTS)]
    for fit in result.summary:
        assert 0 <= fit.share_workable <= 1
        assert fit.missed_low <= fit.missed <= fit.missed_high <= fit.shifts
        assert 0 <= fit.held <= 1
        assert fit.funded is not None
        assert fit.gain == pytest.approx(fit.share_workable - result.as_it_is.share_workable)


def test_a_whole_service_is_one_call(population: capacity.Population) -> None:
    models = capacity.fit_many(OTHERS, population)
    assert [len(model.diary) for model in models] == [len(values) for _, values in OTHERS]


def test_vacancies_are_a_shortlist() -> None:
    columns = {"travel": np.array([10.0, np.nan, 80.0]), "hours": np.array([16.0, 20.0, 8.0])}
    found = capacity.shortlist(
        columns, capacity.Limits(travel=60), [capacity.Preference("hours", (18, None))], n=20
    )
    assert found.positions == (1, 0)
