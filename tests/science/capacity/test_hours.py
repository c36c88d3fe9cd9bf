"""Hours a person could work: from their answers, and widely uncertain where there are none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from pacework.science import capacity
from pacework.science.capacity import AnswerError, hours_model
from pacework.science.capacity.hours_link import fit_link, shipped_link, tied
from tests.science.capacity.symptoms import LAST, Symptoms


def answers(count: int, seed: int = 3, cap: float = 8.0, level: float = 0.0, noise: float = 0.6) -> list:
    """Answers of somebody whose hours follow the link."""
    rng = np.random.default_rng(seed)
    pain = np.clip(5 + 1.5 * rng.standard_normal(count), 0, 10)
    fatigue = np.clip(5 + 0.5 * (pain - 5) + rng.standard_normal(count), 0, 10)
    hours = cap / (1 + np.exp(0.4 * (pain - 5) + 0.2 * (fatigue - 5) - level)) + noise * rng.standard_normal(
        count
    )
    days = [LAST - timedelta(days=count - 1 - n) for n in range(count)]
    return list(zip(days, pain, fatigue, np.clip(hours, 0.5, 24), strict=True))


def width(rows: list, **more: object) -> float:
    """80 % range, over paths, of the mean hours of 4 weeks."""
    paths = hours_model(Symptoms(), rows, **more).paths(28, 2000)
    low, high = np.quantile(paths.mean(axis=1), [0.1, 0.9])
    return high - low


def test_paths_have_a_row_each_stay_within_a_day_and_come_again_with_the_seed() -> None:
    model = hours_model(Symptoms())
    paths = model.paths(35, 50, seed=4)
    assert paths.shape == (50, 35)
    assert paths.min() >= 0
    assert paths.max() <= 24
    assert (paths == model.paths(35, 50, seed=4)).all()
    assert (paths != model.paths(35, 50, seed=5)).any()


def test_without_answers_the_range_is_wide_and_it_narrows_as_answers_come() -> None:
    widths = [width(answers(count)) for count in (0, 5, 20, 80)]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > 2.5
    assert widths[-1] < widths[0] / 2.5


def test_what_is_not_known_does_not_average_out_over_weeks() -> None:
    model = hours_model(Symptoms())
    month, year = (np.std(model.paths(days, 2000).mean(axis=1)) for days in (28, 364))
    assert year > 0.85 * month


@pytest.mark.parametrize(("cap", "level"), [(8.0, 0.0), (8.0, 2.0), (4.0, 0.0)])
def test_many_answers_bring_back_the_hours_they_were_drawn_from(cap: float, level: float) -> None:
    model = hours_model(Symptoms(), answers(200, cap=cap, level=level))
    for pain in (3, 5, 7):
        true = cap / (1 + np.exp(0.4 * (pain - 5) + 0.2 * 0.5 * (pain - 5) - level))
        middle, low, high = model.typical(pain)
        assert middle == pytest.approx(true, abs=0.5)
        assert low < middle < high
    assert model.fit.residual == pytest.approx(0.6, abs=0.15)


def test_the_likeliest_link_equals_that_of_a_plain_search() -> None:
    """SciPy's simplex over the posterior written out, the spread of residuals at its best for every link."""
    link, rng = shipped_link(), np.random.default_rng(3)
    pain, tired, age = (rng.integers(low, high, 20).astype(float) for low, high in ((2, 9), (2, 9), (0, 200)))
    hours = 6 / (1 + np.exp(0.35 * (pain - 5) - 0.5)) + 0.5 * rng.standard_normal(20)
    found = fit_link(link, pain=pain, fatigue=tired, hours=hours, flare=np.zeros(20, bool), age=age)
    weight = 0.5 ** (age / link.half_life)

    def cost(at: np.ndarray) -> float:
        taken = np.exp(at[2]) * (pain - 5) + np.exp(at[3]) * (tired - found.fatigue[0])
        off = hours - np.exp(at[0]) / (1 + np.exp(taken - at[1]))
        spread = np.log(link.freedom * link.residual**2 + (weight * off**2).sum())
        return (link.freedom + weight.sum()) * spread + (((at - link.centre) / link.spread) ** 2).sum()

    search = optimize.minimize(
        cost, link.centre, method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-9}
    )
    assert found.centre == pytest.approx(search.x, abs=1e-4)


