"""Intervals and comparisons, against published numbers and other software."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from pacework.science.measures import intervals

counts = st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_eqolise_reproduces_the_published_wald_interval_and_newcombe_differs() -> None:
    wald = intervals.wald_difference(85, 156, 43, 156)
    newcombe = intervals.newcombe_difference(85, 156, 43, 156)
    assert wald.estimate == newcombe.estimate == pytest.approx(0.2692, abs=5e-5)
    assert (wald.interval.low, wald.interval.high) == pytest.approx((0.1642, 0.3742), abs=5e-5)
    assert (newcombe.interval.low, newcombe.interval.high) == pytest.approx((0.1609, 0.3687), abs=5e-5)


def test_eqolise_ratios() -> None:
    ratio, odds = intervals.risk_ratio(85, 156, 43, 156), intervals.odds_ratio(85, 156, 43, 156)
    assert (ratio.estimate, ratio.interval.low, ratio.interval.high) == pytest.approx(
        (1.977, 1.476, 2.647), abs=5e-4
    )
    assert (odds.estimate, odds.interval.low, odds.interval.high) == pytest.approx(
        (3.146, 1.963, 5.043), abs=5e-4
    )


def test_ips_in_pain_with_the_denominators_that_fit_its_percentages() -> None:
    arms = (19, 36, 7, 18)
    wald, newcombe = intervals.wald_difference(*arms), intervals.newcombe_difference(*arms)
    assert (wald.estimate, wald.interval.low, wald.interval.high) == pytest.approx(
        (0.139, -0.139, 0.417), abs=5e-4
    )
    assert (newcombe.interval.low, newcombe.interval.high) == pytest.approx((-0.136, 0.379), abs=5e-4)
    ratio, odds = intervals.risk_ratio(*arms), intervals.odds_ratio(*arms)
    assert (ratio.estimate, ratio.interval.low, ratio.interval.high) == pytest.approx(
        (1.357, 0.704, 2.616), abs=5e-4
    )
    assert (odds.estimate, odds.interval.low, odds.interval.high) == pytest.approx(
        (1.756, 0.555, 5.556), abs=1e-3
    )


def test_ips_lite_difference() -> None:
    wald = intervals.wald_difference(24, 59, 27, 59)
    assert (wald.estimate, wald.interval.low, wald.interval.high) == pytest.approx(
        (-0.051, -0.229, 0.128), abs=5e-4
    )


@pytest.mark.parametrize(
    ("count", "total", "share", "low", "high"),
    [
        (37, 1028, 3.60, 2.62, 4.92),
        (27, 31, 87.1, 71.1, 94.9),
        (15, 31, 48.4, 32.0, 65.2),
        (4, 31, 12.9, 5.1, 28.9),
        (6, 31, 19.4, 9.2, 36.3),
        (3, 8, 37.5, 13.7, 69.4),
    ],
)
def test_wilson_reproduces_the_reference_cases(
    count: int, total: int, share: float, low: float, high: float
) -> None:
    found = intervals.wilson(count, total)
    assert count / total * 100 == pytest.approx(share, abs=0.05)
    assert (found.low * 100, found.high * 100) == pytest.approx((low, high), abs=0.05)


@pytest.mark.parametrize(
    ("count", "total", "low", "high"), [(37, 1028, 2.55, 4.93), (3, 8, 8.5, 75.5), (0, 5, 0, 52.2)]
)
def test_exact_interval_reproduces_the_reference_cases(
    count: int, total: int, low: float, high: float
) -> None:
    found = intervals.clopper_pearson(count, total)
    assert (found.low * 100, found.high * 100) == pytest.approx((low, high), abs=0.05)


def test_the_exact_interval_of_everybody_ends_at_one() -> None:
    assert intervals.clopper_pearson(5, 5).high == 1.0


@given(counts)
def test_wilson_equals_statsmodels(pair: tuple[int, int]) -> None:
    count, total = pair
    found = intervals.wilson(count, total)
    low, high = proportion_confint(count, total, alpha=0.05, method="wilson")
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-12)
    assert 0 <= found.low <= count / total <= found.high <= 1


@given(counts, counts)
def test_newcombe_equals_statsmodels(first: tuple[int, int], second: tuple[int, int]) -> None:
    found = intervals.newcombe_difference(*first, *second).interval
    low, high = confint_proportions_2indep(*first, *second, method="newcomb", compare="diff")
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9)


def test_ratios_without_events_are_said_to_be_undefined() -> None:
    assert intervals.risk_ratio(3, 10, 0, 10).estimate is None
    nobody = intervals.risk_ratio(0, 10, 3, 10)
    assert (nobody.estimate, nobody.interval) == (0, None)
    assert intervals.odds_ratio(10, 10, 3, 10).estimate is None


@pytest.mark.parametrize(("count", "total"), [(0, 0), (-1, 5), (6, 5)])
def test_impossible_counts_are_refused(count: int, total: int) -> None:
    with pytest.raises(ValueError, match="line"):
        intervals.wilson(count, total)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_confidence_level_lies_between_0_and_1(level: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        intervals.z_value(level)


PRINTED = {
    "affective": (10.61, 1.49, 75.38),
    "justice": (4.44, 1.36, 14.46),
    "PTSD": (2.73, 1.64, 4.54),
    "ex-prison veterans": (2.17, 1.09, 4.33),
    "methadone": (11.5, 1.62, 81.8),
    "SCI 12 m": (2.46, 1.16, 5.22),
    "SCI 24 m": (2.81, 1.98, 7.37),
    "NEET": (5.90, 1.91, 18.19),
    "MSK injury": (1.38, 1.00, 1.89),
    "substance": (1.85, 0.65, 5.41),
    "homeless": (1.55, 0.76, 3.15),
    "any job": (1.63, 1.46, 1.82),
    "mild to moderate": (1.70, 1.23, 2.34),
}


def test_the_check_of_printed_ratios_flags_exactly_the_one_that_does_not_fit() -> None:
    flagged = [name for name, row in PRINTED.items() if not intervals.printed_ratio_is_consistent(*row)]
    assert flagged == ["SCI 24 m"]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("PTSD", 0.2598),
        ("MSK injury", 0.1624),
        ("SCI 12 m", 0.3837),
        ("any job", 0.0562),
        ("mild to moderate", 0.1641),
    ],
)
def test_the_standard_error_is_recovered_from_printed_limits(name: str, error: float) -> None:
    assert intervals.log_error(*PRINTED[name][1:]) == pytest.approx(error, abs=5e-5)


def test_limits_of_a_ratio_are_above_zero() -> None:
    with pytest.raises(ValueError, match="above 0"):
        intervals.log_error(0, 2)
    assert math.isclose(intervals.z_value(), 1.959964, abs_tol=1e-6)
