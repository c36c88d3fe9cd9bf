"""Days away from a job or placement."""

from __future__ import annotations

from datetime import date

from pacework.service.cases.models import Episode
from pacework.service.cases.policies import check_open
from pacework.service.core.audit import action, trace
from pacework.service.people.models import User
from pacework.service.work import permissions, policies
from pacework.service.work.models import Absence, JobSpell, Placement

TYPED = ("first_day", "last_day", "pain_related", "certified")


@action
def record_absence(
    episode: Episode,
    *,
    by: User,
    first_day: date,
    last_day: date | None = None,
    pain_related: bool,
    certified: str = Absence.Certified.SELF,
    job: JobSpell | None = None,
    placement: Placement | None = None,
) -> Absence:
    """Days away, from the first on; the last may still be open."""
    permissions.check_support_or_self(by, episode.client)
    check_open(episode)
    policies.check_absence(episode, first_day, last_day, certified=certified, job=job, placement=placement)
    absence = Absence.objects.create(
        episode=episode,
        job=job,
        placement=placement,
        first_day=first_day,
        last_day=last_day,
        pain_related=pain_related,
        certified=certified,
        added_by=by,
    )
    trace("absence.recorded", absence, by=by, fields=[*TYPED, "job", "placement"])
    return absence


@action
def edit_absence(
    absence: Absence,
    *,
    by: User,
    first_day: date,
    last_day: date | None,
    pain_related: bool,
    certified: str,
    expected: int | None = None,
) -> Absence:
    """Put the days or the reason right."""
    permissions.check_support_or_self(by, absence.episode.client)
    check_open(absence.episode)
    policies.check_absence(
        absence.episode,
        first_day,
        last_day,
        certified=certified,
        job=absence.job,
        placement=absence.placement,
        but=absence,
    )
    absence.first_day, absence.last_day = first_day, last_day
    absence.pain_related, absence.certified = pain_related, certified
    absence.save_version(expected=expected, fields=TYPED)
    trace("absence.changed", absence, by=by, fields=TYPED)
    return absence


@action
def end_absence(absence: Absence, *, by: User, last_day: date) -> Absence:
    """Back at work after this day. One that has ended already stays as it is."""
    permissions.check_support_or_self(by, absence.episode.client)
    if absence.last_day is None:
        absence.last_day = max(last_day, absence.first_day)
        absence.save_version(expected=None, fields=["last_day"])
    trace("absence.ended", absence, by=by, fields=["last_day"])
    return absence


@action
def take_back_absence(absence: Absence, *, by: User) -> None:
    """It was not so: the days were worked, or none was due."""
    permissions.check_support_or_self(by, absence.episode.client)
    trace("absence.taken_back", absence, by=by, fields=TYPED)
    absence.delete()
