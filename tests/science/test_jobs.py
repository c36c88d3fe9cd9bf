"""Job starts, people supported into work, and competitive work."""

from datetime import date, timedelta
from itertools import product

import pytest

from pacework.science.measures.rules import (
    JobSpell,
    WeekWorked,
    competitive_test,
    job_start,
    quarter_of,
    supported_into_work,
    total_job_starts,
)

MONDAY = date(2026, 1, 5)
Q1 = quarter_of(MONDAY)
LATER = date(2026, 12, 31)


def spell(number: int, started: date, **more: object) -> JobSpell:
    given = {"person": "p1", "episode": "e1", "four_hours_on": started + timedelta(days=6)}
    return JobSpell(id=number, started_on=started, **{**given, **more})


@pytest.mark.parametrize(("minutes", "counts"), [(239, False), (240, True)])
def test_a_job_start_counts_at_four_hours_and_not_a_minute_before(minutes: int, counts: bool) -> None:
    result = job_start([WeekWorked(MONDAY, minutes)], MONDAY)
    assert result.counts is counts
    assert result.minutes_done == minutes
    assert result.recorded_on == (date(2026, 1, 11) if counts else None)


def test_the_recorded_day_is_the_sunday_of_the_week_in_which_the_sum_reaches_four_hours() -> None:
    weeks = [
        WeekWorked(MONDAY + timedelta(days=14), 600),
        WeekWorked(MONDAY, 120),
        WeekWorked(MONDAY + timedelta(days=7), 120),
    ]
    result = job_start(weeks, date(2026, 1, 8))
    assert result.recorded_on == date(2026, 1, 18)
    assert result.spell_start == date(2026, 1, 8)
    assert result.words == "4 hours of paid work were done by 18 January 2026. The job start counts."


def test_hours_before_the_job_and_hours_not_known_do_not_count() -> None:
    weeks = [WeekWorked(MONDAY - timedelta(days=7), 600), WeekWorked(MONDAY, None)]
    result = job_start(weeks, MONDAY)
    assert not result.counts
    assert result.words == "0 hours of 4 hours of paid work done. The job start does not count yet."


def counts(spells: list[JobSpell], as_of: date = LATER, quarter: object = Q1) -> tuple[int, int]:
    people = supported_into_work(spells, quarter.first, quarter.last, as_of)
    starts = total_job_starts(spells, quarter.first, quarter.last, as_of)
    return people.value, starts.value


def test_two_jobs_on_one_day_are_one_person_and_two_starts() -> None:
    assert counts([spell(1, MONDAY), spell(2, MONDAY)]) == (1, 2)


def test_a_job_that_ends_and_another_in_the_quarter_are_one_person_and_two_starts() -> None:
    assert counts([spell(1, MONDAY, ended_on=date(2026, 2, 1)), spell(2, date(2026, 3, 2))]) == (1, 2)


def test_a_second_job_in_a_later_quarter_is_a_start_there_but_no_new_person() -> None:
    spells = [spell(1, MONDAY), spell(2, date(2026, 4, 6))]
    assert counts(spells) == (1, 1)
    assert counts(spells, quarter=Q1.shift(1)) == (0, 1)


def test_one_person_in_two_episodes_counts_once_in_a_quarter() -> None:
    assert counts([spell(1, MONDAY), spell(2, date(2026, 3, 2), episode="e2")]) == (1, 2)


def test_a_start_counts_late_in_the_quarter_of_its_start_date() -> None:
    late = spell(1, date(2026, 3, 30), four_hours_on=date(2026, 4, 12))
    assert counts([late], as_of=date(2026, 4, 11)) == (0, 0)
    assert counts([late], as_of=date(2026, 4, 12)) == (1, 1)
    assert counts([late], quarter=Q1.shift(1)) == (0, 0)


def test_a_job_held_at_entry_or_without_four_hours_is_no_start() -> None:
    assert counts([spell(1, MONDAY, held_at_entry=True), spell(2, MONDAY, four_hours_on=None)]) == (0, 0)


def test_a_job_that_is_not_competitive_is_no_start() -> None:
    assert counts([spell(1, MONDAY, competitive=False)]) == (0, 0)


def test_a_job_whose_competitive_test_is_open_is_listed_as_missing() -> None:
    open_test = spell(1, MONDAY, competitive=None)
    people = supported_into_work([open_test], Q1.first, Q1.last, LATER)
    starts = total_job_starts([open_test], Q1.first, Q1.last, LATER)
    assert (people.value, people.missing_rows) == (0, ("p1",))
    assert (starts.value, starts.missing, starts.missing_rows) == (0, 1, (1,))


def test_an_open_competitive_test_is_not_missing_where_it_cannot_change_who_counts() -> None:
    counted = spell(1, MONDAY)
    same_quarter = spell(2, date(2026, 2, 2), competitive=None)
    assert supported_into_work([counted, same_quarter], Q1.first, Q1.last, LATER).missing == 0
    next_quarter = spell(3, date(2026, 4, 6), competitive=None)
    q2 = Q1.shift(1)
    assert supported_into_work([counted, next_quarter], q2.first, q2.last, LATER).missing == 0
    before_the_first = spell(4, date(2025, 12, 1), competitive=None)
    q4 = Q1.shift(-1)
    assert supported_into_work([counted, before_the_first], q4.first, q4.last, LATER).missing == 1


@pytest.mark.parametrize("answers", list(product([True, False, None], repeat=4)))
def test_a_job_is_competitive_only_when_all_four_parts_hold(answers: tuple[bool | None, ...]) -> None:
    anyone, minimum, usual, kept_open = answers
    result = competitive_test(
        open_to_anyone=anyone,
        pays_legal_minimum=minimum,
        pays_usual_rate=usual,
        set_aside=None if kept_open is None else not kept_open,
    )
    expected = False if False in answers else None if None in answers else True
    assert result.result is expected
    assert len(result.reasons) == 4
    assert sum("not known" in reason for reason in result.reasons) == answers.count(None)


def test_a_job_set_aside_for_disabled_people_says_so() -> None:
    result = competitive_test(
        open_to_anyone=True, pays_legal_minimum=True, pays_usual_rate=True, set_aside=True
    )
    assert result.result is False
    assert result.reasons[3] == "It is set aside for disabled people."
