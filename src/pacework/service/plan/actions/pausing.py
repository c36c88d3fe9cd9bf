"""The client's own tasks, paused for a while and taken up again."""

from __future__ import annotations

from datetime import date, timedelta

from pacework.service.cases.models import Episode
from pacework.service.cases.policies import check_open
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.records import hold
from pacework.service.people.models import User
from pacework.service.plan import permissions
from pacework.service.plan.models import PlannedAction, TaskPause


@action
def pause_tasks(episode: Episode, *, by: User, since: date | None = None) -> TaskPause:
    """Nothing the client set out to do is late from now on. A pause that is open already goes on."""
    permissions.check_plan(by, episode.client)
    check_open(episode)
    pause = TaskPause.objects.open().filter(episode=episode).first()
    if pause is None:
        day = max(since or clock.today(), episode.referred_on)
        pause = TaskPause.objects.create(episode=episode, since=day, paused_by=by)
    trace("tasks.paused", pause, by=by, fields=["since"])
    return pause


@action
def resume_tasks(pause: TaskPause, *, by: User) -> TaskPause:
    """The tasks go on; a pause that was over before stays as it is.

    A date that came while the client paused moves on by as many days as they paused, so that nobody comes
    back to a list of what is late. Dates still ahead stay as they were agreed.
    """
    permissions.check_take_up(by, pause.episode.client)
    hold(pause)
    if pause.until is None:
        today = clock.today()
        pause.until = max(today, pause.since)
        pause.save(update_fields=["until"])
        _move_on(pause, by, today)
    trace("tasks.resumed", pause, by=by, fields=["until"])
    return pause


def _move_on(pause: TaskPause, by: User, today: date) -> None:
    owner = PlannedAction.Owner.CLIENT
    came = PlannedAction.objects.under_way().filter(episode=pause.episode, owner=owner)
    came = came.filter(due_on__range=(pause.since, today)).select_related("episode")
    length = today - pause.since + timedelta(days=1)
    for planned in came.select_for_update(of=("self",), no_key=True):
        planned.due_on += length
        planned.save_version(expected=None, fields=["due_on"])
        trace("action.moved", planned, by=by, fields=["due_on"])
