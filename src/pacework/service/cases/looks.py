"""Who opened a record, on which days: all of it, however often."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models.functions import TruncDate

from pacework.service.cases.models import Client
from pacework.service.core.models import ReadEvent
from pacework.service.people.models import User


@dataclass(frozen=True)
class Look:
    """One person's looks at a record: the days, newest first, and the pages they opened."""

    person: User | None
    days: list[date]
    pages: set[str]


def looks_at(client: Client) -> list[Look]:
    """Everybody who opened the record, the last to look first. Two queries."""
    reads = ReadEvent.objects.filter(client_id=client.pk, outcome="read")
    days: dict[int | None, set[date]] = defaultdict(set)
    pages: dict[int | None, set[str]] = defaultdict(set)
    for actor, page, on in reads.annotate(on=TruncDate("at")).values_list("actor", "page", "on").distinct():
        days[actor].add(on)
        pages[actor].add(page)
    people = User.objects.in_bulk([actor for actor in days if actor is not None])
    looks = [
        Look(
            people.get(actor) if actor is not None else None, sorted(days[actor], reverse=True), pages[actor]
        )
        for actor in days
    ]
    return sorted(looks, key=lambda look: (look.days[0], str(look.person or "")), reverse=True)
