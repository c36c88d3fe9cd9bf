"""Everything recorded, as headings with rows of words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pacework.service.cases.models import Client
from pacework.service.core.presenters import day, moment, time_of, words

# What the client reads above each kind of row, where the product's own word for it says little.
HEADINGS = {
    "clients": "Your details",
    "merges": "Records put together",
    "travels": "Ways to work",
    "disclosure plans": "What employers may be told",
    "consents": "Your answers on sharing",
    "episodes": "Times of support",
    "placement weeks": "Weeks on placement",
    "job spells": "Jobs",
    "adjustments": "Changes agreed at work",
    "week workeds": "Hours worked",
    "profile sections": "Your situation",
    "profile versions": "Your situation, earlier",
    "body maps": "Where it hurts",
    "placement waits": "Waiting for a placement",
    "placement wait tolds": "News about a placement",
    "contact additions": "Added to a contact later",
    "move requests": "Appointments you asked to move",
    "placement answers": "Would you like a placement?",
    "planned actions": "What was to be done",
    "needs": "What you need",
    "obstacles": "What was in the way",
    "assignments": "Your workers",
    "closings": "How support ended",
    "correction requests": "What you asked to be put right",
    "stated reasons": "Why a manager looked",
    "restricted accesss": "Who may open your closed-off record",
    "employment statuss": "In work or not",
}


def download_sections(recorded: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Everything recorded; what is empty is left out, the file has it."""
    return [
        {
            "heading": HEADINGS.get(name, words(name)),
            "entries": [
                [(words(key), _said(value)) for key, value in row.items() if not _empty(value)]
                for row in rows
            ],
        }
        for name, rows in recorded.items()
    ]


def written_sections(rows: Iterable[tuple[Client, str, list[dict[str, Any]]]]) -> list[dict[str, Any]]:
    """What an HCP wrote, under the name of the person it is about."""
    return [
        {
            "heading": f"{client.name}: {words(name).lower()}",
            "entries": [[(words(key), _said(value)) for key, value in row.items()] for row in values],
        }
        for client, name, values in rows
    ]


def _said(value: Any) -> str:
    if _empty(value):
        return "–"
    if value is True or value is False:
        return "Yes" if value else "No"
    if isinstance(value, dict):
        return "; ".join(f"{words(key)}: {_said(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(_said(inner) for inner in value)
    if hasattr(value, "hour"):
        return moment(value) if hasattr(value, "year") else time_of(value)
    return day(value) if hasattr(value, "year") else str(value)


def _empty(value: Any) -> bool:
    return value is None or value in ("", [], {})
