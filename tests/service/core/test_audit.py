"""The audit: one transaction with the write, one chain a person, and a check that sees tampering."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction

from pacework.service.cases import actions
from pacework.service.cases.models import Client, Consent
from pacework.service.core import audit, clock
from pacework.service.core.errors import DomainError, MissingTrace
from pacework.service.core.models import AuditAnchor, AuditEvent, AuditHead, AuditSalt, ReadEvent
from tests.service import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return build.make_client()


def chain(client: Client) -> str:
    return f"person:{client.pk}"


def raw(sql: str, *values: object) -> None:
    """Change rows the way somebody with the database's password would."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_write_and_its_event_are_made_together(client):
    consent = build.give_consent(client, "research")
    event = AuditEvent.objects.get(verb="consent.recorded")
    assert (event.chain, event.model, event.object_id) == (chain(client), "cases.consent", str(consent.pk))
    assert event.fields == ["given", "given_on", "layer", "recipient"]


def test_events_hold_no_content(client):
    actions.edit_client(client, by=build.lead_of(client.team), contact_notes="Ring the neighbour")
    for row in AuditEvent.objects.values():
        assert "neighbour" not in str(row)


def test_an_action_that_traces_nothing_fails_and_leaves_nothing(client):
    @audit.action
    def silent() -> None:
        Client.objects.filter(pk=client.pk).update(phone="1")

    with pytest.raises(MissingTrace):
        silent()
    client.refresh_from_db()
    assert client.phone == ""


def test_a_trace_outside_an_action_is_a_mistake(client):
    with pytest.raises(MissingTrace):
        audit.trace("client.changed", client, by=None)


def test_a_failure_while_the_audit_is_written_leaves_neither(client, monkeypatch):
    before = AuditEvent.objects.count()

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr(audit, "_write", broken)
    with pytest.raises(RuntimeError):
        build.give_consent(client, "research")
    monkeypatch.undo()
    assert not Consent.objects.exists()
    assert AuditEvent.objects.count() == before
    assert audit.verify().ok


def test_a_failure_after_the_write_leaves_neither(client):
    before = AuditEvent.objects.count()

    @audit.action
    def fails() -> None:
        build.give_consent(client, "research")
        raise DomainError("No.")

    with pytest.raises(DomainError):
        fails()
    assert not Consent.objects.exists()
    assert AuditEvent.objects.count() == before


def test_what_a_taken_back_step_said_is_taken_back_with_it(client):
    """An inner action whose failure the outer one survives leaves neither its rows nor its events."""

    @audit.action
    def outer() -> None:
        build.give_consent(client, "research")
        with pytest.raises(DomainError), transaction.atomic():
            actions.record_consent(client, by=None, layer="nothing", given=True)

    outer()
    assert AuditEvent.objects.filter(verb="consent.recorded").count() == 1
    assert audit.verify().ok


def test_an_inner_action_that_traces_nothing_fails_too(client):
    @audit.action
    def inner() -> None:
        Client.objects.filter(pk=client.pk).update(phone="1")

    @audit.action
    def outer() -> None:
        build.give_consent(client, "research")
        inner()

    with pytest.raises(MissingTrace):
        outer()
    assert not Consent.objects.exists()


def test_each_person_has_a_chain_and_the_service_one(client):
    other = build.make_client()
    actions.save_programme(build.make_programme(), by=build.make_user("administrator"), expected=1)
    assert set(AuditHead.objects.values_list("chain", flat=True)) == {
        chain(client),
        chain(other),
        audit.SERVICE,
    }
    found = audit.verify()
    assert found.ok
    assert found.chains == 3


CHANGES = {
    "an event was changed": (
        "UPDATE core_auditevent SET verb = 'x' WHERE chain = %s AND number = 2",
        "was changed",
    ),
    "its time was changed": (
        "UPDATE core_auditevent SET at = '2020-01-01 00:00:00+00:00' WHERE chain = %s AND number = 2",
        "was changed",
    ),
    "one was taken out": ("DELETE FROM core_auditevent WHERE chain = %s AND number = 2", "is missing"),
    "the last was taken out": (
        "DELETE FROM core_auditevent WHERE chain = %s AND number = 3",
        "does not match the head",
    ),
    "the head was turned back": (
        "UPDATE core_audithead SET number = 2 WHERE chain = %s",
        "does not match the head",
    ),
    "the head was removed": ("DELETE FROM core_audithead WHERE chain = %s", "no head row"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_verify_sees_that(client, change):
    build.give_consent(client, "research")
    build.give_consent(client, "recording")
    assert audit.verify().ok
    sql, words = CHANGES[change]
    raw(sql, chain(client))
    found = audit.verify()
    assert not found.ok
    assert any(words in sentence for sentence in found.breaks), found.breaks


def test_an_event_that_was_changed_with_its_hash_breaks_the_one_after(client):
    build.give_consent(client, "research")
    build.give_consent(client, "recording")
    event = AuditEvent.objects.get(chain=chain(client), number=2)
    event.verb = "x"
    raw(
        "UPDATE core_auditevent SET verb = %s, hash = %s WHERE id = %s",
        "x",
        audit._hash(event, event.previous),
        event.pk,
    )
    assert any("does not follow" in sentence for sentence in audit.verify().breaks)


def test_a_chain_removed_whole_shows_against_the_daily_anchor(client):
    audit.write_anchor()
    raw("DELETE FROM core_auditevent WHERE chain = %s", chain(client))
    raw("DELETE FROM core_audithead WHERE chain = %s", chain(client))
    assert audit.verify().breaks == (f"{chain(client)}: differs from the anchor of {clock.today()}",)


def test_an_anchor_that_was_changed_shows(client):
    audit.write_anchor()
    raw("UPDATE core_auditanchor SET heads = '{}'")
    assert audit.verify().breaks == (f"the anchor of {clock.today()} was changed",)


def test_the_anchor_is_written_once_a_day(client):
    first = audit.write_anchor()
    build.give_consent(client, "research")
    assert audit.write_anchor() == first
    with clock.at(clock.now() + timedelta(days=1)):
        audit.write_anchor()
    assert AuditAnchor.objects.count() == 2
    assert audit.verify().ok


@pytest.mark.parametrize("model", [AuditEvent, AuditAnchor, ReadEvent])
def test_rows_that_are_written_once_are_not_changed_or_deleted(client, model):
    audit.write_anchor()
    ReadEvent.objects.create(page="person", method="GET", outcome="read")
    row = model.objects.first()
    with pytest.raises(TypeError, match="written once"):
        row.save()
    with pytest.raises(TypeError, match="never deleted"):
        row.delete()


def test_a_destroyed_salt_leaves_the_chain_whole_and_later_digests_unguessable(client):
    audit.destroy_salt(client.pk)
    assert AuditSalt.objects.get(chain=chain(client)).salt == ""
    consent = build.give_consent(client, "research")
    event = AuditEvent.objects.get(verb="consent.recorded")
    guess = audit._digest("", audit._content(consent, event.fields))
    assert event.digest != guess
    assert audit.verify().ok


@pytest.mark.django_db(transaction=True)
def test_an_action_that_begins_once_another_is_stored_writes_its_own_events(client):
    @audit.action
    def outer() -> None:
        build.give_consent(client, "research")
        transaction.on_commit(lambda: build.give_consent(client, "recording"))

    outer()
    assert AuditEvent.objects.filter(verb="consent.recorded").count() == 2
