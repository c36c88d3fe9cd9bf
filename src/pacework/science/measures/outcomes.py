"""Other published outcome rules: sustained weeks, any job within a time, weeks worked in a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pacework.science.measures.dates import add_months, count_words, day_words, monday
from pacework.science.measures.rows import JobSpell, WeekWorked

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether one outcome rule is met.

    Attributes
    ----------
    met
        True or False; None while the time allowed still runs and the rule is not met yet.
    on
        The day it was met.
    words
        Why, in words.
    rule
        Id of the rule.
    """

    met: bool | None
    on: date | None
    words: str
    rule: str


def _counting(spells: Iterable[JobSpell]) -> list[JobSpell]:
    """Return the spells known to be competitive, oldest first."""
    return sorted((s for s in spells if s.competitive), key=lambda s: (s.started_on, s.ended_on or date.max))


def weeks_worked(weeks: Iterable[WeekWorked], since: date) -> int:
    """Return in how many Monday-to-Sunday weeks any paid work was done, from the week of `since` on."""
    return len({monday(row.week) for row in weeks if row.paid_minutes and monday(row.week) >= monday(since)})


def sustained_work(
    spells: Iterable[JobSpell], as_of: date, *, days: int = 91, longest_gap: int = 14
) -> Outcome:
    """Return whether work was sustained: one or more jobs for 13 weeks with no gap above 14 days.

    Parameters
    ----------
    spells
        Job spells of one person; only competitive ones count.
    as_of
        The day of counting; open jobs are taken to last until then.
    days
        Length to be reached, counted from the first day of the first job, gaps included.
    longest_gap
        The longest run of days without a job between two jobs that does not break the chain.

    Returns
    -------
    Outcome
        Met on the 91st day, or on the first day of the next job where the 91st day falls into a gap.
    """
    rule = "sustained-13-weeks-continuous"
    chain_start: date | None = None
    chain_end = date.min
    for spell in _counting(spells):
        if spell.started_on > as_of:
            break
        if chain_start is None or (spell.started_on - chain_end).days - 1 > longest_gap:
            chain_start, chain_end = spell.started_on, spell.started_on
        chain_end = max(chain_end, min(spell.ended_on or as_of, as_of))
        goal = chain_start + timedelta(days=days - 1)
        if chain_end >= goal:
            on = max(goal, spell.started_on)
            return Outcome(True, on, f"In work for {days} days on {day_words(on)}.", rule)
    if chain_start is None:
        return Outcome(False, None, "No competitive job is recorded.", rule)
    # A gap that has not grown too long may still be bridged by the next job.
    running = (as_of - chain_end).days <= longest_gap
    lasted = count_words((chain_end - chain_start).days + 1, "day")
    return Outcome(
        None if running else False, None, f"The latest run of work lasted {lasted} of {days}.", rule
    )


def any_job_within(spells: Iterable[JobSpell], entered_on: date, as_of: date, *, months: int = 12) -> Outcome:
    """Return whether any competitive job was held within so many months of entry.

    Parameters
    ----------
    spells
        Job spells of one person; one day of work is enough.
    entered_on
        Entry or randomisation.
    as_of
        The day of counting.
    months
        12 for IPS in Pain, 18 for "at least one day within 18 months". The same day of the month after
        `months` is in; a job that starts one day later is out.

    Returns
    -------
    Outcome
        None while the time still runs without a job.
    """
    rule = f"any-competitive-job-within-{months}-months"
    last = add_months(entered_on, months)
    days = [
        max(s.started_on, entered_on)
        for s in _counting(spells)
        if s.started_on <= min(last, as_of) and (s.ended_on is None or s.ended_on >= entered_on)
    ]
    if days:
        return Outcome(True, min(days), f"In a job on {day_words(min(days))}.", rule)
    words = f"No job by {day_words(min(last, as_of))}."
    return Outcome(False if as_of > last else None, None, words, rule)


def weeks_in_work_within(
    spells: Iterable[JobSpell], entered_on: date, as_of: date, *, weeks: int = 13, months: int = 12
) -> Outcome:
    """Return whether somebody was employed for 13 weeks or more in the 12 months after entry.

    Parameters
    ----------
    spells
        Job spells of one person; only competitive ones count. Days with two jobs count once.
    entered_on, as_of
        As in `any_job_within`.
    weeks
        Weeks of employment needed, as 7 days each, that need not follow each other.
    months
        The time allowed, its last day included.

    Notes
    -----
    Source: Health-led Employment Trials, employed 13 weeks or more in the 12 months after randomisation.
    """
    rule = f"{weeks}-weeks-in-{months}-months"
    last = add_months(entered_on, months)
    needed = weeks * 7
    done = 0
    counted_to = entered_on - DAY
    for spell in _counting(spells):
        first_day = max(spell.started_on, counted_to + DAY)
        last_day = min(spell.ended_on or as_of, last, as_of)
        if last_day < first_day:
            continue
        length = (last_day - first_day).days + 1
        if done + length >= needed:
            on = first_day + timedelta(days=needed - done - 1)
            return Outcome(True, on, f"Employed for {weeks} weeks on {day_words(on)}.", rule)
        done += length
        counted_to = last_day
    words = f"Employed for {count_words(done, 'day')} of {needed}."
    return Outcome(False if as_of > last else None, None, words, rule)
