"""Profiles for tests, made by the room's own actions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pacework.service.cases.models import Episode
from pacework.service.people.models import Team, User
from pacework.service.profile import actions
from pacework.service.profile.models import Need, ProfileSection
from tests.service import build

GOAL = {
    "ideal_work": "A desk and my own head.",
    "hours_start": 16,
    "best_times": ["mornings"],
    "confidence": 4,
}
JOB = {"role": "Driver", "employer": "a depot", "why_ended": "My back."}


@dataclass
class Situation:
    """A client with an account in a team, their ESW, and an open episode."""

    team: Team
    esw: User
    episode: Episode
    own: User

    @property
    def client(self) -> Any:
        return self.episode.client


def situation() -> Situation:
    team = build.make_team()
    esw = build.make_user("esw", team)
    client = build.make_client(team, account=True)
    episode = build.make_episode(client, esw=esw)
    return Situation(team, esw, episode, client.user)


def goal_of(episode: Episode, by: User, **answers: Any) -> ProfileSection:
    return actions.save_section(episode, by=by, key="goal", answers=answers or GOAL, own_words="Ask me.")


def need_of(episode: Episode, by: User, key: str = "cv") -> Need:
    return actions.name_need(episode, by=by, key=key)
