"""What a flare brings with it, takes back, and can be put right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from pacework.service.core import clock
from pacework.service.core.errors import DomainError, NotAllowed
from pacework.service.diary import actions, due
from pacework.service.diary.models import Flare, FlarePlan
from pacework.service.plan.actions import plan_action
from pacework.service.plan.models import TaskPause
from pacework.service.work.actions import record_absence, record_job
from pacework.service.work.models import Absence
from tests.service.build import close, give_account, make_client
from tests.service.diary.build import day, share, start
from tests.service.filled import filled

pytestmark = pytest.mark.django_db


def esw_of(episode):
    return episode.assignments.get().esw


def a_job(episode, back=30, employer_words="Corner shop"):
    return record_job(
        episode,
        by=esw_of(episode),
        title="Stock assistant",
        contract="permanent",
        employer_words=employer_words,
        started_on=day(back),
        weekly_hours=Decimal(16),
        hourly_pay=Decimal("14.00"),
    )


def test_a_flare_pauses_tasks_and_begins_days_away_from_work(episode, person):
    job = a_job(episode)
    flare = start(person)
    assert TaskPause.objects.get().until is None
    absence = Absence.objects.get()
    assert (absence.job, absence.first_day, absence.last_day) == (job, day(0), None)
    assert absence.pain_related
    with clock.at(clock.now() + timedelta(days=3)):
        actions.end_flare(flare, by=person.user)
        absence.refresh_from_db()
        assert absence.last_day == clock.today()
        assert TaskPause.objects.get().until == clock.today()


def test_without_work_or_without_support_there_is_nobody_to_be_away_from(person):
    start(person)
    assert not Absence.objects.exists()
    alone = make_client(account=True)
    flare = start(alone)
    assert flare.pause is None
    assert actions.end_flare(flare, by=alone.user).ended_on == day(0)


def test_a_flare_that_comes_back_on_the_day_it_ended_goes_on(episode, person):
    a_job(episode)
    with clock.at(day(3)):
        flare = start(person, note="Cold")
    actions.end_flare(flare, by=person.user)
    again = start(person, tell=True)
    assert again == flare
    assert (again.started_on, again.ended_on, again.told, again.note) == (day(3), None, True, "Cold")
    assert TaskPause.objects.open().get() == again.pause
    absence = Absence.objects.get()
    assert (absence.first_day, absence.last_day) == (day(3), None)
    actions.end_flare(again, by=person.user)
    absence.refresh_from_db()
    assert absence.last_day == day(0)
    start(person, off_work=False)
    absence.refresh_from_db()
    assert absence.last_day == day(0)
    assert Flare.objects.count() == 1


def test_someone_who_goes_to_work_all_the_same_is_not_away(episode, person):
    a_job(episode)
    start(person, off_work=False)
    assert not Absence.objects.exists()


def test_days_away_that_are_recorded_already_are_not_recorded_twice(episode, person):
    job = a_job(episode)
    record_absence(episode, by=esw_of(episode), job=job, first_day=day(2), pain_related=False)
    start(person)
    assert Absence.objects.count() == 1


def test_days_away_begin_no_earlier_than_the_job(episode, person):
    a_job(episode, back=2)
    start(person, back=6)
    assert Absence.objects.get().first_day == day(2)


def test_one_flare_is_open_at_a_time_and_none_overlap(person):
    flare = start(person, back=3)
    with pytest.raises(DomainError, match="still going on"):
        start(person)
    actions.end_flare(flare, by=person.user)
    with pytest.raises(DomainError, match="ended on"):
        actions.end_flare(flare, by=person.user)
    for first, last in ((5, 2), (1, 1), (9, 3), (0, 0)):
        with pytest.raises(DomainError, match="already"):
            actions.log_flare(person, by=person.user, started_on=day(first), ended_on=day(last))
    actions.log_flare(person, by=person.user, started_on=day(9), ended_on=day(4))
    assert Flare.objects.count() == 2


@pytest.mark.parametrize(
    ("first", "last", "field"), [(-1, -1, "started_on"), (3, -1, "ended_on"), (2, 3, "ended_on")]
)
def test_a_flare_has_days_that_have_come_and_stand_in_order(person, first, last, field):
    with pytest.raises(DomainError) as refusal:
        actions.log_flare(person, by=person.user, started_on=day(first), ended_on=day(last))
    assert refusal.value.field == field


def test_a_flare_is_put_right_afterwards_and_an_end_given_ends_it(episode, person):
    a_job(episode)
    flare = start(person, back=4)
    actions.edit_flare(flare, by=person.user, started_on=day(6), note=" Cold ")
    assert (flare.started_on, flare.note, flare.ended_on) == (day(6), "Cold", None)
    actions.edit_flare(flare, by=person.user, started_on=day(6), ended_on=day(1))
    assert Absence.objects.get().last_day == day(1)
    assert TaskPause.objects.get().until == day(0), "they waited until the client said so"
    actions.edit_flare(flare, by=person.user, started_on=day(6), ended_on=None)
    assert Flare.objects.open().get() == flare


def test_a_second_flare_cannot_be_opened_by_taking_an_end_away(person):
    over = actions.log_flare(person, by=person.user, started_on=day(9), ended_on=day(8))
    start(person)
    with pytest.raises(DomainError, match="still going on"):
        actions.edit_flare(over, by=person.user, started_on=day(9))


def test_deleting_an_open_flare_takes_back_what_it_began(episode, person):
    a_job(episode)
    actions.delete_flare(start(person), by=person.user)
    assert not Flare.objects.exists()
    assert not Absence.objects.exists()
    assert TaskPause.objects.get().until == day(0)


def test_deleting_everything_ends_the_days_off_work_of_an_open_flare_and_leaves_them(episode, person):
    a_job(episode)
    start(person, back=2)
    actions.delete_everything(person, by=person.user)
    assert not Flare.objects.exists()
    absence = Absence.objects.get()
    assert (absence.first_day, absence.last_day) == (day(2), day(0))
    assert TaskPause.objects.get().until == day(0)


def test_deleting_a_flare_that_is_over_leaves_the_days_away_as_they_were(episode, person):
    a_job(episode)
    flare = start(person)
    actions.end_flare(flare, by=person.user)
    actions.delete_flare(flare, by=person.user)
    assert Absence.objects.get().last_day == day(0)


def test_when_support_has_ended_the_client_still_ends_their_flare(episode, person):
    flare = start(person)
    close(episode)
    person.forget_episode()
    flare.client.forget_episode()
    assert actions.end_flare(flare, by=person.user).ended_on == day(0)
    assert TaskPause.objects.get().until == day(0), "or the tasks would be paused when support goes on"
    with pytest.raises(NotAllowed):
        start(person)


def test_the_worker_is_told_only_if_the_person_wants_it_and_no_longer_when_they_take_it_back(episode, person):
    esw = esw_of(episode)
    flare = start(person)
    assert not due.flares_reported(esw)
    assert due.in_flare(esw, [person.pk]) == set()
    actions.tell_worker(flare, by=person.user, tell=True)
    assert [row.client for row in due.flares_reported(esw)] == [person]
    assert due.flags_of(person, esw) == ["In a flare"]
    actions.tell_worker(flare, by=person.user, tell=False)
    assert not due.flares_reported(esw)
    share(person)
    assert not due.flares_reported(esw), "shown with the diary, but not reported"
    assert due.in_flare(esw, [person.pk]) == {person.pk}


def test_a_flare_told_of_stays_on_today_for_a_week_after_it_ended(episode, person, client_for):
    esw = esw_of(episode)

    def lines():
        browser = client_for(esw)
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(reverse("today")).text
        assert sum('FROM "diary_flare"' in one["sql"] for one in asked) == 1
        return page

    with clock.at(datetime(2026, 11, 23, 10, tzinfo=UTC)):
        kept = start(person)
        actions.end_flare(kept, by=person.user)
        assert "in a flare" not in lines(), "kept to oneself"
        actions.delete_flare(kept, by=person.user)
        actions.end_flare(start(person, tell=True), by=person.user)
        page = lines()
        assert "Was in a flare, Mon 23 Nov. Over now. They wanted you to know." in page
        assert "Their tasks are paused" not in page
        assert reverse("person", args=[person.pk]) in page
    with clock.at(datetime(2026, 11, 24, 10, tzinfo=UTC)):
        actions.log_flare(person, by=person.user, started_on=day(60), ended_on=day(58), tell=True)
        actions.log_flare(person, by=person.user, started_on=day(50), ended_on=day(48))
        page = lines()
        assert "Was in a flare, Fri 25 Sep to Sun 27 Sep. Over now." in page, "told of just now"
        assert page.count("Was in a flare") == 2
    with clock.at(datetime(2026, 11, 30, 10, tzinfo=UTC)):
        assert lines().count("Was in a flare") == 2
        start(person, tell=True)
        assert [row.ended_on is None for row in due.flares_reported(esw)] == [True, False, False]
        actions.delete_flare(Flare.objects.open().get(), by=person.user)
    with clock.at(datetime(2026, 12, 2, 10, tzinfo=UTC)):
        assert "Was in a flare" not in lines()


def test_the_lead_is_never_told(episode, person):
    from tests.service.build import lead_of

    start(person, tell=True)
    share(person)
    lead = lead_of(person.team)
    assert due.in_flare(lead, [person.pk]) == set()
    assert due.flags_of(person, lead) == []


def test_the_timeline_shows_flares_to_those_who_may_see_them(episode, person):
    from pacework.service.desk.timeline import timeline
    from tests.service.build import lead_of

    esw = esw_of(episode)
    start(person)
    assert not timeline(person, reader=esw, kind="flares").entries
    share(person)
    assert [row.title for row in timeline(person, reader=esw, kind="flares").entries] == ["A flare began"]
    assert not timeline(person, reader=lead_of(person.team), kind="flares").entries
    assert not timeline(person, kind="flares").entries


def test_nobody_but_the_client_begins_or_ends_a_flare(episode, person):
    esw = esw_of(episode)
    share(person)
    flare = start(person)
    for act in (
        lambda: actions.start_flare(person, by=esw),
        lambda: actions.end_flare(flare, by=esw),
        lambda: actions.tell_worker(flare, by=esw, tell=True),
        lambda: actions.edit_flare(flare, by=esw, started_on=day(1)),
        lambda: actions.delete_flare(flare, by=esw),
        lambda: actions.log_flare(person, by=esw, started_on=day(9), ended_on=day(8)),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_flare_plan_needs_words_and_belongs_to_those_who_see_it(episode, person):
    esw = esw_of(episode)
    with pytest.raises(DomainError, match="few words"):
        actions.save_flare_plan(person, by=person.user, work=" ")
    with pytest.raises(NotAllowed, match="not shown"):
        actions.save_flare_plan(person, by=esw, work="Swap shifts")
    share(person)
    plan = actions.save_flare_plan(person, by=esw, work="Swap shifts")
    assert plan.saved_by == esw
    actions.save_flare_plan(person, by=person.user, expected=plan.version, what_helps="Heat")
    assert FlarePlan.objects.get().work == ""


def test_an_appointment_can_be_asked_to_move_and_why_is_said_only_to_a_worker_who_knows(
    episode, person, client_for
):
    from pacework.service.contacts.actions import plan_appointment
    from pacework.service.contacts.models import MoveRequest

    browser = client_for(give_account(person))
    soon = [
        plan_appointment(episode, by=esw_of(episode), on=day(-days), mode="face_to_face", place="Library")
        for days in (3, 5, 30)
    ]
    flare = start(person)
    page = browser.get(reverse("my-flare")).text
    assert page.count("Ask to move it") == 2
    browser.post(reverse("my-flare-move", args=[soon[0].pk]))
    actions.tell_worker(flare, by=person.user, tell=True)
    browser.post(reverse("my-flare-move", args=[soon[1].pk]))
    assert [row.words for row in MoveRequest.objects.order_by("pk")] == ["", "Because of a flare."]
    assert browser.post(reverse("my-flare-move", args=[soon[2].pk])).status_code == 404


def test_a_placement_under_way_has_days_away_too(episode, person):
    from pacework.service.work.models import Placement
    from tests.service.work.build import employer

    placement = Placement.objects.create(
        episode=episode,
        employer=employer(esw_of(episode)),
        title="Stock room",
        kind="unpaid",
        planned_from=day(20),
        planned_until=day(-20),
        planned_hours=8,
        started_on=day(20),
        added_by=esw_of(episode),
    )
    start(person)
    assert Absence.objects.get().placement == placement


def test_a_client_without_a_worker_is_not_asked_whether_to_tell_them(client_for):
    alone = make_client(account=True)
    page = client_for(alone.user).get(reverse("my-flare")).text
    assert "Tell my support worker?" not in page
    assert "I cannot go to work" not in page


def test_nobody_is_off_work_by_one_tap_unless_they_were_the_last_time(episode, person, client_for):
    a_job(episode)
    browser = client_for(person.user)

    def tap():
        browser.post(reverse("my-flare"), filled(browser.get(reverse("my-flare"))))
        return Flare.objects.open().get()

    flare = tap()
    assert not Absence.objects.exists()
    actions.delete_flare(flare, by=person.user)
    actions.end_flare(start(person, back=3, off_work=True), by=person.user, on=day(2))
    tap()
    assert Absence.objects.open().count() == 1


def test_the_page_of_a_flare_names_days_off_work(episode, person, client_for):
    a_job(episode)
    browser = client_for(person.user)
    page = browser.get(reverse("my-flare")).text
    assert "I cannot go to work" in page
    flare = start(person, off_work=False)
    assert "Add days away" in browser.get(reverse("my-flare")).text
    actions.delete_flare(flare, by=person.user)
    start(person)
    page = browser.get(reverse("my-flare")).text
    assert "You are marked as off work because of pain." in page
    assert "People who can open your record see that your steps are paused and you are off work." in page
    assert "Add days away" not in page


def test_nobody_comes_back_from_a_flare_to_late_steps(episode, person, client_for):
    esw, browser = esw_of(episode), client_for(person.user)
    with clock.at(day(6)):
        start(person)
    step = plan_action(episode, by=esw, words="Try the bus", owner="client", due_on=day(0))
    with clock.at(clock.now() + timedelta(days=2)):
        assert "Paused until your flare is over." in browser.get(reverse("today")).text
        page = browser.post(reverse("my-flare-end"), follow=True).text
        assert "Your flare is over. Steps for those days have a later date now.</p>" in page
        step.refresh_from_db()
        # Six days ago until in two days are nine.
        assert step.due_on == clock.today() + timedelta(days=7)
    with clock.at(clock.now() + timedelta(days=20)):
        assert "When you can." in browser.get(reverse("today")).text


def test_the_end_of_a_flare_says_only_what_it_did(episode, person, client_for):
    from pacework.service.contacts.actions import ask_to_move, keep_appointment, plan_appointment

    browser = client_for(person.user)

    def ended():
        page = browser.post(reverse("my-flare-end"), follow=True).text
        return " ".join(strip_tags(page.split('role="status">')[1].split("</div>")[0]).split())

    start(person)
    assert ended() == "Your flare is over."
    a_job(episode)
    with clock.at(clock.now() + timedelta(days=1)):
        start(person)
        assert ended() == "Your flare is over. Your days off work end today."
    with clock.at(clock.now() + timedelta(days=2)):
        start(person, off_work=False)
        assert ended() == "Your flare is over."
    with clock.at(datetime(2026, 12, 21, 10, tzinfo=UTC)):
        esw = esw_of(episode)
        asked = [
            ask_to_move(plan_appointment(episode, by=esw, on=day(-ahead), mode="phone"), by=person.user)
            for ahead in (1, 2)
        ]
        keep_appointment(asked[0], by=esw)
        start(person)
        said = "Your flare is over. Your days off work end today."
        assert ended() == f"{said} You asked to move Wed 23 Dec. That still stands."


def test_days_off_that_did_not_begin_with_the_flare_are_not_said_to_be_over(episode, person):
    first = a_job(episode)
    record_absence(episode, by=esw_of(episode), job=first, first_day=day(9), pain_related=False)
    a_job(episode, employer_words="The mill")
    flare = start(person)
    assert flare.absences.count() == 1
    actions.end_flare(flare, by=person.user)
    assert not flare.days_off_ended
