"""Transactions as the databases keep them: whole or not at all, and short enough for everybody else."""

from __future__ import annotations

import sqlite3
import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from pacework.service.cases import actions
from pacework.service.cases.actions import clients
from pacework.service.cases.models import Client, Consent, EmploymentStatus
from pacework.service.core import audit, clock
from pacework.service.core.errors import DomainError, StaleSave
from pacework.service.core.models import AuditEvent, AuditHead, Submission
from pacework.service.core.records import hold
from tests.service import build
from tests.service.core.long_acts import ACTS, writer_held
from tests.service.core.together import errors, only_one, together
from tests.service.work.build import REFERRED

pytestmark = pytest.mark.django_db(transaction=True)

sqlite = pytest.mark.sqlite_only


# Whole or not at all, on both databases


@pytest.mark.parametrize("step", ["AuditEvent.save", "AuditHead.save"])
def test_a_failure_between_the_write_and_its_trace_leaves_neither(monkeypatch, step):
    client = build.make_client()
    before = AuditEvent.objects.count()
    head = AuditHead.objects.get(chain=f"person:{client.pk}").number

    def broken(*args: object, **kwargs: object) -> None:
        assert Consent.objects.exists(), "the write comes before its trace"
        raise OSError("no space left")

    name, method = step.split(".")
    monkeypatch.setattr(getattr(audit, name), method, broken)
    with pytest.raises(OSError, match="no space"):
        build.give_consent(client, "research")
    monkeypatch.undo()
    assert not Consent.objects.exists()
    assert AuditEvent.objects.count() == before
    assert AuditHead.objects.get(chain=f"person:{client.pk}").number == head
    build.give_consent(client, "research")
    assert audit.verify().ok


def test_a_form_whose_write_fails_keeps_no_token_so_it_can_be_sent_again(client_for, monkeypatch):
    esw = build.make_user("esw", build.make_team())
    client = build.make_episode(esw=esw).client
    data = {"status": "unemployed", "as_of": "2026-01-05", "submission": str(uuid.uuid4())}

    def broken(*args: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(audit, "_write", broken)
    browser = client_for(esw, raise_request_exception=False)
    assert browser.post(f"/people/{client.pk}/employment/", data).status_code == 500
    assert not Submission.objects.exists()
    assert not EmploymentStatus.objects.exists()
    monkeypatch.undo()
    assert browser.post(f"/people/{client.pk}/employment/", data).status_code == 302
    assert EmploymentStatus.objects.count() == 1


def test_a_row_that_somebody_has_just_taken_away_is_a_sentence():
    consent = build.give_consent(build.make_client(), "research")
    Consent.objects.filter(pk=consent.pk).delete()
    with transaction.atomic(), pytest.raises(DomainError, match="taken this away"):
        hold(consent)


def test_only_a_taken_nhs_number_is_called_one():
    with pytest.raises(DomainError, match="NHS number"), clients._number_once():
        raise IntegrityError("UNIQUE constraint failed: cases_client.nhs_number")
    with pytest.raises(IntegrityError), clients._number_once():
        raise IntegrityError("UNIQUE constraint failed: cases_client.user_id")


# SQLite, run properly


@sqlite
def test_every_connection_reads_while_somebody_writes_and_waits_for_its_turn():
    def pragma(name: str) -> object:
        with connection.cursor() as cursor:
            return cursor.execute(f"PRAGMA {name}").fetchone()[0]

    def found() -> dict[str, object]:
        names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        return {name: pragma(name) for name in names}

    wanted = {"journal_mode": "wal", "synchronous": 1, "busy_timeout": 20_000, "foreign_keys": 1}
    assert found() == wanted
    assert together(found) == [wanted]
    assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@sqlite
def test_a_transaction_takes_the_writers_place_when_it_begins():
    """Else two that read first and write later would both fail at once instead of waiting."""
    build.make_team("North")
    other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0)
    try:
        with transaction.atomic():
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
            assert other.execute("SELECT name FROM people_team").fetchall() == [("North",)]
        other.execute("BEGIN IMMEDIATE")
        other.rollback()
    finally:
        other.close()


@sqlite
def test_a_form_sent_twice_at_once_writes_once(client_for):
    esw = build.make_user("esw", build.make_team())
    client = build.make_episode(esw=esw).client
    path = f"/people/{client.pk}/employment/"
    data = {"status": "unemployed", "as_of": "2026-01-05", "submission": str(uuid.uuid4())}
    one, other = client_for(esw), client_for(esw)
    answers = together(lambda: one.post(path, data), lambda: other.post(path, data))
    assert errors(answers) == []
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, answers[0].url)] * 2
    assert EmploymentStatus.objects.count() == 1


@sqlite
def test_of_two_stale_saves_exactly_one_wins():
    client = build.make_client()
    lead = build.lead_of(client.team)
    seen = [Client.objects.get(pk=client.pk) for _ in range(2)]
    loser = only_one(
        together(
            *(
                lambda n=n: actions.edit_client(seen[n], by=lead, expected=1, contact_notes=f"note {n}")
                for n in range(2)
            )
        )
    )
    assert isinstance(loser, StaleSave)
    client.refresh_from_db()
    assert (client.version, client.contact_notes) == (2, loser.current.contact_notes)


@sqlite
def test_two_writers_take_turns_and_leave_one_chain():
    client = build.make_client()

    def write() -> None:
        for _ in range(40):
            build.give_consent(client, "research")

    assert errors(together(write, write)) == []
    assert AuditEvent.objects.filter(verb="consent.recorded").count() == 80
    found = audit.verify()
    assert found.ok, found.breaks


# How long SQLite's one writer is held: `make bench` times it, here the statements of each are counted

MOST_STATEMENTS = 250  # at about a millisecond each, a quarter of a second


@sqlite
@pytest.mark.parametrize("prepare", ACTS, ids=lambda function: function.__name__.replace("_", " "))
def test_no_transaction_asks_so_much_that_everybody_else_waits_long_for_the_writer(prepare):
    with clock.at(REFERRED + timedelta(weeks=30)):
        act = prepare()
        with writer_held() as held:
            act()
    assert held, "nothing was measured"
    assert max(one.statements for one in held) <= MOST_STATEMENTS
