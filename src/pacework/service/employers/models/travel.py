"""How long it takes one client to get to one site."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from pacework.service.cases.models import KEPT, CaseModel, Client
from pacework.service.core import clock
from pacework.service.core.records import Record, Versioned
from pacework.service.employers.models.places import Site


class Travel(CaseModel, Versioned):
    """Minutes door to door as somebody typed them. Empty is unknown, and unknown hides no place."""

    record = Record(
        scope="client", erase="delete", retain=KEPT, export=("site", "minutes", "how"), scrub=("how",)
    )

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="travel")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="travel")
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    how = models.CharField(max_length=200, blank=True)
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    typed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["site__employer__name_key", "site__name"]
        constraints = [
            models.UniqueConstraint(fields=["client", "site"], name="travel_once_a_site"),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__lte=600), name="travel_in_a_day"
            ),
        ]
