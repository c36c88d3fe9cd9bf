"""May this person write to the profile? The client owns it; their ESW and the lead write for them."""

from __future__ import annotations

from typing import Any

from pacework.service.cases.models import Client
from pacework.service.cases.permissions import check_role, check_write
from pacework.service.people.models import Role


def check_profile(user: Any, client: Client) -> None:
    """Sections and body maps: the client, their ESW, the lead."""
    check_role(user, Role.CLIENT, Role.ESW, Role.TEAM_LEAD)
    check_write(user, client)


def check_needs(user: Any, client: Client) -> None:
    """Naming needs and turning them into actions: the ESW or the lead, with the client beside them."""
    check_role(user, Role.ESW, Role.TEAM_LEAD)
    check_write(user, client)
