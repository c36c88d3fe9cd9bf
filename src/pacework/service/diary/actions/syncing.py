"""Ratings that a phone kept while it was offline, sent later: none lost, none twice.

A tap is one rating on the phone. Its key makes a second sending harmless. The moment it was made, with the
phone's clock put right by the difference between now and when it says it sent, decides which of two ratings
of one day is the later one. What is refused stays on the phone, with the sentence why.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from pacework.service.cases.models import Client
from pacework.service.core import clock, typed
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError
from pacework.service.core.presenters import day as day_words
from pacework.service.core.records import hold
from pacework.service.diary import permissions, policies
from pacework.service.diary.actions.entries import DayTyped, check_typed, put, write_all
from pacework.service.diary.actions.flares import log_flare, start_flare
from pacework.service.diary.models import DETAILS, RATINGS, DiaryDeletion, DiaryEntry, DiaryTap, Flare
from pacework.service.people.models import User

# Twice what the phone sends, and no more than a transaction should hold the writer for.
AT_ONCE = 100
SAVED, ALREADY, OLDER, REFUSED = "saved", "already", "older", "refused"


@dataclass
class Tap:
    """One rating as the phone sent it, checked."""

    key: UUID
    typed: DayTyped
    made_at: datetime
    flare: bool


def owner_tag(user: User) -> str:
    """Says whose phone outbox this is: on a shared phone nobody sends somebody else's days.

    Always the same for one account, also after the service's secret key has changed: what waits on a phone
    must not be stranded. No secret is needed, for it opens nothing: who sends is who is signed in.
    """
    return hashlib.sha256(f"diary {user.pk} {user.date_joined.timestamp()}".encode()).hexdigest()


def sync_entries(client: Client, payload: Any, *, by: User) -> dict[str, Any]:
    """Take what a phone sends. Returns ``{"results": [{key, status, sentence}]}``, one for each entry.

    What is not as the person left it has a sentence: a rating that gave way to a later one, a refusal.
    Raises DomainError when the whole cannot be read or belongs to somebody else: then nothing is taken.
    """
    permissions.check_keep(by, client)
    now = clock.now()
    entries = _checked(payload, by)
    late = now - (_moment(payload.get("sent_at")) or now)
    results: dict[int, dict[str, str]] = {}
    taps: dict[int, Tap] = {}
    for place, entry in enumerate(entries):
        try:
            taps[place] = _read(entry, late=late, now=now)
        except (DomainError, typed.Unreadable) as refusal:
            key = entry.get("key") if isinstance(entry, dict) else None
            results[place] = _result(key, REFUSED, str(refusal))
    if taps:
        results |= _take(client, taps, by=by)
    return {"results": [results[place] for place in range(len(entries))]}


def _result(key: Any, status: str, sentence: str = "") -> dict[str, str]:
    shown = str(key)[:64] if isinstance(key, (str, UUID)) else ""
    return {"key": shown, "status": status, "sentence": sentence}


def _checked(payload: Any, by: User) -> list[Any]:
    if not isinstance(payload, dict) or not isinstance(payload.get("entries"), list):
        raise DomainError("Your phone sent something we cannot read. Open your diary and try again.")
    if payload.get("tag") != owner_tag(by):
        raise DomainError(
            "These entries were made while somebody else was signed in on this phone, so they wait for them."
        )
    entries: list[Any] = payload["entries"]
    if len(entries) > AT_ONCE:
        raise DomainError(f"Your phone sent more than {AT_ONCE} entries at once. It sends them in parts.")
    return entries


# Reading what came


def _moment(value: Any) -> datetime | None:
    """A moment as the phone writes it; one without a zone is a local one."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        found = datetime.fromisoformat(value)
        found = timezone.make_aware(found) if timezone.is_naive(found) else found
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _read(entry: Any, *, late: timedelta, now: datetime) -> Tap:
    if not isinstance(entry, dict):
        raise DomainError("This entry cannot be read.")
    try:
        key = UUID(str(entry.get("key", "")))
    except ValueError:
        raise DomainError("This entry has no key. Type it in again.") from None
    made = _moment(entry.get("made_at"))
    if made is None:
        raise DomainError("This entry does not say when it was made. Type it in again.")
    try:
        made_at = min(made + late, now)
    except OverflowError:
        raise DomainError("This entry does not say when it was made. Type it in again.") from None
    if made_at.date() < policies.EARLIEST:
        # Nobody rated anything then, and the first days of all time have no day where the service is.
        raise DomainError("This entry does not say when it was made. Type it in again.")
    one = DayTyped(
        _day(entry.get("on"), made_at), _whole("pain", entry.get("pain")), _details(entry), made_at
    )
    check_typed(one)
    return Tap(key, one, made_at, entry.get("flare") is True)


