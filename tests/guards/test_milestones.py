"""Promise 4: the milestones of an episode are what their source rows say, in whatever order things were done.

Each milestone is computed here a second time from the rows of its room. Random sequences of real actions over
many
months must leave no difference, also where a step was refused half-way.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Min

from pacework.service.cases import actions as cases
from pacework.service.cases.models import MILESTONES, Closing, Episode
from pacework.service.contacts.actions import log_contact
from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.core.errors import DomainError
from pacework.service.employers import actions as employers
from pacework.service.people.models import User
from pacework.service.plan import actions as plan
from pacework.service.plan.models import Goal
from pacework.service.profile.actions import save_own_words
from pacework.service.profile.models import ProfileVersion
from pacework.service.work import actions as work
from pacework.service.work.milestones import recompute
from pacework.service.work.models import JobSpell
from tests.service.build import give_consent, lead_of, make_episode, make_team, make_user
from tests.service.work.build import employer, job_details

pytestmark = pytest.mark.django_db

START = date(2025, 6, 2)
STEPS = 60


def from_sources(episode: Episode) -> dict[str, date | None]:
    """All milestones of an episode, computed from the rows of the rooms that make them true."""
    offered = episode.assignments.aggregate(on=Min("offered_on"))["on"]
    accepted = episode.assignments.aggregate(on=Min("accepted_on"))["on"]
    happened = [key for key, row in codes("contacts", "attendance").items() if row["happened"]]
    contact = episode.contacts.filter(attendance__in=happened).aggregate(on=Min("on"))["on"]
    profile = ProfileVersion.objects.filter(section__episode=episode).aggregate(at=Min("at"))["at"]
    preparing = episode.goals.filter(
        kind=Goal.Kind.PREPARING, reached_on__isnull=True, dropped_on__isnull=True
    ).aggregate(on=Min("set_on"))["on"]
    about = episode.employer_contacts.aggregate(on=Min("on"))["on"]
    closing = Closing.objects.filter(episode=episode, reopened_on__isnull=True).first()
    return {
        "allocated_on": offered,
        "accepted_on": accepted,
        "first_contact_on": contact,
        "profile_started_on": None if profile is None else profile.date(),
        "preparing_since": preparing,
        "first_employer_contact_on": about,
        "closed_on": closing.closed_on if closing else None,
        **recompute(episode),
    }


class Walk:
    """One client's way at random. Every step reads what it needs anew, as a page would."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        with clock.at(START):
            team = make_team()
            self.esw, self.other = make_user("esw", team), make_user("esw", team)
            self.lead = lead_of(team)
            self.pk = make_episode(team=team).pk
            client = self.episode.client
            give_consent(client, "employer_contact")
            self.place = employer(self.lead)
            employers.agree_disclosure(client, by=self.lead, who="named")
        self.today = START

    @property
    def episode(self) -> Episode:
        return Episode.objects.select_related("client", "team").get(pk=self.pk)

    def earlier(self, days: int = 21) -> date:
        return self.today - timedelta(days=self.chance.randrange(days))

    def who(self) -> User:
        return self.lead

    def a_job(self) -> JobSpell | None:
        jobs = list(JobSpell.objects.filter(episode=self.pk).select_related("episode__client").order_by("pk"))
        return self.chance.choice(jobs) if jobs else None

    def allocate(self) -> None:
        cases.allocate(self.episode, by=self.lead, esw=self.chance.choice([self.esw, self.other]))

    def answer(self) -> None:
        offer = self.episode.assignments.filter(ended_on__isnull=True, accepted_on__isnull=True).first()
        if offer is None:
            return
        if self.chance.random() < 0.3:
            cases.decline(offer, by=offer.esw, note="Too many at the moment.")
        else:
            cases.accept(offer, by=offer.esw)

    def hand_over(self) -> None:
        cases.hand_over(
            self.episode, by=self.lead, to=self.other, reason="esw_leaving", note="Meets on Mondays."
        )

    def contact(self) -> None:
        log_contact(
            self.episode, by=self.lead, on=self.earlier(), mode="phone",
            purpose=next(iter(codes("contacts", "purposes"))),
            attendance=self.chance.choice(list(codes("contacts", "attendance"))),
        )  # fmt: skip

    def profile(self) -> None:
        save_own_words(
            self.episode, by=self.lead, key="goal", own_words=f"I want to bake. {self.chance.random()}"
        )

    def goal(self) -> None:
        plan.set_goal(
            self.episode,
            by=self.lead,
            words="To travel by bus.",
            kind=self.chance.choice(["work", "preparing"]),
        )

    def end_goal(self) -> None:
        goal = Goal.objects.filter(episode=self.pk).order_by("pk").last()
        if goal is not None:
            done = goal.reached_on or goal.dropped_on
            if done:
                plan.reopen_goal(goal, by=self.lead)
            else:
                plan.end_goal(goal, by=self.lead, reached=self.chance.random() < 0.5, why="Something else.")

    def employer_contact(self) -> None:
        employers.log_contact_about(
            self.episode.client, self.place, by=self.lead, on=self.earlier(), mode="phone",
            purpose="introduce",
            confirmed=True,
        )  # fmt: skip

    def job(self) -> None:
        details = job_details(
            started_on=self.earlier(60),
            employer_words=self.chance.choice(["Harbour Stores", "Rise", "Old Mill"]),
            hourly_pay=self.chance.choice([None, Decimal("6.00"), Decimal("13.50")]),
            open_to_anyone=self.chance.choice([True, True, None]),
            contract=self.chance.choice(["permanent", "permanent", "subsidised"]),
        )
        work.record_job(self.episode, by=self.lead, **details)

    def held_job(self) -> None:
        work.record_job(
            self.episode,
            by=self.lead,
            **job_details(started_on=date(2024, 3, 4), held_at_entry=True, employer_words="Since long"),
        )

    def hours(self) -> None:
        job = self.a_job()
        if job is None:
            return
        first = clock.monday(max(job.started_on, START)) + timedelta(weeks=self.chance.randrange(4))
        last = job.ended_on or self.today
        weeks = []
        while first + timedelta(days=6) <= self.today and first <= last and len(weeks) < 16:
            minutes = self.chance.choice([0, 60, 239, 240, 419, 420, 600, 960, None])
            weeks.append(work.WeekTyped(first, minutes, evidence="payslip"))
            first += timedelta(weeks=1)
        if weeks:
            work.record_hours(job, by=self.lead, weeks=weeks)

    def good_hours(self) -> None:
        job = self.a_job()
        if job is None:
            return
        first, last = clock.monday(max(job.started_on, START)), job.ended_on or self.today
        weeks = []
        while first + timedelta(days=6) <= self.today and first <= last:
            weeks.append(work.WeekTyped(first, 480, evidence="payslip", hourly_pay=Decimal("13.50")))
            first += timedelta(weeks=1)
        if weeks:
            work.record_hours(job, by=self.lead, weeks=weeks)

    def edit_job(self) -> None:
        job = self.a_job()
        if job is None:
            return
        details = job_details(
            started_on=job.started_on + timedelta(days=self.chance.choice([-7, 0, 0, 3])),
            employer_words=job.employer_words,
            hourly_pay=self.chance.choice([Decimal("6.00"), Decimal("13.50")]),
            held_at_entry=job.held_at_entry,
            usual_rate=self.chance.choice([True, True, False]),
        )
        work.edit_job(job, by=self.lead, pay_from=self.chance.choice([None, self.earlier()]), **details)

    def four_hours(self) -> None:
        job = self.a_job()
        if job is not None:
            work.set_four_hours(
                job, by=self.lead, on=self.chance.choice([None, self.earlier(), job.started_on])
            )

    def end_job(self) -> None:
        job = self.a_job()
        if job is not None:
            work.end_job(job, by=self.lead, on=self.earlier(), reason="money")

    def goes_on(self) -> None:
        job = self.a_job()
        if job is not None:
            work.take_back_end(job, by=self.lead)

    def birth_date(self) -> None:
        client = self.episode.client
        born = self.chance.choice([date(1985, 5, 17), date(2008, 2, 1), date(2005, 1, 31), None])
        cases.edit_client(client, by=self.lead, birth_date=born)

    def close(self) -> None:
        cases.close_episode(self.episode, by=self.lead, reason="chose_to_stop")

    def reopen(self) -> None:
        cases.reopen_episode(self.episode, by=self.lead)

    def step(self) -> str:
        """One step, or none where a rule says no; a refused step leaves nothing behind."""
        often: list[Callable[[], Any]] = [
            self.allocate, self.answer, self.contact, self.profile, self.goal, self.end_goal,
            self.employer_contact, self.job, self.hours, self.good_hours, self.good_hours, self.edit_job,
        ]  # fmt: skip
        seldom: list[Callable[[], Any]] = [
            self.hand_over, self.four_hours, self.end_job, self.goes_on, self.birth_date, self.close,
            self.held_job,
        ]  # fmt: skip
        if self.episode.closed_on is not None and self.chance.random() < 0.5:
            do: Callable[[], Any] = self.reopen
        else:
            do = self.chance.choice(often if self.chance.random() < 0.7 else seldom)
        try:
            with transaction.atomic():
                do()
        except DomainError:
            return f"{do.__name__} (refused)"
        return do.__name__


