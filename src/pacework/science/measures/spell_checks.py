"""Checks of recorded jobs and hours that cannot be right, each as a sentence fit for the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from pacework.science.measures.dates import day_words, hours_words, monday, sunday
from pacework.science.measures.rows import JobSpell, RowId, WeekWorked

MINUTES_IN_A_WEEK = 168 * 60


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be right: a short code, the ids of the records, and a sentence."""

    code: str
    rows: tuple[RowId, ...]
    words: str


def check_spells(spells: Iterable[JobSpell], today: date) -> list[Problem]:
    """Return what cannot be right in the job spells of one person.

    Parameters
    ----------
    spells
        Job spells of one person. Two jobs with different employers at once are fine; with one employer they
        are one job recorded twice, unless the second begins after the first has ended.
    today
        Spells never start or end after it.

    Returns
    -------
    list of Problem
        Codes: ``ends_before_start``, ``future``, ``overlap``.
    """
    listed = sorted(spells, key=lambda s: s.started_on)
    problems = []
    for spell in listed:
        if spell.ended_on is not None and spell.ended_on < spell.started_on:
            problems.append(
                Problem(
                    "ends_before_start", (spell.id,), "The job ends before it starts. Check the two dates."
                )
            )
        if max(spell.started_on, spell.ended_on or spell.started_on) > today:
            problems.append(
                Problem(
                    "future", (spell.id,), "A job is recorded once it has started. Plan the start instead."
                )
            )
    for first, second in combinations(listed, 2):
        if first.employer == second.employer and first.open_on(second.started_on):
            problems.append(
                Problem(
                    "overlap",
                    (first.id, second.id),
                    f"Two jobs with the same employer overlap from {day_words(second.started_on)}. "
                    "End the first one, or record one job.",
                )
            )
    return problems


def check_weeks(weeks: Iterable[WeekWorked], spells: Sequence[JobSpell] = ()) -> list[Problem]:
    """Return what cannot be right in the weekly hours of one person.

    Parameters
    ----------
    weeks
        Weeks worked by one person in all jobs.
    spells
        The job spells, to find hours outside the job; a row whose spell is not among them is not checked
        for that.

    Returns
    -------
    list of Problem
        Codes: ``negative``, ``twice`` (two records of one job and week), ``too_long`` (more than 168 hours
        over all jobs), ``outside_job``.
    """
    by_id = {spell.id: spell for spell in spells}
    by_week: dict[date, list[WeekWorked]] = {}
    seen: dict[tuple[RowId, date], WeekWorked] = {}
    problems = []
    for row in weeks:
        week = monday(row.week)
        by_week.setdefault(week, []).append(row)
        label = f"the week of {day_words(week)}"
        if (row.paid_minutes or 0) < 0:
            problems.append(Problem("negative", (row.row,), f"Hours cannot be below 0 in {label}."))
        if (row.spell, week) in seen:
            twin = seen[row.spell, week].row
            problems.append(
                Problem("twice", (twin, row.row), f"Hours of this job are recorded twice for {label}.")
            )
        seen[row.spell, week] = row
        job = by_id.get(row.spell)
        if job is not None and row.paid_minutes and not job.open_between(week, sunday(week)):
            problems.append(Problem("outside_job", (row.row,), f"The job was not held in {label}."))
    for week, rows in sorted(by_week.items()):
        total = sum(row.paid_minutes or 0 for row in rows)
        if total > MINUTES_IN_A_WEEK:
            problems.append(
                Problem(
                    "too_long",
                    tuple(row.row for row in rows),
                    f"{hours_words(total)} are recorded for the week of {day_words(week)}. "
                    "A week has 168 hours.",
                )
            )
    return problems
