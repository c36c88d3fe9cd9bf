"""Clients of the demo who turned forecasts on: a job looked at, what would help kept for the talk."""

from __future__ import annotations

from typing import Any

from pacework.service.demo.diaries import VISITED
from pacework.service.demo.timeline import Story, moment
from pacework.service.demo.world import Case, World
from pacework.service.diary.models import DiaryEntry
from pacework.service.matching import actions
from pacework.service.work.models import JobSpell

NURSERY = [{"day": day, "start": "10:00", "end": "12:00"} for day in ("tue", "fri")]
OFFICE = [{"day": day, "start": "09:00", "end": "14:00"} for day in ("mon", "tue", "thu", "fri")]
WAY = 20
KEPT = ("rest-breaks-10", "swap-in-week")
FEWEST_DAYS = 20


def look(world: World, case: Case) -> Story:
    """The clients whom a visitor meets first look at a job with many hours, and at one with fewer."""
    if case.journey.special not in VISITED:
        return
    # After the diary has been written up to today.
    yield moment(world.today, 6, 50)
    client, user = case.client, case.client.user
    if user is None or not case.open or DiaryEntry.objects.filter(client=client).count() < FEWEST_DAYS:
        return
    actions.turn_on(client, by=user)
    actions.look_at_job(
        client, by=user, title="Office at the college", shifts=OFFICE, commute_minutes=40, home_possible=True
    )
    check = actions.look_at_job(client, by=user, commute_minutes=WAY, **_own_or_small(case))
    actions.keep_changes(check, by=user, keys=KEPT)
    actions.add_line(client, by=user, words="A short walk every hour keeps me going.")


def _own_or_small(case: Case) -> dict[str, Any]:
    """The job they have, as its vacancy described it; without one, two short mornings."""
    spells = JobSpell.objects.filter(episode=case.episode, ended_on=None)
    spell = spells.select_related("application__vacancy", "employer").first()
    vacancy = spell.application.vacancy if spell is not None and spell.application else None
    if spell is None or vacancy is None or not vacancy.shifts:
        return {"title": "Plant nursery, two mornings", "shifts": NURSERY}
    return {
        "title": f"{spell.title}, {spell.where}"[:120],
        "spell": spell,
        "shifts": vacancy.shifts,
        "break_minutes": vacancy.break_minutes or 0,
    }
