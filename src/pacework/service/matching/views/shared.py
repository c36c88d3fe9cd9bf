"""What the pages of this room share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from pacework.service.cases.models import Client
from pacework.service.cases.permissions import level_once_visible
from pacework.service.matching import permissions
from pacework.service.matching.models import JobCheck
from pacework.service.matching.places import place
from pacework.service.people.models import Role

SECTION = "matches"


def frame(request: HttpRequest, client: Client) -> dict[str, Any]:
    """What every template of the room is told: who reads, and where things are for them."""
    own = request.user.role == Role.CLIENT
    return {
        "section": SECTION,
        "own": own,
        "name": client.preferred_name or client.first_name,
        "on": permissions.may_forecast(request.user, client),
        "may_write": level_once_visible(request.user, client) == "write",
        "place": lambda name, *args: place(request.user, client, name, *args),
    }


def check_of(request: HttpRequest, client: Client, check_id: int) -> JobCheck:
    """A job that was looked at, through the door."""
    rows = JobCheck.objects.visible_to(request.user).filter(client=client)
    return get_object_or_404(
        rows.select_related("client", "vacancy", "placement__episode", "spell__episode"), pk=check_id
    )
