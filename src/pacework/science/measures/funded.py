"""The funded outcome: 13 qualifying weeks in any 16 weeks in a row, with its working."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pacework.science.measures import data
from pacework.science.measures.dates import WEEK, count_words, day_words, hours_words, monday, sunday
from pacework.science.measures.funded_weeks import JudgedWeek, Verdict, qualifying_weeks
from pacework.science.measures.rows import WeekWorked
from pacework.science.measures.wages import LegalMinimum


@dataclass(frozen=True, slots=True)
class FundedRule:
    """A funded outcome rule: so many weeks of at least `minutes` within a window of weeks in a row."""

    id: str
    version: str
    title: str
    weeks_needed: int
    window_weeks: int
    minutes: int
    second_minutes: int
    source: str
    verified: bool
    note: str = ""


@cache
def funded_rule(name: str = "baseline-13-of-16") -> FundedRule:
    """Return a shipped funded outcome rule by name; KeyError for a name that is not shipped."""
    return FundedRule(id=name, **data.load("outcome_rules.toml")["funded_outcome"][name])


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the best window that can still succeed has come.

    Attributes
    ----------
    count, needed
        Qualifying weeks so far, and how many the rule asks for.
    can_miss
        How many more weeks may be missed inside that window; None when the outcome is reached or out of
        reach.
    earliest_on
        The earliest Sunday on which the outcome could be reached; None likewise.
    words
        Such as "week 9 of 13".
    """

    count: int
    needed: int
    can_miss: int | None
    earliest_on: date | None
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the working: a short code for the page's layout, a sentence, and the weeks it is about."""

    code: str
    words: str
    weeks: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class FundedOutcome:
    """Result of the funded outcome rule for one person.

    Attributes
    ----------
    reached_on
        Sunday of the 13th qualifying week; None when not reached.
    counted
        Mondays of the weeks that make the outcome.
    second_reached_on, second_counted
        The same for the second marker (16 hours a week).
    possible_on
        When it would have been reached if every week that is not known had qualified; None when that changes
        nothing.
    weeks
        Every recorded week with its verdict, oldest first.
    progress
        How far the person has come.
    steps
        The working, for a page to show.
    rule
        The rule that was applied.
    """

    reached_on: date | None
    counted: tuple[date, ...]
    second_reached_on: date | None
    second_counted: tuple[date, ...]
    possible_on: date | None
    weeks: tuple[JudgedWeek, ...]
    progress: Progress
    steps: tuple[Step, ...]
    rule: FundedRule


def _first_run(weeks: Sequence[date], needed: int, window: int) -> tuple[date, ...]:
    """Return the first `needed` of the sorted weeks that fit into `window` weeks in a row, or nothing."""
    for last in range(needed - 1, len(weeks)):
        run = weeks[last - needed + 1 : last + 1]
        if run[-1] - run[0] <= (window - 1) * WEEK:
            return tuple(run)
    return ()


def _reached(run: tuple[date, ...]) -> date | None:
    return sunday(run[-1]) if run else None


def funded_outcome(
    weeks: Iterable[WeekWorked],
    support_from: date,
    support_until: date | None,
    legal_minimum: LegalMinimum,
    *,
    rule: FundedRule | None = None,
    as_of: date | None = None,
) -> FundedOutcome:
    """Return whether, when and why the funded outcome is reached.

    It is reached on the Sunday of the 13th of at least 13 qualifying weeks in any 16 weeks in a row.
    Passes: 13 straight; 13 with 3 gaps. Fails: 13 over 17; 12 of 16; 13 weeks of 6.9 hours.

    Parameters
    ----------
    weeks, support_from, support_until, legal_minimum, as_of
        As in `qualifying_weeks`.
    rule
        The rule; by default the shipped one.

    Returns
    -------
    FundedOutcome
        With the weeks counted, the second marker, progress and the working in steps.

    Notes
    -----
    Source: GOV.UK guidance on IPS in primary care (updated December 2023), which sets the baseline
    threshold. The second marker asks for 16 hours in each of the 13 weeks.
    """
    rule = rule or funded_rule()
    rows = list(weeks)
    judged = qualifying_weeks(
        rows, support_from, support_until, legal_minimum, minutes=rule.minutes, as_of=as_of
    )
    second = qualifying_weeks(
        rows, support_from, support_until, legal_minimum, minutes=rule.second_minutes, as_of=as_of
    )
    good = [w.week for w in judged if w.verdict is Verdict.QUALIFIES]
    perhaps = [w.week for w in judged if w.verdict in (Verdict.QUALIFIES, Verdict.NOT_KNOWN)]
    run = _first_run(good, rule.weeks_needed, rule.window_weeks)
    second_run = _first_run(
        [w.week for w in second if w.verdict is Verdict.QUALIFIES], rule.weeks_needed, rule.window_weeks
    )
    reached_on = _reached(run)
    possible = _reached(_first_run(perhaps, rule.weeks_needed, rule.window_weeks))
    possible_on = None if possible == reached_on else possible
    progress = (
        Progress(rule.weeks_needed, rule.weeks_needed, None, None, f"reached on {day_words(reached_on)}")
        if reached_on
        else _progress(rule, judged, good, support_from, support_until, as_of)
    )
    return FundedOutcome(
        reached_on,
        run,
        _reached(second_run),
        second_run,
        possible_on,
        judged,
        progress,
        _steps(rule, judged, run, _reached(second_run), possible_on, progress, support_from, support_until),
        rule,
    )


