"""What becomes of a diary before anything is computed from it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacework.science.capacity.diary import Scale, clean

ENTRIES = st.lists(
    st.tuples(st.integers(-20_000, 60_000), st.one_of(st.floats(0, 10), st.just(float("nan")))), max_size=60
)


def test_entries_come_in_order_whatever_order_they_are_given_in() -> None:
    diary = clean(["2026-01-03", "2026-01-01", "2026-01-02"], [3, 1, 2])
    assert diary.values.tolist() == [1, 2, 3]
    assert np.diff(diary.days).tolist() == [1, 1]


def test_a_later_entry_of_a_day_corrects_an_earlier_one() -> None:
    diary = clean(["2026-01-02", "2026-01-01", "2026-01-02"], [8, 1, 4])
    assert diary.values.tolist() == [1, 4]


def test_days_without_a_rating_are_left_out() -> None:
    assert clean(["2026-01-01", "2026-01-02"], [float("nan"), 4]).values.tolist() == [4]


def test_a_day_that_was_emptied_afterwards_keeps_its_rating() -> None:
    """NaN says that nothing was rated; it does not delete what was."""
    assert clean(["2026-01-01", "2026-01-01"], [4, float("nan")]).values.tolist() == [4]


@pytest.mark.parametrize("bad", [-0.1, 10.1, float("inf"), float("-inf")])
def test_a_rating_outside_the_scale_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 10"):
        clean(["2026-01-01"], [bad])


def test_as_many_dates_as_ratings() -> None:
    with pytest.raises(ValueError, match="as many dates"):
        clean(["2026-01-01"], [1, 2])


def test_a_missing_date_is_refused() -> None:
    with pytest.raises(ValueError, match="has a date"):
        clean(["NaT"], [1])


@pytest.mark.parametrize("scale", [(10, 0), (1, 1), (0, float("inf")), (float("nan"), 3), (10,), None])
def test_a_scale_has_two_ends(scale: object) -> None:
    with pytest.raises(ValueError, match="lower end"):
        clean([], [], scale)


def test_dates_may_be_dates_texts_or_moments() -> None:
    days = [
        clean(given, [5]).days.tolist()
        for given in (
            [date(2026, 3, 1)],
            ["2026-03-01"],
            np.array(["2026-03-01T23:30"], dtype="datetime64[m]"),
            np.array([datetime(2026, 3, 1, 23, 30)], dtype="datetime64[us]"),  # noqa: DTZ001
        )
    ]
    assert days == [days[0]] * 4


LONDON = ZoneInfo("Europe/London")
# Half past midnight in British summer time, which is the day before in UTC.
SUMMER_NIGHT = datetime(2026, 7, 1, 0, 30, tzinfo=LONDON)


@pytest.mark.parametrize(
    "given_dates",
    [
        [SUMMER_NIGHT],
        [SUMMER_NIGHT.isoformat()],
        pd.DatetimeIndex([SUMMER_NIGHT]),
        pd.Series([SUMMER_NIGHT]),
    ],
)
def test_a_moment_belongs_to_the_day_its_own_clock_shows(given_dates: object) -> None:
    assert clean(given_dates, [5]).days.tolist() == clean(["2026-07-01"], [5]).days.tolist()


@pytest.mark.parametrize("hours", [23, 24, 25])
def test_days_when_the_clocks_change_are_one_day_each(hours: int) -> None:
    """A diary counts days: one of 23 or 25 hours is as long as any other."""
    first = {23: date(2026, 3, 28), 24: date(2026, 6, 1), 25: date(2026, 10, 24)}[hours]
    evenings = [datetime(first.year, first.month, first.day + day, 23, 45, tzinfo=LONDON) for day in range(3)]
    assert np.diff(clean(evenings, [1, 2, 3]).days).tolist() == [1, 1]


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ([20260701], "not numbers"),
        ([1.5], "not numbers"),
        ([None], "has a date"),
        ([pd.NaT], "has a date"),
        (["0001-01-01"], "1900 to 2199"),
        ([date(9999, 12, 31)], "1900 to 2199"),
        (["20260701"], "1900 to 2199"),
        (["yesterday"], "yesterday"),
    ],
)
def test_what_is_no_day_is_refused(dates: list, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        clean(dates, [5])


def test_an_empty_diary_is_a_diary() -> None:
    assert len(clean([], [])) == 0


def test_the_grid_holds_tenths_as_they_are_typed() -> None:
    grid = Scale(0, 10).grid
    assert 0.3 in grid
    assert grid[Scale(0, 10).place([0.3, 7, 10])].tolist() == [0.3, 7, 10]
    assert Scale(1, 5).grid[[0, -1]].tolist() == [1, 5]


@given(ENTRIES)
def test_cleaning_keeps_the_last_rating_of_each_day(entries: list[tuple[int, float]]) -> None:
    days = np.array([day for day, _ in entries], dtype="datetime64[D]")
    diary = clean(days, [value for _, value in entries])
    expected = {day: value for day, value in entries if value == value}
    assert dict(zip(diary.days.tolist(), diary.values.tolist(), strict=True)) == expected
    assert (np.diff(diary.days) > 0).all()
    again = clean(diary.days.astype("datetime64[D]"), diary.values)
    assert again.days.tolist() == diary.days.tolist()
