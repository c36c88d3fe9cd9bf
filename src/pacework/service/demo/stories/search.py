"""Looking for work: what may be said, employers asked with a client in mind, applications, placements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from pacework.service.core import clock
from pacework.service.demo.stories.openings import Workplace, keep_step
from pacework.service.demo.stories.support import log
from pacework.service.demo.timeline import DAY, Story, moment
from pacework.service.demo.words import chance, fill, fitting, weighted
from pacework.service.demo.world import Case, World
from pacework.service.employers import actions as employers
from pacework.service.employers.models import Vacancy
from pacework.service.employers.policies import disclosure_for
from pacework.service.work import actions as work
from pacework.service.work.models import Placement

WORDS = {
    "nothing": "Reliable, knows the trade, wants mornings.",
    "adjustments": "Needs a short break each hour and a place to sit. Works well with both.",
    "condition": "Lives with long-term pain and manages it. Breaks and a stool are what it takes.",
}
ENDS = {"not_chosen": 0.42, "no_answer": 0.33, "vacancy_gone": 0.12, "withdrawn": 0.13}


def disclosure(world: World, case: Case) -> Story:
    """The client says what employers may be told; some think again later."""
    rng, journey = case.rng, case.journey
    if not journey.disclosure or journey.searching is None:
        return
    yield moment(journey.searching - timedelta(days=rng.randint(2, 7)), 12, 25)
    if not case.open:
        return
    who, what = journey.disclosure.split("/")
    _agree(world, case, who, what, rng)
    if chance(rng, 0.3):
        log(world, case, rng, "disclosure")
    if chance(rng, 0.12):
        yield moment(clock.today() + timedelta(days=rng.randint(50, 120)), 12, 25)
        if case.open and who == "not_at_all":
            _agree(world, case, "unnamed", "nothing", rng)


def _agree(
    world: World, case: Case, who: str, what: str, rng: Random, place: Workplace | None = None
) -> None:
    said = who != "not_at_all"
    expires = (
        clock.today() + timedelta(days=rng.choice((120, 180, 365, 365)))
        if chance(rng, 0.4) and said
        else None
    )
    employers.agree_disclosure(
        case.client,
        by=world.at_work(case),
        employer=place.employer if place else None,
        who=who,
        what=what,
        may_say=WORDS[what] if said else "",
        must_not_say="Earlier jobs and why they ended" if chance(rng, 0.2) else "",
        who_tells=rng.choice(("client", "esw", "together")) if what != "nothing" else "",
        expires_on=expires,
        agreed_how=rng.choice(("spoken", "signed")),
    )


def searching(world: World, case: Case) -> Story:
    """Week after week: employers with this client in mind, and applications."""
    rng, journey = case.rng, case.journey
    if journey.searching is None:
        return
    yield moment(world.working_day(world.at_work(case), journey.searching), rng.randint(9, 16), 35)
    while case.open:
        if busy(case, clock.today()):
            yield moment(clock.today() + timedelta(days=21), 10, 35)
            continue
        place = fitting_place(world, case, rng)
        if place is not None and chance(rng, 0.75):
            ask(world, case, place, rng)
        if chance(rng, 0.32):
            world.timeline.begin(_apply(world, case, world.rng(f"try {journey.number} {clock.today()}")))
        worker = world.at_work(case)
        yield moment(
            world.working_day(worker, clock.today() + timedelta(days=rng.randint(9, 26))),
            rng.randint(9, 16),
            35,
        )


def busy(case: Case, day: date) -> bool:
    """Nobody searches while a job is held or about to start."""
    journey = case.journey
    if journey.starts_soon and day > journey.starts_soon - timedelta(days=20):
        return True
    soon = timedelta(days=14)
    return any(
        job.start - soon <= day and (job.end is None or day <= job.end + timedelta(days=7))
        for job in journey.jobs
    )


def fitting_place(world: World, case: Case, rng: Random) -> Workplace | None:
    """An employer in the team's area, in a trade the client wants if there is one."""
    near = [place for place in world.workplaces.values() if place.team == case.journey.team]
    wanted = [place for place in near if place.data["sector"] in case.journey.persona.get("wants", ())]
    pool = wanted or near
    return rng.choice(pool) if pool else None


