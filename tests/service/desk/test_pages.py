"""Today, the caseload and the person page, as each role sees them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from pacework.science.measures.rules import Milestones, stage
from pacework.service.cases.models import MILESTONES, Episode
from pacework.service.contacts.actions import ask_to_move, log_contact, plan_appointment
from pacework.service.core import clock
from pacework.service.people.models import Role
from tests.service.build import close, make_cover, make_episode, make_team, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def esw(team):
    return make_user("esw", team)


def read(browser, name, *args, **query):
    response = browser.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", [role for role in Role.values if role != "client"])
def test_every_role_has_a_today(role, team, client_for):
    assert "Today" in read(client_for(make_user(role, team)), "today")


def test_an_account_without_a_record_is_told_so(client_for):
    assert "not joined to a record" in read(client_for(make_user("client")), "today")


def test_a_client_sees_their_next_appointment_and_step(esw, client_for):
    from tests.service.build import give_account

    episode = make_episode(esw=esw)
    user = give_account(episode.client)
    plan_appointment(episode, by=esw, on=clock.today() + timedelta(days=2), mode="phone")
    words = read(client_for(user), "today")
    assert f"Hello {episode.client.first_name}" in words
    assert "Next appointment" in words


def test_a_client_who_asked_for_another_day_reads_that_and_is_not_asked_again(esw, client_for):
    from tests.service.build import give_account

    episode = make_episode(esw=esw)
    browser = client_for(give_account(episode.client))
    planned = plan_appointment(episode, by=esw, on=clock.today() + timedelta(days=2), mode="phone")
    assert "See or move it" in read(browser, "today")
    request = ask_to_move(planned, by=episode.client.user, words="")
    words = read(browser, "today")
    assert "You asked for another day." in words
    assert "See or move it" not in words
    type(request).objects.update(answered_on=clock.today())
    assert "See or move it" in read(browser, "today")


def test_a_new_client_waits_at_the_top_of_the_esws_today(esw, client_for):
    episode = make_episode(esw=esw, accepted=False)
    words = read(client_for(esw), "today")
    assert "New clients to answer" in words
    assert reverse("offer-answer", args=[episode.client_id]) in words


def test_an_esw_sees_todays_appointment_with_its_place(esw, client_for):
    episode = make_episode(esw=esw)
    plan_appointment(episode, by=esw, on=clock.today(), mode="face_to_face", place="Quayside Café")
    assert "Quayside Café" in read(client_for(esw), "today")


def test_a_lead_sees_who_waits_for_a_worker(team, client_for):
    episode = make_episode(team=team)
    words = read(client_for(make_user("team_lead", team)), "today")
    assert "Waiting for a worker" in words
    assert episode.client.name in words


def test_the_manager_sees_counts_and_no_names(team, esw, client_for):
    episode = make_episode(esw=esw)
    manager = client_for(make_user("manager"))
    for page in ("today", "capacity", "outcomes"):
        assert episode.client.last_name not in read(manager, page)


def test_the_caseload_shows_own_and_covered_clients_only(team, esw, client_for):
    mine = make_episode(esw=esw)
    colleague = make_user("esw", team)
    theirs = make_episode(esw=colleague)
    browser = client_for(esw)
    assert theirs.client.name not in read(browser, "caseload")
    make_cover(colleague, esw)
    for view in ("board", "table"):
        words = read(browser, "caseload", view=view)
        assert mine.client.name in words
        assert theirs.client.name in words


def test_a_lead_can_choose_one_worker(team, esw, client_for):
    mine = make_episode(esw=esw)
    other = make_episode(esw=make_user("esw", team))
    words = read(client_for(make_user("team_lead", team)), "caseload", esw=esw.pk)
    assert mine.client.name in words
    assert other.client.name not in words


def test_a_closed_client_leaves_the_caseload(team, esw, client_for):
    episode = make_episode(esw=esw)
    close(episode)
    assert episode.client.name not in read(client_for(esw), "caseload")


def test_the_person_page_says_what_matters_now(esw, client_for):
    episode = make_episode(esw=esw)
    log_contact(
        episode,
        by=esw,
        on=clock.today(),
        mode="phone",
        purpose="profile",
        attendance="pain",
        note="A hard day.",
    )
    words = read(client_for(esw), "person", episode.client_id)
    assert "Not possible because of pain" in words
    assert "A hard day." in words
    assert "Agree a next step" in words


@pytest.mark.parametrize("before", ["", "2026-02-30", "no day", "0000-00-00", "2026-01-01"])
def test_any_day_in_the_address_gives_a_page(before, esw, client_for):
    episode = make_episode(esw=esw)
    read(client_for(esw), "person", episode.client_id, before=before)


@pytest.mark.parametrize("sort", ["name", "-stage", "last", "-next", "since", "'; DROP TABLE", ""])
def test_any_sorting_gives_a_page(sort, esw, client_for):
    make_episode(esw=esw)
    read(client_for(esw), "caseload", sort=sort, view="table", stage="nonsense", page="99999999999")


def test_the_stage_in_sql_is_the_stage_of_the_rules(esw):
    """Every set of milestones that can come about, in SQL and in the rules."""
    from itertools import product

    today = clock.today()
    decisive = (
        "accepted_on",
        "profile_started_on",
        "preparing_since",
        "first_employer_contact_on",
        "in_work_since",
        "last_job_ended_on",
        "closed_on",
    )
    assert set(decisive) <= set(MILESTONES)
    episode = make_episode(esw=esw)
    for dates in product((None, today), repeat=len(decisive)):
        values = dict(zip(decisive, dates, strict=True))
        reason = {"close_reason": "moved" if values["closed_on"] else ""}
        Episode.objects.filter(pk=episode.pk).update(**values, **reason)
        assert Episode.objects.with_stage().get(pk=episode.pk).stage == stage(Milestones(**values), today)


def test_a_lead_sees_whose_worker_has_left(team, esw, client_for):
    episode = make_episode(esw=esw)
    lead = client_for(make_user("team_lead", team))
    assert "Their worker has left" not in read(lead, "today")
    type(esw).objects.filter(pk=esw.pk).update(is_active=False)
    words = read(lead, "today")
    assert "Their worker has left" in words
    assert reverse("handover", args=[episode.client_id]) in words


def test_the_timeline_leads_to_the_referral(client_for, team):
    from tests.service.recruitment.build import make_referral

    referral = make_referral("waiting_esw", team=team)
    words = read(client_for(make_user("team_lead", team)), "person", referral.client_id)
    assert "Referral: record search" in words
    assert reverse("referral", args=[referral.client_id, referral.pk]) in words
