"""Offers, jobs, hours week by week, flares, in-work support, and what comes after a job."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from pacework.service.core import clock
from pacework.service.demo.journey import Job
from pacework.service.demo.stories.openings import Workplace
from pacework.service.demo.stories.search import ask, fitting_place, name_to, open_vacancy, weekday_in
from pacework.service.demo.stories.support import log
from pacework.service.demo.timeline import DAY, WEEK, Story, known, moment
from pacework.service.demo.words import chance, fitting, weighted
from pacework.service.demo.world import Case, World
from pacework.service.employers.policies import disclosure_for
from pacework.service.work import actions as work
from pacework.service.work.actions import WeekTyped
from pacework.service.work.models import Application

LONGER = 6  # hours a week by which a job may go beyond what was looked for
FIND_PAY = (12.95, 13.1, 13.4, 13.85, 14.2)
# Number of a week at work, from 0 → the part of a job that its note speaks of.
PARTS = {0: "week_1", 2: "week_3", 8: "month_2", 12: "week_13"}
EVIDENCE = {"client_word": 0.35, "payslip": 0.45, "timesheet": 0.12, "bank_statement": 0.08}


def jobs(world: World, case: Case) -> Story:
    """Every job of the journey, one after the other."""
    for number, job in enumerate(case.journey.jobs):
        rng = world.rng(f"job {case.journey.number} {number}")
        if job.held:
            yield from _held(world, case, job, rng)
        else:
            yield from _offer_and_start(world, case, job, rng)
        if not case.open:
            return
    if case.journey.starts_soon:
        rng = world.rng(f"soon {case.journey.number}")
        yield moment(case.journey.starts_soon - timedelta(days=20), 13, 25)
        yield from _offered(world, case, case.journey.starts_soon, 16 + LONGER, rng)


def _held(world: World, case: Case, job: Job, rng: Random) -> Story:
    """A job somebody had when support began, recorded at the first long talk."""
    yield moment(known(case.journey.accepted) + timedelta(days=rng.randint(1, 4)), 16, 45)
    if not case.open:
        return
    last = case.journey.persona["work_history"][0]
    spell = work.record_job(
        case.episode,
        by=world.at_work(case),
        title=last["role"],
        employer_words=last["employer"][:1].upper() + last["employer"][1:],
        contract="permanent",
        started_on=job.start,
        weekly_hours=Decimal(str(job.hours)),
        hourly_pay=Decimal(str(rng.choice(FIND_PAY))),
        held_at_entry=True,
        open_to_anyone=True,
        usual_rate=True,
        set_aside=False,
        how_found="had_at_entry",
    )
    since = clock.monday(known(case.journey.accepted))
    yield from _weeks(world, case, job, spell, since, rng)


def _offered(
    world: World, case: Case, start: date, most: float, rng: Random
) -> Generator[datetime, None, Application | None]:
    """An application that goes all the way. Its last step is an accepted offer with a first day."""
    if not case.open:
        return None
    vacancy = open_vacancy(world, case, rng, most)
    place = fitting_place(world, case, rng)
    worker = world.at_work(case)
    told: dict[str, Any] = {"title": "", "vacancy": vacancy}
    if vacancy is None:
        told = {
            "title": rng.choice(("Shop assistant", "Office assistant", "Kitchen helper", "Driver's mate"))
        }
        told |= {"employer": place.employer} if place else {"employer_words": "A firm they know"}
    application = work.add_application(
        case.episode, by=worker, match_why="Hours, distance and the kind of work", **told
    )
    yield moment(weekday_in(rng.randint(1, 3)), 11, 25)
    if not case.open:
        return None
    work.move_application(application, by=world.at_work(case), to="applied")
    yield moment(weekday_in(rng.randint(3, 6)), 11, 25)
    if not case.open:
        return None
    work.move_application(application, by=world.at_work(case), to="interview")
    log(world, case, rng, "interview", attendance="attended")
    yield moment(weekday_in(rng.randint(2, 4)), 11, 25)
    if not case.open:
        return None
    work.move_application(application, by=world.at_work(case), to="offer")
    work.end_application(
        application, by=world.at_work(case), outcome="accepted", starts_on=max(start, clock.today())
    )
    return application


def _offer_and_start(world: World, case: Case, job: Job, rng: Random) -> Story:
    job.start = max(job.start, known(case.journey.accepted) + timedelta(days=25))
    yield moment(job.start - timedelta(days=21), 13, 25)
    application = yield from _offered(world, case, job.start, job.hours + LONGER, rng)
    if application is None:
        return
    place = _place_of(world, application.employer_id)
    if place is not None and case.journey.may_talk and case.journey.disclosure.startswith("named"):
        name_to(world, case, place, rng)
    yield moment(max(job.start - 3 * DAY, clock.today()), 15, 25)
    if not case.open:
        return
    if chance(rng, 0.85):
        log(world, case, rng, "before_start", attendance="attended")
    started = max(job.start, clock.today())
    yield moment(started, 17, 25)
    if not case.open:
        return
    spell = _record(world, case, job, application, place, started, rng)
    if place is not None and place.opportunity is None and chance(rng, 0.3):
        ask(world, case, place, rng, "in_work")
    yield from _weeks(world, case, job, spell, clock.monday(started), rng)


def _record(
    world: World, case: Case, job: Job, application: Any, place: Workplace | None, started: date, rng: Random
) -> Any:
    vacancy = application.vacancy
    hours = float(vacancy.hours_a_week) if vacancy and vacancy.hours_a_week else job.hours
    job.hours = min(hours, job.hours + LONGER)
    told = disclosure_for(case.client, place.employer) if place else None
    said = (
        {"nothing": "nothing", "adjustments": "adjustments", "condition": "condition"}[told.what.value]
        if told
        else "nothing"
    )
    spell = work.record_job(
        case.episode,
        by=world.at_work(case),
        title=application.title,
        employer=application.employer,
        employer_words=application.employer_words,
        application=application,
        contract=weighted(rng, {"permanent": 0.6, "fixed_term": 0.16, "zero_hours": 0.1, "temporary": 0.14}),
        started_on=started,
        weekly_hours=Decimal(str(job.hours)),
        hourly_pay=vacancy.pay if vacancy else Decimal(str(rng.choice(FIND_PAY))),
        occupation=vacancy.occupation if vacancy else "",
        open_to_anyone=True,
        usual_rate=True,
        set_aside=False,
        how_found=rng.choice(("esw_employer", "esw_employer", "advert", "known_person", "asked_direct")),
        disclosed=said,
    )
    for kind in rng.sample(
        (
            "rest_breaks",
            "later_start",
            "sit_stand",
            "swap_days",
            "chair_desk",
            "bad_day_rule",
            "buddy",
        ),
        rng.choice((0, 1, 1, 2)),
    ):
        adjustment = work.agree_adjustment(
            case.episode,
            by=world.at_work(case),
            kind=kind,
            job=spell,
            review_on=started + timedelta(days=rng.choice((14, 28, 42))),
        )
        if world.is_kept(known(adjustment.review_on), rng):
            world.timeline.begin(
                _look_again(world, case, adjustment, rng), moment(known(adjustment.review_on), 16, 55)
            )
    return spell


def _look_again(world: World, case: Case, adjustment: Any, rng: Random) -> Story:
    if case.open:
        effect = weighted(
            rng,
            {"helps": 0.5, "helps_some": 0.25, "no_difference": 0.08, "not_in_place": 0.12, "stopped": 0.05},
        )
        again = clock.today() + timedelta(days=56) if effect in ("helps_some", "not_in_place") else None
        work.review_adjustment(adjustment, by=world.at_work(case), effect=effect, review_on=again)
    return
    yield


def _place_of(world: World, employer_id: int | None) -> Workplace | None:
    return next((place for place in world.workplaces.values() if place.employer.pk == employer_id), None)


def _weeks(world: World, case: Case, job: Job, spell: Any, week: date, rng: Random) -> Story:
    """Contacts as promised (within 3 days, weekly for a month, then monthly) with the hours."""
    first = week
    begun = clock.today()
    if not job.held:
        yield moment(begun + 2 * DAY, 16, 15)
        if not case.open:
            return
        log(world, case, rng, "in_work", attendance="attended", part="first_days")
    typed: list[WeekTyped] = []
    while True:
        end = job.end
        sunday = week + 6 * DAY
        if end is not None and end <= sunday:
            yield moment(end, 18, 0)
            if not case.open:
                return
            _keep(world, case, spell, typed)
            yield from _ended(world, case, job, spell, week, rng)
            return
        yield moment(week + WEEK, 17, 35)
        if not case.open:
            return
        number = (week - first).days // 7
        typed.append(_week(job, week, number, begun if number == 0 and not job.held else None, rng))
        if _hours_are_due(world, week, number):
            _keep(world, case, spell, typed)
            typed = []
        if number < 4 or number % 4 == 0:
            _in_touch(world, case, job, number, rng)
        week += WEEK


def _in_touch(world: World, case: Case, job: Job, number: int, rng: Random) -> None:
    """The talk at the end of a week at work; some weeks of a new job have their own."""
    if number in job.flares and chance(rng, 0.6):
        log(world, case, rng, "flare")
    elif number in PARTS and not job.held:
        log(world, case, rng, "in_work", attendance="attended", part=PARTS[number])
    else:
        late = (job.held or number > 8) and chance(rng, 0.4)
        log(world, case, rng, "in_work", part="later" if late else None)


def _hours_are_due(world: World, week: date, number: int) -> bool:
    """Hours are written down every few weeks; lately more often, so that today's pages are up to date."""
    lately = week + 10 * WEEK > world.today
    return (
        number in (1, 4) or number % 8 == 0 or (lately and number % 2 == 1) or week + 2 * WEEK > world.today
    )


