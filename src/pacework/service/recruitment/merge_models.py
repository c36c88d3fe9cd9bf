"""What was moved when two records of one person became one: enough to take it back exactly."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pacework.service.cases.models import KEPT, CaseModel, Client
from pacework.service.core import clock
from pacework.service.core.records import Record


class Merge(CaseModel):
    """``merged`` became part of ``kept``. Rows are named by id only; old values are of the two clients."""

    record = Record(
        scope="kept",
        erase="blank",
        retain=KEPT,
        export=("merged_at", "merged_by", "undone_at"),
        scrub=("before",),
    )

    kept = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    # {"cases.consent.client": [ids]}: which rows point at the kept record since.
    moved = models.JSONField(default=dict)
    # {"kept": {field: value}, "merged": {...}, "rows": [[model, id, {field: value}]]}: as it was.
    before = models.JSONField(default=dict)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(default=clock.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
