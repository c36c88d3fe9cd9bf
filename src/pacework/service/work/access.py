"""Links of rooms above beside the adjustments of a job or placement, to each reader what they may know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pacework.service.work.models import JobSpell, Placement

Links = Callable[[JobSpell | Placement, Any], list[dict[str, str]]]
_rooms: list[Links] = []


def add_beside(links: Links) -> None:
    """Let a room above add links: each with its words, where it leads, and what to know before."""
    if links not in _rooms:
        _rooms.append(links)


def beside(thing: JobSpell | Placement, user: Any) -> list[dict[str, str]]:
    """The links of all rooms."""
    return [link for links in _rooms for link in links(thing, user)]
