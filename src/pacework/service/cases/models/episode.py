"""A stretch of support, who carries it, and under which programme."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat

from pacework.service.cases.models.client import KEPT, Client
from pacework.service.cases.models.door import CaseModel, CaseQuerySet
from pacework.service.core import clock
from pacework.service.core.audit import once
from pacework.service.core.records import Record, Versioned
from pacework.service.people.models import Cover, Team, User


class Programme(Versioned):
    """The terms a service works under: eligibility preset and time limits."""

    record = Record(scope=None, erase="keep", retain="as long as the service runs")

    name = models.CharField(max_length=80, unique=True)
    preset = models.CharField(max_length=40, default="routine")
    search_limit_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    in_work_limit_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    is_default = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class EpisodeQuerySet(CaseQuerySet):
    def open(self) -> Self:
        return self.filter(closed_on__isnull=True)

    def waiting(self) -> Self:
        """Open, and on nobody's caseload: not offered, offered and not answered, or given back."""
        return self.open().filter(~Exists(_accepted_now()))

    def active(self) -> Self:
        """On a caseload now."""
        return self.open().filter(Exists(_accepted_now()))

    def carried_by(self, user: Any) -> Self:
        """Open, and this ESW's own today: named, accepted or not, or of a colleague they cover for."""
        absent = Cover.objects.on(clock.today()).filter(covering=user).values("absent")
        named = Assignment.objects.open().filter(Q(esw=user) | Q(esw__in=absent))
        return self.open().filter(pk__in=named.values("episode"))

    def with_waiting_since(self) -> Self:
        """Adds ``waiting_since``: the day of referral, or the day the episode was last opened again."""
        reopened = Closing.objects.filter(episode=OuterRef("pk"), reopened_on__isnull=False)
        return self.annotate(
            waiting_since=Coalesce(
                Subquery(reopened.order_by("-pk").values("reopened_on")[:1]), "referred_on"
            )
        )

    def with_offer(self) -> Self:
        """Adds ``offered_to`` and ``offered_on``: who was asked and has not answered."""
        offers = Assignment.objects.offered().filter(episode=OuterRef("pk"))
        named = offers.annotate(name=Concat("esw__first_name", Value(" "), "esw__last_name"))
        return self.annotate(
            offered_to=Subquery(named.values("name")[:1]),
            offered_on=Subquery(offers.values("offered_on")[:1]),
        )

    def with_stage(self) -> Self:
        """Adds ``stage``, the same answer as ``science.measures.rules.stage``: first match wins."""
        return self.annotate(
            stage=Case(
                When(closed_on__isnull=False, then=Value("closed")),
                When(in_work_since__isnull=False, then=Value("in_work")),
                When(first_employer_contact_on__isnull=False, then=Value("job_search")),
                When(last_job_ended_on__isnull=False, then=Value("job_search")),
                When(preparing_since__isnull=False, then=Value("preparing")),
                When(profile_started_on__isnull=False, then=Value("engaged")),
                When(accepted_on__isnull=False, then=Value("accepted")),
                default=Value("referred"),
                output_field=models.CharField(),
            )
        )


class Episode(CaseModel):
    """One stretch of support, from referral to closing. Its stage is derived, never stored."""

    record = Record(
        scope="client",
        erase="blank",
        retain=KEPT,
        export=(
            "referred_on",
            "allocated_on",
            "accepted_on",
            "first_contact_on",
            "profile_started_on",
            "preparing_since",
            "first_employer_contact_on",
            "in_work_since",
            "first_job_started_on",
            "last_job_ended_on",
            "outcome_on",
            "closed_on",
            "close_reason",
            "close_note",
        ),
        scrub=("close_note",),
    )

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="episodes")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="episodes")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="episodes")
    employed_at_entry = models.BooleanField(default=False)

    # Milestones: written only by actions.record_milestone, recomputed from their sources by a guard.
    referred_on = models.DateField()
    allocated_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    first_contact_on = models.DateField(null=True)
    profile_started_on = models.DateField(null=True)
    preparing_since = models.DateField(null=True)
    first_employer_contact_on = models.DateField(null=True)
    in_work_since = models.DateField(null=True)
    first_job_started_on = models.DateField(null=True)
    last_job_ended_on = models.DateField(null=True)
    outcome_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    close_reason = models.CharField(max_length=40, blank=True)
    close_note = models.TextField(blank=True)

    objects = EpisodeQuerySet.as_manager()

    class Meta:
        ordering = ["-referred_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(closed_on__isnull=True), name="one_open_episode"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(close_reason=""), name="closed_with_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["team", "closed_on", "accepted_on"]),
            models.Index(fields=["closed_on", "referred_on"]),
        ]


MILESTONES = (
    "allocated_on",
    "accepted_on",
    "first_contact_on",
    "profile_started_on",
    "preparing_since",
    "first_employer_contact_on",
    "in_work_since",
    "first_job_started_on",
    "last_job_ended_on",
    "outcome_on",
    "closed_on",
)


class Closing(CaseModel):
    """Each time an episode was closed, by whom and why, and when it was opened again. History is kept."""

    record = Record(
        scope="episode__client",
        erase="blank",
        retain=KEPT,
        export=("closed_on", "reason", "note", "reopened_on", "reopen_note"),
        scrub=("note", "reopen_note"),
    )

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="closings")
    closed_on = models.DateField()
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=40)
    note = models.TextField(blank=True)
    reopened_on = models.DateField(null=True)
    reopened_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reopen_note = models.TextField(blank=True)

    class Meta:
        ordering = ["-closed_on", "-pk"]


class AssignmentQuerySet(CaseQuerySet):
    def open(self) -> Self:
        """Offered or accepted and not ended."""
        return self.filter(ended_on__isnull=True)

    def accepted(self) -> Self:
        return self.open().filter(accepted_on__isnull=False)

    def offered(self) -> Self:
        """Offered and not answered yet."""
        return self.open().filter(accepted_on__isnull=True)


class Assignment(CaseModel):
    """The one named ESW of an episode for a time; a handover ends one and begins the next."""

    record = Record(
        scope="episode__client",
        erase="blank",
        retain=KEPT,
        export=(
            "esw",
            "offered_on",
            "accepted_on",
            "ended_on",
            "end_reason",
            "handover_note",
            "decline_note",
        ),
        scrub=("handover_note", "decline_note"),
    )

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="assignments")
    esw = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    offered_on = models.DateField()
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    accepted_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=40, blank=True)
    handover_note = models.TextField(blank=True)
    decline_note = models.CharField(max_length=300, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["-offered_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode"], condition=Q(ended_on__isnull=True), name="one_named_esw"
            )
        ]
        indexes = [models.Index(fields=["esw", "ended_on"])]


def _accepted_now() -> Any:
    return Assignment.objects.accepted().filter(episode=OuterRef("pk"))


def named_esw(episode: Episode, day: date | None = None) -> User | None:
    """The ESW who carries this episode (on ``day``, else now), accepted or not yet."""
    rows = once(
        ("assignments", episode.pk),
        lambda: list(episode.assignments.select_related("esw")),
        read_from=Assignment,
        client_id=episode.client_id,
    )
    if day is None or day > clock.today():
        found = (row for row in rows if row.ended_on is None)
    else:
        found = (
            row
            for row in rows
            if row.accepted_on is not None
            and row.accepted_on <= day
            and (row.ended_on is None or row.ended_on > day)
        )
    named = next(found, None)
    return named.esw if named else None
