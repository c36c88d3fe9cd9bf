"""Jobs, hours and placements for tests, made by the product's own actions.

work = someone_in_work(weeks=[450, 450, None])      # hours from the week the job began
work.job, work.episode, work.esw, work.client
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pacework.service.cases.models import Client, Episode
from pacework.service.core import clock
from pacework.service.employers.actions import (
    add_employer,
    add_opportunity,
    add_person,
    agree_disclosure,
    move_opportunity,
)
from pacework.service.employers.models import Employer, PlacementOpportunity
from pacework.service.people.models import User
from pacework.service.work import actions
from pacework.service.work.models import Application, JobSpell, Placement
from tests.service.build import give_consent, make_episode, make_team, make_user

REFERRED = date(2025, 9, 1)
"""A Monday. Clients of these tests were referred and accepted on it."""


@dataclass
class Work:
    """One client with their ESW and one thing they do."""

    esw: User
    episode: Episode
    job: JobSpell | None = None
    placement: Placement | None = None

    @property
    def client(self) -> Client:
        return self.episode.client


def supported(**more: Any) -> Work:
    """A client accepted on REFERRED."""
    with clock.at(REFERRED):
        esw = make_user("esw", make_team())
        episode = make_episode(esw=esw, **more)
    return Work(esw, episode)


def job_details(**more: Any) -> dict[str, Any]:
    """A competitive job above the legal minimum."""
    return {
        "title": "Stock assistant",
        "contract": "permanent",
        "started_on": REFERRED + timedelta(weeks=2),
        "weekly_hours": Decimal(12),
        "hourly_pay": Decimal("13.00"),
        "employer_words": "Harbour Stores",
        "open_to_anyone": True,
        "usual_rate": True,
        "set_aside": False,
    } | more


def someone_in_work(weeks: Sequence[int | None] = (), *, work: Work | None = None, **details: Any) -> Work:
    """A client in a job, with minutes recorded for the weeks from its start on."""
    work = work or supported()
    work.job = actions.record_job(work.episode, by=work.esw, **job_details(**details))
    if weeks:
        record(work, weeks)
    return work


def record(work: Work, minutes: Sequence[int | None], *, first: date | None = None, **more: Any) -> None:
    """Minutes of the weeks from ``first`` (else from the start of the job) on."""
    assert work.job is not None
    monday = clock.monday(first or work.job.started_on)
    typed = [
        actions.WeekTyped(monday + timedelta(weeks=number), found, **({"evidence": "payslip"} | more))
        for number, found in enumerate(minutes)
    ]
    actions.record_hours(work.job, by=work.esw, weeks=typed)


def application(work: Work, **more: Any) -> Application:
    details = {"title": "Library assistant", "employer_words": "Town Library", "on": REFERRED} | more
    return actions.add_application(work.episode, by=work.esw, **details)


def employer(by: User, name: str = "Harbour Stores") -> Employer:
    return add_employer(by=by, name=name, confirmed=True)


def opportunity(by: User, *, places: int = 1) -> PlacementOpportunity:
    """An agreed placement opportunity."""
    place = employer(by)
    person = add_person(place, by=by, name="Mo Field")
    made = add_opportunity(place, by=by, title="Stock room", places=places, named_manager=person)
    move_opportunity(made, by=by, to="asked")
    return move_opportunity(made, by=by, to="agreed")


def may_be_named(work: Work, place: Employer | None = None, who: str = "named") -> None:
    """The client lets us say who they are."""
    give_consent(work.client, "employer_contact")
    agree_disclosure(work.client, by=work.esw, employer=place, who=who)


def someone_on_placement(*, started: bool = True, **more: Any) -> Work:
    """A client named to an employer, on a placement there since three weeks after the referral."""
    work = supported()
    place = employer(work.esw)
    may_be_named(work, place)
    first = REFERRED + timedelta(weeks=3)
    details = {"title": "Stock room", "employer": place, "planned_from": first, "planned_hours": Decimal(8)}
    work.placement = actions.plan_placement(work.episode, by=work.esw, **(details | more))
    if started:
        actions.start_placement(work.placement, by=work.esw, on=first)
    return work
