"""Appointments and the log of contacts with a client."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q

from pacework.service.cases.models import KEPT, CaseModel, CaseQuerySet, Episode
from pacework.service.core import clock
from pacework.service.core.records import Record, Versioned

# What became of an appointment that nobody waited for: taken out of the diary before its day.
CALLED_OFF = "called_off"


class AppointmentQuerySet(CaseQuerySet):
    def planned(self) -> Self:
        """Still to come or still to be answered, while support is under way."""
        return self.filter(outcome="", episode__closed_on__isnull=True)

    def unanswered(self) -> Self:
        """Their day is over and nobody has said what became of them."""
        return self.planned().filter(on__lt=clock.today())

    def from_today(self) -> Self:
        return self.planned().filter(on__gte=clock.today())

    def next_of_episode(self) -> Self:
        """For a subquery over episodes: the next appointment of each, first of all."""
        return self.from_today().filter(episode=OuterRef("pk")).order_by("on", "at", "pk")


class Appointment(Versioned, CaseModel):
    """A planned meeting: date, time, place, mode, and in the end what became of it.

    Whoever carries the client on that day holds it, so a handover takes the appointments along.
    """

    record = Record(
        scope="episode__client",
        erase="blank",
        retain=KEPT,
        export=("on", "at", "place", "mode", "with_hcp", "outcome"),
        scrub=("place",),
    )

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="appointments")
    on = models.DateField()
    at = models.TimeField(null=True, blank=True)
    mode = models.CharField(max_length=20)
    place = models.CharField(max_length=120, blank=True)
    with_hcp = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=20, blank=True)
    moved_to = models.OneToOneField(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="moved_from"
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["on", "at", "pk"]
        indexes = [models.Index(fields=["episode", "on"])]

    @property
    def is_past(self) -> bool:
        return self.on < clock.today()


class MoveRequestQuerySet(CaseQuerySet):
    def waiting(self) -> Self:
        """Nobody has answered them yet."""
        return self.filter(answered_on__isnull=True, appointment__episode__closed_on__isnull=True)


class MoveRequest(CaseModel):
    """The client says that they cannot make an appointment and asks for another day."""

    record = Record(
        scope="appointment__episode__client",
        erase="blank",
        retain=KEPT,
        export=("asked_at", "words", "answered_on"),
        scrub=("words",),
    )

    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="move_request")
    words = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    answered_on = models.DateField(null=True, editable=False)

    objects = MoveRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]


class ContactQuerySet(CaseQuerySet):
    def happened(self) -> Self:
        return self.filter(attendance="attended")

    def promised(self) -> Self:
        """With a next step that is not done yet, while support is under way."""
        return self.filter(next_step_done_on__isnull=True, episode__closed_on__isnull=True).exclude(
            next_step=""
        )

    def last_of_episode(self) -> Self:
        """For a subquery over episodes: the last contact of each that took place, first of all."""
        return self.happened().filter(episode=OuterRef("pk")).order_by("-on", "-pk")


class Contact(CaseModel):
    """One contact with a client, as it was: written once; later words are additions."""

    record = Record(
        scope="episode__client",
        erase="blank",
        retain=KEPT,
        export=(
            "on",
            "by",
            "mode",
            "place_type",
            "minutes",
            "purpose",
            "attendance",
            "note",
            "next_step",
            "next_step_on",
            "joint_with",
        ),
        scrub=("note", "next_step"),
    )

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="contacts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contacts")
    # Who carried the client that day: continuity is the share of contacts where this is who made it.
    named_esw = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    appointment = models.OneToOneField(
        Appointment, null=True, blank=True, on_delete=models.PROTECT, related_name="contact"
    )
    on = models.DateField()
    mode = models.CharField(max_length=20)
    place_type = models.CharField(max_length=20, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    purpose = models.CharField(max_length=30)
    attendance = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    next_step = models.CharField(max_length=300, blank=True)
    next_step_on = models.DateField(null=True, blank=True)
    next_step_done_on = models.DateField(null=True, editable=False)
    joint_with = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    logged_at = models.DateTimeField(default=clock.now)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__lte=720), name="contact_within_a_day"
            )
        ]
        indexes = [
            models.Index(fields=["episode", "-on"]),
            models.Index(fields=["by", "-on"]),
            models.Index(
                fields=["episode", "next_step_on"],
                condition=Q(next_step_done_on=None) & ~Q(next_step=""),
                name="promises",
            ),
        ]


class ContactAddition(CaseModel):
    """Words added to a contact afterwards, with their author and time. Nothing is overwritten."""

    record = Record(
        scope="contact__episode__client",
        erase="blank",
        retain=KEPT,
        export=("by", "at", "text"),
        scrub=("text",),
    )

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="additions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    text = models.TextField()

    class Meta:
        ordering = ["at", "pk"]
