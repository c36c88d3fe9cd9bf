"""What jobs and hours do to the episode's milestones."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pacework.science.measures import rules
from pacework.service.cases.actions import edit_client
from pacework.service.work import actions
from pacework.service.work.milestones import NAMES, recompute
from tests.service.work.build import REFERRED, job_details, record, someone_in_work, supported

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

STARTED = REFERRED + timedelta(weeks=2)


def stored(work):
    work.episode.refresh_from_db()
    return {name: getattr(work.episode, name) for name in NAMES}


def test_a_recorded_job_puts_the_client_in_work_at_once():
    work = someone_in_work()
    assert stored(work)["in_work_since"] == STARTED
    assert stored(work)["first_job_started_on"] is None


@pytest.mark.parametrize(("minutes", "counts"), [(239, False), (240, True)])
def test_a_job_start_counts_at_four_hours_and_not_a_minute_before(minutes, counts):
    work = someone_in_work([minutes])
    assert stored(work)["first_job_started_on"] == (STARTED if counts else None)
    assert work.job.four_hours_on == (rules.sunday(STARTED) if counts else None)


def test_hours_corrected_downwards_take_the_job_start_back():
    work = someone_in_work([240])
    record(work, [200])
    assert work.job.four_hours_on is None
    assert stored(work)["first_job_started_on"] is None


def test_a_job_held_at_entry_is_in_work_but_never_a_job_start():
    work = supported(employed_at_entry=True)
    work.job = actions.record_job(
        work.episode, by=work.esw, **job_details(started_on=date(2024, 5, 1), held_at_entry=True)
    )
    record(work, [600] * 4, first=REFERRED)
    assert stored(work)["in_work_since"] == date(2024, 5, 1)
    assert stored(work)["first_job_started_on"] is None


def test_a_job_below_the_legal_minimum_is_no_job_start():
    work = someone_in_work([600], hourly_pay=Decimal("5.00"))
    assert stored(work)["first_job_started_on"] is None


def test_after_the_last_job_ends_the_client_is_in_job_search():
    work = someone_in_work([600])
    actions.end_job(work.job, by=work.esw, on=date(2026, 1, 9), reason="contract_ended")
    found = stored(work)
    assert (found["in_work_since"], found["last_job_ended_on"]) == (None, date(2026, 1, 9))
    with_stage = type(work.episode).objects.with_stage().get(pk=work.episode.pk)
    assert with_stage.stage == "job_search"
    actions.take_back_end(work.job, by=work.esw)
    assert stored(work)["in_work_since"] == STARTED


@pytest.mark.parametrize(
    ("weeks", "reached"),
    [
        ([420] * 13, STARTED + timedelta(weeks=13, days=-1)),
        ([420] * 5 + [0] * 3 + [420] * 8, STARTED + timedelta(weeks=16, days=-1)),
        ([420] * 5 + [0] * 4 + [420] * 8, None),
        ([420] * 12, None),
        ([414] * 13, None),
    ],
)
def test_the_outcome_is_thirteen_of_sixteen_weeks(weeks, reached):
    assert stored(someone_in_work(weeks))["outcome_on"] == reached


def test_milestones_follow_a_stale_copy_of_the_episode():
    work = someone_in_work([600])
    stale = type(work.episode).objects.get(pk=work.episode.pk)
    actions.end_job(work.job, by=work.esw, on=date(2026, 1, 9), reason="contract_ended")
    job = actions.record_job(stale, by=work.esw, **job_details(started_on=date(2026, 2, 2)))
    assert stored(work)["in_work_since"] == date(2026, 2, 2)
    assert job.episode_id == stale.pk
    assert stored(work) == recompute(work.episode)


def test_which_jobs_count_follows_a_birth_date_put_right():
    """£10.50 was lawful at 18, and is not at 40."""
    work = someone_in_work([600] * 16, hourly_pay=Decimal("10.50"))
    assert stored(work)["first_job_started_on"] is None
    client = work.client
    edit_client(client, by=work.esw, birth_date=date(2007, 6, 1))
    assert stored(work)["first_job_started_on"] == work.job.started_on
    edit_client(client, by=work.esw, birth_date=date(1985, 5, 17))
    assert stored(work)["first_job_started_on"] is None
