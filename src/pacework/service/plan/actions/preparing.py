"""Preparing for work: obstacles with steps, sessions, and the question that is asked every four weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pacework.service.cases.models import Episode
from pacework.service.cases.policies import check_open
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError
from pacework.service.people.models import User
from pacework.service.plan import permissions, policies
from pacework.service.plan.actions.goals import plan_action
from pacework.service.plan.models import Obstacle, PlacementAnswer, PlannedAction, PreparationSession


@dataclass(frozen=True)
class NewObstacle:
    """One obstacle of a list that is ticked in one go; ``step`` is the first step, or nothing yet."""

    domain: str
    words: str
    step: str = ""


@dataclass(frozen=True)
class Came:
    """One client at a group session."""

    episode: Episode
    attendance: str
    what_changed: str = ""


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
    policies.check_obstacle_new(episode, words)
    obstacle = Obstacle.objects.create(
        episode=episode, domain=domain, words=words.strip(), named_on=clock.today(), named_by=by
    )
    trace("obstacle.named", obstacle, by=by, fields=["domain", "words"])
    if step.strip():
        add_step(obstacle, by=by, words=step, owner=step_owner, due_on=step_due_on)
    return obstacle


@action
def name_obstacles(
    episode: Episode,
    *,
    by: User,
    rows: Sequence[NewObstacle],
    step_owner: str = PlannedAction.Owner.CLIENT,
    step_due_on: date | None = None,
) -> list[Obstacle]:
    """Name several at once: all of them, or none when one is refused."""
    if not rows:
        raise DomainError("Tick at least one, or write your own.")
    return [
        name_obstacle(
            episode,
            by=by,
            domain=row.domain,
            words=row.words,
            step=row.step,
            step_owner=step_owner,
            step_due_on=step_due_on,
        )
        for row in rows
    ]


@action
def add_step(
    obstacle: Obstacle,
    *,
    by: User,
    words: str,
    owner: str,
    due_on: date | None,
    hcp: User | None = None,
    version: int | None = None,
) -> PlannedAction:
    """Put a step against an obstacle: an action of the plan like any other, one at a time."""
    permissions.check_plan(by, obstacle.episode.client)
    policies.check_obstacle_open(obstacle)
    policies.check_no_step_under_way(obstacle)
    if due_on is None:
        raise DomainError("Choose a day for the step.", field="step_due_on")
    step = plan_action(
        obstacle.episode,
        by=by,
        words=words,
        owner=owner,
        due_on=due_on,
        why=obstacle.words[: policies.LONGEST_LINE],
        hcp=hcp,
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
def reopen_obstacle(obstacle: Obstacle, *, by: User, version: int | None = None) -> Obstacle:
    """It is in the way after all, or again."""
    permissions.check_plan(by, obstacle.episode.client)
    check_open(obstacle.episode)
    policies.check_obstacle_gone(obstacle)
    policies.check_obstacle_new(obstacle.episode, obstacle.words)
    obstacle.gone_on = None
    obstacle.save_version(expected=version, fields=["gone_on"])
    trace("obstacle.reopened", obstacle, by=by, fields=["gone_on"])
    return obstacle


@action
def log_session(
    episode: Episode,
    *,
    by: User,
    template: str,
    on: date,
    format: str,  # noqa: A002
    attendance: str,
    minutes: int | None = None,
    what_changed: str = "",
) -> PreparationSession:
    """Record one session of preparing: who came and what changed."""
    permissions.check_lead_session(by, episode.client)
    check_open(episode)
    policies.check_session(template, format, attendance, minutes)
    policies.check_past(on, episode.referred_on, field="on")
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
    said = ["template", "on", "format", "minutes", "attendance", "what_changed"]
    trace("session.logged", session, by=by, fields=said)
    return session


@action
def log_group_session(
    rows: Sequence[Came], *, by: User, template: str, on: date, minutes: int | None = None
) -> list[PreparationSession]:
    """Record one session held with several clients: a line in each one's record, all or none."""
    if len({row.episode.pk for row in rows}) < 2:
        raise DomainError("A group is two people or more. Say for each of them whether they came.")
    return [
        log_session(
            row.episode,
            by=by,
            template=template,
            on=on,
            format="group",
            attendance=row.attendance,
            minutes=minutes,
            what_changed=row.what_changed,
        )
        for row in rows
    ]


@action
def answer_placement_question(
    episode: Episode, *, by: User, words: str, asked_on: date | None = None
) -> PlacementAnswer:
    """Keep the client's answer to "What would make a placement possible?"."""
    permissions.check_plan(by, episode.client)
    check_open(episode)
    policies.check_words(words)
    day = asked_on or clock.today()
    policies.check_past(day, episode.referred_on, field="asked_on")
    answer = PlacementAnswer.objects.create(episode=episode, asked_on=day, asked_by=by, words=words)
    trace("placement_question.answered", answer, by=by, fields=["asked_on", "words"])
    return answer
