"""Two diaries of one person: the later entry of a day holds, and it can be taken back."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal

import pytest

from pacework.service.core import clock
from pacework.service.diary import actions
from pacework.service.diary.models import DiaryEntry, Flare, FlarePlan
from pacework.service.plan.models import TaskPause
from pacework.service.recruitment.actions import merge, undo_merge, what_moves
from tests.service.build import close, give_account, give_consent, lead_of, make_client, make_episode
from tests.service.diary.build import day, rate, start, supported

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    kept = supported().client
    other = make_client(kept.team, nhs_number="")
    give_account(other)
    return kept, other


def join(kept, other):
    """The other account was taken away first: a record has one."""
    type(other).objects.filter(pk=other.pk).update(user=None)
    other.refresh_from_db()
    return merge(kept, other, by=lead_of(kept.team))


def test_of_two_entries_for_a_day_the_later_one_holds_and_undoing_brings_both_back(pair):
    kept, other = pair
    with clock.at(datetime.combine(clock.today(), time.min)):
        rate(kept, 3, note="Mine", hours=Decimal("6.5"))
        rate(other, 4, back=1, hours=2)
    rate(other, 8, hours=3)
    rate(kept, 5, back=1)
    record = join(kept, other)
    found = {row.on: (row.pain, row.hours) for row in DiaryEntry.objects.filter(client=kept)}
    assert found == {day(0): (8, 3), day(1): (5, None)}
    undo_merge(record, by=lead_of(kept.team))
    mine = DiaryEntry.objects.get(client=kept, on=day(0))
    assert (mine.note, mine.hours) == ("Mine", Decimal("6.5"))
    assert DiaryEntry.objects.get(client=other, on=day(0)).pain == 8


def test_a_lead_who_joins_two_records_is_not_told_that_there_is_a_diary(pair):
    kept, other = pair
    rate(other, 6)
    start(other)
    actions.save_flare_plan(other, by=other.user, work="Ring first")
    moves = what_moves(other, reader=lead_of(kept.team))
    assert moves == {}
    give_consent(other, "research")
    assert what_moves(other, reader=lead_of(kept.team)) == {"consents": 1}


def test_days_of_the_other_diary_come_along(pair):
    kept, other = pair
    rate(other, 6, back=3)
    join(kept, other)
    assert DiaryEntry.objects.get(client=kept).on == day(3)


def test_two_open_flares_become_one_open_and_both_plans_are_kept(pair):
    kept, other = pair
    start(kept, back=2)
    start(other, back=5)
    actions.save_flare_plan(kept, by=kept.user, work="Swap shifts", what_helps="Heat")
    actions.save_flare_plan(other, by=other.user, work="Ring my manager", whom_to_tell="My sister")
    join(kept, other)
    assert Flare.objects.open().get(client=kept).started_on == day(2)
    assert Flare.objects.filter(client=kept).count() == 2
    plan = FlarePlan.objects.get(client=kept)
    assert plan.work == "Swap shifts\n\nRing my manager"
    assert (plan.what_helps, plan.whom_to_tell) == ("Heat", "My sister")


def test_of_two_open_flares_the_one_whose_tasks_wait_stays_open():
    other = supported().client
    kept = make_client(other.team, nhs_number="")
    give_account(kept)
    start(kept, back=2)
    waits = start(other, back=5)
    record = join(kept, other)
    assert Flare.objects.open().get(client=kept) == waits
    undo_merge(record, by=lead_of(kept.team))
    assert Flare.objects.open().count() == 2


def test_tasks_of_a_flare_that_is_ended_by_joining_do_not_wait_for_ever(pair):
    kept, other = pair
    start(kept)
    with clock.at(day(40)):
        episode = make_episode(other, esw=kept.episode.assignments.get().esw)
    other.forget_episode()
    pause = start(other, back=5).pause
    close(episode)
    join(kept, other)
    pause.refresh_from_db()
    assert pause.until == clock.today()
    assert TaskPause.objects.open().get().episode.client == kept


def test_a_plan_that_says_the_same_is_left_as_it_is(pair):
    kept, other = pair
    for person in pair:
        actions.save_flare_plan(person, by=person.user, work="Swap shifts")
    join(kept, other)
    assert FlarePlan.objects.get(client=kept).version == 1


def test_hours_said_for_a_day_come_back_as_they_were_when_a_merge_is_undone(pair):
    kept, other = pair
    with clock.at(datetime.combine(clock.today(), time.min)):
        rate(kept, 3, hours=Decimal("2.5"))
    rate(other, 6, hours=Decimal("1.5"))
    record = join(kept, other)
    assert DiaryEntry.objects.get(client=kept).hours == Decimal("1.5")
    undo_merge(record, by=lead_of(kept.team))
    assert DiaryEntry.objects.get(client=kept).hours == Decimal("2.5")
    assert DiaryEntry.objects.get(client=other).hours == Decimal("1.5")
