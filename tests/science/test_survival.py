"""Kaplan-Meier against other software, and its edges."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from pacework.science.measures.survival import kaplan_meier

people = st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=60)


@settings(max_examples=60, deadline=None)
@given(people)
def test_the_curve_its_limits_and_its_median_equal_lifelines(rows: list[tuple[int, bool]]) -> None:
    lifelines = pytest.importorskip("lifelines")
    durations, observed = zip(*rows, strict=True)
    ours = kaplan_meier(durations, observed)
    theirs = lifelines.KaplanMeierFitter().fit(durations, observed)
    expected = theirs.survival_function_at_times(ours.times).to_numpy()
    np.testing.assert_allclose(ours.survival, expected, atol=1e-9)
    limits = theirs.confidence_interval_.loc[ours.times].to_numpy()
    inside = (ours.survival > 0) & (ours.survival < 1)
    np.testing.assert_allclose(ours.low[inside], limits[inside, 0], atol=1e-9)
    np.testing.assert_allclose(ours.high[inside], limits[inside, 1], atol=1e-9)
    if np.any(np.abs(ours.survival - 0.5) < 1e-9):
        return  # lifelines rounds a share of exactly one half either way
    median = theirs.median_survival_time_
    assert ours.median == (None if math.isinf(median) else median)


@settings(max_examples=60, deadline=None)
@given(people)
def test_the_curve_and_greenwoods_error_equal_statsmodels(rows: list[tuple[int, bool]]) -> None:
    # statsmodels does not take durations of 0.
    shifted = [(days + 1, event) for days, event in rows]
    if not any(event for _, event in shifted):
        return
    durations, observed = zip(*shifted, strict=True)
    ours = kaplan_meier(durations, observed)
    with np.errstate(divide="ignore", invalid="ignore"):
        theirs = SurvfuncRight(np.array(durations), np.array(observed, dtype=int))
    at = np.isin(ours.times, theirs.surv_times)
    np.testing.assert_allclose(ours.survival[at], theirs.surv_prob, atol=1e-9)
    np.testing.assert_array_equal(ours.at_risk[at], theirs.n_risk)
    np.testing.assert_array_equal(ours.events[at], theirs.n_events)


@given(people)
def test_everybody_is_accounted_for_and_nobody_still_searching_is_dropped(
    rows: list[tuple[int, bool]],
) -> None:
    durations, observed = zip(*rows, strict=True)
    curve = kaplan_meier(durations, observed)
    assert curve.n == len(rows)
    assert int(curve.events.sum() + curve.censored.sum()) == len(rows)
    assert curve.summary["still_waiting"] == observed.count(False)
    assert np.all(np.diff(curve.survival) <= 0)


def test_a_small_curve_by_hand() -> None:
    curve = kaplan_meier([5, 10, 10, 20], [True, True, False, True])
    np.testing.assert_allclose(curve.survival, [0.75, 0.5, 0.0])
    np.testing.assert_array_equal(curve.at_risk, [4, 3, 1])
    assert curve.median == 10
    assert curve.survival_at(4.9) == 1
    assert curve.survival_at(5) == 0.75
    assert curve.survival_at(15) == 0.5
    assert [curve.at_risk_at(t) for t in (0, 5, 6, 20, 21)] == [4, 4, 3, 1, 0]
    assert math.isnan(curve.low[-1])


def test_a_median_that_is_not_reached_is_none() -> None:
    curve = kaplan_meier([5, 10, 20], [True, False, False])
    assert curve.median is None
    assert curve.summary["median"] is None
    assert curve.summary["events"] == 1


def test_the_interval_of_the_median_is_read_off_the_curves_limits() -> None:
    lifelines_utils = pytest.importorskip("lifelines.utils")
    lifelines = pytest.importorskip("lifelines")
    rng = np.random.default_rng(4)
    durations, observed = rng.integers(1, 200, 80), rng.random(80) < 0.7
    ours = kaplan_meier(durations, observed)
    fitted = lifelines.KaplanMeierFitter().fit(durations, observed)
    expected = lifelines_utils.median_survival_times(fitted.confidence_interval_).to_numpy()[0]
    assert ours.median_interval == tuple(expected)


@pytest.mark.parametrize(
    ("durations", "observed", "words"),
    [
        ([], [], "at least one person"),
        ([1, 2], [True], "same length"),
        ([[1]], [[True]], "same length"),
        ([-1], [True], "0 or more"),
        ([float("nan")], [True], "0 or more"),
        ([float("inf")], [True], "0 or more"),
    ],
)
def test_impossible_durations_are_refused(durations: list, observed: list, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        kaplan_meier(durations, observed)
