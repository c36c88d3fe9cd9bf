"""Meeting, the vocational profile, goals and actions."""

from __future__ import annotations

from datetime import date, time, timedelta
from random import Random
from typing import Any

from pacework.service.cases import actions as cases
from pacework.service.cases.models import Consent
from pacework.service.cases.policies import consents_to
from pacework.service.contacts import actions as contacts
from pacework.service.contacts.models import Contact
from pacework.service.core import clock
from pacework.service.core.codes import document
from pacework.service.demo.timeline import DAY, Story, known, moment
from pacework.service.demo.words import chance, fill, fitting, rows, weighted
from pacework.service.demo.world import Case, World
from pacework.service.people import actions as people
from pacework.service.people.models import User
from pacework.service.plan import actions as plan

PLACES = {
    "cafe": "The Copper Kettle, {town}",
    "home": "At home",
    "office": "Our office, {town}",
    "community_centre": "Community centre, {town}",
    "outdoors": "By the river, at the footbridge",
    "clinic": "Pain clinic, level 2",
    "gp_practice": "The practice, room 4",
    "jobcentre": "Jobcentre, {town}",
    "employer": "At the employer's",
    "workplace": "At work, staff room",
}
TOWNS = {"wendle": "Castle Wendle", "coast": "Saltmere Quay", "pain": "Brackwater"}
# What is planned for an hour; a letter or a message is not.
MEETINGS = frozenset({"face_to_face", "phone", "video"})
GOOD_TIMES = (("mornings",), ("afternoons",), ("early", "mornings"), ("mornings", "afternoons"))
# A promise that is older than this was kept long ago, and nobody looks it up any more.
PROMISES_FROM = timedelta(days=45)


def place_words(team: str, place: str) -> str:
    """A kind of place as the diary has it, in the team's own town."""
    return fill(PLACES.get(place, ""), town=TOWNS[team])


def meetings(world: World, case: Case) -> Story:
    """The first meeting, then on and on: as often as the phase asks, by appointment or just so."""
    rng, journey = case.rng, case.journey
    first = world.working_day(world.at_work(case), known(journey.met))
    yield moment(first, rng.randint(9, 16), 30)
    if not case.open:
        return
    if chance(rng, 0.12):
        log(world, case, rng, "first_meeting", attendance=rng.choice(("rearranged", "pain", "no_contact")))
        yield moment(world.working_day(world.at_work(case), clock.today() + 5 * DAY), 11, 30)
    log(world, case, rng, "first_meeting")
    while case.open:
        if in_a_job(case, clock.today() + 10 * DAY):
            # While in work, the job's own story says when to be in touch.
            yield moment(clock.today() + 20 * DAY, 9, 45)
            continue
        yield from _next_meeting(world, case, rng)


def _next_meeting(world: World, case: Case, rng: Random) -> Story:
    worker = world.at_work(case)
    day = world.working_day(worker, clock.today() + timedelta(days=rng.randint(10, 30)))
    soon, starts = day + 21 * DAY, case.journey.starts_soon
    if in_a_job(case, day) or in_a_job(case, soon) or (starts and starts <= soon):
        # Applying, the offer and the days before the start have their own talks.
        yield moment(day, 9, 45)
        return
    hour = world.free_hour(worker, day, rng)
    booked = chance(rng, 0.5) and day <= world.today + timedelta(days=15)
    purpose = purpose_now(case, day, rng)
    note = note_of(case, rng, purpose)
    mode = note.get("mode", "face_to_face")
    if booked and mode in MEETINGS and not case.client.do_not_contact:
        hcp = world.hcp(case.journey.team, rng) if purpose == "health_team" and case.journey.shares else None
        case.next_meeting = contacts.plan_appointment(
            case.episode,
            by=worker,
            on=day,
            at=time(hour, rng.choice((0, 0, 30))),
            mode=mode,
            place=place_words(case.journey.team, note.get("place", "")) if mode == "face_to_face" else "",
            with_hcp=hcp,
        )
    yield moment(day, hour, 50)
    if not case.open:
        return
    appointment, case.next_meeting = case.next_meeting, None
    if appointment is None:
        log(world, case, rng, purpose, note=note)
        return
    if chance(rng, 0.06):
        # Said later what became of it; if later has not come yet, it waits for an answer today.
        yield moment(day + timedelta(days=rng.randint(1, 4)), 9, 10)
        if not case.open:
            return
    worker = world.at_work(case)
    contact = contacts.answer_appointment(
        appointment,
        by=worker,
        outcome=note["attendance"],
        purpose=purpose,
        joint_with=appointment.with_hcp if note["attendance"] == "attended" else None,
        **_said(world, case, rng, note, clock.today()),
    )
    _promise(world, case, contact, rng)


