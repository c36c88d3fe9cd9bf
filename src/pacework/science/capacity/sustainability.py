"""Would these hours hold: weeks of a job lived through many times, as it is and with each adjustment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from operator import index
from typing import Any

import numpy as np

from pacework.science.capacity.adjusting import Adjustment
from pacework.science.capacity.adjustments import ADJUSTMENTS, Together
from pacework.science.capacity.assumptions import number
from pacework.science.capacity.diary import Floats, day_numbers
from pacework.science.capacity.fits import NOTICEABLE, Bench, Fit
from pacework.science.capacity.hours import HoursModel
from pacework.science.capacity.job import Job
from pacework.science.capacity.sustainability_words import (
    few_words,
    funded_words,
    help_words,
    sentences,
    shifts_words,
)
from pacework.science.measures.rules import funded_rule

MOST_WEEKS = 104


@dataclass(frozen=True, slots=True, eq=False)
class Sustainability:
    """How a job's hours would hold for one person, as they are and with adjustments.

    Attributes
    ----------
    as_it_is
        The job as it is.
    adjusted
        One `Fit` for each adjustment, in the order they were given.
    adjustments
        The adjustments that were tried.
    start
        The Monday the job is taken to begin on.
    weeks, paths, seed
        As asked: the same ones give the same result.
    diary_days, answers
        Days with an entry and answers about hours that it rests on.
    """

    as_it_is: Fit
    adjusted: tuple[Fit, ...]
    adjustments: tuple[Adjustment, ...]
    start: date
    weeks: int
    paths: int
    seed: int
    diary_days: int
    answers: int
    bench: Bench = field(repr=False)
    _shares: Floats = field(repr=False)

    @property
    def summary(self) -> tuple[Fit, ...]:
        """The job as it is, then each adjustment."""
        return (self.as_it_is, *self.adjusted)

    @property
    def poor(self) -> bool:
        """Whether these hours would rather not hold: 90 % of the shifts are less likely than not."""
        return self.as_it_is.held < number("words", "poor_fit")

    @property
    def ranked(self) -> tuple[Fit, ...]:
        """Adjustments by what they gain; of those that gain about the same, first those that keep paid hours.

        Those that cost chance of the funded outcome come after the others, and those that change nothing
        last.
        """
        return by_gain(self.adjusted)

    @property
    def best(self) -> Fit | None:
        """The adjustment that gains most; None where none gains anything."""
        return _gaining(self.ranked)

    def together(self, *chosen: Adjustment | str) -> Fit:
        """Return several adjustments lived through at once, over the same paths.

        Parameters
        ----------
        chosen
            Adjustments, or keys of those that were tried.

        Raises
        ------
        KeyError
            For a key that was not tried.
        """
        known = {each.key: each for each in self.adjustments}
        parts = [known[each] if isinstance(each, str) else each for each in chosen]
        return self.bench.adjusted((self.as_it_is, self._shares), Together(*parts))

    def combined(self, size: int = 2) -> tuple[Fit, ...]:
        """Return every 2 or 3 adjustments of different kinds that each change something, best first.

        Each set is lived through at once: gains are never added up. Raises ValueError for another size.
        """
        if size not in (2, 3):
            raise ValueError("Two or three adjustments are combined.")
        useful = [each for each, fit in zip(self.adjustments, self.adjusted, strict=True) if fit.changes]
        sets = [
            Together(*parts)
            for parts in combinations(useful, size)
            if len({part.kind for part in parts}) == size
        ]
        job = self.as_it_is.job
        # One part may leave nothing to another: that would be the one alone under the name of both.
        return by_gain(self.together(*one.parts) for one in sets if len(one.steps(job)) == size)

    def best_combined(self, size: int = 2) -> Fit | None:
        """Return the 2 or 3 adjustments that gain most together; None where none gain anything."""
        return _gaining(self.combined(size))

    @property
    def help_words(self) -> str:
        """What would help most, in a sentence; empty for hours that hold where nothing would be noticed."""
        return help_words(self.best, self.as_it_is, poor=self.poor)

    @property
    def shifts_words(self) -> str:
        """How many shifts could not be worked, in a sentence."""
        return shifts_words(self.as_it_is, self.bench.judged)

    @property
    def funded_words(self) -> str:
        """How likely the funded outcome is, in a sentence; empty where that is not known."""
        return funded_words(self.as_it_is)

    @property
    def few_words(self) -> str:
        """That it rests on little of their own, in a sentence; empty where it does not."""
        return few_words(self.diary_days, self.answers)

    @property
    def words(self) -> tuple[str, ...]:
        """What it comes to, in sentences; a poor fit comes with what would help most."""
        return sentences(
            self.as_it_is,
            self.best,
            poor=self.poor,
            weeks=self.bench.judged,
            diary_days=self.diary_days,
            answers=self.answers,
        )


def by_gain(fits: Iterable[Fit]) -> tuple[Fit, ...]:
    """Return changes as `Sustainability.ranked` has them."""
    left = sorted(fits, key=_order)
    ranked: list[Fit] = []
    while left:
        top = left[0]
        equals = [
            fit for fit in left if _order(fit)[:2] == _order(top)[:2] and top.gain - fit.gain < NOTICEABLE
        ]
        # Nobody should give up pay for a gain that may be the luck of the draw.
        ranked += sorted(equals, key=lambda fit: -fit.hours_a_week)
        left = left[len(equals) :]
    return tuple(ranked)


def _order(fit: Fit) -> tuple[bool, bool, float, float, float]:
    costs = (fit.gain_funded or 0.0) < -NOTICEABLE
    return not fit.changes, costs, -round(fit.gain, 6), -round(fit.gain_held, 6), -fit.hours_a_week


def _gaining(fits: Sequence[Fit]) -> Fit | None:
    return next((fit for fit in fits if fit.changes and fit.gain > 0), None)


def sustainability(
    hours: HoursModel,
    job: Job,
    weeks: int = 16,
    paths: int = 1000,
    seed: int = 1,
    adjustments: Iterable[Adjustment] = ADJUSTMENTS,
    *,
    start: Any = None,
) -> Sustainability:
    """Return how a job's hours would hold for one person, as they are and with each adjustment.

    Parameters
    ----------
    hours
        The model of the hours the person could work.
    job
        The job.
    weeks
        Weeks from Monday to Sunday, 1 to 104. Weeks 1–13 are judged; the funded outcome needs all of its
        window.
    paths
        How many times the weeks are lived through, at least 1.
    seed
        The same seed gives the same result.
    adjustments
        What to try; every one meets the same paths, so that gains compare.
    start
        A day; the job begins on that Monday or the next one. By default, and where the diary has passed it,
        the first Monday after the diary's last entry; for an empty diary, after today.

    Returns
    -------
    Sustainability

    Raises
    ------
    ValueError
        For weeks or paths out of range, or two adjustments with one key.

    Notes
    -----
    It describes hours of a job for one person and their worker. It is no score of a person, puts nobody
    before anybody else, and is not for employers. What counts as worked: see `weeks.live` and `effort.plan`.
    """
    (result,) = sustainability_of_each(hours, (job,), weeks, paths, seed, adjustments, start=start)
    return result


def sustainability_of_each(
    hours: HoursModel,
    jobs: Iterable[Job],
    weeks: int,
    paths: int,
    seed: int,
    adjustments: Iterable[Adjustment],
    *,
    start: Any = None,
) -> tuple[Sustainability, ...]:
    """Return what `sustainability` returns for each of several jobs, over the same paths drawn once.

    Parameters, errors and notes are the same.
    """
    if not 1 <= index(weeks) <= MOST_WEEKS:
        raise ValueError(f"Weeks are 1 to {MOST_WEEKS}.")
    if index(paths) < 1:
        raise ValueError("At least one path.")
    tried = tuple(adjustments)
    if len({each.key for each in tried}) < len(tried):
        raise ValueError("Each adjustment is tried once.")
    monday = _first_monday(hours, start)
    by_day = hours.by_day(hours.symptoms.forecast(weeks * 7, monday), paths, seed)
    capacity = np.ascontiguousarray(by_day.reshape(weeks, 7, paths).swapaxes(0, 1))
    bench = Bench(capacity, funded_rule())
    results = []
    for job in jobs:
        fit, shares = bench.as_it_is(job)
        adjusted = tuple(bench.adjusted((fit, shares), each) for each in tried)
        results.append(
            Sustainability(
                fit,
                adjusted,
                tried,
                monday,
                weeks,
                paths,
                seed,
                hours.diary_days,
                hours.answers,
                bench,
                shares,
            )
        )
    return tuple(results)


def _first_monday(hours: HoursModel, start: Any) -> date:
    first: Any = None
    if hours.diary_days or start is None:
        first = hours.symptoms.forecast(1).dates[0]
    if start is not None:
        asked = day_numbers(start).astype("datetime64[D]")[0]
        first = asked if first is None else max(asked, first)
    day: date = first.astype(object)
    return day + timedelta(days=-day.weekday() % 7)
