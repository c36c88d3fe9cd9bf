"""Would these hours hold: the fast simulation against a slow one, what always holds, and the words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacework.science.capacity import (
    ADJUSTMENTS,
    FewerDays,
    Fit,
    HomeDays,
    Job,
    LaterStart,
    RestBreaks,
    ShorterShifts,
    SwapInWeek,
    Together,
    hours_model,
    sustainability,
)
from pacework.science.capacity.effort import plan
from pacework.science.capacity.fits import funded_share
from pacework.science.capacity.job import KEYS
from pacework.science.capacity.sustainability_words import about, sentences, then
from pacework.science.capacity.weeks import live
from pacework.science.measures.rules import LegalRate, WeekWorked, funded_outcome, funded_rule
from tests.science.capacity.symptoms import LAST, GivenHours, Symptoms

MORNINGS = Job(dict.fromkeys(("mon", "wed", "fri"), ("10:00", "13:00")))


def some_hours(seed: int, weeks: int = 16, paths: int = 40) -> np.ndarray:
    """Hours in quarters, so that days just enough and just short come up; shape (weeks, 7, paths)."""
    rng = np.random.default_rng(seed)
    return np.round(np.clip(rng.normal(4.0, 2.0, (weeks, 7, paths)), 0, 12) * 4) / 4


def slow_week(job: Job, hours: list[float], week: int) -> tuple[int, float]:
    """Missed shifts and paid hours of a week, the slow way: every way of making up shifts is tried."""
    life = plan(job, week + 1)
    need, pays = life.need[:, week], life.paid[:, week]
    missed = [day for day in job.working_days if hours[day] < need[day] - 1e-9]
    done = [day for day in job.working_days if day not in missed]
    best: tuple[int, ...] = ()
    for size in range(len(missed), 0, -1):
        for chosen in combinations(missed, size):
            for slots in permutations(job.swap_to, size):
                if all(
                    slot > day and hours[slot] >= need[day] - 1e-9
                    for day, slot in zip(chosen, slots, strict=True)
                ):
                    best = max(best, chosen, key=lambda days: (len(days), sum(need[day] for day in days)))
        if best:
            break
    paid = sum(pays[day] for day in (*done, *best))
    return len(missed) - len(best), paid


jobs = st.builds(
    Job,
    st.dictionaries(
        st.sampled_from(KEYS),
        st.tuples(st.sampled_from(("08:00", "09:30", "12:00")), st.sampled_from(("12:30", "14:00", "17:15"))),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from((0, 25, 60)),
    home_days=st.lists(st.sampled_from(KEYS), max_size=2),
    swap_days=st.booleans() | st.lists(st.sampled_from(KEYS), max_size=3),
    rest_minutes=st.sampled_from((0, 10)),
    build_up_weeks=st.sampled_from((0, 3)),
)


@settings(max_examples=60)
@given(jobs, st.integers(0, 1000))
def test_the_fast_weeks_equal_slow_ones(job: Job, seed: int) -> None:
    hours = some_hours(seed, weeks=4, paths=3)
    worked = live(np.ascontiguousarray(hours.swapaxes(0, 1)), plan(job, 4))
    for week in range(4):
        for path in range(3):
            missed, paid = slow_week(job, hours[week, :, path].tolist(), week)
            assert worked.missed[week, path] == missed
            assert worked.paid[week, path] == pytest.approx(paid)


def test_a_day_just_enough_is_worked_and_one_just_short_is_not() -> None:
    hours = np.full((1, 7, 2), 3.0)
    hours[0, 2, 1] = 2.99
    worked = live(hours.swapaxes(0, 1), plan(MORNINGS, 1))
    assert worked.missed.tolist() == [[0, 1]]
    assert worked.paid.tolist() == [[9, 6]]


def test_a_missed_shift_is_made_up_later_in_the_week_and_never_before() -> None:
    hours = np.zeros((1, 7, 1))
    hours[0, [0, 1, 2]] = 3  # Friday is missed; the free Tuesday lies before it
    job = SwapInWeek().apply(MORNINGS).changed(swap_days=["tue", "sun"])
    assert live(hours.swapaxes(0, 1), plan(job, 1)).missed.tolist() == [[1]]
    hours[0, 6] = 3
    assert live(hours.swapaxes(0, 1), plan(job, 1)).missed.tolist() == [[0]]


def test_a_day_worked_in_part_pays_the_part_and_still_counts_as_missed() -> None:
    job = Job({"mon": ("10:00", "13:00"), "tue": ("10:00", "13:00")}, 60, part_shifts=True, build_up_weeks=1)
    hours = np.zeros((3, 7, 1))
    hours[:, 0] = 2.5  # an hour for the way, an hour and a half of work
    hours[:, 1] = 1.5  # half an hour of work: not worth setting out for
    worked = live(hours.swapaxes(0, 1), plan(job, 3))
    assert worked.missed[:, 0].tolist() == [1, 2, 2]
    assert worked.paid[:, 0].tolist() == [1.5, 1.5, 1.5]
    whole = live(hours.swapaxes(0, 1), plan(job.changed(part_shifts=False), 3))
    assert whole.paid[:, 0].tolist() == [1.5, 0, 0]


def floor(day: date, apprentice_since: date | None) -> LegalRate:
    return LegalRate(Decimal("12.21"))


@settings(max_examples=50)
@given(st.integers(0, 10_000), st.integers(13, 20), st.floats(0.6, 0.95))
def test_the_funded_outcome_is_that_of_the_rules(seed: int, weeks: int, chance: float) -> None:
    rng = np.random.default_rng(seed)
    paid = np.where(rng.random((weeks, 12)) < chance, rng.choice([7.0, 9.5], (weeks, 12)), 6.9)
    monday = LAST + timedelta(days=1)
    reached = []
    for path in range(12):
        rows = [
            WeekWorked(monday + timedelta(weeks=week), round(paid[week, path] * 60), Decimal("12.21"))
            for week in range(weeks)
        ]
        reached.append(funded_outcome(rows, monday, None, floor).reached_on is not None)
    assert funded_share(paid, funded_rule()) == pytest.approx(np.mean(reached))


def test_fewer_weeks_than_the_rule_needs_or_unknown_pay_leave_the_outcome_open() -> None:
    assert funded_share(np.full((12, 5), 9.0), funded_rule()) is None
    hours = GivenHours(np.full((16, 7, 5), 9.0))
    assert sustainability(hours, MORNINGS, paths=5).as_it_is.funded == 1
    low = sustainability(hours, MORNINGS.changed(pays_legal_minimum=False), paths=5)
    assert low.as_it_is.funded == 0
    assert "The pay does not reach the legal minimum" in " ".join(low.words)
    unknown = sustainability(hours, MORNINGS.changed(pays_legal_minimum=None), paths=5)
    assert unknown.as_it_is.funded is None
    assert {fit.gain_funded for fit in unknown.adjusted} == {None}
    assert "funded outcome" not in " ".join(unknown.words)
    short = sustainability(GivenHours(np.full((4, 7, 5), 9.0)), MORNINGS, weeks=4, paths=5)
    assert short.as_it_is.funded is None
    assert short.as_it_is.shifts == 12
    assert "Over 4 weeks, all 12 shifts could be worked." in short.words


def test_figures_are_those_of_thirteen_weeks_counted_by_hand() -> None:
    hours = np.full((16, 7, 10), 9.0)
    hours[:3, 0, 0] = 0  # one path misses three Mondays
    hours[13:, :, 1] = 0  # another everything after week 13
    hours[:, 0, 2] = 0  # another every Monday
    fit = sustainability(GivenHours(hours), MORNINGS, paths=10).as_it_is
    assert fit.shifts == 39
    assert fit.share_workable == pytest.approx(1 - 16 / 390)
    assert (fit.missed_low, fit.missed, fit.missed_high) == (0, 0, 3)
    assert fit.held == pytest.approx(0.9)
    assert fit.week_with_miss == pytest.approx(16 / 130)
    # The third path works 6 hours a week, which do not count.
    assert fit.funded == pytest.approx(0.9)


@settings(max_examples=40)
@given(jobs, st.integers(0, 1000), st.booleans())
def test_shorter_shifts_never_lower_what_is_workable(job: Job, seed: int, part: bool) -> None:
    result = sustainability(
        GivenHours(some_hours(seed)),
        job.changed(part_shifts=part),
        paths=40,
        adjustments=[
            ShorterShifts(30),
            ShorterShifts(60),
            ShorterShifts(120),
            RestBreaks(),
            HomeDays(),
            SwapInWeek(),
        ],
    )
    assert all(fit.gain >= 0 and fit.gain_low >= 0 for fit in result.adjusted)
    # Not every day may be shortened by more, so the longer cut is only compared where it is.
    thirty, sixty, _ = result.adjusted[:3]
    if sixty.changes and sixty.hours_a_week <= thirty.hours_a_week:
        assert sixty.share_workable >= thirty.share_workable


@pytest.fixture(scope="module")
def result():
    rows = [(LAST - timedelta(days=n), 4 + n % 3, None, 4.5 - (n % 3) * 0.5) for n in range(40)]
    hours = hours_model(Symptoms(), rows)
    job = Job(dict.fromkeys(KEYS[:4], ("09:00", "13:00")), commute_minutes=35)
    return sustainability(hours, job)


def test_the_same_seed_gives_the_same_result_and_it_begins_on_a_monday(result) -> None:
    assert result.start == date(2026, 3, 2)
    assert len(result.summary) == 13
    assert result.summary[0] is result.as_it_is
    again = result.together("later-start-60")
    assert again.share_workable == result.adjusted[0].share_workable


def test_gains_are_differences_over_the_same_paths(result) -> None:
    for fit in result.adjusted:
        assert fit.gain == pytest.approx(fit.share_workable - result.as_it_is.share_workable)
        assert fit.gain_held == pytest.approx(fit.held - result.as_it_is.held)
        assert fit.gain_low <= fit.gain_high
        assert fit.changes == (fit.job is not result.as_it_is.job)


def test_two_together_are_lived_through_and_not_added_up(result) -> None:
    both = result.together(LaterStart(), "home-days-1")
    alone = sustainability(
        hours_model(
            Symptoms(), [(LAST - timedelta(days=n), 4 + n % 3, None, 4.5 - (n % 3) * 0.5) for n in range(40)]
        ),
        Together(LaterStart(), HomeDays()).apply(result.as_it_is.job),
        adjustments=(),
    ).as_it_is
    assert both.share_workable == alone.share_workable
    assert both.held == alone.held
    singles = [fit.gain for fit in result.adjusted if fit.key in ("later-start-60", "home-days-1")]
    assert both.gain > max(singles)
    assert both.gain != pytest.approx(sum(singles), abs=1e-6)
    with pytest.raises(KeyError):
        result.together("a-stool")


def test_pairs_and_triples_are_of_different_kinds_and_the_best_beats_each_alone(result) -> None:
    pairs = result.combined(2)
    assert len({fit.key for fit in pairs}) == len(pairs) == 61
    # A day fewer leaves the days at home nothing: that pair would be the one alone.
    assert all("; " in fit.words for fit in pairs)
    assert not [fit for fit in pairs if fit.key == "later-start-60+later-start-120"]
    assert result.best_combined(2) is not None
    assert result.best_combined(2).gain >= result.best.gain
    assert result.best_combined(3).gain >= result.best_combined(2).gain
    with pytest.raises(ValueError, match="Two or three"):
        result.combined(4)


def test_the_best_does_not_cost_the_funded_outcome() -> None:
    hours = GivenHours(np.full((16, 7, 20), 2.4))
    hours.hours[:, :, :10] = 3.5
    result = sustainability(
        hours, MORNINGS, paths=20, adjustments=[ShorterShifts(60), RestBreaks(10), FewerDays()]
    )
    shorter, rest, fewer = result.adjusted
    assert shorter.gain == pytest.approx(0.5)
    assert shorter.gain_funded == pytest.approx(-0.5)
    assert [fit.key for fit in result.ranked] == [rest.key, shorter.key, fewer.key]
    only = sustainability(hours, MORNINGS, paths=20, adjustments=[ShorterShifts(60)])
    assert only.words[-1].endswith("Its weeks would have fewer than 7 paid hours.")


def test_a_job_of_too_few_hours_for_the_funded_outcome_says_so() -> None:
    hours = GivenHours(np.full((16, 7, 3), 9.0))
    found = sustainability(hours, Job({"mon": ("10:00", "16:59")}), paths=3)
    assert found.words[-1] == (
        "A week needs 7 paid hours to count towards the funded outcome; this job has fewer."
    )
    assert found.as_it_is.funded == 0
    enough = sustainability(hours, Job({"mon": ("10:00", "17:00")}), paths=3)
    assert enough.as_it_is.funded == 1


def test_of_changes_that_gain_about_the_same_the_one_that_keeps_the_pay_stands_first() -> None:
    hours = np.full((16, 7, 100), 9.0)
    hours[:, 0] = 2.6  # Mondays: an hour less, or a rest in each hour, both make them possible
    hours[0, 2, 0] = 2.2  # one Wednesday of one life: only the hour less does
    result = sustainability(
        GivenHours(hours), MORNINGS, paths=100, adjustments=[ShorterShifts(60), RestBreaks(30)]
    )
    shorter, rest = result.adjusted
    assert 0 <= shorter.gain - rest.gain < 0.02
    assert [fit.key for fit in result.ranked] == [rest.key, shorter.key]
    assert result.best is rest


def test_what_changes_nothing_stands_last_and_gains_nothing(result) -> None:
    at_home = result.as_it_is.job.changed(commute_minutes=0)
    found = sustainability(GivenHours(some_hours(1)), at_home, paths=40)
    assert [fit.key for fit in found.ranked[-2:]] == ["home-days-1", "home-days-2"]
    assert {fit.gain for fit in found.ranked[-2:]} == {0.0}
    assert {fit.gain_funded for fit in found.ranked[-2:]} == {0.0}


def test_a_poor_fit_comes_with_its_best_adjustment(result) -> None:
    assert result.poor
    assert result.help_words == result.words[1]
    assert result.funded_words in result.words
    assert result.words[0].startswith("In 10 weeks like these, ")
    assert result.words[0].endswith("would have a day you could not work these hours.")
    assert result.words[1].startswith("What would help most: ")
    lower = result.best.words[0].lower() + result.best.words[1:]
    assert lower in result.words[1]


def test_a_poor_fit_that_nothing_helps_says_so() -> None:
    hopeless = sustainability(GivenHours(np.zeros((16, 7, 5))), MORNINGS, paths=5)
    assert hopeless.best is None
    assert hopeless.best_combined(2) is None
    assert "None of the changes tried here alone would help." in hopeless.words[1]
    assert hopeless.words[0] == "In 10 weeks like these, all would have a day you could not work these hours."
    assert hopeless.words[2] == "Over 13 weeks, none of the 39 shifts could be worked."


def test_a_good_fit_says_what_helps_last_and_nothing_where_nothing_is_needed() -> None:
    hours = np.full((16, 7, 20), 9.0)
    words = sustainability(GivenHours(hours), MORNINGS, paths=20).words
    assert words[:2] == (
        "In 10 weeks like these, none would have a day you could not work these hours.",
        "Over 13 weeks, all 39 shifts could be worked.",
    )
    (funded,) = words[2:]
    assert funded == (
        "Of 10 times through these weeks, all would reach the funded outcome: 13 weeks of at least 7 paid "
        "hours within 16."
    )
    hours[0, 0, :4] = 2.9
    words = sustainability(GivenHours(hours), MORNINGS, paths=20).words
    assert words[0].startswith("In 10 weeks like these, hardly any would")
    assert words[1] == (
        "Over 13 weeks, all 39 shifts could most likely be worked; 9 times in 10, at most 1 could not."
    )
    # Nothing that would be noticed: no change is named for hours that hold.
    assert "help" not in " ".join(words)
    hours[0, 0, :19] = 2.9
    words = sustainability(GivenHours(hours), MORNINGS, paths=20).words
    assert words[-1].startswith("What would help most: ")
    assert words[-1].endswith("Then no day is missed.")


def test_of_a_poor_fit_a_change_that_helps_little_is_named_as_that() -> None:
    hours = np.full((16, 7, 40), 0.0)
    hours[0, 0, :2] = 2.4
    said = sustainability(GivenHours(hours), MORNINGS, paths=40, adjustments=[ShorterShifts(60)]).words[1]
    assert said == (
        "What would help most: finish at 12:00 instead of 13:00 (6 paid hours a week instead of 9). Then "
        "nearly all of the 39 shifts still could not be worked. That is only a little better."
    )


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "Then no day is missed."),
        (0.01, "Then a day is missed in hardly any week."),
        (0.3, "Then a day is missed in about 3 of 10 weeks."),
        (0.98, "Then a day is missed in nearly every week."),
        (1, "Then a day is missed in nearly every week."),
    ],
)
def test_what_a_change_leaves_is_said_in_weeks(result, share: float, words: str) -> None:
    was = replace(result.as_it_is, week_with_miss=0.5)
    assert then(replace(was, week_with_miss=share), was) == words


@pytest.mark.parametrize(
    ("left", "words"),
    [
        ({"missed": 25}, "Then about 25 of 39 shifts could not be worked instead of 38."),
        ({"missed": 20, "shifts": 26}, "Then about 20 of 26 shifts could not be worked instead of 38 of 39."),
        ({"missed": 37}, "Then about 37 of 39 shifts could not be worked instead of 38."),
        ({"missed": 39}, "Then nearly all of the 39 shifts still could not be worked."),
        ({"missed": 38}, "Then nearly all of the 39 shifts still could not be worked."),
        ({"missed": 26, "shifts": 26}, "Then nearly all of the 26 shifts still could not be worked."),
    ],
)
def test_where_weeks_do_not_tell_changes_apart_shifts_do(result, left, words: str) -> None:
    was = replace(result.as_it_is, week_with_miss=1, missed=38, shifts=39)
    assert then(replace(was, week_with_miss=0.98, **left), was) == words


def test_where_few_weeks_miss_a_day_with_and_without_a_change_shifts_tell_them_apart(result) -> None:
    was = replace(result.as_it_is, week_with_miss=0.1, missed=1, shifts=39)
    assert then(was, was) == "Then about 1 of 39 shifts still could not be worked."
    assert then(replace(was, missed=0), was) == "Then all 39 shifts could most likely be worked."


def test_the_count_of_missed_shifts_has_a_range_where_paths_differ() -> None:
    hours = np.full((16, 7, 10), 9.0)
    hours[:4, 0] = 0
    words = sustainability(GivenHours(hours), MORNINGS, paths=10).words
    assert "Over 13 weeks, about 4 of 39 shifts could not be worked." in words
    hours[:6, 2, 5:] = 0
    words = sustainability(GivenHours(hours), MORNINGS, paths=10).words
    assert (
        "Over 13 weeks, about 4 of 39 shifts could not be worked (4 times in 5, between 4 and 10)." in words
    )


def test_that_nearly_every_shift_is_missed_is_said_without_counting_to_the_last() -> None:
    hours = np.zeros((16, 7, 10))
    hours[:2, 0, :3] = 9
    said = sustainability(GivenHours(hours), MORNINGS, paths=10).shifts_words
    assert said == (
        "Over 13 weeks, nearly all of the 39 shifts could not be worked (9 times in 10, at least 37)."
    )
    hours[:] = 0
    hours[0, 0] = 9
    result = sustainability(GivenHours(hours), MORNINGS, paths=10)
    assert result.shifts_words == "Over 13 weeks, nearly all of the 39 shifts could not be worked."
    assert result.shifts_words in result.words


def test_where_shifts_are_swapped_the_words_are_about_those_not_made_up() -> None:
    result = sustainability(
        GivenHours(some_hours(2)), MORNINGS.changed(swap_days=True, commute_minutes=None), paths=40
    )
    assert "would have a shift you could neither work nor make up." in result.words[0]
    assert "The travel is not known" in " ".join(result.words)


@pytest.mark.parametrize(
    ("diary", "answers", "words"),
    [
        (0, 0, "Your diary has 0 days so far. Until it has 14, this mostly reflects other people and"),
        (1, 99, "Your diary has 1 day so far."),
        (13, 99, "Your diary has 13 days so far."),
        (14, 0, "You have given no answers so far about the hours you could work. Until there are 14,"),
        (14, 1, "You have given 1 answer so far"),
        (14, 13, "You have given 13 answers so far"),
        (14, 14, ""),
    ],
)
def test_little_data_is_said(diary: int, answers: int, words: str) -> None:
    hours = GivenHours(np.full((16, 7, 5), 9.0), diary or 1, answers)
    found = sustainability(hours, MORNINGS, paths=5)
    said = sentences(found.as_it_is, None, poor=False, weeks=1, diary_days=diary, answers=answers)
    assert said[1].startswith("Over 1 week, ")
    assert said[-1].startswith(words) if words else "reflects" not in said[-1]
    if diary:
        assert found.words[-1].startswith(words) if words else "reflects" not in found.words[-1]
        assert found.few_words.startswith(words)
        assert bool(found.few_words) is bool(words)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "none"),
        (0.02, "hardly any"),
        (0.06, "about 1"),
        (0.31, "about 3"),
        (0.97, "nearly all"),
        (1, "all"),
    ],
)
def test_shares_are_counted_out_of_ten(share: float, words: str) -> None:
    assert about(share) == words


def test_it_starts_on_the_next_monday_and_never_inside_the_diary() -> None:
    hours = GivenHours(np.full((2, 7, 3), 9.0))

    def begins(**more: object) -> date:
        return sustainability(hours, MORNINGS, weeks=2, paths=3, adjustments=(), **more).start

    assert begins() == date(2026, 3, 2)
    assert begins(start="2026-03-04") == date(2026, 3, 9)
    assert begins(start=date(2026, 3, 9)) == date(2026, 3, 9)
    assert begins(start=date(2025, 1, 1)) == date(2026, 3, 2)
    empty = GivenHours(np.full((2, 7, 3), 9.0), diary_days=0)
    assert sustainability(empty, MORNINGS, weeks=2, paths=3, start="2026-05-01").start == date(2026, 5, 4)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"weeks": 0}, "Weeks are 1 to 104"),
        ({"weeks": 105}, "Weeks are 1 to 104"),
        ({"paths": 0}, "At least one path"),
        ({"adjustments": [LaterStart(), LaterStart()]}, "tried once"),
    ],
)
def test_what_cannot_be_asked_is_refused(arguments: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        sustainability(GivenHours(np.zeros((16, 7, 1))), MORNINGS, **arguments)


def test_nothing_is_a_score_or_a_ranking_of_a_person(result) -> None:
    names = {name for thing in (result, result.as_it_is) for name in dir(thing)}
    assert not [name for name in names if "score" in name or "risk" in name or "person" in name]
    assert isinstance(result.best, Fit)


def test_more_paths_than_one_seed_agree() -> None:
    hours = hours_model(Symptoms())
    one, two = (
        sustainability(hours, MORNINGS, seed=seed, paths=2000, adjustments=ADJUSTMENTS[:1]).as_it_is
        for seed in (1, 2)
    )
    assert one.share_workable == pytest.approx(two.share_workable, abs=0.04)
    assert one.share_workable != two.share_workable
