"""The diary of one client: ratings by day, flares, the flare plan, and what a phone has sent.

The door of the diary is narrower than the record's: the client; the worker who carries them, and healthcare
professionals, only with a live consent of its own. Leads, managers and researchers never.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from pacework.service.cases.models import (
    KEPT,
    CaseModel,
    CaseQuerySet,
    Client,
    Consent,
    Episode,
    agreed_to,
)
from pacework.service.core import clock
from pacework.service.core.records import Record, Versioned
from pacework.service.people.models import Role
from pacework.service.plan.models import TaskPause
from pacework.service.work.models import Absence

LOWEST, HIGHEST = 0, 10
RATINGS = ("pain", "fatigue", "sleep", "mood")
# What may be said of a day beside pain.
DETAILS = ("fatigue", "sleep", "mood", "hours", "note")
# A machine that slept sends the reminders it missed this long; later they would be a bother.
HOURS_LATE = 3


def carried_by(user: Any) -> Q:
    """For a query on rows with a client: those whom this ESW carries today, cover included."""
    return Q(client__in=Episode.objects.carried_by(user).values("client"))


class DiaryQuerySet(CaseQuerySet):
    def visible_to(self, user: Any) -> Self:
        """What the client shows this reader, on top of the record's own door. Notes are theirs alone."""
        found = super().visible_to(user)
        role = getattr(user, "role", "")
        if role == Role.CLIENT:
            return found
        if role == Role.ESW:
            return found.filter(carried_by(user), self.shown_to_worker())
        if role == Role.HCP:
            supported = Q(client__in=Episode.objects.open().values("client"))
            return found.filter(
                supported, agreed_to(Consent.Layer.DIARY_HEALTH, recipient=user, client="client")
            )
        return self.none()

    def shown_to_worker(self) -> Q:
        """What the client's worker may see of these rows."""
        return agreed_to(Consent.Layer.DIARY_SHARING, client="client")


def _rating(name: str) -> models.CheckConstraint:
    within = Q(**{f"{name}__range": (LOWEST, HIGHEST)})
    return models.CheckConstraint(condition=within | Q(**{f"{name}__isnull": True}), name=f"{name}_0_to_10")


class DiaryEntry(Versioned, CaseModel):
    """One day: pain, and what else the client wished to say. One a day."""

    record = Record(
        scope="client",
        erase="delete",
        retain=KEPT,
        gone=True,
        export=("on", "pain", "fatigue", "sleep", "mood", "hours", "note", "rated_at"),
        scrub=("note",),
    )

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="diary_entries")
    on = models.DateField()
    pain = models.PositiveSmallIntegerField()
    fatigue = models.PositiveSmallIntegerField(null=True, blank=True)
    sleep = models.PositiveSmallIntegerField(null=True, blank=True, help_text="10 is a very good night.")
    mood = models.PositiveSmallIntegerField(null=True, blank=True, help_text="10 is a very good mood.")
    hours = models.DecimalField(
        "hours you could have worked", max_digits=3, decimal_places=1, null=True, blank=True
    )
    note = models.TextField(blank=True)
    # The moment of the rating that holds: of two, the later one does, whenever they arrive.
    rated_at = models.DateTimeField()

    # Set by an action: the rating that this one replaced.
    pain_before: int | None = None

    objects = DiaryQuerySet.as_manager()

    class Meta:
        ordering = ["-on"]
        verbose_name = "diary entry"
        verbose_name_plural = "diary entries"
        constraints = [
            models.UniqueConstraint(fields=["client", "on"], name="one_diary_entry_a_day"),
            *(_rating(name) for name in RATINGS),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__range=(0, 24)), name="hours_of_one_day"
            ),
        ]


class FlareQuerySet(DiaryQuerySet):
    def open(self) -> Self:
        return self.filter(ended_on__isnull=True)

    def shown_to_worker(self) -> Q:
        """With the diary, or told to the worker one by one."""
        return Q(told=True) | super().shown_to_worker()

    def told_lately(self, since: datetime) -> Self:
        """Told to the worker; and going on, or over or told of no earlier than ``since``."""
        lately = Q(ended_on__isnull=True) | Q(ended_on__gte=timezone.localtime(since).date())
        return self.filter(lately | Q(told_at__gte=since), told=True)

    def last_choices(self) -> dict[str, bool]:
        """What came with the latest of these. At first nobody is told, and nobody is off work."""
        last = self.order_by("-recorded_at", "-pk").first()
        return {
            "tell": last is not None and last.told,
            "off_work": last is not None and last.absences.exists(),
        }


