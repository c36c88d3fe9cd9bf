"""Weeks, months, quarters, ages and working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacework.science.measures import dates

days = st.dates(date(2000, 1, 1), date(2050, 12, 31))


@given(days)
def test_a_week_runs_from_monday_to_sunday_around_its_day(day: date) -> None:
    first, last = dates.monday(day), dates.sunday(day)
    assert first.weekday() == 0
    assert last == first + timedelta(days=6)
    assert first <= day <= last


def test_three_months_after_the_last_of_november_is_the_last_of_february() -> None:
    assert dates.add_months(date(2025, 11, 30), 3) == date(2026, 2, 28)
    assert dates.add_months(date(2023, 11, 30), 3) == date(2024, 2, 29)
    assert dates.add_months(date(2026, 1, 15), -12) == date(2025, 1, 15)
    assert dates.add_months(date(2026, 1, 15), -1) == date(2025, 12, 15)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("days", date(2026, 3, 5)), ("weeks", date(2026, 3, 29)), ("months", date(2026, 7, 1))],
)
def test_a_span_counts_in_its_unit(unit: str, expected: date) -> None:
    assert dates.add_span(date(2026, 3, 1), 4, unit) == expected


def test_a_span_in_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="fortnights"):
        dates.add_span(date(2026, 3, 1), 4, "fortnights")


def test_somebody_born_on_leap_day_is_a_year_older_on_the_first_of_march() -> None:
    born = date(2004, 2, 29)
    assert dates.age_on(born, date(2025, 2, 28)) == 20
    assert dates.age_on(born, date(2025, 3, 1)) == 21
    assert dates.age_on(born, date(2024, 2, 29)) == 20
    with pytest.raises(ValueError, match="before the birth date"):
        dates.age_on(born, date(2000, 1, 1))


def test_working_days_leave_out_weekends_and_holidays() -> None:
    friday, christmas = date(2026, 12, 18), frozenset({date(2026, 12, 25), date(2026, 12, 28)})
    assert dates.add_working_days(friday, 1) == date(2026, 12, 21)
    assert dates.add_working_days(friday, 5, christmas) == date(2026, 12, 29)
    assert dates.add_working_days(friday, 0) == friday


@given(days, st.integers(0, 40))
def test_working_days_between_undo_adding_them(day: date, amount: int) -> None:
    later = dates.add_working_days(day, amount)
    assert dates.working_days_between(day, later) == amount
    assert dates.working_days_between(later, day) == -amount


def test_quarters_are_calendar_quarters_named_by_the_april_year() -> None:
    quarter = dates.quarter_of(date(2026, 3, 31))
    assert (quarter.first, quarter.last) == (date(2026, 1, 1), date(2026, 3, 31))
    assert quarter.label == "Q4 2025/26 (January to March 2026)"
    assert quarter.shift(1).label == "Q1 2026/27 (April to June 2026)"
    assert quarter.shift(-1).label == "Q3 2025/26 (October to December 2025)"
    assert dates.quarter_of(date(1999, 5, 1)).label == "Q1 1999/00 (April to June 1999)"
    assert date(2026, 3, 31) in quarter
    assert date(2026, 4, 1) not in quarter
    with pytest.raises(ValueError, match="1, 2, 3 or 4"):
        dates.Quarter(2026, 5)


@given(days)
def test_every_day_lies_in_its_quarter(day: date) -> None:
    assert day in dates.quarter_of(day)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 hours"),
        (1, "1 minute"),
        (60, "1 hour"),
        (239, "3 hours 59 minutes"),
        (240, "4 hours"),
        (61, "1 hour 1 minute"),
    ],
)
def test_minutes_are_said_in_hours(minutes: int, words: str) -> None:
    assert dates.hours_words(minutes) == words


def test_numbers_take_their_plural() -> None:
    assert dates.count_words(1, "day") == "1 day"
    assert dates.count_words(1028, "person", "people") == "1,028 people"
    assert dates.day_words(date(2026, 3, 3)) == "3 March 2026"
