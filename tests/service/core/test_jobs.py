"""The daily jobs of the shell."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from pacework.service.core import clock, jobs
from pacework.service.core.models import AuditAnchor

pytestmark = pytest.mark.django_db


def running_since(moment: datetime) -> Any:
    """A task whose worker took it up at that moment."""
    return DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="pacework.service.core.jobs.anchor_audit",
        backend_name="default",
        run_after=moment,
        status=TaskResultStatus.RUNNING,
        started_at=moment,
    )


def test_a_task_whose_worker_was_killed_is_marked_as_failed(frozen: datetime) -> None:
    lost = running_since(frozen - jobs.STUCK_AFTER - timedelta(minutes=1))
    assert jobs.fail_stuck_tasks() == "1 stuck background tasks marked as failed."
    lost.refresh_from_db()
    assert lost.status == TaskResultStatus.FAILED
    assert lost.exception_class_path.endswith("WorkerLost")


def test_a_task_that_is_still_young_is_left_alone(frozen: datetime) -> None:
    busy = running_since(frozen - jobs.STUCK_AFTER + timedelta(minutes=1))
    jobs.fail_stuck_tasks()
    busy.refresh_from_db()
    assert busy.status == TaskResultStatus.RUNNING


def test_notes_of_a_task_that_ended_a_month_ago_are_deleted(frozen: datetime) -> None:
    for age in (jobs.NOTES_KEPT - timedelta(hours=1), jobs.NOTES_KEPT + timedelta(hours=1)):
        ended = running_since(frozen - age)
        ended.status, ended.finished_at = TaskResultStatus.SUCCESSFUL, frozen - age
        ended.save()
    assert jobs.forget_finished_tasks() == "Notes of 1 old background tasks deleted."
    assert DBTaskResult.objects.count() == 1


def test_a_day_has_one_anchor_however_often_the_jobs_run(frozen: datetime) -> None:
    for _ in range(2):
        for job in jobs.DAILY:
            assert job().endswith(".")
    with clock.at(frozen + timedelta(days=1)):
        jobs.anchor_audit()
    assert AuditAnchor.objects.count() == 2
