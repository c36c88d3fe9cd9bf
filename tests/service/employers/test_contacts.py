"""Logging contacts, the promises in them, who sees them, and the weekly review."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from pacework.service.cases.actions import withdraw_consent
from pacework.service.cases.models import Episode
from pacework.service.core import clock
from pacework.service.core.audit import verify
from pacework.service.core.errors import DomainError, NeedsConfirmation, NotAllowed
from pacework.service.core.models import AuditEvent
from pacework.service.employers import actions
from pacework.service.employers.models import EmployerContact, LogReview
from tests.service.build import (
    close,
    give_account,
    give_consent,
    lead_of,
    make_cover,
    make_team,
    make_user,
    state_reason,
)
from tests.service.employers.build import (
    agree,
    contact_details,
    log,
    log_about,
    make_carried_client,
    make_employer,
    make_manager,
    make_site,
)

pytestmark = pytest.mark.django_db


def days(number):
    return clock.today() + timedelta(days=number)


# About no client


def test_a_contact_is_recorded_with_its_trace():
    esw, employer = make_user("esw"), make_employer()
    contact = log(
        employer, esw, note="They start at six.", next_step="Send the leaflet", next_step_on=days(3)
    )
    assert contact.face_to_face
    assert contact.client is None
    event = AuditEvent.objects.get(verb="employer_contact.logged")
    assert (event.chain, event.object_id) == ("service", str(contact.pk))
    assert verify().ok


@pytest.mark.parametrize(
    ("mode", "counts"),
    [("face_to_face", True), ("event", True), ("phone", False), ("video", False), ("email", False)],
)
def test_only_meeting_counts_as_face_to_face(mode, counts):
    assert log(make_employer(), make_user("esw"), mode=mode).face_to_face == counts


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"on": 1}, "on"),
        ({"mode": "pigeon"}, "mode"),
        ({"purpose": "gossip"}, "purpose"),
        ({"purpose": "match"}, "purpose"),
        ({"next_step": "Call", "next_step_on": -1}, "next_step_on"),
        ({"next_step_on": 1}, "next_step"),
    ],
)
def test_a_contact_that_makes_no_sense_is_refused_beside_its_field(changes, field):
    changes = {name: days(value) if isinstance(value, int) else value for name, value in changes.items()}
    with pytest.raises(DomainError) as refused:
        log(make_employer(), make_user("esw"), **changes)
    assert refused.value.field == field
    assert not EmployerContact.objects.exists()


def test_site_and_person_must_be_the_employers_own():
    esw, employer, other = make_user("esw"), make_employer(), make_employer()
    log(employer, esw, site=make_site(employer), person=make_manager(employer))
    with pytest.raises(DomainError, match="site does not belong"):
        log(employer, esw, site=make_site(other))
    with pytest.raises(DomainError, match="does not work for"):
        log(employer, esw, person=make_manager(other))


def test_a_full_name_of_ones_own_client_or_a_health_word_is_asked_about_and_the_answer_kept():
    _, esw = make_carried_client(first_name="Wren", last_name="Tallow")
    employer = make_employer()
    for note in ("Wren Tallow might fit", "someone with arthritis might fit"):
        with pytest.raises(NeedsConfirmation):
            log(employer, esw, note=note)
    assert not EmployerContact.objects.exists()
    kept = log(employer, esw, note="Wren Tallow might fit", confirmed=True)
    assert kept.confirmed_words == ["wren tallow"]
    assert kept.client is None
    # Another worker's client is not known to this one: naming them cannot be noticed.
    assert log(employer, make_user("esw"), note="Wren Tallow might fit").confirmed_words == []


# About a client


def test_a_contact_about_a_client_stands_on_their_answer_and_starts_job_search():
    client, esw = make_carried_client()
    employer, plan = make_employer(), agree(client, esw, who="named")
    contact = log_about(client, employer, esw, client_named=True, match="matches", match_why="Mornings only")
    assert (contact.basis, contact.consent.layer, contact.client_named) == (plan, "employer_contact", True)
    episode = Episode.objects.with_stage().get(client=client)
    assert (episode.first_employer_contact_on, episode.stage) == (clock.today(), "job_search")
    assert AuditEvent.objects.get(verb="employer_contact.logged").chain == f"person:{client.pk}"


def test_the_first_contact_is_the_earliest_however_late_it_is_logged():
    with clock.at(clock.now() - timedelta(days=20)):
        client, esw = make_carried_client()
        agree(client, esw)
    employer = make_employer()
    log_about(client, employer, esw)
    log_about(client, employer, esw, on=days(-9))
    log_about(client, employer, esw, on=days(-4))
    assert Episode.objects.get(client=client).first_employer_contact_on == days(-9)


def nothing_written(client):
    return (
        not EmployerContact.objects.exists()
        and not Episode.objects.get(client=client).first_employer_contact_on
    )


@pytest.mark.parametrize(
    "answer",
    [None, {"who": "not_at_all"}, {"who": "named", "expires_on": 2}, {"who": "unnamed", "expires_on": 2}],
)
def test_without_a_live_answer_nothing_is_written(answer):
    with clock.at(clock.now() - timedelta(days=5)):
        client, esw = make_carried_client()
        if answer:
            ends = answer.pop("expires_on", None)
            agree(client, esw, **answer, expires_on=days(ends) if ends else None)
    with pytest.raises(DomainError):
        log_about(client, make_employer(), esw)
    assert nothing_written(client)


def test_without_live_consent_nothing_is_written():
    client, esw = make_carried_client(consent=False)
    agree(client, esw)
    with pytest.raises(DomainError, match="not agreed"):
        log_about(client, make_employer(), esw)
    consent = give_consent(client, "employer_contact")
    withdraw_consent(consent, by=esw)
    with pytest.raises(DomainError, match="not agreed"):
        log_about(client, make_employer(), esw)
    assert nothing_written(client)


def test_no_here_goes_before_yes_everywhere():
    client, esw = make_carried_client()
    here, there = make_employer(), make_employer()
    agree(client, esw, who="named")
    agree(client, esw, who="not_at_all", employer=here)
    with pytest.raises(DomainError, match="does not want to be mentioned"):
        log_about(client, here, esw)
    assert log_about(client, there, esw).basis.employer is None


def test_an_answer_given_today_does_not_cover_yesterday():
    with clock.at(clock.now() - timedelta(days=9)):
        client, esw = make_carried_client()
    agree(client, esw, who="named")
    with pytest.raises(DomainError, match="had not agreed") as refused:
        log_about(client, make_employer(), esw, on=days(-1))
    assert refused.value.field == "on"
    assert nothing_written(client)


def test_an_earlier_answer_covers_its_own_days():
    with clock.at(clock.now() - timedelta(days=9)):
        client, esw = make_carried_client()
        agree(client, esw, who="unnamed")
    agree(client, esw, who="named")
    assert log_about(client, make_employer(), esw, on=days(-1)).client_named is False
    with pytest.raises(DomainError, match="had not agreed"):
        log_about(client, make_employer(), esw, on=days(-1), client_named=True)


def test_unnamed_keeps_the_link_inside_and_the_name_too():
    client, esw = make_carried_client()
    employer = make_employer()
    agree(client, esw, who="unnamed")
    with pytest.raises(DomainError, match="not agreed to be named") as refused:
        log_about(client, employer, esw, client_named=True)
    assert refused.value.field == "client_named"
    assert log_about(client, employer, esw).client == client


def test_a_note_beyond_the_answer_is_asked_about_and_the_confirmation_recorded():
    client, esw = make_carried_client(first_name="Wren", last_name="Tallow")
    employer = make_employer()
    agree(client, esw, who="unnamed")
    with pytest.raises(NeedsConfirmation, match="Wren Tallow agreed to"):
        log_about(client, employer, esw, note="Wren has a bad back")
    with pytest.raises(NeedsConfirmation):
        log_about(client, employer, esw, next_step="Bring Wren")
    contact = log_about(client, employer, esw, note="Wren has a bad back", confirmed=True)
    assert contact.confirmed_words == ["wren", "bad back"]


def test_a_contact_before_support_began_or_without_open_support_is_refused():
    client, esw = make_carried_client()
    employer = make_employer()
    agree(client, esw, agreed_on=days(-20))
    client.consents.filter(layer="employer_contact").update(given_on=days(-20))
    with pytest.raises(DomainError, match="before support began"):
        log_about(client, employer, esw, on=days(-3))
    close(client.episode)
    client.__dict__.pop("_episode", None)
    with pytest.raises(NotAllowed):
        log_about(client, employer, lead_of(client.team))


def test_a_client_without_support_has_no_contacts(monkeypatch):
    from tests.service.build import make_client

    team = make_team()
    client, lead = make_client(team), lead_of(team)
    give_consent(client, "employer_contact")
    agree(client, lead)
    with pytest.raises(DomainError, match="no open episode"):
        log_about(client, make_employer(), lead)


def test_an_unknown_answer_to_match_is_refused():
    client, esw = make_carried_client()
    agree(client, esw)
    with pytest.raises(DomainError):
        log_about(client, make_employer(), esw, match="perhaps")


def test_the_database_itself_refuses_a_client_without_a_basis():
    client, esw = make_carried_client()
    details = contact_details(purpose="match") | {
        "employer": make_employer(),
        "esw": esw,
        "face_to_face": True,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        EmployerContact.objects.create(**details, client=client, episode=client.episode)
    with pytest.raises(IntegrityError), transaction.atomic():
        EmployerContact.objects.create(**details, client_named=True)


# Who sees a contact


def test_contacts_about_nobody_are_open_to_who_knows_employers_and_others_only_through_the_door():
    client, esw = make_carried_client(account=True)
    agree(client, esw)
    employer = make_employer()
    about, plain = log_about(client, employer, esw), log(employer, esw)
    hcp = make_user("hcp", client.team)
    manager = make_user("manager")
    expected = {
        "named esw": (esw, {about, plain}),
        "another esw": (make_user("esw", client.team), {plain}),
        "lead": (lead_of(client.team), {about, plain}),
        "another lead": (make_user("team_lead", make_team()), {plain}),
        "manager": (manager, {plain}),
        "hcp without health sharing": (hcp, set()),
        "client": (give_account(client), {about}),
        "researcher": (make_user("researcher"), set()),
        "administrator": (make_user("administrator"), set()),
        "left": (make_user("esw", is_active=False), set()),
    }
    seen = {name: set(EmployerContact.objects.visible_to(user)) for name, (user, _) in expected.items()}
    assert seen == {name: rows for name, (_, rows) in expected.items()}
    give_consent(client)
    assert set(EmployerContact.objects.visible_to(hcp)) == {about}
    state_reason(client, manager)
    assert set(EmployerContact.objects.visible_to(manager)) == {about, plain}


# Promises


def test_promises_due_are_the_workers_own_and_those_about_clients_they_carry_now():
    client, esw = make_carried_client()
    agree(client, esw)
    employer, colleague = make_employer(), make_user("esw", client.team)
    promise = {"next_step": "Call back", "next_step_on": days(2)}
    about, mine = log_about(client, employer, esw, **promise), log(employer, esw, **promise)
    log(employer, esw, next_step="Later", next_step_on=days(30))
    log(employer, esw, next_step="Some day")
    due = lambda user, day=2: set(EmployerContact.objects.next_steps_due(user, days(day)))  # noqa: E731
    assert due(esw) == {about, mine}
    assert due(esw, 1) == set()
    assert due(colleague) == set()
    make_cover(esw, colleague)
    assert due(colleague) == {about, mine}
    actions.finish_next_step(mine, by=esw)
    assert due(esw) == {about}
    close(client.episode)
    assert due(esw) == set()


def test_a_promise_is_kept_once_and_only_by_who_may():
    client, esw = make_carried_client()
    agree(client, esw)
    employer = make_employer()
    about = log_about(client, employer, esw, next_step="Call")
    plain = log(employer, esw, next_step="Call")
    with pytest.raises(NotAllowed):
        actions.finish_next_step(about, by=make_user("esw", client.team))
    with pytest.raises(NotAllowed):
        actions.finish_next_step(plain, by=make_user("manager"))
    assert actions.finish_next_step(about, by=lead_of(client.team)).next_step_done_on == clock.today()
    with pytest.raises(DomainError, match="already"):
        actions.finish_next_step(about, by=esw)
    with pytest.raises(DomainError, match="no next step"):
        actions.finish_next_step(log(employer, esw), by=esw)


# The weekly review


def test_a_review_is_a_record_of_what_was_there_and_a_second_look_is_another():
    team = make_team()
    esw, lead, employer = make_user("esw", team), lead_of(team), make_employer()
    monday = clock.monday(clock.today())
    log(employer, esw)
    log(employer, esw, mode="phone")
    review = actions.review_log(esw, by=lead, week=monday, note="Good week")
    assert (review.contacts, review.face_to_face, review.reviewed_by) == (2, 1, lead)
    log(employer, esw)
    actions.review_log(esw, by=lead, week=monday)
    assert list(LogReview.objects.values_list("contacts", flat=True)) == [3, 2]


def test_a_review_is_of_a_week_that_began_by_a_lead_of_the_worker():
    team = make_team()
    esw, lead = make_user("esw", team), lead_of(team)
    monday = clock.monday(clock.today())
    with pytest.raises(DomainError, match="Monday"):
        actions.review_log(esw, by=lead, week=monday + timedelta(days=1))
    with pytest.raises(DomainError, match="future"):
        actions.review_log(esw, by=lead, week=monday + timedelta(days=7))
    with pytest.raises(NotAllowed):
        actions.review_log(esw, by=make_user("team_lead", make_team()), week=monday)
    assert not LogReview.objects.exists()


def test_a_week_runs_from_monday_to_sunday():
    esw, employer = make_user("esw"), make_employer()
    monday = clock.monday(clock.today()) - timedelta(days=14)
    for day in (-1, 0, 6, 7):
        log(employer, esw, on=monday + timedelta(days=day))
    found = EmployerContact.objects.in_week(monday).order_by("on")
    assert [row.on for row in found] == [monday, monday + timedelta(days=6)]
