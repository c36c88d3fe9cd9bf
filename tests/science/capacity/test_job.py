"""A job's hours: what can be said, what is refused, and what a day of it takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacework.science.capacity import Job, JobError, assumptions
from pacework.science.capacity.assumptions import effort, number, spread
from pacework.science.capacity.effort import day_curve, plan, share_of_hours, shorten

NINE_TO_ONE = ("09:00", "13:00")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")


def refusal(**arguments: object) -> JobError:
    with pytest.raises(JobError) as caught:
        Job(**{"shifts": {"mon": NINE_TO_ONE}, **arguments})
    return caught.value


@pytest.mark.parametrize(
    ("shifts", "words"),
    [
        ({}, "no shifts"),
        ({"mon": ()}, "no shifts"),
        ("mon 9-1", "for each day"),
        ({"moonday": NINE_TO_ONE}, "“moonday” is not a day of the week"),
        ({"mon": NINE_TO_ONE, "Monday": NINE_TO_ONE}, "Monday is given twice"),
        ({"mon": "09:00"}, "a shift has a start and an end"),
        ({"mon": [("09:00", "12:00", "13:00")]}, "a shift has a start and an end"),
        ({"mon": [NINE_TO_ONE, "14:00"]}, "a shift has a start and an end"),
        ({"mon": ("9 am", "13:00")}, "“9 am” is not a time such as 09:00"),
        ({"mon": ("09:61", "13:00")}, "a day ends at 24:00"),
        ({"mon": ("00:00", "25:00")}, "a day ends at 24:00"),
        ({"mon": ("24:00", "06:00")}, "belongs to the next day"),
        ({"mon": ("09:00", "09:00")}, "starts and ends at the same time"),
        ({"mon": [NINE_TO_ONE, ("12:59", "15:00")]}, "overlaps another on the same day"),
        ({"mon": ("22:00", "09:30"), "tue": NINE_TO_ONE}, "The shift on Monday overlaps the one on Tuesday"),
        ({"sun": ("22:00", "09:30"), "mon": NINE_TO_ONE}, "The shift on Sunday overlaps the one on Monday"),
    ],
)
def test_shifts_that_cannot_be_are_refused_in_words(shifts: object, words: str) -> None:
    problem = refusal(shifts=shifts)
    assert problem.field == "shifts"
    assert words in str(problem)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("commute_minutes", -1, "0 to 360"),
        ("commute_minutes", float("nan"), "0 to 360"),
        ("commute_minutes", "35", "0 to 360"),
        ("break_minutes", True, "0 to 240"),
        ("break_minutes", 240, "as long as the shift"),
        ("rest_minutes", 31, "0 to 30"),
        ("build_up_weeks", 53, "0 to 52"),
        ("build_up_weeks", 1.5, "whole weeks"),
        ("build_up_from", 0, "more than 0"),
        ("home_days", ("mun",), "not a day of the week"),
        ("home_days", "mon", "as a list"),
        ("swap_days", 3, "as a list"),
    ],
)
def test_other_arguments_that_cannot_be_are_refused_at_their_field(
    field: str, value: object, words: str
) -> None:
    problem = refusal(**{field: value})
    assert problem.field == field
    assert words in str(problem)


def test_numbers_of_numpy_are_numbers() -> None:
    job = Job(
        {"mon": NINE_TO_ONE},
        commute_minutes=np.int64(35),
        rest_minutes=np.float32(5),
        build_up_weeks=np.int64(4),
    )
    assert job == Job({"mon": NINE_TO_ONE}, commute_minutes=35, rest_minutes=5, build_up_weeks=4)


def test_a_shift_up_to_midnight_ends_at_24() -> None:
    assert Job({"mon": ("18:00", "24:00")}).words.startswith("Monday 18:00–24:00.")
    assert Job({"mon": ("18:00", "02:00")}).words.startswith("Monday 18:00–2:00.")


def test_work_and_travel_fit_into_a_day() -> None:
    problem = refusal(shifts={"mon": ("06:00", "22:00")}, commute_minutes=300)
    assert problem.field == "commute_minutes"
    assert "more than 24 hours" in str(problem)
    Job({"mon": ("06:00", "22:00")}, commute_minutes=300, home_days=["mon"])


def test_home_days_where_home_is_not_possible_are_refused() -> None:
    assert refusal(home_days=["mon"], home_possible=False).field == "home_days"


def test_a_night_shift_belongs_to_the_day_it_starts() -> None:
    job = Job({"Sunday": ("22:00", "06:00"), "mon": ("06:00", "08:00")})
    assert job.working_days == (0, 6)
    assert job.length(6) == 480
    assert job.hours_a_week == 10
    assert job.shifts["sun"] == (("22:00", "06:00"),)


def test_times_may_be_texts_or_times_and_days_may_have_parts() -> None:
    job = Job({"MON": [("13:00", "24:00"), (time(9), time(12, 30))]})
    assert job.week[0] == ((540, 750), (780, 1440))
    assert job.shifts == {"mon": (("09:00", "12:30"), ("13:00", "24:00"))}
    assert job.changed(rest_minutes=5).week == job.week


def test_a_job_says_itself_in_words() -> None:
    job = Job(
        {"mon": NINE_TO_ONE, "wed": NINE_TO_ONE, "fri": [("09:00", "11:00"), ("12:00", "14:00")]},
        commute_minutes=35,
        home_days=["fri", "sat"],
        break_minutes=30,
    )
    assert job.words == (
        "Monday and Wednesday 9:00–13:00; Friday 9:00–11:00 and 12:00–14:00; 35 minutes’ travel each way; "
        "Friday at home. 10.5 paid hours a week."
    )
    assert "travel not known" in Job({"mon": NINE_TO_ONE}, commute_minutes=None).words
    assert Job({"mon": NINE_TO_ONE}).words == "Monday 9:00–13:00. 4 paid hours a week."
    days = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), NINE_TO_ONE)
    assert Job(days).words == "Monday to Friday 9:00–13:00. 20 paid hours a week."


def test_swaps_go_to_free_days_only() -> None:
    shifts = dict.fromkeys(("mon", "tue"), NINE_TO_ONE)
    assert Job(shifts).swap_to == ()
    assert Job(shifts, swap_days=True).swap_to == (2, 3, 4)
    assert Job({**shifts, "sun": NINE_TO_ONE}, swap_days=True).swap_to == (2, 3, 4, 5)
    assert Job(shifts, swap_days=["Sunday"]).swap_to == (6,)
    assert Job(shifts, swap_days=["Tue", "Friday"]).swap_to == (4,)


times = st.integers(0, 1439).map(lambda minute: f"{minute // 60:02d}:{minute % 60:02d}")


@given(st.dictionaries(st.sampled_from(("mon", "tue", "wed", "sun")), st.lists(st.tuples(times, times))))
def test_any_shifts_are_a_job_or_a_sentence(shifts: dict[str, list[tuple[str, str]]]) -> None:
    try:
        job = Job(shifts)
    except JobError as problem:
        said = str(problem)
        job = None
    if job is None:
        assert said.endswith(".")
        return
    assert Job(job.shifts) == job
    used = np.zeros(7 * 1440, int)
    for day, parts in enumerate(job.week):
        for start, end in parts:
            np.add.at(used, np.arange(day * 1440 + start, day * 1440 + end) % used.size, 1)
    assert used.max() <= 1
    assert used.sum() / 60 == pytest.approx(job.hours_a_week)


def slow_effort(job: Job, day: int) -> float:
    """The same by counting minutes one by one."""
    assumed = effort()
    taken, at_a_stretch, last = 0.0, 0, -1e9
    for start, end in job.week[day]:
        if start - last >= assumed.gap_minutes:
            at_a_stretch = 0
        for minute in range(start, end):
            early = assumed.early_from <= minute % 1440 / 60 < assumed.early_until
            tired = at_a_stretch >= assumed.long_after * 60
            taken += 1 + assumed.early_extra * early + assumed.long_extra * tired
            at_a_stretch += 1
        last = end
    taken *= (1 - job.break_minutes / job.length(day)) * (1 - job.rest_minutes * assumed.rest_relief / 60)
    return taken / 60 + job.travel_minutes(day) * 2 * assumed.travel_weight / 60


@given(
    st.lists(st.integers(0, 1439), min_size=2, max_size=6, unique=True),
    st.booleans(),
    st.integers(0, 60),
    st.integers(0, 20),
)
def test_effort_equals_counting_minutes(marks: list[int], home: bool, commute: int, rest: int) -> None:
    marks = sorted(marks)[: len(marks) // 2 * 2]
    text = [f"{mark // 60:02d}:{mark % 60:02d}" for mark in marks]
    parts = list(zip(text[::2], text[1::2], strict=True))
    try:
        job = Job({"tue": parts}, commute, home_days=["tue"] if home else (), rest_minutes=rest)
    except JobError:
        return
    taken, worked = day_curve(job, 1, 1.0, effort())
    assert taken[-1] == pytest.approx(slow_effort(job, 1))
    assert worked[-1] == pytest.approx(job.hours_a_week)
    assert (np.diff(taken) > 0).all()


def test_a_night_meets_early_hours_of_the_next_morning() -> None:
    night = Job({"fri": ("22:00", "06:00")})
    assert plan(night, 1).need[4, 0] == pytest.approx(slow_effort(night, 4)) == pytest.approx(8 + 0.5 + 1.25)


def test_a_home_day_takes_no_travel_and_a_break_no_effort() -> None:
    job = Job({"mon": ("10:00", "13:00"), "tue": ("10:00", "13:00")}, 60, home_days=["tue"])
    assert plan(job, 1).need[:2, 0].tolist() == [4.0, 3.0]
    paused = plan(job.changed(break_minutes=60), 1)
    assert paused.need[:2, 0] == pytest.approx([3.0, 2.0])
    assert paused.paid[:2, 0] == pytest.approx([2.0, 2.0])


def test_more_rest_than_an_hour_relieves_all_of_it() -> None:
    job = Job({"mon": ("10:00", "12:00")}, rest_minutes=30)
    assert day_curve(job, 0, 1.0, replace(effort(), rest_relief=3.0))[0].tolist() == [0, 0]


def test_a_graded_start_reaches_the_full_hours() -> None:
    job = Job({"mon": ("10:00", "14:00")}, build_up_weeks=4, build_up_from=0.5)
    assert [share_of_hours(job, week) for week in range(6)] == [0.5, 0.625, 0.75, 0.875, 1, 1]
    assert plan(job, 6).paid[0].tolist() == [2, 2.5, 3, 3.5, 4, 4]
    assert plan(job, 3).paid[0].tolist() == [2, 2.5, 3]


def test_a_shortened_day_ends_in_the_part_where_its_minutes_run_out() -> None:
    assert shorten(((540, 600), (660, 720)), 90) == [(540, 600), (660, 690)]
    assert shorten(((540, 600), (660, 720)), 60) == [(540, 600)]


def test_every_assumption_has_its_mark_and_says_what_it_is() -> None:
    rows = assumptions()
    assert {row.mark for row in rows} <= {"data", "literature", "assumed"}
    assert all(len(row.note) > 20 and row.note.endswith(".") for row in rows)
    assert {"population", "forecast", "generator", "link"} < {row.group for row in rows}
    assert number("effort", "travel_weight") == effort().travel_weight
    assert spread("link", "cap") > 0
    with pytest.raises(KeyError):
        number("link", "height")
