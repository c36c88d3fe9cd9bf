"""Two people at the same moment, on two connections: nothing is lost, doubled or forked.

On PostgreSQL their transactions really overlap; on SQLite one waits for the other (test_transactions.py).
"""

from __future__ import annotations

import io
import threading
import uuid
from datetime import date

import pytest
from django.db import transaction

from pacework.service.cases import actions
from pacework.service.cases import policies as case_policies
from pacework.service.cases.models import Assignment, Client, Closing, EmploymentStatus
from pacework.service.cases.views import people as people_views
from pacework.service.core import audit, clock
from pacework.service.core.errors import DomainError, StaleSave
from pacework.service.core.models import AuditEvent, AuditHead, Draft
from pacework.service.recruitment import actions as recruitment
from pacework.service.recruitment.actions import import_adding
from pacework.service.recruitment.import_models import ImportState
from pacework.service.recruitment.models import Referral
from tests.service import build
from tests.service.core.together import Meeting, errors, only_one, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]

EVENTS = 400


@audit.action
def note(*clients: Client) -> None:
    """A write that says so for each of these people, in this order."""
    for client in clients:
        audit.trace("test.noted", client, by=None, fields=["first_name"])


def numbers(client: Client) -> list[int]:
    events = AuditEvent.objects.filter(chain=f"person:{client.pk}", verb="test.noted")
    return list(events.order_by("number").values_list("number", flat=True))


# The audit chain


def test_two_writers_about_one_person_leave_one_unbroken_chain():
    client = build.make_client()

    def write() -> None:
        for _ in range(EVENTS):
            note(client)

    assert errors(together(write, write)) == []
    assert numbers(client) == list(range(2, 2 * EVENTS + 2))  # the first event is the registration
    found = audit.verify()
    assert found.ok, found.breaks


def test_writers_about_several_people_in_opposite_orders_neither_fork_nor_block_each_other():
    one, other = build.make_client(), build.make_client()

    def write(*clients: Client) -> None:
        for _ in range(EVENTS):
            note(*clients)

    assert errors(together(lambda: write(one, other), lambda: write(other, one))) == []
    assert len(numbers(one)) == len(numbers(other)) == 2 * EVENTS
    found = audit.verify()
    assert found.ok, found.breaks


def test_two_who_write_the_first_event_of_a_chain_share_its_head():
    team = build.make_team()
    clients = [Client(team=team, first_name="Nia", last_name=f"Marlow{number}") for number in range(20)]
    for client in clients:
        client.save()
        assert errors(together(lambda client=client: note(client), lambda client=client: note(client))) == []
        assert numbers(client) == [1, 2]
    assert AuditHead.objects.count() == len(clients)
    assert audit.verify().ok


# Forms


def test_of_two_stale_saves_exactly_one_wins_and_the_other_sees_it():
    client = build.make_client()
    lead = build.lead_of(client.team)
    mine, theirs = (Client.objects.get(pk=client.pk) for _ in range(2))
    loser = only_one(
        together(
            lambda: actions.edit_client(mine, by=lead, expected=1, contact_notes="before noon"),
            lambda: actions.edit_client(theirs, by=lead, expected=1, contact_notes="after noon"),
        )
    )
    assert isinstance(loser, StaleSave)
    client.refresh_from_db()
    assert client.version == 2
    assert loser.current.contact_notes == client.contact_notes in ("before noon", "after noon")
    assert AuditEvent.objects.filter(verb="client.changed").count() == 1


def test_a_form_sent_twice_at_once_writes_once_and_leads_both_to_the_same_page(client_for, monkeypatch):
    esw = build.make_user("esw", build.make_team())
    client = build.make_episode(esw=esw).client
    path = f"/people/{client.pk}/employment/"
    data = {"status": "unemployed", "as_of": "2026-01-05", "submission": str(uuid.uuid4())}
    meeting = Meeting()
    write = meeting.before(people_views.actions.record_employment_status)
    monkeypatch.setattr(people_views.actions, "record_employment_status", write)
    one, other = client_for(esw), client_for(esw)
    answers = together(lambda: one.post(path, data), lambda: other.post(path, data))
    assert errors(answers) == []
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert EmploymentStatus.objects.filter(client=client).count() == 1
    assert AuditEvent.objects.filter(verb="employment.recorded").count() == 1


def test_two_tabs_that_keep_a_draft_at_once_both_succeed(client_for):
    esw = build.make_user("esw", build.make_team())
    client = build.make_episode(esw=esw).client
    one, other = client_for(esw), client_for(esw)

    def keep(browser, words):
        return browser.post(
            f"/people/{client.pk}/details/change/",
            {"save_draft": "1", "contact_notes": words},
            headers={"X-Pacework-Autosave": "1"},
        )

    answers = together(lambda: keep(one, "first"), lambda: keep(other, "second"))
    assert [getattr(answer, "status_code", answer) for answer in answers] == [204, 204]
    assert Draft.objects.get().data["contact_notes"] in (["first"], ["second"])


