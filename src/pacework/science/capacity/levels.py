"""Where a diary stands: levels of several memories, how strongly they pull, how its days hang together.

Everything here works on many people at once. Diaries lie in rows, their last entries at the right-hand end;
`used` tells entries from padding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pacework.science.capacity.assumptions import number
from pacework.science.capacity.diary import Diary, Flags, Floats, Integers

if TYPE_CHECKING:
    from pacework.science.capacity.population import Population


# Entries further back than this many steps add nothing; it also keeps 2 ** (steps / half-life) in range.
WINDOW = 700
# Days ahead at which own pulls are read; between them they are interpolated.
AHEAD = (1, 3, 7, 28)
# Lies between the day numbers of two people when all are searched at once.
APART = 10**7
# Entries that a level needs before it is held against what came after it.
SETTLED = 3


def usual_pulls(ahead: Floats | Sequence[int]) -> Floats:
    """Return how much of the quick and of the week's distance people's coming days keep, (days, 2)."""
    days = np.asarray(ahead, dtype=float)
    quick = number("forecast", "quick_pull") * days ** -number("forecast", "quick_fade")
    week = number("forecast", "week_pull") * days ** -number("forecast", "week_fade")
    return np.stack([quick, week * np.exp(-(days - 1) / number("forecast", "week_days"))], axis=-1)


def pulls_between(own: Floats, ahead: Floats) -> Floats:
    """Return one person's pulls, known at `AHEAD` days (3, 2), at any days ahead, (days, 2).

    In between and beyond, they are as many times the usual ones as at the nearest known days.
    """
    times = own / usual_pulls(AHEAD)
    at = np.log(ahead)
    known = np.log(AHEAD)
    between = np.stack([np.interp(at, known, times[:, part]) for part in (0, 1)], axis=-1)
    found: Floats = between * usual_pulls(ahead)
    return found


def steps_back(days: Integers) -> Floats:
    """Return how many entries old each entry is, gaps counted, at most 0, the last 0; (…, n) like `days`."""
    # Padding repeats a row's first day, so that it adds no step.
    steps = np.abs(np.diff(days, axis=-1)).astype(float) ** number("forecast", "gap_power")
    ages: Floats = np.zeros(days.shape)
    ages[..., :-1] = -np.cumsum(steps[..., ::-1], axis=-1)[..., ::-1]
    return ages


def level(ages: Floats, values: Floats, used: Flags, half_life: float) -> Floats:
    """Return the running mean with this half-life after each entry, (…, n); 0 where nothing was used yet."""
    weights = np.exp2(np.maximum(ages, -WINDOW) / half_life) * used
    below = np.cumsum(weights, axis=-1)
    above = np.cumsum(weights * values, axis=-1)
    found: Floats = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Where diaries stand, one row a person.

    Attributes
    ----------
    levels
        Quick, week's, month's and long level, (people, 4).
    pulls
        How much of the quick level's distance from the week's, and of the week's from the month's, is still
        expected after `AHEAD` days, (people, 3, 2).
    tie
        Correlation of a day's quick part with the next day's, (people,).
    slow_share
        Share of the movement that is slow, (people,).
    """

    levels: Floats
    pulls: Floats
    tie: Floats
    slow_share: Floats

    def independent(self, count: int) -> float:
        """Return as many days as so many entries of one person are worth about the level of coming weeks.

        The mean of n days that hang together is as sure as that of n (1 - tie) / (1 + tie) independent ones,
        and the level that coming weeks start from is some times less sure: late days count more, and it
        drifts.
        """
        tie = float(self.tie[0])
        return count * (1 - tie) / (1 + tie) / number("forecast", "unsure")

    def of(self, person: int) -> Standing:
        """Return the standing of one person, still as rows."""
        one = slice(person, person + 1)
        return Standing(self.levels[one], self.pulls[one], self.tie[one], self.slow_share[one])


def rows(diaries: Sequence[Diary]) -> tuple[Integers, Floats, Flags]:
    """Return days, values and `used` of diaries side by side, (people, longest); at least one column."""
    width = max(1, min(WINDOW, max((len(diary) for diary in diaries), default=1)))
    days = np.zeros((len(diaries), width), dtype=np.int64)
    values = np.zeros((len(diaries), width))
    used = np.zeros((len(diaries), width), dtype=bool)
    for row, diary in enumerate(diaries):
        count = min(len(diary), width)
        if not count:
            continue
        days[row, -count:] = diary.days[-count:]
        days[row, :-count] = diary.days[-count]
        values[row, -count:] = diary.values[-count:]
        used[row, -count:] = True
    return days, values, used


