"""Diaries of people who do not exist, for the demo service and for tests.

The recipe and its sources are in data/symptoms.toml, each number marked data, literature or assumed; the step
to hours uses the numbers of data/work.toml. docs/science/capacity.md compares the result with real diaries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from pacework.science.capacity.assumptions import number
from pacework.science.capacity.diary import Days, Flags, Floats

QUARTER = 91
Missing = Literal["none", "falling", "worse"]


@dataclass(frozen=True, slots=True)
class Person:
    """What stays the same about an invented person. Points are on 0–10.

    Attributes
    ----------
    mean, sd
        Level and standard deviation of their days, flares apart.
    tie
        Correlation of a day with the next.
    flare_start
        Chance a day that a flare begins.
    flare_median
        Median length of their flares, days.
    skewed, outliers, drifting
        Longer upper end; clustered days far out; a level that drifts.
    step
        1 for whole ratings, 0.5 for halves.
    fatigue
        Mean fatigue.
    rated
        Share of days rated at the start.
    """

    mean: float
    sd: float
    tie: float
    flare_start: float
    flare_median: float
    skewed: bool
    outliers: bool
    drifting: bool
    step: float
    fatigue: float
    rated: float


@dataclass(frozen=True, slots=True, eq=False)
class SimulatedDiary:
    """An invented diary, with what a real one would not tell.

    Attributes
    ----------
    person
        Who keeps it.
    days
        All days, datetime64[D], shape (days,).
    pain, fatigue
        Ratings 0–10, also of days that were not rated, shape (days,).
    poor_sleep, flare
        Whether the night before was poor; whether a flare was on, shape (days,).
    hours
        Hours that the person could have worked, shape (days,).
    rated
        Which days are in the diary, shape (days,).
    """

    person: Person
    days: Days
    pain: Floats
    fatigue: Floats
    poor_sleep: Flags
    flare: Flags
    hours: Floats
    rated: Flags

    @property
    def dates(self) -> Days:
        """The rated days."""
        return self.days[self.rated]

    @property
    def values(self) -> Floats:
        """Their pain ratings."""
        rated: Floats = self.pain[self.rated]
        return rated

    @property
    def summary(self) -> str:
        """In words."""
        return (
            f"{len(self.days)} days, {int(self.rated.sum())} rated, pain about {self.person.mean:.1f}, "
            f"{int(self.flare.sum())} days in a flare. Invented."
        )


def _number(name: str) -> float:
    return number("generator", name)


def simulate_person(rng: np.random.Generator, volatile: bool | None = None) -> Person:
    """Return an invented person.

    Parameters
    ----------
    rng
        Source of randomness.
    volatile
        Whether their flares are short and many; by default as often as in the recipe.
    """
    low, high = _number("mean_low"), _number("mean_high")
    many = rng.random() < _number("volatile") if volatile is None else volatile
    if many:
        length = _number("volatile_length")
        share = rng.uniform(_number("volatile_low"), _number("volatile_high"))
        # Lengths are whole days, at least one: their mean is what turns a share of days into starts.
        start = share / _mean_length(length) / (1 - share)
    else:
        length = _number("flare_length")
        none = rng.random() < _number("no_flares")
        shape = _number("flares_shape")
        start = 0.0 if none else float(rng.gamma(shape, _number("flares") / shape)) / QUARTER
    sd = _number("sd_median") * float(np.exp(_number("sd_log") * rng.standard_normal()))
    return Person(
        mean=low + (high - low) * float(rng.beta(_number("mean_beta"), _number("mean_beta"))),
        sd=float(np.clip(sd, _number("sd_low"), _number("sd_high"))),
        tie=_number("tie_high") * float(rng.beta(_number("tie_beta"), 2.0)),
        flare_start=start,
        flare_median=length,
        skewed=bool(rng.random() < _number("skewed")),
        outliers=bool(rng.random() < _number("outliers")),
        drifting=bool(rng.random() < _number("drifting")),
        step=0.5 if rng.random() < _number("halves") else 1.0,
        fatigue=float(np.clip(5 + 1.5 * rng.standard_normal(), 1, 9)),
        rated=float(rng.uniform(_number("rated_low"), _number("rated_high"))),
    )


def _mean_length(median: float) -> float:
    """Mean of the whole, capped lengths of flares with this median, by quadrature over 999 quantiles."""
    from scipy.special import ndtri

    scores = ndtri((np.arange(999) + 0.5) / 999)
    return float(_whole_lengths(median, scores).mean())


def _whole_lengths(median: float, scores: Floats) -> Floats:
    lengths = median * np.exp(_number("flare_length_log") * scores)
    whole: Floats = np.clip(np.rint(lengths), 1, _number("flare_longest"))
    return whole


def simulate_diary(
    days: int = QUARTER,
    seed: int | None = None,
    *,
    start: Any = "2026-01-05",
    missing: Missing = "falling",
    person: Person | None = None,
    volatile: bool | None = None,
) -> SimulatedDiary:
    """Return an invented diary.

    Parameters
    ----------
    days
        Length, at least 1.
    seed
        The same seed gives the same diary.
    start
        Its first day.
    missing
        ``"none"``: every day is rated; ``"falling"``: fewer and fewer are; ``"worse"``: and bad days less
        often than others.
    person
        Who keeps it; by default somebody new, `volatile` as in `simulate_person`.

    Raises
    ------
    ValueError
        For fewer days than 1, or another way of missing days.
    """
    if days < 1:
        raise ValueError("A diary has at least one day.")
    if missing not in get_args(Missing):
        raise ValueError(f"Days are missing in one of these ways: {', '.join(get_args(Missing))}.")
    rng = np.random.default_rng(seed)
    who = person or simulate_person(rng, volatile)
    poor_sleep = rng.random(days) < _number("poor_sleep")
    away = _tied(rng, days, who.tie)
    if who.skewed:
        bend = _number("skew")
        away = (np.exp(bend * away - bend**2 / 2) - 1) / np.sqrt(np.exp(bend**2) - 1)
    away = away + _number("sleep_lift") * (poor_sleep - _number("poor_sleep"))
    if who.drifting:
        away = away + np.cumsum(rng.standard_normal(days)) * _number("drift") / np.sqrt(QUARTER)
    if who.outliers:
        away = away + _number("outlier_height") * _outliers(rng, days)
    raised, flare = _flares(rng, days, who)
    exact = who.mean + who.sd * away + raised
    pain = np.clip(np.rint(exact / who.step) * who.step, 0, 10)
    fatigue = _fatigue(rng, exact, who)
    return SimulatedDiary(
        person=who,
        days=np.datetime64(start, "D") + np.arange(days),
        pain=pain,
        fatigue=fatigue,
        poor_sleep=poor_sleep,
        flare=flare,
        hours=_hours(rng, exact, fatigue, flare, who),
        rated=_rated(rng, exact, flare, who, missing),
    )


def _tied(rng: np.random.Generator, days: int, tie: float) -> Floats:
    """Standard normal days, each tied to the one before."""
    noise: Floats = rng.standard_normal(days)
    for day in range(1, days):
        noise[day] = tie * noise[day - 1] + np.sqrt(1 - tie * tie) * noise[day]
    return noise


def _outliers(rng: np.random.Generator, days: int) -> Floats:
    """1 on days of a cluster of two or three, else 0."""
    out = np.zeros(days)
    for first in np.nonzero(rng.random(days) < _number("outlier_rate"))[0]:
        out[first : first + rng.integers(2, 4)] = 1
    return out


def _flares(rng: np.random.Generator, days: int, who: Person) -> tuple[Floats, Flags]:
    """Points by which flares raise each day, and the days they are on. One does not begin within another."""
    raised, on = np.zeros(days), np.zeros(days, dtype=bool)
    begins = rng.random(days) < who.flare_start
    lengths = _whole_lengths(who.flare_median, rng.standard_normal(days))
    heights = np.maximum(
        _number("flare_height") + _number("flare_height_sd") * rng.standard_normal(days), 1.0
    )
    for first in np.nonzero(begins)[0]:
        if on[first]:
            continue
        length = int(lengths[first])
        day = np.arange(length)
        slow = _number("flare_floor") * (1 - day / (length + 1))
        fast = (1 - _number("flare_floor")) * np.exp(-day / _number("flare_fast"))
        part = slice(first, first + length)
        raised[part] = (heights[first] * (slow + fast))[: days - first]
        on[part] = True
    return raised, on


def _fatigue(rng: np.random.Generator, pain: Floats, who: Person) -> Floats:
    tie = _number("fatigue_tie")
    score = (pain - who.mean) / who.sd
    # A flare must not carry fatigue off the scale: beyond two standard deviations it counts half.
    score = np.where(score > 2, 2 + (score - 2) / 2, score)
    own = _tied(rng, len(pain), who.tie)
    exact = who.fatigue + _number("fatigue_sd") * (tie * score + np.sqrt(1 - tie * tie) * own)
    rated: Floats = np.clip(np.rint(exact / who.step) * who.step, 0, 10)
    return rated


def _hours(rng: np.random.Generator, pain: Floats, fatigue: Floats, flare: Flags, who: Person) -> Floats:
    """Hours that could have been worked, to the quarter hour: the link of data/work.toml at its middle."""
    power = (
        number("link", "level")
        - number("link", "pain") * (pain - 5)
        - number("link", "fatigue") * (fatigue - who.fatigue)
    )
    rest = number("link", "residual") * _tied(rng, len(pain), number("link", "residual_tie"))
    hours = number("link", "cap") / (1 + np.exp(-power)) + rest
    none = np.where(flare, number("link", "zero_flare"), number("link", "zero_usual"))
    hours[rng.random(len(pain)) < none] = 0
    quarter: Floats = np.clip(np.rint(hours * 4) / 4, 0, 24)
    return quarter


def _rated(rng: np.random.Generator, pain: Floats, flare: Flags, who: Person, missing: Missing) -> Flags:
    days = len(pain)
    if missing == "none":
        return np.ones(days, dtype=bool)
    chance = who.rated * 0.5 ** (np.arange(days) / _number("rated_life"))
    if missing == "worse":
        bad = flare | (pain > who.mean + who.sd)
        chance = np.where(bad, chance * _number("missed_worse"), chance)
    return rng.random(days) < chance