def _day(value: Any, made_at: datetime) -> date:
    """The day it is about: as chosen, else the day of the tap where the service is."""
    if value is None:
        return timezone.localtime(made_at).date()
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise DomainError("The day of this entry cannot be read. Type it in again.", field="on") from None


def _whole(name: str, value: Any) -> Any:
    """JSON does not tell 4 from 4.0."""
    if isinstance(value, float) and math.isfinite(value) and value == int(value):
        value = int(value)
    policies.check_rating(name, value)
    return value


def _details(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What was said beside pain. Nothing said leaves what is there as it is."""
    found: dict[str, Any] = {}
    for name in RATINGS[1:]:
        value = _whole(name, entry.get(name))
        if value is not None:
            found[name] = value
    hours = entry.get("hours")
    if hours is not None:
        if isinstance(hours, bool) or not isinstance(hours, (int, float)):
            raise DomainError("Enter hours from 0 to 24.", field="hours")
        found["hours"] = Decimal(str(hours))
        policies.check_hours(found["hours"])
    note = entry.get("note") or ""
    if not isinstance(note, str):
        raise DomainError("The note cannot be read. Type it in again.", field="note")
    note = typed.text(note, lines=True)
    if note:
        found["note"] = note
    return found


# Taking it


@action
def _take(client: Client, taps: Mapping[int, Tap], *, by: User) -> dict[int, dict[str, str]]:
    hold(client)
    keys = [tap.key for tap in taps.values()]
    known = set(DiaryTap.objects.filter(client=client, key__in=keys).values_list("key", flat=True))
    days = {tap.typed.on for tap in taps.values()}
    entries = {row.on: row for row in DiaryEntry.objects.filter(client=client, on__in=days)}
    gone = list(DiaryDeletion.objects.filter(client=client).values_list("first", "last", "deleted_at"))
    results: dict[int, dict[str, str]] = {}
    changed: dict[date, DiaryEntry] = {}
    new: list[DiaryTap] = []
    in_flare: dict[date, bool] = {}
    # In the order they were made, so that the latest of several is what is left.
    for place, tap in sorted(taps.items(), key=lambda pair: (pair[1].made_at, pair[0])):
        on = tap.typed.on
        if tap.key in known:
            results[place] = _result(tap.key, ALREADY)
            continue
        known.add(tap.key)
        new.append(DiaryTap(client=client, key=tap.key, on=on))
        if any(first <= on <= last and tap.made_at <= at for first, last, at in gone):
            sentence = f"You deleted {day_words(on)} after this, so it is not kept."
            results[place] = _result(tap.key, OLDER, sentence)
            continue
        if tap.flare:
            in_flare[on] = in_flare.get(on, False) or on == timezone.localtime(tap.made_at).date()
        row = entries.get(on)
        if row is not None and tap.made_at < row.rated_at:
            added = _fill_gaps(row, tap)
            sentence = f"{day_words(on)}: you rated this day again later, so {row.pain} stays."
            results[place] = _result(tap.key, OLDER, f"{sentence} The rest is added." if added else sentence)
        else:
            row = entries[on] = put(row or DiaryEntry(client=client, on=on), tap.typed)
            results[place] = _result(tap.key, SAVED)
            added = True
        if added:
            changed[on] = row
    DiaryTap.objects.bulk_create(new)
    write_all(changed.values(), by=by)
    for tap_row in new:
        trace("diary.tap_taken", tap_row, by=by, fields=["on"])
    if not new:
        trace("diary.nothing_new", client, by=by)
    _note_flares(client, in_flare, by=by)
    return results


def _fill_gaps(row: DiaryEntry, tap: Tap) -> bool:
    """An earlier tap gives way, but what only it said of the day is not lost."""
    missing = [name for name in DETAILS if name in tap.typed.details and getattr(row, name) in (None, "")]
    for name in missing:
        setattr(row, name, tap.typed.details[name])
    return bool(missing)


def _note_flares(client: Client, days: Mapping[date, bool], *, by: User) -> None:
    """Flares that were said offline and are not known yet, by days in a row.

    ``days``: whether it was said on the day itself. Such a flare goes on; one told of afterwards is over, and
    pauses nothing.
    """
    runs: list[list[date]] = []
    for on in sorted(days):
        if runs and on - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(on)
        else:
            runs.append([on])
    for run in reversed(runs):
        known = Flare.objects.filter(client=client).exclude(ended_on__lt=run[0])
        if any(days[on] for on in run) and not known.exists():
            _begin_flare(client, run[0], by=by)
        elif not known.filter(started_on__lte=run[-1]).exists():
            log_flare(client, by=by, started_on=run[0], ended_on=run[-1])


def _begin_flare(client: Client, on: date, *, by: User) -> None:
    """The person's last choices say what comes with it."""
    last = Flare.objects.filter(client=client).last_choices()
    start_flare(client, by=by, on=on, tell=last["tell"], off_work=last["off_work"])
