"""May this person log a contact or plan an appointment?"""

from __future__ import annotations

from typing import Any

from pacework.service.cases.models import Client
from pacework.service.cases.permissions import check_role, check_write
from pacework.service.people.models import Role


def check_log(user: Any, client: Client) -> None:
    """ESWs and their leads write the contact log of an open record they can see."""
    check_role(user, Role.ESW, Role.TEAM_LEAD)
    check_write(user, client)
