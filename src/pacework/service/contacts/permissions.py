"""May this person log a contact, plan an appointment, or ask for another day?"""

from __future__ import annotations

from typing import Any

from pacework.service.cases.models import Client
from pacework.service.cases.permissions import check_is_client, check_role, check_write
from pacework.service.people.models import Role


def check_log(user: Any, client: Client) -> None:
    """ESWs and their leads write the contact log of an open record they can see."""
    check_role(user, Role.ESW, Role.TEAM_LEAD)
    check_write(user, client)


def check_ask_to_move(user: Any, client: Client) -> None:
    """Clients ask for their own appointments."""
    check_is_client(user, client)
    check_write(user, client)
