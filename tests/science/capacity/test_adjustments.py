"""Adjustments: each says what it changes or why nothing, and several work one after the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacework.science.capacity import (
    ADJUSTMENTS,
    Adjustment,
    BuildUp,
    FewerDays,
    HomeDays,
    Job,
    JobError,
    LaterStart,
    RestBreaks,
    ShorterShifts,
    SplitShift,
    SwapInWeek,
    Together,
)
from pacework.science.capacity.job import KEYS

WEEKDAYS = KEYS[:5]


def job(start: str = "09:00", end: str = "13:00", days: tuple[str, ...] = WEEKDAYS, **more: object) -> Job:
    return Job(dict.fromkeys(days, (start, end)), **more)


UNEVEN = Job({"mon": ("08:00", "12:00"), "wed": ("09:00", "15:00"), "fri": ("14:00", "16:00")})
NIGHTS = job("22:00", "06:00", ("mon", "wed"))


@pytest.mark.parametrize(
    ("adjustment", "on", "words"),
    [
        (LaterStart(), job(), "Start at 10:00 instead of 9:00"),
        (LaterStart(90), UNEVEN, "Start 90 minutes later: Monday 9:30, Wednesday 10:30"),
        (
            LaterStart(120),
            Job({"mon": ("09:00", "10:00"), "tue": ("14:00", "15:00")}),
            "Start at 11:00 instead of 9:00 on Monday",
        ),
        (LaterStart(), NIGHTS, "Would change nothing: no shift starts before noon."),
        (
            LaterStart(120),
            Job({"mon": [("09:00", "10:00"), ("22:30", "23:00")]}),
            "Would change nothing: a part of the day would start on the next day.",
        ),
        (
            LaterStart(120),
            Job({"mon": ("11:00", "09:00"), "tue": ("13:00", "14:00"), "sun": ("13:00", "14:00")}),
            "Start at 13:00 instead of 11:00 on Monday",
        ),
        (
            LaterStart(120),
            Job({"mon": ("11:00", "10:30"), "tue": ("12:15", "12:45")}),
            "Would change nothing: then the shift on Monday overlaps the one on Tuesday.",
        ),
        (ShorterShifts(), job(), "Finish at 12:00 instead of 13:00"),
        (ShorterShifts(), UNEVEN, "Finish an hour earlier on Monday and Wednesday"),
        (ShorterShifts(120), NIGHTS, "Finish at 4:00 instead of 6:00"),
        (
            ShorterShifts(60),
            Job({"mon": ("08:00", "12:00"), "wed": ("09:00", "15:00")}),
            "Finish an hour earlier",
        ),
        (
            ShorterShifts(),
            job("10:00", "12:00"),
            "Would change nothing: the shifts would be shorter than two hours.",
        ),
        (FewerDays(), job(), "Work 4 days a week instead of 5, with Wednesday off"),
        (FewerDays(2), job(), "Work 3 days a week instead of 5, with Tuesday and Wednesday off"),
        (FewerDays(), NIGHTS, "Work 1 day a week instead of 2, with Monday off"),
        (FewerDays(), job(days=("mon",)), "Would change nothing: the job has only one day."),
        (FewerDays(2), NIGHTS, "Would change nothing: the job has only 2 days."),
        (SplitShift(), job(), "Work 9:00–11:00 and 12:00–14:00 instead of 9:00–13:00"),
        (
            SplitShift(120),
            UNEVEN,
            "A gap of 2 hours in the middle of the shift on Monday and Wednesday",
        ),
        (
            SplitShift(),
            job("10:00", "12:00"),
            "Would change nothing: no shift is worked in one go for three hours or more.",
        ),
        (SplitShift(), NIGHTS, "Would change nothing: the second part would start on the next day."),
        (HomeDays(), job(commute_minutes=35), "Work at home on Wednesday, without the journey"),
        (
            HomeDays(2),
            job(commute_minutes=35, home_days=["wed"]),
            "Work at home on Tuesday and Friday, without the journey",
        ),
        (
            HomeDays(2),
            job(days=("mon",), commute_minutes=35),
            "Work at home on Monday, without the journey",
        ),
        (HomeDays(), job(), "Would change nothing: there is no travel to save."),
        (HomeDays(), job(commute_minutes=None), "Would change nothing: the travel is not known"),
        (
            HomeDays(),
            job(commute_minutes=9, home_possible=False),
            "Would change nothing: the work cannot be done at home.",
        ),
        (
            HomeDays(),
            job(commute_minutes=9, home_days=WEEKDAYS),
            "Would change nothing: every day is worked at home already.",
        ),
        (SwapInWeek(), job(), "Would change nothing: no day from Monday to Friday is free."),
        (
            SwapInWeek(),
            job(days=("mon", "tue", "sat")),
            "Work a missed shift later in the same week, on another day",
        ),
        (SwapInWeek(), job(days=KEYS), "Would change nothing: no day of the week is free."),
        (
            SwapInWeek(),
            Job({"mon": ("9:00", "12:00"), "wed": ("9:00", "12:00")}, swap_days=["sun"]),
            "Work a missed shift later in the same week, on Tuesday, Thursday or Friday",
        ),
        (
            SwapInWeek(),
            job(days=("mon", "tue"), swap_days=True),
            "Would change nothing: missed shifts may be swapped already.",
        ),
        (
            SwapInWeek(),
            job(days=("sun",)),
            "Would change nothing: no day after the first shift of the week is free.",
        ),
        (RestBreaks(), job(), "Rest 10 minutes in each hour"),
        (RestBreaks(), job(rest_minutes=5), "Rest 10 minutes in each hour instead of 5"),
        (RestBreaks(), job(rest_minutes=15), "Would change nothing: 15 minutes’ rest each hour are agreed"),
        (BuildUp(4), job(), "Begin with 10 hours a week and reach 20 after 4 weeks"),
        (
            BuildUp(4),
            Job({"mon": ("10:00", "12:00")}),
            "Begin with 1 hour a week and reach 2 after 4 weeks",
        ),
        (
            BuildUp(4),
            job(build_up_weeks=6),
            "Would change nothing: a graded start over 6 weeks is agreed already.",
        ),
    ],
)
def test_each_says_what_it_changes_or_why_nothing(adjustment: Adjustment, on: Job, words: str) -> None:
    assert adjustment.words(on).startswith(words)
    assert adjustment.changes(on) is not words.startswith("Would change nothing")
    assert (adjustment.apply(on) is on) is words.startswith("Would change nothing")


def test_times_are_moved_as_said() -> None:
    assert LaterStart().apply(job()).shifts["mon"] == (("10:00", "14:00"),)
    assert ShorterShifts(120).apply(UNEVEN).shifts == {
        "mon": (("08:00", "10:00"),),
        "wed": (("09:00", "13:00"),),
        "fri": (("14:00", "16:00"),),
    }
    parts = Job({"mon": [("09:00", "11:00"), ("12:00", "13:00")]})
    assert ShorterShifts().apply(parts).shifts["mon"] == (("09:00", "11:00"),)
    assert HomeDays().apply(job(commute_minutes=5)).home_days == ("wed",)
    assert BuildUp(8).apply(job()).build_up_weeks == 8
    two_days = job(days=("mon", "wed"), swap_days=["sun"])
    assert SwapInWeek().apply(two_days).swap_to == (1, 3, 4, 6)
    assert job(days=("mon", "wed"), swap_days=True).swap_to == (1, 3, 4)
    assert job(days=("wed", "sat"), swap_days=True).swap_to == (0, 1, 3, 4, 6)
    gentle = BuildUp(8).apply(job(build_up_weeks=4, build_up_from=0.2))
    assert (gentle.build_up_weeks, gentle.build_up_from) == (8, 0.2)
    assert RestBreaks().apply(job()).rest_minutes == 10


def test_a_break_as_long_as_the_shorter_shift_is_not_proposed() -> None:
    on = job("10:00", "13:00", break_minutes=120)
    assert not ShorterShifts().changes(on)


def test_several_are_done_one_after_the_other_whatever_the_order_given() -> None:
    first = Together(LaterStart(), ShorterShifts(), HomeDays(), FewerDays())
    second = Together(FewerDays(), HomeDays(), ShorterShifts(), LaterStart())
    on = job(commute_minutes=20)
    assert first == second
    assert first.apply(on).shifts["mon"] == (("10:00", "13:00"),)
    assert first.words(on) == (
        "Work 4 days a week instead of 5, with Wednesday off; finish at 12:00 instead of 13:00; start at "
        "10:00 instead of 9:00; work at home on Tuesday, without the journey"
    )
    assert first.key == "fewer-days-1+shorter-shifts-60+later-start-60+home-days-1"
    assert first.title.startswith("A day fewer a week + Shifts an hour shorter")


def test_what_changes_nothing_is_left_out_of_the_words() -> None:
    assert Together(HomeDays(), RestBreaks()).words(job()) == "Rest 10 minutes in each hour"
    nothing = Together(HomeDays(), SplitShift())
    assert nothing.words(job("10:00", "12:00")) == (
        "Would change nothing: none of these changes anything here."
    )
    with pytest.raises(ValueError, match="At least one"):
        Together()


def test_each_of_the_twelve_has_its_own_key_and_title() -> None:
    assert len(ADJUSTMENTS) == 12
    assert len({each.key for each in ADJUSTMENTS}) == 12
    assert len({each.title for each in ADJUSTMENTS}) == 12


times = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02d}:{quarter % 4 * 15:02d}")


@given(
    st.dictionaries(st.sampled_from(KEYS), st.tuples(times, times), min_size=1),
    st.sampled_from([None, 0, 40]),
    st.lists(st.sampled_from(ADJUSTMENTS), min_size=1, max_size=4),
)
def test_any_adjustments_of_any_job_leave_a_job(
    shifts: dict[str, tuple[str, str]], commute: int | None, chosen: list[Adjustment]
) -> None:
    try:
        on = Job(shifts, commute)
    except JobError:
        return
    after = Together(*chosen).change(on)
    assert after.job.working_days
    assert after.words
    assert after.job.hours_a_week <= on.hours_a_week + 1e-9
