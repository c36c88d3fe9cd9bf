"""Episodes begin, close for a coded reason, and open again in one step."""

from __future__ import annotations

from pacework.service.cases import permissions, policies
from pacework.service.cases.actions.milestones import record_milestone
from pacework.service.cases.models import Assignment, Client, Closing, Episode, Programme
from pacework.service.cases.wording import closing_reasons
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.records import hold
from pacework.service.people.models import Role, User


@action
def open_episode(
    client: Client, *, by: User | None, programme: Programme, employed_at_entry: bool = False
) -> Episode:
    """Begin a stretch of support: the person has agreed, and now waits for an ESW."""
    hold(client)
    policies.check_no_open_episode(client)
    episode = Episode.objects.create(
        client=client,
        team=client.team,
        programme=programme,
        referred_on=clock.today(),
        employed_at_entry=employed_at_entry,
    )
    client.forget_episode()
    trace("episode.opened", episode, by=by, fields=["client", "team", "programme", "referred_on"])
    return episode


@action
def close_episode(episode: Episode, *, by: User, reason: str, note: str = "") -> Episode:
    """End a stretch of support for a coded reason. A person decides; nothing closes by itself."""
    permissions.check_may_close(by, episode.client)
    hold(episode)
    policies.check_closable(episode, reason=reason, note=note)
    return _close(episode, by=by, reason=reason, note=note)


def close_because_withdrawn(episode: Episode, *, by: User) -> Episode:
    """The client took back their yes to the service itself: support stops, by their own word."""
    return _close(episode, by=by, reason="chose_to_stop", note="")


def _close(episode: Episode, *, by: User, reason: str, note: str) -> Episode:
    today = clock.today()
    episode.close_reason, episode.close_note = reason, note
    episode.closed_on = today
    episode.save(update_fields=["closed_on", "close_reason", "close_note"])
    trace("episode.closed", episode, by=by, fields=["closed_on", "close_reason", "close_note"])
    closing = Closing.objects.create(episode=episode, closed_on=today, closed_by=by, reason=reason, note=note)
    trace("closing.recorded", closing, by=by, fields=["closed_on", "reason", "note"])
    for assignment in episode.assignments.filter(ended_on__isnull=True):
        end_assignment(assignment, by=by, reason="episode_closed")
    if closing_reasons()[reason].stops_messages:
        client = episode.client
        client.do_not_contact = True
        client.save_version(expected=None, fields=["do_not_contact"])
        trace("client.do_not_contact", client, by=by, fields=["do_not_contact"])
    episode.client.forget_episode()
    return episode


def end_assignment(assignment: Assignment, *, by: User, reason: str, note: str = "") -> None:
    """End a named ESW's time with a client, inside the action that has the reason for it."""
    assignment.ended_on, assignment.end_reason = clock.today(), reason
    assignment.handover_note = note
    assignment.save(update_fields=["ended_on", "end_reason", "handover_note"])
    trace("assignment.ended", assignment, by=by, fields=["ended_on", "end_reason", "handover_note"])


@action
def reopen_episode(episode: Episode, *, by: User, note: str = "") -> Episode:
    """Open the same episode again, with its milestones. The last ESW carries on if they still can."""
    permissions.check_may_reopen(by, episode.client)
    hold(episode)
    policies.check_reopenable(episode)
    today = clock.today()
    last = episode.assignments.select_related("esw").exclude(accepted_on__isnull=True).order_by("-pk").first()
    episode.close_reason = episode.close_note = ""
    Episode.objects.filter(pk=episode.pk).update(close_reason="", close_note="", closed_on=None)
    record_milestone(episode, "closed_on", None, by=by)
    closing = episode.closings.get(reopened_on__isnull=True)
    closing.reopened_on, closing.reopened_by, closing.reopen_note = today, by, note
    closing.save(update_fields=["reopened_on", "reopened_by", "reopen_note"])
    trace("episode.reopened", closing, by=by, fields=["reopened_on", "reopen_note"])
    if last is not None and policies.can_carry(last.esw, episode):
        restored = Assignment.objects.create(
            episode=episode, esw=last.esw, offered_on=today, offered_by=by, accepted_on=today
        )
        trace("assignment.restored", restored, by=by, fields=["esw", "accepted_on"])
    episode.client.forget_episode()
    return episode


@action
def save_programme(programme: Programme, *, by: User, expected: int | None = None) -> Programme:
    """Store a new or changed programme. One programme is the default, always."""
    permissions.check_role(by, Role.ADMINISTRATOR)
    policies.check_programme(programme)
    fields = ["name", "preset", "search_limit_weeks", "in_work_limit_weeks", "is_default"]
    if programme.is_default:
        for other in Programme.objects.filter(is_default=True).exclude(pk=programme.pk):
            other.is_default = False
            other.save_version(expected=None, fields=["is_default"])
            trace("programme.changed", other, by=by, fields=["is_default"])
    if programme.pk is None:
        programme.save()
        trace("programme.added", programme, by=by, fields=fields)
    else:
        programme.save_version(expected=expected, fields=fields)
        trace("programme.changed", programme, by=by, fields=fields)
    return programme
