"""Dates, hours, pay and ends of jobs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from pacework.science.measures import rules
from pacework.science.measures.jobs import JOB_START_MINUTES
from pacework.service.cases.models import Episode
from pacework.service.core import clock
from pacework.service.core.errors import DomainError
from pacework.service.core.presenters import day as day_words
from pacework.service.work.hours import in_words
from pacework.service.work.models import Application, JobSpell
from pacework.service.work.policies.common import (
    check_born,
    check_code,
    check_day,
    check_employer_said,
    check_of_employer,
    check_words,
)
from pacework.service.work.rows import spell
from pacework.service.work.rows import week as week_row


def check_job(job: JobSpell) -> None:
    """Dates, hours, pay and codes of a job; its start is never in the future."""
    episode = job.episode
    check_words(job.title, field="title", sentence="Enter the job title.")
    check_employer_said(job.employer, job.employer_words)
    check_of_employer(job.employer, site=job.site)
    check_job_codes(job)
    if job.started_on > clock.today():
        raise DomainError(
            "A job is recorded once it has started. Plan the first day with the accepted offer instead.",
            field="started_on",
        )
    check_born(episode.client, job.started_on, field="started_on")
    check_held_at_entry(job)
    if job.ended_on is not None and job.ended_on < job.started_on:
        raise DomainError("The job ends before it starts. Check the two dates.", field="started_on")
    check_hours_and_pay(job)
    check_apprenticeship(job)
    if job.contract == "set_aside" and job.set_aside is False:
        raise DomainError("The contract says that the job is set aside.", field="set_aside")


def check_job_codes(job: JobSpell) -> None:
    """What was chosen is in its list."""
    check_code("contract_types", job.contract, field="contract")
    if job.occupation and not re.fullmatch("[1-9][0-9]{3}", job.occupation):
        raise DomainError("A SOC 2020 code has 4 numbers, like 9241.", field="occupation")
    if job.how_found:
        check_code("how_found", job.how_found, field="how_found")
    if job.disclosed and job.disclosed not in JobSpell.Tells.values:
        raise DomainError("Choose one from the list.", field="disclosed")


def check_hours_and_pay(job: JobSpell) -> None:
    if not 0 <= job.weekly_hours <= 168:
        raise DomainError("A week has 168 hours. Enter the hours of one week.", field="weekly_hours")
    if job.hourly_pay is not None and not 0 <= job.hourly_pay < 10000:
        raise DomainError("Enter the pay for one hour in pounds.", field="hourly_pay")


def check_apprenticeship(job: JobSpell) -> None:
    if job.apprentice_since is not None:
        check_born(job.episode.client, job.apprentice_since, field="apprentice_since")
        if job.contract != "apprenticeship":
            raise DomainError(
                "Only an apprenticeship has this date. Leave it empty.", field="apprentice_since"
            )
        if job.apprentice_since > clock.today():
            raise DomainError("This date is in the future.", field="apprentice_since")


def check_held_at_entry(job: JobSpell) -> None:
    """Held at entry exactly if it began before support; a job that began before the referral must be."""
    episode = job.episode
    if not job.held_at_entry and job.started_on < episode.referred_on:
        raise DomainError(
            f"This is before the referral on {day_words(episode.referred_on)}. Tick that the client had "
            "the job when support began, or check the date.",
            field="started_on",
        )
    entry = episode.profile_started_on or episode.accepted_on
    if job.held_at_entry and entry is not None and job.started_on > entry:
        raise DomainError(
            f"Support began on {day_words(entry)}, before this job. It was not held at entry.",
            field="held_at_entry",
        )


def check_from_application(application: Application, episode: Episode) -> None:
    if application.episode_id != episode.pk:
        raise DomainError("This application belongs to another episode.", field="application")
    if application.outcome != "accepted":
        raise DomainError("A job follows an accepted offer. Record the outcome of the application first.")
    if JobSpell.objects.filter(application=application).exists():
        raise DomainError("The job of this application is recorded already.")


def check_spells(job: JobSpell, others: Sequence[JobSpell]) -> None:
    """No two jobs with one employer at once, over all episodes of the client."""
    problems = rules.check_spells([*(spell(other) for other in others), spell(job)], clock.today())
    mine = [problem for problem in problems if spell(job).id in problem.rows]
    if mine:
        raise DomainError(mine[0].words, field="started_on")


def check_four_hours(job: JobSpell, on: date) -> None:
    """A typed day lies in the job and is not contradicted by hours recorded for every week until then."""
    check_day(job.episode, on, field="on", since_referral=False)
    if on < job.started_on or (job.ended_on is not None and on > job.ended_on):
        raise DomainError("This day is outside the job.", field="on")
    recorded = recorded_until([week_row(row, job) for row in job.weeks.all()], job, on)
    if recorded is not None and recorded < JOB_START_MINUTES:
        raise DomainError(
            f"Only {in_words(recorded)} are recorded by the end of that week. A job start counts at 4 hours.",
            field="on",
        )


def recorded_until(weeks: Sequence[rules.WeekWorked], job: JobSpell, on: date) -> int | None:
    """Minutes from the start to the week of ``on``; None while a week in between has no known hours."""
    known: Mapping[date, int] = {row.week: row.paid_minutes for row in weeks if row.paid_minutes is not None}
    week, total = clock.monday(job.started_on), 0
    while week <= on:
        if week not in known:
            return None
        total += known[week]
        week = date.fromordinal(week.toordinal() + 7)
    return total


def check_job_end(job: JobSpell, *, on: date, reason: str, words: str, heard_on: date | None) -> None:
    check_day(job.episode, on, field="on")
    if on < job.started_on:
        raise DomainError(
            f"The job started on {day_words(job.started_on)}. It cannot end earlier.", field="on"
        )
    check_code("job_end_reasons", reason, field="reason")
    if reason == "other":
        check_words(words, field="words", sentence="Say what the reason is.")
    if heard_on is not None and heard_on > clock.today():
        raise DomainError(
            "This date is in the future. Enter today or an earlier date.", field="heard_of_end_on"
        )
    if heard_on is not None and heard_on < job.started_on:
        raise DomainError("This is before the job started. Check the date.", field="heard_of_end_on")
    after = job.weeks.filter(week__gt=on, paid_minutes__gt=0).order_by("-week").first()
    if after is not None:
        raise DomainError(
            f"Hours are recorded for the week of {day_words(after.week)}, after this day. Correct one.",
            field="on",
        )
