"""One client's way through the service, as days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass
class Job:
    """One job to come: its days, and the weeks in which a flare takes hours away."""

    start: date
    end: date | None = None
    end_reason: str = ""
    hours: float = 16
    held: bool = False
    found: str = "vacancy"
    flares: frozenset[int] = frozenset()


@dataclass
class Journey:
    """The days of one client's way. A day beyond today has not come."""

    number: int
    team: str
    route: str
    entered: date
    persona: dict[str, Any]
    esw: str = ""
    first_esw: str = ""
    offered: date | None = None
    accepted: date | None = None
    met: date | None = None
    profile: date | None = None
    preparing: tuple[date, date] | None = None
    searching: date | None = None
    disclosure: str = ""
    may_talk: bool = True
    shares: bool = True
    jobs: list[Job] = field(default_factory=list)
    starts_soon: date | None = None
    placement: date | None = None
    waits_for_place: bool = False
    closed: date | None = None
    close_reason: str = ""
    reopened: date | None = None
    handover: date | None = None
    account: bool = False
    special: str = ""

    @property
    def last_day(self) -> date:
        """The day support ends, or the end of time."""
        return self.closed if self.closed is not None and self.reopened is None else date.max
