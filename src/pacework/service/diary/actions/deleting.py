"""Taking days, or all of it, away for good. The audit keeps that it happened, and nothing of what it was."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.models import Draft
from pacework.service.core.records import hold
from pacework.service.diary import permissions, policies
from pacework.service.diary.actions.flares import delete_flare
from pacework.service.diary.models import DiaryDeletion, DiaryEntry, DiaryTap, Flare, FlarePlan
from pacework.service.people.models import User
from pacework.service.recruitment.actions import forget_rows


@action
def delete_days(client: Client, *, by: User, first: date, last: date) -> int:
    """Delete the entries from one day to another, both included. Returns how many there were."""
    permissions.check_own(by, client)
    policies.check_stretch(first, last)
    hold(client)
    return _forget(client, by, first, last)


@action
def delete_everything(client: Client, *, by: User) -> int:
    """Delete every entry, every flare and the flare plan. Returns how many days there were.

    Days off work are part of the work: they stay, and those that go on end today.
    """
    permissions.check_own(by, client)
    hold(client)
    for flare in Flare.objects.filter(client=client):
        delete_flare(flare, by=by, was_so=True)
    records = client.with_joined()
    FlarePlan.objects.filter(client__in=records).delete()
    DiaryTap.objects.filter(client__in=records).delete()
    Draft.objects.filter(
        Q(user=by, path__startswith="/my/flare") | Q(path__startswith=f"/people/{client.pk}/diary/")
    ).delete()
    forget_rows(client, FlarePlan, Flare, by=by)
    return _forget(client, by, policies.EARLIEST, clock.today())


def _forget(client: Client, by: User, first: date, last: date) -> int:
    """Of two records that were joined, a day may stand in both; and what was typed may wait as a draft."""
    rows = DiaryEntry.objects.filter(client__in=client.with_joined(), on__range=(first, last))
    count = rows.values("on").distinct().count()
    rows.delete()
    Draft.objects.filter(user=by, path__startswith="/my/diary/").delete()
    forget_rows(client, DiaryEntry, by=by)
    deletion = DiaryDeletion.objects.create(client=client, first=first, last=last, deleted_at=clock.now())
    trace("diary.days_deleted", deletion, by=by, fields=["first", "last"])
    return count
