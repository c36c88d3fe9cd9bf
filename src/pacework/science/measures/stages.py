"""The stage of an episode, derived from its dated milestones and never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """Where an episode of support stands. The order is the usual way through, not a ranking."""

    REFERRED = "referred"
    ACCEPTED = "accepted"
    ENGAGED = "engaged"
    PREPARING = "preparing"
    JOB_SEARCH = "job_search"
    IN_WORK = "in_work"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The stage in words for a screen."""
        return _LABELS[self]


_LABELS = {
    Stage.REFERRED: "Referred",
    Stage.ACCEPTED: "Accepted",
    Stage.ENGAGED: "Engaged",
    Stage.PREPARING: "Preparing for work",
    Stage.JOB_SEARCH: "Job search",
    Stage.IN_WORK: "In work",
    Stage.CLOSED: "Closed",
}


@dataclass(frozen=True, slots=True)
class Milestones:
    """The dates of one episode that decide its stage.

    Attributes
    ----------
    accepted_on
        The ESW accepted the client onto the caseload.
    profile_started_on
        The vocational profile was started.
    preparing_since
        Start of the open preparation goal; None when none is open.
    first_employer_contact_on
        First employer contact about this client.
    in_work_since
        Earliest start of the paid spells open today; None when there is none.
    closed_on
        The episode was closed.
    last_job_ended_on
        Last end of a paid spell in the episode: after it the client is in job search, even where no employer
        contact was ever logged (somebody who found the job alone).
    """

    accepted_on: date | None = None
    profile_started_on: date | None = None
    preparing_since: date | None = None
    first_employer_contact_on: date | None = None
    in_work_since: date | None = None
    closed_on: date | None = None
    last_job_ended_on: date | None = None


def stage(milestones: Milestones, today: date) -> Stage:
    """Return the stage of an episode on a day; the first rule that matches wins.

    Parameters
    ----------
    milestones
        The dates of the episode. A date after `today` has not happened yet.
    today
        The day to judge.

    Returns
    -------
    Stage
        Closed; else in work (people employed at entry included); else job search; else preparing; else
        engaged; else accepted; else referred.
    """

    def reached(day: date | None) -> bool:
        return day is not None and day <= today

    if reached(milestones.closed_on):
        return Stage.CLOSED
    if reached(milestones.in_work_since):
        return Stage.IN_WORK
    if reached(milestones.first_employer_contact_on) or reached(milestones.last_job_ended_on):
        return Stage.JOB_SEARCH
    if reached(milestones.preparing_since):
        return Stage.PREPARING
    if reached(milestones.profile_started_on):
        return Stage.ENGAGED
    if reached(milestones.accepted_on):
        return Stage.ACCEPTED
    return Stage.REFERRED
