"""The employer-contact log and its weekly review."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from pacework.service.cases.models import KEPT, Assignment, CaseModel, CaseQuerySet, Client, Consent, Episode
from pacework.service.core import clock
from pacework.service.core.records import Record
from pacework.service.employers.models.disclosure import DisclosurePlan
from pacework.service.employers.models.places import EMPLOYER_KEPT, Employer, EmployerPerson, Site
from pacework.service.people.models import Cover, Role

# Roles that know the service's employers. A contact that is about no client is open to all of them.
READERS = frozenset({Role.ESW, Role.TEAM_LEAD, Role.MANAGER})


class EmployerContactQuerySet(CaseQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Contacts about a client only through the client's door; about nobody: all who know employers."""
        about_visible = Q(client__in=Client.objects.visible_to(user).values("pk"))
        if user.is_authenticated and user.is_active and user.role in READERS:
            return self.filter(Q(client__isnull=True) | about_visible)
        return self.filter(about_visible)

    def in_week(self, monday: date) -> Self:
        """Contacts from this Monday to the Sunday after it."""
        return self.filter(on__gte=monday, on__lt=monday + timedelta(days=7))

    def next_steps_due(self, user: Any, day: date, carried: Collection[int] | None = None) -> Self:
        """Promises to employers that this worker keeps and that are due by ``day``.

        Their own, those about clients they carry now (a promise moves with the client), and, for as long as
        they cover somebody, that person's. A client's closed episode ends what was promised about them.
        ``carried``: the ids of those clients' episodes, where the page has read them already.
        """
        absent = Cover.objects.on(day).filter(covering=user).values("absent")
        theirs = Q(esw=user) | Q(esw__in=absent)
        episodes: Any = carried
        if carried is None:
            episodes = Assignment.objects.visible_to(user).accepted().filter(theirs).values("episode")
        # Few promises are open among many contacts: read from their own index first.
        due = self.filter(next_step_done_on__isnull=True, next_step_on__lte=day).order_by()
        return (
            self.filter(pk__in=due.values("pk"))
            .filter(Q(client__isnull=True) & theirs | Q(episode__in=episodes))
            .order_by("next_step_on", "pk")
        )


class EmployerContact(CaseModel):
    """One contact with an employer. About a client only on a live disclosure plan and consent."""

    class Match(models.TextChoices):
        MATCHES = "matches", "Yes, it matches"
        DOES_NOT = "does_not", "No, it does not"
        NOT_ASKED = "not_asked", "Not asked"

    record = Record(
        scope="client",
        erase="blank",
        retain=KEPT,
        export=(
            "employer",
            "site",
            "on",
            "mode",
            "purpose",
            "esw",
            "client_named",
            "match",
            "match_why",
            "note",
            "next_step",
            "next_step_on",
        ),
        scrub=("note", "match_why", "next_step"),
    )

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="contacts")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="contacts")
    person = models.ForeignKey(
        EmployerPerson, null=True, blank=True, on_delete=models.PROTECT, related_name="contacts"
    )
    esw = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="employer_contacts"
    )
    on = models.DateField()
    mode = models.CharField(max_length=20)
    face_to_face = models.BooleanField()
    purpose = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    next_step = models.CharField(max_length=200, blank=True)
    next_step_on = models.DateField(null=True, blank=True)
    next_step_done_on = models.DateField(null=True, editable=False)

    # About a client: all or none of these five. The basis says which answer of the client allowed it.
    client = models.ForeignKey(Client, null=True, on_delete=models.PROTECT, related_name="employer_contacts")
    episode = models.ForeignKey(
        Episode, null=True, on_delete=models.PROTECT, related_name="employer_contacts"
    )
    basis = models.ForeignKey(DisclosurePlan, null=True, on_delete=models.PROTECT, related_name="contacts")
    consent = models.ForeignKey(Consent, null=True, on_delete=models.PROTECT, related_name="+")
    client_named = models.BooleanField(default=False)
    match = models.CharField(max_length=9, choices=Match, default=Match.NOT_ASKED)
    match_why = models.CharField(max_length=300, blank=True)

    # The writer was asked about these words and said yes.
    confirmed_words = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = EmployerContactQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    client__isnull=True,
                    episode__isnull=True,
                    basis__isnull=True,
                    consent__isnull=True,
                    client_named=False,
                )
                | Q(client__isnull=False, episode__isnull=False, basis__isnull=False, consent__isnull=False),
                name="client_linked_only_with_a_basis",
            ),
            models.CheckConstraint(
                condition=Q(next_step_on__isnull=True) | ~Q(next_step=""), name="due_date_says_for_what"
            ),
        ]
        indexes = [
            models.Index(fields=["employer", "-on"]),
            models.Index(fields=["esw", "-on"]),
            models.Index(fields=["client", "-on"]),
            models.Index(
                fields=["next_step_on"],
                condition=Q(next_step_done_on__isnull=True),
                name="employer_promise_due",
            ),
        ]


class LogReview(models.Model):
    """The team lead looked through one worker's contacts of a week. A second look is a second row."""

    record = Record(scope=None, erase="keep", retain=EMPLOYER_KEPT, scrub=("note",))

    esw = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="log_reviews")
    week = models.DateField(help_text="The Monday.")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(default=clock.now)
    contacts = models.PositiveSmallIntegerField()
    face_to_face = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-week", "-reviewed_at", "-pk"]
        indexes = [models.Index(fields=["esw", "week"])]
