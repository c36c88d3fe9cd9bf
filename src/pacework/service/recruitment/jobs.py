"""What recruitment does once a day: lists whose worker was lost go on, old rows and files are deleted."""

from __future__ import annotations

from datetime import timedelta

from pacework.service.core import clock
from pacework.service.core.jobs import Job
from pacework.service.recruitment.actions.import_work import delete_rows
from pacework.service.recruitment.actions.importing import continue_import, drop_import
from pacework.service.recruitment.import_models import WORKING, ImportBatch, ImportState
from pacework.service.recruitment.policies_import import is_silent

KEPT_DAYS = 30


def sweep_imports() -> str:
    """Start again the work on lists that have shown no sign of life."""
    count = 0
    for batch in ImportBatch.objects.filter(state__in=WORKING, paused=False, problem=""):
        if is_silent(batch):
            continue_import(batch, by=None)
            count += 1
    return f"{count} lists that had stopped go on."


def forget_imports() -> str:
    """Delete the rows and files of lists that nobody has touched for 30 days."""
    before = clock.now() - timedelta(days=KEPT_DAYS)
    rows = 0
    for batch in ImportBatch.objects.filter(changed_at__lt=before, rows_deleted_on__isnull=True):
        if batch.state in (ImportState.MAPPING, ImportState.STAGING, ImportState.REVIEW):
            drop_import(batch, by=None)
        rows += delete_rows(batch)
    return f"{rows} rows of old lists deleted."


DAILY: tuple[Job, ...] = (sweep_imports, forget_imports)