def purpose_now(case: Case, day: date, rng: Random) -> str:
    """What a meeting on that day is most likely about."""
    journey = case.journey
    if journey.profile and day <= journey.profile + timedelta(days=25):
        return weighted(rng, {"profile": 0.75, "planning": 0.15, "money": 0.1})
    if journey.preparing and journey.preparing[0] <= day <= journey.preparing[1]:
        return weighted(
            rng, {"preparing": 0.6, "flare": 0.08, "money": 0.1, "health_team": 0.1, "keeping_in_touch": 0.12}
        )
    if journey.searching and day >= journey.searching:
        return weighted(
            rng,
            {
                "job_search": 0.42,
                "application": 0.16,
                "interview": 0.05,
                "visit_employer": 0.08,
                "flare": 0.08,
                "money": 0.08,
                "health_team": 0.05,
                "keeping_in_touch": 0.08,
            },
        )
    return weighted(rng, {"planning": 0.6, "money": 0.15, "health_team": 0.1, "keeping_in_touch": 0.15})


def in_a_job(case: Case, day: date) -> bool:
    """A job that the journey has for that day."""
    return any(job.start <= day and (job.end is None or day <= job.end) for job in case.journey.jobs)


def note_of(
    case: Case, rng: Random, purpose: str, attendance: str = "", part: str | None = None
) -> dict[str, Any]:
    """A note about a contact for this purpose, one not read yet if there is one; most contacts took place."""
    wanted = attendance or weighted(
        rng, {"attended": 0.82, "rearranged": 0.06, "pain": 0.08, "no_contact": 0.04}
    )
    found = fitting("contact_notes", "notes", purpose=purpose, attendance=wanted, part=part)
    if not found and not attendance:
        found = fitting("contact_notes", "notes", purpose=purpose, attendance="attended", part=part)
    if not found:
        return {"attendance": wanted, "text": ""}
    note = rng.choice([one for one in found if one["text"] not in case.noted] or found)
    case.noted.add(note["text"])
    return note


def _said(world: World, case: Case, rng: Random, note: dict[str, Any], day: date) -> dict[str, Any]:
    """What a note says, as the contact log takes it."""
    said: dict[str, Any] = {"note": fill(note["text"], name=case.name)}
    if note["attendance"] == "attended":
        said["mode"] = note.get("mode", "phone")
        said["minutes"] = note.get("minutes")
        if said["mode"] == "face_to_face":
            said["place_type"] = note.get("place", "")
    step = note.get("next") or (rng.choice(rows("next_steps", "steps")) if chance(rng, 0.4) else "")
    if step:
        said["next_step"] = fill(step, name=case.name)
        recent = day > world.today - PROMISES_FROM
        if chance(rng, 0.65 if recent else 0.12):
            said["next_step_on"] = world.working_day(
                world.at_work(case), day + timedelta(days=rng.randint(2, 14))
            )
    return said


