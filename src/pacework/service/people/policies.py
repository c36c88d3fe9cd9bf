"""Does the state allow it? Rules about accounts, teams and cover; who may is in permissions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from pacework.service.core.errors import DomainError
from pacework.service.people.models import Cover, Membership, Role, Team, User

# A service manager, researcher or administrator sees the whole service; these work inside teams.
IN_TEAMS = frozenset((Role.ESW, Role.HCP, Role.TEAM_LEAD))
MOST_HOURS = 48

# What still hangs on a worker lies in rooms above this one: each answers with a sentence, or "" for nothing.
Left = Callable[[User], str]
_left: list[Left] = []


def leaves_only_without(left: Left) -> None:
    """Let a room say what must be settled before somebody's account ends or their role changes."""
    _left.append(left)


def what_is_left(user: User) -> str:
    """What must be settled first, in sentences; empty when nothing is."""
    return " ".join(filter(None, (left(user) for left in _left)))


def check_nothing_left(user: User, *, field: str | None = None) -> None:
    """Nobody leaves people behind who would then have no worker."""
    sentence = what_is_left(user)
    if sentence:
        raise DomainError(sentence, field=field)


def check_email_free(email: str, *, user: User | None = None) -> None:
    """Nobody else signs in with this e-mail address."""
    others = User.objects.filter(email__iexact=email).exclude(pk=user.pk if user else None)
    if email and others.exists():
        raise DomainError("Someone already has an account with this email address.", field="email")


def check_staff_role(role: str) -> None:
    """An account for staff has a staff role; clients are invited from their record."""
    if role not in Role.values or role == Role.CLIENT:
        raise DomainError("Choose a role. Clients are invited from their own record.", field="role")


def check_is_staff(user: User) -> None:
    """Clients' accounts belong to their records, which an administrator does not see."""
    if user.role == Role.CLIENT:
        raise DomainError("This is a client's account. It is looked after from their record.")


def check_hours(role: str, hours: Decimal | None) -> None:
    """Hours a week make sense. They are asked of ESWs only, because caseloads are weighed by them."""
    if hours is None:
        return
    if role != Role.ESW:
        raise DomainError("Hours are only kept for employment support workers.", field="weekly_hours")
    if not 0 < hours <= MOST_HOURS:
        raise DomainError(f"Enter hours from 0.5 to {MOST_HOURS}.", field="weekly_hours")


def check_teams(role: str, teams: Iterable[Team]) -> None:
    """Whoever works inside a team belongs to at least one: without it their pages would be empty."""
    if role in IN_TEAMS and not list(teams):
        raise DomainError("Choose at least one team for this role.", field="teams")


def check_not_oneself(user: User, by: User | None, sentence: str) -> None:
    """An administrator who locks themself out cannot undo it."""
    if by is not None and user.pk == by.pk:
        raise DomainError(sentence)


def check_active(user: User) -> None:
    if not user.is_active:
        raise DomainError(f"{user} can no longer sign in. Let them sign in again first.")


def check_has_email(user: User) -> None:
    if not user.email:
        raise DomainError(
            f"{user} has no email address, so no link can be sent. Add one first.", field="email"
        )


def check_team_name_free(name: str, *, team: Team | None = None) -> None:
    """Two teams with one name cannot be told apart on screen."""
    others = Team.objects.filter(name__iexact=name).exclude(pk=team.pk if team else None)
    if others.exists():
        raise DomainError("There is already a team with this name.", field="name")


def check_cover(absent: User, covering: User, starts_on: date, ends_on: date) -> None:
    """Two active ESWs of one team, one cover at a time, and nobody covers while they are away themselves."""
    for person, field in ((absent, "absent"), (covering, "covering")):
        if person.role != Role.ESW or not person.is_active:
            raise DomainError("Choose an employment support worker.", field=field)
    if absent.pk == covering.pk:
        raise DomainError("Choose someone else to cover.", field="covering")
    if ends_on < starts_on:
        raise DomainError("The last day is before the first day.", field="ends_on")
    shared = Membership.objects.filter(user=covering, team__in=absent.memberships.values("team"))
    if not shared.exists():
        raise DomainError(f"{covering} and {absent} are not in the same team.", field="covering")
    meanwhile = Cover.objects.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)
    if meanwhile.filter(absent=absent).exists():
        raise DomainError(f"{absent} is already covered on some of these days.", field="starts_on")
    if meanwhile.filter(absent=covering).exists():
        raise DomainError(f"{covering} is away on some of these days.", field="covering")
    if meanwhile.filter(covering=absent).exists():
        raise DomainError(
            f"{absent} covers for someone else on some of these days. End that cover first.",
            field="starts_on",
        )


def check_cover_not_over(cover: Cover, today: date) -> None:
    if cover.ends_on < today:
        raise DomainError("This cover is already over.")
