"""The forecast of one person: what it promises whatever the diary, and what it does with odd ones."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacework.science import capacity
from pacework.science.capacity.chances import GRID, move
from pacework.science.capacity.diary import STEPS

DIARY = st.dictionaries(st.integers(0, 900), st.floats(0, 10), max_size=70)


def days_from(first: str, count: int) -> np.ndarray:
    return np.datetime64(first, "D") + np.arange(count)


def fitted(values: list[float], first: str = "2026-01-01") -> capacity.Model:
    return capacity.fit(days_from(first, len(values)), values)


@given(DIARY, st.integers(1, 40), st.integers(1, 400))
def test_every_day_is_a_distribution_inside_the_scale(
    entries: dict[int, float], days: int, later: int
) -> None:
    dates = np.array(list(entries), dtype=np.int64).astype("datetime64[D]")
    model = capacity.fit(dates, list(entries.values()))
    last = max(entries, default=0)
    forecast = model.forecast(days, np.datetime64(last + later, "D"))
    assert forecast.chances.shape == (days, STEPS + 1)
    assert (forecast.chances >= 0).all()
    assert forecast.chances.sum(axis=1) == pytest.approx(1)
    assert forecast.dates[0] == np.datetime64(last + later, "D")
    assert (np.diff(forecast.dates).astype(int) == 1).all()
    quantiles = forecast.quantile([0, 0.1, 0.5, 0.9, 1])
    assert (np.diff(quantiles, axis=0) >= 0).all()
    paths = forecast.sample(7, 1)
    assert paths.shape == (7, days)
    assert ((paths >= 0) & (paths <= 10)).all()
    assert ((forecast.flare_probability >= 0) & (forecast.flare_probability <= 1 + 1e-9)).all()
    assert 0 <= forecast.slow_share < 1


def test_quantiles_equal_those_of_the_paths() -> None:
    forecast = fitted([3, 4, 5, 4, 3, 6, 4, 4, 5, 3] * 5).forecast(14)
    paths = forecast.sample(4000, 3)
    found = forecast.quantile([0.25, 0.5, 0.75])
    assert found.shape == (3, 14)
    for level, row in zip((0.25, 0.5, 0.75), found, strict=True):
        assert ((paths < row - 1e-9).mean(axis=0) <= level + 0.01).all()
        assert ((paths <= row + 1e-9).mean(axis=0) >= level - 0.01).all()
    assert forecast.flare_probability == pytest.approx(
        (paths >= forecast.flare_from - 1e-9).mean(axis=0), abs=0.002
    )


def test_the_same_seed_gives_the_same_paths_and_another_does_not() -> None:
    forecast = fitted([3, 4, 5, 4, 3, 6] * 6).forecast(14)
    assert (forecast.sample(50, 1) == forecast.sample(50, 1)).all()
    assert (forecast.sample(50, 1) != forecast.sample(50, 2)).any()


def test_days_and_paths_are_whole_numbers() -> None:
    model = fitted([3, 4, 5])
    assert model.forecast(np.int64(3)).sample(np.int64(2), 1).shape == (2, 3)
    with pytest.raises(TypeError):
        model.forecast(7.5)
    with pytest.raises(TypeError):
        model.forecast(7).sample(2.5)


def test_one_path_can_be_drawn() -> None:
    assert fitted([3, 4, 5]).forecast(5).sample(1, 1).shape == (1, 5)


def test_paths_keep_to_the_ratings_a_person_uses() -> None:
    rng = np.random.default_rng(1)
    values = rng.choice([2.0, 4.0, 7.0], 200, p=[0.5, 0.3, 0.2])
    paths = fitted(values.tolist()).forecast(28).sample(500, 1)
    assert np.isin(paths, [2.0, 4.0, 7.0]).mean() > 0.9


def test_a_rise_pulls_the_next_day_more_than_the_day_a_month_on() -> None:
    before = np.random.default_rng(3).choice([3.0, 4.0], 80).tolist()
    forecast = fitted([*before, 7.0, 7.0, 8.0]).forecast(28)
    means = forecast.chances @ forecast.scale.grid
    assert means[0] > means[2] > means[27] > 3.5


def test_what_is_known_weakens_with_a_gap() -> None:
    model = fitted([3.0, 3.0, 4.0, 4.0] * 20 + [7.0, 7.0, 8.0])
    at_once, later = model.forecast(7), model.forecast(7, start=date(2026, 6, 1))
    gap = np.datetime64("2026-06-01") - model.forecast(1).dates[0]
    assert (later.chances @ later.scale.grid)[0] < (at_once.chances @ at_once.scale.grid)[0]
    same = model.forecast(int(gap.astype(int)) + 7)
    assert later.chances == pytest.approx(same.chances[-7:], abs=1e-5)


def test_an_empty_diary_gives_the_population() -> None:
    people = capacity.default_population()
    model = capacity.fit([], [], population=people)
    assert model.forecast(7).dates[0] == np.datetime64("today", "D")
    forecast = model.forecast(7, start="2026-01-01")
    assert forecast.chances == pytest.approx(np.tile(people.shape, (7, 1)))
    assert 5 < model.flare_from <= 10
    assert "other people" in model.summary


def test_who_is_usually_near_the_end_of_the_scale_can_have_a_flare() -> None:
    moving = fitted([8.0, 5.0, 8.0, 10.0, 9.0, 6.0] * 30)
    assert moving.flare_from == 10
    assert (moving.forecast(7).flare_probability > 0).all()
    # Nothing is so far above a usual of ten that it would be a flare.
    assert fitted([10.0] * 60).flare_from > 10


def test_two_calm_weeks_do_not_make_every_worse_day_a_flare() -> None:
    """The spread of a young diary is shrunk to people's; that of a long one is its own."""
    young, old = fitted([3.0, 4.0, 5.0, 4.0] * 2), fitted([3.0, 4.0, 5.0, 4.0] * 100)
    assert young.flare_from > 5.4
    assert old.flare_from == pytest.approx(4 + 1.5 * np.sqrt(0.5), abs=0.02)
    assert fitted([4.0]).flare_from == pytest.approx(4 + 1.5 * 1.1)