def log(
    world: World,
    case: Case,
    rng: Random,
    purpose: str,
    *,
    attendance: str = "",
    part: str | None = None,
    note: dict[str, Any] | None = None,
) -> Contact:
    """One line of the contact log, today, and the promise in it kept on its day by most."""
    note = note or note_of(case, rng, purpose, attendance, part)
    said = _said(world, case, rng, note, clock.today())
    contact = contacts.log_contact(
        case.episode,
        by=world.at_work(case),
        on=clock.today(),
        mode=said.pop("mode", "phone"),
        purpose=purpose,
        attendance=note["attendance"],
        **said,
    )
    _promise(world, case, contact, rng)
    return contact


def _promise(world: World, case: Case, contact: Contact, rng: Random) -> None:
    """What was promised is done on its day, mostly."""
    if contact.next_step_on and world.is_kept(contact.next_step_on, rng):
        world.timeline.begin(_keep_promise(world, case, contact), moment(contact.next_step_on, 16, 20))


def _keep_promise(world: World, case: Case, contact: Contact) -> Story:
    if case.open:
        contacts.finish_next_step(contact, by=world.at_work(case))
    return
    yield


def profile(world: World, case: Case) -> Story:
    """The vocational profile in two or three sittings, the consents and the account that come with it."""
    from pacework.service.profile import actions as profiles

    rng, journey, told = case.rng, case.journey, case.journey.persona
    yield moment(world.working_day(world.at_work(case), known(journey.profile)), 15, 10)
    if not case.open:
        return
    worker, episode = world.at_work(case), case.episode
    goal = given(
        told, "ideal_work", "why_now", "jobs_to_avoid", "worries", "importance", "confidence", "hours_start"
    )
    goal |= _limits(rng, star=journey.special == "star")
    profiles.save_section(episode, by=worker, key="goal", answers=goal, own_words=told.get("own_words"))
    for job in told.get("work_history", ()):
        entry = given(job, "role", "employer", "liked", "why_ended", "would_have_helped")
        profiles.save_entry(episode, by=worker, key="work_history", answers=entry)
    cases.record_consent(
        case.client, by=worker, layer=Consent.Layer.EMPLOYER_CONTACT, given=journey.may_talk, how="signed"
    )
    if chance(rng, 0.5):
        cases.record_consent(
            case.client, by=worker, layer=Consent.Layer.RESEARCH, given=chance(rng, 0.7), how="signed"
        )
    if journey.account:
        give_account(world, case)
    yield moment(
        world.working_day(worker, known(journey.profile) + timedelta(days=rng.randint(6, 15))), 14, 40
    )
    if not case.open:
        return
    worker = world.at_work(case)
    pain = given(
        told,
        "pattern_week",
        "triggers",
        "early_signs",
        "what_helps",
        "sit_minutes",
        "stand_minutes",
        "lift_kg",
    )
    pain |= {
        "sleep": rng.choice(("well", "mixed", "mixed", "badly")),
        "fatigue": rng.choice(("little", "some", "most")),
        "flares": rng.choice(("weekly", "monthly", "monthly", "few")),
    }
    profiles.save_section(case.episode, by=worker, key="pain_at_work", answers=pain)
    if chance(rng, 0.75):
        regions = [one["key"] for one in document("profile", "body_regions")["regions"]]
        first = rng.randrange(len(regions) - 4)
        profiles.draw_body_map(
            case.episode, by=worker, regions=sorted({regions[first], *rng.sample(regions, rng.randint(1, 4))})
        )
    if chance(rng, 0.45):
        profiles.save_section(
            case.episode,
            by=worker,
            key="money",
            answers=given(told, "money_worry") | {"adviser": rng.choice(("booked", "want", "yes"))},
        )
    if chance(rng, 0.3):
        profiles.save_section(
            case.episode,
            by=worker,
            key="practical",
            answers={"caring": told.get("home"), "transport": rng.sample(("walk", "bus", "train", "car"), 2)},
        )
    if chance(rng, 0.5):
        profiles.save_section(
            case.episode,
            by=worker,
            key="skills",
            answers=given(told, "good_at") | {"computers": rng.choice(("well", "ok", "phone", "hard"))},
        )
    yield from _needs(world, case, rng)


