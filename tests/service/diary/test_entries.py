"""Ratings of days: one a day, corrected, deleted, whatever is sent."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from pacework.service.core import clock
from pacework.service.core.errors import DomainError, NotAllowed, StaleSave
from pacework.service.core.models import AuditEvent
from pacework.service.diary import actions, policies, reading
from pacework.service.diary.models import DiaryDeletion, DiaryEntry, DiaryTap, Flare, FlarePlan
from tests.service.diary.build import day, keep, rate, share, start, supported

pytestmark = pytest.mark.django_db


def test_a_second_rating_replaces_the_first_and_keeps_what_was_not_asked_again(person):
    rate(person, 4, fatigue=6, note="Rain")
    entry = rate(person, 7)
    assert (entry.pain, entry.pain_before, entry.fatigue, entry.note) == (7, 4, 6, "Rain")
    assert DiaryEntry.objects.count() == 1


def test_what_is_asked_again_and_left_empty_is_taken_away(person):
    rate(person, 4, fatigue=6, note="Rain")
    entry = rate(person, 4, fatigue=None, note="")
    assert (entry.fatigue, entry.note) == (None, "")


@pytest.mark.parametrize("pain", [-1, 11, 4.0, True, None, "4"])
def test_a_rating_is_a_whole_number_from_0_to_10(person, pain):
    with pytest.raises(DomainError) as refusal:
        rate(person, pain)
    assert refusal.value.field == "pain"


@pytest.mark.parametrize("hours", [-0.5, 24.5, float("nan"), float("inf"), Decimal("3.2"), Decimal("NaN")])
def test_hours_lie_within_a_day_in_halves(person, hours):
    with pytest.raises(DomainError) as refusal:
        rate(person, 4, hours=hours)
    assert refusal.value.field == "hours"


@pytest.mark.parametrize("hours", [0, 24, Decimal("3.5"), 7.5])
def test_hours_of_a_day_are_kept(person, hours):
    assert rate(person, 4, hours=hours).hours == hours


def test_a_long_note_and_an_unknown_detail_are_refused(person):
    with pytest.raises(DomainError, match="1,000 letters"):
        rate(person, 4, note="x" * 1001)
    with pytest.raises(ValueError, match="no weather"):
        rate(person, 4, weather=3)


def test_no_day_is_in_the_future_or_before_the_century(person):
    with pytest.raises(DomainError, match="has not come"):
        rate(person, 4, back=-1)
    with pytest.raises(DomainError, match="year"):
        actions.record_day(person, by=person.user, pain=4, on=date(1999, 12, 31))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 3, 28, 23, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), date(2026, 3, 29)),
        # The clocks have gone forward: 23:30 in UTC is half past midnight in London.
        (datetime(2026, 3, 29, 23, 30, tzinfo=UTC), date(2026, 3, 30)),
        # And back: the hour between one and two comes twice, on one day.
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_today_is_the_day_where_the_service_is(person, moment, expected):
    with clock.at(moment):
        assert actions.record_day(person, by=person.user, pain=4).on == expected


def test_an_entry_typed_against_an_older_version_does_not_overwrite(person):
    seen = rate(person, 4).version
    rate(person, 6)
    with pytest.raises(StaleSave):
        actions.record_day(person, by=person.user, pain=2, expected=seen)
    assert DiaryEntry.objects.get().pain == 6


def test_the_database_too_holds_one_entry_a_day_and_the_scale(person):
    rate(person, 4)
    for values in ({"pain": 5}, {"pain": 11, "on": day(1)}, {"pain": 1, "on": day(1), "hours": 25}):
        wrong = {"client": person, "on": day(0), "rated_at": clock.now()} | values
        with pytest.raises(IntegrityError), transaction.atomic():
            DiaryEntry.objects.create(**wrong)


def test_nobody_but_the_client_writes_the_diary(person):
    esw = person.episodes.get().assignments.get().esw
    share(person)
    for user in (esw, supported().client.user):
        with pytest.raises(NotAllowed):
            actions.record_day(person, by=user, pain=4)
        with pytest.raises(NotAllowed):
            actions.record_days(person, [actions.DayTyped(day(1), 4)], by=user)
        with pytest.raises(NotAllowed):
            actions.delete_days(person, by=user, first=day(3), last=day(0))
        with pytest.raises(NotAllowed):
            actions.delete_everything(person, by=user)


def test_many_days_are_written_in_few_statements_and_the_last_of_two_counts(person):
    rate(person, 1, back=5)
    rows = [actions.DayTyped(day(back), 4) for back in range(100)] + [actions.DayTyped(day(7), 9)]
    with CaptureQueriesContext(
        connection,
    ) as seen:
        actions.record_days(person, rows, by=person.user)
    assert DiaryEntry.objects.count() == 100
    assert DiaryEntry.objects.get(on=day(5)).pain == 4
    assert DiaryEntry.objects.get(on=day(7)).pain == 9
    assert len(seen) < 40
    with pytest.raises(DomainError, match="no day"):
        actions.record_days(person, [], by=person.user)


def test_deleting_days_deletes_them_and_the_audit_says_only_that(person):
    keep(person, [5] * 10)
    assert actions.delete_days(person, by=person.user, first=day(4), last=day(2)) == 3
    assert DiaryEntry.objects.count() == 7
    with pytest.raises(DomainError, match="last day is before"):
        actions.delete_days(person, by=person.user, first=day(2), last=day(4))
    event = AuditEvent.objects.get(verb="diary.days_deleted")
    assert event.fields == ["first", "last"]


def test_everything_can_be_deleted_also_when_support_has_ended(person):
    from tests.service.build import close

    keep(person, [5] * 10)
    start(person)
    actions.save_flare_plan(person, by=person.user, work="Swap shifts")
    close(person.episodes.get())
    person.forget_episode()
    assert actions.delete_everything(person, by=person.user) == 10
    for model in (DiaryEntry, Flare, FlarePlan, DiaryTap):
        assert not model.objects.exists()
    assert DiaryDeletion.objects.get().first == policies.EARLIEST
    with pytest.raises(NotAllowed):
        rate(person, 4)


def test_ten_years_of_diary_are_read_in_a_few_queries(person):
    keep(person, [4, 5, 6] * 1217)
    with CaptureQueriesContext(connection) as seen:
        found = reading.weeks(person.user, person)
    assert len(seen) <= 3
    assert len(found.rated) <= reading.DAYS
    assert found.earlier == found.first - timedelta(days=1)


def test_erasing_a_client_erases_their_diary(person):
    from pacework.service.cases.actions import erase_client
    from tests.service.build import close, lead_of

    rate(person, 4, note="Mine")
    start(person)
    actions.end_flare(Flare.objects.get(), by=person.user)
    close(person.episodes.get())
    person.forget_episode()
    erase_client(person, by=lead_of(person.team), reason="Asked for it.")
    assert not DiaryEntry.objects.exists()
    assert not Flare.objects.exists()


def test_the_client_receives_their_diary_with_their_notes(person):
    from pacework.service.cases.records import recorded_about

    rate(person, 4, note="Mine")
    assert recorded_about(person)["diary entries"][0]["note"] == "Mine"
