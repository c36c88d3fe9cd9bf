"""Every write to accounts, teams and cover."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from allauth.account.models import EmailAddress
from django.db import transaction

from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.people import invitations, permissions, policies
from pacework.service.people.models import Cover, Membership, Role, Team, User

IDENTITY = ("first_name", "last_name", "email", "phone", "job_title", "role", "weekly_hours")


@action
def create_user(
    *,
    by: User | None,
    role: str,
    first_name: str,
    last_name: str,
    email: str = "",
    username: str = "",
    phone: str = "",
    job_title: str = "",
    weekly_hours: Decimal | None = None,
    teams: Iterable[Team] = (),
    site: str = "",
) -> User:
    """Make an account for a member of staff. With ``site``, they are sent a link to choose a password."""
    permissions.check_administer(by)
    teams = list(teams)
    policies.check_staff_role(role)
    policies.check_email_free(email)
    policies.check_hours(role, weekly_hours)
    policies.check_teams(role, teams)
    user = _new_user(
        role=role,
        first_name=first_name,
        last_name=last_name,
        email=email,
        username=username,
        phone=phone,
        job_title=job_title,
        weekly_hours=weekly_hours,
    )
    trace("user.created", user, by=by, fields=["username", *IDENTITY])
    set_membership(user, by=by, teams=teams)
    if site:
        invite(user, by=by, site=site)
    return user


@action
def create_client_user(
    *, by: User | None, first_name: str, last_name: str, email: str, username: str = "", site: str = ""
) -> User:
    """Make a client's own account. The caller has checked that the client is theirs, and links the record."""
    permissions.check_invite_client(by)
    policies.check_email_free(email)
    user = _new_user(
        role=Role.CLIENT, first_name=first_name, last_name=last_name, email=email, username=username
    )
    trace("user.created", user, by=by, fields=["username", *IDENTITY])
    if site:
        policies.check_has_email(user)
        _send_link(user, by=by, site=site)
    return user


@action
def edit_user(
    user: User,
    *,
    by: User | None,
    expected: int | None,
    role: str,
    first_name: str,
    last_name: str,
    email: str = "",
    phone: str = "",
    job_title: str = "",
    weekly_hours: Decimal | None = None,
    teams: Iterable[Team] = (),
) -> User:
    """Change what is known about a member of staff, unless someone else saved since ``expected`` was read."""
    permissions.check_administer(by)
    teams = list(teams)
    policies.check_is_staff(user)
    policies.check_staff_role(role)
    if role != user.role:
        policies.check_not_oneself(user, by, "You cannot change your own role. Ask another administrator.")
        policies.check_nothing_left(user, field="role")
    policies.check_email_free(email, user=user)
    policies.check_hours(role, weekly_hours)
    policies.check_teams(role, teams)
    user.role, user.first_name, user.last_name = role, first_name, last_name
    user.email, user.phone, user.job_title = email, phone, job_title
    user.weekly_hours = weekly_hours
    user.save_version(expected=expected, fields=IDENTITY)
    _keep_address(user)
    trace("user.edited", user, by=by, fields=IDENTITY)
    set_membership(user, by=by, teams=teams)
    return user


@action
def set_membership(user: User, *, by: User | None, teams: Iterable[Team]) -> User:
    """Make these the teams the person belongs to; teams they stay in keep their date."""
    permissions.check_administer(by)
    wanted = {team.pk: team for team in teams}
    kept = set()
    for membership in user.memberships.all():
        if membership.team_id in wanted:
            kept.add(membership.team_id)
        else:
            trace("membership.ended", membership, by=by, fields=["user", "team", "since"])
            membership.delete()
    for key, team in wanted.items():
        if key not in kept:
            joined = Membership.objects.create(user=user, team=team)
            trace("membership.begun", joined, by=by, fields=["user", "team", "since"])
    trace("user.teams_set", user, by=by)
    return user


@action
def deactivate(user: User, *, by: User | None) -> User:
    """The person can no longer sign in. Everything they wrote stays, with their name."""
    permissions.check_administer(by)
    policies.check_is_staff(user)
    policies.check_not_oneself(user, by, "You cannot end your own account. Ask another administrator.")
    policies.check_active(user)
    policies.check_nothing_left(user)
    return _set_active(user, False, by=by)


@action
def reactivate(user: User, *, by: User | None) -> User:
    """The person can sign in again, with the password they had."""
    permissions.check_administer(by)
    policies.check_is_staff(user)
    return _set_active(user, True, by=by)


