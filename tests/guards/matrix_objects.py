"""People and records in every state of the matrix, and the objects that URLs name by id.

A room whose URLs have ids of their own brings ``tests/service/<room>/matrix.py`` with

    KWARGS = {"goal_id": lambda case: make_goal(case.client).pk}

A builder gets the ``Case`` and makes the object so that, of all things, only access decides the answer. Where
two URLs mean different things by one name, the key is "url-name:kwarg".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.db import transaction

from pacework.service.cases import actions
from pacework.service.cases.models import Client, Programme
from pacework.service.core.access import ANONYMOUS
from pacework.service.people.models import Team, User
from tests.service import build

STAFF_OF_TEAMS = {"esw", "hcp", "team_lead"}


@contextmanager
def taken_back() -> Iterator[None]:
    """A savepoint whose writes do not stay, so that the next request finds what was made before."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass
class Case:
    """One record in one state, and the person of one role who asks for it."""

    state: str
    role: str
    user: User | None
    client: Client
    esw: User
    team: Team

    def finish(self) -> None:
        """Closing comes last: nothing can be made in a closed record any more."""
        if self.state == "closed":
            build.close(self.client.episodes.get())


def make_case(role: str, state: str) -> Case:
    """A record carried by an ESW of a team, and a reader of this role who is related to it so."""
    team = build.make_team()
    esw = build.make_user("esw", team)
    client = build.make_client(team, account=True)
    build.make_episode(client, esw=esw)
    build.give_consent(client)
    near = state not in ("other_team", "covering", "stated_reason")
    reader = _reader(role, team if near else build.make_team(), esw, client, state)
    if state == "covering" and role == "esw" and reader is not None:
        build.make_cover(absent=esw, covering=reader)
    if state == "restricted":
        actions.restrict(client, by=build.lead_of(team))
    if state == "consent_withdrawn":
        actions.withdraw_consent(
            client.consents.get(layer="health_sharing", withdrawn_on__isnull=True), by=build.lead_of(team)
        )
    if state == "stated_reason" and role == "manager" and reader is not None:
        build.state_reason(client, reader)
    return Case(state, role, reader, Client.objects.get(pk=client.pk), esw, team)


def _reader(role: str, team: Team, esw: User, client: Client, state: str) -> User | None:
    if role == ANONYMOUS:
        return None
    # "Own" in the table: the client's own record, the named ESW's; the others belong to the team.
    own = state in ("own", "closed", "restricted", "consent_withdrawn")
    if role == "client" and own:
        return client.user
    if role == "esw" and own:
        return esw
    return build.make_user(role, team if role in STAFF_OF_TEAMS else None)


def consent_of(case: Case) -> int:
    return build.give_consent(case.client, "research").pk


def correction_of(case: Case) -> int:
    request = actions.ask_for_correction(
        case.client, by=build.give_account(case.client), what="My age is wrong."
    )
    return request.pk


def programme(case: Case) -> int:
    return Programme.objects.create(name=f"Programme {Programme.objects.count()}").pk


def colleague(case: Case) -> int:
    """An ESW of the reader's own team."""
    team = case.user.teams.first() if case.user else None
    return build.make_user("esw", team or case.team).pk


def cover(case: Case) -> int:
    team = (case.user.teams.first() if case.user else None) or case.team
    return build.make_cover(build.make_user("esw", team), build.make_user("esw", team)).pk


KWARGS: dict[str, Callable[[Case], Any]] = {
    "client_id": lambda case: case.client.pk,
    "consent_id": consent_of,
    "correction_id": correction_of,
    "cover_id": cover,
    "esw_id": colleague,
    "layer": lambda case: "research",
    "programme_id": programme,
    "team_id": lambda case: case.team.pk,
    "user_id": lambda case: case.esw.pk,
}


@cache
def registered() -> dict[str, Callable[[Case], Any]]:
    """The builders of this file and of every room that brings its own."""
    found = dict(KWARGS)
    for file in sorted((Path(__file__).parents[1] / "service").glob("*/matrix.py")):
        found |= import_module(f"tests.service.{file.parent.name}.matrix").KWARGS
    return found
