"""After each write about jobs or hours the episode's work milestones are computed anew from their sources."""

from __future__ import annotations

from pacework.science.measures.jobs import JOB_START_MINUTES
from pacework.service.cases.actions import record_milestone
from pacework.service.cases.models import Episode
from pacework.service.core.audit import trace
from pacework.service.core.records import hold
from pacework.service.people.models import User
from pacework.service.work.milestones import recompute
from pacework.service.work.models import JobSpell
from pacework.service.work.policies import recorded_until
from pacework.service.work.rows import WorkRows

# What follows from the hours of a job, so that it may change with them.
FOLLOWING = ("four_hours_on", "four_hours_typed")


def record_work_milestones(episode: Episode, *, by: User | None, job: JobSpell | None = None) -> None:
    """Bring the default days of 4 hours and then the four work milestones up to date.

    ``job``: the caller's object of one of the jobs, which learns its day of 4 hours.
    """
    # Compared with what is stored now, not with what the caller read; two at one moment follow each other.
    hold(episode)
    rows = _rows(episode)
    if _follow_hours(rows, by=by):
        rows = _rows(episode)
    for name, value in recompute(episode, rows).items():
        record_milestone(episode, name, value, by=by)
    for stored in rows.jobs:
        if stored == job:
            for name in FOLLOWING:
                setattr(job, name, getattr(stored, name))


def follow_birth_date(episode: Episode, by: User | None) -> None:
    """Which pay is lawful goes by age, and with it which jobs count."""
    record_work_milestones(episode, by=by)


def _rows(episode: Episode) -> WorkRows:
    """The jobs with their weeks; what the employers are called does not matter to a milestone."""
    return WorkRows(episode, episode.jobs.prefetch_related("weeks"))


def _follow_hours(rows: WorkRows, *, by: User | None) -> bool:
    """The day of 4 hours follows the hours recorded, unless it was typed and nothing speaks against it."""
    changed = False
    for job in rows.jobs:
        weeks = rows.weeks_of(job)
        if job.four_hours_typed and job.four_hours_on is not None:
            inside = job.started_on <= job.four_hours_on and (
                job.ended_on is None or job.four_hours_on <= job.ended_on
            )
            recorded = recorded_until(weeks, job, job.four_hours_on)
            if inside and (recorded is None or recorded >= JOB_START_MINUTES):
                continue
        default = rows.job_start(job).recorded_on
        if (job.four_hours_on, job.four_hours_typed) == (default, False):
            continue
        job.four_hours_on, job.four_hours_typed = default, False
        JobSpell._base_manager.filter(pk=job.pk).update(four_hours_on=default, four_hours_typed=False)
        trace("job.four_hours", job, by=by, fields=["four_hours_on", "four_hours_typed"])
        changed = True
    return changed