# Who carries whom


def test_of_two_leads_who_ask_for_one_client_one_is_told_that_somebody_is_named():
    team = build.make_team()
    episode = build.make_episode(team=team)
    leads = [build.make_user("team_lead", team) for _ in range(2)]
    esws = [build.make_user("esw", team) for _ in range(2)]
    seen = [type(episode).objects.get(pk=episode.pk) for _ in range(2)]
    loser = only_one(
        together(*(lambda n=n: actions.allocate(seen[n], by=leads[n], esw=esws[n]) for n in range(2)))
    )
    assert isinstance(loser, DomainError)
    assert loser.field == "esw"
    assert Assignment.objects.filter(episode=episode).count() == 1


def test_of_two_leads_on_the_page_one_gets_a_sentence_and_no_error_page(client_for):
    team = build.make_team()
    client = build.make_episode(team=team).client
    browsers = [client_for(build.make_user("team_lead", team)) for _ in range(2)]
    esws = [build.make_user("esw", team) for _ in range(2)]
    path = f"/people/{client.pk}/allocate/"
    answers = together(*(lambda n=n: browsers[n].post(path, {"esw": esws[n].pk}) for n in range(2)))
    assert errors(answers) == []
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    refused = next(answer for answer in answers if answer.status_code == 422)
    assert "already named" in refused.text
    assert Assignment.objects.filter(episode__client=client).count() == 1


def test_an_offer_that_is_accepted_and_declined_at_once_has_one_answer():
    esw = build.make_user("esw", build.make_team())
    offer = build.offer_of(build.make_episode(esw=esw, accepted=False))
    one, other = (Assignment.objects.get(pk=offer.pk) for _ in range(2))
    loser = only_one(
        together(
            lambda: actions.accept(one, by=esw),
            lambda: actions.decline(other, by=esw, note="I have no room."),
        )
    )
    assert isinstance(loser, DomainError)
    offer.refresh_from_db()
    assert (offer.accepted_on is None) != (offer.ended_on is None)
    offer.episode.refresh_from_db()
    assert offer.episode.accepted_on == offer.accepted_on


def test_an_offer_that_is_accepted_while_the_lead_names_another_leaves_one_named_esw():
    team = build.make_team()
    esw, another, lead = build.make_user("esw", team), build.make_user("esw", team), build.lead_of(team)
    offer = build.offer_of(build.make_episode(esw=esw, accepted=False))
    mine = Assignment.objects.get(pk=offer.pk)
    accepted, handed = together(
        lambda: actions.accept(mine, by=esw),
        lambda: actions.hand_over(
            offer.episode, by=lead, to=another, reason="caseload", note="She knows the place."
        ),
    )
    assert not isinstance(handed, BaseException), handed
    offer.refresh_from_db()
    named = build.offer_of(offer.episode)
    assert named.esw == another
    # Whoever was first: the answer is there if it was given in time, and never after the offer had ended.
    assert (offer.accepted_on is None) == isinstance(accepted, DomainError)
    assert (named.accepted_on is None) == (offer.accepted_on is None)


def test_two_people_who_close_an_episode_close_it_once():
    esw = build.make_user("esw", build.make_team())
    episode = build.make_episode(esw=esw)
    lead = build.lead_of(episode.team)
    one, other = (type(episode).objects.get(pk=episode.pk) for _ in range(2))
    loser = only_one(
        together(
            lambda: actions.close_episode(one, by=lead, reason="moved_away"),
            lambda: actions.close_episode(other, by=esw, reason="chose_to_stop"),
        )
    )
    assert isinstance(loser, DomainError)
    closing = Closing.objects.get(episode=episode)
    episode.refresh_from_db()
    assert closing.reason == episode.close_reason


# One NHS number


def test_of_two_people_who_record_one_nhs_number_the_second_gets_the_rules_sentence(monkeypatch):
    team = build.make_team()
    number, lead = build.synthetic_nhs_number(4711), build.lead_of(team)
    one, other = build.make_client(team), build.make_client(team)
    meet_after_the_check(monkeypatch)
    loser = only_one(
        together(
            lambda: actions.edit_client(one, by=lead, nhs_number=number),
            lambda: actions.edit_client(other, by=lead, nhs_number=number),
        )
    )
    assert isinstance(loser, DomainError)
    assert loser.field == "nhs_number"
    assert Client.objects.filter(nhs_number=number).count() == 1


