"""Every write to goals, planned actions and preparing for work."""

from __future__ import annotations

from datetime import date

from pacework.service.cases.actions import record_milestone
from pacework.service.cases.models import Episode
from pacework.service.cases.policies import check_open
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.codes import codes
from pacework.service.core.errors import DomainError
from pacework.service.people.models import User
from pacework.service.plan import permissions, policies
from pacework.service.plan.models import (
    Goal,
    Obstacle,
    PlacementAnswer,
    PlannedAction,
    PreparationSession,
)


def _record_preparing(episode: Episode, *, by: User) -> None:
    """Preparing runs from the oldest open preparing goal; with none open it is over."""
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
    if kind not in Goal.Kind.values:
        raise DomainError("Choose what the goal is about.", field="kind")
    goal = Goal.objects.create(
        episode=episode, kind=kind, words=words, set_on=clock.today(), set_by=by, target_on=target_on
    )
    trace("goal.set", goal, by=by, fields=["kind", "words", "target_on"])
    _record_preparing(episode, by=by)
    return goal


@action
def reword_goal(
    goal: Goal, *, by: User, words: str, target_on: date | None = None, version: int | None = None
) -> Goal:
    """Change a goal's words or date."""
    permissions.check_plan(by, goal.episode.client)
    check_open(goal.episode)
    policies.check_goal_open(goal)
    policies.check_words(words)
    goal.words, goal.target_on = words, target_on
    goal.save_version(expected=version, fields=["words", "target_on"])
    trace("goal.reworded", goal, by=by, fields=["words", "target_on"])
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
    goal.save_version(expected=version, fields=["reached_on", "dropped_on", "dropped_why"])
    trace("goal.ended", goal, by=by, fields=["reached_on", "dropped_on", "dropped_why"])
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
    policies.check_owner(owner, hcp)
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
    trace("action.planned", planned, by=by, fields=["words", "owner", "due_on", "why"])
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
def move_action(planned: PlannedAction, *, by: User, due_on: date, version: int | None = None) -> PlannedAction:
    """Give an action another date."""
    permissions.check_finish(by, planned)
    check_open(planned.episode)
    policies.check_action_open(planned)
    policies.check_due(due_on)
    planned.due_on = due_on
    planned.save_version(expected=version, fields=["due_on"])
    trace("action.moved", planned, by=by, fields=["due_on"])
    return planned


@action
def name_obstacle(
    episode: Episode,
    *,
    by: User,
    domain: str,
    words: str,
    step: str = "",
    step_owner: str = PlannedAction.Owner.CLIENT,
    step_due_on: date | None = None,
) -> Obstacle:
    """Name something in the way of work and, if the client wishes, the first step against it."""
    permissions.check_plan(by, episode.client)
    check_open(episode)
    policies.check_domain(domain)
    policies.check_words(words)
    obstacle = Obstacle.objects.create(
        episode=episode, domain=domain, words=words, named_on=clock.today(), named_by=by
    )
    trace("obstacle.named", obstacle, by=by, fields=["domain", "words"])
    if step:
        add_step(obstacle, by=by, words=step, owner=step_owner, due_on=step_due_on)
    return obstacle


@action
def add_step(
    obstacle: Obstacle, *, by: User, words: str, owner: str, due_on: date | None, version: int | None = None
) -> PlannedAction:
    """Put a step against an obstacle: an action of the plan like any other."""
    policies.check_obstacle_open(obstacle)
    if due_on is None:
        raise DomainError("Choose a day for the step.", field="step_due_on")
    step = plan_action(
        obstacle.episode, by=by, words=words, owner=owner, due_on=due_on, why=obstacle.words[:300]
    )
    obstacle.step = step
    obstacle.save_version(expected=version, fields=["step"])
    trace("obstacle.step_added", obstacle, by=by, fields=["step"])
    return step


@action
def clear_obstacle(obstacle: Obstacle, *, by: User, version: int | None = None) -> Obstacle:
    """The obstacle is out of the way."""
    permissions.check_plan(by, obstacle.episode.client)
    check_open(obstacle.episode)
    policies.check_obstacle_open(obstacle)
    obstacle.gone_on = clock.today()
    obstacle.save_version(expected=version, fields=["gone_on"])
    trace("obstacle.cleared", obstacle, by=by, fields=["gone_on"])
    return obstacle


@action
def log_session(
    episode: Episode,
    *,
    by: User,
    template: str,
    on: date,
    format: str,
    attendance: str,
    minutes: int | None = None,
    what_changed: str = "",
) -> PreparationSession:
    """Record one session of preparing: who came and what changed."""
    permissions.check_lead_session(by, episode.client)
    check_open(episode)
    policies.check_past(on, episode.referred_on, field="on")
    templates = codes("plan", "sessions")
    if template not in templates:
        raise DomainError("Choose one of the sessions in the list.", field="template")
    if format not in templates[template]["format"]:
        raise DomainError("This session is not made for that. Choose the other way to hold it.", field="format")
    session = PreparationSession.objects.create(
        episode=episode,
        template=template,
        on=on,
        format=format,
        minutes=minutes,
        attendance=attendance,
        what_changed=what_changed,
        led_by=by,
    )
    trace("session.logged", session, by=by, fields=["template", "on", "format", "attendance", "what_changed"])
    return session


@action
def answer_placement_question(
    episode: Episode, *, by: User, words: str, asked_on: date | None = None
) -> PlacementAnswer:
    """Keep the client's answer to "What would make a placement possible?"."""
    permissions.check_lead_session(by, episode.client)
    check_open(episode)
    policies.check_words(words)
    day = asked_on or clock.today()
    policies.check_past(day, episode.referred_on, field="asked_on")
    answer = PlacementAnswer.objects.create(episode=episode, asked_on=day, asked_by=by, words=words)
    trace("placement_question.answered", answer, by=by, fields=["asked_on", "words"])
    return answer
