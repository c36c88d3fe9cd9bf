"""Reminders: asked for, stopped, and each one claimed before it leaves."""

from __future__ import annotations

from collections.abc import Collection

from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError
from pacework.service.core.records import hold
from pacework.service.diary import permissions
from pacework.service.diary import policies_reminding as policies
from pacework.service.diary.models import DiaryReminder, ReminderSent
from pacework.service.people.models import User


@action
def ask_to_be_reminded(client: Client, *, by: User, hour: int, days: Collection[int]) -> DiaryReminder:
    """Remind the client at this hour of these days; what they asked before is replaced."""
    permissions.check_keep(by, client)
    hold(client)
    policies.check_times(hour, days)
    policies.check_reachable(client)
    reminder, _ = DiaryReminder.objects.update_or_create(
        client=client, defaults={"hour": hour, "days": sorted(set(days)), "asked_at": clock.now()}
    )
    trace("diary.reminder_asked", reminder, by=by, fields=["hour", "days"])
    return reminder


@action
def stop_reminding(client: Client, *, by: User) -> None:
    """No reminder from now on."""
    permissions.check_own(by, client)
    hold(client)
    reminder = DiaryReminder.objects.filter(client=client).first()
    if reminder is None:
        raise DomainError("We send you no reminders.")
    trace("diary.reminder_stopped", reminder, by=by)
    reminder.delete()


@action
def claim_reminder(reminder: DiaryReminder, *, by: User | None = None) -> ReminderSent:
    """Take today's one reminder before it is sent: of two that try at once, one is refused."""
    hold(reminder.client)
    # Asked again with the record held: much may have happened since the list was made.
    if not DiaryReminder.objects.due(clock.now()).filter(pk=reminder.pk).exists():
        raise DomainError("There is no reason any more to remind them today.")
    sent = ReminderSent.objects.create(client=reminder.client, on=clock.today(), sent_at=clock.now())
    trace("diary.reminder_sent", sent, by=by, fields=["on"])
    return sent
