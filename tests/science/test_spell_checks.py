"""Jobs and hours that cannot be right."""

from datetime import date, timedelta

import pytest

from pacework.science.measures.rules import JobSpell, WeekWorked, check_spells, check_weeks

MONDAY = date(2026, 3, 2)
TODAY = date(2026, 3, 31)
DAY = timedelta(days=1)


def job(number: int, start: int, end: int | None = None, employer: str = "a") -> JobSpell:
    return JobSpell(
        id=number,
        employer=employer,
        started_on=MONDAY + start * DAY,
        ended_on=None if end is None else MONDAY + end * DAY,
    )


def codes(*spells: JobSpell) -> list[str]:
    return [problem.code for problem in check_spells(spells, TODAY)]


def test_good_spells_have_no_problems() -> None:
    assert codes(job(1, -30, 0), job(2, 1), job(3, 0, employer="b")) == []


def test_two_open_jobs_with_one_employer_overlap() -> None:
    (problem,) = check_spells([job(2, 5), job(1, 0)], TODAY)
    assert (problem.code, problem.rows) == ("overlap", (1, 2))
    assert problem.words.startswith("Two jobs with the same employer overlap from 7 March 2026.")


@pytest.mark.parametrize(("end", "overlap"), [(4, []), (5, ["overlap"])])
def test_a_job_may_follow_the_day_after_the_other_ended(end: int, overlap: list[str]) -> None:
    assert codes(job(1, 0, end), job(2, 5)) == overlap


def test_a_job_that_ends_before_it_starts_or_lies_ahead_is_a_problem() -> None:
    assert codes(job(1, 5, 4)) == ["ends_before_start"]
    assert codes(job(1, 30)) == ["future"]
    assert codes(job(1, 0, 30)) == ["future"]
    assert codes(job(1, 29, 29)) == []


def weeks(*rows: WeekWorked, spells: tuple[JobSpell, ...] = ()) -> list[str]:
    return [problem.code for problem in check_weeks(rows, spells)]


def test_more_than_168_hours_in_a_week_over_all_jobs_is_a_problem() -> None:
    full = [WeekWorked(MONDAY, 5040, spell=s, row=s) for s in ("a", "b")]
    assert weeks(*full) == []
    (problem,) = check_weeks([*full, WeekWorked(MONDAY + 6 * DAY, 1, spell="c", row="c")])
    assert (problem.code, problem.rows) == ("too_long", ("a", "b", "c"))
    assert problem.words == (
        "168 hours 1 minute are recorded for the week of 2 March 2026. A week has 168 hours."
    )


def test_negative_hours_and_one_week_recorded_twice_are_problems() -> None:
    assert weeks(WeekWorked(MONDAY, -1)) == ["negative"]
    assert weeks(WeekWorked(MONDAY, 60, spell=1), WeekWorked(MONDAY + DAY, 60, spell=1)) == ["twice"]
    assert weeks(WeekWorked(MONDAY, 60, spell=1), WeekWorked(MONDAY, None, spell=2)) == []


def test_hours_outside_the_job_are_a_problem() -> None:
    held = job(1, 3, 8)
    inside = [WeekWorked(MONDAY, 60, spell=1), WeekWorked(MONDAY + 7 * DAY, 60, spell=1)]
    assert weeks(*inside, spells=(held,)) == []
    assert weeks(WeekWorked(MONDAY + 14 * DAY, 60, spell=1), spells=(held,)) == ["outside_job"]
    assert weeks(WeekWorked(MONDAY - 7 * DAY, 60, spell=1), spells=(held,)) == ["outside_job"]
    assert weeks(WeekWorked(MONDAY + 14 * DAY, 0, spell=1), spells=(held,)) == []
