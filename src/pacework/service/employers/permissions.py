"""May this person? Employers are for all who find work; what is about a client goes through the door."""

from __future__ import annotations

from typing import Any

from pacework.service.cases import permissions as cases
from pacework.service.cases.models import Client
from pacework.service.core.errors import NotAllowed
from pacework.service.people.models import Role, User


def can_edit_employers(user: Any) -> bool:
    """ESWs and team leads keep the list of employers, vacancies and placement opportunities."""
    return bool(user.is_active and user.role in (Role.ESW, Role.TEAM_LEAD))


def check_edit_employers(user: Any) -> None:
    if not can_edit_employers(user):
        raise NotAllowed("Employers are looked after by employment support workers and team leads.")


def check_work_with(user: Any, client: Client) -> None:
    """Raise unless this ESW or lead may write about this client now."""
    cases.check_role(user, Role.ESW, Role.TEAM_LEAD)
    cases.check_write(user, client)


def check_decide_disclosure(user: Any, client: Client) -> None:
    """The client decides; an ESW or lead may record what the client said."""
    cases.check_role(user, Role.CLIENT, Role.ESW, Role.TEAM_LEAD)
    cases.check_write(user, client)


def can_review_log_of(user: Any, esw: User) -> bool:
    """A lead reviews the contact log of ESWs in their own teams."""
    if user.role != Role.TEAM_LEAD or esw.role != Role.ESW:
        return False
    return esw.memberships.filter(team__in=user.memberships.values("team")).exists()


def check_review_log_of(user: Any, esw: User) -> None:
    if not can_review_log_of(user, esw):
        raise NotAllowed("You can review the contact log of workers in your own teams.")
