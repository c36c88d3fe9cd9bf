"""Plans for tests, made by the room's own actions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pacework.service.cases.models import Episode, named_esw
from pacework.service.core import clock
from pacework.service.plan import actions
from pacework.service.plan.models import Goal, Obstacle, PlannedAction
from tests.service.build import give_account, make_episode, make_team, make_user


def carried_episode(days_ago: int = 60, esw: Any = None) -> Episode:
    """An episode accepted by an ESW of its team some time ago; the client has an account."""
    with clock.at(clock.today() - timedelta(days=days_ago)):
        episode = make_episode(esw=esw or make_user("esw", make_team()))
        give_account(episode.client)
    return episode


def esw_of(episode: Episode) -> Any:
    return named_esw(episode)


def day(days: int) -> date:
    return clock.today() + timedelta(days=days)


def make_goal(episode: Episode, days_ago: int = 0, **said: Any) -> Goal:
    details = {"words": "Mornings in a garden centre"} | said
    with clock.at(day(-days_ago)):
        return actions.set_goal(episode, by=esw_of(episode), **details)


def make_action(episode: Episode, due: int = 3, **said: Any) -> PlannedAction:
    """An action due so many days from today; one that is late was planned before its day."""
    details = {"words": "Ask about the bus", "owner": "client", "due_on": day(due)} | said
    with clock.at(min(clock.today(), day(due))):
        return actions.plan_action(episode, by=esw_of(episode), **details)


def make_obstacle(episode: Episode, **said: Any) -> Obstacle:
    details = {"domain": "home_and_work", "words": "No bus before nine"} | said
    return actions.name_obstacle(episode, by=esw_of(episode), **details)
