"""Days away: real days, of one job or placement, said once."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from pacework.service.cases.models import Episode
from pacework.service.core import clock
from pacework.service.core.errors import DomainError
from pacework.service.core.presenters import day as day_words
from pacework.service.work.models import Absence, JobSpell, Placement
from pacework.service.work.policies.common import check_day

# A fit note may look so far ahead.
AHEAD = timedelta(days=366)


def check_absence(
    episode: Episode,
    first_day: date,
    last_day: date | None,
    *,
    certified: str,
    job: JobSpell | None,
    placement: Placement | None,
    but: Absence | None = None,
) -> None:
    """From a job or a placement of this episode, while it runs, and not twice for one day."""
    thing = job or placement
    if thing is None or (job is not None and placement is not None):
        raise DomainError("Choose what you were away from.", field="what")
    if thing.episode_id != episode.pk:
        raise DomainError("This belongs to another episode.")
    if certified not in Absence.Certified.values:
        raise DomainError("Choose one from the list.", field="certified")
    check_day(episode, first_day, field="first_day", since_referral=False)
    if last_day is not None and last_day < first_day:
        raise DomainError("The last day is before the first. Check both.", field="last_day")
    if last_day is not None and last_day > clock.today() + AHEAD:
        raise DomainError("Choose a last day within a year from now.", field="last_day")
    if thing.started_on is None or first_day < thing.started_on:
        raise DomainError("The first day is before the work started. Check the date.", field="first_day")
    if thing.ended_on is not None and (last_day is None or last_day > thing.ended_on):
        raise DomainError(
            f"The work ended on {day_words(thing.ended_on)}. Enter a last day up to then.", field="last_day"
        )
    _check_once(first_day, last_day, job, placement, but)


def _check_once(
    first: date, last: date | None, job: JobSpell | None, placement: Placement | None, but: Absence | None
) -> None:
    same = Absence.objects.filter(job=job, placement=placement).filter(
        Q(last_day__isnull=True) | Q(last_day__gte=first)
    )
    if last is not None:
        same = same.filter(first_day__lte=last)
    found = same.exclude(pk=but.pk if but is not None else None).first()
    if found is not None:
        raise DomainError(
            f"Days away from {day_words(found.first_day)} are recorded already. Correct those instead.",
            field="first_day",
        )
