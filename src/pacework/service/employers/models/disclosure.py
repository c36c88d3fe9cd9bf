"""What a client lets us say to employers. History is kept: an answer is ended, never rewritten."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from pacework.service.cases.models import KEPT, CaseModel, CaseQuerySet, Client
from pacework.service.core import clock
from pacework.service.core.records import Record
from pacework.service.employers.models.places import Employer


class Who(models.TextChoices):
    """Is the client mentioned at all, and by name?"""

    NOT_AT_ALL = "not_at_all", "Not at all"
    UNNAMED = "unnamed", "Without a name"
    NAMED = "named", "By name"


class What(models.TextChoices):
    """What may be said about health and needs?"""

    NOTHING = "nothing", "Nothing about health"
    ADJUSTMENTS = "adjustments", "Adjustments only"
    CONDITION = "condition", "Adjustments and the condition"


class DisclosurePlanQuerySet(CaseQuerySet):
    def current(self) -> Self:
        """Not replaced by a later answer. It may still have expired: policies decide."""
        return self.filter(ended_at__isnull=True)

    def deciding_for(self, employer: Employer | None) -> Self:
        """The plan for this employer first, then the default; only these two can decide."""
        return (
            self.current()
            .filter(Q(employer=employer) | Q(employer__isnull=True))
            .order_by(models.F("employer").desc(nulls_last=True), "-pk")
        )


class DisclosurePlan(CaseModel):
    """One answer of the client: the default (no employer), or for one employer."""

    class Tells(models.TextChoices):
        CLIENT = "client", "The client"
        ESW = "esw", "The employment support worker"
        TOGETHER = "together", "Both together"

    class How(models.TextChoices):
        ONLINE = "online", "by the client, online"
        SPOKEN = "spoken", "spoken"
        SIGNED = "signed", "on paper"

    record = Record(
        scope="client",
        erase="blank",
        retain=KEPT,
        export=(
            "employer",
            "who",
            "what",
            "may_say",
            "must_not_say",
            "who_tells",
            "expires_on",
            "agreed_on",
            "agreed_how",
            "recorded_by",
            "ended_at",
        ),
        scrub=("may_say", "must_not_say"),
    )

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="disclosure_plans")
    employer = models.ForeignKey(
        Employer, null=True, blank=True, on_delete=models.PROTECT, related_name="disclosure_plans"
    )
    who = models.CharField(max_length=10, choices=Who, default=Who.NOT_AT_ALL)
    what = models.CharField(max_length=11, choices=What, default=What.NOTHING)
    may_say = models.TextField(blank=True)
    must_not_say = models.TextField(blank=True)
    who_tells = models.CharField(max_length=8, choices=Tells, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    agreed_on = models.DateField()
    agreed_how = models.CharField(max_length=7, choices=How)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = DisclosurePlanQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "employer"], condition=Q(ended_at__isnull=True), name="one_plan_an_employer"
            ),
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(ended_at__isnull=True, employer__isnull=True),
                name="one_default_plan",
            ),
            models.CheckConstraint(
                condition=~Q(who="not_at_all") | Q(what="nothing"), name="not_at_all_says_nothing"
            ),
        ]
