"""The commands that read or write records: audit, accounts, daily jobs, list import, access matrix."""

from __future__ import annotations

import getpass
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from pacework.cli import CommandRefused


def verify() -> int:
    """Recompute the audit. 1 when a chain is broken."""
    from pacework.service.core import audit

    found = audit.verify()
    for sentence in found.breaks:
        print(f"BROKEN  {sentence}")
    state = "whole" if found.ok else f"{len(found.breaks)} breaks"
    print(f"{found.events} events in {found.chains} chains: {state}.")
    return 0 if found.ok else 1


def anchor() -> int:
    """Store today's anchor."""
    from pacework.service.core import jobs

    print(jobs.anchor_audit())
    return 0


def daily() -> int:
    """Do every room's daily jobs. One that fails is reported and does not stop the others."""
    code = 0
    for room in settings.ROOMS:
        if not find_spec(f"pacework.service.{room}.jobs"):
            continue
        for job in getattr(import_module(f"pacework.service.{room}.jobs"), "DAILY", ()):
            try:
                print(f"{room}: {job()}")
            except Exception as error:  # noqa: BLE001 - the other jobs must still be done
                print(f"{room}: {job.__name__} failed: {error}", file=sys.stderr)
                code = 1
    return code


def matrix() -> str:
    """The access matrix as a page, from the rules that the pages themselves enforce."""
    from pacework.service.cases.matrix import markdown

    return markdown()


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != first:
        raise CommandRefused("the two passwords differ.")
    return first


def create_administrator(*, email: str, first_name: str, last_name: str) -> int:
    """Make an administrator's account."""
    from django.contrib.auth.password_validation import validate_password

    from pacework.service.core.errors import DomainError
    from pacework.service.people import actions
    from pacework.service.people.models import Role, User

    password = _password()
    unsaved = User(email=email, first_name=first_name, last_name=last_name)
    try:
        validate_password(password, user=unsaved)
        with transaction.atomic():
            user = actions.create_user(
                by=None, role=Role.ADMINISTRATOR, first_name=first_name, last_name=last_name, email=email
            )
            actions.set_password(user, by=user, password=password)
    except ValidationError as refusal:
        raise CommandRefused(" ".join(refusal.messages)) from refusal
    except DomainError as refusal:
        raise CommandRefused(refusal.sentence) from refusal
    print(f"{first_name} {last_name} can sign in as administrator with {email}.")
    return 0


def import_referrals(file: Path, *, by: str, team: str | None, route: str) -> int:
    """Stage a CSV list. The rows are confirmed in the browser."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise CommandRefused(f"cannot read {file}: {error.strerror}.") from error
    from pacework.service.core.errors import DomainError
    from pacework.service.recruitment import imports

    try:
        return imports.from_terminal(content, name=file.name, by=by, team=team, route=route)
    except DomainError as refusal:
        raise CommandRefused(refusal.sentence) from refusal
