"""Jobs that can be applied for: where, when, for how much, and what the work asks for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pacework.service.core import clock
from pacework.service.core.records import Record, Versioned
from pacework.service.employers.models.places import EMPLOYER_KEPT, Employer, Site


class VacancyQuerySet(models.QuerySet["Vacancy"]):
    def open_on(self, day: date) -> Self:
        """Open and not past its closing day."""
        return self.filter(Q(closes_on__isnull=True) | Q(closes_on__gte=day), status=Vacancy.Status.OPEN)

    def likely_same(self, employer: Employer, title: str, day: date) -> list[Vacancy]:
        """Those of this employer that are open and called the same, whatever the capitals and spaces."""
        plain = " ".join(title.split()).casefold()
        rows = self.open_on(day).filter(employer=employer)
        return [row for row in rows if " ".join(row.title.split()).casefold() == plain] if plain else []


class Vacancy(Versioned):
    """A job that can be applied for. Only employer and title are always known."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        FILLED = "filled", "Filled"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Period(models.TextChoices):
        HOUR = "hour", "an hour"
        DAY = "day", "a day"
        WEEK = "week", "a week"
        MONTH = "month", "a month, full time"
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
        LIST = "list", "A list"
        OTHER = "other", "Another way"

    record = Record(scope=None, erase="keep", retain=EMPLOYER_KEPT)

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="vacancies")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="vacancies")
    title = models.CharField(max_length=120)
    occupation = models.CharField(max_length=4, blank=True, help_text="SOC 2020 unit group.")
    tasks = models.TextField(blank=True)

    # When: the words as somebody typed or advertised them, and the shifts that a person has confirmed.
    hours_text = models.CharField(max_length=500, blank=True)
    hours_a_week = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    # [{"day": "mon", "start": "09:00", "end": "13:00"}, …]. An end not after the start is on the next day.
    # Empty: not known. Only `shifts.checked` makes this.
    shifts = models.JSONField(default=list, blank=True)
    shifts_vary = models.BooleanField(null=True, help_text="The shifts change from week to week.")
    break_minutes = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Unpaid, each day.")
    swap_days = models.BooleanField(null=True, help_text="A missed shift may be made up in the same week.")
    # When the shifts lie, for filters: keys of `shifts.TIMES` with blanks between. Empty: not known.
    times = models.CharField(max_length=60, blank=True, editable=False)

    # For how much: one amount, or from … to.
    pay = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    pay_to = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    pay_period = models.CharField(max_length=5, choices=Period, blank=True)
    # The same in pounds an hour, so that vacancies can be compared. Empty where it cannot be worked out.
    pay_an_hour = models.DecimalField(max_digits=9, decimal_places=2, null=True, editable=False)
    pay_an_hour_to = models.DecimalField(max_digits=9, decimal_places=2, null=True, editable=False)

    home_working = models.CharField(max_length=7, choices=Home, default=Home.UNKNOWN)
    outward = models.CharField(max_length=4, blank=True, help_text="First half of the postcode.")
    flexibility = models.CharField(max_length=300, blank=True)
    # What somebody has confirmed: {"sitting": {"share": "most", "change": "yes"}, …}, for lifting "load_kg"
    # too. What is missing here is guessed from the occupation each time it is shown (`demands_of`).
    demands = models.JSONField(default=dict, blank=True)
    demands_said_on = models.DateField(null=True, editable=False)

    closes_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=8, choices=Source, blank=True)
    reference = models.CharField(max_length=200, blank=True, help_text="Where it was seen, or its number.")
    # What a row of a list or an advert said, as one number: the same row is not added twice.
    import_key = models.CharField(max_length=64, blank=True, editable=False)
    status = models.CharField(max_length=9, choices=Status, default=Status.OPEN)
    status_on = models.DateField(default=clock.today)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=clock.now, editable=False)
    # When it was last saved: who keeps vacancies in memory asks what came after.
    changed_at = models.DateTimeField(default=clock.now, editable=False, db_index=True)

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
            models.CheckConstraint(
                condition=Q(pay_to__isnull=True) | Q(pay__isnull=False, pay_to__gte=F("pay")),
                name="pay_goes_up",
            ),
            models.UniqueConstraint(
                fields=["import_key"], condition=~Q(import_key=""), name="imported_vacancy_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save_version(self, *, expected: int | None, fields: Iterable[str]) -> Self:
        self.changed_at = clock.now()
        return super().save_version(expected=expected, fields=[*fields, "changed_at"])


class VacancyBatch(models.Model):
    """A list or a page of adverts somebody brought in: what was read, waiting to be looked at."""

    class Kind(models.TextChoices):
        LIST = "list", "List"
        PAGE = "page", "Advert"

    record = Record(scope=None, erase="keep", retain="30 days")

    kind = models.CharField(max_length=4, choices=Kind)
    name = models.CharField(max_length=120)
    # Sentences about the whole, such as a block that could not be read; and headings nobody knows.
    notes = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-added_at", "-pk"]
        verbose_name_plural = "vacancy batches"

    def __str__(self) -> str:
        return self.name


class IncomingVacancy(models.Model):
    """One row or advert as it was read. It becomes a vacancy when a person confirms it."""

    record = Record(scope=None, erase="keep", retain="30 days")

    batch = models.ForeignKey(VacancyBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="As a spreadsheet counts, or the place on the page.")
    said = models.JSONField(help_text="Field of the form → text.")
    problems = models.JSONField(default=dict, help_text="Field → sentence.")
    left_out = models.JSONField(default=list, help_text="[field, why]")
    key = models.CharField(max_length=64)
    vacancy = models.ForeignKey(Vacancy, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["batch", "number", "pk"]
        indexes = [models.Index(fields=["key"])]


class OccupationDemand(models.Model):
    """What an imported table says of one demand of one occupation. It goes before the authored table."""

    record = Record(scope=None, erase="keep", retain=EMPLOYER_KEPT)

    occupation = models.CharField(max_length=4, help_text="SOC 2020 unit group.")
    demand = models.CharField(max_length=20)
    # Shares of a shift from 0 to 1: the likely one, and the range it may well lie in.
    share = models.FloatField()
    least = models.FloatField()
    most = models.FloatField()
    can_change = models.CharField(max_length=9, default="unknown")
    load_kg = models.FloatField(null=True, blank=True)
    source = models.CharField(max_length=200)
    imported_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["occupation", "demand"]
        constraints = [
            models.UniqueConstraint(fields=["occupation", "demand"], name="demand_once_an_occupation"),
            models.CheckConstraint(
                condition=Q(least__gte=0, share__gte=F("least"), most__gte=F("share"), most__lte=1),
                name="demand_inside_its_range",
            ),
        ]


class OccupationTitle(models.Model):
    """A unit group of an imported classification; while there are some, the kinds of job to choose."""

    record = Record(scope=None, erase="keep", retain=EMPLOYER_KEPT)

    code = models.CharField(max_length=4, primary_key=True)
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ["title"]


class OutwardPlace(models.Model):
    """Where the middle of a postcode district lies. While there is none, the invented ones are used."""

    record = Record(scope=None, erase="keep", retain=EMPLOYER_KEPT)

    outward = models.CharField(max_length=4, primary_key=True)
    latitude = models.FloatField()
    longitude = models.FloatField()

    class Meta:
        ordering = ["outward"]
