"""Clients of the demo who turned forecasts on: a job looked at, what would help kept for the talk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pacework.service.demo.diaries import VISITED
from pacework.service.demo.timeline import Story, moment
from pacework.service.demo.world import Case, World
from pacework.service.diary.models import DiaryEntry
from pacework.service.matching import actions

NURSERY = [{"day": day, "start": "10:00", "end": "12:00"} for day in ("tue", "fri")]
OFFICE = [{"day": day, "start": "10:00", "end": "13:30"} for day in ("mon", "wed", "thu")]
JOBS: tuple[tuple[str, list[dict[str, str]], dict[str, Any]], ...] = (
    ("Plant nursery, two mornings", NURSERY, {"commute_minutes": 20}),
    (
        "Office at the college",
        OFFICE,
        {"commute_minutes": 40, "break_minutes": 30, "home_possible": True},
    ),
)
KEPT = ("shorter-shifts-60", "swap-in-week")
FEWEST_DAYS = 20


def look(world: World, case: Case) -> Story:
    """The two clients whom a visitor meets first ask whether a job's hours would hold."""
    if case.journey.special not in VISITED:
        return
    yield moment(world.today - timedelta(days=5), 10, 15)
    client, user = case.client, case.client.user
    if user is None or not case.open or DiaryEntry.objects.filter(client=client).count() < FEWEST_DAYS:
        return
    actions.turn_on(client, by=user)
    for title, shifts, hours in JOBS:
        check = actions.look_at_job(client, by=user, title=title, shifts=shifts, **hours)
    actions.keep_changes(check, by=user, keys=KEPT)
    actions.add_line(client, by=user, words="A short walk every hour keeps me going.")