def ask(world: World, case: Case, place: Workplace, rng: Random, purpose: str = "match") -> None:
    """Speak to an employer with a client in mind, as far as the client's answer for them allows."""
    found = disclosure_for(case.client, place.employer)
    if not found.may_link:
        return
    named = found.may_name and chance(rng, 0.7)
    notes = fitting("employer_notes", "notes", purpose=purpose, client_specific=True, named=named)
    if not notes:
        return
    note = rng.choice([one for one in notes if one["text"] not in case.noted] or notes)
    case.noted.add(note["text"])
    person = rng.choice(place.people)
    name = case.name if named else "the client"
    step = fill(note.get("next", ""), name=name, person=person.name)
    due = None
    if step and clock.today() > world.today - timedelta(days=45) and chance(rng, 0.6):
        due = world.working_day(world.at_work(case), clock.today() + timedelta(days=rng.randint(2, 14)))
    match = weighted(rng, {"matches": 0.6, "does_not": 0.2, "not_asked": 0.2})
    why = {
        "matches": "The kind of work and the hours asked for",
        "does_not": "Too far, or too much standing",
        "not_asked": "",
    }
    contact = employers.log_contact_about(
        case.client,
        place.employer,
        by=world.at_work(case),
        on=clock.today(),
        mode=note["mode"],
        purpose=purpose,
        client_named=named,
        match=match,
        match_why=why[match],
        site=place.site,
        person=person,
        note=fill(note["text"], name=name, person=person.name),
        next_step=step,
        next_step_on=due,
        confirmed=True,
    )
    if due and world.is_kept(due, rng):
        world.timeline.begin(keep_step(world, contact), moment(due, 15, 50))


def open_vacancy(world: World, case: Case, rng: Random, most: float = 24) -> Vacancy | None:
    """A vacancy open today in the team's area, not tried yet, of at most so many hours if there is one."""
    near = {
        place.employer.pk: place for place in world.workplaces.values() if place.team == case.journey.team
    }
    new = [one for one in world.vacancies if one.title not in case.tried]
    found = [one for one in new if one.employer_id in near]
    wanted = [
        one for one in found if near[one.employer_id].data["sector"] in case.journey.persona.get("wants", ())
    ]
    short = [[one for one in some if (one.hours_a_week or 0) <= most] for some in (wanted, found)]
    pool = short[0] or short[1] or wanted or found
    if not pool:
        return None
    vacancy = rng.choice(pool)
    case.tried.add(vacancy.title)
    return vacancy


def weekday_in(days: int) -> date:
    """So many days from today, or the Monday after: employers answer on weekdays."""
    day = clock.today() + timedelta(days=days)
    return day if day.weekday() < 5 else clock.monday(day) + timedelta(days=7)


def _apply(world: World, case: Case, rng: Random) -> Story:
    """One application that does not end in a job."""
    vacancy = open_vacancy(world, case, rng)
    if vacancy is None:
        return
    application = work.add_application(
        case.episode,
        by=world.at_work(case),
        title="",
        vacancy=vacancy,
        match_why=rng.choice(("Hours fit", "Close to home", "Likes the people there", "")),
    )
    yield moment(weekday_in(rng.randint(1, 6)), 13, 5)
    if not case.open:
        return
    if chance(rng, 0.2):
        work.end_application(
            application, by=world.at_work(case), outcome=rng.choice(("withdrawn", "vacancy_gone"))
        )
        return
    work.move_application(application, by=world.at_work(case), to="applied")
    yield moment(weekday_in(rng.randint(6, 24)), 13, 5)
    if not case.open:
        return
    if chance(rng, 0.35):
        work.move_application(application, by=world.at_work(case), to="interview")
        yield moment(weekday_in(rng.randint(3, 12)), 13, 5)
        if not case.open:
            return
    work.end_application(application, by=world.at_work(case), outcome=weighted(rng, ENDS))


# Trying work out


def name_to(world: World, case: Case, place: Workplace, rng: Random) -> None:
    """The client lets this one employer know who they are."""
    if not disclosure_for(case.client, place.employer).may_name:
        what = case.journey.disclosure.partition("/")[2] or "nothing"
        employers.agree_disclosure(
            case.client,
            by=world.at_work(case),
            employer=place.employer,
            who="named",
            what=what,
            may_say=WORDS[what],
            who_tells="together" if what != "nothing" else "",
            agreed_how="spoken",
        )


