"""Employers, answers and contacts for tests, made by the room's own actions."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.employers import actions
from pacework.service.employers.models import (
    DisclosurePlan,
    Employer,
    EmployerContact,
    EmployerPerson,
    PlacementOpportunity,
    Site,
    Vacancy,
)
from pacework.service.people.models import User
from tests.service.build import give_consent, make_episode, make_team, make_user

_numbers = count(1)
# Names that have nothing in common, so that no test meets the question "is it one of these?".
NAMES = (
    "Quill",
    "Bramble",
    "Fjord",
    "Juniper",
    "Tannery",
    "Wicket",
    "Zephyr",
    "Marrow",
    "Lantern",
    "Obelisk",
)


def make_employer(name: str = "", *, by: User | None = None, **details: Any) -> Employer:
    number = next(_numbers)
    return actions.add_employer(
        by=by or make_user("esw"),
        name=name or f"{NAMES[number % 10]} {number}",
        confirmed=True,
        **details,
    )


def make_site(employer: Employer, name: str = "Main site", **details: Any) -> Site:
    return actions.add_site(employer, by=make_user("esw"), name=name, **details)


def make_manager(employer: Employer, name: str = "Ottilie Crane", **details: Any) -> EmployerPerson:
    return actions.add_person(employer, by=make_user("esw"), name=name, **details)


def make_vacancy(employer: Employer | None = None, **details: Any) -> Vacancy:
    details.setdefault("title", "Shelf filler")
    return actions.add_vacancy(employer or make_employer(), by=make_user("esw"), **details)


def make_opportunity(
    employer: Employer | None = None, state: str = "idea", **details: Any
) -> PlacementOpportunity:
    """A placement opportunity, walked to ``state`` along the table of steps."""
    employer = employer or make_employer()
    by = make_user("esw")
    details.setdefault("title", "Two mornings in the stock room")
    details.setdefault("named_manager", make_manager(employer))
    made = actions.add_opportunity(employer, by=by, **details)
    ways = {"idea": [], "asked": ["asked"], "agreed": ["asked", "agreed"]}
    ways |= {"paused": [*ways["agreed"], "paused"], "ended": ["ended"]}
    for to in ways[state]:
        made = actions.move_opportunity(made, by=by, to=to)
    return made


def make_carried_client(
    *, consent: bool = True, account: bool = False, **details: Any
) -> tuple[Client, User]:
    """A client on an ESW's caseload; with consent to employer contact unless told otherwise."""
    from tests.service.build import make_client

    team = make_team()
    esw = make_user("esw", team)
    client = make_client(team, account=account, **details)
    make_episode(client, esw=esw)
    if consent:
        give_consent(client, "employer_contact")
    return Client.objects.get(pk=client.pk), esw


def agree(
    client: Client, esw: User, *, who: str = "named", what: str = "nothing", **more: Any
) -> DisclosurePlan:
    return actions.agree_disclosure(client, by=esw, who=who, what=what, **more)


def contact_details(**changes: Any) -> dict[str, Any]:
    return {"on": clock.today(), "mode": "face_to_face", "purpose": "learn_needs"} | changes


def log(employer: Employer, esw: User, **changes: Any) -> EmployerContact:
    return actions.log_contact(employer, by=esw, **contact_details(**changes))


def log_about(client: Client, employer: Employer, esw: User, **changes: Any) -> EmployerContact:
    return actions.log_contact_about(
        client, employer, by=esw, **contact_details(**({"purpose": "match"} | changes))
    )


def posted(**values: Any) -> dict[str, Any]:
    """Values as a browser posts them."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value is not None
    }
