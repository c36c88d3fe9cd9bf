"""How clients come to the service, by each route, and onto a caseload."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import date, datetime, timedelta
from random import Random

from pacework.service.cases import actions as cases
from pacework.service.core import clock
from pacework.service.core.audit import trace, transaction_with_trace
from pacework.service.demo.journey import Journey
from pacework.service.demo.timeline import DAY, Story, moment
from pacework.service.demo.words import chance, rows, weighted
from pacework.service.demo.world import Case, World
from pacework.service.people.models import Team, User
from pacework.service.recruitment import actions as recruitment
from pacework.service.recruitment.actions.incoming import Person, listed_referral
from pacework.service.recruitment.actions.steps import programme_for_new
from pacework.service.recruitment.models import Referral

# Days before today on which a practice searched its records and sent letters.
LISTS = (520, 430, 335, 240, 130, 26)
FATES = {
    "no_reply": 0.79,
    "declined": 0.07,
    "do_not_contact": 0.02,
    "not_reached": 0.04,
    "no_paid_work_now": 0.03,
    "already_supported": 0.02,
    "in_work_no_help_wanted": 0.02,
    "too_unwell_own_choice": 0.01,
}

Welcome = Callable[[Case], None]
# A story that ends with the referral, and the HCP who made it if one did.
CameIn = Generator[datetime, None, tuple[Referral, User | None]]


def person_of(world: World, team: str, age: int) -> Person:
    """Somebody new, as a form or a list gives them."""
    told = world.cast.person(team, age)
    own = ("first_name", "last_name", "birth_date", "nhs_number", "phone", "email", "postcode")
    return Person(
        **{name: told.pop(name) for name in own if name in told},
        more=told,
    )


def come(world: World, journey: Journey, welcome: Welcome) -> Story:
    """One client's way in. ``welcome`` starts what follows once somebody carries them."""
    rng = world.rng(f"arrival {journey.number}")
    person = person_of(world, journey.team, journey.persona["age"])
    team = world.teams[journey.team]
    if journey.route in ("consultation", "pain_service", "jobcentre", "other"):
        referral, referrer = yield from _referred(world, journey, person, team, rng)
    elif journey.route == "record_search":
        referral, referrer = yield from _from_a_list(world, journey, person, team, rng)
    else:
        referral, referrer = yield from _by_themselves(world, journey, person, team, rng)
    case = Case(journey, referral.client, world.rng(f"case {journey.number}"), referrer=referrer)
    world.cases.append(case)
    yield from _allocated(world, case, welcome)


def _referred(world: World, journey: Journey, person: Person, team: Team, rng: Random) -> CameIn:
    """An HCP, or the lead who took a call, refers with the person's agreement: support begins at once."""
    by_hcp = journey.route in ("consultation", "pain_service")
    demo_hcp = journey.team == "wendle" and (journey.special == "star" or chance(rng, 0.4))
    by = world.lead(journey.team)
    if by_hcp:
        by = world.staff["hcp_gp_wendle"] if demo_hcp else world.hcp(journey.team, rng)
    yield moment(journey.entered, rng.randint(9, 12), rng.randint(0, 59))
    status, ended = work_status(journey, rng)
    referral = recruitment.refer(
        person,
        by=by,
        team=team,
        shares=journey.shares,
        route="" if by_hcp else journey.route,
        reason=rng.choice(rows("referral_reasons", "reasons")) if by_hcp else "",
        wants_work=journey.persona.get("why_now", ""),
        referrer_words=""
        if by_hcp
        else rng.choice(("Work coach, Castle Wendle", "Housing officer", "Union rep")),
        status=status,
        last_job_ended_on=ended,
    )
    return referral, by if by_hcp else None


def _by_themselves(world: World, journey: Journey, person: Person, team: Team, rng: Random) -> CameIn:
    """They ask for support; the lead rings them, and some days later they say yes."""
    came = journey.entered - timedelta(days=rng.randint(2, 9))
    yield moment(came, rng.randint(7, 21), rng.randint(0, 59))
    referral = recruitment.refer_self(
        person,
        team=team,
        wants_work=journey.persona.get("why_now", ""),
        poster=journey.route == "poster_text",
    )
    yield moment(journey.entered - DAY, 15, rng.randint(0, 59))
    _screen(world, journey, referral, rng)
    yield moment(journey.entered, 10, rng.randint(0, 59))
    return _agree(world, journey, referral), None


def _from_a_list(world: World, journey: Journey, person: Person, team: Team, rng: Random) -> CameIn:
    """Found in a practice's records, written to, and one of the few who answer."""
    days = [world.today - timedelta(days=ago) for ago in LISTS]
    listed = max((day for day in days if day <= journey.entered - timedelta(days=14)), default=days[0])
    lead = world.lead(journey.team)
    yield moment(listed, 9, 5)
    referral = put_on_list(person, team, lead)
    yield moment(listed + 2 * DAY, 11, 0)
    recruitment.approach(referral, by=lead, on=clock.today())
    reply = max(listed + 4 * DAY, journey.entered - timedelta(days=rng.randint(5, 12)))
    if reply > listed + timedelta(days=24):
        yield moment(listed + timedelta(days=23), 11, 0)
        recruitment.remind(referral, by=lead, on=clock.today())
    yield moment(reply, 14, rng.randint(0, 59))
    recruitment.reply(
        referral, by=lead, on=clock.today(), answer="yes", wants_work=journey.persona.get("why_now", "")
    )
    yield moment(journey.entered - DAY, 16, rng.randint(0, 59))
    _screen(world, journey, referral, rng)
    yield moment(journey.entered, 10, rng.randint(0, 59))
    return _agree(world, journey, referral), None