@pytest.mark.parametrize("seed", range(8))
def test_any_sequence_of_actions_leaves_milestones_equal_to_their_sources(seed: int) -> None:
    walk = Walk(seed)
    trail: list[str] = []
    reached: set[str] = set()
    for _ in range(STEPS):
        walk.today += timedelta(days=walk.chance.randrange(9))
        with clock.at(walk.today):
            trail.append(walk.step())
            episode = walk.episode
            stored = {name: getattr(episode, name) for name in MILESTONES}
            found = from_sources(episode)
            assert stored == found, f"after {trail}"
            reached |= {name for name, value in stored.items() if value is not None}
    # A walk that goes nowhere would prove nothing.
    assert len(reached) >= 5, trail


def test_the_walks_reach_every_milestone_at_least_once() -> None:
    reached: set[str] = set()
    for seed in range(8):
        walk = Walk(100 + seed)
        for _ in range(STEPS):
            walk.today += timedelta(days=walk.chance.randrange(9))
            with clock.at(walk.today):
                walk.step()
                reached |= {name for name in MILESTONES if getattr(walk.episode, name) is not None}
    assert reached == set(MILESTONES)


def test_time_alone_changes_no_milestone() -> None:
    walk = Walk(3)
    for _ in range(STEPS):
        walk.today += timedelta(days=walk.chance.randrange(9))
        with clock.at(walk.today):
            walk.step()
    episode = walk.episode
    stored = {name: getattr(episode, name) for name in MILESTONES}
    for weeks in (1, 4, 30):
        with clock.at(walk.today + timedelta(weeks=weeks)):
            assert from_sources(episode) == stored
