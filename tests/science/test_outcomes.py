"""Sustained work, any job within a time, and weeks in work in a year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacework.science.measures.rules import (
    JobSpell,
    WeekWorked,
    any_job_within,
    sustained_work,
    weeks_in_work_within,
    weeks_worked,
)

ENTRY = date(2025, 3, 10)
LATER = date(2027, 1, 1)
DAY = timedelta(days=1)


def job(first: int, last: int | None = None, **more: object) -> JobSpell:
    """A job from `first` to `last` days after entry."""
    return JobSpell(
        id=first,
        started_on=ENTRY + first * DAY,
        ended_on=None if last is None else ENTRY + last * DAY,
        **more,
    )


def test_weeks_worked_counts_weeks_and_not_rows() -> None:
    monday = date(2025, 3, 10)
    weeks = [
        WeekWorked(monday, 60, spell="a"),
        WeekWorked(monday, 60, spell="b"),
        WeekWorked(monday + 7 * DAY, 0),
        WeekWorked(monday + 14 * DAY, None),
        WeekWorked(monday - 7 * DAY, 60),
        WeekWorked(monday + 21 * DAY, 1),
    ]
    assert weeks_worked(weeks, monday + 2 * DAY) == 2


@pytest.mark.parametrize(("last", "met"), [(90, True), (89, False)])
def test_one_job_of_ninety_one_days_is_sustained(last: int, met: bool) -> None:
    result = sustained_work([job(0, last)], LATER)
    assert result.met is met
    assert result.on == (ENTRY + 90 * DAY if met else None)


@pytest.mark.parametrize(("gap", "met"), [(14, True), (15, False)])
def test_a_gap_of_fourteen_days_does_not_break_the_chain_and_fifteen_do(gap: int, met: bool) -> None:
    result = sustained_work([job(0, 40), job(41 + gap, 100)], LATER)
    assert result.met is met


def test_where_the_last_day_falls_into_a_gap_it_is_reached_with_the_next_job() -> None:
    result = sustained_work([job(0, 85), job(95, 100)], LATER)
    assert (result.met, result.on) == (True, ENTRY + 95 * DAY)


def test_overlapping_jobs_are_one_chain_and_a_new_chain_starts_again() -> None:
    assert sustained_work([job(0, 60), job(10, 20), job(61, 90)], LATER).on == ENTRY + 90 * DAY
    assert sustained_work([job(0, 20), job(100, 190)], LATER).on == ENTRY + 190 * DAY


def test_an_open_job_lasts_until_the_day_of_counting() -> None:
    assert sustained_work([job(0)], ENTRY + 90 * DAY).met is True
    running = sustained_work([job(0)], ENTRY + 89 * DAY)
    assert (running.met, running.words) == (None, "The latest run of work lasted 90 days of 91.")
    assert sustained_work([job(0, 10)], ENTRY + 24 * DAY).met is None
    assert sustained_work([job(0, 10)], ENTRY + 25 * DAY).met is False


def test_work_that_is_not_competitive_or_still_ahead_is_no_sustained_work() -> None:
    none = sustained_work([job(0, 100, competitive=False), job(800)], LATER)
    assert (none.met, none.words) == (False, "No competitive job is recorded.")


@pytest.mark.parametrize(
    ("start", "months", "met"),
    [
        (date(2026, 3, 10), 12, True),
        (date(2026, 3, 11), 12, False),
        (date(2026, 9, 10), 18, True),
        (date(2026, 9, 11), 18, False),
    ],
)
def test_a_job_one_day_after_the_time_allowed_is_out(start: date, months: int, met: bool) -> None:
    result = any_job_within([JobSpell(id=1, started_on=start)], ENTRY, LATER, months=months)
    assert result.met is met
    assert result.on == (start if met else None)


def test_one_day_of_work_is_a_job_and_one_held_at_entry_counts_from_entry() -> None:
    assert any_job_within([job(30, 30)], ENTRY, LATER).on == ENTRY + 30 * DAY
    assert any_job_within([job(-100, 5)], ENTRY, LATER).on == ENTRY
    assert any_job_within([job(-100, -1)], ENTRY, LATER).met is False


def test_while_the_time_runs_no_job_is_not_yet_a_no() -> None:
    last = date(2026, 3, 10)
    assert any_job_within([], ENTRY, last).met is None
    assert any_job_within([], ENTRY, last + DAY).met is False
    assert any_job_within([job(30)], ENTRY, ENTRY + 29 * DAY).met is None


def test_thirteen_weeks_in_a_year_need_not_be_together_and_double_days_count_once() -> None:
    spells = [job(0, 29), job(10, 19), job(25, 49), job(100, 140)]
    assert weeks_in_work_within(spells, ENTRY, LATER).on == ENTRY + 140 * DAY
    short = weeks_in_work_within([job(0, 49), job(100, 139)], ENTRY, LATER)
    assert (short.met, short.words) == (False, "Employed for 90 days of 91.")
    assert weeks_in_work_within([job(0, 49)], ENTRY, ENTRY + 60 * DAY).met is None


spells = st.lists(
    st.tuples(st.integers(-50, 400), st.integers(0, 120), st.booleans()).map(
        lambda t: job(t[0], None if t[2] and t[1] > 100 else t[0] + t[1])
    ),
    max_size=6,
)


@given(spells, st.integers(0, 500))
def test_weeks_in_a_year_equal_counting_single_days(rows: list[JobSpell], until: int) -> None:
    as_of = ENTRY + until * DAY
    employed = [
        ENTRY + n * DAY for n in range(min(until, 365) + 1) if any(s.open_on(ENTRY + n * DAY) for s in rows)
    ]
    result = weeks_in_work_within(rows, ENTRY, as_of)
    assert result.on == (employed[90] if len(employed) >= 91 else None)


@given(spells, st.integers(0, 500))
def test_sustained_work_equals_following_single_days(rows: list[JobSpell], until: int) -> None:
    as_of = ENTRY + until * DAY
    chain: date | None = None
    last = date.min
    expected = None
    for n in range(-60, until + 1):
        day = ENTRY + n * DAY
        if not any(s.open_on(day) for s in rows):
            continue
        if chain is None or (day - last).days - 1 > 14:
            chain = day
        last = day
        if (day - chain).days >= 90:
            expected = day
            break
    assert sustained_work(rows, as_of).on == expected
