"""Placements: planned with a graded build-up, started, followed week by week, ended."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F

from pacework.service.cases.models import Episode
from pacework.service.cases.policies import check_open
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError
from pacework.service.employers.actions.waits import end_wait
from pacework.service.employers.models import (
    Employer,
    EmployerPerson,
    PlacementOpportunity,
    PlacementWait,
    Site,
)
from pacework.service.people.models import User
from pacework.service.work import permissions, policies
from pacework.service.work.hours import build_up, minutes_of, weeks_between
from pacework.service.work.models import Placement, PlacementWeek

USUAL_LENGTH = timedelta(weeks=6)
DETAILS = (
    "employer", "opportunity", "site", "named_manager", "title", "kind", "planned_from", "planned_until",
    "planned_hours",
)  # fmt: skip


@action
def plan_placement(
    episode: Episode,
    *,
    by: User,
    planned_from: date,
    planned_hours: Decimal,
    kind: str = Placement.Kind.UNPAID,
    opportunity: PlacementOpportunity | None = None,
    employer: Employer | None = None,
    site: Site | None = None,
    named_manager: EmployerPerson | None = None,
    title: str = "",
    planned_until: date | None = None,
    start_hours: Decimal | None = None,
    build_weeks: int = 0,
) -> Placement:
    """Plan a try-out, six weeks unless told, with the hours of each week.

    An opportunity brings employer, site, manager and title, and one of its free places. Placing somebody
    names
    them to the employer, so the client's disclosure plan and consent must allow that.
    """
    permissions.check_support(by, episode.client)
    check_open(episode)
    if opportunity is not None:
        # Locked: two people are not given the last place at one moment.
        opportunity = PlacementOpportunity.objects.select_for_update().get(pk=opportunity.pk)
        employer = opportunity.employer
        site, named_manager = site or opportunity.site, named_manager or opportunity.named_manager
        title = title or opportunity.title
    if employer is None:
        raise DomainError("Choose where the placement is.", field="employer")
    policies.check_words(title, field="title", sentence="Say what the work is.")
    policies.check_of_employer(employer, site=site, person=named_manager)
    if kind not in Placement.Kind.values:
        raise DomainError("Choose one from the list.", field="kind")
    planned_until = planned_until or planned_from + USUAL_LENGTH - timedelta(days=1)
    policies.check_placement_plan(
        episode,
        first=planned_from,
        last=planned_until,
        hours=planned_hours,
        start_hours=start_hours,
        build_weeks=build_weeks,
    )
    policies.check_may_place(episode.client, employer)
    if opportunity is not None:
        policies.check_place_free(opportunity)
    placement = Placement.objects.create(
        episode=episode,
        opportunity=opportunity,
        employer=employer,
        site=site,
        named_manager=named_manager,
        title=title,
        kind=kind,
        planned_from=planned_from,
        planned_until=planned_until,
        planned_hours=planned_hours,
        added_by=by,
    )
    planned = build_up(
        weeks_between(planned_from, planned_until),
        start=minutes_of(start_hours or planned_hours),
        full=minutes_of(planned_hours),
        over=build_weeks,
    )
    PlacementWeek.objects.bulk_create(
        PlacementWeek(placement=placement, week=week, planned_minutes=minutes)
        for week, minutes in planned.items()
    )
    trace("placement.planned", placement, by=by, fields=DETAILS)
    if opportunity is not None:
        for wait in episode.client.placement_waits.waiting().filter(opportunity=opportunity):
            end_wait(wait, by=by, reason=PlacementWait.End.PLACED)
    return placement


@action
def start_placement(
    placement: Placement, *, by: User, on: date | None = None, expected: int | None = None
) -> Placement:
    """The first day of the placement has come."""
    episode = placement.episode
    permissions.check_support(by, episode.client)
    check_open(episode)
    policies.check_planned(placement)
    on = on or clock.today()
    policies.check_day(episode, on, field="on")
    policies.check_may_place(episode.client, placement.employer)
    placement.started_on = on
    placement.save_version(expected=expected, fields=["started_on"])
    trace("placement.started", placement, by=by, fields=["started_on"])
    return placement


@action
def record_placement_week(
    placement: Placement,
    *,
    by: User,
    week: date,
    planned_minutes: int | None = None,
    done_minutes: int | None = None,
    lost_to_pain: bool = False,
    note: str = "",
    expected: int | None = None,
) -> PlacementWeek:
    """Hours planned and done in one week. ``planned_minutes=None`` leaves the plan as it is."""
    permissions.check_support(by, placement.episode.client)
    check_open(placement.episode)
    policies.check_placement_week(placement, week, planned_minutes=planned_minutes, done_minutes=done_minutes)
    row = placement.weeks.filter(week=week).first() or PlacementWeek(placement=placement, week=week)
    if planned_minutes is not None and planned_minutes != row.planned_minutes:
        row.planned_minutes = planned_minutes
        # Somebody who changes the plan as a whole at this moment is told, and does not write over this week.
        Placement._base_manager.filter(pk=placement.pk).update(version=F("version") + 1)
        placement.version += 1
    row.done_minutes, row.lost_to_pain, row.note = done_minutes, lost_to_pain, note
    fields = ["planned_minutes", "done_minutes", "lost_to_pain", "note"]
    if row.pk is None:
        row.save()
    else:
        row.save_version(expected=expected, fields=fields)
    trace("placement.week", row, by=by, fields=["week", *fields])
    return row


@action
def end_placement(
    placement: Placement,
    *,
    by: User,
    reason: str,
    on: date | None = None,
    words: str = "",
    expected: int | None = None,
) -> Placement:
    """The placement ends, or does not come about. Neither closes the episode."""
    permissions.check_support(by, placement.episode.client)
    check_open(placement.episode)
    policies.check_going_on(placement)
    on = on or clock.today()
    policies.check_day(placement.episode, on, field="on")
    policies.check_placement_end(placement, on=on, reason=reason, words=words)
    placement.ended_on, placement.end_reason, placement.end_words = on, reason, words
    fields = ["ended_on", "end_reason", "end_words"]
    placement.save_version(expected=expected, fields=fields)
    trace("placement.ended", placement, by=by, fields=fields)
    return placement
