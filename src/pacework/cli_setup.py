"""Getting a service ready to start, without starting a second process: database, static files, demo."""

from __future__ import annotations

import hashlib
import sys
import time

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core import checks
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from pacework import __version__
from pacework.cli import CommandRefused


def check() -> None:
    """Django's own checks; in production those for deployment too. Errors stop the start."""
    found = checks.run_checks(include_deployment_checks=settings.PRODUCTION)
    for message in found:
        print(message, file=sys.stderr)
    if any(message.is_serious() for message in found):
        raise CommandRefused("the checks above found errors.")


def pending_migrations() -> list[str]:
    """Migrations that the database has not had yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _ in plan]


def migrate() -> None:
    """Apply what is pending. Nothing to do is the common case and costs a few queries."""
    if pending_migrations():
        print("Bringing the database up to date ...", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def collect_static() -> None:
    """Copy, hash and compress the static files, unless they are what was collected last."""
    digest = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for path, storage in finder.list(None):
            digest.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
    stamp = settings.STATIC_ROOT / ".collected"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(digest.hexdigest())


def demo(*, again: bool = False) -> None:
    """Make the demo service if there is none, or if an untouched one has grown old."""
    if not settings.PACEWORK_DEMO:
        raise CommandRefused("the demo is off: set PACEWORK_DEMO=yes (never in production).")
    from pacework.service.core.errors import DomainError
    from pacework.service.demo import seed

    started = time.monotonic()
    try:
        made = seed.ensure(again=again)
    except DomainError as refusal:
        raise CommandRefused(refusal.sentence) from None
    if made:
        print(f"Made the demo service in {time.monotonic() - started:.0f} s. Everybody in it is invented.")