def _screen(world: World, journey: Journey, referral: Referral, rng: Random) -> None:
    status, ended = work_status(journey, rng)
    recruitment.screen(
        referral,
        by=world.lead(journey.team),
        on=clock.today(),
        answers={"wants_to_work": True},
        status=status,
        last_job_ended_on=ended,
        support_needs=journey.persona.get("worries", "") if chance(rng, 0.3) else "",
    )


def _agree(world: World, journey: Journey, referral: Referral) -> Referral:
    return recruitment.record_agreement(
        referral,
        by=world.lead(journey.team),
        on=clock.today(),
        how="spoken",
        service=True,
        health_sharing=journey.shares,
    )


def work_status(journey: Journey, rng: Random) -> tuple[str, date | None]:
    """Whether they are in work when they come, and when the last job ended."""
    persona = journey.persona
    if persona["status"] == "in":
        return weighted(rng, {"employed": 0.5, "off_sick": 0.5}), None
    history = persona.get("work_history") or []
    ended = None
    if history and chance(rng, 0.9):
        ended = journey.entered - timedelta(days=int(history[0]["ago"] * 365) + rng.randint(20, 200))
    return weighted(rng, {"unemployed": 0.6, "inactive": 0.34, "student": 0.06}), ended


def _allocated(world: World, case: Case, welcome: Welcome) -> Story:
    """The lead offers the client to a worker, who takes them on."""
    journey, lead = case.journey, world.lead(case.journey.team)
    if journey.special == "declined":
        yield moment(journey.entered + 6 * DAY, 12, 15)
        asked = world.of_role("esw", journey.team)[1]
        offer = cases.allocate(case.episode, by=lead, esw=asked)
        yield moment(journey.entered + 8 * DAY, 9, 20)
        cases.decline(offer, by=asked, note="We are neighbours, so somebody else would be better.")
    if journey.offered is None:
        return
    yield moment(journey.offered, 13, case.rng.randint(0, 59))
    esw = world.staff[journey.first_esw]
    offer = cases.allocate(case.episode, by=lead, esw=esw)
    case.esw = esw
    if journey.accepted is None:
        return
    yield moment(journey.accepted, 15, case.rng.randint(0, 59))
    cases.accept(offer, by=esw)
    welcome(case)


# People on a list who do not come


def put_on_list(person: Person, team: Team, by: User) -> Referral:
    """A new record with a referral that nobody has written to yet, as a list brings it."""
    with transaction_with_trace("put_on_list"):
        details = {
            name: getattr(person, name) for name in ("first_name", "last_name", "birth_date", "nhs_number")
        }
        details |= {"phone": person.phone, "email": person.email, "postcode": person.postcode, **person.more}
        client = cases.register_client(by=by, team=team, **details)
        referral = listed_referral(
            client, route="record_search", team=team, programme=programme_for_new(), by=by
        )
        referral.save()
        trace("referral.listed", referral, by=by, fields=["client", "route", "team", "programme", "preset"])
    return referral


def mail_out(world: World, number: int, size: int) -> Story:
    """One practice's list: letters, a reminder, and for most people no answer."""
    rng = world.rng(f"list {number}")
    day = world.today - timedelta(days=LISTS[number])
    key = list(world.teams)[number % len(world.teams)]
    team, lead = world.teams[key], world.lead(key)
    yield moment(day, 9, 0)
    listed = [put_on_list(person_of(world, key, rng.randint(22, 64)), team, lead) for _ in range(size)]
    yield moment(day + 2 * DAY, 10, 30)
    sent = recruitment.approach_many(listed, by=lead, on=clock.today())
    for referral in sent:
        world.timeline.begin(_after_the_letter(referral, lead, world.rng(f"letter {number} {referral.pk}")))


def _after_the_letter(referral: Referral, lead: User, rng: Random) -> Story:
    sent = clock.today()
    fate = weighted(rng, FATES)
    if fate == "not_reached":
        yield moment(sent + timedelta(days=rng.randint(4, 12)), 11, 20)
        recruitment.end(referral, by=lead, reason=fate)
        return
    if fate == "no_reply":
        yield moment(sent + timedelta(days=21), 11, 0)
        recruitment.remind(referral, by=lead, on=clock.today())
        yield moment(sent + timedelta(days=49), 11, 0)
        recruitment.end(referral, by=lead, reason=fate)
        return
    yield moment(sent + timedelta(days=rng.randint(3, 30)), 14, rng.randint(0, 59))
    answer = {"declined": "no", "do_not_contact": "no_contact"}.get(fate, "yes")
    recruitment.reply(referral, by=lead, on=clock.today(), answer=answer)
    if answer != "yes":
        return
    yield moment(clock.today() + timedelta(days=rng.randint(2, 9)), 15, 0)
    recruitment.end(referral, by=lead, reason=fate)
