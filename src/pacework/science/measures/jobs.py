"""Job starts: when one counts, who was supported into work, and whether a job is competitive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pacework.science.measures.dates import day_words, hours_words, monday, sunday
from pacework.science.measures.proportions import Count
from pacework.science.measures.rows import JobSpell, WeekWorked

JOB_START_MINUTES = 240
"""A job start counts once 4 hours of paid work are done. Source: IPS Grow Reporting Tool."""

START_VERSION = "2024-04"


@dataclass(frozen=True, slots=True)
class JobStart:
    """Whether a job start counts yet.

    Attributes
    ----------
    spell_start
        The job's start date: the start counts in the quarter of this date, even when it is counted late.
    minutes_done
        Paid minutes recorded so far.
    recorded_on
        Sunday of the week in which the sum reached 4 hours; None until then. The ESW may record another day.
    words
        The state in words.
    """

    spell_start: date
    minutes_done: int
    recorded_on: date | None
    words: str

    @property
    def counts(self) -> bool:
        """Whether 4 hours of paid work are done."""
        return self.recorded_on is not None


def job_start(weeks: Iterable[WeekWorked], spell_start: date) -> JobStart:
    """Return whether and when a job start counts: 3 h 59 does not, 4 h 00 does.

    Parameters
    ----------
    weeks
        Weeks worked in this one job, in any order. Weeks before the week of `spell_start` are left out, as
        are hours that are not known.
    spell_start
        The job's start date.

    Returns
    -------
    JobStart
        With the default recorded date, the Sunday of the week in which the sum reaches 4 hours.

    Notes
    -----
    Source: IPS Grow Reporting Tool, four hours of paid work. The Sunday is this service's convention.
    """
    rows = sorted((row for row in weeks if monday(row.week) >= monday(spell_start)), key=lambda row: row.week)
    done = 0
    recorded_on = None
    for row in rows:
        done += row.paid_minutes or 0
        if recorded_on is None and done >= JOB_START_MINUTES:
            recorded_on = sunday(row.week)
    if recorded_on is not None:
        words = f"4 hours of paid work were done by {day_words(recorded_on)}. The job start counts."
    else:
        words = f"{hours_words(done)} of 4 hours of paid work done. The job start does not count yet."
    return JobStart(spell_start, done, recorded_on, words)


def counted_starts(spells: Iterable[JobSpell], as_of: date) -> list[JobSpell]:
    """Return the job starts of the service that count by `as_of`, oldest first.

    Left out are jobs held at entry, jobs whose 4 hours are not done by `as_of`, and jobs not known to be
    competitive.
    """
    return sorted(
        (s for s in spells if s.competitive and _four_hours_done(s, as_of)),
        key=lambda s: (s.started_on, str(s.id)),
    )


def _four_hours_done(spell: JobSpell, as_of: date) -> bool:
    return not spell.held_at_entry and spell.four_hours_on is not None and spell.four_hours_on <= as_of


def total_job_starts(spells: Iterable[JobSpell], first: date, last: date, as_of: date) -> Count:
    """Return all job starts dated in a period, second and concurrent jobs included.

    Parameters
    ----------
    spells
        Job spells of any number of people.
    first, last
        First and last day of the period; a start belongs to the period of the job's start date.
    as_of
        The day of counting: a start whose 4 hours were done after it is not counted yet.

    Returns
    -------
    Count
        Rows are spell ids; missing are jobs of the period with 4 hours done whose competitive test is open.
    """
    spells = list(spells)
    starts = [s for s in counted_starts(spells, as_of) if first <= s.started_on <= last]
    return Count(
        tuple(s.id for s in starts),
        tuple(s.id for s in spells if _undecided(s, first, last, as_of)),
        "total-job-starts",
        START_VERSION,
    )


def _undecided(spell: JobSpell, first: date, last: date, as_of: date) -> bool:
    return first <= spell.started_on <= last and spell.competitive is None and _four_hours_done(spell, as_of)


def supported_into_work(spells: Iterable[JobSpell], first: date, last: date, as_of: date) -> Count:
    """Return the people whose first counted job start of their episode is dated in a period, each once.

    Two jobs on one day count once; so does a job that ends with another one starting in the same period. A
    second job in a later period counts there as a job start only.

    Parameters
    ----------
    spells
        Job spells of any number of people, from the start of their episodes on.
    first, last, as_of
        As in `total_job_starts`.

    Returns
    -------
    Count
        Rows and missing are person ids.
    """
    spells = list(spells)
    first_starts: dict[object, JobSpell] = {}
    for spell in counted_starts(spells, as_of):
        first_starts.setdefault((spell.person, spell.episode), spell)
    people = {s.person: None for s in first_starts.values() if first <= s.started_on <= last}
    undecided = {
        s.person: None
        for s in spells
        if _undecided(s, first, last, as_of)
        and s.person not in people
        # An undecided job can only matter where no earlier start was counted.
        and not (
            (s.person, s.episode) in first_starts
            and first_starts[s.person, s.episode].started_on <= s.started_on
        )
    }
    return Count(tuple(people), tuple(undecided), "supported-into-work", START_VERSION)


@dataclass(frozen=True, slots=True)
class CompetitiveTest:
    """Whether a job is competitive, with the reason for each part.

    Attributes
    ----------
    result
        True when all parts hold, False when one fails, None while one is not known and none fails.
    reasons
        One sentence per part.
    """

    result: bool | None
    reasons: tuple[str, ...]


_PARTS = (
    (
        "The job is open to anyone",
        "The job is not open to anyone",
        "Whether the job is open to anyone",
    ),
    (
        "It pays the legal minimum or more",
        "It pays below the legal minimum",
        "Whether it pays the legal minimum",
    ),
    (
        "It pays the usual rate for the work",
        "It pays below the usual rate",
        "Whether it pays the usual rate",
    ),
    (
        "It is not set aside for disabled people",
        "It is set aside for disabled people",
        "Whether it is set aside for disabled people",
    ),
)


def competitive_test(
    *,
    open_to_anyone: bool | None,
    pays_legal_minimum: bool | None,
    pays_usual_rate: bool | None,
    set_aside: bool | None,
) -> CompetitiveTest:
    """Return whether a job is competitive work; None for each part that is not known.

    Notes
    -----
    Source: the definition of competitive employment in IPS (open to anyone, at least the minimum wage, the
    usual rate for the job, not set aside for disabled people).
    """
    kept_open = None if set_aside is None else not set_aside
    answers = (open_to_anyone, pays_legal_minimum, pays_usual_rate, kept_open)
    reasons = tuple(
        f"{unknown} is not known." if answer is None else f"{yes if answer else no}."
        for answer, (yes, no, unknown) in zip(answers, _PARTS, strict=True)
    )
    if False in answers:
        return CompetitiveTest(False, reasons)
    return CompetitiveTest(None if None in answers else True, reasons)
