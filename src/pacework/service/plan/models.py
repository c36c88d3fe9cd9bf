"""What was agreed to do: goals, dated actions, and the client's own preparing for work."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pacework.service.cases.models import KEPT, CaseModel, CaseQuerySet, Episode
from pacework.service.core import clock
from pacework.service.core.records import Record, Versioned


class GoalQuerySet(CaseQuerySet):
    def open(self) -> Self:
        return self.filter(reached_on__isnull=True, dropped_on__isnull=True)

    def preparing(self) -> Self:
        """Open goals of preparing for work: while one is open the episode may be in that stage."""
        return self.open().filter(kind=Goal.Kind.PREPARING)


class Goal(Versioned, CaseModel):
    """Something the client wants, in their own words."""

    class Kind(models.TextChoices):
        WORK = "work", "Work"
        PREPARING = "preparing", "Preparing for work"
        LIFE = "life", "Life around work"

    record = Record(
        scope="episode__client",
        erase="blank",
        retain=KEPT,
        export=("kind", "words", "set_on", "target_on", "reached_on", "dropped_on", "dropped_why"),
        scrub=("words", "dropped_why"),
    )

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="goals")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.WORK)
    words = models.TextField()
    set_on = models.DateField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    target_on = models.DateField(null=True, blank=True)
    reached_on = models.DateField(null=True)
    dropped_on = models.DateField(null=True)
    dropped_why = models.CharField(max_length=300, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["set_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reached_on__isnull=True) | Q(dropped_on__isnull=True), name="goal_has_one_end"
            ),
            models.CheckConstraint(
                condition=Q(reached_on__isnull=True) | Q(reached_on__gte=F("set_on")), name="goal_set_first"
            ),
        ]


class PlannedActionQuerySet(CaseQuerySet):
    def open(self) -> Self:
        return self.filter(done_on__isnull=True, dropped_on__isnull=True)

    def under_way(self) -> Self:
        """Open, in a stretch of support that is open too."""
        return self.open().filter(episode__closed_on__isnull=True)


class PlannedAction(Versioned, CaseModel):
    """One thing to do, by one owner, by a date."""

    class Owner(models.TextChoices):
        CLIENT = "client", "Client"
        ESW = "esw", "Employment support worker"
        HCP = "hcp", "Healthcare professional"

    record = Record(
        scope="episode__client",
        erase="blank",
        retain=KEPT,
        export=("words", "owner", "due_on", "done_on", "dropped_on", "why"),
        scrub=("words", "why"),
    )

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="planned_actions")
    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    words = models.CharField(max_length=300)
    why = models.CharField(max_length=300, blank=True, help_text="The need or obstacle it answers.")
    owner = models.CharField(max_length=6, choices=Owner)
    hcp = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField()
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(null=True)
    dropped_on = models.DateField(null=True)

    objects = PlannedActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(dropped_on__isnull=True), name="action_has_one_end"
            ),
            models.CheckConstraint(
                condition=Q(hcp__isnull=True) | Q(owner="hcp"), name="only_hcp_actions_name_an_hcp"
            ),
        ]
        indexes = [models.Index(fields=["episode", "due_on"])]

    @property
    def is_open(self) -> bool:
        return self.done_on is None and self.dropped_on is None


class ObstacleQuerySet(CaseQuerySet):
    def open(self) -> Self:
        return self.filter(gone_on__isnull=True)


class Obstacle(Versioned, CaseModel):
    """Something in the way of work, named by the client, with one step at a time against it."""

    record = Record(
        scope="episode__client",
        erase="blank",
        retain=KEPT,
        export=("domain", "words", "named_on", "gone_on"),
        scrub=("words",),
    )

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="obstacles")
    domain = models.CharField(max_length=20)
    words = models.CharField(max_length=300)
    step = models.OneToOneField(
        PlannedAction, null=True, blank=True, on_delete=models.PROTECT, related_name="obstacle"
    )
    named_on = models.DateField()
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    gone_on = models.DateField(null=True)

    objects = ObstacleQuerySet.as_manager()

    class Meta:
        ordering = ["domain", "named_on", "pk"]


class PreparationSession(CaseModel):
    """One session of preparing that this client took part in, alone or in a group."""

    record = Record(
        scope="episode__client",
        erase="blank",
        retain=KEPT,
        export=("template", "on", "format", "minutes", "attendance", "what_changed"),
        scrub=("what_changed",),
    )

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="preparation_sessions")
    template = models.CharField(max_length=30)
    on = models.DateField()
    format = models.CharField(max_length=12, choices=[("one_to_one", "one to one"), ("group", "in a group")])
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    attendance = models.CharField(max_length=20)
    what_changed = models.TextField(blank=True)
    led_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__lte=720), name="session_within_a_day"
            )
        ]


class PlacementAnswer(CaseModel):
    """The client's answer to "What would make a placement possible?", asked every four weeks of preparing."""

    record = Record(
        scope="episode__client", erase="blank", retain=KEPT, export=("asked_on", "words"), scrub=("words",)
    )

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="placement_answers")
    asked_on = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()

    class Meta:
        ordering = ["-asked_on", "-pk"]


class TaskPauseQuerySet(CaseQuerySet):
    def open(self) -> Self:
        return self.filter(until__isnull=True)


class TaskPause(CaseModel):
    """A time in which nothing the client set out to do is late, because they paused it."""

    record = Record(scope="episode__client", erase="keep", retain=KEPT, export=("since", "until"))

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="task_pauses")
    since = models.DateField()
    until = models.DateField(null=True)
    paused_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = TaskPauseQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode"], condition=Q(until__isnull=True), name="one_open_pause"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="pause_ends_after_start"
            ),
        ]
