"""A planned placement changed as a whole, before its first day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from pacework.service.cases.policies import check_open
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError
from pacework.service.people.models import User
from pacework.service.work import permissions, policies
from pacework.service.work.hours import build_up, built_up, minutes_of, weeks_between
from pacework.service.work.models import Placement, PlacementWeek


def plan_of(placement: Placement) -> dict[str, Any]:
    """The plan as it would be typed. No build-up is named where weeks were set one by one."""
    weeks = [row.planned_minutes for row in placement.weeks.all()]
    start, over = built_up(weeks, minutes_of(placement.planned_hours)) or (0, 0)
    return {
        "planned_from": placement.planned_from,
        "planned_until": placement.planned_until,
        "planned_hours": placement.planned_hours,
        "start_hours": Decimal(start) / 60 if over else None,
        "build_weeks": over,
    }


@action
def change_planned_placement(
    placement: Placement,
    *,
    by: User,
    title: str,
    kind: str,
    planned_from: date,
    planned_until: date,
    planned_hours: Decimal,
    start_hours: Decimal | None = None,
    build_weeks: int = 0,
    expected: int | None = None,
) -> Placement:
    """What the work is, and when. Other dates or hours plan every week anew; otherwise the weeks stay."""
    permissions.check_support(by, placement.episode.client)
    check_open(placement.episode)
    policies.check_planned(placement)
    policies.check_words(title, field="title", sentence="Say what the work is.")
    if kind not in Placement.Kind.values:
        raise DomainError("Choose one from the list.", field="kind")
    policies.check_placement_plan(
        placement.episode,
        first=planned_from,
        last=planned_until,
        hours=planned_hours,
        start_hours=start_hours,
        build_weeks=build_weeks,
    )
    if start_hours is None or build_weeks <= 1:
        start_hours, build_weeks = None, 0
    plan: dict[str, Any] = {
        "planned_from": planned_from,
        "planned_until": planned_until,
        "planned_hours": planned_hours,
        "start_hours": start_hours,
        "build_weeks": build_weeks,
    }
    anew = plan != plan_of(placement)
    wanted: dict[str, Any] = {
        "title": title,
        "kind": kind,
        "planned_from": planned_from,
        "planned_until": planned_until,
        "planned_hours": planned_hours,
    }
    changed = [name for name, value in wanted.items() if getattr(placement, name) != value]
    for name, value in wanted.items():
        setattr(placement, name, value)
    placement.save_version(expected=expected, fields=list(wanted))
    trace("placement.replanned", placement, by=by, fields=changed)
    if anew:
        _plan_weeks(placement, by=by, start_hours=start_hours, build_weeks=build_weeks)
    return placement


def _plan_weeks(placement: Placement, *, by: User, start_hours: Decimal | None, build_weeks: int) -> None:
    """Every week of the new plan; no hours were done yet, and notes of weeks that stay are kept."""
    full = placement.planned_hours
    planned = build_up(
        weeks_between(placement.planned_from, placement.planned_until),
        start=minutes_of(start_hours or full),
        full=minutes_of(full),
        over=build_weeks,
    )
    known = {row.week: row for row in placement.weeks.all()}
    for week, row in known.items():
        if week not in planned:
            trace("placement.week_dropped", row, by=by, fields=["week", "planned_minutes", "note"])
            row.delete()
    for week, minutes in planned.items():
        row = known.get(week) or PlacementWeek(placement=placement, week=week)
        if row.pk is not None and row.planned_minutes == minutes:
            continue
        row.planned_minutes = minutes
        if row.pk is None:
            row.save()
        else:
            row.save_version(expected=None, fields=["planned_minutes"])
        trace("placement.week", row, by=by, fields=["week", "planned_minutes"])
