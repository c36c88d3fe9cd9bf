"""Taking days, or all of it, away for good. The audit keeps that it happened, and nothing of what it was."""

from __future__ import annotations

from datetime import date

from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.records import hold
from pacework.service.diary import permissions, policies
from pacework.service.diary.actions.flares import delete_flare
from pacework.service.diary.models import DiaryDeletion, DiaryEntry, DiaryTap, Flare, FlarePlan
from pacework.service.people.models import User


@action
def delete_days(client: Client, *, by: User, first: date, last: date) -> int:
    """Delete the entries from one day to another, both included. Returns how many there were."""
    permissions.check_own(by, client)
    policies.check_stretch(first, last)
    hold(client)
    return _forget(client, by, first, last)


@action
def delete_everything(client: Client, *, by: User) -> int:
    """Delete every entry, every flare and the flare plan. Returns how many days there were."""
    permissions.check_own(by, client)
    hold(client)
    for flare in Flare.objects.filter(client=client):
        delete_flare(flare, by=by)
    FlarePlan.objects.filter(client=client).delete()
    DiaryTap.objects.filter(client=client).delete()
    return _forget(client, by, policies.EARLIEST, clock.today())


def _forget(client: Client, by: User, first: date, last: date) -> int:
    rows = DiaryEntry.objects.filter(client=client, on__range=(first, last))
    count = rows.count()
    rows.delete()
    deletion = DiaryDeletion.objects.create(client=client, first=first, last=last, deleted_at=clock.now())
    trace("diary.days_deleted", deletion, by=by, fields=["first", "last"])
    return count
