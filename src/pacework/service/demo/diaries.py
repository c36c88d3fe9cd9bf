"""The diaries of the demo: about every third client keeps one, most show it, one is in a flare today.

The ratings are simulated (science.capacity), so they rise, fall and cluster as people's do. Each client
writes up a month at a time, which takes few statements.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from pacework.science.capacity.generator import SimulatedDiary, simulate_diary
from pacework.service.cases import actions as cases
from pacework.service.cases.models import Consent
from pacework.service.demo.stories.support import give_account
from pacework.service.demo.timeline import DAY, Story, known, moment
from pacework.service.demo.words import chance
from pacework.service.demo.world import Case, World
from pacework.service.diary import actions
from pacework.service.people.models import User

STRETCH = 91  # days written up at once
LONGEST = 18 * 7
# Two clients of the worker whom a visitor becomes, one of them the client whom a visitor becomes.
STAR, FLARING = "star", "flare"
VISITED = (STAR, FLARING)

SIGNS = (
    "My hands go stiff and I sleep badly two nights running.",
    "I stop answering the phone.",
    "I snap at people and cannot sit through a programme.",
)
HELPS = (
    "Heat, short walks, saying no to one thing.",
    "Lying down before I have to. The breathing exercise. Music.",
    "Half the housework, twice the tea.",
)
WORK = ("Swap the early shift if I can.", "Ring before eight and say I am off, no details.", "")


def keeps_diary(world: World, case: Case) -> bool:
    """Every third client, and those whom a visitor sees first."""
    special = case.journey.special
    return special in VISITED or world.rng(f"diary:{case.journey.number}").random() < 0.3


def keep(world: World, case: Case) -> Story:
    """Months of a diary up to today, its flares, a plan for them, and to whom it is shown."""
    journey = case.journey
    if not keeps_diary(world, case) or journey.profile is None:
        return
    first = max(journey.profile + timedelta(days=16), world.today - timedelta(days=LONGEST))
    days = (world.today - first).days
    if days < 3:
        return
    yield moment(first, 18, 30)
    if not case.open:
        return
    rng = world.rng(f"diary days:{journey.number}")
    user = _begin(world, case, rng)
    found = simulate_diary(days, seed=rng.randrange(2**31), start=first.isoformat(), missing="falling")
    flares = list(_flares(found, first))
    for begin in range(0, days, STRETCH):
        last = first + timedelta(days=min(begin + STRETCH, days))
        yield moment(last, 6, 40)
        if not case.open:
            return
        _write_up(case, user, found, range(begin, min(begin + STRETCH, days)), first)
        for started_on, ended_on in flares:
            if first + timedelta(days=begin) <= ended_on < last:
                actions.log_flare(case.client, by=user, started_on=started_on, ended_on=ended_on)
    if journey.special == FLARING:
        _flare_now(case, user, world.today, flares)


def _begin(world: World, case: Case, rng: Random) -> User:
    """The client's sign-in, to whom the diary is shown, and often a plan."""
    if case.client.user is None:
        give_account(world, case)
    user = known(case.client.user)
    visited = case.journey.special in VISITED
    if visited or chance(rng, 0.65):
        cases.record_consent(case.client, by=user, layer=Consent.Layer.DIARY_SHARING, given=True)
        if chance(rng, 0.4):
            cases.record_consent(case.client, by=user, layer=Consent.Layer.DIARY_HEALTH, given=True)
    if visited or chance(rng, 0.5):
        actions.save_flare_plan(
            case.client,
            by=user,
            early_signs=rng.choice(SIGNS),
            what_helps=rng.choice(HELPS),
            whom_to_tell="My sister, and my support worker.",
            appointments="By phone if I can, else move them.",
            work=rng.choice(WORK),
        )
    return user


def _write_up(case: Case, user: User, found: SimulatedDiary, places: range, first: date) -> None:
    rows = []
    for place in places:
        if not found.rated[place]:
            continue
        on = first + timedelta(days=place)
        details: dict[str, Any] = {}
        if place % 3 == 0:
            details["fatigue"] = round(float(found.fatigue[place]))
            details["sleep"] = 3 if found.poor_sleep[place] else 7
        if place % 7 == 2:
            details["hours"] = Decimal(str(round(float(found.hours[place]) * 2) / 2))
        pain = min(10, round(float(found.pain[place])))
        rows.append(actions.DayTyped(on, pain, details, rated_at=moment(on, 19, 20)))
    if rows:
        actions.record_days(case.client, rows, by=user)


def _flares(found: SimulatedDiary, first: date) -> Iterator[tuple[date, date]]:
    """The runs of flare days that are over before the last day."""
    began: int | None = None
    for place, on in enumerate(found.flare):
        if on and began is None:
            began = place
        elif not on and began is not None:
            yield first + timedelta(days=began), first + timedelta(days=place - 1)
            began = None


def _flare_now(case: Case, user: User, today: date, flares: list[tuple[date, date]]) -> None:
    """Since the day before yesterday, and the worker is told."""
    free = today - 2 * DAY
    last = max((ended_on for _, ended_on in flares), default=None)
    if last is not None and last >= free:
        free = last + DAY
    if free <= today:
        actions.start_flare(case.client, by=user, on=free, tell=True)
