"""The objects that this room's addresses name by id, for the access matrix."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pacework.service.core import clock
from pacework.service.plan import actions
from pacework.service.plan.models import Goal, Obstacle, PlannedAction


def _goal(case: Any) -> Goal:
    return actions.set_goal(case.client.episodes.get(), by=case.esw, words="Mornings in a garden centre")


def goal(case: Any) -> int:
    return _goal(case).pk


def ended_goal(case: Any) -> int:
    return actions.end_goal(_goal(case), by=case.esw, reached=True).pk


def _action(case: Any) -> PlannedAction:
    """An action that the reader may end: HCPs and clients end only their own."""
    return actions.plan_action(
        case.client.episodes.get(),
        by=case.esw,
        words="Ask about the bus",
        owner="hcp" if case.role == "hcp" else "client",
        due_on=clock.today() + timedelta(days=3),
    )


def an_action(case: Any) -> int:
    return _action(case).pk


def ended_action(case: Any) -> int:
    return actions.end_action(_action(case), by=case.esw, done=True).pk


def _obstacle(case: Any) -> Obstacle:
    return actions.name_obstacle(
        case.client.episodes.get(), by=case.esw, domain="home_and_work", words="No bus before nine"
    )


def obstacle(case: Any) -> int:
    return _obstacle(case).pk


def gone_obstacle(case: Any) -> int:
    return actions.clear_obstacle(_obstacle(case), by=case.esw).pk


KWARGS = {
    "goal_id": goal,
    "goal-reopen:goal_id": ended_goal,
    "action_id": an_action,
    "action-undo:action_id": ended_action,
    "my-step-undo:action_id": ended_action,
    "obstacle_id": obstacle,
    "obstacle-reopen:obstacle_id": gone_obstacle,
    "domain": lambda case: "home_and_work",
}
