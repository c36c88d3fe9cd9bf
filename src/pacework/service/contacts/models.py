"""Appointments and the log of contacts with a client."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from pacework.service.cases.models import KEPT, CaseModel, CaseQuerySet, Episode
from pacework.service.core import clock
from pacework.service.core.records import Record, Versioned


class AppointmentQuerySet(CaseQuerySet):
    def planned(self) -> Self:
        """Still to come or still to be answered."""
        return self.filter(outcome="")


class Appointment(Versioned, CaseModel):
    """A planned meeting: date, time, place, mode, and in the end what became of it."""

    record = Record(
        scope="episode__client",
        erase="blank",
        retain=KEPT,
        export=("on", "at", "place", "mode", "with_hcp", "outcome"),
        scrub=("place",),
    )

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="appointments")
    esw = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments")
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
        indexes = [models.Index(fields=["esw", "on"]), models.Index(fields=["episode", "on"])]


class ContactQuerySet(CaseQuerySet):
    def happened(self) -> Self:
        return self.filter(attendance="attended")


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
            models.Index(fields=["by", "next_step_on"], condition=Q(next_step_done_on=None), name="promises"),
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
