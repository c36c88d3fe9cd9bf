"""The client's diary pages, and what staff see of them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from pacework.service.cases.looks import looks_at
from pacework.service.core import clock
from pacework.service.core.models import ReadEvent
from pacework.service.diary import actions
from pacework.service.diary.models import DiaryEntry, Flare, FlarePlan
from pacework.service.plan.models import TaskPause
from tests.service.build import give_consent, make_user
from tests.service.diary.build import day, keep, rate, share, start
from tests.service.filled import filled

pytestmark = pytest.mark.django_db


def read(browser, name, *args, **query):
    answer = browser.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.text


def test_wherever_it_may_be_too_much_the_page_says_who_listens_and_that_nobody_watches(browser, person):
    past = actions.log_flare(person, by=person.user, started_on=day(9), ended_on=day(8))
    pages = [
        read(browser, "my-diary"),
        read(browser, "my-diary-day", day(3).isoformat()),
        read(browser, "my-flare"),
        read(browser, "my-flare-edit", past.pk),
        read(browser, "diary-offline"),
    ]
    start(person)
    pages.append(read(browser, "my-flare"))
    for page in pages:
        assert "Nobody reads your diary as you write it." in page
        assert all(f'href="tel:{number}"' in page for number in ("999", "111", "116123"))


def test_one_tap_on_the_home_page_saves_todays_pain_and_comes_back(browser, person):
    assert "How is today?" in read(browser, "today")
    answer = browser.post(reverse("my-diary-rate"), {"pain": "4"}, follow=True)
    assert "Saved: 4." in answer.text
    assert "Your pain today: <strong>4</strong>" in answer.text
    assert DiaryEntry.objects.get(client=person).on == clock.today()


def test_a_second_tap_replaces_the_first_and_says_so(browser, person):
    for pain in ("4", "6"):
        answer = browser.post(reverse("my-diary-rate"), {"pain": pain}, follow=True)
    assert "Saved: 6, instead of 4." in answer.text
    assert DiaryEntry.objects.get(client=person).pain == 6


@pytest.mark.parametrize("pain", ["11", "-1", "4.5", "NaN", "", "x" * 9999])
def test_what_is_no_rating_is_said_and_not_saved(browser, pain):
    answer = browser.post(reverse("my-diary-rate"), {"pain": pain}, follow=True)
    assert "Choose a number from 0 to 10" in answer.text
    assert not DiaryEntry.objects.exists()


def test_more_may_be_added_to_today(browser, person):
    rate(person, 5)
    page = browser.get(reverse("my-diary"))
    sent = filled(page) | {"fatigue": "3", "hours": "2.5", "note": "Slept in the chair."}
    answer = browser.post(reverse("my-diary"), sent, follow=True)
    assert "Saved: 5." in answer.text
    entry = DiaryEntry.objects.get(client=person)
    assert (entry.fatigue, entry.hours, entry.note) == (3, 2.5, "Slept in the chair.")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"hours": "25"}, "Enter a number from 0 to 24."),
        ({"hours": "NaN"}, "Enter"),
        ({"hours": "3.2"}, "Enter a multiple of 0.5."),
        ({"sleep": "12"}, "Choose a number from 0 to 10."),
        ({"pain": ""}, "Choose a number for your pain"),
    ],
)
def test_a_wrong_answer_has_its_sentence_and_nothing_typed_is_lost(browser, typed, sentence):
    sent = {"pain": "4", "note": "Keep this text"} | typed
    answer = browser.post(reverse("my-diary"), sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Keep this text" in answer.text


def test_any_day_can_be_filled_and_corrected(browser, person):
    where = reverse("my-diary-day", args=[day(40).isoformat()])
    browser.post(where, {"pain": "3"})
    page = browser.get(where)
    browser.post(where, filled(page) | {"pain": "8"})
    assert DiaryEntry.objects.get(client=person, on=day(40)).pain == 8


def test_a_day_that_is_over_is_asked_about_as_over(browser):
    today, past = read(browser, "my-diary"), read(browser, "my-diary-day", day(1).isoformat())
    for now, was in (
        ("How is your pain?", "How was your pain?"),
        ("How tired are you?", "How tired were you?"),
        ("How is your mood?", "How was your mood?"),
    ):
        assert now in today
        assert was in past
        assert now not in past
    assert "How is your pain?" in read(browser, "my-diary-day", day(0).isoformat())


def test_a_day_to_come_or_no_day_at_all_is_no_page(browser):
    for address in (day(-1).isoformat(), "1999-12-31", "tomorrow", "2026-02-30", "0"):
        assert browser.get(f"/my/diary/{address}/").status_code == 404


def test_two_tabs_do_not_overwrite_each_other(browser, person):
    rate(person, 5)
    where = reverse("my-diary")
    one, two = filled(browser.get(where)), filled(browser.get(where))
    browser.post(where, one | {"note": "From the first tab"})
    answer = browser.post(where, two | {"note": "From the second tab"})
    assert answer.status_code == 409
    assert "From the first tab" in answer.text
    assert "From the second tab" in answer.text
    assert "You saved this already, in another window or from your phone." in answer.text
    assert "Keep what was saved" in answer.text
    assert "Someone else" not in answer.text
    assert "they saved" not in answer.text


def test_a_flare_saved_in_two_tabs_speaks_of_nobody_else(browser, person):
    edit = reverse("my-flare-edit", args=[start(person).pk])
    typed = filled(browser.get(edit)) | {"note": "It was the cold."}
    browser.post(edit, typed | {"submission": ""})
    answer = browser.post(edit, typed | {"submission": ""})
    assert answer.status_code == 409
    assert "You saved this already" in answer.text
    assert "Both are the same, so there is nothing to choose." in answer.text


def test_a_plan_that_the_worker_changed_meanwhile_says_so_and_ones_own_does_too(
    browser, person, episode, client_for
):
    share(person)
    own, theirs = reverse("my-flare-plan-edit"), reverse("diary-flare-plan", args=[person.pk])
    browser.post(own, {"what_helps": "Heat"})
    typed = filled(browser.get(own))
    browser.post(own, typed | {"what_helps": "Rest", "submission": ""})
    answer = browser.post(own, typed | {"what_helps": "Sleep", "submission": ""})
    assert "You saved this already" in answer.text
    esw = client_for(episode.assignments.get().esw)
    esw.post(theirs, filled(esw.get(theirs)) | {"what_helps": "A walk"})
    answer = browser.post(own, typed | {"what_helps": "Sleep", "submission": ""})
    assert "Someone else saved this" in answer.text
    assert "Keep what they saved" in answer.text


def test_the_box_for_another_day_leads_there_or_says_why_not(browser):
    answer = browser.get(reverse("my-diary-go"), {"day": day(9).isoformat()})
    assert answer.url == reverse("my-diary-day", args=[day(9).isoformat()])
    future = "This date is in the future. Enter today or an earlier date."
    page = browser.get(reverse("my-diary-go"), {"day": day(-9)}, follow=True).text
    assert f'<a href="#other-day">Another day: {future}</a>' in page
    assert f'id="other-day-error"><span class="nhsuk-u-visually-hidden">Error:</span> {future}' in page
    assert f'value="{day(-9).isoformat()}"' in page, "what was typed stays in the box"
    assert "Enter another day" in browser.get(reverse("my-diary-go"), follow=True).text
    assert "error-message" not in read(browser, "my-diary")


def test_my_weeks_say_what_is_usual_and_link_to_each_day(browser, person):
    keep(person, [4, 5, 6, 5, 5] * 6)
    page = read(browser, "my-weeks")
    assert "Your pain usually sits at 5 and moves by about" in page
    assert "you had no flares in the last three months" in page
    assert reverse("my-diary-day", args=[day(3).isoformat()]) in page
    assert " style=" not in page


@pytest.mark.parametrize("until", ["", "2026-02-30", "9999-12-31", "1066-10-14", "x", "0001-01-01"])
def test_any_weeks_in_the_address_give_a_page(browser, until):
    read(browser, "my-weeks", until=until)


def test_weeks_are_paged_by_thirteen(browser, person):
    keep(person, [3] * 300)
    page = read(browser, "my-weeks")
    assert "Earlier weeks" in page
    assert "Later weeks" not in page
    earlier = page.split('rel="prev" href="?until=')[1].split('"')[0]
    page = read(browser, "my-weeks", until=earlier)
    assert "Later weeks" in page
    assert "in these 13 weeks" in page


def test_a_gap_of_months_in_the_weeks_is_one_step(browser, person):
    keep(person, [3] * 20, until=400)
    page = read(browser, "my-weeks")
    assert "nothing in the diary for these weeks" in page
    earlier = page.split('rel="prev" href="?until=')[1].split('"')[0]
    assert earlier == day(400).isoformat()
    assert "usually sits at 3" in read(browser, "my-weeks", until=earlier)


def test_some_days_or_everything_are_deleted_once_confirmed(browser, person):
    keep(person, [4] * 20)
    where = reverse("my-diary-delete")
    some = {"what": "days", "first": day(3).isoformat(), "last": day(1).isoformat()}
    assert browser.post(where, some).status_code == 422
    assert DiaryEntry.objects.count() == 20
    assert "3 days deleted." in browser.post(where, some | {"sure": "on"}, follow=True).text
    assert DiaryEntry.objects.count() == 17
    start(person)
    browser.post(where, {"what": "all", "sure": "on"})
    assert not DiaryEntry.objects.exists()
    assert not Flare.objects.exists()


def test_a_flare_begins_with_one_tap_and_ends_with_one(browser, person):
    page = browser.get(reverse("my-flare"))
    answer = browser.post(reverse("my-flare"), filled(page), follow=True)
    assert "You are in a flare" in answer.text
    assert "We did not tell your support worker" in answer.text
    assert "You are in a flare since today" in read(browser, "today")
    browser.post(reverse("my-flare-end"))
    assert Flare.objects.get(client=person).ended_on == clock.today()
    assert TaskPause.objects.get(episode__client=person).until == clock.today()


def test_the_flare_plan_is_written_by_the_client_and_with_the_worker_once_it_is_shown(
    browser, person, episode, client_for
):
    browser.post(reverse("my-flare-plan-edit"), {"early_signs": "I stop answering the phone."})
    esw = client_for(episode.assignments.get().esw)
    where = reverse("diary-flare-plan", args=[person.pk])
    assert "not shown to you" in esw.get(where, follow=True).text
    assert esw.post(where, {"work": "Mine"}).status_code == 403
    share(person)
    page = esw.get(where)
    assert "I stop answering the phone." in page.text
    esw.post(where, filled(page) | {"work": "Swap the early shift."})
    assert FlarePlan.objects.get().work == "Swap the early shift."
    assert "Swap the early shift." in read(browser, "my-flare-plan")


def test_staff_see_nothing_of_a_diary_that_is_not_shown_and_no_notes_of_one_that_is(
    person, episode, client_for
):
    keep(person, [7] * 20)
    rate(person, 3, note="My own words")
    esw = client_for(episode.assignments.get().esw)
    where = reverse("diary", args=[person.pk])
    page = esw.get(where).text
    assert "not shown to you" in page
    assert "usually sits" not in page
    assert where not in esw.get(reverse("plan", args=[person.pk])).text
    share(person)
    page = esw.get(where).text
    assert "pain usually sits at 7" in page
    assert "My own words" not in page
    assert where in esw.get(reverse("plan", args=[person.pk])).text


def test_a_diary_that_was_not_shown_does_not_count_as_looked_at(browser, person, episode, client_for):
    give_consent(person)
    hcp, esw = make_user("hcp", episode.team), episode.assignments.get().esw
    for user in (hcp, esw):
        assert "not shown to you" in read(client_for(user), "diary", person.pk)
    assert (
        "not shown to you"
        in client_for(esw).get(reverse("diary-flare-plan", args=[person.pk]), follow=True).text
    )
    assert {row.outcome for row in ReadEvent.objects.filter(client_id=person.pk)} == {"refused"}
    assert looks_at(person) == []
    share(person, to=hcp)
    read(client_for(hcp), "diary", person.pk)
    start(person, tell=True)
    read(client_for(esw), "diary", person.pk)
    assert {(look.person, *look.pages) for look in looks_at(person)} == {(hcp, "diary"), (esw, "diary")}


def test_the_home_page_asks_the_database_at_most_fifteen_times(
    browser, person, episode, django_assert_max_num_queries
):
    from pacework.service.contacts.actions import plan_appointment
    from pacework.service.plan.actions import plan_action

    esw = episode.assignments.get().esw
    keep(person, [5] * 60)
    start(person)
    plan_appointment(episode, by=esw, on=day(-2), mode="phone")
    plan_action(episode, by=esw, words="Try the bus", owner="client", due_on=day(-3))
    with django_assert_max_num_queries(15):
        assert "You are in a flare" in read(browser, "today")


def test_a_flare_is_logged_changed_and_deleted_afterwards(browser, person):
    new = reverse("my-flare-new")
    assert browser.post(new, {"started_on": day(-1).isoformat(), "ended_on": ""}).status_code == 422
    browser.post(new, {"started_on": day(9).isoformat(), "ended_on": day(7).isoformat(), "tell": "on"})
    flare = Flare.objects.get(client=person)
    assert flare.told
    edit = reverse("my-flare-edit", args=[flare.pk])
    assert edit in read(browser, "my-flares")
    browser.post(edit, filled(browser.get(edit)) | {"ended_on": day(6).isoformat()})
    flare.refresh_from_db()
    assert flare.ended_on == day(6)
    delete = reverse("my-flare-delete", args=[flare.pk])
    assert "cannot be brought back" in browser.get(delete).text
    browser.post(delete, filled(browser.get(delete)))
    assert "No flares yet." in read(browser, "my-flares")


def test_an_open_flare_may_stay_open_when_it_is_changed(browser, person):
    flare = start(person)
    edit = reverse("my-flare-edit", args=[flare.pk])
    browser.post(edit, filled(browser.get(edit)) | {"started_on": day(2).isoformat()})
    flare.refresh_from_db()
    assert (flare.started_on, flare.ended_on) == (day(2), None)
    delete = reverse("my-flare-delete", args=[flare.pk])
    assert "taken back" in browser.get(delete).text


def test_buttons_of_a_flare_that_is_not_there_say_so(browser):
    for name in ("my-flare-end", "my-flare-tell"):
        assert "You are not in a flare." in browser.post(reverse(name), follow=True).text


def test_telling_the_worker_is_one_press_and_so_is_taking_it_back(browser, person):
    start(person)
    page = browser.post(reverse("my-flare-tell"), {"tell": "yes"}, follow=True).text
    assert "sees it when they next sign in" in page
    page = browser.post(reverse("my-flare-tell"), {"tell": "no"}, follow=True).text
    assert "no longer sees this flare" in page


def test_the_flares_page_says_what_the_worker_can_see_of_it(browser, person):
    flare = start(person)
    page = read(browser, "my-flare")
    assert "did not tell your support worker about this flare." in page
    assert "People who can open your record see that your steps are paused." in page
    share(person)
    shown = "Your support worker can see it, because you show them your diary."
    assert shown in read(browser, "my-flare")
    assert shown in read(browser, "my-flares")
    actions.tell_worker(flare, by=person.user, tell=True)
    assert "Your support worker sees this flare when they next sign in." in read(browser, "my-flare")
    assert "I did not want to tell them" in read(browser, "my-flare")
    page = browser.post(reverse("my-flare-tell"), {"tell": "no"}, follow=True).text
    assert "Your support worker still sees the flare in your diary." in page


def test_keeping_a_flare_to_oneself_is_offered_only_while_it_is_kept(browser, person, episode):
    """What the page offers is what the worker's door does."""
    worker = episode.assignments.get().esw
    kept = "No, keep it to myself"
    assert kept in read(browser, "my-flare")
    start(person)
    assert "Only you can see it." in read(browser, "my-flares")
    assert not Flare.objects.visible_to(worker).exists()
    actions.delete_everything(person, by=person.user)
    share(person)
    page = read(browser, "my-flare")
    assert kept not in page
    assert "they can see it there anyway" in page
    assert "they can see it there anyway" in read(browser, "my-flare-new")
    browser.post(reverse("my-flare"), {"tell": "no"})
    assert Flare.objects.visible_to(worker).get().told is False
    assert "Only you" not in read(browser, "my-flares")


