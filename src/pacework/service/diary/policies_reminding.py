"""May a reminder be asked for? When one goes out is asked of ``DiaryReminder.objects.due``."""

from __future__ import annotations

from collections.abc import Collection

from pacework.service.cases.models import Client
from pacework.service.core.errors import DomainError

FIRST_HOUR, LAST_HOUR = 7, 21


def check_times(hour: int, days: Collection[int]) -> None:
    """By day, and on one day at least."""
    if not FIRST_HOUR <= hour <= LAST_HOUR:
        raise DomainError("Choose a time from the list.", field="hour")
    if not days or not set(days) <= set(range(7)):
        raise DomainError("Choose one day or more.", field="days")


def check_reachable(client: Client) -> None:
    """Whether an e-mail would reach the client, and is welcome."""
    sentence = why_not_reachable(client)
    if sentence:
        raise DomainError(sentence)


def why_not_reachable(client: Client) -> str:
    """Why no reminder can be sent to this client, in a sentence; "" when it can."""
    if client.do_not_contact:
        return "You asked us not to contact you, so we send no reminders."
    if not client.safe_to_email:
        return "Your record says that e-mail is not safe for you, so we send no reminders."
    if client.user is None or not client.user.is_active or not client.user.email:
        return "We have no e-mail address for your account. Ask your support worker to add it."
    return ""
