"""May this person bring in lists, and join two records?"""

from __future__ import annotations

from typing import Any

from pacework.service.cases.models import Client
from pacework.service.core.errors import NotAllowed
from pacework.service.people.models import Role, Team
from pacework.service.recruitment.import_models import ImportBatch


def can_import(user: Any, team: Team) -> bool:
    """A lead of the team that the people on the list will belong to."""
    return user.is_active and user.role == Role.TEAM_LEAD and user.is_in(team.pk)


def check_import(user: Any, team: Team) -> None:
    if not can_import(user, team):
        raise NotAllowed("Only a lead of the team can bring in its lists.")


def check_handle_import(user: Any, batch: ImportBatch) -> None:
    check_import(user, batch.team)


def can_merge(user: Any, kept: Client, merged: Client) -> bool:
    """A team lead who may see both records."""
    if user.role != Role.TEAM_LEAD:
        return False
    wanted = {kept.pk, merged.pk}
    return Client.objects.visible_to(user).filter(pk__in=wanted).count() == len(wanted)


def check_merge(user: Any, kept: Client, merged: Client) -> None:
    if not can_merge(user, kept, merged):
        raise NotAllowed("Only a lead who can see both records can join them.")


def can_undo_merge(user: Any, kept: Client) -> bool:
    return user.role == Role.TEAM_LEAD and Client.objects.visible_to(user).filter(pk=kept.pk).exists()


def check_undo_merge(user: Any, kept: Client) -> None:
    if not can_undo_merge(user, kept):
        raise NotAllowed("Only a lead who can see the record can take this back.")
