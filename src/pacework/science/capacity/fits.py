"""How sets of hours would hold, compared over the same paths."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pacework.science.capacity.adjusting import Adjustment
from pacework.science.capacity.effort import Floats, plan
from pacework.science.capacity.job import Job
from pacework.science.capacity.weeks import CLOSE, live
from pacework.science.measures.rules import FundedRule

# The share of shifts from which the hours count as held, and the weeks in which.
HELD = 0.9
JUDGED_WEEKS = 13
# Shares and chances differ by less than this only by the luck of the draw.
NOTICEABLE = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """How one set of hours would hold. It describes the hours, never the person.

    Attributes
    ----------
    key, title
        Of the adjustment; ``"as-it-is"`` for the job without any.
    words
        What the adjustment changes in this job, or why nothing.
    changes
        Whether it changes anything.
    job
        The job with it.
    hours_a_week
        Paid hours of a full week.
    shifts
        Shifts in the weeks that are judged: weeks 1–13, or all where there are fewer.
    share_workable
        Mean share of these shifts that could be worked, made-up ones included.
    missed, missed_low, missed_high
        Shifts of these weeks that could not be worked: median and 80 % range.
    held
        Chance that at least 90 % of these shifts could be worked.
    week_with_miss
        Chance that one of these weeks has a shift that could not be worked.
    funded
        Chance of the funded outcome over all weeks; None where there are fewer weeks than it needs, or where
        it is not known whether the pay reaches the legal minimum.
    gain, gain_low, gain_high
        What `share_workable` gains over the job as it is: mean, and 80 % range over the same paths.
    gain_held, gain_funded
        The same for `held` and `funded`.
    """

    key: str
    title: str
    words: str
    changes: bool
    job: Job
    hours_a_week: float
    shifts: int
    share_workable: float
    missed: int
    missed_low: int
    missed_high: int
    held: float
    week_with_miss: float
    funded: float | None
    gain: float = 0.0
    gain_low: float = 0.0
    gain_high: float = 0.0
    gain_held: float = 0.0
    gain_funded: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """The same paths for every job that is compared, so that a gain is the job's and not the draw's.

    Attributes
    ----------
    capacity
        Hours the person could work, shape (7, weeks, paths).
    rule
        The funded outcome rule.
    """

    capacity: Floats
    rule: FundedRule

    @property
    def judged(self) -> int:
        """Weeks that are judged."""
        return min(JUDGED_WEEKS, int(self.capacity.shape[1]))

    def as_it_is(self, job: Job) -> tuple[Fit, Floats]:
        """Return how a job would hold, and the share of shifts that could be worked on each path."""
        worked = live(self.capacity, plan(job, self.capacity.shape[1]))
        missed = worked.missed[: self.judged]
        by_path = missed.sum(axis=0)
        shifts = worked.shifts * self.judged
        share = 1 - by_path / shifts
        # Whole shifts, so that the middle and the range can be counted.
        low, middle, high = np.quantile(by_path, [0.1, 0.5, 0.9], method="inverted_cdf")
        funded = None if job.pays_legal_minimum is None else funded_share(worked.paid, self.rule)
        fit = Fit(
            key="as-it-is",
            title="As it is",
            words=job.words,
            changes=False,
            job=job,
            hours_a_week=job.hours_a_week,
            shifts=shifts,
            share_workable=float(share.mean()),
            missed=int(middle),
            missed_low=int(low),
            missed_high=int(high),
            held=float((share >= HELD - CLOSE).mean()),
            week_with_miss=float((missed > 0).mean()),
            funded=0.0 if funded is not None and not job.pays_legal_minimum else funded,
        )
        return fit, share

    def adjusted(self, base: tuple[Fit, Floats], adjustment: Adjustment) -> Fit:
        """Return how a job would hold with an adjustment, beside the job as it is."""
        was, share_was = base
        change = adjustment.change(was.job)
        named: dict[str, Any] = {"key": adjustment.key, "title": adjustment.title, "words": change.words}
        if change.job is was.job:
            return replace(was, **named, gain_funded=None if was.funded is None else 0.0)
        fit, share = self.as_it_is(change.job)
        low, high = np.quantile(share - share_was, [0.1, 0.9])
        return replace(
            fit,
            **named,
            changes=True,
            gain=fit.share_workable - was.share_workable,
            gain_low=float(low),
            gain_high=float(high),
            gain_held=fit.held - was.held,
            gain_funded=None if fit.funded is None or was.funded is None else fit.funded - was.funded,
        )


def funded_share(paid: Floats, rule: FundedRule) -> float | None:
    """Return the share of paths that reach the funded outcome.

    Parameters
    ----------
    paid
        Paid hours at the legal minimum, shape (weeks, paths): whole weeks inside support.
    rule
        The rule, such as 13 weeks of at least 7 hours in any 16 in a row.

    Returns
    -------
    float or None
        None where there are fewer weeks than the rule needs.
    """
    weeks = len(paid)
    if weeks < rule.weeks_needed:
        return None
    window = min(rule.window_weeks, weeks)
    good = np.cumsum(paid * 60 >= rule.minutes - CLOSE, axis=0, dtype=np.int32)
    inside = good[window - 1 :].copy()
    inside[1:] -= good[:-window]
    return float((inside.max(axis=0) >= rule.weeks_needed).mean())
