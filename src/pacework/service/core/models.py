"""Tables of the shell itself: audit, reads, drafts and submissions. None is about a client's content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from pacework.service.core import clock
from pacework.service.core.records import Record

AUDIT_KEPT = "as long as the service runs: ids, field names and digests only"


class AppendOnly(models.Model):
    """Rows that are written once: changing or deleting one through the model is refused."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} rows are written once")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError(f"{type(self).__name__} rows are never deleted")


class AuditEvent(AppendOnly):
    """One write, chained by hash to the write before it on the same chain."""

    record = Record(scope=None, erase="keep", retain=AUDIT_KEPT)

    chain = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=True
    )
    verb = models.CharField(max_length=60)
    model = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    fields = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="audit_event_once")]


class AuditHead(models.Model):
    """The last event of a chain: the one row that writers of the chain lock, last."""

    record = Record(scope=None, erase="keep", retain=AUDIT_KEPT)

    chain = models.CharField(max_length=40, primary_key=True)
    number = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)


class AuditSalt(models.Model):
    """The secret a chain's digests are made with. Erasing a person blanks it."""

    record = Record(scope=None, erase="blank", retain="until the person's record is erased", scrub=("salt",))

    chain = models.CharField(max_length=40, primary_key=True)
    salt = models.CharField(max_length=32)


class AuditAnchor(AppendOnly):
    """All chain heads at the end of a day, hashed: shows a chain that was removed whole."""

    record = Record(scope=None, erase="keep", retain=AUDIT_KEPT)

    day = models.DateField(unique=True)
    heads = models.JSONField()
    hash = models.CharField(max_length=64)


class ReadEvent(AppendOnly):
    """Someone opened a client's page, or was refused. Written after the response, outside its transaction."""

    record = Record(scope=None, erase="keep", retain="8 years after closing: ids and page names only")

    at = models.DateTimeField(default=clock.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    client_id = models.BigIntegerField(null=True)
    page = models.CharField(max_length=60)
    method = models.CharField(max_length=8)
    outcome = models.CharField(max_length=10, choices=[("read", "opened"), ("refused", "refused")])
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["client_id", "-at"])]


class Draft(models.Model):
    """What someone was typing, kept on the server until it is saved or has lain 30 days."""

    record = Record(scope=None, erase="delete", retain="30 days", scrub=("data",))

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=200)
    data = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "path"], name="one_draft_a_page")]


class Submission(models.Model):
    """A form that was sent: the same form sent twice writes once."""

    record = Record(scope=None, erase="keep", retain="30 days")

    token = models.CharField(max_length=36, primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(default=clock.now)
    went_to = models.CharField(max_length=300, blank=True)
