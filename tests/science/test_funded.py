"""The funded outcome: 13 qualifying weeks in any 16, inside support, at the legal minimum."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacework.science.measures.rules import (
    FundedOutcome,
    LegalRate,
    Verdict,
    WeekWorked,
    funded_outcome,
    funded_rule,
    qualifying_weeks,
    sunday,
    wage_table,
)

START = date(2025, 6, 2)
PAY = Decimal("12.21")
WEEK = timedelta(days=7)


def floor(day: date, apprentice_since: date | None) -> LegalRate:
    return LegalRate(PAY)


def week(number: int, minutes: int | None = 420, pay: Decimal | None = PAY, **more: object) -> WeekWorked:
    return WeekWorked(START + number * WEEK, minutes, pay, row=number, **more)


def judge(weeks: list[WeekWorked], until: date | None = None, **more: object) -> FundedOutcome:
    return funded_outcome(weeks, START, until, floor, **more)


def end_of(number: int) -> date:
    return sunday(START + number * WEEK)


def test_thirteen_straight_weeks_pass_on_the_sunday_of_the_thirteenth() -> None:
    result = judge([week(n) for n in range(13)])
    assert result.reached_on == end_of(12)
    assert result.counted == tuple(START + n * WEEK for n in range(13))
    assert result.progress.words == "reached on 31 August 2025"
    assert result.steps[-1].code == "result"
    assert "13 qualifying weeks within 13 weeks in a row" in result.steps[-1].words


@pytest.mark.parametrize("gaps", [{1, 5, 9}, {12, 13, 14}, {3, 4, 5}])
def test_thirteen_weeks_with_three_gaps_pass(gaps: set[int]) -> None:
    result = judge([week(n) for n in range(16) if n not in gaps])
    assert result.reached_on == end_of(15)


def test_thirteen_weeks_over_seventeen_fail() -> None:
    assert judge([week(n) for n in range(17) if n not in {2, 5, 8, 11}]).reached_on is None


def test_twelve_of_sixteen_fail() -> None:
    result = judge([week(n) for n in range(16) if n not in {2, 5, 8, 11}])
    assert result.reached_on is None
    assert result.counted == ()


@pytest.mark.parametrize(("minutes", "passes"), [(414, False), (419, False), (420, True)])
def test_six_point_nine_hours_fail_and_seven_pass(minutes: int, passes: bool) -> None:
    assert (judge([week(n, minutes) for n in range(13)]).reached_on is not None) is passes


def test_hours_are_added_over_all_jobs() -> None:
    weeks = [week(n, 210, spell=job) for n in range(13) for job in ("a", "b")]
    result = judge(weeks)
    assert result.reached_on == end_of(12)
    assert result.weeks[0].rows == (0, 0)


def test_a_day_inside_the_week_stands_for_its_week() -> None:
    assert judge([WeekWorked(START + n * WEEK + timedelta(days=3), 420, PAY) for n in range(13)]).reached_on


def test_the_second_marker_asks_for_sixteen_hours() -> None:
    at_sixteen = judge([week(n, 960) for n in range(13)])
    assert at_sixteen.second_reached_on == at_sixteen.reached_on == end_of(12)
    assert at_sixteen.second_counted == at_sixteen.counted
    assert at_sixteen.steps[-1].code == "second"
    below = judge([week(n, 959) for n in range(13)])
    assert (below.second_reached_on, below.second_counted) == (None, ())


def test_pay_below_the_legal_minimum_does_not_qualify_and_says_why() -> None:
    weeks = [week(n) for n in range(12)] + [week(12, pay=Decimal("12.20"))]
    result = judge(weeks)
    assert result.reached_on is None
    last = result.weeks[-1]
    assert (last.verdict, last.paid_minutes, last.qualifying_minutes) == (Verdict.TOO_FEW_HOURS, 420, 0)
    assert "£12.20 an hour is below the legal minimum of £12.21." in last.words


def test_pay_a_fraction_of_a_penny_below_is_shown_in_full() -> None:
    result = judge([week(0, pay=Decimal("12.209"))])
    assert "£12.209 an hour is below the legal minimum of £12.21." in result.weeks[0].words


@pytest.mark.parametrize(("minutes", "pay"), [(420, None), (None, PAY), (None, None)])
def test_unknown_pay_or_hours_make_a_week_not_known(minutes: int | None, pay: Decimal | None) -> None:
    result = judge([week(n) for n in range(12)] + [week(12, minutes, pay)])
    assert result.reached_on is None
    assert result.weeks[-1].verdict is Verdict.NOT_KNOWN
    assert result.possible_on == end_of(12)
    assert "not recorded" in result.weeks[-1].words
    assert result.steps[-1].words == (
        "If the weeks that are not known qualify, it is reached on 31 August 2025."
    )


def test_unknown_pay_decides_nothing_where_the_other_hours_already_do() -> None:
    enough = judge([week(0), week(0, 300, None, spell="b")])
    assert enough.weeks[0].verdict is Verdict.QUALIFIES
    too_few = judge([week(0, 200), week(0, 200, None, spell="b")])
    assert too_few.weeks[0].verdict is Verdict.TOO_FEW_HOURS
    assert judge([week(0, 0, None)]).weeks[0].verdict is Verdict.TOO_FEW_HOURS


def test_weeks_outside_support_do_not_count() -> None:
    weeks = [week(n) for n in range(13)]
    assert judge(weeks, until=end_of(12)).reached_on == end_of(12)
    cut = judge(weeks, until=end_of(12) - timedelta(days=1))
    assert cut.reached_on is None
    assert cut.weeks[-1].verdict is Verdict.OUTSIDE_SUPPORT
    late_entry = funded_outcome(weeks, START + timedelta(days=1), None, floor)
    assert late_entry.reached_on is None
    assert late_entry.weeks[0].verdict is Verdict.OUTSIDE_SUPPORT


def test_a_week_that_is_not_over_does_not_count_yet() -> None:
    weeks = [week(n) for n in range(13)]
    before = judge(weeks, as_of=end_of(12) - timedelta(days=1))
    assert before.reached_on is None
    assert before.weeks[-1].verdict is Verdict.NOT_FINISHED
    assert before.progress.words == "week 12 of 13"
    assert judge(weeks, as_of=end_of(12)).reached_on == end_of(12)


def test_progress_says_how_far_and_how_many_weeks_may_still_be_missed() -> None:
    result = judge([week(n) for n in range(9)], as_of=end_of(8))
    assert result.progress.words == "week 9 of 13"
    assert (result.progress.can_miss, result.progress.earliest_on) == (3, end_of(12))
    after_a_gap = judge([week(n) for n in range(9)], as_of=end_of(10))
    assert (after_a_gap.progress.count, after_a_gap.progress.can_miss) == (9, 1)
    assert after_a_gap.progress.earliest_on == end_of(14)


def test_progress_starts_again_when_a_window_can_no_longer_succeed() -> None:
    result = judge([week(0), week(8)], as_of=end_of(9))
    assert result.progress.count == 1
    assert judge([week(0)], as_of=end_of(9)).progress.words == "week 0 of 13"


def test_progress_before_any_hours_starts_with_the_first_whole_week_of_support() -> None:
    result = funded_outcome([], START + timedelta(days=2), None, floor)
    assert result.progress.count == 0
    assert result.progress.earliest_on == end_of(13)
    assert funded_outcome([], START, None, floor).progress.earliest_on == end_of(12)


def test_progress_says_when_support_ends_too_soon() -> None:
    too_late = judge([week(n) for n in range(5)], until=end_of(11), as_of=end_of(4))
    assert too_late.progress.words == "cannot be reached before support ends"
    assert (too_late.progress.can_miss, too_late.progress.earliest_on) == (None, None)
    just = judge([week(n) for n in range(5)], until=end_of(12), as_of=end_of(4))
    assert (just.progress.count, just.progress.can_miss) == (5, 0)
    assert "until 31 August 2025" in just.steps[1].words


def test_the_working_lists_every_kind_of_week_once() -> None:
    weeks = [
        WeekWorked(START - WEEK, 420, PAY),
        week(0),
        week(1),
        week(2, 60),
        week(3, 420, None),
        week(4),
    ]
    result = judge(weeks, as_of=end_of(3))
    by_code = {step.code: step for step in result.steps}
    assert by_code["qualifies"].words == "2 weeks qualify."
    assert by_code["qualifies"].weeks == (START, START + WEEK)
    assert by_code["too_few_hours"].words == "1 week has too few hours at the legal minimum."
    assert by_code["not_known"].words == "1 week is not known."
    assert by_code["outside_support"].words == "1 week lies outside the time of support."
    assert by_code["not_finished"].words == "1 week is not over yet."
    assert by_code["result"].words == "Not reached: week 2 of 13."


def test_the_persons_own_age_and_the_date_decide_the_minimum() -> None:
    lowest = wage_table().for_person(date(2007, 6, 4))  # 18 from 4 June 2025
    weeks = [WeekWorked(START + n * WEEK, 420, Decimal("10.00")) for n in range(2)]
    at_18 = qualifying_weeks(weeks, START, None, lowest)
    assert [w.verdict for w in at_18] == [Verdict.QUALIFIES, Verdict.QUALIFIES]
    at_21 = qualifying_weeks(weeks, START, None, wage_table().for_person(date(2004, 6, 9)))
    assert [w.verdict for w in at_21] == [Verdict.QUALIFIES, Verdict.TOO_FEW_HOURS]


def test_the_rate_of_the_monday_applies_unless_the_pay_period_began_later() -> None:
    adult = wage_table().for_person(date(1980, 1, 1))
    straddling = date(2026, 3, 30)  # the rate rises on Wednesday 1 April
    usual = WeekWorked(straddling, 420, Decimal("12.21"))
    began_after = WeekWorked(straddling, 420, Decimal("12.21"), rate_on=date(2026, 4, 2))
    assert qualifying_weeks([usual], START, None, adult)[0].verdict is Verdict.QUALIFIES
    assert qualifying_weeks([began_after], START, None, adult)[0].verdict is Verdict.TOO_FEW_HOURS


def test_an_apprentice_is_judged_by_the_apprentice_rate() -> None:
    adult = wage_table().for_person(date(1980, 1, 1))
    rows = [WeekWorked(START, 420, Decimal("7.55"), apprentice_since=START)]
    assert qualifying_weeks(rows, START, None, adult)[0].verdict is Verdict.QUALIFIES


def test_without_a_birth_date_only_pay_at_the_highest_rate_is_certain() -> None:
    unknown_age = wage_table().for_person(None)
    low = qualifying_weeks([week(0, pay=Decimal("12.20"))], START, None, unknown_age)[0]
    assert low.verdict is Verdict.NOT_KNOWN
    assert "the birth date is not recorded" in low.words
    assert qualifying_weeks([week(0)], START, None, unknown_age)[0].verdict is Verdict.QUALIFIES


def test_a_wage_table_that_has_run_out_makes_weeks_not_known() -> None:
    adult = wage_table().for_person(date(1980, 1, 1))
    judged = qualifying_weeks([WeekWorked(date(2027, 4, 5), 420, PAY)], START, None, adult)[0]
    assert judged.verdict is Verdict.NOT_KNOWN
    assert "The minimum wage table ends on 31 March 2027." in judged.words


def test_the_rule_is_shipped_data_with_its_source() -> None:
    rule = funded_rule()
    assert (rule.weeks_needed, rule.window_weeks, rule.minutes, rule.second_minutes) == (13, 16, 420, 960)
    assert rule.source.startswith("GOV.UK")
    with pytest.raises(KeyError):
        funded_rule("another")


def brute_force(minutes: dict[int, int], first: int, last: int | None) -> int | None:
    """The first week that ends 13 good weeks lying in one window of 16: the definition, tried out."""
    good = {n for n, done in minutes.items() if done >= 420 and n >= first and (last is None or n <= last)}
    for end in sorted(good):
        if any(
            len([n for n in good if start <= n < start + 16 and n <= end]) >= 13
            for start in range(end - 15, end + 1)
        ):
            return end
    return None


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from([0, 419, 420, 960, 960, 420, 420, 420]), min_size=0, max_size=40),
    st.integers(0, 3),
    st.none() | st.integers(10, 40),
)
def test_the_outcome_equals_the_definition_tried_by_brute_force(
    hours: list[int], first: int, last: int | None
) -> None:
    result = funded_outcome(
        [week(n, done) for n, done in enumerate(hours)],
        START + first * WEEK,
        None if last is None else end_of(last),
        floor,
    )
    found = brute_force(dict(enumerate(hours)), first, last)
    assert result.reached_on == (None if found is None else end_of(found))
    if result.reached_on:
        assert len(result.counted) == 13
        assert result.counted[-1] - result.counted[0] <= 15 * WEEK


@settings(max_examples=200)
@given(st.lists(st.booleans(), max_size=30), st.integers(0, 6), st.none() | st.integers(8, 36))
def test_progress_equals_the_future_tried_by_brute_force(
    worked: list[bool], idle: int, last: int | None
) -> None:
    now = len(worked) + idle
    hours = {n: 420 for n, yes in enumerate(worked) if yes}
    result = judge(
        [week(n) for n in hours], until=None if last is None else end_of(last), as_of=end_of(now - 1)
    )
    if result.reached_on:
        return
    future = hours | dict.fromkeys(range(now, now + 40), 420)
    best = brute_force(future, 0, last)
    if best is None:
        assert result.progress.can_miss is None
        return
    assert result.progress.earliest_on == end_of(best)
    # Missing the weeks that may be missed keeps the weeks so far; missing one more loses some of them.
    spare, have = result.progress.can_miss, result.progress.count
    assert spare is not None

    def after_missing(missed: int) -> int | None:
        return brute_force({n: m for n, m in future.items() if not now <= n < now + missed}, 0, last)

    assert after_missing(spare) == now + spare + (13 - have) - 1
    if have:
        later = after_missing(spare + 1)
        assert later is None or later > now + spare + 1 + (13 - have) - 1
