"""Days away from a job or placement: real days, said once, put right by the worker or the client."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from pacework.service.core import clock
from pacework.service.core.errors import DomainError, NotAllowed, StaleSave
from pacework.service.work import actions
from pacework.service.work.models import Absence
from tests.service.build import give_account, make_user
from tests.service.filled import filled
from tests.service.work.build import job_details, supported

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    found = supported()
    found.job = actions.record_job(
        found.episode, by=found.esw, **job_details(started_on=clock.today() - timedelta(days=60))
    )
    return found


def day(back):
    return clock.today() - timedelta(days=back)


def away(work, first=5, last=3, **more):
    said = {"pain_related": True, "job": work.job} | more
    return actions.record_absence(
        work.episode,
        by=work.esw,
        first_day=day(first),
        last_day=None if last is None else day(last),
        **said,
    )


def test_days_away_are_recorded_changed_ended_and_taken_back(work):
    absence = away(work, last=None)
    assert list(Absence.objects.open()) == [absence]
    actions.end_absence(absence, by=work.esw, last_day=day(1))
    actions.end_absence(absence, by=work.esw, last_day=day(0))
    assert absence.last_day == day(1)
    actions.edit_absence(
        absence,
        by=work.esw,
        first_day=day(6),
        last_day=day(2),
        pain_related=False,
        certified="fit_note",
    )
    assert (absence.first_day, absence.pain_related, absence.certified) == (day(6), False, "fit_note")
    actions.take_back_absence(absence, by=work.esw)
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (-1, None, "first_day"),
        (70, None, "first_day"),
        (3, 5, "last_day"),
        (3, -400, "last_day"),
    ],
)
def test_days_away_lie_within_the_job_and_in_order(work, first, last, field):
    with pytest.raises(DomainError) as refusal:
        away(work, first, last)
    assert refusal.value.field == field


def test_a_fit_note_may_look_ahead(work):
    assert away(work, 2, -20, certified="fit_note").last_day == day(-20)


def test_a_job_that_has_ended_has_no_days_away_after_it(work):
    actions.end_job(work.job, by=work.esw, on=day(4), reason="pain")
    work.job.refresh_from_db()
    for last in (None, 3):
        with pytest.raises(DomainError, match="The work ended"):
            away(work, 6, last)
    assert away(work, 6, 4).last_day == day(4)


@pytest.mark.parametrize(("first", "last"), [(4, None), (9, 4), (5, 5), (4, 3), (9, None)])
def test_no_day_is_away_twice(work, first, last):
    away(work)
    with pytest.raises(DomainError, match="recorded already"):
        away(work, first, last)


def test_what_one_is_away_from_is_one_thing_of_this_episode(work):
    other = supported()
    with pytest.raises(DomainError, match="Choose what"):
        away(work, job=None)
    with pytest.raises(DomainError, match="another episode"):
        actions.record_absence(other.episode, by=other.esw, first_day=day(1), pain_related=True, job=work.job)
    with pytest.raises(DomainError, match="from the list"):
        away(work, certified="a friend")


def test_two_people_do_not_overwrite_each_other(work):
    absence = away(work)
    seen = absence.version
    said = {"first_day": day(5), "last_day": day(3), "pain_related": True, "certified": "self"}
    actions.edit_absence(absence, by=work.esw, **said)
    with pytest.raises(StaleSave):
        actions.edit_absence(absence, by=work.esw, expected=seen, **said)


@pytest.mark.parametrize(
    ("role", "may"),
    [("client", True), ("esw", True), ("team_lead", True), ("hcp", False), ("manager", False)],
)
def test_the_worker_the_lead_and_the_client_themselves_record_days_away(work, role, may):
    own = {"client": give_account(work.client), "esw": work.esw}
    user = own.get(role) or make_user(role, work.client.team)
    try:
        actions.record_absence(
            work.episode, by=user, first_day=day(2), last_day=day(2), pain_related=True, job=work.job
        )
    except NotAllowed:
        assert not may
    else:
        assert may


@pytest.mark.parametrize("own", [True, False])
def test_days_away_are_added_and_corrected_on_the_page_of_work(work, client_for, own):
    browser = client_for(give_account(work.client) if own else work.esw)
    key = [] if own else [work.client.pk]
    new, page = (
        reverse(name, args=key)
        for name in (("my-absence-new", "my-work") if own else ("absence-new", "work"))
    )
    answer = browser.post(new, filled(browser.get(new)) | {"last_day": ""}, follow=True)
    assert "Days away saved." in answer.text
    absence = Absence.objects.get()
    edit = reverse("my-absence-edit" if own else "absence-edit", args=[*key, absence.pk])
    assert edit in browser.get(page).text
    sent = filled(browser.get(edit)) | {"last_day": clock.today().isoformat(), "pain_related": "no"}
    browser.post(edit, sent)
    absence.refresh_from_db()
    assert (absence.last_day, absence.pain_related) == (clock.today(), False)
    browser.post(edit, filled(browser.get(edit)) | {"never": "on"})
    assert not Absence.objects.exists()


def test_with_no_work_there_is_nothing_to_be_away_from(client_for):
    alone = supported()
    browser = client_for(alone.esw)
    assert "Add days away" not in browser.get(reverse("work", args=[alone.client.pk])).text
    new = reverse("absence-new", args=[alone.client.pk])
    answer = browser.post(
        new, {"first_day": clock.today().isoformat(), "pain_related": "yes", "certified": "self"}
    )
    assert answer.status_code == 422
