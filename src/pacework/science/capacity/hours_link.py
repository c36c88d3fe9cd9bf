"""From symptoms to hours: the population's link, and what a person's answers make of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pacework.science.capacity.assumptions import number, spread

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

# Ratings are read from the middle of their scale, where people's diaries are.
CENTRE = 5.0
_STEPS = 25


@dataclass(frozen=True, slots=True, eq=False)
class HoursLink:
    """What people have in common: middle and spread of each number of the link.

    Attributes
    ----------
    centre, spread
        Logarithm of the cap (hours), level, logarithms of what a point of pain and of fatigue takes; shape
        (4,).
    residual, freedom
        Hours that symptoms do not explain (standard deviation), and how many answers that weighs.
    residual_tie
        Correlation of that part with the next day.
    zero_usual, zero_flare, zero_weight
        Chance of no hours at all on usual and flare days, and how many answers each weighs.
    fatigue, fatigue_spread
        Level and tie of fatigue to pain, shape (2,).
    fatigue_residual, fatigue_tie
        Points of fatigue that pain does not explain, and their correlation with the next day.
    half_life
        Days after which an answer weighs half.
    """

    centre: Floats
    spread: Floats
    residual: float
    freedom: float
    residual_tie: float
    zero_usual: float
    zero_flare: float
    zero_weight: tuple[float, float]
    fatigue: Floats
    fatigue_spread: Floats
    fatigue_residual: float
    fatigue_tie: float
    half_life: float


@cache
def shipped_link() -> HoursLink:
    """Return the link that ships with the package; `assumptions.assumptions` lists its numbers with marks."""
    return HoursLink(
        np.array(
            [
                np.log(number("link", "cap")),
                number("link", "level"),
                np.log(number("link", "pain")),
                np.log(number("link", "fatigue")),
            ]
        ),
        np.array([spread("link", name) for name in ("cap", "level", "pain", "fatigue")]),
        number("link", "residual"),
        spread("link", "residual"),
        number("link", "residual_tie"),
        number("link", "zero_usual"),
        number("link", "zero_flare"),
        (spread("link", "zero_usual"), spread("link", "zero_flare")),
        np.array([number("fatigue", "level"), number("fatigue", "tie")]),
        np.array([spread("fatigue", "level"), spread("fatigue", "tie")]),
        number("fatigue", "residual"),
        number("fatigue", "autocorrelation"),
        number("link", "half_life"),
    )


@dataclass(frozen=True, slots=True, eq=False)
class LinkFit:
    """The link of one person.

    Attributes
    ----------
    link
        The population's, where what a person does not say comes from.
    centre, root
        Most likely numbers, as in `HoursLink`, shape (4,), and a square root of their covariance, shape (4,
        4).
    residual, freedom
        Hours that symptoms do not explain (standard deviation), and how well that is known.
    zero_usual, zero_flare
        Both parameters of the beta distribution of the chance of no hours.
    fatigue, fatigue_root
        Level and tie of fatigue to pain, shape (2,), and a square root of their covariance, shape (2, 2).
    """

    link: HoursLink
    centre: Floats
    root: Floats
    residual: float
    freedom: float
    zero_usual: tuple[float, float]
    zero_flare: tuple[float, float]
    fatigue: Floats
    fatigue_root: Floats

    def _draw(self, n: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
        """Return n people who may be this one: the link (4, n), logarithms undone; tie of fatigue (n,)."""
        link = self.centre[:, None] + self.root @ rng.standard_normal((4, n))
        link[[0, 2, 3]] = np.exp(link[[0, 2, 3]])
        link[0] = np.minimum(link[0], 24.0)
        return link, self.fatigue[1] + self.fatigue_root[1] @ rng.standard_normal((2, n))

    def hours(self, pain: Floats, flare: Booleans, rng: np.random.Generator) -> Floats:
        """Return hours for paths of pain.

        Parameters
        ----------
        pain
            Pain 0–10, shape (days, n).
        flare
            Whether the day is a flare day, shape (days, n).
        rng
            Source of randomness.

        Returns
        -------
        ndarray of float
            Shape (days, n), 0 to 24.
        """
        days, n = pain.shape
        (cap, level, per_pain, per_fatigue), tie = self._draw(n, rng)
        away = pain - CENTRE
        fatigue = tied(rng.standard_normal((days, n)), self.link.fatigue_tie)
        fatigue *= self.link.fatigue_residual * per_fatigue
        hours = cap / (1 + np.exp((per_pain + per_fatigue * tie) * away + fatigue - level))
        moves = self.residual * np.sqrt(self.freedom / rng.chisquare(self.freedom, n))
        hours += tied(rng.standard_normal((days, n)), self.link.residual_tie) * moves
        usual, worse = rng.beta(*self.zero_usual, n), rng.beta(*self.zero_flare, n)
        hours[rng.random((days, n)) < np.where(flare, worse, usual)] = 0.0
        return np.asarray(np.clip(hours, 0.0, 24.0))

    def usual(self, pain: float, fatigue: float | None, n: int, rng: np.random.Generator) -> Floats:
        """Return the hours of a usual day at this pain of n people who may be this one, shape (n,)."""
        (cap, level, per_pain, per_fatigue), tie = self._draw(n, rng)
        away = pain - CENTRE
        more_tired = tie * away if fatigue is None else np.full(n, fatigue - self.fatigue[0])
        return np.asarray(cap / (1 + np.exp(per_pain * away + per_fatigue * more_tired - level)))


def tied(noise: Floats, tie: float) -> Floats:
    """Return standard noise (days, n) in which each day hangs on the day before; changes its input."""
    fresh = np.sqrt(1 - tie * tie)
    for day in range(1, len(noise)):
        noise[day] *= fresh
        noise[day] += tie * noise[day - 1]
    return noise


def fit_link(
    link: HoursLink,
    *,
    pain: Floats | None = None,
    fatigue: Floats | None = None,
    hours: Floats | None = None,
    flare: Booleans | None = None,
    age: Floats | None = None,
) -> LinkFit:
    """Return the link of one person from their answers; without any, the population's.

    Parameters
    ----------
    link
        The population's.
    pain, fatigue, hours
        Pain and fatigue 0–10 (fatigue NaN where not said), hours 0–24; shape (n,).
    flare
        Whether each was a flare day, shape (n,).
    age
        Days since the last answer, shape (n,).

    Notes
    -----
    The largest posterior is found by Gauss–Newton steps with damping, the spread of residuals beside it;
    around it the posterior is taken as normal. Days with no hours enter the chance of such days and not the
    link.
    """
    none = np.zeros(0)
    pain, hours, age = (none if part is None else part for part in (pain, hours, age))
    fatigue = none if fatigue is None else fatigue
    flare = np.zeros(0, bool) if flare is None else flare
    weight = 0.5 ** (age / link.half_life)
    tired, tired_root = _fit_fatigue(link, pain, fatigue, weight)
    # Fatigue is read from the person's own usual: somebody always tired has said so by their hours.
    felt = np.where(np.isnan(fatigue), tired[1] * (pain - CENTRE), fatigue - tired[0])
    some = hours > 0
    centre, root, residual, freedom = _fit_hours(link, pain[some], felt[some], hours[some], weight[some])
    return LinkFit(
        link,
        centre,
        root,
        residual,
        freedom,
        _zero(link.zero_usual, link.zero_weight[0], some[~flare], weight[~flare]),
        _zero(link.zero_flare, link.zero_weight[1], some[flare], weight[flare]),
        tired,
        tired_root,
    )


def _zero(chance: float, counts: float, some: Booleans, weight: Floats) -> tuple[float, float]:
    return chance * counts + float(weight[~some].sum()), (1 - chance) * counts + float(weight[some].sum())


def _root(precision: Floats) -> Floats:
    """Return a matrix whose product with its transpose is the inverse of a precision matrix."""
    return np.asarray(np.linalg.inv(np.linalg.cholesky(precision)).T)


def _fit_fatigue(link: HoursLink, pain: Floats, fatigue: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Return level and tie of fatigue, and the root of their covariance: a regression with a prior."""
    said = ~np.isnan(fatigue)
    design = np.stack([np.ones(said.sum()), pain[said] - CENTRE], axis=1)
    weighted = design.T * (weight[said] / link.fatigue_residual**2)
    prior = np.diag(link.fatigue_spread**-2.0)
    precision = prior + weighted @ design
    centre = np.linalg.solve(precision, prior @ link.fatigue + weighted @ fatigue[said])
    return centre, _root(precision)


