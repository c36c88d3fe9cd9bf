"""What jobs and placements ask for now: read by the front pages and the caseload, for one reader at a time.

Each list is made in a few queries over all the clients somebody carries, never one query a client.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q

from pacework.science.measures import rules
from pacework.service.cases.models import Client, Episode
from pacework.service.contacts.models import Contact
from pacework.service.core import clock
from pacework.service.work.hours import WEEK, week_is_over, weeks_between
from pacework.service.work.models import Adjustment, Application, JobSpell, Placement
from pacework.service.work.rows import contact as contact_row

AHEAD = timedelta(days=7)
# A job that ended longer ago than this asks for nothing any more by itself.
ENDED_LATELY = timedelta(days=60)
LOOK_BACK_WEEKS = 8


@dataclass(frozen=True)
class InWorkContact:
    """The next in-work contact of one job or planned start; ``late`` counts those that have passed."""

    client: Client
    due: rules.ContactDue
    late: int
    job: JobSpell | None = None
    application: Application | None = None


@dataclass(frozen=True)
class MissingHours:
    """A job with weeks that are over and have no record."""

    client: Client
    job: JobSpell
    weeks: tuple[date, ...]


def carried(user: Any) -> Any:
    """The episodes this ESW carries today, cover included, for use inside other queries."""
    return Episode.objects.visible_to(user).carried_by(user).values("pk")


def in_work_contacts(user: Any, *, until: date | None = None) -> list[InWorkContact]:
    """In-work contacts of this ESW's clients that are late, or due by ``until`` (in a week); soonest first.

    One line a job: the oldest time that has passed without a contact, else the next one. One contact puts
    right
    all that are late.
    """
    today = clock.today()
    until = until or today + AHEAD
    episodes = carried(user)
    jobs = list(
        JobSpell.objects.visible_to(user)
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gte=today - ENDED_LATELY), episode__in=episodes)
        .select_related("episode__client", "employer")
    )
    starts = list(
        Application.objects.visible_to(user)
        .starting()
        .filter(episode__in=episodes, starts_on__isnull=False)
        .select_related("episode__client", "employer")
    )
    held = _contacts(user, {row.episode_id for row in (*jobs, *starts)})
    found = []
    for row in (*jobs, *starts):
        job = row if isinstance(row, JobSpell) else None
        planned = row if isinstance(row, Application) else None
        due = rules.in_work_contacts_due(
            job.started_on if job else None,
            job.ended_on if job else None,
            planned.starts_on if planned else None,
            held[row.episode_id],
            today,
            heard_of_end_on=job.heard_of_end_on if job else None,
            supported_from=row.episode.accepted_on or row.episode.referred_on,
        )
        late = [one for one in due if one.state is rules.DueState.LATE]
        soon = [one for one in due if one.state is rules.DueState.UPCOMING and one.due_on <= until]
        if late or soon:
            first = min(late or soon, key=lambda one: one.due_on)
            found.append(InWorkContact(row.episode.client, first, len(late), job=job, application=planned))
    return sorted(found, key=lambda one: (one.due.due_on, one.client.pk))


def _contacts(user: Any, episodes: set[int]) -> dict[int, list[rules.ContactRow]]:
    found: dict[int, list[rules.ContactRow]] = defaultdict(list)
    for row in Contact.objects.visible_to(user).filter(episode__in=episodes).order_by("on"):
        found[row.episode_id].append(contact_row(row))
    return found


def missing_hours(user: Any) -> list[MissingHours]:
    """Jobs of this ESW's clients with weeks that are over and have no record; of the last weeks only."""
    last = clock.monday(clock.today())
    first = last - LOOK_BACK_WEEKS * WEEK
    jobs = (
        JobSpell.objects.visible_to(user)
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gte=first), episode__in=carried(user))
        .select_related("episode__client", "employer")
        .prefetch_related("weeks")
    )
    found = []
    for job in jobs:
        known = {row.week for row in job.weeks.all()}
        since = max(job.started_on, job.episode.accepted_on or job.episode.referred_on, first)
        weeks = tuple(
            week
            for week in weeks_between(since, job.ended_on or clock.today())
            if week_is_over(week) and week not in known
        )
        if weeks:
            found.append(MissingHours(job.episode.client, job, weeks))
    return sorted(found, key=lambda one: (one.weeks[0], one.client.pk))


def placements_starting(user: Any) -> Any:
    """Planned placements whose first day is within a week, or has passed without a start."""
    return (
        Placement.objects.visible_to(user)
        .planned()
        .filter(episode__in=carried(user), planned_from__lte=clock.today() + AHEAD)
        .select_related("episode__client", "employer")
        .order_by("planned_from", "pk")
    )


def placements_ending(user: Any) -> Any:
    """Running placements whose planned last day is within a week, or has passed."""
    return (
        Placement.objects.visible_to(user)
        .running()
        .filter(episode__in=carried(user), planned_until__lte=clock.today() + AHEAD)
        .select_related("episode__client", "employer")
        .order_by("planned_until", "pk")
    )


def jobs_starting(user: Any) -> Any:
    """Accepted offers whose agreed first day is within a week, or has passed without a job recorded."""
    return (
        Application.objects.visible_to(user)
        .starting()
        .filter(episode__in=carried(user), starts_on__lte=clock.today() + AHEAD)
        .select_related("episode__client", "employer")
        .order_by("starts_on", "pk")
    )


def adjustments_to_review(user: Any) -> Any:
    """Adjustments of jobs and placements that go on, to be looked at again within a week."""
    return (
        Adjustment.objects.visible_to(user)
        .filter(episode__in=carried(user), review_on__lte=clock.today() + AHEAD)
        .filter(Q(job__isnull=True) | Q(job__ended_on__isnull=True))
        .filter(Q(placement__isnull=True) | Q(placement__ended_on__isnull=True))
        .exclude(effect="stopped")
        .filter(Q(effect_on__isnull=True) | Q(review_on__gt=F("effect_on")))
        .select_related("episode__client", "job__employer", "placement__employer")
        .order_by("review_on", "pk")
    )
