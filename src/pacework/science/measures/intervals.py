"""Intervals for proportions, and comparisons of two proportions.

Sources: Wilson 1927; Newcombe 1998 (method 10, hybrid score); Wald and the log ratio methods as in any
textbook.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval.

    Attributes
    ----------
    low, high
        Limits, in the unit of the estimate.
    level
        Confidence level, such as 0.95.
    method
        How it was computed, in words.
    """

    low: float
    high: float
    level: float
    method: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """An estimate that compares two groups, with its interval (None where it is undefined)."""

    estimate: float | None
    interval: Interval | None
    measure: str


def z_value(level: float = 0.95) -> float:
    """Return the two-sided normal quantile of a confidence level strictly between 0 and 1.

    Raises
    ------
    ValueError
        For any other level.
    """
    if not 0 < level < 1:
        raise ValueError("A confidence level lies between 0 and 1.")
    return NormalDist().inv_cdf((1 + level) / 2)


def _check(count: int, total: int) -> None:
    if total < 1:
        raise ValueError("A proportion needs at least one person below the line.")
    if not 0 <= count <= total:
        raise ValueError("The count above the line lies between 0 and the count below it.")


def wilson(count: int, total: int, level: float = 0.95) -> Interval:
    """Return the Wilson score interval of a proportion.

    Parameters
    ----------
    count, total
        Events and people; `total` is at least 1.
    level
        Confidence level.

    Returns
    -------
    Interval
        Limits between 0 and 1.

    Raises
    ------
    ValueError
        When `total` is 0 or `count` lies outside 0 … `total`.
    """
    _check(count, total)
    z = z_value(level)
    share, spread = count / total, z * z / total
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    # At the ends the limit is exactly 0 or 1; rounding must not leave 1e-17 on a screen.
    low = 0.0 if count == 0 else middle - half
    high = 1.0 if count == total else middle + half
    return Interval(low, high, level, "Wilson")


def clopper_pearson(count: int, total: int, level: float = 0.95) -> Interval:
    """Return the exact (Clopper-Pearson) interval of a proportion; parameters and errors as in `wilson`."""
    from scipy.stats import beta

    _check(count, total)
    tail = (1 - level) / 2
    low = float(beta.ppf(tail, count, total - count + 1)) if count else 0.0
    high = float(beta.ppf(1 - tail, count + 1, total - count)) if count < total else 1.0
    return Interval(low, high, level, "Clopper-Pearson")


def newcombe_difference(
    count_1: int, total_1: int, count_2: int, total_2: int, level: float = 0.95
) -> Comparison:
    """Return the difference of two proportions (first minus second) with Newcombe's hybrid score interval.

    Parameters
    ----------
    count_1, total_1, count_2, total_2
        Events and people of the two groups.
    level
        Confidence level.

    Returns
    -------
    Comparison
        Difference between -1 and 1. EQOLISE, 85/156 and 43/156: 0.2692 (0.1609 to 0.3687).

    Raises
    ------
    ValueError
        As in `wilson`, for either group.
    """
    first, second = wilson(count_1, total_1, level), wilson(count_2, total_2, level)
    share_1, share_2 = count_1 / total_1, count_2 / total_2
    difference = share_1 - share_2
    low = difference - sqrt((share_1 - first.low) ** 2 + (second.high - share_2) ** 2)
    high = difference + sqrt((first.high - share_1) ** 2 + (share_2 - second.low) ** 2)
    return Comparison(difference, Interval(low, high, level, "Newcombe"), "difference of proportions")


def wald_difference(
    count_1: int, total_1: int, count_2: int, total_2: int, level: float = 0.95
) -> Comparison:
    """Return the difference of two proportions with the Wald interval, as older papers print it.

    EQOLISE, 85/156 and 43/156: 0.2692 (0.1642 to 0.3742). Parameters and errors as in `newcombe_difference`.
    """
    _check(count_1, total_1)
    _check(count_2, total_2)
    share_1, share_2 = count_1 / total_1, count_2 / total_2
    error = sqrt(share_1 * (1 - share_1) / total_1 + share_2 * (1 - share_2) / total_2)
    difference, half = share_1 - share_2, z_value(level) * error
    return Comparison(
        difference, Interval(difference - half, difference + half, level, "Wald"), "difference of proportions"
    )


def risk_ratio(count_1: int, total_1: int, count_2: int, total_2: int, level: float = 0.95) -> Comparison:
    """Return the ratio of two proportions (first over second) with its log-normal interval.

    Without an event in the first group the ratio is 0 and has no interval; without one in the second it is
    undefined and None. Parameters and errors as in `newcombe_difference`.
    """
    _check(count_1, total_1)
    _check(count_2, total_2)
    if count_2 == 0:
        return Comparison(None, None, "risk ratio")
    ratio = (count_1 / total_1) / (count_2 / total_2)
    if count_1 == 0:
        return Comparison(ratio, None, "risk ratio")
    error = sqrt(1 / count_1 - 1 / total_1 + 1 / count_2 - 1 / total_2)
    return Comparison(ratio, _around_log(ratio, error, level), "risk ratio")


def odds_ratio(count_1: int, total_1: int, count_2: int, total_2: int, level: float = 0.95) -> Comparison:
    """Return the odds ratio (first over second) with Woolf's log-normal interval.

    It is undefined, and None, where any of the four cells is empty. Parameters and errors as in
    `newcombe_difference`.
    """
    _check(count_1, total_1)
    _check(count_2, total_2)
    cells = (count_1, total_1 - count_1, count_2, total_2 - count_2)
    if 0 in cells:
        return Comparison(None, None, "odds ratio")
    yes_1, no_1, yes_2, no_2 = cells
    ratio = yes_1 * no_2 / (no_1 * yes_2)
    error = sqrt(sum(1 / cell for cell in cells))
    return Comparison(ratio, _around_log(ratio, error, level), "odds ratio")


def _around_log(ratio: float, error: float, level: float) -> Interval:
    half = z_value(level) * error
    return Interval(exp(log(ratio) - half), exp(log(ratio) + half), level, "log-normal")


def log_error(low: float, high: float, level: float = 0.95) -> float:
    """Return the standard error of a log ratio recovered from the printed limits of its interval.

    Raises
    ------
    ValueError
        Unless 0 < low <= high.
    """
    if not 0 < low <= high:
        raise ValueError("The limits of a ratio are above 0, the lower one first.")
    return (log(high) - log(low)) / (2 * z_value(level))


def printed_ratio_is_consistent(ratio: float, low: float, high: float, tolerance: float = 0.05) -> bool:
    """Return whether a published ratio lies at the geometric middle of its printed interval.

    Parameters
    ----------
    ratio, low, high
        As printed.
    tolerance
        Relative distance still put down to rounding.
    """
    log_error(low, high)
    return abs(sqrt(low * high) / ratio - 1) <= tolerance