def _fit_hours(
    link: HoursLink, pain: Floats, more_tired: Floats, hours: Floats, weight: Floats
) -> tuple[Floats, Floats, float, float]:
    """Return most likely numbers, root of their covariance, residual and its freedom."""
    prior = link.spread**-2.0
    at = link.centre.copy()
    variance = link.residual**2
    freedom = link.freedom + float(weight.sum())

    def look(numbers: Floats) -> tuple[Floats, Floats]:
        cap, (per_pain, per_fatigue) = np.exp(numbers[0]), np.exp(numbers[2:])
        taken = per_pain * (pain - CENTRE), per_fatigue * more_tired
        share = 1 / (1 + np.exp(np.clip(taken[0] + taken[1] - numbers[1], -50, 50)))
        slope = cap * share * (1 - share)
        return cap * share, np.stack([cap * share, slope, -slope * taken[0], -slope * taken[1]])

    def cost(numbers: Floats) -> float:
        off = hours - look(numbers)[0]
        return float((weight * off * off).sum() / variance + (prior * (numbers - link.centre) ** 2).sum())

    damping = 1e-3
    for _ in range(_STEPS):
        middle, slopes = look(at)
        variance = (link.freedom * link.residual**2 + float((weight * (hours - middle) ** 2).sum())) / freedom
        pull = slopes @ (weight * (hours - middle)) / variance - prior * (at - link.centre)
        precision = (slopes * (weight / variance)) @ slopes.T + np.diag(prior)
        step = np.linalg.solve(precision + damping * np.diag(np.diag(precision)), pull)
        if cost(at + step) <= cost(at):
            at, damping = at + step, damping / 4
            if np.abs(step).max() < 1e-6:
                break
        else:
            damping *= 8
    slopes = look(at)[1]
    precision = (slopes * (weight / variance)) @ slopes.T + np.diag(prior)
    return at, _root(precision), float(np.sqrt(variance)), freedom