def test_more_pain_and_more_fatigue_leave_fewer_hours() -> None:
    model = hours_model(Symptoms(), answers(60))
    assert model.typical(3)[0] > model.typical(5)[0] > model.typical(8)[0]
    assert model.typical(5, 2)[0] > model.typical(5, 8)[0]


def test_days_without_hours_come_more_often_on_flare_days() -> None:
    symptoms = Symptoms()
    model = hours_model(symptoms)
    paths = model.paths(112, 2000)
    pain = symptoms.forecast(112).sample(2000, 1)
    none = paths == 0
    flare = pain >= 6.5
    assert none[flare].mean() > 0.2
    assert none[~flare].mean() < 0.06


def test_answers_that_contradict_the_link_are_met_as_well_as_it_can() -> None:
    """More hours in more pain: the search steps back where a step makes it worse, and ends in between."""
    rows = [(LAST - timedelta(days=n), 10 * (n % 2), None, 12 if n % 2 else 0.5) for n in range(40)]
    model = hours_model(Symptoms(), rows)
    assert 2 < model.typical(10)[0] <= model.typical(0)[0] < 12


def test_somebody_who_can_work_no_hours_is_believed() -> None:
    rows = [(day, pain, tired, 0) for day, pain, tired, _ in answers(40)]
    assert (hours_model(Symptoms(), rows).paths() == 0).mean() > 0.8


def test_old_answers_weigh_less() -> None:
    old = [(day - timedelta(days=900), *rest) for day, *rest in answers(40, cap=3.0)]
    assert hours_model(Symptoms(), [*old, *answers(40, cap=8.0)]).typical(5)[0] == pytest.approx(4, abs=0.6)


def test_another_scale_says_the_same() -> None:
    rows = answers(40)
    ten = hours_model(Symptoms(), rows)
    wide = hours_model(
        Symptoms(scale=SimpleNamespace(low=0.0, high=100.0)),
        [(day, pain * 10, tired, hours) for day, pain, tired, hours in rows],
    )
    assert wide.typical(5) == pytest.approx(ten.typical(5))
    assert wide.paths(28, 200).mean() == pytest.approx(ten.paths(28, 200).mean())


def test_totals_of_simulated_people_are_calibrated() -> None:
    """People drawn from the population answer for 30 days; their next 4 weeks lie anywhere in the paths."""
    link = shipped_link()
    symptoms = Symptoms(tie=0.3)
    rng = np.random.default_rng(8)
    places = []
    for person in range(150):
        one = fit_link(link)
        draw = link.centre + link.spread * rng.standard_normal(4)
        true = replace(
            one,
            centre=draw,
            root=np.zeros((4, 4)),
            fatigue_root=np.zeros((2, 2)),
            freedom=1e6,
        )
        pain = symptoms.forecast(58).sample(1, person).T
        hours = true.hours(pain, pain >= 6.5, rng)[:, 0]
        rows = [(LAST - timedelta(days=29 - n), pain[n, 0], None, hours[n]) for n in range(30)]
        paths = hours_model(symptoms, rows).paths(28, 200, seed=person)
        places.append((paths.sum(axis=1) < hours[30:].sum()).mean())
    assert stats.kstest(places, "uniform").pvalue > 0.01
    assert 0.7 < np.mean((np.array(places) > 0.1) & (np.array(places) < 0.9)) < 0.9


def test_the_words_say_where_the_hours_come_from() -> None:
    assert "as for other people" in hours_model(Symptoms()).words
    assert "your 1 answer" in hours_model(Symptoms(), answers(1)).words
    assert "still mostly on other people" in hours_model(Symptoms(), answers(13)).words
    assert hours_model(Symptoms(), answers(14)).words == (
        "The hours rest on your 14 answers about how many you could work."
    )


