"""What every model declares, and records that nobody overwrites by accident."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self

from django.db import models

from pacework.service.core.errors import DomainError, StaleSave

Erase = Literal["delete", "blank", "keep"]


@dataclass(frozen=True)
class Record:
    """How a model treats the person it is about. Every model has one; a guard test fails on silence.

    scope   lookup path from the row to the client ("self", "client", "episode__client"); None: no client.
    export  fields the client receives in "download everything".
    erase   what erasing the person does to the row: delete it, blank its scrub fields, or keep it.
    retain  how long the row is kept, in words.
    scrub   fields that hold names or free text: blanked on erasure, replaced in any de-identified copy.
    author  the field that names who wrote the row: a healthcare professional keeps what they wrote
            when the client stops sharing with them.
    gone    the client may delete the row for good: the audit keeps no digest of it, for a rating from 0 to 10
            is found again by trying all eleven.
    """

    scope: str | None
    erase: Erase
    retain: str
    export: tuple[str, ...] = ()
    scrub: tuple[str, ...] = ()
    author: str = ""
    gone: bool = False


def path_of(scope: str) -> str:
    """The lookup path a record's scope means in a query."""
    return "pk" if scope == "self" else scope


def hold(obj: models.Model) -> None:
    """Lock this row until the transaction ends, and read it again: what a rule then sees is what is stored.

    A page read its objects before the transaction began; somebody may have been faster since. Other rows that
    the object refers to stay as they were read.
    """
    try:
        stored = type(obj)._base_manager.select_for_update(no_key=True).get(pk=obj.pk)
    except type(obj).DoesNotExist:  # type: ignore[attr-defined]
        raise DomainError("Somebody else has just taken this away.") from None
    for field in obj._meta.concrete_fields:
        if not field.is_relation:
            setattr(obj, field.attname, getattr(stored, field.attname))


class Versioned(models.Model):
    """A record two people may edit: a save names the version it was typed against."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    record: ClassVar[Record]

    def save_version(self, *, expected: int | None, fields: Iterable[str]) -> Self:
        """Write ``fields`` if the stored version is still ``expected``; else raise StaleSave, no change.

        ``expected=None`` means the version this object was read with.
        """
        names = list(fields)
        seen = self.version if expected is None else expected
        manager = type(self)._base_manager
        values: dict[str, Any] = {name: getattr(self, name) for name in names}
        changed = manager.filter(pk=self.pk, version=seen).update(version=seen + 1, **values)
        if not changed:
            raise StaleSave(current=manager.get(pk=self.pk))
        self.version = seen + 1
        return self
