"""What the client agreed to, layer by layer."""

from __future__ import annotations

from typing import Self

from django.db import models

from pacework.service.cases.models.client import KEPT, Client
from pacework.service.cases.models.door import CaseModel, CaseQuerySet
from pacework.service.core.records import Record
from pacework.service.people.models import User


class ConsentQuerySet(CaseQuerySet):
    def standing(self) -> Self:
        """Answers that hold now, yes or no."""
        return self.filter(withdrawn_on__isnull=True)

    def live(self) -> Self:
        """Yeses that hold now."""
        return self.standing().filter(given=True)


class Consent(CaseModel):
    """One answer about one layer: yes or no, to which wording, when; withdrawn on its own."""

    class Layer(models.TextChoices):
        SERVICE = "service", "Taking part in the service"
        HEALTH_SHARING = "health_sharing", "Sharing with healthcare professionals"
        DIARY_SHARING = "diary_sharing", "Showing the diary to the support worker"
        DIARY_HEALTH = "diary_health", "Showing the diary to healthcare professionals"
        EMPLOYER_CONTACT = "employer_contact", "Talking with employers"
        RESEARCH = "research", "Research"
        RECORDING = "recording", "Recording of interviews"
        DATA_LINKAGE = "data_linkage", "Linking with other records"

    record = Record(
        scope="client",
        erase="keep",
        retain=KEPT,
        export=("layer", "recipient", "given", "given_on", "how", "wording_version", "withdrawn_on"),
    )

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="consents")
    layer = models.CharField(max_length=16, choices=Layer)
    recipient = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: the health team.",
    )
    given = models.BooleanField()
    given_on = models.DateField()
    how = models.CharField(
        max_length=10,
        choices=[("online", "by the client, online"), ("spoken", "spoken"), ("signed", "on paper")],
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    wording_version = models.CharField(max_length=20)
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_on", "-pk"]
        indexes = [models.Index(fields=["client", "layer", "withdrawn_on"])]
