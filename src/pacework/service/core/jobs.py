"""What is done once a day or more often. A room's own such work is the tuple ``DAILY`` of its ``jobs``.

Every job may run twice, or after days without a run, with the same result, and returns a sentence that says
what it did.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from pacework.service.core import audit, clock, drafts

Job = Callable[[], str]

STUCK_AFTER = timedelta(hours=2)
NOTES_KEPT = timedelta(days=30)


class WorkerLost(Exception):
    """The worker of a background task was killed: the task would otherwise count as running for ever."""


def anchor_audit() -> str:
    """Store the day's anchor over all audit chains."""
    anchor = audit.write_anchor()
    return f"The audit anchor of {anchor.day.isoformat()} covers {len(anchor.heads)} chains."


def expire_drafts() -> str:
    """Delete what was typed and never saved for 30 days."""
    return f"{drafts.expire()} old drafts deleted."


def fail_stuck_tasks() -> str:
    """Mark tasks as failed that have been running for longer than any task does."""
    stuck = DBTaskResult.objects.running().filter(started_at__lt=clock.now() - STUCK_AFTER)
    count = 0
    for task in stuck:
        task.set_failed(WorkerLost(f"no result {STUCK_AFTER} after it started"))
        count += 1
    return f"{count} stuck background tasks marked as failed."


def forget_finished_tasks() -> str:
    """Delete the notes of background tasks that ended a month ago."""
    old = DBTaskResult.objects.finished().filter(finished_at__lt=clock.now() - NOTES_KEPT)
    return f"Notes of {old.delete()[0]} old background tasks deleted."


def forget_sessions() -> str:
    """Delete sessions that have run out."""
    call_command("clearsessions")
    return "Sessions that have run out deleted."


DAILY: tuple[Job, ...] = (
    anchor_audit,
    expire_drafts,
    fail_stuck_tasks,
    forget_finished_tasks,
    forget_sessions,
)
