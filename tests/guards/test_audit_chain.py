"""Whatever the product does, the audit verifies; reads are logged outside transactions."""

from __future__ import annotations

import pytest
from django.conf import settings

from pacework.service.cases import actions
from pacework.service.core import audit
from pacework.service.core.models import AuditEvent, AuditSalt, ReadEvent
from tests.service import build

pytestmark = pytest.mark.django_db


def test_no_request_runs_in_one_big_transaction():
    assert not settings.DATABASES["default"].get("ATOMIC_REQUESTS", False)


def test_opening_a_record_is_logged_after_the_page_and_refusals_are_logged_too(client_for):
    esw = build.make_user("esw", build.make_team())
    client = build.make_episode(esw=esw).client
    stranger = build.make_user("esw", build.make_team())
    assert client_for(esw).get(f"/people/{client.pk}/details/").status_code == 200
    assert client_for(stranger).get(f"/people/{client.pk}/details/").status_code == 404
    assert client_for(esw).post(f"/people/{client.pk}/restrict/").status_code == 404
    logged = list(ReadEvent.objects.order_by("pk").values_list("actor", "page", "outcome"))
    assert logged == [
        (esw.pk, "client-details", "read"),
        (stranger.pk, "client-details", "refused"),
        (esw.pk, "restrict", "refused"),
    ]


def test_a_client_who_opens_their_own_record_is_not_logged_as_somebody_who_looked(client_for):
    client = build.make_client(account=True)
    client_for(client.user).get("/my/sharing/")
    assert not ReadEvent.objects.exists()


def test_the_audit_verifies_after_a_whole_history_and_after_erasing_the_person(client_for):
    team = build.make_team()
    esw, lead = build.make_user("esw", team), build.lead_of(team)
    episode = build.make_episode(esw=esw)
    client = episode.client
    build.give_consent(client)
    actions.ask_for_correction(client, by=build.give_account(client), what="My name has one n.")
    build.close(episode)
    before = AuditEvent.objects.filter(chain=f"person:{client.pk}").count()
    actions.erase_client(client, by=lead, reason="Asked for it.")
    assert AuditSalt.objects.get(chain=f"person:{client.pk}").salt == ""
    assert AuditEvent.objects.filter(chain=f"person:{client.pk}").count() == before + 1
    found = audit.verify()
    assert found.ok, found.breaks


def test_taking_the_record_along_is_recorded(client_for):
    client = build.make_client(account=True)
    client_for(client.user).post("/my/record/file/")
    assert AuditEvent.objects.filter(verb="client.exported", actor=client.user).count() == 1
