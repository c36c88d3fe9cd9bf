"""Two records of one person, and a record that is erased."""

from __future__ import annotations

import pytest

from pacework.service.matching import actions
from pacework.service.matching.models import ForecastChoice, JobCheck, PassportLine
from pacework.service.recruitment.actions import merge, undo_merge
from tests.service.build import give_account, lead_of, make_client
from tests.service.diary.build import supported
from tests.service.matching.build import look

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kept_on", [False, True])
def test_jobs_and_lines_come_along_and_go_back(kept_on: bool) -> None:
    kept = supported().client
    other = make_client(kept.team, nhs_number="")
    give_account(other)
    if kept_on:
        actions.turn_on(kept, by=kept.user)
    actions.turn_on(other, by=other.user)
    check = look(other)
    actions.keep_changes(check, by=other.user, keys=["swap-in-week"])
    type(other).objects.filter(pk=other.pk).update(user=None)
    other.refresh_from_db()
    record = merge(kept, other, by=lead_of(kept.team))
    assert JobCheck.objects.get().client == kept
    assert PassportLine.objects.get().client == kept
    assert ForecastChoice.objects.filter(client=kept).count() == 1
    undo_merge(record, by=lead_of(kept.team))
    assert JobCheck.objects.get().client == other
    assert ForecastChoice.objects.filter(client=kept).exists() is kept_on
