"""Does the state allow it? Rules of goals, actions and preparing."""

from __future__ import annotations

from datetime import date

from pacework.service.cases.models import Consent, Episode
from pacework.service.cases.policies import consents_to
from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.core.errors import DomainError
from pacework.service.people.models import Role, User
from pacework.service.plan.models import Goal, Obstacle, PlannedAction

LONGEST = 720  # minutes
LONGEST_LINE = 300


def check_words(words: str, *, field: str = "words") -> None:
    if not words.strip():
        raise DomainError("Write a few words first.", field=field)


def check_due(due_on: date) -> None:
    if due_on < clock.today():
        raise DomainError("Choose today or a day to come.", field="due_on")


# Goals


def check_kind(kind: str) -> None:
    if kind not in Goal.Kind.values:
        raise DomainError("Choose what the goal is about.", field="kind")


def check_target(target_on: date | None, *, known: date | None = None) -> None:
    """A goal looks ahead; a date that is already there may stay."""
    if target_on is not None and target_on != known and target_on < clock.today():
        raise DomainError("Choose today or a day to come, or leave this empty.", field="target_on")


def check_goal_open(goal: Goal) -> None:
    if goal.reached_on is not None or goal.dropped_on is not None:
        raise DomainError("This goal has already ended.")


def check_goal_ended(goal: Goal) -> None:
    if goal.reached_on is None and goal.dropped_on is None:
        raise DomainError("This goal is open.")


# Actions


def check_owner(owner: str, hcp: User | None, episode: Episode) -> None:
    """One of three owners. An HCP only takes on what the client agrees to share with them."""
    if owner not in PlannedAction.Owner.values:
        raise DomainError("Choose who does it.", field="owner")
    if owner != PlannedAction.Owner.HCP:
        if hcp is not None:
            raise DomainError("Only an action of a healthcare professional names one.", field="hcp")
        return
    if hcp is not None and (hcp.role != Role.HCP or not hcp.is_in(episode.team_id)):
        raise DomainError("Choose a healthcare professional of the client's team.", field="hcp")
    if not consents_to(episode.client, Consent.Layer.HEALTH_SHARING, recipient=hcp):
        whom = str(hcp) if hcp is not None else "the health team"
        raise DomainError(
            f"{episode.client.name} has not agreed to share with {whom}, so they cannot be given a step. "
            "Ask first, or choose another owner.",
            field="hcp" if hcp is not None else "owner",
        )


def check_same_episode(goal: Goal | None, episode: Episode) -> None:
    if goal is not None and goal.episode_id != episode.pk:
        raise DomainError("Choose one of this client's goals.", field="goal")


def check_action_open(planned: PlannedAction) -> None:
    if not planned.is_open:
        raise DomainError("This action has already ended.")


def check_action_ended(planned: PlannedAction) -> None:
    if planned.is_open:
        raise DomainError("This action is still open.")


# Preparing


def check_obstacle_new(episode: Episode, words: str) -> None:
    """The same obstacle stands once on the list."""
    if episode.obstacles.filter(gone_on__isnull=True, words__iexact=words.strip()).exists():
        raise DomainError(f"This is on the list already: {words.strip()}", field="words")


def check_obstacle_open(obstacle: Obstacle) -> None:
    if obstacle.gone_on is not None:
        raise DomainError("This obstacle is already out of the way.")


def check_obstacle_gone(obstacle: Obstacle) -> None:
    if obstacle.gone_on is None:
        raise DomainError("This obstacle is still on the list.")


def check_no_step_under_way(obstacle: Obstacle) -> None:
    """One step at a time."""
    if obstacle.step is not None and obstacle.step.is_open:
        raise DomainError("There is a step under way. Finish or drop it first.", field="words")


def check_domain(domain: str) -> None:
    if domain not in codes("plan", "obstacles", "domains"):
        raise DomainError("Choose one of the areas in the list.", field="domain")


def check_session(template: str, format: str, attendance: str, minutes: int | None) -> None:  # noqa: A002
    """A session of the list, held in a way it is made for."""
    templates = codes("plan", "sessions")
    if template not in templates:
        raise DomainError("Choose one of the sessions in the list.", field="template")
    if format not in templates[template]["format"]:
        raise DomainError(
            "This session is not made for that. Choose the other way to hold it.", field="format"
        )
    if attendance not in codes("plan", "attendance"):
        raise DomainError("Choose one of the answers in the list.", field="attendance")
    if minutes is not None and not 1 <= minutes <= LONGEST:
        raise DomainError(f"Enter minutes from 1 to {LONGEST}, or leave this empty.", field="minutes")


def check_past(on: date, since: date, *, field: str) -> None:
    """Something that happened: not in the future, not before the referral."""
    if on > clock.today():
        raise DomainError("This day is still to come. Check the date.", field=field)
    if on < since:
        raise DomainError("This is before the referral. Check the date.", field=field)
