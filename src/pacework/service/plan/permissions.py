"""May this person write to the plan? The client owns it with their ESW; a lead helps; an HCP owns their actions."""

from __future__ import annotations

from typing import Any

from pacework.service.cases.models import Client
from pacework.service.cases.permissions import check_role, check_write
from pacework.service.core.errors import NotAllowed
from pacework.service.people.models import Role
from pacework.service.plan.models import PlannedAction


def check_plan(user: Any, client: Client) -> None:
    """Goals, obstacles and actions: the client, their ESW, the lead."""
    check_role(user, Role.CLIENT, Role.ESW, Role.TEAM_LEAD)
    check_write(user, client)


def check_lead_session(user: Any, client: Client) -> None:
    """Sessions and the four-weekly question are recorded by the ESW or the lead."""
    check_role(user, Role.ESW, Role.TEAM_LEAD)
    check_write(user, client)


def check_finish(user: Any, planned: PlannedAction) -> None:
    """Who may say an action is done: whoever may plan, or the HCP who owns it."""
    if user.role == Role.HCP:
        check_write(user, planned.episode.client)
        if planned.owner != PlannedAction.Owner.HCP or planned.hcp_id not in (None, user.pk):
            raise NotAllowed("This action belongs to somebody else.")
        return
    check_plan(user, planned.episode.client)
