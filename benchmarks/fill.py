"""A large service by bulk inserts: rows that agree with their milestones, the shape of a real caseload.

20 active clients for each ESW and 10 ESWs in each team. Per client about 10 contacts, 2 employer contacts,
an appointment to come, a goal, actions, three profile sections; a third have had a job. One client has 600
events.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction

from benchmarks.bulk import keep
from benchmarks.fill_work import work
from pacework.service.cases.models import (
    Assignment,
    Client,
    Closing,
    Consent,
    EmploymentStatus,
    Episode,
    Programme,
)
from pacework.service.contacts.models import Appointment, Contact
from pacework.service.core import clock
from pacework.service.employers.models import DisclosurePlan, Employer, EmployerContact, Site, Vacancy
from pacework.service.people.models import Membership, Role, Team, User
from pacework.service.plan.models import Goal, PlannedAction
from pacework.service.profile.models import ProfileSection, ProfileVersion
from pacework.service.recruitment.models import Referral

ACTIVE_OF_TEN = 8  # of ten clients; one is closed, and of the last one in three waits for a worker
CASELOAD, TEAM_SIZE = 20, 10
CONTACTS, BUSY_EVENTS = 10, 600
FIRST = [
    "Ada",
    "Bo",
    "Cy",
    "Dee",
    "Eli",
    "Fay",
    "Gus",
    "Hal",
    "Ivy",
    "Jem",
    "Kay",
    "Lou",
    "Mae",
    "Ned",
    "Oz",
    "Pip",
    "Ray",
    "Sal",
    "Tess",
    "Una",
    "Val",
    "Wyn",
]
LAST = [
    "Ash",
    "Birch",
    "Cedar",
    "Dale",
    "Elm",
    "Fern",
    "Gorse",
    "Hazel",
    "Ivens",
    "Juniper",
    "Kelp",
    "Larch",
    "Maple",
    "Nettle",
    "Oak",
    "Pine",
    "Quill",
    "Reed",
]
SECTIONS = ("goal", "pain_at_work", "skills")


def moment(day: date) -> datetime:
    """Noon of a day."""
    return datetime.combine(day, time(12), tzinfo=UTC)


class Fill:
    """Makes a service of a size. The same size gives the same service."""

    def __init__(self, clients: int) -> None:
        self.size = clients
        self.rng = Random(clients)
        self.today = clock.today()

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    @transaction.atomic
    def run(self) -> None:
        """Everything, in the order in which rows point at each other."""
        self.programme = keep([Programme(name="Routine service", is_default=True)])[0]
        self._staff()
        self._employers()
        self._clients()
        self._support()
        self._contacts()
        self._employer_contacts()
        work(self)

    def _staff(self) -> None:
        active = self.size * ACTIVE_OF_TEN // 10
        esws = -(-active // CASELOAD)
        teams = -(-esws // TEAM_SIZE)
        self.teams = keep(Team(name=f"Team {number + 1}") for number in range(teams))
        people = [self._user(Role.ESW, number, weekly_hours=Decimal("37.5")) for number in range(esws)]
        people += [self._user(Role.TEAM_LEAD, number) for number in range(teams)]
        people += [self._user(Role.HCP, number) for number in range(teams * 3)]
        people += [
            self._user(role, 0) for role in (Role.MANAGER, Role.RESEARCHER, Role.ADMINISTRATOR, Role.CLIENT)
        ]
        made = keep(people)
        self.by_role: dict[str, list[User]] = {
            role: [one for one in made if one.role == role] for role in Role
        }
        self.esws, self.leads, self.hcps = (
            self.by_role[role] for role in (Role.ESW, Role.TEAM_LEAD, Role.HCP)
        )
        belong = [(user, number // TEAM_SIZE) for number, user in enumerate(self.esws)]
        belong += list(zip(self.leads, range(teams), strict=True))
        belong += [(user, number // 3) for number, user in enumerate(self.hcps)]
        keep(Membership(user=user, team=self.teams[number]) for user, number in belong)
        self.team_of = {user.pk: number for user, number in belong}

    def _user(self, role: str, number: int, **more: Any) -> User:
        name = f"{role}{number}"
        return User(
            username=name,
            email=f"{name}@bench.example",
            role=role,
            first_name=FIRST[number % 22],
            last_name=LAST[number % 18],
            password="!",
            **more,
        )

    def _employers(self) -> None:
        number = max(20, self.size // 20)
        self.employers = keep(
            Employer(
                name=f"{LAST[n % 18]} {n}",
                name_key=f"{LAST[n % 18].lower()} {n}",
                sector="retail",
                added_by=self.esws[0],
            )
            for n in range(number)
        )
        keep(Site(employer=one, name="Main site", postcode="ZZ1 1AA") for one in self.employers)
        keep(
            Vacancy(employer=self.employers[n], title="Assistant", hours_a_week=16, added_by=self.esws[0])
            for n in range(0, number, 3)
        )

    def _clients(self) -> None:
        rng = self.rng
        made = []
        for number in range(self.size):
            esw = self.esws[number % len(self.esws)]
            client = Client(
                first_name=FIRST[rng.randrange(22)],
                last_name=f"{LAST[rng.randrange(18)]}{chr(97 + number % 26)}{chr(97 + number // 26 % 26)}",
                birth_date=date(1960, 1, 1) + timedelta(days=rng.randrange(16000)),
                nhs_number=synthetic(number),
                postcode="ZZ1 1AA",
                phone="01632960001",
                team=self.teams[self.team_of[esw.pk]],
                gp_practice="The Weir Surgery",
            )
            client.set_name_key()
            made.append(client)
        made[0].user = self.by_role[Role.CLIENT][0]
        self.clients = keep(made)

    def _support(self) -> None:
        rng = self.rng
        episodes = []
        self.esw_of: dict[int, User] = {}
        kinds = {}
        waiting = 0
        for number, client in enumerate(self.clients):
            kind = (
                "active"
                if number % 10 < ACTIVE_OF_TEN
                else "closed"
                if number % 10 == ACTIVE_OF_TEN
                else "other"
            )
            if kind == "other":
                waiting += 1
                if waiting % 3:
                    continue
            days = 400 if number == 0 else rng.randint(30, 500)
            episode = Episode(
                client=client, team=client.team, programme=self.programme, referred_on=self.ago(days)
            )
            if kind != "other":
                episode.allocated_on = self.ago(days - 5)
                episode.accepted_on = episode.first_contact_on = self.ago(days - 7)
                episode.profile_started_on = self.ago(days - 14)
            if kind == "closed":
                episode.closed_on, episode.close_reason = self.ago(rng.randint(1, 12)), "chose_to_stop"
            kinds[client.pk] = kind
            episodes.append(episode)
        self.episodes = keep(episodes)
        # Actives fill caseloads one after the other, in the ESW's own team as the client's.
        by_team: dict[int, list[Episode]] = {}
        for episode in self.episodes:
            by_team.setdefault(episode.team_id, []).append(episode)
        for index, team in enumerate(self.teams):
            workers = [user for user in self.esws if self.team_of[user.pk] == index]
            mine = [episode for episode in by_team.get(team.pk, []) if kinds[episode.client_id] != "other"]
            for number, episode in enumerate(mine):
                self.esw_of[episode.pk] = workers[number % len(workers)]
        self.supported = [episode for episode in self.episodes if episode.accepted_on]
        keep(
            Assignment(
                episode=one,
                esw=self.esw_of[one.pk],
                offered_on=one.allocated_on,
                accepted_on=one.accepted_on,
                offered_by=self.leads[self.team_of[self.esw_of[one.pk].pk]],
                ended_on=one.closed_on,
                end_reason="episode_closed" if one.closed_on else "",
            )
            for one in self.supported
        )
        keep(
            Closing(
                episode=one, closed_on=one.closed_on, closed_by=self.esw_of[one.pk], reason="chose_to_stop"
            )
            for one in self.supported
            if one.closed_on
        )
        self._referrals()
        layers = ("service", "health_sharing", "employer_contact")
        consents = keep(
            Consent(
                client=one.client,
                layer=layer,
                given=True,
                given_on=one.referred_on,
                how="signed",
                wording_version="1",
            )
            for one in self.episodes
            for layer in layers
        )
        self.may_talk = {one.client_id: one for one in consents if one.layer == "employer_contact"}
        keep(
            EmploymentStatus(client=one.client, status="unemployed", as_of=one.referred_on)
            for one in self.episodes
        )
        self._plans()

    def _referrals(self) -> None:
        by_client = {one.client_id: one for one in self.episodes}
        routes = ("record_search", "consultation", "pain_service", "self", "jobcentre")
        rows = []
        for number, client in enumerate(self.clients):
            episode = by_client.get(client.pk)
            on = episode.referred_on if episode else self.ago(self.rng.randint(60, 500))
            row = Referral(
                client=client,
                route=routes[number % 5],
                team=client.team,
                programme=self.programme,
                preset="routine",
                raised_on=on,
                approached_on=on,
                last_job_ended_on=on - timedelta(days=400),
                days_out_of_work=400,
            )
            if episode:
                row.replied_on = row.screened_on = row.eligible_on = row.consented_on = on
                row.episode = episode
            elif number % 2:
                row.exit_on, row.exit_reason = on + timedelta(days=50), "declined"
            rows.append(row)
        keep(rows)

    def _plans(self) -> None:
        goals = keep(
            Goal(
                episode=one,
                kind="work",
                words="A job near home.",
                set_on=one.profile_started_on,
                set_by=self.esw_of[one.pk],
            )
            for one in self.supported
        )
        keep(
            PlannedAction(
                episode=goal.episode,
                goal=goal,
                words="Ring the adviser",
                owner="client",
                due_on=self.ago(self.rng.randint(-9, 60)),
                made_on=goal.set_on,
                made_by=goal.set_by,
                done_on=self.today if number else None,
            )
            for goal in goals
            for number in range(3)
        )
        sections = keep(
            ProfileSection(
                episode=one,
                key=key,
                answers={"worries": "The stairs."},
                own_words="I would like to try.",
                changed_at=moment(one.profile_started_on),
                changed_by=self.esw_of[one.pk],
                version=1,
                confirmed_on=one.profile_started_on,
                confirmed_by=self.esw_of[one.pk],
            )
            for one in self.supported
            for key in SECTIONS
        )
        keep(
            ProfileVersion(
                section=row,
                number=1,
                answers=row.answers,
                own_words=row.own_words,
                at=row.changed_at,
                by=row.changed_by,
            )
            for row in sections
        )

    def _contacts(self) -> None:
        rows = []
        each, left = divmod(self.size * CONTACTS - BUSY_EVENTS, len(self.supported) - 1)
        for number, episode in enumerate(self.supported):
            last = episode.closed_on or self.ago(1)
            first = episode.first_contact_on
            many = BUSY_EVENTS if number == 0 else each + (number <= left)
            span = max(1, (last - first).days)
            esw = self.esw_of[episode.pk]
            for index in range(many):
                on = first + timedelta(days=span * index // many)
                rows.append(
                    Contact(
                        episode=episode,
                        by=esw,
                        named_esw=esw,
                        on=on,
                        mode="phone",
                        purpose="job_search",
                        attendance="attended",
                        minutes=20,
                        note="Went through the week and what comes next.",
                        next_step="Ring again" if index % 3 == 0 else "",
                        next_step_on=on + timedelta(days=7) if index % 6 == 0 else None,
                        next_step_done_on=on + timedelta(days=7) if index < many - 3 else None,
                        logged_at=moment(on),
                    )
                )
        keep(rows)
        keep(
            Appointment(
                episode=episode,
                on=self.today + timedelta(days=number % 12 - 1),
                at=time(9 + number % 8),
                mode="phone",
                made_by=self.esw_of[episode.pk],
                made_at=moment(self.ago(7)),
            )
            for number, episode in enumerate(self.supported)
            if not episode.closed_on
        )

    def _employer_contacts(self) -> None:
        plans = {
            plan.client_id: plan
            for plan in keep(
                DisclosurePlan(
                    client=one.client,
                    who="unnamed",
                    agreed_on=one.referred_on,
                    agreed_how="spoken",
                    recorded_by=self.esw_of[one.pk],
                )
                for one in self.supported[::2]
            )
        }
        rows, firsts = [], []
        for number in range(self.size * 2):
            episode = self.supported[number % len(self.supported)]
            about = number % 2 == 0 and episode.client_id in plans and not episode.closed_on
            on = min(self.ago(number % 25), self.today)
            row = EmployerContact(
                employer=self.employers[number % len(self.employers)],
                esw=self.esw_of[episode.pk],
                on=on,
                mode="face_to_face",
                face_to_face=True,
                purpose="learn_needs",
                note="Saw the morning start.",
            )
            if about:
                row.client, row.episode = episode.client, episode
                row.basis, row.consent = plans[episode.client_id], self.may_talk[episode.client_id]
                known = episode.first_employer_contact_on
                episode.first_employer_contact_on = min(known, on) if known else on
                firsts.append(episode)
            rows.append(row)
        keep(rows)
        Episode._base_manager.bulk_update(set(firsts), ["first_employer_contact_on"], batch_size=500)


def synthetic(number: int) -> str:
    """A number of the synthetic range, or none where no check digit fits."""
    from pacework.service.demo.cast import synthetic_number

    return synthetic_number(number) or ""
