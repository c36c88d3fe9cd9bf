"""Goals, and the dated actions with one owner that lead there."""

from __future__ import annotations

from datetime import date

from pacework.service.cases.actions import record_milestone
from pacework.service.cases.models import Episode
from pacework.service.cases.policies import check_open
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.records import hold
from pacework.service.people.models import User
from pacework.service.plan import permissions, policies
from pacework.service.plan.models import Goal, PlannedAction


def _record_preparing(episode: Episode, *, by: User) -> None:
    """Preparing runs from the oldest open preparing goal; with none open it is over."""
    # Two goals of one episode changed at one moment: the second counts with the first.
    hold(episode)
    oldest = Goal.objects.preparing().filter(episode=episode).order_by("set_on").first()
    record_milestone(episode, "preparing_since", oldest.set_on if oldest else None, by=by)


@action
def set_goal(
    episode: Episode, *, by: User, words: str, kind: str = Goal.Kind.WORK, target_on: date | None = None
) -> Goal:
    """Write a goal in the client's words."""
    permissions.check_plan(by, episode.client)
    check_open(episode)
    policies.check_words(words)
    policies.check_kind(kind)
    policies.check_target(target_on)
    goal = Goal.objects.create(
        episode=episode, kind=kind, words=words, set_on=clock.today(), set_by=by, target_on=target_on
    )
    trace("goal.set", goal, by=by, fields=["kind", "words", "target_on"])
    _record_preparing(episode, by=by)
    return goal


@action
def reword_goal(
    goal: Goal,
    *,
    by: User,
    words: str,
    target_on: date | None = None,
    kind: str = "",
    version: int | None = None,
) -> Goal:
    """Change a goal's words, its date, or what it is about."""
    permissions.check_plan(by, goal.episode.client)
    check_open(goal.episode)
    policies.check_goal_open(goal)
    policies.check_words(words)
    policies.check_kind(kind or goal.kind)
    policies.check_target(target_on, known=goal.target_on)
    goal.words, goal.target_on, goal.kind = words, target_on, kind or goal.kind
    goal.save_version(expected=version, fields=["words", "target_on", "kind"])
    trace("goal.reworded", goal, by=by, fields=["words", "target_on", "kind"])
    _record_preparing(goal.episode, by=by)
    return goal


@action
def end_goal(goal: Goal, *, by: User, reached: bool, why: str = "", version: int | None = None) -> Goal:
    """The goal is reached, or the client has let it go."""
    permissions.check_plan(by, goal.episode.client)
    check_open(goal.episode)
    policies.check_goal_open(goal)
    if reached:
        goal.reached_on = clock.today()
    else:
        goal.dropped_on, goal.dropped_why = clock.today(), why
    return _mark_goal(goal, "goal.ended", by=by, version=version)


@action
def reopen_goal(goal: Goal, *, by: User, version: int | None = None) -> Goal:
    """The goal was ended by mistake, or the client wants it again."""
    permissions.check_plan(by, goal.episode.client)
    check_open(goal.episode)
    policies.check_goal_ended(goal)
    goal.reached_on = goal.dropped_on = None
    goal.dropped_why = ""
    return _mark_goal(goal, "goal.reopened", by=by, version=version)


def _mark_goal(goal: Goal, verb: str, *, by: User, version: int | None) -> Goal:
    fields = ["reached_on", "dropped_on", "dropped_why"]
    goal.save_version(expected=version, fields=fields)
    trace(verb, goal, by=by, fields=fields)
    _record_preparing(goal.episode, by=by)
    return goal


@action
def plan_action(
    episode: Episode,
    *,
    by: User,
    words: str,
    owner: str,
    due_on: date,
    why: str = "",
    goal: Goal | None = None,
    hcp: User | None = None,
) -> PlannedAction:
    """Agree one thing to do: one owner, one date."""
    permissions.check_plan(by, episode.client)
    check_open(episode)
    policies.check_words(words)
    policies.check_due(due_on)
    policies.check_owner(owner, hcp, episode)
    policies.check_same_episode(goal, episode)
    planned = PlannedAction.objects.create(
        episode=episode,
        goal=goal,
        words=words,
        why=why,
        owner=owner,
        hcp=hcp,
        due_on=due_on,
        made_on=clock.today(),
        made_by=by,
    )
    trace("action.planned", planned, by=by, fields=["words", "owner", "hcp", "due_on", "why", "goal"])
    return planned


@action
def end_action(planned: PlannedAction, *, by: User, done: bool, version: int | None = None) -> PlannedAction:
    """The action is done, or no longer needed."""
    permissions.check_finish(by, planned)
    check_open(planned.episode)
    policies.check_action_open(planned)
    if done:
        planned.done_on = clock.today()
    else:
        planned.dropped_on = clock.today()
    planned.save_version(expected=version, fields=["done_on", "dropped_on"])
    trace("action.ended", planned, by=by, fields=["done_on", "dropped_on"])
    return planned


@action
def reopen_action(planned: PlannedAction, *, by: User, version: int | None = None) -> PlannedAction:
    """Undo: the action was not done after all, or is needed again."""
    permissions.check_finish(by, planned)
    check_open(planned.episode)
    policies.check_action_ended(planned)
    planned.done_on = planned.dropped_on = None
    planned.save_version(expected=version, fields=["done_on", "dropped_on"])
    trace("action.reopened", planned, by=by, fields=["done_on", "dropped_on"])
    return planned


@action
def move_action(
    planned: PlannedAction, *, by: User, due_on: date, version: int | None = None
) -> PlannedAction:
    """Give an action another date."""
    permissions.check_finish(by, planned)
    check_open(planned.episode)
    policies.check_action_open(planned)
    policies.check_due(due_on)
    planned.due_on = due_on
    planned.save_version(expected=version, fields=["due_on"])
    trace("action.moved", planned, by=by, fields=["due_on"])
    return planned