class Flare(Versioned, CaseModel):
    """A stretch of days that are worse than usual, by the client's own word. At most one is open."""

    record = Record(
        scope="client",
        erase="delete",
        retain=KEPT,
        gone=True,
        export=("started_on", "ended_on", "note", "told", "recorded_at"),
        scrub=("note",),
    )

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="flares")
    started_on = models.DateField()
    ended_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    told = models.BooleanField("told to the support worker", default=False)
    told_at = models.DateTimeField(null=True)
    # What its start did, so that its end takes back just that.
    pause = models.ForeignKey(TaskPause, null=True, on_delete=models.SET_NULL, related_name="+")
    absences = models.ManyToManyField(Absence, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    # Set by an action: whether its end gave steps a later date, and whether days off work ended with it.
    steps_moved = False
    days_off_ended = False

    objects = FlareQuerySet.as_manager()

    class Meta:
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(ended_on__isnull=True), name="one_open_flare"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="flare_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["client", "-started_on"])]


class FlarePlan(Versioned, CaseModel):
    """What the client wants to happen in a flare, thought of on a better day."""

    PARTS = ("early_signs", "what_helps", "whom_to_tell", "appointments", "work")
    record = Record(
        scope="client",
        erase="delete",
        retain=KEPT,
        gone=True,
        export=PARTS,
        scrub=PARTS,
    )

    client = models.OneToOneField(Client, on_delete=models.PROTECT, related_name="flare_plan")
    early_signs = models.TextField(blank=True)
    what_helps = models.TextField(blank=True)
    whom_to_tell = models.TextField(blank=True)
    appointments = models.TextField(blank=True)
    work = models.TextField(blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)

    objects = DiaryQuerySet.as_manager()


class DiaryTap(CaseModel):
    """A rating that a phone sent later. Its key is kept, so that the same one is never taken twice."""

    record = Record(scope="client", erase="delete", retain=KEPT, gone=True, export=("on", "taken_at"))

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="diary_taps")
    key = models.UUIDField()
    on = models.DateField()
    taken_at = models.DateTimeField(default=clock.now)

    objects = DiaryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="diary_tap_once")]


class DiaryDeletion(CaseModel):
    """Days that the client deleted, and when: what a phone still holds about them from before stays away."""

    record = Record(scope="client", erase="delete", retain=KEPT, export=("first", "last", "deleted_at"))

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="diary_deletions")
    first = models.DateField()
    last = models.DateField()
    deleted_at = models.DateTimeField()

    objects = DiaryQuerySet.as_manager()

    class Meta:
        ordering = ["-deleted_at"]


class ReminderQuerySet(DiaryQuerySet):
    def due(self, now: datetime) -> Self:
        """Those whose hour has come and that nothing stands against: nobody is reminded who has rated the
        day, is in a flare, has left, or does not wish to be written to. The weekday is not asked yet."""
        local = timezone.localtime(now)
        today = local.date()
        of_client = {"client": OuterRef("client")}
        return (
            self.filter(
                hour__lte=local.hour,
                hour__gt=local.hour - HOURS_LATE,
                client__do_not_contact=False,
                client__safe_to_email=True,
                client__user__is_active=True,
            )
            .exclude(client__user__email="")
            .filter(
                Exists(Episode.objects.open().filter(**of_client)),
                ~Exists(DiaryEntry.objects.filter(on=today, **of_client)),
                ~Exists(Flare.objects.open().filter(**of_client)),
                ~Exists(ReminderSent.objects.filter(on=today, **of_client)),
            )
            .select_related("client__user")
            .order_by("pk")
        )


class DiaryReminder(CaseModel):
    """The client asked to be reminded by e-mail. There is none until they ask, none after they stop."""

    record = Record(scope="client", erase="delete", retain=KEPT, export=("hour", "days", "asked_at"))

    client = models.OneToOneField(Client, on_delete=models.PROTECT, related_name="diary_reminder")
    hour = models.PositiveSmallIntegerField()
    days = models.JSONField("days of the week, Monday is 0", default=list)
    asked_at = models.DateTimeField(default=clock.now)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(hour__range=(0, 23)), name="hour_of_a_day")]

    def is_for(self, day: date) -> bool:
        """Whether the client chose this day of the week."""
        return day.weekday() in self.days


class ReminderSent(CaseModel):
    """One reminder that went out. One a day: the row is there before the letter leaves."""

    record = Record(scope="client", erase="delete", retain=KEPT, export=("on", "sent_at"))

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="diary_reminders_sent")
    on = models.DateField()
    sent_at = models.DateTimeField(default=clock.now)

    objects = DiaryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "reminders sent"
        constraints = [models.UniqueConstraint(fields=["client", "on"], name="one_reminder_a_day")]
