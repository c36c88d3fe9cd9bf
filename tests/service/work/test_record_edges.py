"""The rarer turns of recording work: nothing new to save, pay put right late, ends taken back."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pacework.service.core.errors import DomainError
from pacework.service.work import actions
from tests.service.build import give_account
from tests.service.work.build import (
    REFERRED,
    application,
    job_details,
    record,
    someone_in_work,
    someone_on_placement,
    supported,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

STARTED = REFERRED + timedelta(weeks=2)
WEEK = timedelta(weeks=1)


def refusal(act) -> DomainError:
    with pytest.raises(DomainError) as found:
        act()
    return found.value


def test_what_a_client_adds_is_an_idea_whatever_step_is_sent():
    work = supported()
    own = give_account(work.client)
    made = actions.add_application(
        work.episode, by=own, title="Baker", employer_words="Rise", step="applied", on=REFERRED
    )
    assert (made.step, made.applied_on) == ("idea", None)


def test_putting_dates_right_after_the_outcome_keeps_them_before_it():
    work = supported()
    made = application(work, step="applied")
    actions.end_application(made, by=work.esw, outcome="not_chosen", on=REFERRED + WEEK)
    kept = {"title": made.title, "employer_words": made.employer_words, "idea_on": REFERRED}
    made = actions.edit_application(made, by=work.esw, applied_on=REFERRED + timedelta(days=2), **kept)
    assert made.applied_on == REFERRED + timedelta(days=2)
    late = refusal(
        lambda: actions.edit_application(made, by=work.esw, applied_on=REFERRED + 2 * WEEK, **kept)
    )
    assert late.field is not None


def test_hours_of_no_week_are_no_answer():
    work = someone_in_work()
    assert (
        "at least one week" in refusal(lambda: actions.record_hours(work.job, by=work.esw, weeks=[])).sentence
    )


def test_a_week_given_twice_is_refused_and_neither_is_kept():
    work = someone_in_work()
    twice = [actions.WeekTyped(STARTED, 300), actions.WeekTyped(STARTED, 360)]
    found = refusal(lambda: actions.record_hours(work.job, by=work.esw, weeks=twice))
    assert found.field == f"hours_{STARTED:%Y%m%d}"
    assert not work.job.weeks.exists()


def test_the_same_hours_again_change_nothing():
    work = someone_in_work([300])
    before = work.job.weeks.get()
    record(work, [300])
    assert work.job.weeks.get().version == before.version


def test_a_client_may_send_back_what_the_worker_recorded_but_not_change_it():
    work = someone_in_work([300])
    own = give_account(work.client)
    assert actions.record_hours(work.job, by=own, weeks=[actions.WeekTyped(STARTED, 300)]) == []
    found = refusal(lambda: actions.record_hours(work.job, by=own, weeks=[actions.WeekTyped(STARTED, 360)]))
    assert "Your worker recorded this week" in found.sentence


@pytest.mark.parametrize(("pay", "kept"), [("15.50", True), ("-1", False), ("10000", False)])
def test_a_week_may_have_its_own_pay_within_reason(pay, kept):
    work = someone_in_work()
    typed = [actions.WeekTyped(STARTED, 300, evidence="payslip", hourly_pay=Decimal(pay))]
    if kept:
        actions.record_hours(work.job, by=work.esw, weeks=typed)
        assert work.job.weeks.get().hourly_pay == Decimal(pay)
    else:
        assert "pounds" in refusal(lambda: actions.record_hours(work.job, by=work.esw, weeks=typed)).sentence
        assert not work.job.weeks.exists()


def test_new_pay_cannot_begin_after_the_job_ended():
    work = someone_in_work([300])
    actions.end_job(work.job, by=work.esw, reason="better_job", on=STARTED + 4 * WEEK)
    work.job.refresh_from_db()
    details = job_details(hourly_pay=Decimal("14.00"))
    found = refusal(lambda: actions.edit_job(work.job, by=work.esw, pay_from=STARTED + 5 * WEEK, **details))
    assert (found.field, found.sentence) == ("pay_from", "This day is after the job ended.")


def test_pay_put_right_after_a_rise_leaves_the_pay_at_the_start():
    work = someone_in_work([300] * 3)
    work.job.refresh_from_db()
    rise = STARTED + 2 * WEEK
    actions.edit_job(work.job, by=work.esw, pay_from=rise, **job_details(hourly_pay=Decimal("14.00")))
    actions.edit_job(work.job, by=work.esw, **job_details(hourly_pay=Decimal("14.50")))
    assert [row.hourly_pay for row in work.job.weeks.all()] == [13, 13, Decimal("14.50")]
    assert work.job.pay_at_start == 13


def test_a_job_moved_to_another_day_takes_its_first_pay_along():
    work = someone_in_work()
    work.job.refresh_from_db()
    later = STARTED + timedelta(days=2)
    actions.edit_job(work.job, by=work.esw, **job_details(started_on=later))
    assert work.job.pay_from == later


def test_a_job_cannot_begin_after_hours_that_were_worked_in_it():
    work = someone_in_work([300])
    work.job.refresh_from_db()
    details = job_details(started_on=STARTED + 2 * WEEK)
    assert refusal(lambda: actions.edit_job(work.job, by=work.esw, **details)).field == "started_on"


def test_the_end_of_a_job_can_be_taken_back_once():
    work = someone_in_work([300])
    actions.end_job(work.job, by=work.esw, reason="better_job", on=STARTED + 4 * WEEK)
    actions.take_back_end(work.job, by=work.esw)
    assert (work.job.ended_on, work.job.end_reason) == (None, "")
    work.episode.refresh_from_db()
    assert work.episode.in_work_since == STARTED
    assert refusal(lambda: actions.take_back_end(work.job, by=work.esw)).sentence == "This job has no end."


def test_a_week_of_a_placement_is_planned_then_done_in_one_row():
    work = someone_on_placement()
    monday = REFERRED + 3 * WEEK
    planned = actions.record_placement_week(work.placement, by=work.esw, week=monday, planned_minutes=240)
    done = actions.record_placement_week(
        work.placement,
        by=work.esw,
        week=monday,
        done_minutes=200,
        note="Left early",
        expected=planned.version,
    )
    assert (done.pk, done.planned_minutes, done.done_minutes) == (planned.pk, 240, 200)
    assert monday > date(2025, 9, 1)


def test_a_placement_that_runs_on_past_its_plan_has_its_hours_recorded():
    work = someone_on_placement()
    planned = work.placement.weeks.count()
    after = work.placement.weeks.latest("week").week + WEEK
    row = actions.record_placement_week(work.placement, by=work.esw, week=after, done_minutes=200)
    assert (row.planned_minutes, row.done_minutes) == (0, 200)
    assert work.placement.weeks.count() == planned + 1
