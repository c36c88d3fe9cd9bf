"""The demo service: the same each time, in agreement with itself, and nobody in it is real."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import nhs_number
import pytest
from django.db import transaction
from django.test import Client as Browser

from pacework.service.cases.models import Client, Consent, Episode, loads
from pacework.service.cases.permissions import is_visible
from pacework.service.contacts.models import Appointment, Contact
from pacework.service.core import audit, clock
from pacework.service.core.models import AuditEvent
from pacework.service.demo import seed
from pacework.service.demo.cast import synthetic_number
from pacework.service.demo.models import DemoService
from pacework.service.demo.plot import CLOSED, WAITING, Plot, esws
from pacework.service.diary.models import DiaryEntry
from pacework.service.employers.models import DisclosurePlan, EmployerContact, demands
from pacework.service.people.models import Role, User
from pacework.service.recruitment.models import Referral
from pacework.service.work.models import JobSpell, WeekWorked
from tests.guards.test_milestones import from_sources

TODAY = date(2026, 3, 11)
SMALL = 24

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def small(django_db_setup: None, django_db_blocker: Any) -> Iterator[DemoService]:
    """A small demo that all tests of this file look at; it is gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.at(TODAY):
            yield seed.make(clients=SMALL, today=TODAY)
        transaction.set_rollback(True)


@pytest.fixture
def demo(small: DemoService) -> Iterator[DemoService]:
    with clock.at(TODAY):
        yield small


def test_the_audit_of_the_demo_verifies(demo: DemoService) -> None:
    found = audit.verify()
    assert found.ok, found.breaks
    assert found.events == AuditEvent.objects.count() > 1000


def test_nothing_in_the_demo_lies_after_this_morning(demo: DemoService) -> None:
    with clock.at(TODAY):
        latest = AuditEvent.objects.order_by("-at").values_list("at", flat=True)[0]
        assert latest < clock.now()
    assert not Contact._base_manager.filter(on__gt=TODAY).exists()
    assert not JobSpell._base_manager.filter(started_on__gt=TODAY).exists()


def test_every_milestone_is_what_its_sources_say(demo: DemoService) -> None:
    episodes = Episode._base_manager.select_related("client")
    assert episodes.count() > SMALL / 2
    for episode in episodes:
        for name, value in from_sources(episode).items():
            assert getattr(episode, name) == value, (episode.pk, name)


def test_every_nhs_number_is_of_the_synthetic_range(demo: DemoService) -> None:
    numbers = [number for number in Client._base_manager.values_list("nhs_number", flat=True) if number]
    assert len(numbers) > SMALL / 2
    for number in numbers:
        assert number.startswith("999")
        assert nhs_number.is_valid(number, for_region=nhs_number.REGION_SYNTHETIC)


def test_a_body_without_a_fitting_check_digit_is_no_number() -> None:
    found = [synthetic_number(number) for number in range(40)]
    assert None in found
    assert all(number is None or nhs_number.is_valid(number) for number in found)


def test_addresses_and_telephones_belong_to_nobody(demo: DemoService) -> None:
    for client in Client._base_manager.all():
        assert client.postcode.startswith("ZZ")
        assert client.phone.replace(" ", "").startswith(("01632960", "07700900"))
        assert client.email.endswith(".example") or not client.email
    assert all(user.email.endswith(".example") for user in User.objects.exclude(email=""))


def test_every_contact_about_a_client_rests_on_their_answer(demo: DemoService) -> None:
    about = EmployerContact._base_manager.filter(client__isnull=False).select_related("basis", "consent")
    assert about.exists()
    for contact in about:
        assert contact.basis.who != "not_at_all"
        assert not contact.client_named or contact.basis.who == "named"
        assert contact.consent.given


