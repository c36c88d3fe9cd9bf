"""May this person write about a client's work?"""

from __future__ import annotations

from typing import Any

from pacework.service.cases.models import Client
from pacework.service.cases.permissions import check_is_client, check_role, check_write
from pacework.service.people.models import Role


def check_support(user: Any, client: Client) -> None:
    """ESWs and their leads record applications, placements and jobs of an open record they can see."""
    check_role(user, Role.ESW, Role.TEAM_LEAD)
    check_write(user, client)


def check_support_or_self(user: Any, client: Client) -> None:
    """As above, and the client themselves: their own ideas and their own hours."""
    if user.role == Role.CLIENT:
        check_is_client(user, client)
        check_write(user, client)
    else:
        check_support(user, client)
