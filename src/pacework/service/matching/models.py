"""Whether a client wants forecasts at all, the jobs they looked at, and what helps them at work.

Nothing that was predicted is stored: a forecast is worked out when its page is opened, and gone with it.
The door is as narrow as the diary's: the client; the worker who carries them, while the client has turned
forecasts on and shows them the diary. Nobody else, ever.
"""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from pacework.service.cases.models import (
    KEPT,
    CaseModel,
    CaseQuerySet,
    Client,
    Consent,
    agreed_to,
)
from pacework.service.core import clock
from pacework.service.core.records import Record, Versioned
from pacework.service.diary.models import carried_by
from pacework.service.employers.models import Vacancy
from pacework.service.people.models import Role
from pacework.service.work.models import Adjustment, JobSpell, Placement


class MatchingQuerySet(CaseQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The client; the worker who carries them, with the choice on and the diary shown."""
        found = super().visible_to(user)
        role = getattr(user, "role", "")
        if role == Role.CLIENT:
            return found
        if role == Role.ESW:
            shown = agreed_to(Consent.Layer.DIARY_SHARING, client="client")
            return found.filter(carried_by(user), shown, client__forecast_choice__isnull=False)
        return self.none()


class LineQuerySet(MatchingQuerySet):
    def agreed(self) -> Self:
        """Lines that an employer agreed to, as long as it goes on."""
        return self.filter(adjustment__agreed_on__isnull=False).exclude(adjustment__effect="stopped")

    def wishes(self) -> Self:
        """The others."""
        return self.exclude(pk__in=self.agreed().values("pk"))


class ForecastChoice(CaseModel):
    """The client wants to see whether a job's hours would hold. No row: off, as it is at first."""

    record = Record(scope="client", erase="delete", retain=KEPT, export=("turned_on_at",))

    client = models.OneToOneField(Client, on_delete=models.PROTECT, related_name="forecast_choice")
    turned_on_at = models.DateTimeField(default=clock.now)

    objects = MatchingQuerySet.as_manager()


class JobCheck(Versioned, CaseModel):
    """A job that was looked at: its hours as they were described. What came of it is not kept."""

    record = Record(
        scope="client",
        erase="delete",
        retain=KEPT,
        gone=True,
        export=(
            "title", "vacancy", "placement", "spell", "shifts", "commute_minutes", "home_days",
            "home_possible", "break_minutes", "swap_days", "build_up_weeks", "looked_at", "looked_by",
        ),
        scrub=("title",),
    )  # fmt: skip
    # What may be said of the hours, by the names of `capacity.Job`; shifts stand apart.
    HOURS = (
        "commute_minutes", "home_days", "home_possible", "break_minutes", "swap_days", "build_up_weeks",
    )  # fmt: skip

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="job_checks")
    title = models.CharField(max_length=120)
    vacancy = models.ForeignKey(Vacancy, null=True, on_delete=models.PROTECT, related_name="+")
    placement = models.ForeignKey(Placement, null=True, on_delete=models.PROTECT, related_name="+")
    spell = models.ForeignKey(JobSpell, null=True, on_delete=models.PROTECT, related_name="+")
    # As in a vacancy: [{"day": "mon", "start": "09:00", "end": "13:00"}, …].
    shifts = models.JSONField()
    commute_minutes = models.PositiveSmallIntegerField(null=True, help_text="One way. Empty: not known.")
    home_days = models.JSONField(default=list)
    home_possible = models.BooleanField(null=True)
    break_minutes = models.PositiveSmallIntegerField(default=0)
    swap_days = models.BooleanField(default=False)
    build_up_weeks = models.PositiveSmallIntegerField(default=0)
    looked_at = models.DateTimeField(default=clock.now)
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = MatchingQuerySet.as_manager()

    class Meta:
        ordering = ["-looked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(vacancy=None, placement=None)
                | Q(vacancy=None, spell=None)
                | Q(placement=None, spell=None),
                name="job_check_of_one_thing",
            ),
        ]


class PassportLine(Versioned, CaseModel):
    """One thing that helps the client at work: kept from a job they looked at, or written by them."""

    record = Record(
        scope="client",
        erase="delete",
        retain=KEPT,
        gone=True,
        export=("words", "job", "kept_at"),
        scrub=("words",),
    )

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="passport_lines")
    words = models.CharField(max_length=300)
    # Where it came from; the key is the change's own (`capacity.Adjustment.key`). Empty: their own line.
    job = models.ForeignKey(JobCheck, null=True, on_delete=models.CASCADE, related_name="lines")
    key = models.CharField(max_length=30, blank=True)
    # Where it was put forward for a placement or a job.
    adjustment = models.ForeignKey(Adjustment, null=True, on_delete=models.SET_NULL, related_name="+")
    kept_at = models.DateTimeField(default=clock.now)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ["kept_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "key"], condition=Q(job__isnull=False), name="change_kept_once_a_job"
            ),
            models.CheckConstraint(
                condition=Q(job__isnull=True, key="") | Q(job__isnull=False) & ~Q(key=""),
                name="kept_change_has_a_key",
            ),
        ]
