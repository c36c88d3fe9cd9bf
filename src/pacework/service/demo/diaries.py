"""The diaries of the demo: about every third client keeps one, most show it, one is in a flare today.

The ratings are simulated (science.capacity), so they rise, fall and cluster as people's do. Whoever holds a
job says so in their hours too: outside a flare they could work at least its shifts, and the weeks lost to
pain are those of their flares. Each client writes up months at a time, which takes few statements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from statistics import median
from typing import Any

from pacework.science.capacity.generator import Person, SimulatedDiary, simulate_diary
from pacework.service.cases import actions as cases
from pacework.service.cases.models import Consent
from pacework.service.core import clock
from pacework.service.demo.journey import Job
from pacework.service.demo.stories.support import give_account
from pacework.service.demo.timeline import DAY, WEEK, Story, known, moment
from pacework.service.demo.words import chance
from pacework.service.demo.world import Case, World
from pacework.service.diary import actions
from pacework.service.employers.models import demands
from pacework.service.people.models import User
from pacework.service.work.models import JobSpell

STRETCH = 91  # days written up at once
LONGEST = 18 * 7
LOST_FROM = 3  # days of a flare that cost a week at work
# Hours beyond a shift that somebody who keeps a job could work on a middling day, and the most they name.
ROOM, MOST = 3.5, 10.0
# The client whom a visitor becomes is written rather than drawn: each day's demo has something to tell.
KEEPER = Person(
    mean=4.3,
    sd=1.2,
    tie=0.4,
    flare_start=0.025,
    flare_median=4,
    skewed=False,
    outliers=False,
    drifting=False,
    step=1,
    fatigue=4.5,
    rated=0.9,
)
WORKED_DAYS = 4  # of a week, where a job's shifts are not known
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
    found = simulate_diary(
        days,
        seed=rng.randrange(2**31),
        start=first.isoformat(),
        missing="falling",
        person=KEEPER if journey.special == STAR else None,
        # A job is kept by people whose flares are few, rather than short and many.
        volatile=False if _job_of(case) else None,
    )
    flares = list(_flares(found, first))
    _lose_weeks(case, flares, first)
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


def _job_of(case: Case) -> Job | None:
    """The job that the journey leads to, if it is not to end."""
    return next((job for job in case.journey.jobs if job.end is None), None)


def _lose_weeks(case: Case, flares: list[tuple[date, date]], first: date) -> None:
    """The weeks of the diary in which work is lost to pain are those of its flares."""
    job = _job_of(case)
    if job is None:
        return
    monday = clock.monday(job.start)
    lost = Counter(
        (began + number * DAY - monday).days // 7
        for began, ended in flares
        for number in range((ended - began).days + 1)
    )
    before = {week for week in job.flares if monday + week * WEEK < first}
    job.flares = frozenset(before | {week for week, days in lost.items() if days >= LOST_FROM})


def _shift(case: Case) -> float:
    """Hours of the longest shift of the job held now; 0 without one."""
    spells = JobSpell.objects.filter(episode=case.episode, ended_on=None)
    spell = spells.select_related("application__vacancy").first()
    if spell is None:
        return 0
    vacancy = spell.application.vacancy if spell.application else None
    longest = demands.shift_minutes(vacancy) if vacancy else None
    return longest / 60 if longest else float(spell.weekly_hours or 0) / WORKED_DAYS


def _hours(found: SimulatedDiary, shift: float) -> list[float]:
    """Hours that could have been worked, day by day, in half hours; in a job they agree with it."""
    usual = median(
        hours for hours, flare in zip(found.hours, found.flare, strict=True) if hours > 0 and not flare
    )
    more = max(0.0, shift + ROOM - usual) if shift else 0.0
    said = []
    for hours, flare in zip(found.hours, found.flare, strict=True):
        could = min(MOST, float(hours) + more) if hours else 0.0
        said.append(could if flare else max(could, shift))
    return [round(hours * 2) / 2 for hours in said]


def _write_up(case: Case, user: User, found: SimulatedDiary, places: range, first: date) -> None:
    rows = []
    hours = _hours(found, _shift(case))
    for place in places:
        if not found.rated[place]:
            continue
        on = first + timedelta(days=place)
        details: dict[str, Any] = {}
        if place % 3 == 0:
            details["fatigue"] = round(float(found.fatigue[place]))
            details["sleep"] = 3 if found.poor_sleep[place] else 7
        if place % 2 == 0:
            details["hours"] = Decimal(str(hours[place]))
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
