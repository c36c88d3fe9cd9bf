"""Ratings of days: one a day, the later one holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError
from pacework.service.core.records import hold
from pacework.service.diary import permissions, policies
from pacework.service.diary.models import DETAILS, DiaryEntry
from pacework.service.people.models import User

FIELDS = ("pain", *DETAILS)


@dataclass(frozen=True)
class DayTyped:
    """What somebody said of one day. ``details`` holds only what was asked: anything else stays as it was."""

    on: date
    pain: int
    details: Mapping[str, Any] = field(default_factory=dict)
    rated_at: datetime | None = None


@action
def record_day(
    client: Client,
    *,
    by: User,
    pain: int,
    on: date | None = None,
    details: Mapping[str, Any] | None = None,
    expected: int | None = None,
) -> DiaryEntry:
    """Rate a day. A rating that is there is replaced; its details stay unless they were asked again.

    The entry that comes back knows the rating it replaced, as ``pain_before``.
    """
    permissions.check_keep(by, client)
    typed = DayTyped(on or clock.today(), pain, details or {})
    check_typed(typed)
    hold(client)
    entry = DiaryEntry.objects.filter(client=client, on=typed.on).first()
    if entry is None:
        entry = put(DiaryEntry(client=client, on=typed.on), typed)
        entry.save()
    else:
        before = entry.pain
        put(entry, typed)
        entry.save_version(expected=expected, fields=[*FIELDS, "rated_at"])
        entry.pain_before = before
    trace("diary.day_rated", entry, by=by, fields=["on", *FIELDS])
    return entry


@action
def record_days(client: Client, days: Iterable[DayTyped], *, by: User) -> list[DiaryEntry]:
    """Rate many days at once, as from a diary on paper. Of two for one day the last one counts."""
    permissions.check_keep(by, client)
    typed = {one.on: one for one in days}
    if not typed:
        raise DomainError("There is no day to save.")
    for one in typed.values():
        check_typed(one)
    hold(client)
    known = {row.on: row for row in DiaryEntry.objects.filter(client=client, on__in=list(typed))}
    rows = [put(known.get(one.on) or DiaryEntry(client=client, on=one.on), one) for one in typed.values()]
    write_all(rows, by=by)
    return rows


def check_typed(typed: DayTyped) -> None:
    """All the rules of one day."""
    policies.check_day(typed.on)
    policies.check_rating("pain", typed.pain)
    policies.check_details(typed.details)


def put(entry: DiaryEntry, typed: DayTyped) -> DiaryEntry:
    """Put what was said into an entry, stored or not."""
    entry.pain = typed.pain
    entry.rated_at = typed.rated_at or clock.now()
    for name, value in typed.details.items():
        setattr(entry, name, value)
    return entry


def write_all(rows: Collection[DiaryEntry], *, by: User) -> None:
    """Store new and changed entries in two statements, each with its trace; a step of an action."""
    new: list[DiaryEntry] = []
    old: list[DiaryEntry] = []
    for row in rows:
        (new if row.pk is None else old).append(row)
    for row in old:
        row.version += 1
    DiaryEntry.objects.bulk_create(new)
    DiaryEntry.objects.bulk_update(old, [*FIELDS, "rated_at", "version"])
    for row in rows:
        trace("diary.day_rated", row, by=by, fields=["on", *FIELDS])
