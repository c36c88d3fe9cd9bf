"""Yesterday, today and the days to come: so that every role's Today has something in it, on any weekday."""

from __future__ import annotations

from datetime import time, timedelta

from pacework.service.cases import actions as cases
from pacework.service.contacts import actions as contacts
from pacework.service.contacts.models import Appointment
from pacework.service.core import clock
from pacework.service.demo.stories.arrival import person_of, put_on_list
from pacework.service.demo.stories.support import place_words
from pacework.service.demo.timeline import DAY, Story, known, moment
from pacework.service.demo.words import rows
from pacework.service.demo.world import Case, World
from pacework.service.people.models import Role, User
from pacework.service.plan import actions as plan
from pacework.service.recruitment import actions as recruitment
from pacework.service.recruitment.actions.incoming import Person

# Day from today, hour, minute, place.
DIARY = (
    (-1, 14, 0, "cafe"),
    (0, 9, 30, "cafe"),
    (0, 11, 0, ""),
    (0, 14, 30, "home"),
    (1, 10, 0, "office"),
    (2, 13, 30, "cafe"),
)


def diary(world: World, esw: User) -> Story:
    """Appointments of one worker around today, with clients who have none yet."""
    yield moment(world.today - 2 * DAY, 17, 20)
    mine = [
        case
        for case in world.cases
        if case.open and case.esw is esw and case.journey.accepted and case.next_meeting is None
    ]
    mine = [case for case in mine if case.episode.accepted_on and not case.client.do_not_contact]
    rng = world.rng(f"diary {world.key_of[esw.pk]}")
    rng.shuffle(mine)
    # The client who asks for another day, and the one a visitor becomes, have an appointment for certain.
    mine.sort(key=lambda case: case.journey.special not in ("asks_to_move", "star"))
    # A colleague's appointments do not fall on those of whoever covers for them.
    later = [one for one in world.staff.values() if one.role == Role.ESW].index(esw) % 2
    order = (5, 1, 0, 2, 3, 4) if mine and mine[0].journey.special else range(6)
    for number, case in zip(order, mine, strict=False):
        day, hour, minute, place = DIARY[number]
        hcp = world.hcp(case.journey.team, rng) if number == 3 and case.journey.shares else None
        if case.journey.team == "wendle" and hcp is not None:
            hcp = world.staff["hcp_gp_wendle"]
        appointment = contacts.plan_appointment(
            case.episode,
            by=esw,
            on=world.today + timedelta(days=day),
            at=time(hour + later, minute),
            mode="face_to_face" if place else "phone",
            place=place_words(case.journey.team, place),
            with_hcp=hcp,
        )
        if case.journey.special == "asks_to_move" and case.client.user is not None:
            world.timeline.begin(_ask_to_move(case, appointment), moment(world.today, 6, 40))


def _ask_to_move(case: Case, appointment: Appointment) -> Story:
    contacts.ask_to_move(
        appointment, by=known(case.client.user), words="Bad night. Could we do it on the phone, or later?"
    )
    return
    yield


def steps_of_hcps(world: World) -> Story:
    """Each HCP has agreed to do something for somebody who shares with them, due about now."""
    yield moment(world.today - timedelta(days=8), 12, 40)
    for team in world.teams:
        sharing = [
            case
            for case in world.cases
            if case.open
            and case.journey.team == team
            and case.referrer
            and case.journey.shares
            and case.episode.accepted_on
        ]
        sharing = [
            case for case in sharing if case.journey.special not in ("restricted", "sharing_withdrawn")
        ]
        words = [one["text"] for one in rows("actions") if one["owner"] == "hcp"]
        for number, case in enumerate(sharing[-6:]):
            plan.plan_action(
                case.episode,
                by=world.lead(team),
                words=words[number % len(words)],
                owner="hcp",
                hcp=case.referrer,
                due_on=clock.today() + timedelta(days=6 + 2 * number),
            )


def newcomers(world: World, number: int) -> Story:
    """People at every step of coming in: listed, written to, to screen, to agree, and one who seems known."""
    names = list(world.teams)
    rng = world.rng(f"newcomers {number}")
    key = names[number % len(names)]
    team, lead = world.teams[key], world.lead(key)
    yield moment(world.today - timedelta(days=4), 19, number)
    person = person_of(world, key, rng.randint(24, 60))
    referral = recruitment.refer_self(
        person, team=team, wants_work="I saw the poster and would like to talk.", poster=number % 2 == 0
    )
    if number % 2:
        yield moment(world.today - DAY, 10, number)
        recruitment.screen(
            referral, by=lead, on=clock.today(), answers={"wants_to_work": True}, status="unemployed"
        )
        return
    yield moment(world.today - 3 * DAY, 9, 40 + number)
    put_on_list(person_of(world, key, rng.randint(24, 60)), team, lead)
    yield moment(world.today - DAY, 21, 10 + number)
    recruitment.refer_self(
        person_of(world, key, rng.randint(24, 60)), team=team, wants_work="A few hours to begin with."
    )


def seems_known(world: World) -> Story:
    """A self-referral by somebody who looks like a client the service knows already."""
    yield moment(world.today - 2 * DAY, 20, 30)
    before = next(
        (case.client for case in world.cases if case.journey.team == "wendle" and not case.open), None
    )
    if before is None:
        before = world.cases[0].client
    team = next(key for key, team in world.teams.items() if team.pk == before.team_id)
    recruitment.refer_self(
        Person(
            first_name=before.first_name,
            last_name=before.last_name,
            birth_date=before.birth_date,
            phone=world.cast.phone(),
            postcode=before.postcode,
        ),
        team=world.teams[team],
        wants_work="I would like to try again.",
    )


def stated(world: World) -> Story:
    """The manager once had to open a record, and said why."""
    yield moment(world.today - timedelta(days=40), 15, 35)
    case = next((one for one in world.cases if one.client.user is not None), None)
    if case is not None:
        cases.state_reason(
            case.client, by=world.staff["manager"], reason="A complaint about a letter had to be answered."
        )
