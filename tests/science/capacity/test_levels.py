"""Levels, pulls and ties, each against the plain sums that define it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacework.science import capacity
from pacework.science.capacity.assumptions import number
from pacework.science.capacity.diary import Diary, clean
from pacework.science.capacity.levels import (
    AHEAD,
    WINDOW,
    level,
    pulls_between,
    split_ties,
    standing,
    steps_back,
    usual_pulls,
)
from pacework.science.capacity.population import default_population

DIARIES = st.lists(
    st.dictionaries(st.integers(0, 120), st.integers(0, 20).map(lambda number: number / 2), max_size=50),
    min_size=1,
    max_size=6,
)


def made(entries: dict[int, float]) -> Diary:
    days = np.array(sorted(entries), dtype=np.int64).astype("datetime64[D]")
    return clean(days, [entries[day] for day in sorted(entries)])


def plain_levels(diary: Diary, half_life: float) -> list[float]:
    """Entry by entry: everything so far loses weight by the step, then the new entry is added."""
    found, above, below = [], 0.0, 0.0
    for place, rating in enumerate(diary.values):
        days = float(diary.days[place] - diary.days[place - 1]) if place else 0.0
        step = days ** number("forecast", "gap_power")
        fade = 0.5 ** (step / half_life)
        above, below = above * fade + rating, below * fade + 1
        found.append(above / below)
    return found


def plain_pulls(diary: Diary, days: int) -> list[float]:
    """Least squares over a table of pairs, what people keep being two further rows of it."""
    quick, week, month = (
        plain_levels(diary, number("forecast", f"{name}_life")) for name in ("quick", "week", "month")
    )
    places = {int(day): place for place, day in enumerate(diary.days)}
    spread = float(np.var(diary.values)) if len(diary) else 0.0
    root = np.sqrt(number("forecast", "pull_pairs") * (spread + 1e-6))
    said, came = [[root, 0.0], [0.0, root]], (root * usual_pulls([days])[0]).tolist()
    for early, day in enumerate(diary.days.tolist()):
        late = places.get(day + days)
        if late is None or early < 3:
            continue
        weight = 0.5 ** ((len(diary) - 1 - late) / number("forecast", "pair_life"))
        moved = np.array([quick[early] - week[early], week[early] - month[early]])
        said.append((np.sqrt(weight) * moved).tolist())
        came.append(float(np.sqrt(weight) * (diary.values[late] - month[early])))
    return np.clip(np.linalg.lstsq(np.array(said), np.array(came))[0], 0, 1).tolist()


@given(st.dictionaries(st.integers(0, 400), st.floats(0, 10), min_size=1, max_size=80))
def test_levels_equal_the_plain_recursion(entries: dict[int, float]) -> None:
    diary = made(entries)
    ages = steps_back(diary.days)
    for life in (0.7, 7.0, 180.0):
        found = level(ages, diary.values, np.ones(len(diary), dtype=bool), life)
        assert found == pytest.approx(plain_levels(diary, life), abs=1e-9)


@given(DIARIES)
def test_many_people_at_once_equal_each_alone_and_the_plain_sums(people: list[dict[int, float]]) -> None:
    diaries = [made(entries) for entries in people]
    together = standing(diaries, default_population())
    for place, diary in enumerate(diaries):
        alone, one = standing([diary], default_population()), together.of(place)
        for name in ("levels", "pulls", "tie", "slow_share"):
            assert getattr(one, name) == pytest.approx(getattr(alone, name), abs=1e-9)
        for found, days in zip(alone.pulls[0], AHEAD, strict=True):
            assert found == pytest.approx(plain_pulls(diary, days), abs=1e-6)


def test_an_empty_diary_stands_where_people_do() -> None:
    found = standing([made({})], default_population())
    assert found.pulls[0] == pytest.approx(usual_pulls(AHEAD))
    tie, share = split_ties(
        np.array([number("population", "next_day")]), np.array([number("population", "next_week")])
    )
    assert found.tie == pytest.approx(tie)
    assert found.slow_share == pytest.approx(share)


def test_pulls_are_kept_where_they_are_known_and_fade_beyond() -> None:
    own = np.array([[0.5, 0.9], [0.3, 0.8], [0.1, 0.6], [0.0, 0.3]])
    assert pulls_between(own, np.array(AHEAD, dtype=float)) == pytest.approx(own)
    far = pulls_between(own, np.arange(28.0, 400.0))
    assert (np.diff(far[:, 1]) < 0).all()
    assert far[-1, 1] < 0.01


def test_a_diary_that_keeps_what_moved_it_is_told_from_one_that_goes_back() -> None:
    rng = np.random.default_rng(7)
    days = np.arange(200).astype("datetime64[D]")
    wander = np.clip(5 + np.cumsum(rng.standard_normal(200)) / 4, 0, 10)
    kept, gone = (capacity.fit(days, one).standing.pulls[0] for one in (wander, rng.permutation(wander)))
    assert (kept[:3, 1] > 0.7).all()
    assert (gone[:3, 1] < 0.5).all()


def test_ties_give_back_the_correlations_they_were_split_from() -> None:
    next_day, next_week = np.array([0.45, 0.7, 0.8, 0.1]), np.array([0.2, 0.35, 0.6, 0.05])
    tie, share = split_ties(next_day, next_week)
    assert share + (1 - share) * tie == pytest.approx(next_day)
    assert share + (1 - share) * tie**7 == pytest.approx(next_week, abs=0.02)


def test_days_without_correlation_have_no_tie() -> None:
    tie, share = split_ties(np.array([-0.4]), np.array([-0.2]))
    assert tie.tolist() == [0]
    assert share.tolist() == [0]


def test_a_tied_diary_is_told_from_an_untied_one() -> None:
    rng = np.random.default_rng(5)
    tied = rng.standard_normal(300)
    for day in range(1, 300):
        tied[day] += 0.8 * tied[day - 1]
    days = np.arange(300).astype("datetime64[D]")
    ties = [
        capacity.fit(days, np.clip(5 + values, 0, 10)).standing.tie[0]
        for values in (tied, rng.standard_normal(300))
    ]
    assert ties[0] > 0.6
    assert ties[1] < 0.2


def test_only_the_last_two_years_or_so_count() -> None:
    rng = np.random.default_rng(6)
    days, values = np.arange(3650), rng.integers(0, 11, 3650).astype(float)
    whole = standing([clean(days.astype("datetime64[D]"), values)], default_population())
    late = standing([clean(days[-WINDOW:].astype("datetime64[D]"), values[-WINDOW:])], default_population())
    assert whole.levels == pytest.approx(late.levels)
    assert whole.pulls == pytest.approx(late.pulls)


def test_a_long_gap_ages_what_was_before_it() -> None:
    """After a year away, one new entry moves the month's level much further than after a day."""
    before = np.arange(60)
    near = standing([made({**dict.fromkeys(before.tolist(), 2.0), 60: 8.0})], default_population())
    far = standing([made({**dict.fromkeys(before.tolist(), 2.0), 425: 8.0})], default_population())
    assert far.levels[0, 2] > near.levels[0, 2] + 0.05
