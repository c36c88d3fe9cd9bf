"""Thirteen weeks of a diary, read in two queries however long the diary is. Notes are not among them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Max

from pacework.science.capacity.usual import Usual, usual
from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.diary.models import DiaryEntry, Flare

WEEKS = 13
DAYS = WEEKS * 7


class Rated(NamedTuple):
    """One day's ratings, as anybody may see them to whom the diary is shown."""

    on: date
    pain: int
    fatigue: int | None
    sleep: int | None
    mood: int | None
    hours: Decimal | None


@dataclass(frozen=True)
class Span:
    """A flare's days; ``last`` is None while it goes on."""

    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        return self.first <= day <= (self.last or clock.today())


@dataclass(frozen=True)
class Weeks:
    """Thirteen whole weeks, Monday to Sunday."""

    first: date
    rated: dict[date, Rated] = field(default_factory=dict)
    flares: list[Span] = field(default_factory=list)
    # The last day that was rated before these weeks: a gap of months is one step.
    earlier: date | None = None

    @property
    def last(self) -> date:
        """The last day that can hold anything: the Sunday of the last week, or today."""
        return min(self.first + timedelta(days=DAYS - 1), clock.today())

    @property
    def is_now(self) -> bool:
        return self.last == clock.today()

    @cached_property
    def usual(self) -> Usual | None:
        """How pain was in these weeks."""
        return usual((row.on, float(row.pain)) for row in self.rated.values())

    def in_flare(self, day: date) -> bool:
        return any(flare.holds(day) for flare in self.flares)


def first_day(until: date | None) -> date:
    """The Monday that thirteen weeks begin on whose last one holds ``until``; today without it."""
    today = clock.today()
    last = today if until is None else min(until, today)
    return clock.monday(last) - timedelta(weeks=WEEKS - 1)


def weeks(user: Any, client: Client, until: date | None = None) -> Weeks:
    """The weeks of this client's diary that this reader may see."""
    first = first_day(until)
    last = first + timedelta(days=DAYS - 1)
    entries = DiaryEntry.objects.visible_to(user).filter(client=client)
    rows = entries.filter(on__range=(first, last)).values_list(*Rated._fields)
    flares = Flare.objects.visible_to(user).filter(client=client, started_on__lte=last)
    spans = [Span(*one) for one in flares.exclude(ended_on__lt=first).values_list("started_on", "ended_on")]
    return Weeks(
        first=first,
        rated={row[0]: Rated(*row) for row in rows},
        flares=sorted(spans, key=lambda span: span.first),
        earlier=entries.filter(on__lt=first).aggregate(last=Max("on"))["last"],
    )