def _week(job: Job, week: date, number: int, begun: date | None, rng: Random) -> WeekTyped:
    share = rng.uniform(0.94, 1.06)
    lost = number in job.flares
    if lost:
        share = rng.choice((0.0, 0.3, 0.5))
    if begun is not None:
        share *= max(1, 5 - begun.weekday()) / 5
    minutes = round(job.hours * 60 * share / 15) * 15
    return WeekTyped(week, minutes, evidence=weighted(rng, EVIDENCE), lost_to_pain=lost)


def _keep(world: World, case: Case, spell: Any, typed: list[WeekTyped]) -> None:
    if typed:
        work.record_hours(spell, by=world.at_work(case), weeks=list(typed))


def _ended(world: World, case: Case, job: Job, spell: Any, week: date, rng: Random) -> Story:
    lessons = fitting("lessons", "lessons", reason=job.end_reason)
    lesson = rng.choice(lessons) if lessons else {"client": "", "team": "", "next": ""}
    work.end_job(
        spell,
        by=world.at_work(case),
        reason=job.end_reason,
        words=lesson["client"],
        lessons=" ".join(part for part in (lesson["team"], lesson["next"]) if part),
        heard_of_end_on=clock.today(),
    )
    worked = _week(job, week, 99, None, rng)
    yield moment(clock.today() + 2 * DAY, 11, 5)
    if not case.open:
        return
    why = job.end_reason if job.end_reason in ("contract_ended", "pain") else None
    log(world, case, rng, "job_ended", attendance="attended", part=why)
    if clock.today() > week + 6 * DAY:
        part = WeekTyped(week, (worked.minutes or 0) // 2, evidence="payslip")
        work.record_hours(spell, by=world.at_work(case), weeks=[part])
