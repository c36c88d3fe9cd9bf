"""Two records of one person become one: what both diaries say of the same thing is settled first."""

from __future__ import annotations

from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.diary.actions.entries import FIELDS
from pacework.service.diary.models import DiaryEntry, Flare, FlarePlan
from pacework.service.recruitment.actions import Rows


def settle(kept: Client, merged: Client, rows: Rows) -> None:
    """One entry a day, one open flare, one flare plan; all of it can be taken back with the joining."""
    _settle_days(kept, merged, rows)
    _settle_open_flares(kept, merged, rows)
    _settle_plans(kept, merged, rows)


def _settle_days(kept: Client, merged: Client, rows: Rows) -> None:
    """Of two entries for a day the one that was rated later holds; the other stays with the joined record."""
    others = {row.on: row for row in DiaryEntry.objects.filter(client=merged)}
    for row in DiaryEntry.objects.filter(client=kept, on__in=list(others)):
        other = others[row.on]
        if other.rated_at > row.rated_at:
            later = {name: getattr(other, name) for name in (*FIELDS, "rated_at")}
            rows.change(row, "diary.day_rated", version=row.version + 1, **later)


def _settle_open_flares(kept: Client, merged: Client, rows: Rows) -> None:
    """The one that paused tasks of open support stays open: its end has something to take back."""
    found = list(Flare.objects.open().filter(client__in=(kept, merged)).select_related("pause__episode"))
    found.sort(key=lambda flare: (_holds_up(flare), flare.client_id == kept.pk))
    for flare in found[:-1]:
        rows.change(flare, "flare.ended", ended_on=clock.today(), version=flare.version + 1)
        if flare.pause is not None and flare.pause.until is None:
            rows.change(flare.pause, "tasks.resumed", until=clock.today())


def _holds_up(flare: Flare) -> bool:
    return flare.pause is not None and flare.pause.episode.closed_on is None


def _settle_plans(kept: Client, merged: Client, rows: Rows) -> None:
    """Both plans' words, one below the other."""
    plan = FlarePlan.objects.filter(client=kept).first()
    other = FlarePlan.objects.filter(client=merged).first()
    if plan is None or other is None:
        return
    both = {}
    for name in FlarePlan.PARTS:
        ours, theirs = getattr(plan, name), getattr(other, name)
        if theirs and theirs != ours:
            both[name] = f"{ours}\n\n{theirs}" if ours else theirs
    if both:
        rows.change(plan, "flare_plan.saved", version=plan.version + 1, **both)