def test_a_diary_shown_to_the_health_team_shows_them_the_flare_too(browser, person, episode):
    one, other = (make_user("hcp", episode.team) for _ in range(2))
    share(person, to=one)
    page = read(browser, "my-flare")
    assert "keep it to myself" not in page
    assert "see it there anyway" not in page
    start(person, tell=True)
    team = "can see it, because you show them your diary."
    assert f"Your support worker can see it. One person in your health team {team}" in read(
        browser, "my-flares"
    )
    share(person, to=other)
    assert f"People in your health team {team}" in read(browser, "my-flares")
    share(person, to="all")
    assert f"Your health team {team}" in read(browser, "my-flares")
    share(person)
    actions.tell_worker(Flare.objects.get(), by=person.user, tell=False)
    assert f"Your support worker and your health team {team}" in read(browser, "my-flares")


def test_a_second_start_says_that_the_flare_is_going_on(browser, person):
    form = filled(browser.get(reverse("my-flare")))
    start(person)
    answer = browser.post(reverse("my-flare"), form)
    assert answer.status_code == 422
    assert "still going on" in answer.text


def test_the_last_choice_of_telling_is_remembered(browser, person):
    from pacework.service.diary.actions import end_flare

    end_flare(start(person, tell=True), by=person.user)
    assert filled(browser.get(reverse("my-flare")))["tell"] == "yes"


