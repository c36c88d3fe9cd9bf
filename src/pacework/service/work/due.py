"""What jobs and placements ask for now: read by the front pages and the caseload, for one reader at a time.

Each list is made in a few queries over all the clients somebody carries, never one query a client.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q

from pacework.science.measures import rules
from pacework.service.cases.models import Client
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


def jobs_of(episodes: Sequence[int]) -> list[JobSpell]:
    """Jobs of these episodes that go on or ended lately, with their weeks: read once for the lists below."""
    return list(
        JobSpell.objects.of_episodes(episodes)
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gte=clock.today() - ENDED_LATELY))
        .select_related("episode__client", "employer")
        .prefetch_related("weeks")
    )


def starts_of(episodes: Sequence[int]) -> list[Application]:
    """Accepted offers of these episodes whose job is not recorded yet, by their agreed first day."""
    return list(
        Application.objects.of_episodes(episodes)
        .starting()
        .filter(starts_on__isnull=False)
        .select_related("episode__client", "employer")
        .order_by("starts_on", "pk")
    )


def in_work_contacts(
    jobs: Sequence[JobSpell], starts: Sequence[Application], *, until: date | None = None
) -> list[InWorkContact]:
    """In-work contacts of these jobs and planned starts that are late, or due within a week; soonest first.

    One line a job: the oldest time that has passed without a contact, else the next one. One contact puts
    right all that are late.
    """
    today = clock.today()
    until = until or today + AHEAD
    rows: list[JobSpell | Application] = [*jobs, *starts]
    held = _contacts({row.episode_id for row in rows})
    found = []
    for row in rows:
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


def _contacts(episodes: set[int]) -> dict[int, list[rules.ContactRow]]:
    found: dict[int, list[rules.ContactRow]] = defaultdict(list)
    if not episodes:
        return found
    for row in Contact.objects.of_episodes(episodes).order_by("on"):
        found[row.episode_id].append(contact_row(row))
    return found


def missing_hours(jobs: Sequence[JobSpell]) -> list[MissingHours]:
    """Of these jobs, those with weeks that are over and have no record; of the last weeks only."""
    first = clock.monday(clock.today()) - LOOK_BACK_WEEKS * WEEK
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


def placements_soon(episodes: Sequence[int]) -> list[Placement]:
    """Placements whose planned first day, or while they run last day, is within a week or has passed."""
    edge = clock.today() + AHEAD
    return list(
        Placement.objects.of_episodes(episodes)
        .filter(
            Q(started_on__isnull=True, planned_from__lte=edge)
            | Q(started_on__isnull=False, planned_until__lte=edge),
            ended_on__isnull=True,
        )
        .select_related("episode__client", "employer")
        .order_by("planned_from", "pk")
    )


def adjustments_to_review(episodes: Sequence[int]) -> Any:
    """Adjustments of jobs and placements that go on, to be looked at again within a week."""
    return (
        Adjustment.objects.of_episodes(episodes)
        .filter(review_on__lte=clock.today() + AHEAD)
        .filter(Q(job__isnull=True) | Q(job__ended_on__isnull=True))
        .filter(Q(placement__isnull=True) | Q(placement__ended_on__isnull=True))
        .exclude(effect="stopped")
        .filter(Q(effect_on__isnull=True) | Q(review_on__gt=F("effect_on")))
        .select_related("episode__client", "job__employer", "placement__employer")
        .order_by("review_on", "pk")
    )
