"""Clients who have turned forecasts on, and jobs they look at, by the room's own actions."""

from __future__ import annotations

from random import Random
from typing import Any

from pacework.service.cases.models import Client, Episode
from pacework.service.diary.actions import DayTyped, record_days
from pacework.service.matching import actions
from pacework.service.matching.models import JobCheck
from tests.service.diary.build import day, share, supported

MORNINGS = [{"day": key, "start": "09:00", "end": "13:00"} for key in ("mon", "wed", "fri")]


def keep_diary(client: Client, days: int = 60, *, hours: float | None = 4) -> None:
    """A diary of so many days up to yesterday, with pain that moves about."""
    random = Random(1)
    details = {} if hours is None else {"hours": hours}
    rows = [
        DayTyped(day(back), random.choice((3, 4, 5, 5, 6, 8)), dict(details)) for back in range(days, 0, -1)
    ]
    if rows:
        record_days(client, rows, by=client.user)


def forecasting(*, days: int = 60, shared: bool = True, **more: Any) -> Episode:
    """A client who keeps a diary, has turned forecasts on, and may show the diary to their worker."""
    episode = supported(**more)
    keep_diary(episode.client, days)
    actions.turn_on(episode.client, by=episode.client.user)
    if shared:
        share(episode.client)
    return episode


def look(client: Client, *, by: Any = None, title: str = "Shop, three mornings", **said: Any) -> JobCheck:
    said.setdefault("shifts", MORNINGS)
    said.setdefault("commute_minutes", 30)
    return actions.look_at_job(client, by=by or client.user, title=title, **said)
