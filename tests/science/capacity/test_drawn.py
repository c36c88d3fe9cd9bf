"""Weeks drawn for a picture say what the numbers say."""

from __future__ import annotations

import numpy as np
import pytest

from pacework.science.capacity.drawn import DayOf, drawn_weeks
from pacework.science.capacity.fits import Bench
from pacework.science.capacity.job import Job
from pacework.science.measures.rules import funded_rule

WEEKS, PATHS = 13, 200


def bench(share_of_bad_days: float) -> Bench:
    """Days of 12 hours or none, each bad with this chance."""
    random = np.random.default_rng(1)
    bad = random.random((7, WEEKS, PATHS)) < share_of_bad_days
    return Bench(np.where(bad, 0.0, 12.0), funded_rule())


@pytest.mark.parametrize("share", [0.0, 0.05, 0.2, 0.5, 1.0])
@pytest.mark.parametrize("n", [1, 10, 25])
def test_as_many_weeks_have_a_miss_as_the_number_says(share: float, n: int) -> None:
    job = Job(shifts={"mon": ("09:00", "11:00"), "thu": ("09:00", "11:00")})
    made = bench(share)
    drawn = drawn_weeks(made, job, n, seed=3)
    assert len(drawn) == n
    expected = made.as_it_is(job)[0].week_with_miss
    assert sum(week.missed > 0 for week in drawn) == round(n * expected)
    assert drawn == drawn_weeks(made, job, n, seed=3)
    for week in drawn:
        free = [place for place, day in enumerate(week.days) if day is DayOf.FREE]
        assert free == [1, 2, 4, 5, 6]


def test_a_shift_made_up_is_no_miss() -> None:
    job = Job(shifts={"mon": ("09:00", "11:00")}, swap_days=True)
    days = {day for week in drawn_weeks(bench(0.4), job, 50) for day in week.days}
    assert DayOf.MOVED in days
    never = Job(shifts={"mon": ("09:00", "11:00")})
    assert DayOf.MOVED not in {day for week in drawn_weeks(bench(0.4), never, 50) for day in week.days}


def test_at_least_one_week_is_drawn() -> None:
    with pytest.raises(ValueError, match="one week"):
        drawn_weeks(bench(0.1), Job(shifts={"mon": ("09:00", "11:00")}), 0)
