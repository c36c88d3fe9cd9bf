"""Who carries a client: offered, accepted or given back, handed over. History is kept."""

from __future__ import annotations

from collections.abc import Mapping

from pacework.service.cases import permissions, policies
from pacework.service.cases.actions.episodes import end_assignment
from pacework.service.cases.actions.milestones import record_first
from pacework.service.cases.models import Assignment, Episode
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.records import hold
from pacework.service.people.models import Role, User


@action
def allocate(episode: Episode, *, by: User, esw: User) -> Assignment:
    """The team lead offers the client to an ESW, who accepts or declines."""
    permissions.check_role(by, Role.TEAM_LEAD)
    permissions.check_write(by, episode.client)
    hold(episode)
    policies.check_allocatable(episode, esw)
    assignment = Assignment.objects.create(episode=episode, esw=esw, offered_on=clock.today(), offered_by=by)
    trace("assignment.offered", assignment, by=by, fields=["esw", "offered_on"])
    record_first(episode, "allocated_on", clock.today(), by=by)
    return assignment


def _hold(assignment: Assignment) -> None:
    hold(assignment.episode)
    hold(assignment)


@action
def accept(assignment: Assignment, *, by: User) -> Assignment:
    """The ESW takes the client onto their caseload. The referral counts in the quarter of this day."""
    permissions.check_offered_to(by, assignment)
    _hold(assignment)
    policies.check_answerable(assignment)
    assignment.accepted_on = clock.today()
    assignment.save(update_fields=["accepted_on"])
    trace("assignment.accepted", assignment, by=by, fields=["accepted_on"])
    record_first(assignment.episode, "accepted_on", clock.today(), by=by)
    return assignment


@action
def decline(assignment: Assignment, *, by: User, note: str) -> Assignment:
    """The ESW cannot take the client, and says why. The client keeps their place on the waiting list."""
    permissions.check_offered_to(by, assignment)
    _hold(assignment)
    policies.check_answerable(assignment)
    policies.check_note(note, field="note")
    assignment.decline_note = note
    assignment.save(update_fields=["decline_note"])
    trace("assignment.declined", assignment, by=by, fields=["decline_note"])
    end_assignment(assignment, by=by, reason="not_accepted")
    return assignment


@action
def hand_over(episode: Episode, *, by: User, to: User, reason: str, note: str) -> Assignment:
    """The team lead names another ESW. The new one carries the client from now on: nobody is left without."""
    permissions.check_role(by, Role.TEAM_LEAD)
    permissions.check_write(by, episode.client)
    return _hand_over(episode, by=by, to=to, reason=reason, note=note)


def _hand_over(episode: Episode, *, by: User, to: User, reason: str, note: str) -> Assignment:
    hold(episode)
    policies.check_handover(episode, to=to, reason=reason, note=note)
    before = episode.assignments.get(ended_on__isnull=True)
    was_accepted = before.accepted_on is not None
    end_assignment(before, by=by, reason=reason, note=note)
    today = clock.today()
    after = Assignment.objects.create(
        episode=episode, esw=to, offered_on=today, offered_by=by, accepted_on=today if was_accepted else None
    )
    trace("assignment.handed_over", after, by=by, fields=["esw", "offered_on", "accepted_on"])
    return after


@action
def hand_over_caseload(leaver: User, *, by: User, to: Mapping[int, User], note: str) -> list[Assignment]:
    """Every client of someone who leaves gets a new ESW, all in one step or none at all.

    ``to`` names the new ESW for each episode id; an episode that is missing there refuses the whole step.
    """
    permissions.check_leads(by, leaver)
    policies.check_note(note, field="note")
    carried = list(
        Episode.objects.visible_to(by)
        .open()
        .filter(assignments__esw=leaver, assignments__ended_on__isnull=True)
        .select_related("client", "team")
        .order_by("pk")
    )
    policies.check_whole_caseload(carried, to)
    return [
        _hand_over(episode, by=by, to=to[episode.pk], reason="esw_leaving", note=note) for episode in carried
    ]
