"""How much a diary moves about: the four usual indices and the flares, each with its interval.

The indices are those of Mun and others 2019 (doi 10.1097/j.pain.0000000000001626): standard deviation,
autocorrelation, mean change from day to day, and how often days are far worse than usual. Only days that
follow each other count as neighbours; a missed day between them is not guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atanh, sqrt, tanh

import numpy as np

from pacework.science.capacity.diary import Diary, Flags, Floats, Scale
from pacework.science.measures.intervals import Interval, z_value

# A day is a flare day from so many standard deviations above the usual, and by at least so much of the scale:
# 1.65 points for somebody whose days differ by 1.1, so 2 on a whole-number scale, which is how published
# studies define it by pain; and never less than a point on 0–10.
ABOVE, AT_LEAST = 1.5, 0.1
# The usual is the median of so many entries.
LATELY = 28


@dataclass(frozen=True, slots=True)
class Index:
    """One number about a diary.

    Attributes
    ----------
    value
        The estimate; None where the diary does not define it, such as the autocorrelation of equal days.
    interval
        Its 95 % interval; None where there is too little to say.
    days
        How many days, or pairs of neighbouring days, it rests on.
    """

    value: float | None
    interval: Interval | None
    days: int


@dataclass(frozen=True, slots=True)
class Variability:
    """How much the ratings of a diary move about.

    Attributes
    ----------
    days
        Rated days.
    mean
        Mean rating.
    sd
        Standard deviation of the days, points of the scale.
    autocorrelation
        Correlation of a day with the next.
    change
        Mean absolute change from a day to the next, points.
    flare_days
        Share of days that were flare days: see `flare_days`.
    flare_length
        Mean length of a run of such days, days, from how often such a day was the last.
    longest_flare
        Most such days in a row that were rated; 0 without any.
    """

    days: int
    mean: float | None
    sd: Index
    autocorrelation: Index
    change: Index
    flare_days: Index
    flare_length: Index
    longest_flare: int

    @property
    def summary(self) -> str:
        """In words."""
        if self.sd.value is None or self.flare_days.value is None:
            return f"{self.days} rated days: too few to say how much they move."
        said = f"{self.days} rated days around {self.mean:.1f}, usually within {self.sd.value:.1f} of it"
        if self.change.value is not None:
            said += f"; {self.change.value:.1f} up or down from one day to the next"
        return f"{said}; {100 * self.flare_days.value:.0f} in 100 days in a flare."


def _more(values: Floats, scale: Scale) -> float:
    return max(ABOVE * float(values.std()), AT_LEAST * (scale.high - scale.low))


def flare_days(values: Floats, scale: Scale) -> Flags:
    """Return which entries were flare days, each held against the 28 entries up to it, (n,).

    Entries before the 28th are held against the first 28, so that a diary that begins in a flare does not
    take it for the usual.
    """
    if not len(values):
        return np.zeros(0, dtype=bool)
    if len(values) <= LATELY:
        usual = np.full(len(values), np.median(values))
    else:
        windows = np.median(np.lib.stride_tricks.sliding_window_view(values, LATELY), axis=1)
        usual = np.concatenate([np.full(LATELY - 1, windows[0]), windows])
    flags: Flags = values >= usual + _more(values, scale) - 1e-9
    return flags


def variability(diary: Diary, level: float = 0.95) -> Variability:
    """Return how much a diary moves about.

    Intervals allow for days that hang together: with autocorrelation r, n days say as much about a spread as
    n (1 - r²) / (1 + r²) independent ones, and about a share as n (1 - r) / (1 + r).

    Parameters
    ----------
    diary
        The cleaned diary; may be empty.
    level
        Confidence level.
    """
    values, count = diary.values, len(diary)
    if not count:
        nothing = Index(None, None, 0)
        return Variability(0, None, nothing, nothing, nothing, nothing, nothing, 0)
    next_to = np.diff(diary.days) == 1
    tie = _autocorrelation(values, next_to, level)
    r = max(tie.value or 0.0, 0.0)
    worse = flare_days(values, diary.scale)
    length, longest = _flare_length(worse, next_to, level)
    return Variability(
        days=count,
        mean=float(values.mean()),
        sd=_spread(values, r, level),
        autocorrelation=tie,
        change=_change(values, next_to, level),
        flare_days=_share(worse, r, level),
        flare_length=length,
        longest_flare=longest,
    )


def _spread(values: Floats, r: float, level: float) -> Index:
    count = len(values)
    if count < 2:
        return Index(None, None, count)
    from scipy.special import chdtri

    sd = float(values.std(ddof=1))
    freedom = max(count * (1 - r * r) / (1 + r * r) - 1, 1.0)
    tail = (1 - level) / 2
    low, high = (sd * sqrt(freedom / float(chdtri(freedom, part))) for part in (tail, 1 - tail))
    return Index(sd, Interval(low, high, level, "chi-squared, days that hang together counted less"), count)


def _autocorrelation(values: Floats, next_to: Flags, level: float) -> Index:
    early, late = values[:-1][next_to], values[1:][next_to]
    pairs = len(early)
    if pairs < 2 or early.std() == 0 or late.std() == 0:
        return Index(None, None, pairs)
    found = float(np.clip(np.corrcoef(early, late)[0, 1], -1, 1))
    if pairs < 4 or abs(found) == 1:
        return Index(found, None, pairs)
    middle, half = atanh(found), z_value(level) / sqrt(pairs - 3)
    return Index(found, Interval(tanh(middle - half), tanh(middle + half), level, "Fisher z"), pairs)


def _change(values: Floats, next_to: Flags, level: float) -> Index:
    changes = np.abs(np.diff(values))[next_to]
    pairs = len(changes)
    if not pairs:
        return Index(None, None, 0)
    found = float(changes.mean())
    if pairs < 2:
        return Index(found, None, pairs)
    from scipy.special import stdtrit

    half = float(stdtrit(pairs - 1, (1 + level) / 2)) * float(changes.std(ddof=1)) / sqrt(pairs)
    return Index(found, Interval(max(found - half, 0.0), found + half, level, "t"), pairs)


def _share(worse: Flags, r: float, level: float) -> Index:
    count, share = len(worse), float(worse.mean())
    independent = max(count * (1 - r) / (1 + r), 1.0)
    return Index(share, _beta(share * independent, independent, level), count)


def _beta(events: float, total: float, level: float) -> Interval:
    """Clopper-Pearson for counts that need not be whole."""
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    rest = total - events
    low = float(betaincinv(events, rest + 1, tail)) if events > 0 else 0.0
    high = float(betaincinv(events + 1, rest, 1 - tail)) if rest > 0 else 1.0
    return Interval(low, high, level, "Clopper-Pearson, days that hang together counted less")


def _flare_length(worse: Flags, next_to: Flags, level: float) -> tuple[Index, int]:
    """The mean length from the chance that a flare day is the last, and the longest run that was rated."""
    followed = worse[:-1] & next_to
    ended = int((followed & ~worse[1:]).sum())
    total = int(followed.sum())
    longest = run = 0
    for day, is_worse in enumerate(worse.tolist()):
        goes_on = day > 0 and bool(next_to[day - 1])
        run = (run + 1 if goes_on else 1) if is_worse else 0
        longest = max(longest, run)
    if not ended:
        return Index(None, None, total), longest
    chance = _beta(ended, total, level)
    found = Interval(1 / chance.high, 1 / chance.low, level, "Clopper-Pearson of the chance to end")
    return Index(total / ended, found, total), longest
