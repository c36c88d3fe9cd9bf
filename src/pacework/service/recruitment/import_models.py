"""A list of people as it was brought in: the file, its rows one by one, and what became of each."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models

from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.core.records import Record
from pacework.service.people.models import Role, Team

ROWS_KEPT = "30 days after the last work on the list"


class ImportState(models.TextChoices):
    """Where a list is. What may follow what stands in policies_import.TRANSITIONS."""

    MAPPING = "mapping", "Columns to check"
    STAGING = "staging", "Being read"
    REVIEW = "review", "Ready to look at"
    COMMITTING = "committing", "Being added"
    DONE = "done", "Added"
    SENDING = "sending", "Invitations being recorded"
    UNDOING = "undoing", "Being taken back"
    REMOVING = "removing", "Being taken back"
    RESTORING = "restoring", "Being put back"
    UNDONE = "undone", "Taken back"
    DROPPED = "dropped", "Dropped"


WORKING = (
    ImportState.STAGING,
    ImportState.COMMITTING,
    ImportState.SENDING,
    ImportState.UNDOING,
    ImportState.REMOVING,
    ImportState.RESTORING,
)


class OfTeams(models.QuerySet[Any]):
    """Lists belong to a team; its leads see them. Nobody else does."""

    team_path = "team"

    def visible_to(self, user: Any) -> Self:
        if not (user.is_authenticated and user.is_active and user.role == Role.TEAM_LEAD):
            return self.none()
        return self.filter(**{f"{self.team_path}__in": user.memberships.values("team")})


class RowsOfTeams(OfTeams):
    team_path = "batch__team"


def _actor() -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")


class ImportBatch(models.Model):
    """One list, from the file to the last row."""

    record = Record(scope=None, erase="keep", retain="as long as the service runs: counts, no names")

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="imports")
    route = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=12, choices=ImportState, default=ImportState.MAPPING)
    paused = models.BooleanField(default=False, help_text="Somebody stopped the work; it goes on when asked.")
    problem = models.CharField(max_length=300, blank=True)
    # What reading the file found: encoding, separator, headings, where the rows begin, how dates are written.
    facts = models.JSONField(default=dict)
    columns = models.JSONField(default=dict, help_text="Field → number of the column it is read from.")
    dates = models.JSONField(default=dict, help_text="Number of a column → how its dates are written.")
    rows_total = models.PositiveIntegerField(default=0)
    rows_staged = models.PositiveIntegerField(default=0)
    # How far the present work has come, and of how many rows.
    work_done = models.PositiveIntegerField(default=0)
    cursor = models.PositiveIntegerField(default=0, help_text="The last row the present work has done.")
    work_total = models.PositiveIntegerField(default=0)
    approached_on = models.DateField(null=True, help_text="The invitations went out on this day.")
    uploaded_by = _actor()
    uploaded_at = models.DateTimeField(default=clock.now)
    committed_by = _actor()
    # Whoever works on the list holds it by this token and shows signs of life.
    worker = models.CharField(max_length=36, blank=True)
    beat_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=clock.now)
    rows_deleted_on = models.DateField(null=True)

    objects = OfTeams.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def working(self) -> bool:
        return self.state in WORKING


class ImportFile(models.Model):
    """The file as it came, packed. Deleted when its rows are added, dropped, or after 30 days."""

    record = Record(
        scope=None, erase="delete", retain="until the rows are added or dropped", scrub=("packed",)
    )

    batch = models.OneToOneField(ImportBatch, on_delete=models.CASCADE, related_name="file")
    packed = models.BinaryField(null=True)


class SavedColumns(models.Model):
    """Which heading meant which field the last time this team brought a list."""

    record = Record(scope=None, erase="keep", retain="as long as the team exists")

    team = models.OneToOneField(Team, on_delete=models.CASCADE, related_name="+")
    columns = models.JSONField(default=dict)


class ImportRow(models.Model):
    """One row of a list: what it says, what was found about it, what was decided, what became of it."""

    class Result(models.TextChoices):
        NEW = "new", "New"
        POSSIBLE = "possible", "Possible duplicate"
        REFUSED = "refused", "Cannot be added"

    class Choice(models.TextChoices):
        SKIP = "skip", "Leave out"
        SAME = "same", "Same person"
        NEW = "new", "New person"

    record = Record(scope="client", erase="delete", retain=ROWS_KEPT, scrub=("values", "cells", "reasons"))

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(help_text="Row of the file, as a spreadsheet numbers it.")
    values = models.JSONField(default=dict)
    cells = models.JSONField(default=list, help_text="As it came; only of rows that may be handed back.")
    result = models.CharField(max_length=10, choices=Result)
    reasons = models.JSONField(default=list, help_text="Sentences: why it cannot be added, or what to know.")
    # Whom it resembles: [{"client": id, "score": n, "reasons": [...]}], or {"line": n, ...} in the same list.
    matches = models.JSONField(default=list)
    do_not_contact = models.BooleanField(default=False)
    choice = models.CharField(max_length=5, choices=Choice, blank=True)
    same_as = models.ForeignKey(Client, null=True, on_delete=models.SET_NULL, related_name="+")
    client = models.ForeignKey(Client, null=True, on_delete=models.SET_NULL, related_name="import_rows")
    referral = models.ForeignKey(
        "recruitment.Referral", null=True, on_delete=models.SET_NULL, related_name="import_rows"
    )
    # Where the person's audit chain and referral stood when the row was added: anything later is work.
    chain_number = models.PositiveIntegerField(null=True)
    made_client = models.BooleanField(default=False)

    objects = RowsOfTeams.as_manager()

    class Meta:
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "line"], name="line_once"),
        ]
        indexes = [models.Index(fields=["batch", "result", "line"], name="import_rows_by_result")]
