"""What a client deletes is gone: no copy of it is left anywhere, and nothing it could be found out from."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps

from pacework.service.cases.actions import erase_client
from pacework.service.cases.models import Client
from pacework.service.core import audit, clock, drafts
from pacework.service.core.models import AuditEvent, AuditSalt, Draft
from pacework.service.diary import actions
from pacework.service.matching.models import JobCheck, PassportLine
from pacework.service.recruitment.actions import merge
from tests.service.build import close, give_account, lead_of, make_client
from tests.service.diary.build import day, rate, start

pytestmark = pytest.mark.django_db


def test_a_rating_is_not_found_out_from_the_audit_by_trying_all(person):
    rate(person, 7, note="A bad day")
    start(person, note="Rain")
    actions.save_flare_plan(person, by=person.user, work="Ring first")
    salt = AuditSalt.objects.get(chain=f"person:{person.pk}").salt
    said = ("diary.day_rated", "flare.started", "flare_plan.saved")
    events = AuditEvent.objects.filter(verb__in=said)
    assert events.count() == 3
    assert {event.digest for event in events} == {audit._digest(salt, "")}
    assert audit.verify().ok


def test_jobs_looked_at_and_what_was_kept_of_them_leave_no_digest_either():
    assert JobCheck.record.gone
    assert PassportLine.record.gone


SECRET = "The stairs on Monday"


def everything_stored():
    """Every row of every table of the product, as text."""
    rows = [model._base_manager.values_list() for model in apps.get_models() if hasattr(model, "record")]
    return "\n".join(str(row) for found in rows for row in found)


@pytest.fixture
def joined(person):
    """A person of whom two records were joined: both rated today, and both had a plan."""
    with clock.at(clock.now() - timedelta(minutes=5)):
        rate(person, 3, note=f"{SECRET}, first")
        actions.save_flare_plan(person, by=person.user, work=f"{SECRET}, mine")
    other = make_client(person.team, nhs_number="")
    give_account(other)
    rate(other, 8, note=f"{SECRET}, later")
    rate(other, 6, back=4, note=f"{SECRET}, before")
    actions.save_flare_plan(other, by=other.user, work=f"{SECRET}, theirs")
    Client.objects.filter(pk=other.pk).update(user=None)
    other.refresh_from_db()
    merge(person, other, by=lead_of(person.team))
    return person


def test_what_two_joined_records_said_of_a_day_goes_with_the_day(joined):
    assert f"{SECRET}, first" in everything_stored()
    assert actions.delete_days(joined, by=joined.user, first=day(0), last=day(0)) == 1
    left = everything_stored()
    assert f"{SECRET}, first" not in left
    assert f"{SECRET}, later" not in left
    assert f"{SECRET}, before" in left
    assert actions.delete_days(joined, by=joined.user, first=day(4), last=day(4)) == 1
    assert f"{SECRET}, before" not in everything_stored()


def test_everything_goes_from_all_joined_records_and_from_what_the_joining_noted(joined):
    assert actions.delete_everything(joined, by=joined.user) == 2
    assert SECRET not in everything_stored()


def test_erasing_a_person_erases_the_records_that_were_joined_into_theirs(joined):
    other = Client.objects.get(merged_into=joined)
    lead = lead_of(joined.team)
    close(joined.episodes.get(), by=lead)
    erase_client(joined, by=lead, reason="Asked for it.")
    assert SECRET not in everything_stored()
    rows = Client.objects.filter(pk__in=joined.with_joined())
    assert [(row.first_name, row.last_name, row.erased_on) for row in rows] == [("", "", clock.today())] * 2
    assert not AuditSalt.objects.filter(chain=f"person:{other.pk}").exclude(salt="").exists()


def test_what_was_typed_and_not_sent_goes_too(person, client_for):
    worker = person.episode.assignments.get().esw
    paths = {
        person.user: ["/my/diary/", f"/my/diary/{day(3)}/", "/my/flare-plan/change/", "/my/plan/"],
        worker: [f"/people/{person.pk}/diary/flare-plan/", f"/people/{person.pk}/contacts/new/"],
    }
    for user, where in paths.items():
        for path in where:
            drafts.save(user, path, {"note": [SECRET]})
    actions.delete_days(person, by=person.user, first=day(3), last=day(3))
    assert Draft.objects.filter(path__startswith="/my/diary/").count() == 0
    actions.delete_everything(person, by=person.user)
    left = set(Draft.objects.values_list("path", flat=True))
    assert left == {"/my/plan/", f"/people/{person.pk}/contacts/new/"}
