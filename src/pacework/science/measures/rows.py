"""Plain rows that the rules read: what a page, a return or a table hands over about one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

RowId = int | str


@dataclass(frozen=True, slots=True)
class WeekWorked:
    """Paid work of one week in one job.

    Attributes
    ----------
    week
        Any day of the Monday-to-Sunday week; normally its Monday.
    paid_minutes
        Paid work in whole minutes, so that 3 h 59 and 4 h 00 stay apart; None where the hours are not known.
    hourly_pay
        Pounds an hour before tax; None where the pay is not known.
    spell
        Id of the job spell.
    row
        Id of this record, carried into explanations.
    apprentice_since
        Start of an apprenticeship in this job.
    rate_on
        First day of the pay period, where it is not the Monday (a first week that began on a Thursday): the
        legal minimum of that day applies.
    """

    week: date
    paid_minutes: int | None
    hourly_pay: Decimal | None = None
    spell: RowId = ""
    row: RowId = ""
    apprentice_since: date | None = None
    rate_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSpell:
    """One stretch of paid work in one job.

    Attributes
    ----------
    id
        Id of the spell.
    person, episode
        Whose job, and in which stretch of support. One person may have several episodes.
    employer
        Id of the employer (one legal entity).
    started_on, ended_on
        First and last day of work; `ended_on` is None while it lasts.
    competitive
        Answer of `competitive_test`; None where it is not known yet.
    four_hours_on
        The recorded day on which 4 hours of paid work were done; None until then. Default: `job_start`.
    held_at_entry
        The job was already held when support began: it is never a job start of the service.
    """

    id: RowId
    started_on: date
    ended_on: date | None = None
    person: RowId = ""
    episode: RowId = ""
    employer: RowId = ""
    competitive: bool | None = True
    four_hours_on: date | None = None
    held_at_entry: bool = False

    def open_on(self, day: date) -> bool:
        """Return whether the job was held on `day`, first and last day included."""
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)

    def open_between(self, first: date, last: date) -> bool:
        """Return whether the job was held on at least one day from `first` to `last`, both included."""
        return self.started_on <= last and (self.ended_on is None or first <= self.ended_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrant:
    """One episode of support as the rates count it.

    Attributes
    ----------
    id
        Id of the episode.
    person
        Id of the client.
    accepted_on
        The ESW accepted the client: the day a referral counts.
    profile_started_on
        The vocational profile was started: entry into the service. None is a data gap, listed
        by `profiles_started`.
    in_work_at_entry
        Employed (at work or off sick) at entry; None where it is not known.
    closed_on
        The episode was closed.
    """

    id: RowId
    person: RowId = ""
    accepted_on: date | None = None
    profile_started_on: date | None = None
    in_work_at_entry: bool | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """One contact with a client, or with an employer about a client.

    Attributes
    ----------
    on
        Date of the contact.
    reached
        It took place: false for a contact that was not possible or brought no answer.
    face_to_face
        In the same room.
    direct
        Between a worker and the client themselves (in person, telephone or video).
    worker
        Id of the worker who had it.
    id
        Id of the record.
    """

    on: date
    reached: bool = True
    face_to_face: bool = True
    direct: bool = True
    worker: RowId | None = None
    id: RowId = ""