def _set_active(user: User, active: bool, *, by: User | None) -> User:
    user.is_active = active
    user.save_version(expected=None, fields=["is_active"])
    trace("user.reactivated" if active else "user.deactivated", user, by=by, fields=["is_active"])
    return user


@action
def invite(user: User, *, by: User | None, site: str) -> User:
    """Send a member of staff a link to choose a password. ``site`` is the service's address, with slash."""
    permissions.check_administer(by)
    policies.check_is_staff(user)
    policies.check_active(user)
    policies.check_has_email(user)
    return _send_link(user, by=by, site=site)


def _send_link(user: User, *, by: User | None, site: str) -> User:
    trace("user.invited", user, by=by, fields=["email"])
    # After the commit: a rolled-back account must not leave a letter behind.
    transaction.on_commit(partial(invitations.send, user, site=site))
    return user


@action
def set_password(user: User, *, by: User | None, password: str) -> User:
    """Someone chose a new password for themself, signed in or by a link sent to them."""
    user.set_password(password)
    user.save(update_fields=["password"])
    trace("user.password_set", user, by=by)
    return user


@action
def note_sign_in(user: User | None, verb: str, *, by: User | None = None) -> None:
    """Record that someone signed in or out, failed to, or changed their second step; nothing they typed."""
    trace(verb, user or User(), by=by)


@action
def create_team(name: str, *, by: User | None, kind: str = Team.Kind.GP_NETWORK) -> Team:
    """Make a team. People join it from their own page."""
    permissions.check_administer(by)
    policies.check_team_name_free(name)
    team = Team.objects.create(name=name, kind=kind)
    trace("team.created", team, by=by, fields=["name", "kind"])
    return team


@action
def edit_team(team: Team, *, by: User | None, expected: int | None, name: str, kind: str) -> Team:
    """Rename a team or change its kind, unless someone else saved it since ``expected`` was read."""
    permissions.check_administer(by)
    policies.check_team_name_free(name, team=team)
    team.name, team.kind = name, kind
    team.save_version(expected=expected, fields=["name", "kind"])
    trace("team.edited", team, by=by, fields=["name", "kind"])
    return team


@action
def set_cover(
    absent: User, *, by: User | None, covering: User, starts_on: date, ends_on: date, reason: str
) -> Cover:
    """From the first to the last day, ``covering`` has the rights of ``absent`` over their clients."""
    permissions.check_set_cover(by, absent)
    policies.check_cover(absent, covering, starts_on, ends_on)
    cover = Cover.objects.create(
        absent=absent,
        covering=covering,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
        set_by=by or absent,
    )
    trace("cover.set", cover, by=by, fields=["absent", "covering", "starts_on", "ends_on", "reason"])
    return cover


@action
def end_cover(cover: Cover, *, by: User | None) -> None:
    """End a cover now: yesterday becomes its last day, and one that had not begun before today goes."""
    permissions.check_set_cover(by, cover.absent)
    today = clock.today()
    policies.check_cover_not_over(cover, today)
    trace("cover.ended", cover, by=by, fields=["absent", "covering", "starts_on", "ends_on"])
    if cover.starts_on < today:
        cover.ends_on = today - timedelta(days=1)
        cover.save(update_fields=["ends_on"])
    else:
        cover.delete()


def _new_user(*, first_name: str, last_name: str, username: str = "", **more: object) -> User:
    user = User(
        username=username or free_username(first_name, last_name),
        first_name=first_name,
        date_joined=clock.now(),
        **more,
    )
    user.last_name = last_name
    user.set_unusable_password()
    user.save(force_insert=True)
    _keep_address(user)
    return user


def _keep_address(user: User) -> None:
    """Tell the sign-in library, which keeps a copy: an address no longer theirs must not sign in or reset.

    Verified, because whoever makes accounts vouches for the address.
    """
    email = user.email.lower()
    EmailAddress.objects.filter(user=user).exclude(email=email).delete()
    if email:
        EmailAddress.objects.get_or_create(
            user=user, email=email, defaults={"primary": True, "verified": True}
        )


def free_username(first_name: str, last_name: str) -> str:
    """first.last in plain letters, with a number when it is taken."""
    plain = (
        unicodedata.normalize("NFKD", f"{first_name}.{last_name}").encode("ascii", "ignore").decode().lower()
    )
    base = re.sub("[^a-z0-9.]+", "", plain).strip(".")[:100] or "person"
    taken = set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    if base not in taken:
        return base
    return next(name for number in range(2, len(taken) + 3) if (name := f"{base}{number}") not in taken)
