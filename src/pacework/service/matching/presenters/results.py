"""A result in words, as drawn weeks, and as the numbers behind them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from pacework.science.capacity.drawn import DayOf, DrawnWeek, drawn_weeks
from pacework.science.capacity.fits import HELD, NOTICEABLE, Fit
from pacework.science.capacity.job import Job
from pacework.science.capacity.sustainability import Sustainability
from pacework.science.capacity.sustainability_words import change_words, then
from pacework.service.core.presenters import DAYS, count, day, listed, number

DRAWN = 10
# The picture, in its own units: a label, then seven days.
LABEL, CELL, ROW, HEAD, GAP = 34, 40, 28, 22, 4
MARKS = {DayOf.WORKED: "✓", DayOf.MOVED: "↷", DayOf.MISSED: "✕", DayOf.FREE: ""}
WORDS = {
    DayOf.WORKED: "could work",
    DayOf.MOVED: "made up later in the week",
    DayOf.MISSED: "could not work",
    DayOf.FREE: "free",
}
WEEK_HEAD = ["Week", *(name[:3] for name in DAYS)]


def weeks_picture(result: Sustainability, job: Job) -> dict[str, Any]:
    """Ten weeks drawn, the sentence that says the same, and the table behind."""
    weeks = drawn_weeks(result.bench, job, DRAWN, result.seed)
    rows = [
        {
            "label": str(place + 1),
            "y": HEAD + place * ROW,
            "cells": [
                {
                    "x": LABEL + place_of_day * CELL,
                    "state": state.value,
                    "mark": MARKS[state],
                    "words": cell_words(place, place_of_day, state),
                }
                for place_of_day, state in enumerate(week.days)
            ],
        }
        for place, week in enumerate(weeks)
    ]
    return {
        "width": LABEL + 7 * CELL,
        "height": HEAD + DRAWN * ROW,
        "cell": CELL - GAP,
        "row": ROW - GAP,
        "head": [
            {"x": LABEL + place * CELL + (CELL - GAP) / 2, "text": name[:3]}
            for place, name in enumerate(DAYS)
        ],
        "rows": rows,
        "sentence": drawn_words(weeks),
        "moved": any(DayOf.MOVED in week.days for week in weeks),
        "table": [
            [f"Week {place + 1}", *(WORDS[state] for state in week.days)] for place, week in enumerate(weeks)
        ],
    }


def job_words(job: Job) -> str:
    """The hours in words, with what is agreed already."""
    said = [job.words]
    if job.swap_to:
        said.append("A missed shift can be made up in the same week.")
    if job.build_up_weeks:
        said.append(f"It begins with shorter days, over {count(job.build_up_weeks, 'week')}.")
    return " ".join(said)


def cell_words(place: int, day: int, state: DayOf) -> str:
    return f"Week {place + 1}, {DAYS[day]}: {WORDS[state]}"


def drawn_words(weeks: Sequence[DrawnWeek]) -> str:
    """What the picture shows, for those who do not see it."""
    bad = [week.missed for week in weeks if week.missed]
    if not bad:
        return f"{len(weeks)} weeks drawn. Every shift could be worked."
    least, most = min(bad), max(bad)
    each = count(most, "day") if least == most else f"{least} to {most} days"
    have = "1 of them has" if len(bad) == 1 else f"{len(bad)} of them have"
    if len(bad) == len(weeks):
        have = "Each of them has"
    return f"{len(weeks)} weeks drawn. {have} {each} that could not be worked."


def pair_words(result: Sustainability, pair: Fit | None) -> str:
    """The best two together; empty where they do not help more than the best one alone."""
    best = result.best
    if pair is None or pair.gain <= (best.gain + NOTICEABLE if best is not None else 0):
        return ""
    words = change_words(pair, result.as_it_is)
    return f"Two that help most together: {words}. {then(pair, result.as_it_is)}"


def change_rows(
    result: Sustainability, chosen: Collection[str], kept: Collection[str]
) -> list[dict[str, Any]]:
    """Every change that does something to these hours, by what it gains; the others are named below them."""
    return [
        {
            "key": fit.key,
            "title": fit.title,
            "words": fit.words,
            "then": then(fit, result.as_it_is),
            "gain": shifts_gained(result.as_it_is, fit),
            "hours": f"{number(round(fit.hours_a_week, 1))} paid hours a week.",
            "chosen": fit.key in chosen,
            "kept": fit.key in kept,
        }
        for fit in result.ranked
        if fit.changes
    ]


def no_use(result: Sustainability) -> list[str]:
    """Changes that would change nothing here, and why; those with one reason together."""
    by_reason: dict[str, list[str]] = {}
    for fit in result.ranked:
        if not fit.changes:
            by_reason.setdefault(fit.words.removeprefix("Would change nothing: "), []).append(fit.title)
    return [f"{'; '.join(titles)}: {reason}" for reason, titles in by_reason.items()]


def shifts_gained(base: Fit, fit: Fit) -> str:
    """How many more shifts of a hundred could be worked."""
    points = round(100 * (fit.share_workable - base.share_workable))
    if not points:
        return "No difference that can be seen."
    more = "more" if points > 0 else "fewer"
    return f"Of 100 shifts, {abs(points)} {more} could be worked."


def numbers(result: Sustainability, together: Fit | None) -> list[list[Any]]:
    """The numbers behind, for each change that does something: so many of so many lives of the weeks."""
    tried = (*([together] if together is not None else []), *result.ranked)
    paths = result.paths
    weeks = result.bench.judged * paths
    rows = []
    for fit in (result.as_it_is, *(fit for fit in tried if fit.changes)):
        funded = "not known" if fit.funded is None else f"{round(fit.funded * paths):,} of {paths:,}"
        rows.append(
            [
                {"text": fit.title, "sub": fit.words if fit.changes else ""},
                f"{round(fit.week_with_miss * weeks):,} of {weeks:,}",
                f"{round(fit.share_workable * fit.shifts * paths):,} of {fit.shifts * paths:,}",
                f"{fit.missed} ({fit.missed_low} to {fit.missed_high}) of {fit.shifts}",
                f"{round(fit.held * paths):,} of {paths:,}",
                funded,
            ]
        )
    return rows


NUMBERS_HEAD = [
    "Hours",
    {"label": "Weeks with a miss", "numeric": True},
    {"label": "Shifts worked", "numeric": True},
    {"label": "Missed: middle (4 times in 5)", "numeric": True},
    {"label": f"At least {HELD:.0%} worked", "numeric": True},
    {"label": "Funded outcome", "numeric": True},
]


def rule_words(result: Sustainability, *, own: bool) -> str:
    """How the numbers came about."""
    counted = f"Weeks 1 to {result.bench.judged} are counted{'' if own else ', for the funded outcome all'}."
    start = f"Monday {day(result.start)[4:]}"
    return (
        f"{result.weeks} weeks from {start} were lived through {result.paths:,} times, from "
        f"{count(result.diary_days, 'day')} of diary and {count(result.answers, 'answer')} about hours. "
        "A shift counts as worked when the hours of that day are enough for the shift, its travel and what "
        f"long or early hours take. {counted} These are possible weeks, not a promise. Nothing of this is "
        "kept."
    )


def chosen_words(titles: Sequence[str]) -> str:
    return listed(title[:1].lower() + title[1:] for title in titles)
