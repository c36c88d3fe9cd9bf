"""May this person write to the plan? Clients own it with their ESW; a lead helps; HCPs own their actions."""

from __future__ import annotations

from typing import Any

from pacework.service.cases.models import Client
from pacework.service.cases.permissions import check_is_client, check_role, check_write
from pacework.service.core.errors import NotAllowed
from pacework.service.people.models import Role
from pacework.service.plan.models import PlannedAction


def check_plan(user: Any, client: Client) -> None:
    """Goals, obstacles and actions: the client, their ESW, the lead."""
    check_role(user, Role.CLIENT, Role.ESW, Role.TEAM_LEAD)
    check_write(user, client)


def check_take_up(user: Any, client: Client) -> None:
    """Paused tasks are taken up by those who plan; by the client when support has ended too."""
    if user.role == Role.CLIENT:
        check_is_client(user, client)
    else:
        check_plan(user, client)


def check_lead_session(user: Any, client: Client) -> None:
    """Sessions are recorded by the ESW or the lead."""
    check_role(user, Role.ESW, Role.TEAM_LEAD)
    check_write(user, client)


def is_own_action(user: Any, planned: PlannedAction) -> bool:
    """Whether this client or HCP is the one who does it."""
    if user.role == Role.CLIENT:
        return planned.owner == PlannedAction.Owner.CLIENT
    return planned.owner == PlannedAction.Owner.HCP and planned.hcp_id in (None, user.pk)


def check_finish(user: Any, planned: PlannedAction) -> None:
    """Who may say an action is done: the ESW and the lead for everybody, clients and HCPs for themselves."""
    check_role(user, Role.CLIENT, Role.HCP, Role.ESW, Role.TEAM_LEAD)
    check_write(user, planned.episode.client)
    if user.role in (Role.CLIENT, Role.HCP) and not is_own_action(user, planned):
        raise NotAllowed("This action belongs to somebody else.")


def can_finish(user: Any, planned: PlannedAction) -> bool:
    """As ``check_finish``, for a record that is open to this person for writing."""
    if user.role in (Role.ESW, Role.TEAM_LEAD):
        return True
    return user.role in (Role.CLIENT, Role.HCP) and is_own_action(user, planned)
