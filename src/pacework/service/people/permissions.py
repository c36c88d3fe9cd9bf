"""May this person? Accounts, teams and cover. ``None`` is the product itself: console or seed."""

from __future__ import annotations

from pacework.service.core.errors import NotAllowed
from pacework.service.people.models import Membership, Role, User

# Whoever carries a client, or leads those who do, may give that client an account.
INVITE_CLIENTS = frozenset((Role.ESW, Role.TEAM_LEAD))


def can_administer(by: User | None) -> bool:
    """Accounts and teams are the administrator's."""
    return by is None or (by.is_active and by.role == Role.ADMINISTRATOR)


def check_administer(by: User | None) -> None:
    """Raise NotAllowed unless this person looks after accounts and teams."""
    if not can_administer(by):
        raise NotAllowed("Only an administrator can change accounts and teams.")


def can_invite_client(by: User | None) -> bool:
    """ESWs and team leads; whether this client is theirs is checked where the client is known."""
    return by is None or (by.is_active and by.role in INVITE_CLIENTS)


def check_invite_client(by: User | None) -> None:
    """Raise NotAllowed unless this person may give a client an account."""
    if not can_invite_client(by):
        raise NotAllowed("Only an employment support worker or team lead can invite a client.")


def can_set_cover(by: User | None, absent: User) -> bool:
    """The lead of a team that the absent ESW belongs to."""
    if by is None:
        return True
    if not by.is_active or by.role != Role.TEAM_LEAD:
        return False
    return Membership.objects.filter(user=absent, team__in=by.memberships.values("team")).exists()


def check_set_cover(by: User | None, absent: User) -> None:
    """Raise NotAllowed unless this person may arrange cover for ``absent``."""
    if not can_set_cover(by, absent):
        raise NotAllowed("Only the lead of this person's team can arrange cover.")
