"""Objects that this room's URLs name, for the access matrix."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pacework.service.profile import actions
from pacework.service.profile.models import Need
from tests.guards.matrix_objects import Case
from tests.service.profile import build


def saved_goal(case: Case) -> str:
    """The key of a section that is saved; in a closed record it was saved before the closing."""
    _while_open(case, lambda: build.goal_of(case.client.episode, case.esw))
    return "goal"


def a_job(case: Case) -> int:
    def save() -> None:
        actions.save_entry(case.client.episode, by=case.esw, key="work_history", answers=build.JOB)

    _while_open(case, save)
    return 1


def a_need(case: Case) -> int:
    _while_open(case, lambda: build.need_of(case.client.episode, case.esw))
    return Need.objects.get(episode=case.client.episode).pk


def _while_open(case: Case, make: Callable[[], Any]) -> None:
    episode = case.client.episode
    closed_on, episode.closed_on = episode.closed_on, None
    type(episode).objects.filter(pk=episode.pk).update(closed_on=None, close_reason="")
    make()
    episode.closed_on = closed_on
    reason = "chose_to_stop" if closed_on else ""
    type(episode).objects.filter(pk=episode.pk).update(closed_on=closed_on, close_reason=reason)
    case.client.forget_episode()


KWARGS: dict[str, Callable[[Case], Any]] = {
    "section": lambda case: "goal",
    "profile-history:section": saved_goal,
    "profile-confirm:section": saved_goal,
    "my-profile-confirm:section": saved_goal,
    "number": a_job,
    "part": lambda case: 1,
    "need_id": a_need,
    "need_key": lambda case: "sleep",
} | {
    f"{name}:section": lambda case: "work_history"
    for own in ("", "my-")
    for name in (f"{own}profile-entry", f"{own}profile-entry-new", f"{own}profile-entry-remove")
}
