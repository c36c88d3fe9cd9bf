"""What a phone sends later: nothing lost, nothing twice, whatever its clock says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from pacework.service.core import clock
from pacework.service.core.errors import DomainError, NotAllowed
from pacework.service.diary import actions
from pacework.service.diary.models import DiaryEntry, DiaryTap, Flare
from pacework.service.plan.models import TaskPause
from pacework.service.work.actions import record_job
from pacework.service.work.models import Absence
from tests.service.diary.build import day, rate, start, supported

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 11, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_noon():
    with clock.at(NOON):
        yield


def tap(pain=4, minutes_ago=10, **more):
    made = (NOON - timedelta(minutes=minutes_ago)).isoformat()
    return {"key": str(uuid4()), "on": None, "made_at": made, "pain": pain} | more


def send(person, *entries, by=None, **more):
    user = by or person.user
    payload = {"tag": actions.owner_tag(user), "sent_at": NOON.isoformat(), "entries": list(entries)} | more
    return actions.sync_entries(person, payload, by=user)["results"]


def statuses(results):
    return [row["status"] for row in results]


def test_entries_are_saved_and_the_answer_names_each(person):
    one = tap(3, on=day(2).isoformat(), fatigue=6, hours=2.5, note="On the bus")
    two = tap(5)
    results = send(person, one, two)
    assert [(row["key"], row["status"]) for row in results] == [(one["key"], "saved"), (two["key"], "saved")]
    entry = DiaryEntry.objects.get(on=day(2))
    assert (entry.pain, entry.fatigue, entry.hours, entry.note) == (3, 6, 2.5, "On the bus")
    assert DiaryEntry.objects.get(on=day(0)).pain == 5


def test_sending_the_same_again_changes_nothing(person):
    one = tap(3)
    send(person, one)
    version = DiaryEntry.objects.get().version
    assert statuses(send(person, one)) == ["already"]
    assert statuses(send(person, one, tap(5, minutes_ago=1))) == ["already", "saved"]
    assert DiaryEntry.objects.get().version == version + 1
    assert DiaryTap.objects.count() == 2


def test_the_same_key_twice_in_one_sending_counts_once(person):
    one = tap(3)
    assert statuses(send(person, one, one)) == ["saved", "already"]


def test_of_several_taps_of_one_day_the_latest_holds_in_whatever_order_they_come(person):
    assert statuses(send(person, tap(7, minutes_ago=1), tap(3, minutes_ago=50))) == ["saved", "saved"]
    assert DiaryEntry.objects.get().pain == 7


def test_an_earlier_tap_gives_way_to_a_later_rating_but_fills_what_only_it_said(person):
    rate(person, 6)
    results = send(person, tap(3, note="Fell asleep early"), tap(2, minutes_ago=20))
    assert statuses(results) == ["older", "older"]
    entry = DiaryEntry.objects.get()
    assert (entry.pain, entry.note) == (6, "Fell asleep early")
    assert results[0]["sentence"].endswith("so 6 stays. The rest is added.")
    assert results[1]["sentence"].endswith("so 6 stays.")


def test_a_later_tap_wins_over_an_earlier_rating_and_leaves_its_details(person):
    with clock.at(NOON - timedelta(hours=3)):
        rate(person, 6, mood=2)
    send(person, tap(4))
    entry = DiaryEntry.objects.get()
    assert (entry.pain, entry.mood) == (4, 2)


@pytest.mark.parametrize("wrong_by", [timedelta(days=-400), timedelta(hours=-5), timedelta(days=30)])
def test_a_wrong_phone_clock_is_put_right_by_what_it_says_now(person, wrong_by):
    yesterday = NOON - timedelta(hours=20)
    one = tap(8, made_at="") | {"made_at": (yesterday + wrong_by).isoformat()}
    assert statuses(send(person, one, sent_at=(NOON + wrong_by).isoformat())) == ["saved"]
    entry = DiaryEntry.objects.get()
    assert entry.on == day(1)
    assert entry.rated_at == yesterday


def test_a_tap_from_the_future_counts_as_one_of_now(person):
    send(person, tap(8, minutes_ago=-600))
    entry = DiaryEntry.objects.get()
    assert (entry.on, entry.rated_at) == (day(0), NOON)


def test_a_tap_just_before_midnight_counts_for_its_own_day_in_london(person):
    with clock.at(datetime(2026, 6, 2, 9, 0, tzinfo=UTC)):
        # Half past eleven in the evening in Britain's summer is half past ten in UTC.
        payload = {
            "tag": actions.owner_tag(person.user),
            "sent_at": "2026-06-02T10:00:00+01:00",
            "entries": [tap(2) | {"made_at": "2026-06-01T23:30:00+01:00"}],
        }
        actions.sync_entries(person, payload, by=person.user)
    assert DiaryEntry.objects.get().on.isoformat() == "2026-06-01"


@pytest.mark.parametrize(
    "wrong",
    [
        {"pain": 11}, {"pain": -1}, {"pain": 4.5}, {"pain": None}, {"pain": True}, {"pain": "4"},
        {"pain": float("nan")}, {"hours": 25}, {"hours": float("nan")}, {"hours": float("inf")},
        {"hours": "3"}, {"hours": True}, {"hours": 3.3}, {"fatigue": 12}, {"sleep": "bad"},
        {"hours": 10**400}, {"pain": 10**400}, {"made_at": "0001-01-01T00:00:00+00:00"},
        {"on": "2026-03-12"}, {"on": "soon"}, {"on": "1999-01-01"}, {"on": 5}, {"made_at": None},
        {"made_at": "yesterday"}, {"made_at": "9999-12-31T23:59:59+00:00", "on": "9999-12-31"},
        {"key": "not a key"}, {"key": None}, {"note": 5}, {"note": "x" * 1001}, {"note": "a\x00b"},
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_with_a_sentence_and_the_rest_is_saved(person, wrong):
    results = send(person, tap(4) | wrong, tap(5, on=day(3).isoformat()))
    assert statuses(results) == ["refused", "saved"]
    assert results[0]["sentence"].endswith(".")
    assert DiaryEntry.objects.get().on == day(3)


@pytest.mark.parametrize("entry", [None, 5, "tap", [], {}])
def test_an_entry_that_is_none_is_refused(person, entry):
    assert statuses(send(person, entry)) == ["refused"]


def test_json_writes_whole_numbers_as_it_likes(person):
    assert statuses(send(person, tap(4.0))) == ["saved"]


def test_nothing_is_written_when_everything_is_refused(person):
    send(person, tap(99))
    assert not DiaryTap.objects.exists()


@pytest.mark.parametrize("payload", [None, [], {}, {"entries": 5}, {"entries": {}}, "x"])
def test_what_is_no_sending_is_refused_whole(person, payload):
    with pytest.raises(DomainError, match="cannot read"):
        actions.sync_entries(person, payload, by=person.user)


@pytest.mark.parametrize("sent_at", [None, "soon", 5, "2026-03-11T12:00:00", "x" * 50])
def test_a_sending_without_a_readable_time_is_taken_as_it_says(person, sent_at):
    assert statuses(send(person, tap(4), sent_at=sent_at)) == ["saved"]
    assert DiaryEntry.objects.get().on == day(0)


def test_entries_of_somebody_else_on_the_same_phone_wait_for_them(person):
    other = supported().client
    payload = {"tag": actions.owner_tag(other.user), "sent_at": NOON.isoformat(), "entries": [tap(4)]}
    for tag in (payload["tag"], "", "forged", None):
        with pytest.raises(DomainError, match="somebody else"):
            actions.sync_entries(person, payload | {"tag": tag}, by=person.user)
    assert not DiaryEntry.objects.exists()


def test_nobody_sends_for_a_client(person):
    esw = person.episodes.get().assignments.get().esw
    with pytest.raises(NotAllowed):
        send(person, tap(4), by=esw)


def test_a_sending_has_a_size(person):
    with pytest.raises(DomainError, match="more than 100"):
        send(person, *[tap(4)] * 501)


def test_what_was_deleted_since_stays_deleted(person):
    rate(person, 4, back=2)
    actions.delete_days(person, by=person.user, first=day(3), last=day(1))
    results = send(
        person,
        tap(4, on=day(2).isoformat()),
        tap(5, on=day(4).isoformat()),
    )
    assert statuses(results) == ["older", "saved"]
    assert "deleted" in results[0]["sentence"]
    with clock.at(NOON + timedelta(minutes=5)):
        later = tap(6, minutes_ago=-4, on=day(2).isoformat())
        sent = {
            "tag": actions.owner_tag(person.user),
            "sent_at": clock.now().isoformat(),
            "entries": [later],
        }
        assert statuses(actions.sync_entries(person, sent, by=person.user)["results"]) == ["saved"]


def test_a_flare_said_offline_begins_on_its_day_and_is_told_as_the_last_one_was(person):
    send(person, tap(8, on=day(1).isoformat(), flare=True), tap(8, flare=True))
    flare = Flare.objects.get()
    assert (flare.started_on, flare.told) == (day(1), False)
    send(person, tap(9, minutes_ago=1, flare=True))
    assert Flare.objects.count() == 1
    actions.tell_worker(flare, by=person.user, tell=True)
    actions.end_flare(flare, by=person.user, on=day(1))
    send(person, tap(9, minutes_ago=0, flare=True))
    assert Flare.objects.open().get().told


def test_a_flare_said_before_a_later_rating_of_the_day_begins_all_the_same(person):
    rate(person, 6)
    assert statuses(send(person, tap(8, flare=True))) == ["older"]
    assert Flare.objects.open().get().started_on == day(0)


def test_a_flare_said_offline_marks_days_away_from_work_as_the_last_one_did(person):
    job = record_job(
        person.episode,
        by=person.episode.assignments.get().esw,
        title="Stock assistant",
        contract="permanent",
        employer_words="Corner shop",
        started_on=day(30),
        weekly_hours=Decimal(16),
        hourly_pay=Decimal("14.00"),
    )
    send(person, tap(8, minutes_ago=9 * 24 * 60, flare=True))
    assert not Absence.objects.exists(), "nobody said so yet"
    actions.end_flare(Flare.objects.get(), by=person.user, on=day(8))
    actions.end_flare(start(person, back=5), by=person.user, on=day(4))
    send(person, tap(8, flare=True))
    assert Absence.objects.get(last_day__isnull=True).job == job


def test_a_flare_told_of_afterwards_is_over_and_pauses_nothing(person):
    days = [day(20), day(19), day(12), day(4), day(3)]
    send(person, *(tap(8, on=on.isoformat(), flare=True) for on in days), tap(4))
    runs = [(row.started_on, row.ended_on) for row in Flare.objects.order_by("started_on")]
    assert runs == [(day(20), day(19)), (day(12), day(12)), (day(4), day(3))]
    assert not TaskPause.objects.exists()
    assert not Flare.objects.filter(told=True).exists()
    # Said again, or about a flare that is known: nothing is doubled.
    send(person, tap(8, on=day(19).isoformat(), flare=True), tap(8, on=day(4).isoformat(), flare=True))
    assert Flare.objects.count() == 3


def test_a_time_beyond_all_time_is_refused(person):
    results = send(person, tap(4, made_at="9999-12-31T23:00:00+00:00"), sent_at="0001-01-02T00:00:00+00:00")
    assert statuses(results) == ["refused"]


def test_a_later_tap_brings_its_details_along(person):
    with clock.at(NOON - timedelta(hours=3)):
        rate(person, 6, note="Before")
    send(person, tap(4, note="After"))
    assert DiaryEntry.objects.get().note == "After"
