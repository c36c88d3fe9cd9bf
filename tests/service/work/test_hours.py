"""Hours as people type them, graded build-up, and numbers that equal science."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from pacework.science.measures import rules
from pacework.service.core import clock
from pacework.service.work.hours import (
    UnreadableHours,
    as_typed,
    build_up,
    minutes_from,
    weeks_between,
)
from pacework.service.work.rows import WorkRows
from tests.service.work.build import REFERRED, someone_in_work

A_WEDNESDAY = date(2026, 3, 11)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("7:30", 450), ("7.5", 450), ("7,5", 450), (" 7h30 ", 450), ("7 h 30 min", 450), ("7h", 420),
        ("0", 0), ("", None), (".5", 30), ("3:59", 239), ("4:00", 240), ("3.99", 239), ("7.33", 440),
        ("6.67", 400), ("168", 10080), ("7:5", 425), ("12 hours", 720),
    ],
)  # fmt: skip
def test_hours_are_read_as_whole_minutes(typed, minutes):
    assert minutes_from(typed) == minutes


@pytest.mark.parametrize(
    "typed", ["seven", "7:60", "-1", "7.333", "1e3", "7.5.5", "12345", "½", "<b>7</b>", "7:30:00"]
)
def test_what_is_no_number_of_hours_is_refused_with_a_sentence(typed):
    with pytest.raises(UnreadableHours, match=r"^(Write hours|Use at most)"):
        minutes_from(typed)


@given(some.integers(0, 10080))
def test_what_a_page_shows_is_read_back_to_the_same_minutes(minutes):
    assert minutes_from(as_typed(minutes)) == minutes


@given(some.integers(0, 16799))
def test_decimals_below_a_whole_hour_never_reach_it(hundredths):
    read = minutes_from(f"{hundredths / 100:.2f}")
    assert read is not None
    assert read // 60 == hundredths // 100


@given(
    some.integers(1, 40),
    some.integers(1, 30).map(lambda half: half * 30),
    some.integers(0, 30).map(lambda half: half * 30),
    some.integers(0, 20),
)
def test_a_build_up_never_falls_and_ends_at_the_full_hours(number, start, more, over):
    weeks = weeks_between(REFERRED, REFERRED + timedelta(weeks=number - 1))
    planned = list(build_up(weeks, start=start, full=start + more, over=over).values())
    assert planned == sorted(planned)
    assert len(planned) == number
    if over > 1:
        assert planned[0] == (start if number else None)
    if number >= over:
        assert planned[-1] == start + more


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(some.sampled_from([None, 0, 239, 240, 419, 420, 960]), min_size=1, max_size=22))
def test_page_and_milestones_say_what_science_says(minutes):
    with clock.at(A_WEDNESDAY):
        work = someone_in_work(minutes)
        work.episode.refresh_from_db()
        start = work.job.started_on
        plain = [
            rules.WeekWorked(start + timedelta(weeks=n), found, work.job.hourly_pay, spell=work.job.pk)
            for n, found in enumerate(minutes)
        ]
        expected = rules.funded_outcome(
            plain, REFERRED, None, rules.wage_table().for_person(work.client.birth_date), as_of=A_WEDNESDAY
        )
        rows = WorkRows(work.episode)
        begun = rules.job_start(plain, start)
        assert work.episode.outcome_on == expected.reached_on == rows.funded.reached_on
        assert rows.funded_with_gaps.reached_on == expected.reached_on
        assert rows.funded.second_reached_on == expected.second_reached_on
        assert work.job.four_hours_on == begun.recorded_on
        assert work.episode.first_job_started_on == (start if begun.counts else None)
