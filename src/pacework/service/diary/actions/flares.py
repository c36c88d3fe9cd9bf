"""Flares: one tap begins what it brings with it, one tap ends it, and any can be put right afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q

from pacework.service.cases.models import Client
from pacework.service.cases.permissions import can_write
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.records import hold
from pacework.service.diary import permissions, policies
from pacework.service.diary.models import Flare
from pacework.service.people.models import User
from pacework.service.plan.actions import pause_tasks, resume_tasks
from pacework.service.plan.models import PlannedAction, TaskPause
from pacework.service.work.actions import edit_absence, end_absence, record_absence, take_back_absence
from pacework.service.work.models import Absence, JobSpell, Placement

SAID = ("started_on", "ended_on", "note", "told")


@action
def start_flare(
    client: Client,
    *,
    by: User,
    on: date | None = None,
    tell: bool = False,
    off_work: bool = True,
    note: str = "",
) -> Flare:
    """Begin a flare: tasks are paused, days away from work begin, and the worker is told if wished.

    One that comes back on the day it ended is the same one: it goes on.
    """
    permissions.check_keep(by, client)
    hold(client)
    client.forget_episode()
    day = on or clock.today()
    policies.check_no_open_flare(client)
    flare = Flare.objects.filter(client=client, ended_on=day).first()
    if flare is None:
        policies.check_flare_days(client, day, None)
        flare = Flare(client=client, started_on=day, note=note.strip(), recorded_by=by)
    flare.ended_on = None
    flare.told, flare.told_at = tell, clock.now() if tell else None
    flare.pause = _pause(client, by, day)
    if flare.pk is None:
        flare.save()
    else:
        flare.save_version(expected=None, fields=["ended_on", "told", "told_at", "pause"])
    trace("flare.started", flare, by=by, fields=SAID)
    if off_work:
        _begin_days_away(flare, by, day)
    return flare


@action
def end_flare(flare: Flare, *, by: User, on: date | None = None) -> Flare:
    """End it: tasks go on, and the days away from work end with it."""
    permissions.check_own(by, flare.client)
    hold(flare)
    ended_on = on or clock.today()
    policies.check_open_flare(flare)
    policies.check_flare_days(flare.client, flare.started_on, ended_on, but=flare)
    flare.ended_on = ended_on
    flare.save_version(expected=None, fields=["ended_on"])
    trace("flare.ended", flare, by=by, fields=["ended_on"])
    _go_on(flare, by, ended_on)
    return flare


@action
def tell_worker(flare: Flare, *, by: User, tell: bool) -> Flare:
    """Tell the worker of this flare, or take that back."""
    permissions.check_keep(by, flare.client)
    hold(flare)
    flare.told, flare.told_at = tell, clock.now() if tell else None
    flare.save_version(expected=None, fields=["told", "told_at"])
    trace("flare.told" if tell else "flare.not_told", flare, by=by, fields=["told"])
    return flare


@action
def log_flare(
    client: Client, *, by: User, started_on: date, ended_on: date, note: str = "", tell: bool = False
) -> Flare:
    """A flare that is over: nothing is paused and nobody is away because of it now."""
    permissions.check_keep(by, client)
    hold(client)
    policies.check_flare_days(client, started_on, ended_on)
    flare = Flare.objects.create(
        client=client,
        started_on=started_on,
        ended_on=ended_on,
        note=note.strip(),
        told=tell,
        told_at=clock.now() if tell else None,
        recorded_by=by,
    )
    trace("flare.logged", flare, by=by, fields=SAID)
    return flare


@action
def edit_flare(
    flare: Flare,
    *,
    by: User,
    started_on: date,
    ended_on: date | None = None,
    note: str = "",
    expected: int | None = None,
) -> Flare:
    """Put the days or the words right. An end that is given to an open flare ends it."""
    permissions.check_keep(by, flare.client)
    hold(flare.client)
    was_open = flare.ended_on is None
    if ended_on is None and not was_open:
        policies.check_no_open_flare(flare.client)
    policies.check_flare_days(flare.client, started_on, ended_on, but=flare)
    flare.started_on, flare.ended_on, flare.note = started_on, ended_on, note.strip()
    flare.save_version(expected=expected, fields=["started_on", "ended_on", "note"])
    trace("flare.changed", flare, by=by, fields=["started_on", "ended_on", "note"])
    if was_open and ended_on is not None:
        _go_on(flare, by, ended_on)
    return flare


@action
def delete_flare(flare: Flare, *, by: User, was_so: bool = False) -> None:
    """Delete a flare. While it is open, what it began is taken back too; or if it ``was_so``, ends today."""
    permissions.check_own(by, flare.client)
    hold(flare)
    if flare.ended_on is None and was_so:
        _go_on(flare, by, clock.today())
    elif flare.ended_on is None:
        _take_up_tasks(flare, by)
        for absence in _days_away(flare, by):
            take_back_absence(absence, by=by)
    trace("flare.deleted", flare, by=by)
    flare.absences.clear()
    flare.delete()


# What a flare brings with it


def _pause(client: Client, by: User, since: date) -> TaskPause | None:
    episode = client.episode
    if episode is None:
        return None
    return pause_tasks(episode, by=by, since=since)


def _begin_days_away(flare: Flare, by: User, since: date) -> None:
    """From every job and placement under way, unless such days are recorded already."""
    episode = flare.client.episode
    if episode is None:
        return
    for name, thing in _under_way(flare.client):
        first_day = max(since, thing.started_on or since)
        own = flare.absences.filter(last_day=since, **{name: thing}).first()
        known = Absence.objects.filter(Q(last_day__isnull=True) | Q(last_day__gte=first_day), **{name: thing})
        if own is not None:
            edit_absence(
                own,
                by=by,
                first_day=own.first_day,
                last_day=None,
                pain_related=own.pain_related,
                certified=own.certified,
            )
        elif not known.exists():
            made = record_absence(episode, by=by, first_day=first_day, pain_related=True, **{name: thing})
            flare.absences.add(made)


def _under_way(client: Client) -> Iterator[tuple[str, Any]]:
    for job in JobSpell.objects.open().filter(episode=client.episode):
        yield "job", job
    for placement in Placement.objects.running().filter(episode=client.episode):
        yield "placement", placement


def _go_on(flare: Flare, by: User, day: date) -> None:
    """What came of it is told by ``steps_moved`` and ``days_off_ended``."""
    _take_up_tasks(flare, by)
    away = list(_days_away(flare, by))
    for absence in away:
        end_absence(absence, by=by, last_day=day)
    # Days off that began otherwise go on.
    others = Absence.objects.open().filter(episode__client=flare.client)
    flare.days_off_ended = bool(away) and not others.exists()


def _take_up_tasks(flare: Flare, by: User) -> None:
    if flare.pause is not None:
        steps = PlannedAction.objects.filter(episode=flare.pause.episode_id).order_by("pk")
        before = list(steps.values_list("pk", "due_on"))
        resume_tasks(flare.pause, by=by)
        flare.steps_moved = before != list(steps.values_list("pk", "due_on"))


def _days_away(flare: Flare, by: User) -> Any:
    """Those that go on because of this flare; in a closed record they stay as they are."""
    if not can_write(by, flare.client):
        return flare.absences.none()
    return flare.absences.select_related("episode__client", "job", "placement").open()
