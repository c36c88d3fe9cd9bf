"""The days of the demo, played in order: each story is a generator that says when it goes on.

A story does something through the product's own actions, yields the moment at which it goes on, and is woken
then, under the product's clock of that moment. Stories that reach beyond the end stay where they are: that is
the present.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import TypeVar

from django.utils import timezone

from pacework.service.core import clock

Story = Iterator[datetime]

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A time of a day where the service is."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


T = TypeVar("T")


def known(value: T | None) -> T:
    """Something a story cannot do without: what it tells of has it by then."""
    if value is None:
        raise ValueError("this story comes too early")
    return value


class Timeline:
    """Stories in the order of their moments; two at one moment in the order in which they asked."""

    def __init__(self, start: datetime, end: datetime) -> None:
        self.now = start
        self.end = end
        self._waiting: list[tuple[datetime, int, Story]] = []
        self._order = count()

    def begin(self, story: Story, at: datetime | None = None) -> None:
        """Let a story start: now, or at a moment to come. A moment gone by counts as now."""
        self._wait(story, at or self.now)

    def _wait(self, story: Story, at: datetime) -> None:
        if at <= self.end:
            heapq.heappush(self._waiting, (max(at, self.now), next(self._order), story))

    def run(self) -> None:
        """Play until nothing is left to do before the end."""
        while self._waiting:
            self.now, _, story = heapq.heappop(self._waiting)
            with clock.at(self.now):
                following = next(story, None)
            if following is not None:
                self._wait(story, following)
