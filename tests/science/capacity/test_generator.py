"""Invented diaries against the recipe they follow, and against the real table."""

from __future__ import annotations

import numpy as np
import pytest

from pacework.science import capacity
from pacework.science.capacity.assumptions import number
from pacework.science.capacity.diary import clean
from pacework.science.capacity.generator import QUARTER
from pacework.science.capacity.variability import variability

# Real pain series without the longest person's: standard deviation, autocorrelation, mean change.
REAL = [
    (0.69, 0.36, 0.52), (0.59, 0.60, 0.35), (0.68, 0.69, 0.27), (0.94, 0.43, 0.61), (0.81, 0.34, 0.60),
    (0.19, 0.34, 0.15), (0.50, 0.45, 0.31), (0.89, 0.55, 0.53), (0.48, 0.36, 0.44), (0.68, 0.48, 0.54),
    (0.69, 0.37, 0.60), (0.80, 0.47, 0.61), (0.55, 0.56, 0.29),
]  # fmt: skip
MANY = [capacity.simulate_diary(QUARTER, seed) for seed in range(400)]


def calmest(**changes: object) -> capacity.Person:
    facts = {
        "mean": 5.0, "sd": 1.0, "tie": 0.0, "flare_start": 0.0, "flare_median": 5.0, "skewed": False,
        "outliers": False, "drifting": False, "step": 1.0, "fatigue": 5.0, "rated": 0.9,
    }  # fmt: skip
    return capacity.Person(**{**facts, **changes})


def test_the_same_seed_invents_the_same_diary() -> None:
    one, same, other = (capacity.simulate_diary(40, seed) for seed in (1, 1, 2))
    assert (one.pain == same.pain).all()
    assert (one.dates == same.dates).all()
    assert (one.pain != other.pain).any()


def test_ratings_lie_on_the_persons_steps_inside_the_scale() -> None:
    for one in MANY[:60]:
        for ratings in (one.pain, one.fatigue):
            assert (ratings == np.rint(ratings / one.person.step) * one.person.step).all()
            assert ((ratings >= 0) & (ratings <= 10)).all()
        assert (one.hours * 4 == np.rint(one.hours * 4)).all()
        assert ((one.hours >= 0) & (one.hours <= 24)).all()
        assert one.values.tolist() == one.pain[one.rated].tolist()
        assert len(one.days) == QUARTER


def test_the_indices_cover_the_real_table() -> None:
    """Refitted, invented people reach as far as most of the real series; the calmest are calmer still."""
    found = [variability(clean(one.dates, one.values)) for one in MANY]
    for place, name in enumerate(("sd", "autocorrelation", "change")):
        values = [getattr(one, name).value for one in found if getattr(one, name).value is not None]
        low, high = np.percentile(values, [2.5, 97.5])
        covered = [low <= row[place] <= high for row in REAL]
        assert np.mean(covered) > 0.6, name
    runs = [one.longest_flare for one in found]
    assert 1 <= np.median(runs) <= 3
    # Shorter than the longest real run of 15: a missed day ends a run, and flares fade below the limit.
    assert max(runs) >= 5


def test_people_differ_as_the_recipe_says() -> None:
    rng = np.random.default_rng(1)
    people = [capacity.simulate_person(rng) for _ in range(4000)]
    sds = np.array([one.sd for one in people])
    assert np.median(sds) == pytest.approx(number("generator", "sd_median"), rel=0.05)
    assert (sds >= number("generator", "sd_low")).all()
    assert (sds <= number("generator", "sd_high")).all()
    assert np.mean([one.mean for one in people]) == pytest.approx(5, abs=0.1)
    assert np.median([one.tie for one in people]) == pytest.approx(0.45, abs=0.03)
    assert np.mean([one.skewed for one in people]) == pytest.approx(0.5, abs=0.03)
    assert np.mean([one.outliers for one in people]) == pytest.approx(0.25, abs=0.03)
    assert np.mean([one.step == 0.5 for one in people]) == pytest.approx(0.3, abs=0.03)


