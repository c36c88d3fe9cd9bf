"""Does the state allow it? Rules of goals, actions and preparing."""

from __future__ import annotations

from datetime import date

from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.core.errors import DomainError
from pacework.service.people.models import Role, User
from pacework.service.plan.models import Goal, Obstacle, PlannedAction


def check_words(words: str, *, field: str = "words") -> None:
    if not words.strip():
        raise DomainError("Write a few words first.", field=field)


def check_due(due_on: date) -> None:
    if due_on < clock.today():
        raise DomainError("Choose today or a day to come.", field="due_on")


def check_owner(owner: str, hcp: User | None) -> None:
    if hcp is not None and (owner != PlannedAction.Owner.HCP or hcp.role != Role.HCP):
        raise DomainError("Only an action of a healthcare professional names one.", field="hcp")


def check_goal_open(goal: Goal) -> None:
    if goal.reached_on is not None or goal.dropped_on is not None:
        raise DomainError("This goal has already ended.")


def check_action_open(planned: PlannedAction) -> None:
    if planned.done_on is not None or planned.dropped_on is not None:
        raise DomainError("This action has already ended.")


def check_obstacle_open(obstacle: Obstacle) -> None:
    if obstacle.gone_on is not None:
        raise DomainError("This obstacle is already out of the way.")


def check_domain(domain: str) -> None:
    if domain not in codes("plan", "obstacles", "domains"):
        raise DomainError("Choose one of the areas in the list.", field="domain")


def check_past(on: date, since: date, *, field: str) -> None:
    """Something that happened: not in the future, not before the referral."""
    if on > clock.today():
        raise DomainError("This day is still to come. Check the date.", field=field)
    if on < since:
        raise DomainError("This is before the referral. Check the date.", field=field)
