"""Errors a person may see. Each carries a sentence fit for the screen."""

from __future__ import annotations

from typing import Any


class DomainError(Exception):
    """A rule says no. ``field`` names the form field the sentence belongs beside, if any."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotAllowed(DomainError):
    """This person may not do this. Shown as a 403 page; a record out of scope is a 404 before this."""


class NeedsConfirmation(DomainError):
    """Lawful, but the person must say that they mean it. ``field`` is the tick box that says so."""


class StaleSave(DomainError):
    """Someone else saved this record first. ``current`` is what is stored now."""

    def __init__(self, current: Any) -> None:
        super().__init__("Someone else saved this while you were typing. Nothing of theirs was changed.")
        self.current = current


class MissingTrace(RuntimeError):
    """An action wrote without saying so in the audit: a programming error, never shown."""
