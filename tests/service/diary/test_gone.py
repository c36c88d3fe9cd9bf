"""What a client deletes is gone: no copy of it is left anywhere, and nothing it could be found out from."""

from __future__ import annotations

import pytest

from pacework.service.core import audit
from pacework.service.core.models import AuditEvent, AuditSalt
from pacework.service.diary import actions
from pacework.service.matching.models import JobCheck, PassportLine
from tests.service.diary.build import rate, start, supported

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return supported().client


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
