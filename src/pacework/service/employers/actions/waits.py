"""Who waits for a placement, what they were told, and how long their way there is."""

from __future__ import annotations

from datetime import date

from pacework.service.cases.models import Client
from pacework.service.cases.policies import check_open
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError
from pacework.service.core.records import hold
from pacework.service.employers import permissions
from pacework.service.employers.actions.checks import check_not_future
from pacework.service.employers.models import (
    PlacementOpportunity,
    PlacementWait,
    PlacementWaitTold,
    Site,
    Travel,
)
from pacework.service.people.models import User


@action
def add_wait(
    client: Client, opportunity: PlacementOpportunity, *, by: User, since: date | None = None
) -> PlacementWait:
    """Put the client on the list for this placement. Nothing about them leaves the service by this."""
    permissions.check_work_with(by, client)
    since = since or clock.today()
    check_not_future(since, field="since")
    episode = client.episode
    if episode is None:
        raise DomainError(f"{client.name} has no open episode of support.")
    check_open(episode)
    if opportunity.state == PlacementOpportunity.State.ENDED:
        raise DomainError("This placement opportunity has ended.", field="opportunity")
    if client.placement_waits.waiting().filter(opportunity=opportunity).exists():
        raise DomainError(f"{client.name} is already waiting for this one.", field="opportunity")
    if since < episode.referred_on:
        raise DomainError("This is before support began.", field="since")
    wait = PlacementWait.objects.create(
        opportunity=opportunity, client=client, episode=episode, since=since, added_by=by
    )
    trace("placement_wait.added", wait, by=by, fields=["opportunity", "client", "since"])
    return wait


@action
def tell_waiting(
    wait: PlacementWait, *, by: User, told_on: date | None = None, words: str = ""
) -> PlacementWaitTold:
    """The client was told how their wait stands."""
    permissions.check_work_with(by, wait.client)
    hold(wait)
    _check_waiting(wait)
    told_on = told_on or clock.today()
    check_not_future(told_on, field="told_on")
    if told_on < wait.since:
        raise DomainError("This is before the wait began.", field="told_on")
    told = PlacementWaitTold.objects.create(wait=wait, told_on=told_on, words=words, told_by=by)
    trace("placement_wait.told", told, by=by, fields=["wait", "told_on", "words"])
    return told


@action
def end_wait(wait: PlacementWait, *, by: User, reason: str) -> PlacementWait:
    """The client has a place, or does not wait any more."""
    permissions.check_work_with(by, wait.client)
    hold(wait)
    _check_waiting(wait)
    if reason not in PlacementWait.End.values:
        raise DomainError("Choose one from the list.", field="reason")
    wait.ended_on, wait.end_reason = clock.today(), reason
    wait.save(update_fields=["ended_on", "end_reason"])
    trace("placement_wait.ended", wait, by=by, fields=["ended_on", "end_reason"])
    return wait


def _check_waiting(wait: PlacementWait) -> None:
    if wait.ended_on is not None:
        raise DomainError("This wait has already ended.")


@action
def record_travel(
    client: Client, site: Site, *, by: User, minutes: int | None, how: str = "", expected: int | None = None
) -> Travel:
    """Keep how many minutes this client needs to this site; None says that nobody knows."""
    permissions.check_work_with(by, client)
    if minutes is not None and not 0 <= minutes <= 600:
        raise DomainError("Enter a number from 0 to 600, or leave it empty.", field="minutes")
    fields = ["minutes", "how", "typed_by", "typed_at"]
    known: Travel | None = client.travel.filter(site=site).first()
    if known is None:
        known = Travel.objects.create(client=client, site=site, minutes=minutes, how=how, typed_by=by)
    else:
        known.minutes, known.how, known.typed_by, known.typed_at = minutes, how, by, clock.now()
        known.save_version(expected=expected, fields=fields)
    trace("travel.recorded", known, by=by, fields=["site", *fields])
    return known
