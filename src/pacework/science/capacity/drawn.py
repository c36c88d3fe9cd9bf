"""A few of the weeks that were lived through, day by day, for a picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from pacework.science.capacity.effort import plan
from pacework.science.capacity.fits import Bench
from pacework.science.capacity.job import Job
from pacework.science.capacity.weeks import CLOSE, live


class DayOf(StrEnum):
    """What became of one day of a week."""

    FREE = "free"
    WORKED = "worked"
    MOVED = "moved"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class DrawnWeek:
    """One week, Monday first.

    Attributes
    ----------
    days
        What became of each of its 7 days. ``moved``: not worked then, but made up later in the week.
    """

    days: tuple[DayOf, ...]

    @property
    def missed(self) -> int:
        """Shifts neither worked nor made up."""
        return sum(day is DayOf.MISSED for day in self.days)


def drawn_weeks(bench: Bench, job: Job, n: int = 10, seed: int = 1) -> tuple[DrawnWeek, ...]:
    """Return some of the weeks that were lived through, with a miss in as many of them as in all.

    Parameters
    ----------
    bench
        The paths, from `sustainability.Sustainability.bench`.
    job
        The job, as it is or with adjustments.
    n
        How many weeks, at least 1.
    seed
        The same seed gives the same weeks.

    Notes
    -----
    Of all weeks that are judged, over all paths, the share with a miss is rounded to a count out of `n`; so
    many are taken from those with a miss, spread over few and many missed shifts, the rest from the others.
    Their order is by chance: they are not weeks in a row.
    """
    if n < 1:
        raise ValueError("At least one week is drawn.")
    weeks = bench.capacity.shape[1]
    planned = plan(job, weeks)
    worked = live(bench.capacity, planned)
    missed = worked.missed[: bench.judged].ravel()
    random = np.random.default_rng(seed)
    bad, good = np.flatnonzero(missed > 0), np.flatnonzero(missed == 0)
    count = round(n * len(bad) / len(missed))
    by_misses = bad[np.argsort(missed[bad], kind="stable")]
    places = ((np.arange(count) + 0.5) / max(count, 1) * len(bad)).astype(int)
    chosen = np.concatenate([by_misses[places], random.choice(good, n - count) if n > count else good[:0]])
    random.shuffle(chosen)
    rows = []
    for place in chosen:
        week, path = divmod(int(place), bench.capacity.shape[2])
        days = [DayOf.FREE] * 7
        for day in planned.working:
            short = bench.capacity[day, week, path] < planned.need[day][week] - CLOSE
            still = bool(worked.short[day][week, path])
            days[day] = DayOf.MISSED if still else DayOf.MOVED if short else DayOf.WORKED
        rows.append(DrawnWeek(tuple(days)))
    return tuple(rows)
