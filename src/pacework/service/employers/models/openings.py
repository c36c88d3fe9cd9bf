"""What employers offer: vacancies, and places to try work out; and who waits for one."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from pacework.service.cases.models import KEPT, CaseModel, CaseQuerySet, Client, Episode
from pacework.service.core import clock
from pacework.service.core.records import Record, Versioned
from pacework.service.employers.models.places import EMPLOYER_KEPT, Employer, EmployerPerson, Site


class VacancyQuerySet(models.QuerySet["Vacancy"]):
    def open_on(self, day: date) -> Self:
        """Open and not past its closing day."""
        return self.filter(Q(closes_on__isnull=True) | Q(closes_on__gte=day), status=Vacancy.Status.OPEN)


class Vacancy(Versioned):
    """A job that can be applied for."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        FILLED = "filled", "Filled"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Period(models.TextChoices):
        HOUR = "hour", "an hour"
        WEEK = "week", "a week"
        YEAR = "year", "a year, full time"

    class Home(models.TextChoices):
        NONE = "none", "Not possible"
        SOME = "some", "Part of the time"
        ALL = "all", "All of the time"
        UNKNOWN = "unknown", "Not known"

    class Source(models.TextChoices):
        EMPLOYER = "employer", "Told by the employer"
        ADVERT = "advert", "Advert"
        CLIENT = "client", "Found by a client"
        OTHER = "other", "Another way"

    record = Record(scope=None, erase="keep", retain=EMPLOYER_KEPT)

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="vacancies")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="vacancies")
    title = models.CharField(max_length=120)
    occupation = models.CharField(max_length=4, blank=True, help_text="SOC 2020 unit group.")
    tasks = models.TextField(blank=True)
    hours_a_week = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    shifts = models.CharField(max_length=200, blank=True)
    pay = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    pay_period = models.CharField(max_length=4, choices=Period, blank=True)
    home_working = models.CharField(max_length=7, choices=Home, default=Home.UNKNOWN)
    flexibility = models.CharField(max_length=300, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=8, choices=Source, default=Source.EMPLOYER)
    status = models.CharField(max_length=9, choices=Status, default=Status.OPEN)
    status_on = models.DateField(default=clock.today)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=clock.now, editable=False)

    objects = VacancyQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at", "-pk"]
        verbose_name_plural = "vacancies"
        indexes = [models.Index(fields=["status", "closes_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours_a_week__isnull=True) | Q(hours_a_week__lte=168),
                name="vacancy_hours_fit_a_week",
            ),
            models.CheckConstraint(
                condition=Q(pay__isnull=True) | ~Q(pay_period=""), name="pay_has_a_period"
            ),
        ]

    def __str__(self) -> str:
        return self.title


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
