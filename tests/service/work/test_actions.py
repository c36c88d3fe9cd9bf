"""What the state allows: steps, dates, places, spells, hours. Each refusal beside the success it mirrors."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pacework.service.core import clock
from pacework.service.core.errors import DomainError, StaleSave
from pacework.service.core.models import AuditEvent
from pacework.service.employers.actions import add_vacancy, add_wait, move_vacancy
from pacework.service.employers.policies import places_free
from pacework.service.work import actions
from pacework.service.work.models import Application, JobSpell, Placement, WeekWorked
from tests.service.build import close, give_account, give_consent
from tests.service.work.build import (
    REFERRED,
    application,
    employer,
    job_details,
    may_be_named,
    opportunity,
    record,
    someone_in_work,
    someone_on_placement,
    supported,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

TODAY = date(2026, 3, 11)
DAY = timedelta(days=1)
STARTED = REFERRED + timedelta(weeks=2)


def refused(field=None):
    """A refusal that belongs beside ``field``."""

    class Refused:
        def __enter__(self):
            self.inner = pytest.raises(DomainError)
            self.found = self.inner.__enter__()
            return self.found

        def __exit__(self, *about):
            done = self.inner.__exit__(*about)
            assert self.found.value.field == field, self.found.value.sentence
            assert self.found.value.sentence.endswith(".")
            return done

    return Refused()


# Applications


def test_steps_may_be_skipped_and_stay_in_order():
    work = supported()
    row = application(work)
    actions.move_application(row, by=work.esw, to="interview", on=REFERRED + 9 * DAY)
    with refused("on"):
        actions.move_application(row, by=work.esw, to="offer", on=REFERRED + 8 * DAY)
    row.refresh_from_db()
    with refused("to"):
        actions.move_application(row, by=work.esw, to="applied", on=REFERRED + 10 * DAY)
    actions.move_application(row, by=work.esw, to="offer", on=REFERRED + 9 * DAY)
    row.refresh_from_db()
    assert (row.step, row.applied_on, row.interview_on, row.offer_on) == (
        "offer", None, REFERRED + 9 * DAY, REFERRED + 9 * DAY
    )  # fmt: skip


@pytest.mark.parametrize(
    ("step", "outcomes"),
    [
        ("idea", {"vacancy_gone", "withdrawn", "became_placement"}),
        ("applied", {"not_chosen", "no_answer", "vacancy_gone", "withdrawn", "became_placement"}),
        ("interview", {"not_chosen", "no_answer", "vacancy_gone", "withdrawn", "became_placement"}),
        ("offer", {"accepted", "declined_offer", "offer_withdrawn", "became_placement"}),
    ],
)
def test_an_outcome_follows_only_the_steps_it_can_follow(step, outcomes):
    work = supported()
    every = {"accepted", "declined_offer", "offer_withdrawn", "not_chosen", "no_answer", "vacancy_gone",
             "withdrawn", "became_placement"}  # fmt: skip
    for outcome in sorted(every):
        row = application(work, step=step, on=REFERRED)
        if outcome in outcomes:
            actions.end_application(row, by=work.esw, outcome=outcome)
            with refused():
                actions.move_application(row, by=work.esw, to="offer")
        else:
            with refused("outcome"):
                actions.end_application(row, by=work.esw, outcome=outcome)


def test_only_an_accepted_offer_has_a_first_day_which_may_be_to_come():
    work = supported()
    row = application(work, step="offer", on=REFERRED + DAY)
    with refused("starts_on"):
        actions.end_application(row, by=work.esw, outcome="declined_offer", starts_on=TODAY)
    with refused("starts_on"):
        actions.end_application(row, by=work.esw, outcome="accepted", starts_on=REFERRED)
    with refused("on"):
        actions.end_application(row, by=work.esw, outcome="accepted", on=TODAY + DAY)
    with refused("on"):
        actions.end_application(row, by=work.esw, outcome="accepted", on=REFERRED)
    actions.end_application(row, by=work.esw, outcome="accepted", starts_on=TODAY + 30 * DAY)
    assert list(Application.objects.starting()) == [row]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": " "}, "title"),
        ({"employer_words": ""}, "employer"),
        ({"on": TODAY + DAY}, "on"),
        ({"on": REFERRED - DAY}, "on"),
        ({"on": date(1970, 1, 1)}, "on"),
        ({"step": "hope"}, "step"),
    ],
)
def test_an_application_that_cannot_be_right_is_refused(more, field):
    work = supported()
    with refused(field):
        application(work, **more)
    assert not Application.objects.exists()


def test_a_vacancy_brings_employer_and_title_while_it_is_open():
    work = supported()
    vacancy = add_vacancy(employer(work.esw), by=work.esw, title="Night baker")
    row = application(work, title="", employer_words="", vacancy=vacancy)
    assert (row.title, row.where) == ("Night baker", "Harbour Stores")
    move_vacancy(vacancy, by=work.esw, to="filled")
    with refused("vacancy"):
        application(work, vacancy=vacancy)


def test_correcting_dates_moves_the_step_and_keeps_the_order():
    work = supported()
    row = application(work, step="applied", on=REFERRED + 5 * DAY)
    details = {"title": row.title, "employer_words": row.employer_words, "idea_on": REFERRED}
    with refused("interview_on"):
        actions.edit_application(
            row, by=work.esw, applied_on=REFERRED + 5 * DAY, interview_on=REFERRED + DAY, **details
        )
    with refused("starts_on"):
        actions.edit_application(row, by=work.esw, starts_on=TODAY, **details)
    row = Application.objects.get()
    actions.edit_application(row, by=work.esw, **details)
    assert (row.step, row.applied_on) == ("idea", None)


def test_a_save_against_an_older_version_changes_nothing():
    work = supported()
    row = application(work)
    old = row.version
    actions.move_application(row, by=work.esw, to="applied", expected=old)
    again = Application.objects.get()
    with pytest.raises(StaleSave):
        actions.move_application(again, by=work.esw, to="offer", expected=old)
    assert Application.objects.get().step == "applied"


# Placements


@pytest.mark.parametrize(
    ("consent", "who", "placed"),
    [
        (False, "named", False),
        (True, "not_at_all", False),
        (True, "unnamed", False),
        (True, "named", True),
    ],
)
def test_a_placement_needs_a_plan_that_names_the_client_and_live_consent(consent, who, placed):
    work = supported()
    place = employer(work.esw)
    may_be_named(work, place, who=who)
    if not consent:
        for row in work.client.consents.filter(layer="employer_contact"):
            row.withdrawn_on = TODAY
            row.save()
    details = {"employer": place, "title": "Stock", "planned_from": TODAY, "planned_hours": Decimal(8)}
    if placed:
        assert actions.plan_placement(work.episode, by=work.esw, **details).weeks.count() == 7
    else:
        with pytest.raises(DomainError):
            actions.plan_placement(work.episode, by=work.esw, **details)
        assert not Placement.objects.exists()


def test_a_place_is_taken_from_the_plan_on_and_free_again_at_the_end():
    work, second = supported(), supported()
    place = opportunity(work.esw)
    may_be_named(work)
    may_be_named(second)
    wait = add_wait(work.client, place, by=work.esw)
    details = {"opportunity": place, "planned_from": TODAY, "planned_hours": Decimal(8)}
    row = actions.plan_placement(work.episode, by=work.esw, **details)
    wait.refresh_from_db()
    assert wait.end_reason == "placed"
    assert places_free([place]) == {place.pk: 0}
    with refused("opportunity"):
        actions.plan_placement(second.episode, by=second.esw, **details)
    actions.end_placement(row, by=work.esw, reason="employer_changed")
    assert places_free([place]) == {place.pk: 1}
    actions.plan_placement(second.episode, by=second.esw, **details)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"planned_from": REFERRED - DAY}, "planned_from"),
        ({"planned_until": REFERRED}, "planned_until"),
        ({"planned_until": TODAY + timedelta(weeks=80)}, "planned_until"),
        ({"planned_hours": Decimal(169)}, "planned_hours"),
        ({"planned_hours": Decimal(0)}, "planned_hours"),
        ({"start_hours": Decimal(9)}, "start_hours"),
        ({"build_weeks": 53}, "build_weeks"),
        ({"kind": "volunteer"}, "kind"),
        ({"title": ""}, "title"),
        ({"employer": None}, "employer"),
    ],
)
def test_a_plan_that_cannot_be_right_is_refused(more, field):
    work = supported()
    place = employer(work.esw)
    may_be_named(work, place)
    details = {"employer": place, "title": "Stock", "planned_from": TODAY, "planned_hours": Decimal(8)}
    with refused(field):
        actions.plan_placement(work.episode, by=work.esw, **(details | more))


def test_a_placement_starts_once_and_ends_once():
    work = someone_on_placement(started=False)
    row = work.placement
    with refused("done"):
        actions.record_placement_week(row, by=work.esw, week=REFERRED + timedelta(weeks=3), done_minutes=60)
    with refused("on"):
        actions.start_placement(row, by=work.esw, on=TODAY + DAY)
    actions.start_placement(row, by=work.esw, on=row.planned_from)
    with refused():
        actions.start_placement(row, by=work.esw)
    with refused("on"):
        actions.end_placement(row, by=work.esw, reason="completed", on=row.planned_from - DAY)
    with refused("reason"):
        actions.end_placement(row, by=work.esw, reason="bored")
    with refused("words"):
        actions.end_placement(row, by=work.esw, reason="other")
    actions.end_placement(row, by=work.esw, reason="other", words="The shop burnt down.")
    with refused():
        actions.end_placement(row, by=work.esw, reason="completed")


@pytest.mark.parametrize(
    ("week", "minutes", "field"),
    [
        (date(2025, 9, 15), {"done_minutes": 60}, "week"),
        (date(2025, 9, 23), {"done_minutes": 60}, "week"),
        (date(2026, 3, 16), {"planned_minutes": 60}, "week"),
        (date(2025, 9, 22), {"done_minutes": 10081}, "done"),
        (date(2025, 9, 22), {"planned_minutes": -1}, "planned"),
    ],
)
def test_a_week_of_a_placement_that_cannot_be_right_is_refused(week, minutes, field):
    work = someone_on_placement()
    with refused(field):
        actions.record_placement_week(work.placement, by=work.esw, week=week, **minutes)


# Jobs


def test_a_job_comes_from_an_accepted_application_once():
    work = supported()
    row = application(work, step="offer", on=REFERRED)
    with refused():
        actions.record_job(work.episode, by=work.esw, application=row, **job_details())
    actions.end_application(row, by=work.esw, outcome="accepted", starts_on=STARTED)
    actions.record_job(work.episode, by=work.esw, application=row, **job_details())
    with refused():
        actions.record_job(
            work.episode, by=work.esw, application=row, **job_details(employer_words="Another")
        )
    other = supported()
    with refused("application"):
        actions.record_job(other.episode, by=other.esw, application=row, **job_details())


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"started_on": TODAY + DAY}, "started_on"),
        ({"started_on": REFERRED - DAY}, "started_on"),
        ({"started_on": date(1980, 1, 1), "held_at_entry": True}, "started_on"),
        ({"started_on": STARTED, "held_at_entry": True}, "held_at_entry"),
        ({"weekly_hours": Decimal(169)}, "weekly_hours"),
        ({"hourly_pay": Decimal(-1)}, "hourly_pay"),
        ({"contract": "handshake"}, "contract"),
        ({"how_found": "luck"}, "how_found"),
        ({"disclosed": "gossip"}, "disclosed"),
        ({"occupation": "99"}, "occupation"),
        ({"employer_words": ""}, "employer"),
        ({"apprentice_since": STARTED}, "apprentice_since"),
        ({"contract": "set_aside", "set_aside": False}, "set_aside"),
        ({"title": ""}, "title"),
    ],
)
def test_a_job_that_cannot_be_right_is_refused(more, field):
    work = supported()
    with refused(field):
        actions.record_job(work.episode, by=work.esw, **job_details(**more))
    assert not JobSpell.objects.exists()


def test_two_jobs_at_once_need_two_employers():
    work = someone_in_work()
    with refused("started_on"):
        actions.record_job(
            work.episode, by=work.esw, **job_details(started_on=TODAY, employer_words="HARBOUR stores Ltd")
        )
    second = actions.record_job(
        work.episode, by=work.esw, **job_details(started_on=TODAY - DAY, employer_words="Rise")
    )
    with refused("started_on"):
        actions.edit_job(second, by=work.esw, **job_details(started_on=TODAY - DAY))


def test_the_end_of_a_job_is_in_order_and_keeps_the_episode_open():
    work = someone_in_work([300] * 4)
    for more, field in (
        ({"on": TODAY + DAY, "reason": "money"}, "on"),
        ({"on": STARTED - DAY, "reason": "money"}, "on"),
        ({"on": STARTED + 8 * DAY, "reason": "money"}, "on"),
        ({"reason": "bored"}, "reason"),
        ({"reason": "other"}, "words"),
        ({"reason": "money", "heard_of_end_on": TODAY + DAY}, "heard_of_end_on"),
        ({"reason": "money", "heard_of_end_on": STARTED - DAY}, "heard_of_end_on"),
    ):
        with refused(field):
            actions.end_job(work.job, by=work.esw, **more)
    work.job.refresh_from_db()
    actions.end_job(work.job, by=work.esw, reason="money", lessons="Ask about the bus first.")
    work.episode.refresh_from_db()
    assert work.episode.closed_on is None
    assert AuditEvent.objects.filter(verb="job.ended").count() == 1


def test_new_pay_from_a_day_leaves_earlier_weeks_as_they_were():
    work = someone_in_work([300] * 4)
    work.job.refresh_from_db()
    since = STARTED + timedelta(weeks=2)
    actions.edit_job(work.job, by=work.esw, pay_from=since, **job_details(hourly_pay=Decimal("14.00")))
    assert [row.hourly_pay for row in work.job.weeks.all()] == [13, 13, 14, 14]
    assert work.job.pay_at_start == 13
    record(work, [300], first=STARTED + timedelta(weeks=4))
    assert work.job.weeks.last().hourly_pay == 14


def test_pay_put_right_is_right_for_every_week_that_carried_it():
    work = someone_in_work([300] * 2)
    work.job.refresh_from_db()
    actions.edit_job(work.job, by=work.esw, **job_details(hourly_pay=Decimal("14.00")))
    assert [row.hourly_pay for row in work.job.weeks.all()] == [14, 14]
    assert work.job.pay_at_start == 14


# Hours


@pytest.mark.parametrize(
    ("week", "minutes"),
    [
        (STARTED - timedelta(weeks=1), 60),
        (date(2026, 3, 9), 60),
        (date(2026, 3, 16), 60),
        (STARTED, 10081),
        (STARTED, -1),
    ],
)
def test_hours_that_cannot_be_right_are_refused_and_no_week_is_kept(week, minutes):
    work = someone_in_work()
    good = actions.WeekTyped(STARTED + timedelta(weeks=1), 300)
    with refused(f"hours_{week:%Y%m%d}"):
        actions.record_hours(work.job, by=work.esw, weeks=[good, actions.WeekTyped(week, minutes)])
    assert not WeekWorked.objects.exists()


def test_a_week_has_168_hours_over_all_jobs():
    work = someone_in_work([100 * 60])
    second = actions.record_job(
        work.episode, by=work.esw, **job_details(employer_words="Rise", started_on=STARTED)
    )
    with refused(f"hours_{STARTED:%Y%m%d}"):
        actions.record_hours(second, by=work.esw, weeks=[actions.WeekTyped(STARTED, 68 * 60 + 1)])
    actions.record_hours(second, by=work.esw, weeks=[actions.WeekTyped(STARTED, 68 * 60)])


def test_the_running_week_is_recorded_from_sunday_on():
    work = someone_in_work()
    typed = [actions.WeekTyped(date(2026, 3, 9), 300)]
    with clock.at(date(2026, 3, 14)), refused("hours_20260309"):
        actions.record_hours(work.job, by=work.esw, weeks=typed)
    with clock.at(date(2026, 3, 15)):
        actions.record_hours(work.job, by=work.esw, weeks=typed)


def test_the_employers_word_needs_consent_to_ask_them():
    work = someone_in_work()
    typed = [actions.WeekTyped(STARTED, 300, evidence="employer_word")]
    with refused(f"evidence_{STARTED:%Y%m%d}"):
        actions.record_hours(work.job, by=work.esw, weeks=typed)
    give_consent(work.client, "employer_contact")
    actions.record_hours(work.job, by=work.esw, weeks=typed)


def test_a_client_gives_their_own_word_and_leaves_the_workers_alone():
    work = someone_in_work([300])
    account = give_account(work.client)
    with refused(f"hours_{STARTED:%Y%m%d}"):
        actions.record_hours(work.job, by=account, weeks=[actions.WeekTyped(STARTED, 400)])
    following = STARTED + timedelta(weeks=1)
    with refused(f"evidence_{following:%Y%m%d}"):
        actions.record_hours(
            work.job, by=account, weeks=[actions.WeekTyped(following, 400, evidence="payslip")]
        )
    actions.record_hours(work.job, by=account, weeks=[actions.WeekTyped(following, 400)])
    assert work.job.weeks.last().recorded_by == account


@pytest.mark.parametrize(
    ("on", "weeks", "allowed"),
    [
        (STARTED + DAY, [], True),
        (STARTED - DAY, [], False),
        (TODAY + DAY, [], False),
        (STARTED + DAY, [239], False),
        (STARTED + DAY, [240], True),
        (STARTED + 8 * DAY, [100, 140], True),
        (STARTED + 8 * DAY, [100, 139], False),
        (STARTED + 8 * DAY, [None, 100], True),
    ],
)
def test_a_typed_day_of_four_hours_must_not_be_contradicted(on, weeks, allowed):
    work = someone_in_work(weeks)
    if allowed:
        assert actions.set_four_hours(work.job, by=work.esw, on=on).four_hours_on == on
    else:
        with refused("on"):
            actions.set_four_hours(work.job, by=work.esw, on=on)


def test_a_typed_day_stands_until_recorded_hours_speak_against_it():
    work = someone_in_work()
    actions.set_four_hours(work.job, by=work.esw, on=STARTED + DAY)
    record(work, [300])
    assert work.job.four_hours_on == STARTED + DAY
    record(work, [100])
    assert work.job.four_hours_on is None
    actions.set_four_hours(work.job, by=work.esw, on=None)
    assert work.job.four_hours_typed is False


# Adjustments


def test_an_adjustment_belongs_to_one_thing_that_goes_on():
    work = someone_in_work([300])
    agree = {"by": work.esw, "kind": "pace", "job": work.job}
    with refused():
        actions.agree_adjustment(work.episode, by=work.esw, kind="pace")
    with refused("kind"):
        actions.agree_adjustment(work.episode, **(agree | {"kind": "throne"}))
    with refused("words"):
        actions.agree_adjustment(work.episode, **(agree | {"kind": "other"}))
    with refused("agreed_on"):
        actions.agree_adjustment(work.episode, agreed_on=TODAY + DAY, **agree)
    with refused("review_on"):
        actions.agree_adjustment(work.episode, review_on=TODAY - DAY, **agree)
    row = actions.agree_adjustment(work.episode, **agree)
    with refused("effect"):
        actions.review_adjustment(row, by=work.esw, effect="magic")
    with refused("on"):
        actions.review_adjustment(row, by=work.esw, effect="helps", on=TODAY - DAY)
    other = supported()
    with refused():
        actions.agree_adjustment(other.episode, by=other.esw, kind="pace", job=work.job)
    actions.end_job(work.job, by=work.esw, reason="money")
    with refused():
        actions.agree_adjustment(work.episode, **agree)


def test_nothing_is_written_into_a_closed_episode():
    work = someone_in_work([300])
    close(work.episode)
    work.client.forget_episode()
    with pytest.raises(DomainError):
        application(work)
    with pytest.raises(DomainError):
        record(work, [400])
    assert work.job.weeks.get().paid_minutes == 300
