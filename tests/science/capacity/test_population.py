"""What people have in common, and many diaries at once."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from pacework.science import capacity
from pacework.science.capacity.assumptions import number

DAYS = np.arange(60).astype("datetime64[D]")


def walk(seed: int, centre: float = 5.0, tie: float = 0.0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal(60)
    for day in range(1, 60):
        noise[day] = tie * noise[day - 1] + np.sqrt(1 - tie**2) * noise[day]
    return np.clip(np.rint(centre + noise), 0, 10)


def test_nobody_teaches_nothing() -> None:
    assert capacity.learn_population([]) is capacity.default_population()
    assert capacity.learn_population([([], [])]) is capacity.default_population()
    assert "not learned" in capacity.default_population().summary


def test_what_is_learned_lies_between_the_assumed_and_the_seen() -> None:
    calm = capacity.learn_population([(DAYS, walk(seed, 3.0, 0.8)) for seed in range(20)])
    assert calm.people == 20
    assert 0.3 < calm.centre < 0.5
    assert calm.between < number("population", "between") / 10
    assert calm.next_day > number("population", "next_day")
    assert calm.shape.sum() == pytest.approx(1)
    assert "20 diaries" in calm.summary


def test_a_long_diary_counts_as_much_as_a_short_one() -> None:
    long_days = np.arange(600).astype("datetime64[D]")
    long = (long_days, np.tile(walk(1, 2.0), 10))
    short = (DAYS[:20], walk(2, 8.0)[:20])
    one = capacity.learn_population([long, short])
    assert one.centre * 10 == pytest.approx((5 * 5 + long[1].mean() + short[1].mean()) / 7)


def test_short_diaries_do_not_teach_how_days_lie_apart() -> None:
    few = capacity.learn_population([(DAYS[:3], [1, 5, 9])])
    assert few.within == pytest.approx(capacity.default_population().within)
    assert few.pulls == pytest.approx(capacity.default_population().pulls)


def test_a_population_changes_the_first_days_of_a_diary() -> None:
    low = capacity.learn_population([(DAYS, walk(seed, 2.0)) for seed in range(30)])
    high = capacity.learn_population([(DAYS, walk(seed, 8.0)) for seed in range(30)])
    first = [
        capacity.fit([], [], population=one).forecast(1, "2026-01-01").quantile(0.5)[0, 0]
        for one in (low, high)
    ]
    assert first[0] < 4 < 6 < first[1]


def test_the_expected_shape_is_student_t_around_a_shrunk_mean() -> None:
    """Against SciPy's t, over the places that people use."""
    people = capacity.default_population()
    grid = np.linspace(0, 1, 101)
    shape = people.expect(10, 4.0, 0.3, 0.1)
    trust = people.within**2 / people.between**2
    centre = (4 * 0.3 + trust * people.centre) / (4 + trust)
    width = people.spread(10, 0.1) * np.sqrt(1 + 1 / (4 + trust))
    expected = (people.shape + 1e-3 / 101) * stats.t(5, centre, width).pdf(grid)
    assert shape == pytest.approx(expected / expected.sum())
    assert people.expect(0, 0.0, 0.3, 0.1) is people.shape


def test_a_spread_is_a_mean_of_logarithms_of_own_and_people_s() -> None:
    people = capacity.default_population()
    assert people.spread(1, 0.0) == people.within
    assert people.spread(11, 10 * 0.02**2) == pytest.approx(np.sqrt(people.within * 0.02))
    assert people.spread(4000, 3999 * 0.02**2) == pytest.approx(0.02, rel=0.01)
    assert 0.01 < people.spread(60, 0.0) < 0.02


def test_people_who_keep_what_moved_them_teach_others_to() -> None:
    """Pulls of people whose level wanders are stronger than of people who go back to where they were."""
    rng = np.random.default_rng(4)
    wander = [np.clip(5 + np.cumsum(rng.standard_normal(60)) / 2, 0, 10) for _ in range(20)]
    steady = [np.clip(5 + rng.standard_normal(60), 0, 10) for _ in range(20)]
    first, second = (capacity.learn_population([(DAYS, one) for one in some]) for some in (wander, steady))
    assert (first.pulls > second.pulls).all()


def test_many_at_once_equal_one_by_one_in_their_order() -> None:
    diaries = [(DAYS[: 3 + 7 * number], walk(number)[: 3 + 7 * number]) for number in (5, 0, 8, 3)]
    diaries.append(([], []))
    many = capacity.fit_many(diaries)
    assert len(many) == 5
    for model, diary in zip(many, diaries, strict=True):
        alone = capacity.fit(*diary)
        start = np.datetime64("1970-06-01")
        assert model.forecast(7, start).chances == pytest.approx(alone.forecast(7, start).chances, abs=1e-9)
    assert [len(model.diary) for model in many[1:3]] == [3, 59]
    assert len(many[-1].diary) == 0


def test_many_may_be_none() -> None:
    assert len(capacity.fit_many([])) == 0
