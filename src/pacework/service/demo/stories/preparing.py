"""Preparing for work: goals, obstacles with a step, sessions, and the question every four weeks."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from pacework.service.core import clock
from pacework.service.core.codes import document
from pacework.service.demo.timeline import Story, moment
from pacework.service.demo.words import chance, fill, fitting, rows, weighted
from pacework.service.demo.world import Case, World
from pacework.service.plan import actions as plan


def preparing(world: World, case: Case) -> Story:
    """Preparing goals, obstacles with a step, sessions, and every four weeks the question."""
    rng, journey = case.rng, case.journey
    if journey.preparing is None:
        return
    first, last = journey.preparing
    yield moment(world.working_day(world.at_work(case), first), 13, 20)
    if not case.open:
        return
    goal = plan.set_goal(
        case.episode,
        by=world.at_work(case),
        words=rng.choice(fitting("goals", "goals", kind="preparing"))["text"],
        kind="preparing",
    )
    obstacles = [
        plan.name_obstacle(
            case.episode,
            by=world.at_work(case),
            domain=one["domain"],
            words=one["label"],
            step=one["steps"][0],
            step_due_on=clock.today() + timedelta(days=rng.randint(7, 21)),
        )
        for one in rng.sample(document("plan", "obstacles")["obstacles"], rng.randint(2, 4))
    ]
    asked = clock.today()
    while True:
        yield moment(
            world.working_day(world.at_work(case), clock.today() + timedelta(days=rng.randint(12, 18))),
            13,
            40,
        )
        if not case.open:
            return
        if clock.today() >= last:
            break
        if clock.today() - asked >= timedelta(days=26):
            asked = clock.today()
            answer = rng.choice(rows("session_notes", "placement_answers"))
            plan.answer_placement_question(case.episode, by=world.at_work(case), words=answer)
        else:
            _session(world, case, rng)
            if obstacles and chance(rng, 0.3):
                plan.clear_obstacle(obstacles.pop(), by=world.at_work(case))
    plan.end_goal(goal, by=world.at_work(case), reached=chance(rng, 0.8))


def _session(world: World, case: Case, rng: Random) -> None:
    note = rng.choice(rows("session_notes", "notes"))
    attendance = weighted(rng, {"attended": 0.8, "pain": 0.1, "rearranged": 0.06, "no_contact": 0.04})
    template = next(one for one in document("plan", "sessions")["sessions"] if one["key"] == note["session"])
    plan.log_session(
        case.episode,
        by=world.at_work(case),
        template=template["key"],
        on=clock.today(),
        format=rng.choice(template["format"]),
        attendance=attendance,
        minutes=template["minutes"] if attendance == "attended" else None,
        what_changed=fill(note["changed"], name=case.name) if attendance == "attended" else "",
    )