def test_a_population_may_bring_its_own_link() -> None:
    strong = replace(shipped_link(), centre=np.array([np.log(12.0), 3.0, -1.0, -1.0]))
    assert hours_model(Symptoms(), population=SimpleNamespace(hours_link=strong)).typical(5)[0] > 10
    usual = hours_model(Symptoms()).typical(5)
    assert hours_model(Symptoms(), population=capacity.default_population()).typical(5) == usual
    with pytest.raises(TypeError):
        hours_model(Symptoms(), population=SimpleNamespace(hours_link=3))


def test_answers_of_an_empty_diary_are_used() -> None:
    empty = Symptoms(0)
    assert hours_model(empty, answers(40)).answers == 40
    assert hours_model(empty).diary_days == 0
    assert hours_model(empty).paths(7, 10, start=date(2026, 3, 2)).shape == (10, 7)


def test_one_answer_with_a_wrong_date_leaves_the_others_their_weight() -> None:
    right = answers(60, cap=8.0)
    wrong = (date(2099, 1, 1), 5, 5, 1)
    kept = hours_model(Symptoms(), right).typical(5)[0]
    assert hours_model(Symptoms(), [*right, wrong]).typical(5)[0] == pytest.approx(kept, abs=0.5)


def test_the_later_of_two_answers_for_a_day_counts_and_rows_without_hours_are_none() -> None:
    first, *rest = answers(5)
    corrected = (first[0], 2.0, None, 7.0)
    once = hours_model(Symptoms(), [corrected, *rest])
    twice = hours_model(Symptoms(), [first, *rest, corrected, (LAST, 5, 5, None), (LAST, 5, 5, np.nan)])
    assert twice.answers == once.answers == 5
    assert twice.typical(5) == pytest.approx(once.typical(5))


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ((None, 5, 5, 4), "date"),
        (("someday", 5, 5, 4), "date"),
        ((LAST, None, 5, 4), "pain"),
        ((LAST, np.nan, 5, 4), "pain"),
        ((LAST, 11, 5, 4), "pain"),
        ((LAST, 5, -1, 4), "fatigue"),
        ((LAST, 5, 10.5, 4), "fatigue"),
        ((LAST, 5, np.nan, 25), "hours"),
        ((LAST, 5, None, -1), "hours"),
        ((LAST, 5, None, np.inf), "hours"),
        ((LAST, "much", None, 4), "pain"),
        ((LAST, 5, None, "all day"), "hours"),
        ((LAST, 5, 4), "date"),
        ("2026", "date"),
    ],
)
def test_answers_that_cannot_be_are_refused_at_their_field(row: tuple, field: str) -> None:
    with pytest.raises(AnswerError) as caught:
        hours_model(Symptoms(), [row])
    assert caught.value.field == field


@given(
    st.lists(
        st.tuples(
            st.integers(0, 3650),
            st.floats(0, 10),
            st.none() | st.floats(0, 10),
            st.floats(0, 24),
        ),
        max_size=30,
    )
)
def test_any_answers_give_hours_of_a_day(rows: list[tuple]) -> None:
    model = hours_model(Symptoms(), [(LAST - timedelta(days=age), *rest) for age, *rest in rows])
    paths = model.paths(14, 20)
    assert np.isfinite(paths).all()
    assert ((paths >= 0) & (paths <= 24)).all()


def test_noise_hangs_on_the_day_before_and_keeps_its_size() -> None:
    noise = tied(np.random.default_rng(1).standard_normal((400, 300)), 0.6)
    assert noise.std() == pytest.approx(1, abs=0.02)
    assert np.corrcoef(noise[:-1].ravel(), noise[1:].ravel())[0, 1] == pytest.approx(0.6, abs=0.02)


def test_the_model_of_a_real_diary_gives_hours_too() -> None:
    days = np.arange("2026-01-01", "2026-03-01", dtype="datetime64[D]")
    pain = np.random.default_rng(2).integers(3, 8, len(days))
    model = hours_model(capacity.fit(days, pain), [(days[3], 4, 5, 6.0)])
    assert model.paths(21, 40).shape == (40, 21)
    assert model.diary_days == len(days)
