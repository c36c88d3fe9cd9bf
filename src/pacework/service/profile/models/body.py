"""Where it hurts, as the client marked it on a day."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models

from pacework.service.cases.models import KEPT, CaseModel, CaseQuerySet, Episode
from pacework.service.core import clock
from pacework.service.core.records import Record


class BodyMapQuerySet(CaseQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-number")


class BodyMap(CaseModel):
    """Regions marked on one day. A new map is a new row, so the earlier ones stay as they were."""

    record = Record(
        scope="episode__client",
        erase="blank",
        retain=KEPT,
        export=("drawn_at", "by", "regions", "note"),
        scrub=("regions", "note"),
    )

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="body_maps")
    number = models.PositiveIntegerField()
    regions = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True)
    drawn_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = BodyMapQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["episode", "number"], name="body_map_once")]

    @property
    def version(self) -> int:
        """What a form of the next map says it was drawn after."""
        return self.number
