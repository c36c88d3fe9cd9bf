"""Places to try work out, and who waits for one."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from pacework.service.cases.models import KEPT, CaseModel, CaseQuerySet, Client, Episode
from pacework.service.core import clock
from pacework.service.core.records import Record, Versioned
from pacework.service.employers.models.places import EMPLOYER_KEPT, Employer, EmployerPerson, Site


class PlacementOpportunity(Versioned):
    """An employer may take people to try work out: what, where, how many, and how far that is agreed."""

    class State(models.TextChoices):
        IDEA = "idea", "Idea"
        ASKED = "asked", "Asked"
        AGREED = "agreed", "Agreed"
        PAUSED = "paused", "Paused"
        ENDED = "ended", "Ended"

    record = Record(scope=None, erase="keep", retain=EMPLOYER_KEPT)

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="placement_opportunities")
    site = models.ForeignKey(
        Site, null=True, blank=True, on_delete=models.PROTECT, related_name="placement_opportunities"
    )
    named_manager = models.ForeignKey(
        EmployerPerson,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="placement_opportunities",
    )
    title = models.CharField(max_length=120)
    tasks = models.TextField(blank=True)
    hours = models.CharField(max_length=200, blank=True)
    demands = models.TextField(blank=True)
    places = models.PositiveSmallIntegerField(default=1)
    lead_days = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.IDEA)
    state_on = models.DateField(default=clock.today)
    state_note = models.CharField(max_length=300, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["employer__name_key", "title", "pk"]
        verbose_name_plural = "placement opportunities"
        indexes = [models.Index(fields=["state"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="agreed") | Q(named_manager__isnull=False), name="agreed_names_a_manager"
            )
        ]

    def __str__(self) -> str:
        return self.title


class PlacementWaitQuerySet(CaseQuerySet):
    def waiting(self) -> Self:
        """Still waiting, longest first."""
        return self.filter(ended_on__isnull=True).order_by("since", "pk")


class PlacementWait(CaseModel):
    """A client waits for a place. Kept inside: the employer is told nothing by this."""

    class End(models.TextChoices):
        PLACED = "placed", "Has a place"
        NO_LONGER = "no_longer", "No longer wants it"
        FELL_THROUGH = "fell_through", "The place fell through"

    record = Record(
        scope="client",
        erase="keep",
        retain=KEPT,
        export=("opportunity", "since", "ended_on", "end_reason"),
    )

    opportunity = models.ForeignKey(PlacementOpportunity, on_delete=models.PROTECT, related_name="waits")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="placement_waits")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="placement_waits")
    since = models.DateField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, editable=False)
    end_reason = models.CharField(max_length=12, choices=End, blank=True)

    objects = PlacementWaitQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "client"], condition=Q(ended_on__isnull=True), name="waits_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(end_reason=""), name="wait_ends_with_a_reason"
            ),
        ]


class PlacementWaitTold(CaseModel):
    """The client was told how their wait stands. Written once."""

    record = Record(
        scope="wait__client", erase="blank", retain=KEPT, export=("told_on", "words"), scrub=("words",)
    )

    wait = models.ForeignKey(PlacementWait, on_delete=models.PROTECT, related_name="told")
    told_on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-told_on", "-pk"]
