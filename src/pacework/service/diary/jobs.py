"""What the diary does when `pacework cron` runs: reminders that were asked for, each day's at most once."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import get_connection, send_mail
from django.db import IntegrityError
from django.urls import reverse

from pacework.service.core import clock
from pacework.service.core.errors import DomainError
from pacework.service.core.jobs import Job
from pacework.service.core.pages import is_taken
from pacework.service.core.presenters import count
from pacework.service.diary.actions import claim_reminder
from pacework.service.diary.models import DiaryReminder

# Whoever else sees the letter learns nothing from it.
SUBJECT = "Pacework"
WORDS = "You asked us to remind you."
STOP = "To stop these reminders, sign in and open Reminders."

log = logging.getLogger(__name__)


class NotSent(Exception):
    """Some reminders could not be sent."""


def send_reminders() -> str:
    """Remind those who asked for this hour. May run as often as one likes."""
    today = clock.today()
    sent = failed = 0
    for reminder in DiaryReminder.objects.due(clock.now()):
        if not reminder.is_for(today):
            continue
        with _mail_server() as server:
            if not _claimed(reminder):
                continue
            try:
                _send(reminder, server)
                sent += 1
            except OSError as error:  # of which SMTP's errors are some
                # It may have gone out all the same. It is not tried again: better none than two.
                # Only its kind: what a mail server answers holds the address.
                log.error("a reminder could not be sent: %s", type(error).__name__)
                failed += 1
    if failed:
        raise NotSent(f"{count(failed, 'reminder')} could not be sent, {sent} sent.")
    return f"{count(sent, 'reminder')} sent."


def _mail_server() -> Any:
    """Reached before a reminder is claimed: when it is away nothing is lost, and the next run tries again."""
    server = get_connection()
    try:
        server.open()
    except OSError as error:
        raise NotSent("The mail server cannot be reached. The next run tries again.") from error
    return server


def _claimed(reminder: DiaryReminder) -> bool:
    try:
        claim_reminder(reminder)
    except DomainError:
        return False
    except IntegrityError as clash:
        if not is_taken(clash):
            raise
        return False
    return True


def _send(reminder: DiaryReminder, server: Any) -> None:
    site = settings.PACEWORK_ADDRESS
    parts = [WORDS, *([urljoin(site, reverse("today"))] if site else []), STOP]
    user = reminder.client.user
    assert user is not None  # noqa: S101 -- due() leaves out those without an account
    send_mail(SUBJECT, "\n\n".join(parts) + "\n", None, [user.email], connection=server)


DAILY: tuple[Job, ...] = (send_reminders,)
