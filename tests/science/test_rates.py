"""Employment rates in three variants, retention, and the figures' working."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from pacework.science.measures.rules import (
    Entrant,
    JobSpell,
    Proportion,
    RateVariant,
    employment_rate_cohort,
    employment_rate_flow,
    employment_rate_quarter,
    job_retention,
    quarter_of,
    retention_share,
)

ENTRY = date(2026, 1, 12)
Q1 = quarter_of(ENTRY)
LATER = date(2026, 12, 31)


def entrant(
    number: int, started: date | None = ENTRY, in_work: bool | None = False, **more: object
) -> Entrant:
    return Entrant(
        id=number, person=f"p{number}", profile_started_on=started, in_work_at_entry=in_work, **more
    )


def job(episode: int, started: date, **more: object) -> JobSpell:
    given = {"four_hours_on": started + timedelta(days=6), "employer": "first"}
    return JobSpell(
        id=f"job{episode}{started}",
        episode=episode,
        person=f"p{episode}",
        started_on=started,
        **{**given, **more},
    )


def test_people_in_work_at_entry_are_in_neither_number() -> None:
    people = [entrant(1), entrant(2), entrant(3, in_work=True)]
    jobs = [job(1, date(2026, 2, 2)), job(3, date(2026, 2, 2))]
    rates = [
        employment_rate_flow(people, jobs, Q1.first, Q1.last, LATER),
        employment_rate_quarter(people, jobs, Q1, LATER),
        employment_rate_cohort(people, jobs, date(2027, 6, 1)),
    ]
    for rate in rates:
        assert (rate.numerator_rows, rate.denominator_rows, rate.missing) == ((1,), (1, 2), 0)
        assert rate.version == "2024-04"
    assert len({rate.rule for rate in rates}) == 3


def test_unknown_status_at_entry_is_missing_and_a_missing_profile_date_is_left_out() -> None:
    people = [entrant(1), entrant(2, in_work=None), entrant(3, started=None)]
    for rate in (
        employment_rate_flow(people, [], Q1.first, Q1.last, LATER),
        employment_rate_quarter(people, [], Q1, LATER),
        employment_rate_cohort(people, [], date(2027, 6, 1)),
    ):
        assert (rate.denominator_rows, rate.missing_rows) == ((1,), (2,))


def test_period_flow_counts_starts_of_people_who_entered_earlier_and_then_has_no_interval() -> None:
    people = [entrant(1, date(2025, 10, 6)), entrant(2)]
    rate = employment_rate_flow(people, [job(1, date(2026, 2, 2))], Q1.first, Q1.last, LATER)
    assert (rate.numerator_rows, rate.denominator_rows) == ((1,), (2,))
    assert not rate.nested
    assert rate.interval is None
    assert "may differ" in rate.note


def test_period_flow_counts_only_a_first_start() -> None:
    people = [entrant(1, date(2025, 10, 6))]
    jobs = [job(1, date(2025, 11, 3)), job(1, date(2026, 2, 2))]
    assert employment_rate_flow(people, jobs, Q1.first, Q1.last, LATER).numerator == 0


@pytest.mark.parametrize(
    ("entered", "inside"),
    [
        (date(2025, 3, 31), True),
        (date(2025, 4, 1), False),
        (date(2024, 4, 1), True),
        (date(2024, 3, 31), False),
    ],
)
def test_the_cohort_entered_twelve_to_twenty_four_months_ago(entered: date, inside: bool) -> None:
    rate = employment_rate_cohort([entrant(1, entered)], [], date(2026, 3, 31))
    assert rate.denominator == int(inside)


def test_point_in_quarter_counts_a_job_on_any_day_and_people_served_on_any_day() -> None:
    people = [
        entrant(1, date(2025, 9, 1)),
        entrant(2, date(2025, 9, 1)),
        entrant(3, date(2025, 9, 1), closed_on=Q1.first),
        entrant(4, date(2025, 9, 1), closed_on=Q1.first - timedelta(days=1)),
        entrant(5, Q1.last + timedelta(days=1)),
    ]
    jobs = [
        job(1, date(2025, 10, 6), ended_on=Q1.first),
        job(2, date(2025, 10, 6), ended_on=Q1.first - timedelta(days=1)),
    ]
    rate = employment_rate_quarter(people, jobs, Q1, LATER)
    assert (rate.numerator_rows, rate.denominator_rows) == ((1,), (1, 2, 3))


def test_a_rate_has_a_wilson_interval_and_says_itself_in_words() -> None:
    rate = Proportion((1, 2), (1, 2, 3, 4, 5), (6,), "r", "1")
    assert rate.share == Fraction(2, 5)
    assert rate.interval is not None
    assert (rate.interval.method, round(rate.interval.low, 3)) == ("Wilson", 0.118)
    assert rate.words == "2 of 5 people (40.0 %), 1 not known"
    nobody = Proportion((), (), (), "r", "1")
    assert (nobody.share, nobody.interval, nobody.words) == (None, None, "0 of 0 people")


def test_the_variants_have_names() -> None:
    assert [v.label for v in RateVariant] == ["Period flow", "Rolling 12-month cohort", "Point in quarter"]


def kept(weeks: int, spells: list[JobSpell], **more: object) -> Proportion:
    people = [entrant(1, in_work=True, **more), entrant(2, in_work=False), entrant(3, None, in_work=True)]
    return job_retention(people, spells, weeks, LATER)


@pytest.mark.parametrize("weeks", [13, 26, 52])
def test_retention_is_judged_so_many_weeks_after_entry(weeks: int) -> None:
    day = ENTRY + timedelta(weeks=weeks)
    held = job(1, date(2020, 1, 1), held_at_entry=True, ended_on=day)
    people = [entrant(1, in_work=True)]
    assert job_retention(people, [held], weeks, day).numerator == 1
    lost = job(1, date(2020, 1, 1), held_at_entry=True, ended_on=day - timedelta(days=1))
    result = job_retention(people, [lost], weeks, day)
    assert (result.numerator, result.denominator) == (0, 1)
    assert job_retention(people, [held], weeks, day - timedelta(days=1)).denominator == 0


def test_retention_tells_the_same_from_any_employer() -> None:
    spells = [
        job(1, date(2020, 1, 1), held_at_entry=True, ended_on=date(2026, 2, 1)),
        job(1, date(2026, 2, 2), employer="second"),
    ]
    people = [entrant(1, in_work=True)]
    any_employer = job_retention(people, spells, 13, LATER)
    same_employer = job_retention(people, spells, 13, LATER, same_employer=True)
    assert (any_employer.numerator, same_employer.numerator) == (1, 0)
    assert (any_employer.rule, same_employer.rule) == (
        "job-retention-13-any-employer",
        "job-retention-13-same-employer",
    )


def test_retention_leaves_out_people_out_of_work_at_entry_or_without_an_entry_date() -> None:
    assert kept(13, []).denominator_rows == (1,)


def test_after_an_early_closing_an_open_job_proves_nothing() -> None:
    closed = {"closed_on": date(2026, 2, 1)}
    still_open = job(1, date(2020, 1, 1), held_at_entry=True)
    assert kept(13, [still_open], **closed).missing_rows == (1,)
    ended_later = job(1, date(2020, 1, 1), held_at_entry=True, ended_on=date(2026, 9, 1))
    assert kept(13, [ended_later], **closed).numerator == 1
    assert kept(13, [still_open], closed_on=ENTRY + timedelta(weeks=13)).numerator == 1


@pytest.mark.parametrize(
    ("in_work", "of", "warn"), [(3, 20, False), (4, 20, True), (0, 0, False), (16, 100, True)]
)
def test_the_share_of_retention_cases_warns_above_fifteen_per_cent(in_work: int, of: int, warn: bool) -> None:
    people = [entrant(n, in_work=n < in_work) for n in range(of)]
    result = retention_share(people)
    assert result.warn is warn
    assert ("above" in result.words) is warn
    assert result.limit_percent == 15


def test_unknown_status_is_missing_from_the_share_of_retention_cases() -> None:
    result = retention_share([entrant(1, in_work=True), entrant(2), entrant(3, in_work=None)])
    assert (result.proportion.denominator, result.proportion.missing_rows) == (2, (3,))