def waiting_for_place(world: World, case: Case) -> Story:
    """The client waits for a place, and is told every few weeks how that stands."""
    rng, journey = case.rng, case.journey
    if not journey.waits_for_place or journey.searching is None:
        return
    yield moment(
        max(journey.searching, world.today - timedelta(days=80)) + timedelta(days=rng.randint(1, 30)), 11, 45
    )
    place = _place_with_opportunity(world, case, rng, free=False)
    if not case.open or place is None or place.opportunity is None or busy(case, clock.today()):
        return
    wait = employers.add_wait(case.client, place.opportunity, by=world.at_work(case))
    while True:
        yield moment(clock.today() + timedelta(days=rng.randint(8, 26)), 11, 45)
        if not case.open:
            return
        if busy(case, clock.today()):
            employers.end_wait(wait, by=world.at_work(case), reason="no_longer")
            return
        employers.tell_waiting(
            wait,
            by=world.at_work(case),
            words=rng.choice(("Nothing new yet.", "Next month, they say.", "First on the list now.")),
        )


def _place_with_opportunity(world: World, case: Case, rng: Random, *, free: bool) -> Workplace | None:
    found = [
        place
        for place in world.workplaces.values()
        if place.team == case.journey.team
        and place.opportunity is not None
        and place.opportunity.state == "agreed"
    ]
    if free:
        found = [place for place in found if world.taken[place.data["key"]] < place.opportunity.places]  # type: ignore[union-attr]
    return rng.choice(found) if found else None


def placement(world: World, case: Case) -> Story:
    """A supported try-out: agreed, built up week by week, a bad week in between, ended as planned."""
    rng, journey = case.rng, case.journey
    if journey.placement is None or not journey.may_talk:
        return
    yield moment(journey.placement - timedelta(days=9), 10, 15)
    place = _place_with_opportunity(world, case, rng, free=True)
    if not case.open or place is None or in_work(case):
        return
    name_to(world, case, place, rng)
    ask(world, case, place, rng, "arrange_placement")
    first = clock.monday(clock.today() + timedelta(days=7))
    hours, weeks = Decimal(rng.choice((8, 10, 12))), rng.choice((4, 6))
    placed = work.plan_placement(
        case.episode,
        by=world.at_work(case),
        planned_from=first,
        planned_until=first + timedelta(days=7 * weeks - 3),
        planned_hours=hours,
        opportunity=place.opportunity,
        start_hours=Decimal(4),
        build_weeks=3,
    )
    world.taken[place.data["key"]] += 1
    yield moment(first, 12, 5)
    if case.open:
        work.start_placement(placed, by=world.at_work(case))
        if chance(rng, 0.7):
            work.agree_adjustment(
                case.episode,
                by=world.at_work(case),
                kind=rng.choice(("rest_breaks", "sit_stand", "no_heavy_lifting")),
                placement=placed,
                review_on=clock.today() + timedelta(days=14),
            )
        yield from _weeks(world, case, placed, first, weeks, int(hours * 60), rng)
    world.taken[place.data["key"]] -= 1
    if case.open:
        work.end_placement(
            placed,
            by=world.at_work(case),
            reason=weighted(
                rng, {"completed": 0.6, "learned_not_for_me": 0.2, "pain": 0.12, "employer_changed": 0.08}
            ),
            words="Mornings yes, standing no, people yes.",
        )


def _weeks(
    world: World, case: Case, placed: Placement, first: date, weeks: int, full: int, rng: Random
) -> Iterator[datetime]:
    for number in range(weeks):
        week = first + timedelta(days=7 * number)
        yield moment(week + 4 * DAY, 16, 5)
        if not case.open:
            return
        bad = chance(rng, 0.14)
        planned = min(full, 240 + number * max(0, full - 240) // 2)
        done = planned // 2 if bad else planned
        work.record_placement_week(
            placed,
            by=world.at_work(case),
            week=week,
            done_minutes=done,
            lost_to_pain=bad,
            note="Two days off, back on Thursday" if bad else "",
        )
        if number in (0, weeks - 1) or chance(rng, 0.3):
            part = {0: "first", weeks - 1: "last"}.get(number)
            log(world, case, rng, "placement", attendance="attended", part=part)


def in_work(case: Case) -> bool:
    """Whether a paid job is held now."""
    return case.episode.in_work_since is not None
