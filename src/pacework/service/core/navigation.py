"""The few places each role goes, in the order they need them, and what every page is told of its reader."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from pacework.service.core.access import role_of

PLACES: dict[str, list[tuple[str, str]]] = {
    "client": [
        ("Home", "today"),
        ("My diary", "my-diary"),
        ("My plan", "my-plan"),
        ("My work", "my-work"),
        ("Who can see what", "my-sharing"),
    ],
    "esw": [
        ("Today", "today"),
        ("Caseload", "caseload"),
        ("Employers", "employers"),
        ("Placements", "placement-opportunities"),
        ("Search", "search"),
    ],
    "hcp": [("Today", "today"), ("Refer", "refer"), ("My referrals", "my-referrals"), ("Search", "search")],
    "team_lead": [
        ("Today", "today"),
        ("Referrals", "referrals"),
        ("Waiting list", "waiting"),
        ("Team", "team"),
        ("Caseload", "caseload"),
        ("Employers", "employers"),
        ("Log review", "log-review"),
        ("Funnel", "funnel"),
        ("Search", "search"),
    ],
    "manager": [
        ("Today", "today"),
        ("Funnel", "funnel"),
        ("Capacity", "capacity"),
        ("Outcomes", "outcomes"),
        ("Employers", "employers"),
        ("Open a record", "stated-reason"),
    ],
    "researcher": [("Today", "today")],
    "administrator": [
        ("Today", "today"),
        ("Accounts", "users"),
        ("Teams", "teams"),
        ("Programmes", "programmes"),
    ],
}


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: navigation for the reader's role, and whether this is the demo."""
    user = getattr(request, "user", None)
    role = role_of(user) if user is not None else "anonymous"
    return {"nav": links(role, request.path), "role": role, "demo": settings.PACEWORK_DEMO}


def links(role: str, path: str) -> list[dict[str, Any]]:
    """The role's places as links; a place whose room is not installed is left out."""
    found = []
    for label, name in PLACES.get(role, []):
        try:
            href = reverse(name)
        except NoReverseMatch:
            continue
        current = path == href or (href != "/" and path.startswith(href))
        found.append({"label": label, "href": href, "current": current})
    return found
