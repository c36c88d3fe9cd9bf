"""When in-work support contacts are due around a job start, during a job and after its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from pacework.science.measures import data
from pacework.science.measures.dates import add_months, day_words
from pacework.science.measures.rows import ContactRow


class DueKind(StrEnum):
    """Why a contact is due."""

    BEFORE_START = "before_start"
    AFTER_START = "after_start"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    AFTER_END = "after_end"

    @property
    def label(self) -> str:
        """The reason in words."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    DueKind.BEFORE_START: "Contact in the week before the job starts",
    DueKind.AFTER_START: "Contact within 3 days after the start",
    DueKind.WEEKLY: "Weekly contact in the first month",
    DueKind.MONTHLY: "Monthly contact",
    DueKind.AFTER_END: "Contact within 3 days after the job ends",
}


class DueState(StrEnum):
    """State of one due contact."""

    DONE = "done"
    LATE = "late"
    UPCOMING = "upcoming"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Cadence:
    """The rhythm of in-work contacts, in days, weeks and months."""

    version: str
    days_before_start: int
    days_after_start: int
    weekly_for_weeks: int
    days_after_end: int
    source: str
    verified: bool
    note: str = ""


@cache
def cadence(name: str = "ips-cadence") -> Cadence:
    """Return a shipped rhythm of in-work contacts; KeyError for a name that is not shipped."""
    return Cadence(**data.load("outcome_rules.toml")["in_work_contacts"][name])


@dataclass(frozen=True, slots=True)
class ContactDue:
    """One contact that is due.

    Attributes
    ----------
    kind
        Why.
    from_day, due_on
        First and last day of the time in which it belongs.
    state
        Done: there was a contact in that time. Upcoming: the time has not passed yet. Late: it has passed and
        nobody has been in touch since. Missed: it has passed, and a later contact has followed.
    done_on
        Day of the contact that fulfils it.
    face_to_face
        Whether one of the contacts that fulfil it was face to face, as the fidelity scale asks.
    words
        The state in words.
    """

    kind: DueKind
    from_day: date
    due_on: date
    state: DueState
    done_on: date | None
    face_to_face: bool
    words: str


def in_work_contacts_due(
    spell_start: date | None,
    spell_end: date | None,
    planned_start: date | None,
    contacts: Iterable[ContactRow],
    today: date,
    *,
    heard_of_end_on: date | None = None,
    supported_from: date | None = None,
    rhythm: Cadence | None = None,
) -> list[ContactDue]:
    """Return the dated in-work contacts of one job, oldest first.

    Due are: one contact within 7 days before the start, one within 3 days after it, one in each of the
    first four weeks, then one each month, and one within 3 days after a job end. Monthly
    contacts go on as long as the job does: support has no time limit.

    Parameters
    ----------
    spell_start
        First day of the job; None while it is only planned.
    spell_end
        Last day of the job, or None.
    planned_start
        Agreed first day of a job that has not begun; ignored once `spell_start` is known.
    contacts
        Contacts with the client; those that did not take place are ignored.
    today
        The day of counting. Of the contacts that lie ahead, the current or next monthly one is the last.
    heard_of_end_on
        Day the ESW heard that the job ended, where that was later: its 3 days run from here.
    supported_from
        First day of support: what was due before it is left out (people in work at entry).
    rhythm
        The cadence; by default the shipped one.

    Returns
    -------
    list of ContactDue
        Empty when neither a start nor a planned start is known.
    """
    rhythm = rhythm or cadence()
    held = sorted((c for c in contacts if c.reached and c.on <= today), key=lambda c: c.on)
    start = spell_start or planned_start
    if start is None:
        return []
    windows = [
        (DueKind.BEFORE_START, start - timedelta(days=rhythm.days_before_start), start - timedelta(days=1))
    ]
    if spell_start is not None:
        for kind, first, last in _after_start(spell_start, today, rhythm):
            if spell_end is not None and last >= spell_end:
                # The time was cut short: what was not done by the end is replaced by the contact after it.
                if not any(first <= c.on <= spell_end for c in held):
                    continue
                last = spell_end
            windows.append((kind, first, last))
    if spell_end is not None:
        heard = max(spell_end, heard_of_end_on or spell_end)
        windows.append((DueKind.AFTER_END, spell_end, heard + timedelta(days=rhythm.days_after_end)))
    return [
        _due(kind, first, last, held, today)
        for kind, first, last in windows
        if supported_from is None or last >= supported_from
    ]


def _after_start(start: date, today: date, rhythm: Cadence) -> Iterator[tuple[DueKind, date, date]]:
    yield DueKind.AFTER_START, start, start + timedelta(days=rhythm.days_after_start)
    first = start
    for _ in range(rhythm.weekly_for_weeks):
        yield DueKind.WEEKLY, first, first + timedelta(days=6)
        first += timedelta(days=7)
    month = 2
    while True:
        last = add_months(start, month) - timedelta(days=1)
        yield DueKind.MONTHLY, first, last
        if last >= today:
            return
        first, month = last + timedelta(days=1), month + 1


def _due(kind: DueKind, first: date, last: date, held: list[ContactRow], today: date) -> ContactDue:
    inside = [c for c in held if first <= c.on <= last]
    if inside:
        words = f"done on {day_words(inside[0].on)}"
        seen = any(c.face_to_face for c in inside)
        return ContactDue(kind, first, last, DueState.DONE, inside[0].on, seen, words)
    if last >= today:
        return ContactDue(kind, first, last, DueState.UPCOMING, None, False, f"due by {day_words(last)}")
    if any(c.on > last for c in held):
        words = f"was due by {day_words(last)}; the next contact came later"
        return ContactDue(kind, first, last, DueState.MISSED, None, False, words)
    return ContactDue(kind, first, last, DueState.LATE, None, False, f"was due by {day_words(last)}")
