"""Does the state allow it? Steps of applications, dates, places, spells, hours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from pacework.science.measures import rules
from pacework.science.measures.jobs import JOB_START_MINUTES
from pacework.service.cases.models import Client, Consent, Episode
from pacework.service.cases.policies import check_consents_to
from pacework.service.core import clock
from pacework.service.core.codes import codes, document
from pacework.service.core.errors import DomainError
from pacework.service.core.presenters import day as day_words
from pacework.service.employers.models import Employer, EmployerPerson, PlacementOpportunity, Site
from pacework.service.employers.policies import disclosure_for
from pacework.service.work.hours import MINUTES_IN_A_WEEK, in_words, week_is_over
from pacework.service.work.models import Application, JobSpell, Placement
from pacework.service.work.rows import spell
from pacework.service.work.rows import week as week_row

STEPS = ("idea", "applied", "interview", "offer")
LONGEST_PLACEMENT_WEEKS = 52


def check_code(room_list: str, key: str, *, field: str, table: str = "") -> None:
    """The key is one of the coded answers."""
    if key not in codes("work", room_list, table):
        raise DomainError("Choose one from the list.", field=field)


def check_day(episode: Episode, day: date, *, field: str, since_referral: bool = True) -> None:
    """A day that has come, after the birth and, for what happens in support, after the referral."""
    if day > clock.today():
        raise DomainError("This date is in the future. Enter today or an earlier date.", field=field)
    check_born(episode.client, day, field=field)
    if since_referral and day < episode.referred_on:
        raise DomainError(
            f"This is before the referral on {day_words(episode.referred_on)}. Check the date.", field=field
        )


def check_born(client: Client, day: date, *, field: str) -> None:
    if client.birth_date is not None and day < client.birth_date:
        raise DomainError("This date is before the client was born.", field=field)


def check_words(text: str, *, field: str, sentence: str) -> None:
    if not text.strip():
        raise DomainError(sentence, field=field)


def check_employer_said(employer: Employer | None, words: str) -> None:
    """An employer of the list, or its name: one of the two."""
    if employer is None and not words.strip():
        raise DomainError("Choose an employer, or write its name.", field="employer")
    if employer is not None and words.strip():
        raise DomainError("Choose an employer from the list or write a name, not both.", field="employer_words")


def check_of_employer(
    employer: Employer | None, *, site: Site | None = None, person: EmployerPerson | None = None
) -> None:
    if site is not None and (employer is None or site.employer_id != employer.pk):
        raise DomainError("This site belongs to another employer.", field="site")
    if person is not None and (employer is None or person.employer_id != employer.pk):
        raise DomainError("This person works for another employer.", field="named_manager")


# Applications


def step_dates(application: Application) -> list[tuple[str, date]]:
    """The dated steps so far, in the order of the steps."""
    dated = [(step, getattr(application, f"{step}_on")) for step in STEPS]
    return [(step, day) for step, day in dated if day is not None]


def check_undecided(application: Application) -> None:
    if application.outcome:
        label = codes("work", "application_outcomes", "outcomes").label(application.outcome)
        raise DomainError(f"This application has ended: {label[0].lower()}{label[1:]}.")


def check_next_step(application: Application, to: str) -> None:
    """Later steps only; steps may be skipped."""
    if to not in STEPS:
        raise DomainError("Choose one from the list.", field="to")
    if STEPS.index(to) <= STEPS.index(application.step):
        label = codes("work", "application_outcomes", "steps").label(application.step)
        raise DomainError(f"The application is at “{label}” already. Choose a later step.", field="to")


def check_steps_in_order(application: Application, *, field: str = "") -> None:
    """Each step on the day of the one before, or later. ``field``: where to say so; else beside the later step."""
    dated = step_dates(application)
    for (before, early), (step, late) in zip(dated, dated[1:], strict=False):
        if late < early:
            label = codes("work", "application_outcomes", "steps").label(before)
            raise DomainError(
                f"“{label}” was on {day_words(early)}. The next step cannot be earlier.", field=field or f"{step}_on"
            )


def check_application_end(
    application: Application, *, outcome: str, on: date, starts_on: date | None
) -> None:
    """An outcome that can follow the step the application is at; a first day only with an accepted offer."""
    check_code("application_outcomes", outcome, field="outcome", table="outcomes")
    if application.step not in codes("work", "application_outcomes", "outcomes")[outcome]["from"]:
        label = codes("work", "application_outcomes", "steps").label(application.step)
        raise DomainError(f"This outcome does not follow the step “{label}”.", field="outcome")
    last = step_dates(application)[-1][1]
    if on < last:
        raise DomainError(f"The last step was on {day_words(last)}. It cannot end earlier.", field="on")
    if starts_on is None:
        return
    if outcome != "accepted":
        raise DomainError("Only an accepted offer has a first day. Leave this date empty.", field="starts_on")
    if starts_on < last:
        raise DomainError(f"The offer was made on {day_words(last)}. The job starts later.", field="starts_on")


# Placements


def check_may_place(client: Client, employer: Employer) -> None:
    """Placing somebody names them: their plan for this employer must say so and consent must be live."""
    check_consents_to(client, Consent.Layer.EMPLOYER_CONTACT)
    if not disclosure_for(client, employer).may_name:
        raise DomainError(
            f"{client.name} has not agreed to be named to {employer}. A placement needs that: "
            "ask, and record the answer in the disclosure plan.",
            field="employer",
        )


def check_place_free(opportunity: PlacementOpportunity) -> None:
    """Agreed, with a place that nobody has or is planned for."""
    if opportunity.state != PlacementOpportunity.State.AGREED:
        raise DomainError(
            f"This placement opportunity is not agreed: {opportunity.get_state_display().lower()}.",
            field="opportunity",
        )
    taken = Placement.objects.holding_a_place().filter(opportunity=opportunity).count()
    if taken >= opportunity.places:
        raise DomainError(
            f"No place is free: {taken} of {opportunity.places} taken. Put the client on the waiting list there.",
            field="opportunity",
        )


def check_placement_plan(
    episode: Episode, *, first: date, last: date, hours: Decimal, start_hours: Decimal | None, build_weeks: int
) -> None:
    if first < episode.referred_on:
        raise DomainError("This is before the referral. Check the date.", field="planned_from")
    if last < first:
        raise DomainError("The placement ends before it begins. Check both dates.", field="planned_until")
    if (last - first).days > LONGEST_PLACEMENT_WEEKS * 7:
        raise DomainError("A placement is a try-out: plan a year at most.", field="planned_until")
    if not 0 < hours <= 168:
        raise DomainError("A week has 168 hours. Enter the hours of one week.", field="planned_hours")
    if start_hours is not None and not 0 < start_hours <= hours:
        raise DomainError("The build-up starts with fewer hours than it ends with.", field="start_hours")
    if not 0 <= build_weeks <= LONGEST_PLACEMENT_WEEKS:
        raise DomainError("Enter a number of weeks from 0 to 52.", field="build_weeks")


def check_planned(placement: Placement) -> None:
    if placement.started_on is not None:
        raise DomainError("This placement has already started.")
    check_going_on(placement)


def check_going_on(placement: Placement) -> None:
    if placement.ended_on is not None:
        raise DomainError("This placement has ended.")


def check_placement_week(
    placement: Placement, week: date, *, planned_minutes: int | None, done_minutes: int | None
) -> None:
    """A Monday within the placement; hours done only for weeks that have begun."""
    check_monday(week)
    first = clock.monday(min(placement.planned_from, placement.started_on or placement.planned_from))
    last = placement.ended_on or max(placement.planned_until, clock.today())
    if not first <= week <= last:
        raise DomainError("This week is outside the placement.", field="week")
    for minutes, field in ((planned_minutes, "planned"), (done_minutes, "done")):
        if minutes is not None and not 0 <= minutes <= MINUTES_IN_A_WEEK:
            raise DomainError("A week has 168 hours.", field=field)
    if done_minutes is not None:
        if placement.started_on is None:
            raise DomainError("The placement has not started. Record its start first.", field="done")
        if week > clock.today() or week < clock.monday(placement.started_on):
            raise DomainError("Hours done belong to weeks from the start until today.", field="done")


def check_placement_end(placement: Placement, *, on: date, reason: str, words: str) -> None:
    check_code("placement_end_reasons", reason, field="reason")
    if placement.started_on is not None and on < placement.started_on:
        raise DomainError(
            f"The placement started on {day_words(placement.started_on)}. It cannot end earlier.", field="on"
        )
    if reason == "other":
        check_words(words, field="words", sentence="Say what the reason is.")


# Jobs


def check_job(job: JobSpell) -> None:
    """Dates, hours, pay and codes of a job; its start is never in the future."""
    episode = job.episode
    check_words(job.title, field="title", sentence="Enter the job title.")
    check_employer_said(job.employer, job.employer_words)
    check_of_employer(job.employer, site=job.site)
    check_code("contract_types", job.contract, field="contract")
    if job.occupation and not re.fullmatch("[1-9][0-9]{3}", job.occupation):
        raise DomainError("A SOC 2020 code has 4 numbers, like 9241.", field="occupation")
    if job.how_found:
        check_code("how_found", job.how_found, field="how_found")
    if job.disclosed and job.disclosed not in JobSpell.Tells.values:
        raise DomainError("Choose one from the list.", field="disclosed")
    if job.started_on > clock.today():
        raise DomainError(
            "A job is recorded once it has started. Plan the first day with the accepted offer instead.",
            field="started_on",
        )
    check_born(episode.client, job.started_on, field="started_on")
    check_held_at_entry(job)
    if job.ended_on is not None and job.ended_on < job.started_on:
        raise DomainError("The job ends before it starts. Check the two dates.", field="started_on")
    if not 0 <= job.weekly_hours <= 168:
        raise DomainError("A week has 168 hours. Enter the hours of one week.", field="weekly_hours")
    if job.hourly_pay is not None and not 0 <= job.hourly_pay < 10000:
        raise DomainError("Enter the pay for one hour in pounds.", field="hourly_pay")
    if job.apprentice_since is not None:
        check_born(episode.client, job.apprentice_since, field="apprentice_since")
        if job.contract != "apprenticeship":
            raise DomainError("Only an apprenticeship has this date. Leave it empty.", field="apprentice_since")
        if job.apprentice_since > clock.today():
            raise DomainError("This date is in the future.", field="apprentice_since")
    if job.contract == "set_aside" and job.set_aside is False:
        raise DomainError("The contract says that the job is set aside.", field="set_aside")


def check_held_at_entry(job: JobSpell) -> None:
    """Held at entry exactly if it began before support; a job that began before the referral must be."""
    episode = job.episode
    if not job.held_at_entry and job.started_on < episode.referred_on:
        raise DomainError(
            f"This is before the referral on {day_words(episode.referred_on)}. Tick that the client had the job "
            "when support began, or check the date.",
            field="started_on",
        )
    entry = episode.profile_started_on or episode.accepted_on
    if job.held_at_entry and entry is not None and job.started_on > entry:
        raise DomainError(
            f"Support began on {day_words(entry)}, before this job. It was not held at entry.", field="held_at_entry"
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
        raise DomainError(f"The job started on {day_words(job.started_on)}. It cannot end earlier.", field="on")
    check_code("job_end_reasons", reason, field="reason")
    if reason == "other":
        check_words(words, field="words", sentence="Say what the reason is.")
    if heard_on is not None and heard_on > clock.today():
        raise DomainError("This date is in the future. Enter today or an earlier date.", field="heard_of_end_on")
    if heard_on is not None and heard_on < job.started_on:
        raise DomainError("This is before the job started. Check the date.", field="heard_of_end_on")
    after = job.weeks.filter(week__gt=on, paid_minutes__gt=0).order_by("-week").first()
    if after is not None:
        raise DomainError(
            f"Hours are recorded for the week of {day_words(after.week)}, after this day. Correct one of the two.",
            field="on",
        )


# Hours


def check_monday(week: date) -> None:
    if week.weekday() != 0:
        raise DomainError("A week is named by its Monday.", field="week")


def check_week(job: JobSpell, week: date, *, field: str) -> None:
    """A week of the job that is over: then its hours can no longer grow."""
    check_monday(week)
    if not spell(job).open_between(week, rules.sunday(week)):
        raise DomainError(f"The job was not held in the week of {day_words(week)}.", field=field)
    if not week_is_over(week):
        raise DomainError("This week is not over yet. Record its hours from Sunday on.", field=field)


def check_minutes(minutes: int | None, elsewhere: int, *, field: str) -> None:
    """Hours of one week, with those of the other jobs, fit into a week."""
    if minutes is None:
        return
    if minutes < 0:
        raise DomainError("Hours cannot be below 0.", field=field)
    if minutes + elsewhere > MINUTES_IN_A_WEEK:
        other = f" With {in_words(elsewhere)} in another job this is too much." if elsewhere else ""
        raise DomainError(f"A week has 168 hours.{other}", field=field)


def check_evidence(client: Client, key: str, *, own: bool, field: str) -> None:
    """A known kind; the client gives their word; a kind that needs the employer needs consent to speak to them."""
    check_code("evidence_types", key, field=field)
    if own and key != "client_word":
        raise DomainError("Your own hours are recorded as your word.", field=field)
    if codes("work", "evidence_types")[key].get("needs_employer_contact"):
        try:
            check_consents_to(client, Consent.Layer.EMPLOYER_CONTACT)
        except DomainError as refusal:
            raise DomainError(refusal.sentence, field=field) from None


# Adjustments


def check_adjustment(job: JobSpell | None, placement: Placement | None) -> None:
    if (job is None) == (placement is None):
        raise DomainError("An adjustment belongs to one job or one placement.")
    ended = (job or placement).ended_on  # type: ignore[union-attr]
    if ended is not None:
        raise DomainError("This has ended, so nothing more can be agreed for it.")


def check_review_on(agreed_on: date, review_on: date | None) -> None:
    if review_on is not None and review_on < agreed_on:
        raise DomainError("Look at it again after it was agreed. Check the date.", field="review_on")


def check_effect(effect: str) -> None:
    if effect not in effects():
        raise DomainError("Choose one from the list.", field="effect")


def effects() -> dict[str, str]:
    """How well an adjustment works, in words."""
    return {row["key"]: row["label"] for row in document("work", "adjustments")["effects"]["options"]}
