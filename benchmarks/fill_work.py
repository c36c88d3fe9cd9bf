"""The jobs of the filled service, with their weeks and milestones, and applications."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from benchmarks.bulk import keep
from pacework.service.cases.models import Episode
from pacework.service.core import clock
from pacework.service.work.milestones import recompute
from pacework.service.work.models import Application, JobSpell, WeekWorked
from pacework.service.work.rows import WorkRows

if TYPE_CHECKING:
    from benchmarks.fill import Fill


def work(fill: Fill) -> None:
    """A job for a third of the people supported, and an application for another third."""
    with_jobs = [one for one in fill.supported[::3] if not one.closed_on]
    jobs = []
    for number, episode in enumerate(with_jobs):
        start = episode.profile_started_on + timedelta(days=10)
        end = start + timedelta(days=120) if number % 3 == 0 else None
        jobs.append(
            JobSpell(
                episode=episode,
                employer=fill.employers[number % len(fill.employers)],
                title="Assistant",
                contract="permanent",
                started_on=start,
                weekly_hours=16,
                hourly_pay=Decimal(14),
                pay_from=start,
                pay_at_start=Decimal(14),
                open_to_anyone=True,
                usual_rate=True,
                set_aside=False,
                ended_on=end if end and end < fill.today else None,
                end_reason="contract_ended" if end and end < fill.today else "",
                added_by=fill.esw_of[episode.pk],
            )
        )
    jobs = keep(jobs)
    weeks = []
    for job in jobs:
        week = clock.monday(job.started_on)
        last = job.ended_on or fill.today
        for index in range(14):
            monday = week + timedelta(weeks=index)
            if monday + timedelta(days=6) >= last:
                break
            weeks.append(
                WeekWorked(
                    job=job,
                    week=monday,
                    paid_minutes=960,
                    hourly_pay=Decimal(14),
                    evidence="payslip",
                    recorded_by=job.added_by,
                )
            )
    keep(weeks)
    keep(
        Application(
            episode=one,
            title="Assistant",
            employer=fill.employers[0],
            step="applied",
            idea_on=one.profile_started_on,
            applied_on=one.profile_started_on,
            added_by=fill.esw_of[one.pk],
        )
        for one in fill.supported[1::3]
    )
    _milestones(with_jobs)


def _milestones(episodes: list[Episode]) -> None:
    """As the product computes them, from the same rows."""
    changed = []
    found = Episode._base_manager.filter(pk__in=[one.pk for one in episodes]).select_related("client")
    for episode in found.prefetch_related("jobs__weeks", "jobs__employer", "jobs__site").iterator(
        chunk_size=500
    ):
        rows = WorkRows(episode, jobs=episode.jobs.all())
        for job in rows.jobs:
            job.four_hours_on = rows.job_start(job).recorded_on
            changed.append(job)
        for name, value in recompute(episode, WorkRows(episode, jobs=rows.jobs)).items():
            setattr(episode, name, value)
        Episode._base_manager.filter(pk=episode.pk).update(
            in_work_since=episode.in_work_since,
            first_job_started_on=episode.first_job_started_on,
            last_job_ended_on=episode.last_job_ended_on,
            outcome_on=episode.outcome_on,
        )
    JobSpell._base_manager.bulk_update(changed, ["four_hours_on"], batch_size=500)
