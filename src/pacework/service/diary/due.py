"""What the diary says now, for the front pages and the caseload. Everything starts at the diary's door."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import F

from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.diary.models import DiaryEntry, Flare
from pacework.service.people.models import Role

# A flare that is over stays so long among those reported.
TOLD_STAYS = timedelta(days=7)


def rated_today(user: Any) -> DiaryEntry | None:
    """The client's own entry of today."""
    return DiaryEntry.objects.visible_to(user).filter(on=clock.today()).first()


def open_flare(user: Any) -> Flare | None:
    """The client's own flare that is going on."""
    return Flare.objects.visible_to(user).open().first()


def flares_reported(user: Any) -> Any:
    """Flares that clients told their worker about, for whoever carries them today: those going on, then those
    that ended or were told of in the last week. A short one is not missed by who signs in after it."""
    return (
        Flare.objects.visible_to(user)
        .told_lately(clock.now() - TOLD_STAYS)
        .select_related("client")
        .order_by(F("ended_on").desc(nulls_first=True), "-told_at", "-pk")
    )


def flags_of(client: Client, reader: Any) -> list[str]:
    """What the header of a record says, to those to whom the client shows it."""
    if reader.role not in (Role.ESW, Role.HCP):
        return []
    # Most people are in none: the door, which is the dearer question, is only asked about those who are.
    if not Flare.objects.of(client).open().exists():
        return []
    return ["In a flare"] if in_flare(reader, [client.pk]) else []


def in_flare(user: Any, clients: Iterable[int]) -> set[int]:
    """Of these clients, those who are in a flare and show it to this reader."""
    found = Flare.objects.visible_to(user).open().filter(client__in=list(clients))
    return set(found.values_list("client", flat=True))