def _limits(rng: Random, *, star: bool) -> dict[str, Any]:
    """How far, at which times and from when on."""
    said = {
        "travel_limit": rng.choice((20, 30, 40, 45, 60)),
        "best_times": list(rng.choice(GOOD_TIMES)),
        "start_when": weighted(rng, {"now": 0.4, "weeks": 0.35, "months": 0.15, "unsure": 0.1}),
    }
    # The client whom a visitor becomes finds a list of jobs rather than a few.
    return said | {"travel_limit": 60, "best_times": list(GOOD_TIMES[-1])} if star else said


def _needs(world: World, case: Case, rng: Random) -> Story:
    """Some of what the profile brought up becomes an action in one step."""
    from pacework.service.profile import actions as profiles

    for listed in rng.sample(document("profile", "needs")["needs"], rng.choice((0, 0, 1, 1, 2))):
        owner, hcp = owner_of(case, listed["owner"])
        need = profiles.name_need(case.episode, by=world.at_work(case), key=listed["key"])
        due = clock.today() + timedelta(days=listed["days"])
        planned = profiles.plan_need(
            need, by=world.at_work(case), words=listed["action"], owner=owner, due_on=due, hcp=hcp
        )
        world.timeline.begin(_finish_action(world, case, planned, rng), moment(due - DAY, 17, 0))
    return
    yield


def given(told: dict[str, Any], *names: str) -> dict[str, Any]:
    """The answers that were given: every question is optional."""
    return {name: told[name] for name in names if name in told}


def owner_of(case: Case, owner: str) -> tuple[str, User | None]:
    """Who does a step: an HCP only where the client shares with them, else the worker asks in their place."""
    if owner != "hcp":
        return owner, None
    if consents_to(case.client, Consent.Layer.HEALTH_SHARING, recipient=case.referrer):
        return owner, case.referrer
    return "esw", None


def give_account(world: World, case: Case) -> None:
    """The client's own sign-in."""
    client, worker = case.client, world.at_work(case)
    star = case.journey.special == "star" and case.journey.team == "wendle"
    user = people.create_client_user(
        by=worker,
        first_name=client.first_name,
        last_name=client.last_name,
        email=client.email,
        username="demo-client" if star else "",
    )
    cases.link_account(client, by=worker, user=user)


def plans(world: World, case: Case) -> Story:
    """A goal in the client's words, and dated actions with one owner, again and again."""
    rng, journey = case.rng, case.journey
    yield moment(known(journey.profile) + timedelta(days=rng.randint(4, 14)), 16, 5)
    if not case.open:
        return
    kind = "keep" if journey.persona["status"] == "in" else "work"
    goal = plan.set_goal(
        case.episode,
        by=world.at_work(case),
        words=rng.choice(fitting("goals", "goals", kind=kind))["text"],
        kind="work",
    )
    while case.open:
        for row in rng.sample(rows("actions"), rng.choice((1, 1, 1, 2))):
            owner, hcp = owner_of(case, row["owner"])
            due = clock.today() + timedelta(days=row["days"])
            planned = plan.plan_action(
                case.episode,
                by=world.at_work(case),
                words=row["text"],
                owner=owner,
                due_on=due,
                goal=goal,
                hcp=hcp,
            )
            world.timeline.begin(
                _finish_action(world, case, planned, rng),
                moment(due - timedelta(days=rng.randint(-2, 3)), 17, 15),
            )
        yield moment(clock.today() + timedelta(days=rng.randint(40, 85)), 16, 5)


def _finish_action(world: World, case: Case, planned: Any, rng: Random) -> Story:
    if case.open and world.is_kept(planned.due_on, rng):
        plan.end_action(planned, by=world.at_work(case), done=chance(rng, 0.85))
    return
    yield
