"""People and teams for tests of this room."""

from __future__ import annotations

from itertools import count
from typing import Any

from pacework.service.people import actions
from pacework.service.people.models import Role, Team, User

PASSWORD = "teapot meadow lantern"
_numbers = count(1)


def team(name: str = "") -> Team:
    """A team with a name of its own."""
    return actions.create_team(name or f"Team {next(_numbers)}", by=None)


def person(role: str = Role.ESW, *teams: Team, password: str = "", **values: Any) -> User:
    """Someone with an account; team roles get a team when none is given."""
    number = next(_numbers)
    names = {
        "first_name": "Robin",
        "last_name": f"Reed{number}",
        "email": f"robin{number}@example.org",
    } | values
    if role == Role.CLIENT:
        user = actions.create_client_user(by=None, **names)
    else:
        needs_team = role in {Role.ESW, Role.HCP, Role.TEAM_LEAD} and not teams
        user = actions.create_user(by=None, role=role, teams=[team()] if needs_team else teams, **names)
    if password:
        actions.set_password(user, by=user, password=password)
    return user
