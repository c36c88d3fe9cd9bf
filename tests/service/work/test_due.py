"""What jobs and placements ask for on the front page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pacework.service.cases.models import Episode
from pacework.service.contacts.actions import log_contact
from pacework.service.core import clock
from pacework.service.work import actions, due
from tests.service.build import make_cover, make_user
from tests.service.work.build import (
    REFERRED,
    application,
    job_details,
    record,
    someone_in_work,
    someone_on_placement,
    supported,
)

pytestmark = pytest.mark.django_db

STARTED = REFERRED + timedelta(weeks=2)


def carried(user):
    """The episodes of somebody's front page."""
    return list(Episode.objects.carried_by(user).values_list("pk", flat=True))


def in_work_contacts(user):
    episodes = carried(user)
    return due.in_work_contacts(due.jobs_of(episodes), due.starts_of(episodes))


def missing_hours(user):
    return due.missing_hours(due.jobs_of(carried(user)))


def placements_soon(user):
    return due.placements_soon(carried(user))


def to_review(user):
    return list(due.adjustments_to_review(carried(user)))


def reach(work, on):
    log_contact(work.episode, by=work.esw, on=on, mode="phone", purpose="planning", attendance="attended")


def begin(day=STARTED):
    with clock.at(day):
        return someone_in_work()


def test_a_contact_is_due_before_a_planned_start_and_after_it():
    work = supported()
    with clock.at(REFERRED + timedelta(days=1)):
        row = application(work, on=REFERRED, step="offer")
        actions.end_application(row, by=work.esw, outcome="accepted", starts_on=STARTED)
    with clock.at(STARTED - timedelta(days=3)):
        found = in_work_contacts(work.esw)
        assert [(one.due.kind, one.application) for one in found] == [("before_start", row)]
        assert due.starts_of(carried(work.esw)) == [row]
    with clock.at(STARTED):
        actions.record_job(work.episode, by=work.esw, application=row, **job_details())
        found = in_work_contacts(work.esw)
        assert [one.due.kind for one in found if one.late == 0] == []
        assert not due.starts_of(carried(work.esw))


def test_one_line_a_job_counts_what_is_late():
    work = begin()
    with clock.at(STARTED + timedelta(days=20)):
        found = in_work_contacts(work.esw)
        assert len(found) == 1
        assert found[0].late == 4
        assert found[0].client == work.client


def test_one_contact_puts_right_everything_that_is_late():
    work = begin()
    with clock.at(STARTED + timedelta(days=20)):
        reach(work, STARTED + timedelta(days=20))
        assert [one.late for one in in_work_contacts(work.esw)] in ([], [0])


def test_an_end_of_a_job_asks_for_a_contact_within_three_days():
    work = begin()
    with clock.at(STARTED + timedelta(days=2)):
        reach(work, STARTED + timedelta(days=2))
    ended = STARTED + timedelta(days=3)
    with clock.at(ended + timedelta(days=1)):
        actions.end_job(work.job, by=work.esw, on=ended, reason="money")
        (found,) = in_work_contacts(work.esw)
        assert (found.due.kind, found.due.due_on) == ("after_end", ended + timedelta(days=3))


def test_weeks_without_hours_are_listed_until_they_are_recorded():
    work = begin()
    with clock.at(STARTED + timedelta(weeks=3)):
        (found,) = missing_hours(work.esw)
        assert found.weeks == tuple(STARTED + timedelta(weeks=n) for n in range(3))
        record(work, [300, None, 0])
        assert missing_hours(work.esw) == []


def test_who_covers_sees_the_same_and_others_nothing():
    work = begin()
    covering, other = make_user("esw", work.client.team), make_user("esw", work.client.team)
    with clock.at(STARTED + timedelta(days=20)):
        make_cover(work.esw, covering)
        assert len(in_work_contacts(covering)) == 1
        assert in_work_contacts(other) == []
        assert missing_hours(other) == []


def test_placements_that_start_and_end_are_shown_in_time():
    with clock.at(REFERRED):
        work = someone_on_placement(started=False)
    first = work.placement.planned_from
    with clock.at(first - timedelta(days=8)):
        assert not placements_soon(work.esw)
    with clock.at(first - timedelta(days=7)):
        assert placements_soon(work.esw) == [work.placement]
    with clock.at(first):
        actions.start_placement(work.placement, by=work.esw)
        assert not placements_soon(work.esw)
    with clock.at(work.placement.planned_until - timedelta(days=7)):
        assert placements_soon(work.esw) == [work.placement]


def test_an_adjustment_is_to_be_looked_at_again_until_it_was():
    work = begin()
    with clock.at(STARTED):
        row = actions.agree_adjustment(
            work.episode, by=work.esw, kind="pace", job=work.job, review_on=STARTED + timedelta(days=28)
        )
    with clock.at(STARTED + timedelta(days=20)):
        assert not to_review(work.esw)
    with clock.at(STARTED + timedelta(days=28)):
        assert to_review(work.esw) == [row]
        actions.review_adjustment(row, by=work.esw, effect="helps")
        assert not to_review(work.esw)


def test_the_lists_take_as_many_queries_for_five_clients_as_for_one(django_assert_max_num_queries):
    first = begin()
    with clock.at(STARTED):
        for _ in range(4):
            other = someone_in_work()
            other.episode.assignments.update(esw=first.esw)
    with clock.at(date(2025, 10, 20)), django_assert_max_num_queries(5):
        assert len(in_work_contacts(first.esw)) >= 5
    with clock.at(date(2025, 10, 20)), django_assert_max_num_queries(3):
        assert len(missing_hours(first.esw)) >= 5
