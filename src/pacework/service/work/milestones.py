"""The work milestones of an episode, computed from its jobs and hours alone."""

from __future__ import annotations

from datetime import date

from pacework.service.cases.models import Episode
from pacework.service.work.rows import WorkRows

NAMES = ("in_work_since", "first_job_started_on", "last_job_ended_on", "outcome_on")


def recompute(episode: Episode, rows: WorkRows | None = None) -> dict[str, date | None]:
    """What the work milestones must be, by name.

    A paid job held now puts the person in work, whether or not it is competitive and whether or not they held
    it at
    entry. The first job start is the earliest that counts: competitive, 4 hours done, not held at entry.
    """
    rows = rows or WorkRows(episode)
    ended = [job.ended_on for job in rows.jobs if job.ended_on is not None]
    return {
        "in_work_since": min((job.started_on for job in rows.jobs if job.ended_on is None), default=None),
        "first_job_started_on": rows.counted[0].started_on if rows.counted else None,
        "last_job_ended_on": max(ended, default=None),
        "outcome_on": rows.funded.reached_on,
    }