def test_half_the_others_have_no_flare_and_the_rest_as_many_as_published() -> None:
    rng = np.random.default_rng(2)
    starts = np.array([capacity.simulate_person(rng, volatile=False).flare_start for _ in range(6000)])
    assert (starts == 0).mean() == pytest.approx(0.5, abs=0.03)
    assert starts[starts > 0].mean() * QUARTER == pytest.approx(1.5, rel=0.06)


def test_volatile_people_spend_a_tenth_to_a_sixth_of_their_days_in_flares() -> None:
    share = np.mean([capacity.simulate_diary(364, seed, volatile=True).flare.mean() for seed in range(120)])
    assert 0.10 < share < 0.17


def test_flares_raise_pain_and_last_as_long_as_published() -> None:
    lengths, raised = [], []
    for seed in range(150):
        one = capacity.simulate_diary(364, seed, person=calmest(sd=0.5, flare_start=0.01))
        edges = np.diff(np.concatenate([[0], one.flare.astype(int), [0]]))
        first, last = np.nonzero(edges == 1)[0], np.nonzero(edges == -1)[0]
        lengths += (last - first).tolist()
        raised += (one.pain[first] - 5).tolist()
    assert np.percentile(lengths, [25, 50, 75]) == pytest.approx([3, 5, 8], abs=1)
    assert max(lengths) <= 2 * number("generator", "flare_longest")
    assert np.mean(raised) == pytest.approx(2.7, abs=0.2)


def test_skew_drift_and_clusters_show() -> None:
    def pain(**changes: bool) -> np.ndarray:
        who = calmest(**changes)
        return np.stack([capacity.simulate_diary(200, seed, person=who).pain for seed in range(60)])

    plain, skewed, drifting = pain(), pain(skewed=True), pain(drifting=True)
    clustered = pain(outliers=True)

    def skewness(values: np.ndarray) -> float:
        return float((((values - values.mean()) / values.std()) ** 3).mean())

    assert skewness(skewed) > skewness(plain) + 0.3
    assert drifting[:, -30:].mean(axis=1).std() > plain[:, -30:].mean(axis=1).std() * 1.5
    assert (clustered >= 8).mean() > 2 * (plain >= 8).mean()


def test_fatigue_goes_with_pain() -> None:
    ties = [np.corrcoef(one.pain, one.fatigue)[0, 1] for one in MANY if one.pain.std() > 0]
    assert 0.4 < np.median(ties) < 0.6


def test_poor_sleep_raises_pain_the_day_after() -> None:
    many = [capacity.simulate_diary(400, seed, person=calmest(step=0.5)) for seed in range(60)]
    lift = np.mean([one.pain[one.poor_sleep].mean() - one.pain[~one.poor_sleep].mean() for one in many])
    assert lift == pytest.approx(0.2, abs=0.06)


def test_worse_days_leave_fewer_hours() -> None:
    usual = np.concatenate([one.hours[~one.flare] for one in MANY])
    flares = np.concatenate([one.hours[one.flare] for one in MANY])
    assert flares.mean() < usual.mean() - 1
    assert (flares == 0).mean() > 0.15
    assert 0.01 < (usual == 0).mean() < 0.08


def test_fewer_days_are_rated_as_time_goes_on() -> None:
    long = [capacity.simulate_diary(200, seed) for seed in range(80)]
    assert np.mean([one.rated[:20].mean() for one in long]) == pytest.approx(0.85, abs=0.03)
    assert np.mean([one.rated[-20:].mean() for one in long]) == pytest.approx(0.45, abs=0.05)
    assert capacity.simulate_diary(60, 1, missing="none").rated.all()


def test_bad_days_can_be_missed_more() -> None:
    many = [capacity.simulate_diary(91, seed, missing="worse", volatile=True) for seed in range(100)]
    flares = np.mean(np.concatenate([one.rated[one.flare] for one in many]))
    others = np.mean(np.concatenate([one.rated[~one.flare] for one in many]))
    assert flares < 0.7 * others


def test_what_cannot_be_invented_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        capacity.simulate_diary(0)
    with pytest.raises(ValueError, match="none, falling, worse"):
        capacity.simulate_diary(5, missing="often")  # type: ignore[arg-type]


def test_the_summary_says_that_it_is_invented() -> None:
    assert capacity.simulate_diary(30, 1).summary.endswith("Invented.")