def test_far_days_hold_more_that_a_young_diary_has_not_seen() -> None:
    """Tomorrow hardly, in weeks more, and the less the longer the diary is."""
    seen = [3.0, 4.0, 5.0, 4.0]
    young, old = (fitted(seen * times).forecast(60).chances[:, 60:].sum(axis=1) for times in (2, 60))
    assert young[0] < 0.02 < 0.08 < young[59]
    assert old[59] < young[59] / 10


def test_one_entry_moves_the_population_towards_it() -> None:
    low, high = (fitted([value]).forecast(1) for value in (1.0, 9.0))
    grid = low.scale.grid
    assert float(low.chances[0] @ grid) < 4 < 6 < float(high.chances[0] @ grid)
    assert "1 day in the diary" in fitted([1.0]).summary


def test_a_constant_diary_stays_near_its_rating_but_is_not_certain() -> None:
    forecast = fitted([4.0] * 60).forecast(28)
    assert (forecast.quantile([0.1, 0.5, 0.9]) == 4.0).all()
    assert 0.9 < forecast.chances[0, 40] < 1


def test_ratings_close_together_are_not_blurred() -> None:
    """Where days differ by a tenth, hardly anything is lent to ratings two tenths away."""
    found = fitted([4.0, 4.0, 4.0, 4.1] * 10).forecast(7).chances[[2, 6]]
    assert (found[:, 40:42].sum(axis=1) > 0.99).all()


@pytest.mark.parametrize("value", [0.0, 10.0])
def test_a_diary_at_the_end_of_the_scale(value: float) -> None:
    forecast = fitted([value] * 30).forecast(28)
    assert forecast.quantile(0.5)[0].tolist() == [value] * 28


def test_ten_years_of_days() -> None:
    rng = np.random.default_rng(2)
    forecast = fitted(rng.integers(0, 11, 3650).astype(float).tolist(), "2016-01-01").forecast(91)
    assert np.isfinite(forecast.sample(10, 1)).all()


def test_another_scale_gives_the_same_forecast_stretched() -> None:
    values = np.array([3, 4, 5, 4, 3, 6, 7, 5, 4, 4] * 3, dtype=float)
    dates = days_from("2026-01-01", 30)
    plain, wide = (
        capacity.fit(dates, values).forecast(14),
        capacity.fit(dates, values * 10, (0, 100)).forecast(14),
    )
    assert wide.chances == pytest.approx(plain.chances, abs=1e-6)
    assert wide.quantile(0.5) == pytest.approx(10 * plain.quantile(0.5))
    assert wide.flare_from == pytest.approx(10 * plain.flare_from)


def test_what_cannot_be_asked_is_refused() -> None:
    model = fitted([3, 4, 5])
    with pytest.raises(ValueError, match="at least one day"):
        model.forecast(0)
    with pytest.raises(ValueError, match="after the last entry"):
        model.forecast(7, start="2026-01-03")
    with pytest.raises(ValueError, match="At least one path"):
        model.forecast(7).sample(0)
    with pytest.raises(ValueError, match="between 0 and 1"):
        model.forecast(7).quantile([1.2])


def test_summaries_are_sentences() -> None:
    model = fitted([3, 4, 5, 4, 3, 6] * 6)
    assert model.forecast(28).summary.startswith("28 days: mostly about 4")
    assert model.summary.startswith("36 rated days around 4.2")


@given(
    st.lists(st.floats(0, 1), min_size=2, max_size=20).filter(lambda weights: sum(weights) > 0.1),
    st.floats(0.05, 0.95),
)
def test_a_moved_shape_reaches_its_mean_and_keeps_its_places(weights: list[float], share: float) -> None:
    shape = np.zeros(STEPS + 1)
    shape[: 5 * len(weights) : 5] = weights
    shape /= shape.sum()
    used = GRID[shape > 1e-6]
    target = used.min() + share * (used.max() - used.min())
    shape[shape <= 1e-6] = 0
    shape /= shape.sum()
    moved = move(shape[None], np.array([target]))[0]
    assert (moved[shape == 0] == 0).all()
    assert moved.sum() == pytest.approx(1)
    before = abs(float(shape @ GRID) - target)
    assert abs(float(moved @ GRID) - target) <= max(before, 1e-3)


def test_a_moved_shape_reaches_a_mean_within_reach() -> None:
    shape = np.full(STEPS + 1, 1 / (STEPS + 1))
    for target in (0.2, 0.5, 0.7):
        assert float(move(shape[None], np.array([target]))[0] @ GRID) == pytest.approx(target, abs=1e-3)


def test_a_shape_with_two_far_humps_is_moved_between_them() -> None:
    shape = np.zeros(STEPS + 1)
    shape[[30, 40, 70, 80]] = [0.5, 0.43, 0.05, 0.02]
    for target in (0.33, 0.45, 0.57, 0.7):
        assert float(move(shape[None], np.array([target]))[0] @ GRID) == pytest.approx(target, abs=1e-4)
