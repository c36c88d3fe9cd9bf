"""Jobs: recorded once they have started, corrected, ended. After an end the client is back in job search."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pacework.service.cases.models import Episode
from pacework.service.cases.policies import check_open
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError
from pacework.service.employers.models import Employer, Site
from pacework.service.people.models import User
from pacework.service.work import permissions, policies
from pacework.service.work.actions.milestones import record_work_milestones
from pacework.service.work.models import Application, JobSpell

DETAILS = (
    "employer", "employer_words", "site", "title", "occupation", "contract", "apprentice_since", "started_on",
    "held_at_entry", "weekly_hours", "hourly_pay", "pay_from", "pay_at_start", "open_to_anyone", "usual_rate",
    "set_aside", "how_found", "disclosed",
)  # fmt: skip
END = ("ended_on", "end_reason", "end_words", "lessons", "heard_of_end_on")


@action
def record_job(
    episode: Episode,
    *,
    by: User,
    title: str,
    contract: str,
    started_on: date,
    weekly_hours: Decimal,
    hourly_pay: Decimal | None = None,
    employer: Employer | None = None,
    employer_words: str = "",
    site: Site | None = None,
    application: Application | None = None,
    occupation: str = "",
    apprentice_since: date | None = None,
    held_at_entry: bool = False,
    open_to_anyone: bool | None = None,
    usual_rate: bool | None = None,
    set_aside: bool | None = None,
    how_found: str = "",
    disclosed: str = "",
) -> JobSpell:
    """Record a job that has started, from an accepted application or by itself. Never a start to come."""
    permissions.check_support(by, episode.client)
    check_open(episode)
    if application is not None:
        policies.check_from_application(application, episode)
    job = JobSpell(episode=episode, application=application, added_by=by, pay_from=started_on)
    job.title, job.contract, job.started_on = title, contract, started_on
    job.weekly_hours, job.hourly_pay, job.pay_at_start = weekly_hours, hourly_pay, hourly_pay
    job.employer, job.employer_words, job.site = employer, employer_words, site
    job.occupation, job.apprentice_since, job.held_at_entry = occupation, apprentice_since, held_at_entry
    job.open_to_anyone, job.usual_rate, job.set_aside = open_to_anyone, usual_rate, set_aside
    job.how_found, job.disclosed = how_found, disclosed
    policies.check_job(job)
    policies.check_spells(job, _other_jobs(job))
    job.save()
    trace("job.recorded", job, by=by, fields=("application", *DETAILS))
    record_work_milestones(episode, by=by, job=job)
    return job


@action
def edit_job(
    job: JobSpell,
    *,
    by: User,
    title: str,
    contract: str,
    started_on: date,
    weekly_hours: Decimal,
    hourly_pay: Decimal | None = None,
    pay_from: date | None = None,
    employer: Employer | None = None,
    employer_words: str = "",
    site: Site | None = None,
    occupation: str = "",
    apprentice_since: date | None = None,
    held_at_entry: bool = False,
    open_to_anyone: bool | None = None,
    usual_rate: bool | None = None,
    set_aside: bool | None = None,
    how_found: str = "",
    disclosed: str = "",
    expected: int | None = None,
) -> JobSpell:
    """Change what is known about a job.

    New pay with ``pay_from`` is a change from that day on; without it the pay was wrong and is put right for
    all
    weeks that carried it.
    """
    episode = job.episode
    permissions.check_support(by, episode.client)
    check_open(episode)
    old_pay, old_start = job.hourly_pay, job.started_on
    job.title, job.contract, job.started_on = title, contract, started_on
    job.weekly_hours, job.hourly_pay = weekly_hours, hourly_pay
    job.employer, job.employer_words, job.site = employer, employer_words, site
    job.occupation, job.apprentice_since, job.held_at_entry = occupation, apprentice_since, held_at_entry
    job.open_to_anyone, job.usual_rate, job.set_aside = open_to_anyone, usual_rate, set_aside
    job.how_found, job.disclosed = how_found, disclosed
    policies.check_job(job)
    policies.check_spells(job, _other_jobs(job))
    _check_no_hours_before(job)
    if old_pay != hourly_pay:
        _change_pay(job, old_pay, pay_from, by=by)
    elif job.pay_from in (None, old_start):
        job.pay_from = started_on
    job.save_version(expected=expected, fields=DETAILS)
    trace("job.changed", job, by=by, fields=DETAILS)
    record_work_milestones(episode, by=by, job=job)
    return job


def _change_pay(job: JobSpell, old_pay: Decimal | None, pay_from: date | None, *, by: User) -> None:
    weeks = job.weeks.filter(hourly_pay=old_pay)
    if pay_from is None or pay_from <= job.started_on:
        if job.pay_at_start == old_pay:
            job.pay_at_start, job.pay_from = job.hourly_pay, job.started_on
    else:
        policies.check_day(job.episode, pay_from, field="pay_from", since_referral=False)
        if job.ended_on is not None and pay_from > job.ended_on:
            raise DomainError("This day is after the job ended.", field="pay_from")
        job.pay_from = pay_from
        weeks = weeks.filter(week__gte=pay_from)
    for row in weeks:
        row.hourly_pay = job.hourly_pay
        row.save_version(expected=None, fields=["hourly_pay"])
        trace("hours.pay_changed", row, by=by, fields=["hourly_pay"])


def _check_no_hours_before(job: JobSpell) -> None:
    early = job.weeks.filter(week__lt=clock.monday(job.started_on), paid_minutes__gt=0)
    if early.exists():
        raise DomainError("Hours are recorded for weeks before this day. Check the date.", field="started_on")


@action
def end_job(
    job: JobSpell,
    *,
    by: User,
    reason: str,
    on: date | None = None,
    words: str = "",
    lessons: str = "",
    heard_of_end_on: date | None = None,
    expected: int | None = None,
) -> JobSpell:
    """The job's last day and why it ended; an end already recorded is corrected.

    It never closes the episode.
    """
    episode = job.episode
    permissions.check_support(by, episode.client)
    check_open(episode)
    on = on or clock.today()
    policies.check_job_end(job, on=on, reason=reason, words=words, heard_on=heard_of_end_on)
    job.ended_on, job.end_reason, job.end_words = on, reason, words
    job.lessons, job.heard_of_end_on = lessons, heard_of_end_on
    policies.check_spells(job, _other_jobs(job))
    job.save_version(expected=expected, fields=END)
    trace("job.ended", job, by=by, fields=END)
    record_work_milestones(episode, by=by, job=job)
    return job


@action
def take_back_end(job: JobSpell, *, by: User, expected: int | None = None) -> JobSpell:
    """The job goes on after all: its end was recorded in error."""
    episode = job.episode
    permissions.check_support(by, episode.client)
    check_open(episode)
    if job.ended_on is None:
        raise DomainError("This job has no end.")
    job.ended_on = job.heard_of_end_on = None
    job.end_reason = job.end_words = job.lessons = ""
    policies.check_spells(job, _other_jobs(job))
    job.save_version(expected=expected, fields=END)
    trace("job.end_taken_back", job, by=by, fields=END)
    record_work_milestones(episode, by=by, job=job)
    return job


def _other_jobs(job: JobSpell) -> list[JobSpell]:
    """The client's other jobs, in every episode."""
    rows = JobSpell.objects.filter(episode__client=job.episode.client_id).exclude(pk=job.pk)
    return list(rows.select_related("episode__client"))
