"""A section of the profile as it stands, and every earlier text of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from pacework.service.cases.models import KEPT, CaseModel, Episode
from pacework.service.core.records import Record, Versioned


class ProfileSection(Versioned, CaseModel):
    """What the client has said in one section. Version 0 is one that nobody has saved yet."""

    record = Record(
        scope="episode__client",
        erase="blank",
        retain=KEPT,
        export=("key", "answers", "entries", "own_words", "changed_at", "changed_by", "confirmed_on"),
        scrub=("answers", "entries", "own_words"),
    )

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="profile_sections")
    key = models.CharField("section", max_length=20)
    answers = models.JSONField(default=dict, blank=True)
    # Sections that repeat (jobs, lessons) keep their entries here: {"number": 3, "answers": {...}}.
    entries = models.JSONField(default=list, blank=True)
    own_words = models.TextField(blank=True)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # The day somebody last said that this is still right; the day it was saved, to begin with.
    confirmed_on = models.DateField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["episode", "key"], name="profile_section_once")]

    def entry(self, number: int) -> dict[str, Any] | None:
        """The answers of one entry, by its number."""
        return next((row["answers"] for row in self.entries if row["number"] == number), None)

    @property
    def is_empty(self) -> bool:
        return not (self.answers or self.entries or self.own_words)


class ProfileVersion(CaseModel):
    """A section as it was saved once: written once, never changed."""

    record = Record(
        scope="section__episode__client",
        erase="blank",
        retain=KEPT,
        export=("section", "number", "at", "by", "answers", "entries", "own_words"),
        scrub=("answers", "entries", "own_words"),
    )

    section = models.ForeignKey(ProfileSection, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    answers = models.JSONField(default=dict, blank=True)
    entries = models.JSONField(default=list, blank=True)
    own_words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["section", "number"], name="profile_version_once")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A version of a section is written once")
        super().save(*args, **kwargs)
