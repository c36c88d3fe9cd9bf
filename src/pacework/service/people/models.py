"""The people who work in a service and the teams they form."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from pacework.service.core import clock
from pacework.service.core.audit import once
from pacework.service.core.records import Record, Versioned

WHOLE_TIME_HOURS = Decimal("37.5")
STAFF_KEPT = "8 years after leaving"


class Role(models.TextChoices):
    CLIENT = "client", "Client"
    ESW = "esw", "Employment support worker"
    HCP = "hcp", "Healthcare professional"
    TEAM_LEAD = "team_lead", "Team lead"
    MANAGER = "manager", "Service manager"
    RESEARCHER = "researcher", "Researcher"
    ADMINISTRATOR = "administrator", "Administrator"


class Team(Versioned):
    """An employment support team inside a health service."""

    record = Record(scope=None, erase="keep", retain="as long as the service runs")

    class Kind(models.TextChoices):
        GP_NETWORK = "gp_network", "GP network"
        PAIN_CLINIC = "pain_clinic", "Pain clinic"
        OTHER = "other", "Other health team"

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.GP_NETWORK)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UserQuerySet(models.QuerySet["User"]):
    def staff(self) -> UserQuerySet:
        """Everybody but clients. That someone is a client is part of their record, not of a list of users."""
        return self.exclude(role=Role.CLIENT)

    def matching(self, words: str) -> UserQuerySet:
        """People whose name, username or e-mail holds every one of the typed words."""
        found = self
        for word in words.split()[:6]:
            found = found.filter(
                Q(first_name__icontains=word)
                | Q(last_name__icontains=word)
                | Q(username__icontains=word)
                | Q(email__icontains=word)
            )
        return found


class PeopleManager(UserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(
        self, username: str, email: str | None = None, password: str | None = None, **more: Any
    ) -> User:
        return super().create_user(username, email, password, **more)


class User(AbstractUser, Versioned):
    """Someone who signs in, in one role. Clients who use the product have one too, linked to their record."""

    record = Record(
        scope=None, erase="blank", retain=STAFF_KEPT, scrub=("first_name", "last_name", "email", "phone")
    )

    role = models.CharField(max_length=14, choices=Role)
    phone = models.CharField(max_length=20, blank=True)
    job_title = models.CharField(max_length=80, blank=True)
    weekly_hours = models.DecimalField(
        max_digits=4, decimal_places=1, null=True, blank=True, help_text="Hours a week in this role (ESWs)."
    )
    teams = models.ManyToManyField(Team, through="Membership", related_name="people")

    objects = PeopleManager()  # type: ignore[misc]
    REQUIRED_FIELDS = ["email", "role"]

    class Meta:
        ordering = ["last_name", "first_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekly_hours__isnull=True) | Q(weekly_hours__gt=0, weekly_hours__lte=48),
                name="weekly_hours_make_sense",
            ),
            # People sign in with it, and reset links go to it: two accounts may not share one.
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="email_of_one_person"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def is_in(self, team_id: int) -> bool:
        """Whether this person belongs to the team."""
        joined = self.memberships.filter(team=team_id)
        return once(("in team", self.pk, team_id), joined.exists, read_from=Membership)

    @property
    def wte(self) -> Decimal:
        """Whole-time equivalent: weekly hours ÷ 37.5. Unknown hours count as whole time."""
        return (self.weekly_hours or WHOLE_TIME_HOURS) / WHOLE_TIME_HOURS

    @property
    def is_worker(self) -> bool:
        return self.role == Role.ESW


class Membership(models.Model):
    """Someone belongs to a team."""

    record = Record(scope=None, erase="keep", retain=STAFF_KEPT)

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    since = models.DateField(default=clock.today)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "team"], name="one_membership_a_team")]


class CoverQuerySet(models.QuerySet["Cover"]):
    def on(self, day: date) -> CoverQuerySet:
        """Covers that hold on ``day``, both ends included."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Cover(models.Model):
    """For these dates one ESW has another's rights over their clients, and no more. Set by the team lead."""

    record = Record(scope=None, erase="keep", retain=STAFF_KEPT)

    covering = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covers")
    absent = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covered_by")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=30)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = CoverQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="cover_ends_after_start"),
            models.CheckConstraint(condition=~Q(covering=F("absent")), name="nobody_covers_themselves"),
        ]
