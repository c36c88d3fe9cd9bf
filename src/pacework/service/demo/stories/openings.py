"""Employers and what they offer: visits over months, vacancies that come and go, places to try work out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from random import Random

from pacework.service.core import clock
from pacework.service.demo.stories.vacancy_details import find_out
from pacework.service.demo.timeline import DAY, Story, moment
from pacework.service.demo.words import Row, chance, fill, fitting, row, rows
from pacework.service.demo.world import World, weeks_before
from pacework.service.employers import actions as employers
from pacework.service.employers.models import (
    Employer,
    EmployerContact,
    EmployerPerson,
    PlacementOpportunity,
    Site,
    Vacancy,
)
from pacework.service.people.models import User

AREAS = {"wendle": "wendle", "coast": "coast", "city": "pain"}
HOME = {"none": "none", "part": "some", "most": "some", "all": "all"}
REVIEWED_WEEKS = 13


@dataclass
class Workplace:
    """An employer as the demo knows it, once somebody has been there."""

    data: Row
    team: str
    esw: User
    employer: Employer
    site: Site
    people: list[EmployerPerson]
    opportunity: PlacementOpportunity | None = None
    vacancies: list[Vacancy] = field(default_factory=list)


def team_of(data: Row) -> str:
    """The team in whose area an employer lies."""
    return AREAS[row("towns", "towns", data["town"])["area"]]


def visit(world: World, data: Row, number: int) -> Story:
    """One employer: found on some day, visited, and visited again."""
    rng = world.rng(f"employer {data['key']}")
    team = team_of(data)
    workers = [
        one for one in world.of_role("esw", team) if one.is_active and world.key_of[one.pk] != "esw_obi"
    ]
    esw = workers[number % len(workers)]
    early = number % 3 == 0
    first = world.today - timedelta(
        days=rng.randint(380, 540) if early else round(rng.triangular(20, 500, 200))
    )
    yield moment(world.working_day(esw, first), 11, rng.randint(0, 59))
    esw = _present(world, esw, team, rng)
    place = _add(world, data, team, esw, rng)
    world.workplaces[data["key"]] = place
    _contact(world, place, "introduce", rng)
    for purpose in _series(rng):
        yield moment(
            world.working_day(esw, clock.today() + timedelta(days=rng.randint(24, 100))),
            rng.randint(9, 16),
            15,
        )
        place.esw = _present(world, place.esw, team, rng)
        _contact(world, place, purpose, rng)


def _series(rng: Random) -> list[str]:
    return ["learn_needs", *(rng.choice(("follow_up", "follow_up", "learn_needs")) for _ in range(14))]


def _present(world: World, esw: User, team: str, rng: Random) -> User:
    """This worker, or a colleague once this one has left."""
    if esw.is_active:
        return esw
    return rng.choice([one for one in world.of_role("esw", team) if one.is_active])


def _add(world: World, data: Row, team: str, esw: User, rng: Random) -> Workplace:
    town = row("towns", "towns", data["town"])
    level = data["disability_confident"]
    employer = employers.add_employer(
        by=esw,
        name=data["name"],
        sector=data["sector"],
        phone=world.cast.phone(),
        disability_confident=level,
        disability_confident_until=world.today + timedelta(days=rng.randint(60, 900))
        if level not in ("none", "unknown")
        else None,
        about=f"{data['does']}. Looks for: {data['looks_for'][0].lower()}{data['looks_for'][1:]}.",
        confirmed=True,
    )
    streets = rows("towns", "streets")
    sites = []
    for one in data["sites"]:
        place = row("towns", "towns", one["town"])
        sites.append(
            employers.add_site(
                employer,
                by=esw,
                name=one["name"],
                address=f"{rng.randint(1, 90)} {rng.choice(streets)}, {place['name']}",
                postcode=world.cast.postcode(place["outward"]),
                getting_there=rng.choice(
                    (
                        "",
                        f"Bus from {town['name']}, every half hour",
                        "Ten minutes from the station",
                        "Parking at the back",
                    )
                ),
            )
        )
    people = [
        employers.add_person(
            employer, by=esw, name=one["name"], job_title=one["role"], site=sites[0], phone=world.cast.phone()
        )
        for one in data["people"]
    ]
    return Workplace(data, team, esw, employer, sites[0], people)


def _contact(world: World, place: Workplace, purpose: str, rng: Random) -> None:
    note = rng.choice(fitting("employer_notes", "notes", purpose=purpose, client_specific=False))
    person = rng.choice(place.people)
    step = note.get("next", "") if chance(rng, 0.8) else ""
    due = None
    if step and chance(rng, 0.8 if clock.today() > world.today - timedelta(days=60) else 0.1):
        due = world.working_day(place.esw, clock.today() + timedelta(days=rng.randint(3, 20)))
    contact = employers.log_contact(
        place.employer,
        by=place.esw,
        on=clock.today(),
        mode=note["mode"],
        purpose=purpose,
        site=place.site,
        person=person,
        note=fill(note["text"], person=person.name),
        next_step=step,
        next_step_on=due,
        confirmed=True,
    )
    if due and world.is_kept(due, rng):
        world.timeline.begin(keep_step(world, contact), moment(due, 16, 40))


def keep_step(world: World, contact: EmployerContact) -> Story:
    """The promise to an employer is kept on its day."""
    going_on = contact.episode is None or contact.episode.closed_on is None
    if contact.esw.is_active and going_on:
        employers.finish_next_step(contact, by=contact.esw)
    return
    yield


def advertise(world: World, data: Row) -> Story:
    """One vacancy of the data: it appears, stands for some weeks, is filled, and may come again."""
    rng = world.rng(f"vacancy {data['key']}")
    yield moment(world.today - timedelta(days=rng.randint(0, 240)), 12, rng.randint(0, 59))
    while True:
        place = world.workplaces.get(data["employer"])
        if place is not None:
            vacancy = _open(world, place, data, rng)
            world.vacancies.append(vacancy)
            yield moment(clock.today() + timedelta(days=rng.randint(25, 80)), 12, 10)
            world.vacancies.remove(vacancy)
            employers.move_vacancy(
                vacancy,
                by=_present(world, place.esw, place.team, rng),
                to="filled" if chance(rng, 0.75) else "withdrawn",
            )
        yield moment(clock.today() + timedelta(days=rng.randint(20, 160)), 12, 20)


def _open(world: World, place: Workplace, data: Row, rng: Random) -> Vacancy:
    place.esw = _present(world, place.esw, place.team, rng)
    vacancy = employers.add_vacancy(
        place.employer,
        by=place.esw,
        title=data["title"],
        site=place.site,
        occupation=data["soc"],
        tasks=data["tasks"],
        hours_a_week=Decimal(str(data["hours"])),
        hours_text=data["shifts_words"],
        pay=Decimal(f"{data['pay']:.2f}"),
        pay_period="hour",
        home_working=HOME[data["home"]],
        flexibility=data["flexibility"],
        closes_on=clock.today() + timedelta(days=rng.randint(30, 90)) if chance(rng, 0.6) else None,
        source=rng.choice(("employer", "employer", "advert")),
    )
    find_out(world, vacancy, data, place.esw)
    return vacancy


def offer_placements(world: World, data: Row, number: int) -> Story:
    """Some employers let people try work out: an idea, asked about, agreed with somebody who looks on."""
    rng = world.rng(f"placement {data['key']}")
    yield moment(world.today - timedelta(days=rng.randint(200, 380)), 14, 5)
    while data["key"] not in world.workplaces:
        yield moment(clock.today() + timedelta(days=14), 14, 5)
    place = world.workplaces[data["key"]]
    opportunity = employers.add_opportunity(
        place.employer,
        by=_present(world, place.esw, place.team, rng),
        title=f"Try-out: {data['looks_for'].split(',')[0].split(' for ')[0].lower()}",
        places=rng.choice((1, 1, 2)),
        site=place.site,
        named_manager=place.people[0],
        tasks=data["looks_for"],
        hours=rng.choice(
            ("Two mornings a week, building up", "Up to 12 hours, days to suit", "Three short days")
        ),
        demands=rng.choice(
            (
                "Standing and walking, nothing heavy",
                "Mostly sitting, some walking",
                "Light lifting, a stool is there",
            )
        ),
        lead_days=rng.choice((5, 7, 10, 14)),
    )
    yield moment(clock.today() + timedelta(days=rng.randint(5, 20)), 14, 5)
    employers.move_opportunity(opportunity, by=_present(world, place.esw, place.team, rng), to="asked")
    yield moment(clock.today() + timedelta(days=rng.randint(7, 40)), 14, 5)
    if number % 6 == 5:
        employers.move_opportunity(
            opportunity,
            by=_present(world, place.esw, place.team, rng),
            to="ended",
            note="Head office said no this year.",
        )
        return
    employers.move_opportunity(opportunity, by=_present(world, place.esw, place.team, rng), to="agreed")
    place.opportunity = opportunity


def reviews(world: World, team: str) -> Story:
    """Every week the lead looks through what each worker logged; a week is missed now and then."""
    rng = world.rng(f"reviews {team}")
    lead = world.lead(team)
    notes = (
        "Good mix of visits.",
        "More face to face next week, please.",
        "Well done on the second visits.",
        "Talk about matching on Thursday.",
        "",
    )
    for back in range(REVIEWED_WEEKS, 0, -1):
        week = weeks_before(world.today, back)
        yield moment(week + timedelta(days=8), 16, 30)
        for esw in world.of_role("esw", team):
            last = back == 1
            if esw.is_active and not chance(rng, 0.5 if last else 0.08):
                employers.review_log(esw, by=lead, week=week, note=rng.choice(notes))
    yield moment(clock.today() + DAY, 17, 0)