def test_when_support_has_ended_the_diary_can_be_read_and_deleted_and_not_written(browser, person, episode):
    from tests.service.build import close

    keep(person, [5] * 20)
    close(episode)
    assert "How is today?" not in read(browser, "today")
    assert "usually sits" in read(browser, "my-weeks")
    assert browser.post(reverse("my-diary-rate"), {"pain": "4"}).status_code == 403
    browser.post(reverse("my-diary-delete"), {"what": "all", "sure": "on"})
    assert not DiaryEntry.objects.exists()


def test_a_form_sent_twice_begins_one_flare(browser, person):
    form = filled(browser.get(reverse("my-flare")))
    browser.post(reverse("my-flare"), form)
    browser.post(reverse("my-flare"), form)
    assert Flare.objects.count() == 1


def test_an_hcp_sees_the_diary_and_cannot_write_the_plan(person, episode, client_for):
    keep(person, [5] * 20)
    give_consent(person)
    share(person, to="all")
    hcp = client_for(make_user("hcp", episode.team))
    page = hcp.get(reverse("diary", args=[person.pk])).text
    assert "pain usually sits at 5" in page
    assert reverse("diary-flare-plan", args=[person.pk]) not in page
    assert hcp.get(reverse("diary-flare-plan", args=[person.pk])).status_code == 404