def standing(diaries: Sequence[Diary], population: Population) -> Standing:
    """Return where diaries stand; an empty one stands where people do.

    Parameters
    ----------
    diaries
        Cleaned diaries on one scale.
    population
        What people have in common.
    """
    days, values, used = rows(diaries)
    ages = steps_back(days)
    used &= ages >= -WINDOW
    lives = [number("forecast", f"{name}_life") for name in ("quick", "week", "month", "long")]
    paths = np.stack([level(ages, values, used, life) for life in lives])
    pairs = _Pairs(days, values, used)
    return Standing(
        levels=paths[:, :, -1].T.copy(),
        pulls=_pulls(paths, pairs, population),
        **_ties(pairs, population),
    )


class _Pairs:
    """Pairs of entries so many days apart, of all people at once."""

    def __init__(self, days: Integers, values: Floats, used: Flags) -> None:
        self.people, width = days.shape
        self.row, self.column = np.nonzero(used)
        self.values = values[self.row, self.column]
        self.keys = self.row * APART + days[self.row, self.column]
        counts = np.bincount(self.row, minlength=self.people)
        self.mean = self.total(self.row, self.values) / np.maximum(counts, 1)
        self.spread = self.total(self.row, (self.values - self.mean[self.row]) ** 2) / np.maximum(counts, 1)
        self.before = self.column - (width - counts[self.row])
        self.weights = np.exp2((self.column - (width - 1)) / number("forecast", "pair_life"))

    def total(self, row: Integers, amounts: Floats) -> Floats:
        """Return sums a person, (people,)."""
        return np.bincount(row, amounts, self.people).astype(float)

    def apart(self, days: int) -> tuple[Integers, Integers]:
        """Return the places of the earlier and the later entry of each pair so many days apart."""
        later = np.searchsorted(self.keys, self.keys + days)
        there = later < len(self.keys)
        there[there] = self.keys[later[there]] == self.keys[there] + days
        return np.nonzero(there)[0], later[there]


def _pulls(paths: Floats, pairs: _Pairs, population: Population) -> Floats:
    """Regression, through 0, of what came on both distances, shrunk to what people's pulls are."""
    found = np.empty((pairs.people, len(AHEAD), 2))
    quick, week, month = (path[pairs.row, pairs.column] for path in paths[:3])
    extra = number("forecast", "pull_pairs") * (pairs.spread + 1e-6)
    for place, days in enumerate(AHEAD):
        early, late = pairs.apart(days)
        settled = pairs.before[early] >= SETTLED
        early, late = early[settled], late[settled]
        row, weight = pairs.row[late], pairs.weights[late]
        near, far = quick[early] - week[early], week[early] - month[early]
        came = pairs.values[late] - month[early]
        usual = population.pulls[place]
        near_near = pairs.total(row, weight * near * near) + extra
        far_far = pairs.total(row, weight * far * far) + extra
        near_far = pairs.total(row, weight * near * far)
        near_came = pairs.total(row, weight * near * came) + extra * usual[0]
        far_came = pairs.total(row, weight * far * came) + extra * usual[1]
        rest = near_near * far_far - near_far**2
        found[:, place, 0] = (far_far * near_came - near_far * far_came) / rest
        found[:, place, 1] = (near_near * far_came - near_far * near_came) / rest
    return np.clip(found, 0, 1)


def _ties(pairs: _Pairs, population: Population) -> dict[str, Floats]:
    """How days hang together: a quick part that fades by the day, and a slow one."""
    seen = []
    for days, usual in ((1, population.next_day), (7, population.next_week)):
        early, late = pairs.apart(days)
        row, weight = pairs.row[late], pairs.weights[late]
        middle = pairs.mean[row]
        product = (pairs.values[early] - middle) * (pairs.values[late] - middle)
        extra = number("forecast", "tie_pairs") * (pairs.spread + 1e-6)
        above = pairs.total(row, weight * product) + extra * usual
        seen.append(above / (pairs.total(row, weight) * pairs.spread + extra))
    return dict(zip(("tie", "slow_share"), split_ties(*seen), strict=True))


def split_ties(next_day: Floats, next_week: Floats) -> tuple[Floats, Floats]:
    """Return the quick part's tie and the slow part's share that give these correlations.

    ``next_day = share + (1 - share) * tie`` and ``next_week = share + (1 - share) * tie ** 7`` where the slow
    part has not faded yet; three rounds of substitution are enough.
    """
    next_day = np.clip(next_day, 0.0, 0.97)
    tie, share = next_day, np.zeros_like(next_day)
    for _ in range(3):
        share = np.clip((next_week - tie**7) / (1 - tie**7), 0.0, 0.9 * next_day)
        tie = (next_day - share) / (1 - share)
    return tie, share
