"""Weeks of a job lived through many times: which shifts could be worked, made up or worked in part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pacework.science.capacity.effort import Floats, Plan

Booleans = NDArray[np.bool_]
Counts = NDArray[np.int16]

# Hours that count as equal: sums of quarters and thirds of an hour must not fail by a rounding.
CLOSE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Worked:
    """What became of the shifts.

    Attributes
    ----------
    missed
        Shifts neither worked nor made up, shape (weeks, paths).
    paid
        Paid hours, shape (weeks, paths).
    shifts
        Shifts in a week.
    short
        For each working day whether its shift was neither worked nor made up, shape (weeks, paths).
    """

    missed: Counts
    paid: Floats
    shifts: int
    short: Mapping[int, Booleans]


def live(capacity: Floats, plan: Plan) -> Worked:
    """Live through the weeks of a job.

    Parameters
    ----------
    capacity
        Hours the person could work, shape (7, weeks, paths), Monday first.
    plan
        What each shift takes and pays, for as many weeks.

    Notes
    -----
    A shift is worked when the hours of its day are at least what it takes. Where swaps are agreed, a missed
    shift is worked on a later free day of the same week that has hours enough; nobody knows on Tuesday what
    Wednesday will be, so none is moved forward. A free day takes one shift: of those that fit, the one that
    takes most. (Whatever fits a hard shift fits an easier one, so this makes up as many as can be.) Where a
    day may be worked in part, a day not made up pays the hours that its capacity is enough for.
    """
    missed = np.zeros(capacity.shape[1:], np.int16)
    paid = np.zeros(capacity.shape[1:])
    short: dict[int, Booleans] = {}
    for day in plan.working:
        short[day] = capacity[day] < plan.need[day][:, None] - CLOSE
        missed += short[day]
        paid += np.where(short[day], 0.0, plan.paid[day][:, None])
    for day in plan.swap_to:
        _make_up(day, capacity, plan, short, missed, paid)
    for (day, week), (taken, hours) in plan.curves.items():
        # The curve of the last week holds until the end.
        last = (day, week + 1) not in plan.curves
        rows = slice(week, None if last else week + 1)
        part = np.interp(capacity[day, rows], taken, hours)
        paid[rows] += np.where(short[day][rows] & (part >= plan.part_minimum - CLOSE), part, 0.0)
    return Worked(missed, paid, len(plan.working), short)


def _make_up(
    free: int, capacity: Floats, plan: Plan, short: dict[int, Booleans], missed: Counts, paid: Floats
) -> None:
    """Work one missed shift on a free day, in every week of every path; changes what it is given."""
    before = [day for day in plan.working if day < free]
    # Days of a graded start may stand in another order than later ones: weeks alike are done at once.
    orders: dict[tuple[int, ...], list[int]] = {}
    for week in range(missed.shape[0]):
        hardest_first = tuple(sorted(before, key=lambda day: -plan.need[day, week]))
        orders.setdefault(hardest_first, []).append(week)
    for order, weeks in orders.items():
        rows = slice(weeks[0], weeks[-1] + 1) if weeks[-1] - weeks[0] + 1 == len(weeks) else weeks
        open_yet = np.ones((len(weeks), missed.shape[1]), np.bool_)
        hours = capacity[free, rows]
        for day in order:
            taken = short[day][rows] & open_yet & (hours >= plan.need[day, rows][:, None] - CLOSE)
            open_yet &= ~taken
            short[day][rows] &= ~taken
            missed[rows] -= taken
            paid[rows] += np.where(taken, plan.paid[day, rows][:, None], 0.0)