def test_the_quick_answer_about_a_record_is_the_doors_answer(demo: DemoService) -> None:
    clients = list(Client._base_manager.all())
    for user in User.objects.filter(role__in=(Role.ESW, Role.HCP, Role.TEAM_LEAD)):
        seen = set(Client.objects.visible_to(user).values_list("pk", flat=True))
        assert {client.pk for client in clients if is_visible(user, client)} == seen, user.username


def test_each_role_has_somebody_to_be(demo: DemoService) -> None:
    for role in Role:
        assert User.objects.filter(username=f"demo-{role}", is_active=True, role=role).count() == 1
    client = Client._base_manager.get(user__username="demo-client")
    assert client.episode is not None
    assert client.episode.in_work_since is not None


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_each_role_can_open_today(demo: DemoService, role: str) -> None:
    browser = Browser()
    browser.force_login(
        User.objects.get(username=f"demo-{role}"), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert browser.get("/today/", follow=True).status_code == 200


def test_today_has_appointments_before_during_and_after(demo: DemoService) -> None:
    days = set(Appointment._base_manager.filter(outcome="").values_list("on", flat=True))
    assert TODAY in days
    assert any(day > TODAY for day in days)


def test_histories_are_of_all_kinds(demo: DemoService) -> None:
    assert Consent._base_manager.filter(given=False).exists()
    assert DisclosurePlan._base_manager.values("who").distinct().count() >= 2
    assert WeekWorked._base_manager.filter(lost_to_pain=True).exists()
    stages = set(Episode.objects.with_stage().values_list("stage", flat=True))
    assert {"closed", "in_work", "job_search", "referred"} <= stages
    states = Counter(Referral.objects.with_state().values_list("state", flat=True))
    assert {"exited", "on_caseload", "waiting_esw", "to_screen", "to_check"} <= set(states)


def test_the_diary_of_the_visited_client_agrees_with_the_job(demo: DemoService) -> None:
    client = Client._base_manager.get(user__username="demo-client")
    job = JobSpell._base_manager.get(episode__client=client, ended_on=None)
    rows = DiaryEntry._base_manager.filter(client=client)
    answers = [float(hours) for hours in rows.exclude(hours=None).values_list("hours", flat=True)]
    assert len(answers) > rows.count() / 3
    longest = demands.shift_minutes(job.application.vacancy)
    assert longest is not None
    able = sum(hours >= longest / 60 for hours in answers)
    assert len(answers) * 0.8 < able


def test_notes_of_a_new_job_come_in_their_order_and_once(demo: DemoService) -> None:
    for part in ("First days.", "Week one done.", "Week three."):
        told = Contact._base_manager.filter(note__startswith=part)
        per_job = Counter(told.values_list("episode_id", flat=True))
        jobs = Counter(JobSpell._base_manager.values_list("episode_id", flat=True))
        assert per_job
        assert all(jobs[episode] >= many for episode, many in per_job.items())
    client = Client._base_manager.get(user__username="demo-client")
    notes = list(
        Contact._base_manager.filter(episode__client=client, purpose="in_work")
        .order_by("on")
        .values_list("note", flat=True)
    )
    assert [note.split(".")[0] for note in notes[:2]] == ["First days", "Week one done"]


# The full size, as days only: what it writes is the same as in small


def test_the_full_demo_has_the_caseloads_it_promises() -> None:
    journeys = Plot(Random(20), TODAY).draw()
    assert len(journeys) == sum(worker["active"] for worker in esws()) + CLOSED + WAITING == 180
    active = Counter(one.esw for one in journeys if one.accepted and one.closed is None)
    assert active["esw_moira"] / (24 / 37.5) == 20.3125
    assert active["esw_hilary"] / (37.5 / 37.5) == 26
    assert min(one.entered for one in journeys) >= TODAY - timedelta(days=560)


def test_a_small_demo_carries_fewer_clients_with_the_same_workers(demo: DemoService) -> None:
    found = loads(User.objects.filter(role=Role.ESW, is_active=True))
    assert len(found) == 12
    assert all(load.active >= 1 for load in found)
