"""The indices of a diary against independent computations."""

from __future__ import annotations

from statistics import fmean, median, pstdev, stdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pacework.science.capacity.diary import Scale, clean
from pacework.science.capacity.variability import flare_days, variability

DIARY = st.dictionaries(st.integers(0, 150), st.integers(0, 10).map(float), max_size=90)


def of(values: list[float], gaps: tuple[int, ...] = ()) -> object:
    days = [day for day in range(len(values) + len(gaps)) if day not in gaps]
    return variability(clean(np.array(days).astype("datetime64[D]"), values))


@given(DIARY)
def test_the_indices_equal_plain_ones(entries: dict[int, float]) -> None:
    days = sorted(entries)
    found = variability(
        clean(np.array(days, dtype=np.int64).astype("datetime64[D]"), [entries[d] for d in days])
    )
    pairs = [(entries[day], entries[day + 1]) for day in days if day + 1 in entries]
    assert found.days == len(days)
    assert found.sd.value == (pytest.approx(stdev(entries.values())) if len(days) > 1 else None)
    assert found.change.days == len(pairs)
    assert found.change.value == (pytest.approx(fmean(abs(a - b) for a, b in pairs)) if pairs else None)
    if len(pairs) > 1 and len({a for a, _ in pairs}) > 1 and len({b for _, b in pairs}) > 1:
        assert found.autocorrelation.value == pytest.approx(
            stats.pearsonr(*zip(*pairs, strict=True)).statistic
        )
    else:
        assert found.autocorrelation.value is None
    values = [entries[day] for day in days]
    worse = []
    for place, rating in enumerate(values):
        window = values[:28] if place < 28 else values[place - 27 : place + 1]
        worse.append(rating >= median(window) + max(1.5 * pstdev(values), 1.0) - 1e-9)
    assert found.flare_days.value == (pytest.approx(fmean(worse)) if worse else None)
    longest = run = 0
    for place, (day, is_worse) in enumerate(zip(days, worse, strict=True)):
        run = (run + 1 if place and days[place - 1] == day - 1 else 1) if is_worse else 0
        longest = max(longest, run)
    assert found.longest_flare == longest
    ends = [
        not worse[place + 1]
        for place in range(len(days) - 1)
        if worse[place] and days[place + 1] == days[place] + 1
    ]
    assert found.flare_length.value == (pytest.approx(len(ends) / sum(ends)) if any(ends) else None)
    for index in (found.sd, found.autocorrelation, found.change, found.flare_days, found.flare_length):
        if index.value is not None and index.interval is not None:
            assert index.interval.low - 1e-9 <= index.value <= index.interval.high + 1e-9


def test_intervals_of_independent_days_are_the_textbook_ones() -> None:
    """Alternating days have no positive tie, so nothing is counted less."""
    values = [3.0, 6.0] * 20
    found = of(values)
    low, high = (stdev(values) * (39 / stats.chi2.ppf(part, 39)) ** 0.5 for part in (0.975, 0.025))
    assert found.sd.interval.low == pytest.approx(low)
    assert found.sd.interval.high == pytest.approx(high)
    assert found.flare_days.value == 0
    assert found.flare_days.interval.high == pytest.approx(stats.beta.ppf(0.975, 1, 40))
    assert found.autocorrelation.value == -1
    assert found.autocorrelation.interval is None


def test_the_change_has_the_t_interval_of_its_pairs() -> None:
    values = [3.0, 4.0, 6.0, 5.0, 5.0, 2.0]
    changes = [1.0, 2.0, 1.0, 0.0, 3.0]
    found = of(values).change
    low, high = stats.t.interval(0.95, 4, fmean(changes), stats.sem(changes))
    assert found.interval.low == pytest.approx(max(low, 0))
    assert found.interval.high == pytest.approx(high)


def test_the_autocorrelation_has_the_fisher_interval() -> None:
    rng = np.random.default_rng(4)
    values = rng.integers(0, 11, 40).astype(float)
    found = of(values.tolist()).autocorrelation
    known = stats.pearsonr(values[:-1], values[1:]).confidence_interval(0.95)
    assert found.interval.low == pytest.approx(known.low)
    assert found.interval.high == pytest.approx(known.high)


def test_days_that_hang_together_say_less() -> None:
    slow = [3.0] * 20 + [6.0] * 20
    assert of(slow).sd.interval.high > of([3.0, 6.0] * 20).sd.interval.high


def test_a_missed_day_is_not_guessed() -> None:
    found = of([3.0, 9.0, 3.0], gaps=(1, 3))
    assert found.change.value is None
    assert found.autocorrelation.days == 0
    assert found.flare_length.value is None


def test_a_run_of_flare_days_is_measured() -> None:
    values = [3.0] * 30 + [8.0] * 4 + [3.0] * 20 + [8.0] * 2 + [3.0] * 5
    found = of(values)
    assert found.longest_flare == 4
    assert found.flare_length.value == 3
    ended = stats.binomtest(2, 6).proportion_ci(0.95, "exact")
    assert found.flare_length.interval.low == pytest.approx(1 / ended.high, rel=0.01)
    assert "in a flare" in found.summary


def test_an_unfinished_flare_has_no_length() -> None:
    assert of([3.0] * 30 + [9.0]).flare_length.value is None
    assert of([3.0] * 30 + [9.0]).longest_flare == 1


def test_all_days_alike() -> None:
    found = of([4.0] * 20)
    assert found.sd.value == 0
    assert found.autocorrelation.value is None
    assert found.change.value == 0
    assert found.flare_days.value == 0


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_days_say_so(count: int) -> None:
    found = of([4.0] * count)
    assert found.sd.value is None
    assert "too few" in found.summary


def test_two_days_far_apart_have_no_change() -> None:
    assert "up or down" not in of([4.0, 5.0], gaps=(1,)).summary
    assert of([4.0, 5.0]).change.interval is None


def test_a_rating_counts_as_a_flare_from_a_point_above_the_usual_at_least() -> None:
    calm = [4.0] * 28
    for width in (1, 10):
        values = np.array([*calm, 4.9, 5.0]) * width
        assert flare_days(values, Scale(0, 10 * width)).tolist() == [False] * 29 + [True]
    assert flare_days(np.array([]), Scale(0, 10)).tolist() == []


def test_a_level_that_rose_for_good_stops_being_a_flare() -> None:
    worse = flare_days(np.array([3.0] * 40 + [7.0] * 60), Scale(0, 10))
    assert worse[40:50].all()
    assert not worse[70:].any()