def test_the_days_before_are_listed_in_words(browser, person):
    rate(person, 6, back=1, fatigue=3, sleep=2, hours=2.5, note="Rain")
    page = read(browser, "my-diary")
    assert "Pain 6, tired 3, sleep 2, 2.5 hours, with a note" in page


def test_weeks_without_anything_are_one_sentence_and_no_empty_picture(browser, person):
    page = read(browser, "my-weeks")
    assert "There is nothing in the diary for these weeks yet." in page
    assert "<figure" not in page
    rate(person, 6)
    assert "<figure" in read(browser, "my-weeks")


def test_hours_are_read_with_a_decimal_comma(browser, person):
    browser.post(reverse("my-diary"), {"pain": "5", "hours": "2,5"})
    assert DiaryEntry.objects.get().hours == 2.5


def test_the_head_of_the_page_that_a_phone_keeps_asks_nobody_to_sign_in(client_for):
    assert reverse("account_login") not in read(client_for(None), "diary-offline")


def test_a_stretch_the_wrong_way_round_is_said_beside_its_box(browser):
    sent = {"what": "days", "first": day(1).isoformat(), "last": day(3).isoformat(), "sure": "on"}
    answer = browser.post(reverse("my-diary-delete"), sent)
    assert answer.status_code == 422
    assert "The last day is before the first." in answer.text
    empty = sent | {"first": day(3).isoformat()}
    assert (
        "There was nothing in these days."
        in browser.post(reverse("my-diary-delete"), empty, follow=True).text
    )


def test_a_flare_still_going_on_and_one_of_a_day_are_said_so(browser, person):
    actions.log_flare(person, by=person.user, started_on=day(9), ended_on=day(9))
    start(person)
    page = read(browser, "my-flares")
    assert "(1 day)" in page
    assert "still going on" in page
