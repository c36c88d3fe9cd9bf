"""How people, roles and teams are put on the screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from pacework.service.core import presenters
from pacework.service.people.models import Role, Team, User
from pacework.service.people.policies import IN_TEAMS

ROLE_HINTS = {
    Role.ESW: "Supports a caseload of clients into work.",
    Role.HCP: "Refers clients and answers questions about their health.",
    Role.TEAM_LEAD: "Allocates clients, supervises, reviews contact logs.",
    Role.MANAGER: "Sees counts and lists of the whole service.",
    Role.RESEARCHER: "Sees no names.",
    Role.ADMINISTRATOR: "Looks after accounts and teams. Sees no client's record.",
}
# What each role can try in the demo, in the order of the journey.
DEMO_WORDS = {
    Role.HCP: "Refer someone who wants to work, and see how they get on.",
    Role.TEAM_LEAD: "Screen referrals, give each client a support worker, review the week.",
    Role.ESW: "Open your caseload, log a contact, find employers, follow a job week by week.",
    Role.CLIENT: "See your plan, your work, and who can see what.",
    Role.MANAGER: "See how many people were reached, are in work, and still are.",
    Role.RESEARCHER: "See what a role without names sees.",
    Role.ADMINISTRATOR: "Look after accounts and teams.",
}
# Whoever is shown in the demo as "the" person of a role. A seed may name one; else the first of the role is.
DEMO_USERNAME = "demo-{role}"


def role_label(role: str) -> str:
    return str(Role(role).label)


def hours(user: User) -> str:
    """30 hours, 0.8 whole time."""
    if user.weekly_hours is None:
        return ""
    share = presenters.number(round(user.wte, 2))
    return f"{presenters.number(user.weekly_hours)} hours a week, {share} whole time"


def user_row(user: User) -> list[Any]:
    """A line of the list of users."""
    return [
        {"text": str(user), "href": reverse("user-edit", args=[user.pk]), "sub": user.email or user.username},
        role_label(user.role),
        ", ".join(team.name for team in user.teams.all()),
        presenters.number(user.weekly_hours) if user.weekly_hours is not None else "",
        last_seen(user),
    ]


def last_seen(user: User) -> Any:
    """Whether and when someone was here."""
    if not user.is_active:
        return {"text": "Account ended", "tag": "red"}
    if user.last_login is None:
        return "Not yet" if user.has_usable_password() else "Invited"
    return presenters.ago(user.last_login).capitalize()


def team_row(team: Team, staff: int) -> list[Any]:
    return [
        {"text": team.name, "href": reverse("team-edit", args=[team.pk])},
        str(team.get_kind_display()),  # type: ignore[attr-defined]
        staff,
    ]


@dataclass(frozen=True)
class DemoPerson:
    """One card of the demo's front page."""

    role: str
    username: str
    name: str
    title: str
    words: str


def demo_cards(people: Iterable[User]) -> list[DemoPerson]:
    """One person a role, in the order of the journey."""
    first: dict[str, User] = {}
    for person in people:
        known = first.get(person.role)
        if known is None or person.username == DEMO_USERNAME.format(role=person.role):
            first[person.role] = person
    return [
        DemoPerson(role, first[role].username, str(first[role]), role_label(role), words)
        for role, words in DEMO_WORDS.items()
        if role in first
    ]


def account_rows(user: User) -> list[dict[str, Any]]:
    """What someone sees about their own account."""
    rows = [
        {"key": "Name", "value": str(user)},
        {"key": "Role", "value": role_label(user.role)},
        {"key": "Email address", "value": user.email or "None"},
        {"key": "Username", "value": user.username},
    ]
    if user.role in IN_TEAMS:
        rows.append({"key": "Teams", "value": ", ".join(team.name for team in user.teams.all()) or "None"})
    if user.weekly_hours is not None:
        rows.append({"key": "Hours", "value": hours(user)})
    return rows
