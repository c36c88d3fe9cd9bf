"""A small service in full use, for the sweep over every page: one client in work, and people at other steps.

    told = tell()
    told.people["esw"]                       # who signs in as each role
    told.value("job-hours", "job_id")        # what an address names by id

Everything is written by the product's own actions under the clock of its day. What a page needs in another
state than the rest (an open offer, a closed episode) is in ``ELSEWHERE``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from pacework.service.cases import actions as cases
from pacework.service.cases.models import Client, Episode
from pacework.service.contacts import actions as contacts
from pacework.service.core import clock
from pacework.service.employers import actions as employers
from pacework.service.people.models import User
from pacework.service.plan import actions as plan
from pacework.service.profile import actions as profile
from pacework.service.recruitment import actions as recruitment
from pacework.service.recruitment.actions import incoming
from pacework.service.recruitment.actions.incoming import Person, listed_referral
from pacework.service.recruitment.models import PossibleDuplicate
from pacework.service.work import actions as work
from tests.service import build

WEEK = timedelta(weeks=1)
WEEKS_AGO = 26
ROLES_IN_THE_TEAM = ("team_lead", "esw", "hcp")


@dataclass
class Told:
    """Who is who, and the ids that addresses name."""

    people: dict[str, User | None] = field(default_factory=lambda: {"anonymous": None})
    ids: dict[str, Any] = field(default_factory=dict)
    elsewhere: dict[str, Any] = field(default_factory=dict)

    def value(self, url_name: str, kwarg: str) -> Any:
        """The id for this part of this address; None if the story has none."""
        return self.elsewhere.get(f"{url_name}:{kwarg}", self.ids.get(kwarg))


def tell() -> Told:
    """The service as it stands today."""
    told = Told()
    begin = clock.monday(clock.today()) - WEEKS_AGO * WEEK
    with clock.at(begin):
        team = _people(told)
        episode = _arrival(told, team)
    _support(told, episode, begin)
    _employers(told, episode, begin)
    _working(told, episode, begin)
    _others(told, team)
    told.ids["client_id"] = episode.client_id
    return told


def _people(told: Told) -> Any:
    team = build.make_team("Hollin Vale network")
    for role in ("team_lead", "esw", "hcp", "manager", "researcher", "administrator"):
        first, last = NAMES[role]
        told.people[role] = build.make_user(
            role, team if role in ROLES_IN_THE_TEAM else None, first_name=first, last_name=last
        )
    colleague = build.make_user("esw", team, first_name="Nikolas", last_name="Bannerman-Featherstonehaugh")
    cover = build.make_cover(colleague, told.people["esw"])
    told.ids |= {"team_id": team.pk, "esw_id": colleague.pk, "cover_id": cover.pk, "user_id": colleague.pk}
    told.ids["programme_id"] = build.make_programme().pk
    return team


NAMES = {
    "team_lead": ("Marguerite", "Okonkwo"),
    "esw": ("Tomasz", "Wren"),
    "hcp": ("Shreya", "Pelham"),
    "manager": ("Lindiwe", "Strand"),
    "researcher": ("Edgar", "Lowe"),
    "administrator": ("Petra", "Vance"),
}


def _arrival(told: Told, team: Any) -> Episode:
    client = build.make_client(
        team,
        account=True,
        first_name="Rosalind",
        last_name="Achterberg-Whitmore",
        preferred_name="Ros",
        pronouns="she/her",
        phone="01632 960011",
        email="ros@example.org",
    )
    told.people["client"] = client.user
    episode = build.make_episode(client, esw=told.people["esw"])
    build.give_consent(client)
    build.give_consent(client, "employer_contact")
    told.ids["consent_id"] = build.give_consent(client, "research").pk
    told.ids["layer"] = "research"
    told.ids["referral_id"] = _on_a_list(client).pk
    request = cases.ask_for_correction(client, by=client.user, what="I moved in May. My postcode is old.")
    told.ids["correction_id"] = request.pk
    return episode


def _support(told: Told, episode: Episode, begin: date) -> None:
    """Contacts, the profile, needs, goals and preparing."""
    esw, hcp = told.people["esw"], told.people["hcp"]
    with clock.at(begin + timedelta(days=4)):
        contact = contacts.log_contact(
            episode,
            by=esw,
            on=clock.today(),
            mode="face_to_face",
            purpose="first_meeting",
            attendance="attended",
            note="Met at the library. Wants quiet work with her hands, and no lifting.",
            minutes=50,
            place_type="cafe",
            next_step="Send the leaflet about disclosure",
            next_step_on=clock.today() + timedelta(days=5),
            joint_with=hcp,
        )
        contacts.add_to_contact(contact, by=esw, text="She rang later: mornings are better after all.")
        goal_words = "A quiet job near home, three mornings a week."
        profile.save_section(
            episode,
            by=esw,
            key="goal",
            answers={"ideal_work": "Repairing things. Framing pictures.", "importance": 9, "confidence": 3},
            own_words="I was good at my job. I want to be good at something again.",
        )
        profile.save_entry(
            episode,
            by=esw,
            key="work_history",
            answers={"role": "Upholsterer", "employer": "Dale Chairs", "why_ended": "My back, and no help."},
        )
        profile.draw_body_map(episode, by=esw, regions=["front_neck"], note="Worse after sitting.")
        need = profile.name_need(episode, by=esw, key="travel")
        told.ids |= {"contact_id": contact.pk, "need_id": need.pk, "need_key": "confidence"}
        told.ids |= {"section": "goal", "number": 1, "part": 1}
        entries = ("profile-entry", "profile-entry-new", "my-profile-entry", "my-profile-entry-new")
        told.elsewhere |= {f"{name}:section": "work_history" for name in entries}
        goal = plan.set_goal(episode, by=esw, words=goal_words)
        preparing = plan.set_goal(episode, by=esw, words="Feel ready to talk about my pain", kind="preparing")
        todo = plan.plan_action(
            episode,
            by=esw,
            words="Ask the framing shop what a morning looks like",
            owner="esw",
            due_on=clock.today() + 27 * WEEK,
            goal=goal,
        )
        plan.plan_action(
            episode, by=esw, words="Try the bus at 8", owner="client", due_on=clock.today() + 27 * WEEK
        )
        obstacle = plan.name_obstacle(
            episode, by=esw, domain="psychological", words="I have lost confidence in myself at work"
        )
        told.ids |= {"goal_id": goal.pk, "action_id": todo.pk, "obstacle_id": obstacle.pk}
        told.ids["domain"] = "psychological"
    with clock.at(begin + 3 * WEEK):
        plan.log_session(
            episode,
            by=esw,
            template="confidence",
            on=clock.today(),
            format="one_to_one",
            attendance="attended",
            minutes=60,
            what_changed="Named three things she is good at.",
        )
        plan.answer_placement_question(episode, by=esw, words="A chair with arms, and two breaks.")
        plan.end_goal(preparing, by=esw, reached=True)
    appointment = contacts.plan_appointment(
        episode,
        by=esw,
        on=clock.today() + timedelta(days=2),
        mode="face_to_face",
        at=time(10, 30),
        place="The library",
    )
    told.ids["appointment_id"] = appointment.pk
    told.elsewhere["appointment-outcome:appointment_id"] = contacts.plan_appointment(
        episode, by=esw, on=clock.today(), mode="phone", at=time(0, 5)
    ).pk


def _employers(told: Told, episode: Episode, begin: date) -> None:
    """An employer with sites, people and openings; disclosure; contacts with and without a client."""
    esw, client = told.people["esw"], episode.client
    with clock.at(begin + 4 * WEEK):
        shop = employers.add_employer(
            by=esw, name="Larch & Daughter Framing", sector="retail", confirmed=True
        )
        site = employers.add_site(shop, by=esw, name="Workshop", postcode="M1 1AE")
        person = employers.add_person(shop, by=esw, name="Ottilie Crane", job_title="Owner", site=site)
        vacancy = employers.add_vacancy(
            shop,
            by=esw,
            title="Framer",
            site=site,
            hours_a_week=Decimal(12),
            pay=Decimal("13.20"),
            pay_period="hour",
        )
        chance = employers.add_opportunity(
            shop, by=esw, title="Two mornings at the bench", named_manager=person, site=site
        )
        chance = employers.move_opportunity(chance, by=esw, to="asked")
        chance = employers.move_opportunity(chance, by=esw, to="agreed")
        employers.agree_disclosure(client, by=esw, who="unnamed")
        employers.agree_disclosure(
            client,
            by=esw,
            employer=shop,
            who="named",
            what="adjustments",
            may_say="Needs to sit down at times.",
        )
        employers.log_contact(
            shop,
            by=esw,
            on=clock.today(),
            mode="face_to_face",
            purpose="learn_needs",
            person=person,
            note="Needs somebody careful, two mornings.",
            next_step="Bring a sample",
            next_step_on=clock.today() + WEEK,
        )
        about = employers.log_contact_about(
            client,
            shop,
            by=esw,
            on=clock.today(),
            mode="phone",
            purpose="match",
            client_named=True,
            match="matches",
        )
        employers.record_travel(client, site, by=esw, minutes=25, how="Bus 12")
        wait = employers.add_wait(client, chance, by=esw)
    told.ids |= {
        "employer_id": shop.pk,
        "site_id": site.pk,
        "person_id": person.pk,
        "vacancy_id": vacancy.pk,
        "opportunity_id": chance.pk,
        "wait_id": wait.pk,
    }
    told.elsewhere["employer-contact-done:contact_id"] = about.pk
    told.elsewhere["log-review-worker:week"] = clock.monday(begin + 4 * WEEK).isoformat()
    told.elsewhere["log-review-worker:esw_id"] = esw.pk if esw else None
    told.ids["week"] = clock.monday(clock.today()).isoformat()


def _working(told: Told, episode: Episode, begin: date) -> None:
    """A placement, an application that led to a job, hours over 16 weeks, an adjustment."""
    from pacework.service.employers.models import Employer, PlacementOpportunity

    esw = told.people["esw"]
    shop = Employer.objects.get(pk=told.ids["employer_id"])
    chance = PlacementOpportunity.objects.get(pk=told.ids["opportunity_id"])
    with clock.at(begin + 5 * WEEK):
        placement = work.plan_placement(
            episode,
            by=esw,
            planned_from=clock.today(),
            planned_hours=Decimal(6),
            opportunity=chance,
            employer=shop,
            start_hours=Decimal(3),
            build_weeks=3,
        )
        work.start_placement(placement, by=esw, on=clock.today())
    monday = clock.monday(begin + 5 * WEEK)
    with clock.at(begin + 6 * WEEK):
        work.record_placement_week(placement, by=esw, week=monday, planned_minutes=180, done_minutes=200)
        idea = work.add_application(episode, by=esw, title="Framer", employer=shop, match_why="Her own idea.")
        move = work.move_application(idea, by=esw, to="applied")
    with clock.at(begin + 8 * WEEK):
        move = work.move_application(move, by=esw, to="offer")
        ended = work.end_application(move, by=esw, outcome="accepted", starts_on=begin + 9 * WEEK)
    with clock.at(begin + 9 * WEEK):
        job = work.record_job(
            episode,
            by=esw,
            title="Framer",
            contract="permanent",
            started_on=clock.today(),
            weekly_hours=Decimal(12),
            hourly_pay=Decimal("13.20"),
            employer=shop,
            application=ended,
            open_to_anyone=True,
            usual_rate=True,
            set_aside=False,
            how_found="esw_employer",
            disclosed="adjustments",
        )
        adjustment = work.agree_adjustment(
            episode, by=esw, kind="sit_stand", job=job, review_on=clock.today() + 4 * WEEK
        )
    first = clock.monday(begin + 9 * WEEK)
    weeks = [
        work.WeekTyped(first + n * WEEK, 0 if n == 6 else 480 + 30 * (n % 3), "payslip", n == 6)
        for n in range(16)
    ]
    work.record_hours(job, by=esw, weeks=weeks)
    another = work.add_application(episode, by=esw, title="Museum shop", employer_words="Town museum")
    told.ids |= {
        "placement_id": placement.pk,
        "application_id": another.pk,
        "job_id": job.pk,
        "adjustment_id": adjustment.pk,
    }
    told.elsewhere["placement-week:week"] = monday.isoformat()


def _others(told: Told, team: Any) -> None:
    """People at other steps: waiting, asked for, closed, on a list, looking alike."""
    lead, esw, hcp = told.people["team_lead"], told.people["esw"], told.people["hcp"]
    waiting = build.make_episode(team=team)
    asked = build.make_episode(esw=esw, accepted=False, team=team)
    closed = build.close(build.make_episode(esw=esw), by=lead)
    incoming.refer(
        Person(first_name="Ffion", last_name="Tudor", birth_date=date(1977, 2, 9), phone="01632 960033"),
        by=hcp,
        team=team,
        shares=True,
        reason="Asked about work at two visits.",
    )
    listed = _listed(team, "Gethin", "Rees")
    approached = _listed(team, "Orla", "Quigley")
    recruitment.approach(approached, by=lead, on=clock.today())
    screened = _listed(team, "Samir", "Haddad")
    agreed = _listed(team, "Beatrix", "Oduya")
    for one in (screened, agreed):
        recruitment.approach(one, by=lead, on=clock.today())
        recruitment.reply(one, by=lead, on=clock.today(), answer="yes")
    recruitment.screen(agreed, by=lead, on=clock.today(), answers={"wants_to_work": True})
    ended = _listed(team, "Ivor", "Marsh")
    recruitment.end(ended, by=lead, reason="entered_in_error")
    double = incoming.refer_self(
        Person(first_name="Ffion", last_name="Tudor", birth_date=date(1977, 2, 9)), team=team
    )
    pair = PossibleDuplicate.objects.get(client=double.client)
    for name, episode in (("allocate", waiting), ("offer-answer", asked), ("reopen", closed)):
        told.elsewhere[f"{name}:client_id"] = episode.client_id
    steps = {
        "referral-sent": listed,
        "referral-remind": approached,
        "referral-reply": approached,
        "referral-screen": screened,
        "referral-routine": screened,
        "referral-consent": agreed,
        "referral-exit": listed,
        "referral-exit-undo": ended,
        "referral-different": double,
    }
    for name, one in steps.items():
        told.elsewhere |= {f"{name}:client_id": one.client_id, f"{name}:referral_id": one.pk}
    told.ids["pair_id"] = pair.pk
    told.elsewhere["leaver:esw_id"] = esw.pk
    # Joining needs no answer, so it has a pair of its own.
    incoming.refer_self(Person(first_name="Ivor", last_name="Marsh", birth_date=date(1985, 5, 17)), team=team)
    told.elsewhere["merge:pair_id"] = PossibleDuplicate.objects.exclude(pk=pair.pk).latest("pk").pk


def _listed(team: Any, first_name: str, last_name: str) -> Any:
    return _on_a_list(build.make_client(team, first_name=first_name, last_name=last_name))


def _on_a_list(client: Client) -> Any:
    programme = build.make_programme()
    one = listed_referral(client, route="record_search", team=client.team, programme=programme, by=None)
    one.save()
    return one
