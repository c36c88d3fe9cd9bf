"""What would help: a need the client and their ESW named, and the action it became."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from pacework.service.cases.models import KEPT, CaseModel, Episode
from pacework.service.core.records import Record, Versioned
from pacework.service.plan.models import PlannedAction


class Need(Versioned, CaseModel):
    """One need, of the list (``key``) or in own words. It ends in an action, or in a reason why not."""

    record = Record(
        scope="episode__client",
        erase="blank",
        retain=KEPT,
        export=("domain", "words", "named_on", "action", "set_aside_on", "set_aside_why"),
        scrub=("words", "set_aside_why"),
    )

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="needs")
    domain = models.CharField(max_length=20)
    key = models.CharField(max_length=30, blank=True)
    words = models.CharField(max_length=200)
    named_on = models.DateField()
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    action = models.OneToOneField(
        PlannedAction, null=True, blank=True, on_delete=models.PROTECT, related_name="need"
    )
    set_aside_on = models.DateField(null=True, blank=True)
    set_aside_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["named_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["episode", "key"], condition=~Q(key=""), name="listed_need_once"),
            models.CheckConstraint(
                condition=Q(action__isnull=True) | Q(set_aside_on__isnull=True), name="need_has_one_end"
            ),
        ]

    @property
    def undecided(self) -> bool:
        """Named, but with no action yet and not set aside."""
        return self.action_id is None and self.set_aside_on is None
