"""People, teams and clients for tests, made by the product's own actions wherever there is one.

    team = make_team()
    esw = make_user("esw", team)
    episode = make_episode(esw=esw)              # accepted by that ESW, in their team
    client = episode.client

Everything made without being named is new each time, so tests never meet each other's rows.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from pacework.service.cases import actions
from pacework.service.cases.models import Assignment, Client, Consent, Episode, Programme, StatedReason
from pacework.service.core import clock
from pacework.service.people.models import Cover, Membership, Team, User

_numbers = count(1)

FIRST_NAMES = ("Amara", "Bryn", "Carys", "Dilip", "Esme", "Femi", "Gwen", "Hana", "Idris", "Jo")
LAST_NAMES = ("Ashby", "Bello", "Cole", "Dunmore", "Ellis", "Farrow", "Grant", "Hughes", "Iqbal", "Jarvis")


def synthetic_nhs_number(number: int) -> str:
    """A number of the range kept for tests (999 …) with a right check digit."""
    while True:
        body = f"999{number % 1_000_000:06d}"
        check = (
            11 - sum(int(digit) * weight for digit, weight in zip(body, range(10, 1, -1), strict=True)) % 11
        )
        if check != 10:
            return body + str(check % 11)
        number += 500_000


def make_team(name: str = "", kind: str = Team.Kind.GP_NETWORK) -> Team:
    return Team.objects.create(name=name or f"Team {next(_numbers)}", kind=kind)


def make_user(role: str, team: Team | None = None, **more: Any) -> User:
    """Someone in this role; staff who work with clients belong to ``team`` when one is given."""
    number = next(_numbers)
    more.setdefault("first_name", FIRST_NAMES[number % 10])
    more.setdefault("last_name", f"{LAST_NAMES[number // 10 % 10]}{number}")
    if more.get("weekly_hours") is not None:
        more["weekly_hours"] = Decimal(str(more["weekly_hours"]))
    username = more.pop("username", f"{role}{number}")
    user = User.objects.create_user(username, f"{username}@example.org", role=role, **more)
    if team is not None:
        Membership.objects.create(user=user, team=team)
    return user


def make_programme(name: str = "", **more: Any) -> Programme:
    """The usual programme (routine service), made once, unless a name asks for another."""
    if name:
        return Programme.objects.create(name=name, **more)
    return Programme.objects.get_or_create(name="Routine service", defaults={"is_default": True} | more)[0]


def make_client(team: Team | None = None, *, account: bool = False, **details: Any) -> Client:
    """A registered person; ``account=True`` gives them a sign-in."""
    number = next(_numbers)
    details.setdefault("first_name", FIRST_NAMES[number % 10])
    details.setdefault("last_name", f"{LAST_NAMES[number // 10 % 10]}{number}")
    details.setdefault("birth_date", date(1985, 5, 17))
    details.setdefault("nhs_number", synthetic_nhs_number(number))
    client = actions.register_client(by=None, team=team or make_team(), **details)
    if account:
        give_account(client)
    return client


def give_account(client: Client) -> User:
    """A sign-in for this client, once."""
    if client.user is None:
        user = make_user("client", first_name=client.first_name, last_name=client.last_name)
        actions.link_account(client, by=None, user=user)
    return client.user


def lead_of(team: Team) -> User:
    """The team's lead; made if there is none."""
    found = User.objects.filter(role="team_lead", memberships__team=team).first()
    return found or make_user("team_lead", team)


def make_episode(
    client: Client | None = None,
    *,
    esw: User | None = None,
    team: Team | None = None,
    accepted: bool = True,
    programme: Programme | None = None,
    employed_at_entry: bool = False,
) -> Episode:
    """An open episode. With an ESW it is allocated, and accepted unless told; without, it waits."""
    if client is None:
        if team is None and esw is not None:
            team = esw.memberships.select_related("team").get().team
        client = make_client(team)
    give_consent(client, "service")
    episode = actions.open_episode(
        client, by=None, programme=programme or make_programme(), employed_at_entry=employed_at_entry
    )
    if esw is not None:
        assignment = actions.allocate(episode, by=lead_of(client.team), esw=esw)
        if accepted:
            actions.accept(assignment, by=esw)
    episode.refresh_from_db()
    return episode


def give_consent(client: Client, layer: str = "health_sharing", *, to: User | None = None) -> Consent:
    """The client's yes to this layer; for health sharing to the whole health team, or to one of them."""
    return actions.record_consent(client, by=None, layer=layer, given=True, recipient=to)


def close(episode: Episode, *, reason: str = "chose_to_stop", by: User | None = None) -> Episode:
    """The episode, closed by the team lead."""
    return actions.close_episode(episode, by=by or lead_of(episode.team), reason=reason)


def make_cover(absent: User, covering: User, *, days: int = 7) -> Cover:
    """``covering`` has the absent ESW's rights from today on."""
    today = clock.today()
    return Cover.objects.create(
        absent=absent,
        covering=covering,
        starts_on=today,
        ends_on=today + timedelta(days=days),
        reason="planned_leave",
        set_by=covering,
    )


def state_reason(client: Client, manager: User, reason: str = "A complaint was made.") -> StatedReason:
    return actions.state_reason(client, by=manager, reason=reason)


def offer_of(episode: Episode) -> Assignment:
    """The assignment that stands for this episode."""
    return episode.assignments.get(ended_on__isnull=True)
