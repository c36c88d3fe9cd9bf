"""Every write to episodes, assignments and consents."""

from __future__ import annotations

from datetime import date

from pacework.service.cases import permissions, policies
from pacework.service.cases.models import MILESTONES, Assignment, Client, Consent, Episode, Programme
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.people.models import Role, User

CONSENT_WORDING = "2026-1"


def record_milestone(episode: Episode, name: str, value: date | None, *, by: User | None) -> None:
    """Write a milestone date on the episode, inside the action that makes it true. Unchanged: does nothing."""
    if name not in MILESTONES:
        raise ValueError(f"{name} is not a milestone")
    if getattr(episode, name) == value:
        return
    setattr(episode, name, value)
    Episode._base_manager.filter(pk=episode.pk).update(**{name: value})
    trace("episode.milestone", episode, by=by, fields=[name])


def record_first(episode: Episode, name: str, on: date, *, by: User | None) -> None:
    """Write a "first" milestone: only if there is none yet, or this is earlier."""
    known = getattr(episode, name)
    if known is None or on < known:
        record_milestone(episode, name, on, by=by)


@action
def open_episode(
    client: Client, *, by: User | None, programme: Programme, employed_at_entry: bool = False
) -> Episode:
    """Begin a stretch of support: the person has agreed, and now waits for an ESW."""
    policies.check_no_open_episode(client)
    episode = Episode.objects.create(
        client=client,
        team=client.team,
        programme=programme,
        referred_on=clock.today(),
        employed_at_entry=employed_at_entry,
    )
    client.__dict__.pop("_episode", None)
    trace("episode.opened", episode, by=by, fields=["client", "team", "programme", "referred_on"])
    return episode


@action
def record_consent(
    client: Client,
    *,
    by: User | None,
    layer: str,
    given: bool,
    how: str = "spoken",
    recipient: User | None = None,
    on: date | None = None,
) -> Consent:
    """Record the client's answer about one layer. An earlier live answer to the same ends."""
    live = Consent.objects.filter(client=client, layer=layer, recipient=recipient, withdrawn_on__isnull=True)
    for earlier in live:
        earlier.withdrawn_on, earlier.withdrawn_by = clock.today(), by
        earlier.save(update_fields=["withdrawn_on", "withdrawn_by"])
        trace("consent.replaced", earlier, by=by, fields=["withdrawn_on"])
    consent = Consent.objects.create(
        client=client,
        layer=layer,
        recipient=recipient,
        given=given,
        given_on=on or clock.today(),
        how=how,
        recorded_by=by,
        wording_version=CONSENT_WORDING,
    )
    trace("consent.recorded", consent, by=by, fields=["layer", "recipient", "given", "given_on"])
    return consent


@action
def allocate(episode: Episode, *, by: User, esw: User) -> Assignment:
    """The team lead offers the client to an ESW, who accepts or declines."""
    permissions.check_role(by, Role.TEAM_LEAD)
    permissions.check_write(by, episode.client)
    policies.check_allocatable(episode, esw)
    assignment = Assignment.objects.create(
        episode=episode, esw=esw, offered_on=clock.today(), offered_by=by
    )
    trace("assignment.offered", assignment, by=by, fields=["esw", "offered_on"])
    record_first(episode, "allocated_on", clock.today(), by=by)
    return assignment


@action
def accept(assignment: Assignment, *, by: User) -> Assignment:
    """The ESW takes the client onto their caseload. The referral counts in the quarter of this day."""
    permissions.check_offered_to(by, assignment)
    policies.check_acceptable(assignment)
    assignment.accepted_on = clock.today()
    assignment.save(update_fields=["accepted_on"])
    trace("assignment.accepted", assignment, by=by, fields=["accepted_on"])
    record_first(assignment.episode, "accepted_on", clock.today(), by=by)
    return assignment