def test_of_two_registrations_with_one_nhs_number_one_is_refused(monkeypatch):
    team, number = build.make_team(), build.synthetic_nhs_number(4712)
    meet_after_the_check(monkeypatch)
    loser = only_one(together(*(lambda: build.make_client(team, nhs_number=number) for _ in range(2))))
    assert isinstance(loser, DomainError)
    assert loser.field == "nhs_number"
    assert Client.objects.filter(nhs_number=number).count() == 1
    assert audit.verify().ok


def meet_after_the_check(monkeypatch):
    """Both have asked whether the number is free before either has written it."""
    meeting, check = Meeting(), case_policies.check_client_details

    def checked(client: Client) -> None:
        check(client)
        meeting.wait()

    monkeypatch.setattr(case_policies, "check_client_details", checked)


# Lists


def a_list(rows: int) -> bytes:
    out = io.StringIO()
    out.write("First name,Last name,Date of birth,NHS number\n")
    for row in range(rows):
        out.write(f"Ana,Person{row},{1 + row % 28:02}/03/1980,{build.synthetic_nhs_number(5000 + row)}\n")
    return out.getvalue().encode()


def read_list(lead, team, rows: int):
    build.make_programme()
    batch = recruitment.start_import(a_list(rows), name="list.csv", by=lead, team=team, route="record_search")
    recruitment.choose_columns(batch, by=lead, columns=batch.columns, orders=batch.dates)
    batch.refresh_from_db()
    assert batch.state == ImportState.REVIEW
    return batch


def test_a_list_is_added_while_somebody_works_on_its_people_and_takes_one_of_its_numbers(monkeypatch):
    team = build.make_team()
    lead = build.lead_of(team)
    batch = read_list(lead, team, 220)
    meeting, write = Meeting(5), import_adding._write
    first = threading.Event()

    def meet(piece):
        if not first.is_set():
            first.set()
            meeting.wait()  # looked at, not yet written: now the other registers
            first_known.wait(5)
        write(piece)

    first_known = threading.Event()
    monkeypatch.setattr(import_adding, "_write", meet)

    def somebody_else() -> int:
        meeting.wait()
        taken = build.make_client(team, nhs_number=build.synthetic_nhs_number(5007), first_name="Quite")
        first_known.set()
        edited = 0
        for _ in range(200):
            for client in Client.objects.filter(version=1).exclude(pk=taken.pk)[:5]:
                actions.edit_client(client, by=lead, expected=1, contact_notes="Ring first")
                edited += 1
            batch.refresh_from_db()
            if batch.state == ImportState.DONE or batch.problem:
                break
        return edited

    added, edited = together(lambda: recruitment.commit_import(batch, by=lead), somebody_else)
    assert not isinstance(added, BaseException), added
    assert not isinstance(edited, BaseException), edited
    batch.refresh_from_db()
    assert (batch.state, batch.problem) == (ImportState.DONE, "")
    # Everybody once; the one whose number was taken meanwhile waits for the lead's decision.
    assert Referral.objects.count() == 219
    row = batch.rows.get(chain_number__isnull=True)
    assert row.values["nhs_number"] == build.synthetic_nhs_number(5007)
    assert "since the list was read" in row.reasons[0]
    assert Client.objects.filter(contact_notes="Ring first").count() == edited > 0
    found = audit.verify()
    assert found.ok, found.breaks


def test_a_list_is_not_taken_back_over_an_edit_that_is_being_saved():
    team = build.make_team()
    lead = build.lead_of(team)
    batch = read_list(lead, team, 30)
    recruitment.commit_import(batch, by=lead)
    client = Client.objects.get(last_name="Person17")
    saving, go = threading.Event(), threading.Event()

    def edit() -> None:
        with transaction.atomic():
            actions.edit_client(client, by=lead, contact_notes="Ring first")
            saving.set()
            go.wait(0.5)  # not stored yet, while the list is being taken back

    def take_back() -> None:
        saving.wait(5)
        recruitment.undo_import(batch, by=lead)

    assert errors(together(edit, take_back)) == []
    batch.refresh_from_db()
    assert batch.state == ImportState.DONE
    assert batch.facts["worked_on"] == [batch.rows.get(client=client).line]
    kept = Client.objects.get(pk=client.pk)
    assert (kept.contact_notes, kept.erased_on) == ("Ring first", None)
    assert Client.objects.current().filter(last_name__startswith="Person").count() == 30


def test_two_processes_write_one_anchor_a_day():
    build.make_client()
    first, second = together(audit.write_anchor, audit.write_anchor)
    assert first == second
    assert first.day == clock.today()
    assert isinstance(first.day, date)
