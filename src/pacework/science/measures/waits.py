"""Waiting times: first contact, employer contact, first job, preparation, and continuity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pacework.science.measures import data
from pacework.science.measures.dates import count_words, day_words
from pacework.science.measures.jobs import counted_starts
from pacework.science.measures.proportions import Proportion
from pacework.science.measures.rows import ContactRow, Entrant, JobSpell, RowId


@dataclass(frozen=True, slots=True)
class Wait:
    """Days from one event to another, or days waited so far.

    Attributes
    ----------
    days
        Calendar days. Negative where the second event came first.
    waiting
        Whether the second event has not happened yet: such people are shown, never dropped.
    ended_on
        Day of the second event.
    words
        Such as "12 days" or "waiting 40 days".
    """

    days: int
    waiting: bool
    ended_on: date | None
    words: str


def wait(started_on: date, ended_on: date | None, today: date) -> Wait:
    """Return the wait between two events; an event after `today` has not happened yet."""
    if ended_on is not None and ended_on <= today:
        days = (ended_on - started_on).days
        return Wait(days, False, ended_on, count_words(days, "day"))
    days = max(0, (today - started_on).days)
    return Wait(days, True, None, f"waiting {count_words(days, 'day')}")


def rapid_search(profile_started_on: date, employer_contacts: Iterable[ContactRow], today: date) -> Wait:
    """Return the days from entry to the first face-to-face employer contact about the client.

    Parameters
    ----------
    profile_started_on
        Entry: the vocational profile was started (not the referral).
    employer_contacts
        Employer contacts about this client. Those by telephone or in writing, those that did not take place
        and those before entry do not count.
    today
        The day of counting.

    Returns
    -------
    Wait
        Without such a contact: waiting n days.

    Notes
    -----
    Source: IPS fidelity scale, item on rapid job search.
    """
    days = [
        c.on
        for c in employer_contacts
        if c.reached and c.face_to_face and profile_started_on <= c.on <= today
    ]
    return wait(profile_started_on, min(days, default=None), today)


def first_direct_contact(contacts: Iterable[ContactRow], referred_on: date) -> date | None:
    """Return the first contact of a referral that took place with the client themselves, or None.

    Source: NHS England, access to IPS services.
    """
    return min((c.on for c in contacts if c.direct and c.reached and c.on >= referred_on), default=None)


class WaitBand(StrEnum):
    """NHS bands for the wait from referral to first direct contact."""

    WEEK = "0-7"
    MONTH = "8-30"
    LONGER = "31+"

    @property
    def label(self) -> str:
        """The band in words."""
        return {"0-7": "7 days or fewer", "8-30": "8 to 30 days", "31+": "More than 30 days"}[self.value]


def wait_band(days: int) -> WaitBand:
    """Return the NHS wait band: up to 7, 8 to 30, more than 30 days.

    Raises
    ------
    ValueError
        For a negative number of days.
    """
    if days < 0:
        raise ValueError("A wait has no negative days: the contact is dated before the referral.")
    return WaitBand.WEEK if days <= 7 else WaitBand.MONTH if days <= 30 else WaitBand.LONGER


def on_access_caseload(first_direct_on: date | None, closed_on: date | None, on: date) -> bool:
    """Return whether a referral is on the NHS access caseload: not discharged, one direct contact or more.

    A referral discharged on the day itself has left the caseload.
    """
    return first_direct_on is not None and first_direct_on <= on and (closed_on is None or closed_on > on)


@dataclass(frozen=True, slots=True)
class TimeToEvent:
    """One row for a Kaplan-Meier curve.

    Attributes
    ----------
    id
        Id of the entrant.
    entered_on
        Start of the clock.
    until
        Day of the event, or of censoring.
    days
        Days between them, 0 or more.
    observed
        True for the event; False for people still searching, or whose episode closed without it.
    """

    id: RowId
    entered_on: date
    until: date
    days: int
    observed: bool


def time_to_first_job(
    entrants: Iterable[Entrant], spells: Iterable[JobSpell], as_of: date
) -> list[TimeToEvent]:
    """Return one row per person out of work at entry, from profile start to first counted job start.

    Parameters
    ----------
    entrants
        Episodes. People in work at entry are not at risk of a first job and are left out, as are those with
        unknown status at entry and those who entered after `as_of`.
    spells
        Job spells; `episode` names the entrant's id.
    as_of
        The day of counting. People still searching are censored on it, or on the day their episode closed.

    Returns
    -------
    list of TimeToEvent
        In the order of `entrants`; nobody still searching is dropped.
    """
    first: dict[RowId, date] = {}
    for spell in counted_starts(spells, as_of):
        first.setdefault(spell.episode, spell.started_on)
    rows = []
    for entrant in entrants:
        entry = entrant.profile_started_on
        if entrant.in_work_at_entry is not False or entry is None or entry > as_of:
            continue
        started = first.get(entrant.id)
        until = started if started is not None else min(entrant.closed_on or as_of, as_of)
        until = max(until, entry)
        rows.append(TimeToEvent(entrant.id, entry, until, (until - entry).days, started is not None))
    return rows


@dataclass(frozen=True, slots=True)
class Preparing:
    """Length of preparation for work.

    Attributes
    ----------
    days, weeks
        Days so far, and full weeks among them.
    words
        The length in words.
    """

    days: int
    weeks: int
    words: str


def preparing_length(since: date, until: date) -> Preparing:
    """Return how long preparation has lasted, from its first day to `until` (today, or the day it ended).

    Raises
    ------
    ValueError
        When `until` lies before `since`.
    """
    days = (until - since).days
    if days < 0:
        raise ValueError("Preparation cannot end before it begins.")
    words = count_words(days, "day") if days < 14 else count_words(days // 7, "week")
    return Preparing(days, days // 7, words)


@dataclass(frozen=True, slots=True)
class QuestionDue:
    """When "What would make a placement possible?" is asked next.

    Attributes
    ----------
    due_on
        The day it is due.
    late
        Whether that day has passed.
    days
        Days left; negative when late.
    words
        The state in words.
    """

    due_on: date
    late: bool
    days: int
    words: str


def placement_question_due(preparing_since: date, asked_on: Iterable[date], today: date) -> QuestionDue:
    """Return when the four-weekly question of a preparing client is due.

    Parameters
    ----------
    preparing_since
        First day of preparation; the first question is due four weeks later.
    asked_on
        Days on which it was asked; those before `preparing_since` or after `today` do not count.
    today
        The day of counting.

    Returns
    -------
    QuestionDue
        Four weeks after the last time.
    """
    every: int = data.load("outcome_rules.toml")["placement_question"]["four-weekly"]["every_days"]
    last = max((day for day in asked_on if preparing_since <= day <= today), default=preparing_since)
    due_on = last + timedelta(days=every)
    days = (due_on - today).days
    if days < 0:
        words = f"due {count_words(-days, 'day')} ago, on {day_words(due_on)}"
    elif days == 0:
        words = "due today"
    else:
        words = f"due in {count_words(days, 'day')}, on {day_words(due_on)}"
    return QuestionDue(due_on, days < 0, days, words)


def continuity(
    contacts: Iterable[ContactRow], named: Iterable[tuple[RowId, date, date | None]]
) -> Proportion:
    """Return the share of contacts a client had with the ESW who was named on that day.

    Parameters
    ----------
    contacts
        Contacts with the client; those that did not take place, and those without the client, are left out.
    named
        The named ESWs over time: (worker, first day, last day or None).

    Returns
    -------
    Proportion
        Rows are contact ids. Missing are contacts without a worker, or on a day without a named ESW. On a
        day of hand-over either worker is the named one.
    """
    spans = list(named)
    above: list[RowId] = []
    below: list[RowId] = []
    missing: list[RowId] = []
    for contact in contacts:
        if not (contact.reached and contact.direct):
            continue
        workers = {
            w for w, first, last in spans if first <= contact.on and (last is None or contact.on <= last)
        }
        if contact.worker is None or not workers:
            missing.append(contact.id)
            continue
        below.append(contact.id)
        if contact.worker in workers:
            above.append(contact.id)
    return Proportion(tuple(above), tuple(below), tuple(missing), "continuity", "1")
