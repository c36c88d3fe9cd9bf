"""May this person? Who refers, who works on a referral, who may look at whom it resembles."""

from __future__ import annotations

from typing import Any

from pacework.service.cases.models import Client
from pacework.service.cases.permissions import is_visible
from pacework.service.core.errors import NotAllowed
from pacework.service.people.models import Role, Team
from pacework.service.recruitment.models import PossibleDuplicate, Referral


def can_refer(user: Any, team: Team) -> bool:
    """An HCP or team lead, to a team they belong to."""
    return user.role in (Role.HCP, Role.TEAM_LEAD) and user.is_in(team.pk)


def check_refer(user: Any, team: Team) -> None:
    if not can_refer(user, team):
        raise NotAllowed("You can refer only to a team you belong to.")


def can_handle(user: Any, referral: Referral) -> bool:
    """The team lead of the team that holds the record, whether an earlier episode is closed or not."""
    return user.role == Role.TEAM_LEAD and is_visible(user, referral.client)


def check_handle(user: Any, referral: Referral) -> None:
    if not can_handle(user, referral):
        raise NotAllowed("Only a lead of the client's team can work on this referral.")


def can_decide(user: Any, pair: PossibleDuplicate) -> bool:
    """The team lead who received the newcomer. What they see of the other one is a question of the door."""
    return user.role == Role.TEAM_LEAD and Client.objects.visible_to(user).filter(pk=pair.client_id).exists()


def check_decide(user: Any, pair: PossibleDuplicate) -> None:
    if not can_decide(user, pair):
        raise NotAllowed("Only a lead of the newcomer's team can decide this.")


def check_refer_again(user: Any, client: Client) -> None:
    """A new referral of somebody known: the referrer must be able to see them."""
    if not Client.objects.visible_to(user).filter(pk=client.pk).exists():
        raise NotAllowed("This record is not open to you.")
