"""What a day of a job takes: hours of capacity, for the whole day and for parts of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pacework.science.capacity.assumptions import Effort, effort
from pacework.science.capacity.job import Job, Stretch

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A job as the simulation reads it.

    Attributes
    ----------
    need
        Hours of capacity that each shift takes, travel included, shape (7, weeks); infinite without a shift.
    paid
        Paid hours of each shift, shape (7, weeks); 0 without a shift.
    curves
        For each weekday and week, capacity and the paid hours it is enough for, two rising rows of knots;
        empty where days are not worked in part. Weeks after a graded start share one curve.
    working, swap_to
        Numbers of the days with a shift, and of those on which a missed one may be made up.
    part_minimum
        Fewest hours that a day is worked in part for.
    """

    need: Floats
    paid: Floats
    curves: dict[tuple[int, int], tuple[Floats, Floats]]
    working: tuple[int, ...]
    swap_to: tuple[int, ...]
    part_minimum: float


def plan(job: Job, weeks: int) -> Plan:
    """Return what each shift of a job takes and pays.

    Parameters
    ----------
    job
        The job.
    weeks
        How many weeks; a graded start shortens the days of its weeks.

    Returns
    -------
    Plan
        A shift takes its hours, an early hour and an hour late in a long stretch counting for more, less what
        breaks and rests relieve, and the travel of that day weighed by `travel_weight`.
    """
    assumed = effort()
    need, paid = np.full((7, weeks), np.inf), np.zeros((7, weeks))
    curves: dict[tuple[int, int], tuple[Floats, Floats]] = {}
    for week in range(min(job.build_up_weeks + 1, weeks)):
        rest = slice(week, week + 1 if week < job.build_up_weeks else weeks)
        for day in job.working_days:
            taken, hours = day_curve(job, day, share_of_hours(job, week), assumed)
            need[day, rest], paid[day, rest] = taken[-1], hours[-1]
            if job.part_shifts:
                curves[day, week] = taken, hours
    return Plan(need, paid, curves, job.working_days, job.swap_to, assumed.part_minimum)


def share_of_hours(job: Job, week: int) -> float:
    """Return the share of the hours worked in a week (0 is the first): 1 once a graded start is over."""
    if week >= job.build_up_weeks:
        return 1.0
    return job.build_up_from + (1 - job.build_up_from) * week / job.build_up_weeks


def day_curve(job: Job, day: int, share: float, assumed: Effort) -> tuple[Floats, Floats]:
    """Return knots of capacity taken (travel included) and paid hours while a day's shift goes on.

    Both have shape (knots,), begin with nothing worked and end with the whole shift. Days of a graded start
    end earlier. The unpaid break and the rests lie evenly in the day.
    """
    length = float(job.length(day))
    parts = shorten(job.week[day], length * share)
    length *= share
    break_left = max(0.0, 1 - job.break_minutes * share / length)
    relief = max(0.0, 1 - job.rest_minutes / 60 * assumed.rest_relief)
    taken, worked = [0.0], [0.0]
    for start, end, weight in _weights(parts, assumed):
        hours = (end - start) / 60
        worked.append(worked[-1] + hours * break_left)
        taken.append(taken[-1] + hours * weight * break_left * relief)
    travel = 2 * job.travel_minutes(day) / 60 * assumed.travel_weight
    return np.array(taken) + travel, np.array(worked)


def shorten(parts: tuple[Stretch, ...], minutes: float) -> list[tuple[float, float]]:
    """Return the first so many minutes of a day's stretches."""
    kept = []
    for start, end in parts:
        if minutes <= 0:
            break
        kept.append((float(start), min(float(end), start + minutes)))
        minutes -= end - start
    return kept


def _weights(parts: list[tuple[float, float]], assumed: Effort) -> list[tuple[float, float, float]]:
    """Return pieces of the day (start and end in minutes) with what an hour in each takes."""
    # A night shift meets the early hours of the next morning.
    early = [(60 * (assumed.early_from + offset), 60 * (assumed.early_until + offset)) for offset in (0, 24)]
    pieces = []
    at_a_stretch, last_end = 0.0, -np.inf
    for start, end in parts:
        if start - last_end >= assumed.gap_minutes:
            at_a_stretch = 0.0
        tired_at = start + max(0.0, 60 * assumed.long_after - at_a_stretch)
        marks = [*(mark for pair in early for mark in pair), tired_at]
        for low, high in pairwise(sorted({start, end, *(mark for mark in marks if start < mark < end)})):
            in_early = any(first <= low < until for first, until in early)
            weight = 1 + assumed.early_extra * in_early + assumed.long_extra * (low >= tired_at)
            pieces.append((low, high, weight))
        at_a_stretch, last_end = at_a_stretch + end - start, end
    return pieces
