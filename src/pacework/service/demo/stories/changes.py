"""Closings and what goes on after them, hand-overs, cover, and records that few may open."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pacework.service.cases import actions as cases
from pacework.service.cases.models import Consent, Episode
from pacework.service.core import clock
from pacework.service.demo.stories.support import log
from pacework.service.demo.timeline import DAY, Story, known, moment
from pacework.service.demo.words import fill, fitting, row, rows
from pacework.service.demo.world import Case, World
from pacework.service.people import actions as people


def closing(world: World, case: Case) -> Story:
    """Support ends for a coded reason; one person is back some weeks later."""
    journey, rng = case.journey, case.rng
    if journey.special == "reopened":
        yield from _there_and_back(world, case)
        return
    if journey.closed is None:
        return
    yield moment(world.working_day(world.at_work(case), journey.closed), 16, 30)
    reason = journey.close_reason
    if reason == "in_work_support_ended" and case.episode.in_work_since is None:
        reason = "chose_to_stop"
    if reason != "died":
        log(world, case, rng, "ending", attendance="attended")
    _close(world, case, reason)


def _close(world: World, case: Case, reason: str) -> None:
    note = case.rng.choice(fitting("closing_notes", "notes", reason=reason))
    cases.close_episode(
        case.episode, by=world.at_work(case), reason=reason, note=fill(note["text"], name=case.name)
    )
    case.open = False


def _there_and_back(world: World, case: Case) -> Story:
    yield moment(known(case.journey.profile) + timedelta(days=70), 16, 30)
    _close(world, case, "health_first")
    yield moment(clock.today() + timedelta(days=95), 11, 40)
    cases.reopen_episode(case.episode, by=world.at_work(case), note="Rang and said: now is the time.")
    # What was under way before the closing stays ended: a new case of the same client goes on.
    again = replace(case, open=True, next_meeting=None)
    world.cases[world.cases.index(case)] = again
    for story in again.afresh:
        world.timeline.begin(story(world, again))


def handover(world: World, case: Case) -> Story:
    """The lead names another worker, with a note."""
    journey = case.journey
    if journey.handover is None:
        return
    yield moment(journey.handover, 12, 50)
    if not case.open:
        return
    log(world, case, case.rng, "handover", attendance="attended")
    note = fill(case.rng.choice(rows("handover_notes", "notes")), name=case.name)
    to = world.staff[journey.esw]
    cases.hand_over(case.episode, by=world.lead(journey.team), to=to, reason="caseload", note=note)
    case.esw = to


def leaver(world: World) -> Story:
    """A worker leaves: her whole caseload is handed over in one step, then her account ends."""
    data = row("staff", "staff", "esw_nadia")
    esw, lead = world.staff[data["key"]], world.lead(data["team"])
    yield moment(world.today - timedelta(days=data["left"]), 14, 45)
    mine = [case for case in world.cases if case.open and case.esw is esw]
    to = {case.episode.pk: world.staff[case.journey.esw] for case in mine}
    others = Episode.objects.visible_to(lead).carried_by(esw).exclude(pk__in=to).values_list("pk", flat=True)
    to |= dict.fromkeys(others, world.staff["esw_obi"])
    if to:
        cases.hand_over_caseload(esw, by=lead, to=to, note=rows("handover_notes", "notes")[8])
        for case in mine:
            case.esw = to[case.episode.pk]
    yield moment(clock.today() + DAY, 9, 0)
    people.deactivate(esw, by=world.staff["administrator"])


def covers(world: World) -> Story:
    """One worker was away in the spring and one is away this week."""
    away = (
        (
            "esw_tunde",
            "esw_jaspal",
            world.today - timedelta(days=150),
            world.today - timedelta(days=137),
            "planned_leave",
        ),
        (
            "esw_jaspal",
            "esw_bethan",
            world.today - timedelta(days=2),
            world.today + timedelta(days=6),
            "planned_leave",
        ),
    )
    for absent, covering, first, last, reason in away:
        yield moment(first - timedelta(days=3), 10, 20)
        lead = world.lead(row("staff", "staff", absent)["team"])
        people.set_cover(
            world.staff[absent],
            by=lead,
            covering=world.staff[covering],
            starts_on=first,
            ends_on=last,
            reason=reason,
        )
        world.covered.append((absent, covering, first, last))


def sensitive(world: World, case: Case) -> Story:
    """A restricted record, a client who stops sharing, and one who asks for a correction."""
    special, journey = case.journey.special, case.journey
    if special == "restricted":
        yield moment(known(journey.profile) + timedelta(days=9), 17, 10)
        listed = [world.of_role("esw", journey.team)[1]]
        cases.restrict(case.client, by=world.lead(journey.team), people=listed)
    elif special == "sharing_withdrawn":
        yield moment(world.today - timedelta(days=31), 11, 55)
        for consent in Consent.objects.of(case.client).live().filter(layer=Consent.Layer.HEALTH_SHARING):
            cases.withdraw_consent(consent, by=world.at_work(case))
    elif special == "outcome" and case.client.user is not None:
        yield moment(world.today - timedelta(days=2), 20, 5)
        cases.ask_for_correction(
            case.client, by=case.client.user, what="My last job ended in May, not in June."
        )
