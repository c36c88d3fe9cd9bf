"""The client's own tasks, paused for a while and taken up again."""

from __future__ import annotations

from datetime import date

from pacework.service.cases.models import Episode
from pacework.service.cases.policies import check_open
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.people.models import User
from pacework.service.plan import permissions
from pacework.service.plan.models import TaskPause


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
def resume_tasks(pause: TaskPause, *, by: User, until: date | None = None) -> TaskPause:
    """The tasks go on; one that was taken up before stays as it is. No task is moved: dates are agreed."""
    permissions.check_take_up(by, pause.episode.client)
    if pause.until is None:
        pause.until = max(until or clock.today(), pause.since)
        pause.save(update_fields=["until"])
    trace("tasks.resumed", pause, by=by, fields=["until"])
    return pause