def _progress(
    rule: FundedRule,
    judged: Sequence[JudgedWeek],
    good: Sequence[date],
    support_from: date,
    support_until: date | None,
    as_of: date | None,
) -> Progress:
    first_whole = monday(support_from) if support_from.weekday() == 0 else monday(support_from) + WEEK
    if as_of is not None:
        open_week = monday(as_of) if sunday(as_of) > as_of else monday(as_of) + WEEK
    else:
        open_week = judged[-1].week + WEEK if judged else first_whole
    open_week = max(open_week, first_whole)
    best: tuple[int, int] | None = None
    for start in (*good, open_week):
        end = start + (rule.window_weeks - 1) * WEEK
        if support_until is not None:
            end = min(end, monday(support_until + timedelta(days=1)) - WEEK)
        have = sum(start <= week <= end for week in good)
        left = max(0, (end - open_week).days // 7 + 1)
        spare = have + left - rule.weeks_needed
        if spare >= 0 and (best is None or have > best[0]):
            best = have, spare
    if best is None:
        return Progress(0, rule.weeks_needed, None, None, "cannot be reached before support ends")
    have, spare = best
    earliest = sunday(open_week + (rule.weeks_needed - have - 1) * WEEK)
    return Progress(have, rule.weeks_needed, spare, earliest, f"week {have} of {rule.weeks_needed}")


_GROUPS = (
    (Verdict.QUALIFIES, "qualifies", "qualify"),
    (
        Verdict.TOO_FEW_HOURS,
        "has too few hours at the legal minimum",
        "have too few hours at the legal minimum",
    ),
    (Verdict.NOT_KNOWN, "is not known", "are not known"),
    (Verdict.OUTSIDE_SUPPORT, "lies outside the time of support", "lie outside the time of support"),
    (Verdict.NOT_FINISHED, "is not over yet", "are not over yet"),
)


def _steps(
    rule: FundedRule,
    judged: Sequence[JudgedWeek],
    run: tuple[date, ...],
    second_on: date | None,
    possible_on: date | None,
    progress: Progress,
    support_from: date,
    support_until: date | None,
) -> tuple[Step, ...]:
    until = f"until {day_words(support_until)}" if support_until else "and goes on"
    steps = [
        Step(
            "rule",
            f"{rule.weeks_needed} weeks with at least {hours_words(rule.minutes)} of paid work at the legal "
            f"minimum, in any {rule.window_weeks} weeks in a row.",
        ),
        Step("support", f"Support began on {day_words(support_from)} {until}."),
    ]
    tally = Counter(week.verdict for week in judged)
    for verdict, one, many in _GROUPS:
        if tally[verdict]:
            words = f"{count_words(tally[verdict], 'week')} {one if tally[verdict] == 1 else many}."
            steps.append(Step(verdict.value, words, tuple(w.week for w in judged if w.verdict is verdict)))
    if run:
        span = (run[-1] - run[0]).days // 7 + 1
        steps.append(
            Step(
                "result",
                f"Reached on {day_words(sunday(run[-1]))}, the Sunday of the last of {len(run)} "
                f"qualifying weeks within {span} weeks in a row.",
                run,
            )
        )
    else:
        steps.append(Step("result", f"Not reached: {progress.words}."))
    if possible_on:
        steps.append(
            Step(
                "open", f"If the weeks that are not known qualify, it is reached on {day_words(possible_on)}."
            )
        )
    if second_on:
        steps.append(
            Step(
                "second",
                f"The second marker, {hours_words(rule.second_minutes)} a week, was reached on "
                f"{day_words(second_on)}.",
            )
        )
    return tuple(steps)
