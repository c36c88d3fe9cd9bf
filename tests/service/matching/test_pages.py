"""The pages of this room, as the client and their worker open them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from pacework.service.core import clock
from pacework.service.matching import actions
from pacework.service.matching.models import ForecastChoice, JobCheck, PassportLine
from pacework.service.work.actions import (
    agree_adjustment,
    agree_proposed,
    end_job,
    record_job,
    review_adjustment,
)
from pacework.service.work.models import Adjustment
from tests.service.build import give_account, lead_of
from tests.service.diary.build import share, supported
from tests.service.employers.build import make_vacancy
from tests.service.matching.build import MORNINGS, forecasting, keep_diary, look
from tests.service.work.build import job_details, someone_on_placement

pytestmark = pytest.mark.django_db

TYPED = {"title": "Shop", "mon_start0": "09:00", "mon_end0": "13:00", "commute_minutes": "30"}


def body(response: Any) -> str:
    return str(response.content.decode())


def test_a_client_turns_it_on_describes_a_job_and_reads_how_it_would_hold(client_for: Any) -> None:
    episode = supported()
    browser = client_for(episode.client.user)
    page = body(browser.get(reverse("my-would-hold")))
    assert "What it cannot do" in page
    assert "Turn it on" in page
    browser.post(reverse("my-would-hold-on"))
    assert ForecastChoice.objects.filter(client=episode.client).exists()
    went = browser.post(reverse("my-would-hold-new"), TYPED)
    check = JobCheck.objects.get()
    assert went.url == reverse("my-would-hold-job", args=[check.pk])
    page = body(browser.get(went.url))
    assert "In 10 weeks like these," in page
    assert "Until it has 14, this mostly reflects other people and can be far off." in page
    assert "10 weeks drawn" in page


@pytest.mark.parametrize("days", [0, 1, 13, 60])
def test_with_few_days_it_says_that_it_mostly_reflects_other_people(days: int, client_for: Any) -> None:
    episode = forecasting(days=days)
    check = look(episode.client)
    type(make_vacancy()).objects.update(shifts=MORNINGS)
    page = body(client_for(episode.client.user).get(reverse("my-would-hold-job", args=[check.pk])))
    matches = body(client_for(episode.client.user).get(reverse("my-matches")))
    said = f"Your diary has {'1 day' if days == 1 else f'{days} days'} so far. Until it has 14, this mostly"
    assert page.count("reflects other people") == matches.count("reflects other people") == (days < 14)
    assert (said in page) is (said in matches) is (days < 14)


def test_with_few_answers_about_hours_it_says_so(client_for: Any) -> None:
    episode = supported()
    keep_diary(episode.client, 30, hours=None)
    actions.turn_on(episode.client, by=episode.client.user)
    check = look(episode.client)
    page = body(client_for(episode.client.user).get(reverse("my-would-hold-job", args=[check.pk])))
    assert page.count("You have given no answers so far about the hours you could work.") == 1


def test_a_poor_fit_comes_with_what_would_help_most(client_for: Any) -> None:
    episode = forecasting(days=30)
    browser = client_for(episode.client.user)
    days = ("mon", "tue", "wed", "thu", "fri")
    for start, end, way in (("09:00", "14:00", 30), ("07:00", "17:00", 60)):
        week = [{"day": day, "start": start, "end": end} for day in days]
        check = look(episode.client, shifts=week, commute_minutes=way)
        page = body(browser.get(reverse("my-would-hold-job", args=[check.pk])))
        # Where no change alone is enough, the best two together.
        assert "What would help most: " in page or "Two that help most together: " in page
        assert "score" not in page.lower()


def test_a_constant_diary_and_one_of_ten_years_open_too(client_for: Any) -> None:
    from pacework.service.diary.actions import DayTyped, record_days
    from tests.service.diary.build import day

    for days, pain in ((40, lambda back: 5), (3652, lambda back: back % 9)):
        episode = supported()
        rows = [DayTyped(day(back), pain(back)) for back in range(days, 0, -1)]
        record_days(episode.client, rows, by=episode.client.user)
        actions.turn_on(episode.client, by=episode.client.user)
        check = look(episode.client)
        page = client_for(episode.client.user).get(reverse("my-would-hold-job", args=[check.pk]))
        assert "In 10 weeks like these," in body(page)


def test_the_same_day_gives_the_same_answer_and_nothing_is_written(client_for: Any) -> None:
    episode = forecasting()
    check = look(episode.client)
    browser = client_for(episode.client.user)
    href = reverse("my-would-hold-job", args=[check.pk])
    first, second = (body(browser.get(href)).split("<h1")[1] for _ in range(2))
    assert first.split('name="csrf')[0] == second.split('name="csrf')[0]
    check.refresh_from_db()
    assert check.version == 1


def test_two_changes_are_tried_together_kept_and_taken_out_again(client_for: Any) -> None:
    episode = forecasting()
    check = look(episode.client)
    browser = client_for(episode.client.user)
    href = reverse("my-would-hold-job", args=[check.pk])
    page = body(browser.get(f"{href}?change=later-start-60&change=swap-in-week"))
    assert "Tried together: " in page
    assert "Lived through together, not added up." in page
    page = body(browser.get(f"{href}?change=later-start-60"))
    assert "Choose two or three changes" in page
    assert 'value="later-start-60" checked' in page
    assert 'value="swap-in-week" checked' not in page
    keep = reverse("my-would-hold-keep", args=[check.pk])
    went = browser.post(keep, {"try": "1"})
    assert "Choose two or three changes" in body(browser.get(went.url))
    assert "Choose a change from the list." in body(browser.get(f"{href}?change=x&change=y"))
    went = browser.post(keep, {"change": ["later-start-60", "swap-in-week"], "try": "1"})
    assert went.url == f"{href}?change=later-start-60&change=swap-in-week&try=1#tried"
    assert not PassportLine.objects.exists()
    browser.post(keep, {"change": ["later-start-60"]})
    assert "Start at 10:00 instead of 9:00" in body(browser.get(reverse("my-passport")))
    browser.post(keep, {})
    assert PassportLine.objects.count() == 1
    browser.post(reverse("my-would-hold-forget", args=[check.pk]))
    assert not PassportLine.objects.exists()


def test_bad_hours_are_said_beside_the_box_and_what_was_typed_stays(client_for: Any) -> None:
    browser = client_for(forecasting(days=0).client.user)
    href = reverse("my-would-hold-new")
    for changed, words in (
        ({"mon_start0": "", "mon_end0": ""}, "The job has no shifts. Give at least one day."),
        ({"mon_end0": ""}, "A shift has a start and an end."),
        ({"mon_end0": "25:00"}, "Monday to"),
        ({"commute_minutes": "NaN"}, "How long is the way there"),
        ({"mon_start1": "12:00", "mon_end1": "15:00"}, "overlaps another on the same day"),
        ({"mon_start0": "22:00", "mon_end0": "06:00", "tue_start0": "05:00", "tue_end0": "9:00"}, "overlaps"),
        ({"home_days": ["fri"]}, "Choose only days with a shift"),
    ):
        response = browser.post(href, TYPED | changed)
        assert response.status_code == 422
        assert words in body(response)
        assert 'value="Shop"' in body(response)
    assert not JobCheck.objects.exists()


def test_days_and_times_are_typed_in_words_or_day_by_day(client_for: Any) -> None:
    browser = client_for(forecasting(days=0).client.user)
    href = reverse("my-would-hold-new")
    asked = body(browser.get(href))
    assert 'name="told"' in asked
    assert "day by day" in asked
    went = browser.post(href, {"title": "Shop", "told": "Mon to Fri 9 to 1"})
    check = JobCheck.objects.get()
    assert [shift["day"] for shift in check.shifts] == ["mon", "tue", "wed", "thu", "fri"]
    assert {(shift["start"], shift["end"]) for shift in check.shifts} == {("09:00", "13:00")}
    assert "Monday to Friday 9:00–13:00" in body(browser.get(went.url))
    # What a person put into boxes goes before words, and is changed in boxes.
    browser.post(href, TYPED | {"told": "Mon to Fri 9 to 1"})
    assert len(JobCheck.objects.latest("pk").shifts) == 1
    change = reverse("my-would-hold-change", args=[check.pk])
    assert 'name="told"' not in body(browser.get(change))
    emptied = {"title": "Shop", "version": str(check.version), "told": "Mon 9 to 1"}
    refused = browser.post(change, emptied)
    assert refused.status_code == 422
    assert "The job has no shifts." in body(refused)
    for told, words in (("", "The job has no shifts."), ("now and then", "could not be read")):
        refused = browser.post(href, {"title": "", "told": told})
        assert refused.status_code == 422
        assert words in body(refused)
        assert "What is the job" in body(refused)
    # What was assumed or left out is said.
    went = browser.post(
        href, {"title": "Shop", "told": "Mon-Fri 9-5 except Wednesday afternoons"}, follow=True
    )
    assert "Wednesday" in body(went)
    vacancy = make_vacancy(title="Cook", hours_text="Mon, Tue 9-2")
    assert 'value="Mon, Tue 9-2"' in body(browser.get(f"{href}?vacancy={vacancy.pk}"))


def test_a_vacancy_a_job_and_a_night_shift_are_begun_from_what_is_known(client_for: Any) -> None:
    episode = forecasting(days=5)
    esw = episode.assignments.get().esw
    spell = record_job(episode, by=esw, **job_details(started_on=clock.today() - timedelta(days=9)))
    vacancy = make_vacancy(title="Night porter")
    type(vacancy).objects.update(shifts=[{"day": "fri", "start": "22:00", "end": "06:00"}], break_minutes=30)
    browser = client_for(episode.client.user)
    new = reverse("my-would-hold-new")
    page = body(browser.get(f"{new}?vacancy={vacancy.pk}"))
    assert "Night porter" in page
    assert 'value="22:00"' in page
    assert "Stock assistant, Harbour Stores" in body(browser.get(f"{new}?spell={spell.pk}"))
    for nonsense in ("?vacancy=999999", "?vacancy=x", "?placement=1", "?spell=99999999999"):
        assert browser.get(new + nonsense).status_code == 404
    typed = {"title": "Night porter", "fri_start0": "22:00", "fri_end0": "06:00"}
    went = browser.post(f"{new}?vacancy={vacancy.pk}", typed)
    assert JobCheck.objects.get().vacancy == vacancy
    assert "In 10 weeks like these," in body(browser.get(went.url))
    change = reverse("my-would-hold-change", args=[JobCheck.objects.get().pk])
    assert 'value="22:00"' in body(browser.get(change))
    browser.post(change, TYPED | {"version": "1"})
    assert JobCheck.objects.get().title == "Shop"


def test_the_worker_opens_the_same_pages_and_puts_forward_what_was_kept(client_for: Any) -> None:
    episode = forecasting()
    client, esw = episode.client, episode.assignments.get().esw
    spell = record_job(episode, by=esw, **job_details(started_on=clock.today() - timedelta(days=9)))
    browser = client_for(esw)
    new = reverse("would-hold-new", args=[client.pk])
    went = browser.post(f"{new}?spell={spell.pk}", TYPED)
    check = JobCheck.objects.get()
    browser.post(reverse("would-hold-keep", args=[client.pk, check.pk]), {"change": ["later-start-60"]})
    page = body(browser.get(went.url))
    assert page.count("Put into the register of Stock assistant, Harbour Stores, as proposed") == 1
    propose = reverse("would-hold-propose", args=[client.pk, check.pk])
    browser.post(propose)
    browser.post(propose)
    row = Adjustment.objects.get()
    page = body(browser.get(reverse("job", args=[client.pk, spell.pk])))
    assert "Proposed" in page
    agree = reverse("adjustment-agree", args=[client.pk, row.pk])
    assert agree in page
    assert "Start at 10:00" not in body(client_for(client.user).get(reverse("my-work")))
    assert browser.get(agree).status_code == 200
    browser.post(agree, {"agreed_on": clock.today().isoformat()})
    assert "Start at 10:00" in body(client_for(client.user).get(reverse("my-work")))


def test_kept_from_a_vacancy_goes_into_the_register_of_a_job_with_its_employer(client_for: Any) -> None:
    episode = forecasting()
    client, esw = episode.client, episode.assignments.get().esw
    vacancy = make_vacancy()
    check = look(client, vacancy=vacancy)
    actions.keep_changes(check, by=client.user, keys=["later-start-60"])
    browser, href = client_for(esw), reverse("would-hold-job", args=[client.pk, check.pk])
    began = {"started_on": clock.today() - timedelta(days=9)}
    record_job(episode, by=esw, **job_details(**began))
    assert "Put into the register" not in body(browser.get(href))
    named = {"employer": vacancy.employer, "employer_words": ""}
    spell = record_job(episode, by=esw, **job_details(**began, **named))
    assert f"Put into the register of Stock assistant, {spell.where}, as proposed" in body(browser.get(href))
    propose = reverse("would-hold-propose", args=[client.pk, check.pk])
    assert browser.post(propose, {"spell": "999999"}).status_code == 404
    browser.post(propose)
    assert not Adjustment.objects.exists()
    browser.post(propose, {"spell": str(spell.pk)})
    assert Adjustment.objects.get().job == spell
    assert "Put into the register" not in body(browser.get(href))
    assert "Put into the register" not in body(
        client_for(client.user).get(reverse("my-would-hold-job", args=[check.pk]))
    )


def test_changes_that_do_nothing_are_named_once_with_their_reason(client_for: Any) -> None:
    episode = forecasting(days=30)
    week = [{"day": "sun", "start": "12:00", "end": "14:00"}]
    check = look(episode.client, shifts=week, home_possible=False, build_up_weeks=8)
    href = reverse("my-would-hold-job", args=[check.pk])
    page = body(client_for(episode.client.user).get(href))
    assert "It begins with shorter days, over 8 weeks." in page
    assert "A day at home each week; 2 days at home each week: the work cannot be done at home." in page
    both = body(client_for(episode.client.user).get(f"{href}?change=home-days-1&change=swap-in-week"))
    assert "Would change nothing: none of these changes anything here.<" in both


def test_for_a_worker_to_whom_it_is_not_open_the_page_says_so_and_writes_nothing(client_for: Any) -> None:
    episode = forecasting(shared=False)
    check = look(episode.client)
    client, browser = episode.client, client_for(episode.assignments.get().esw)
    assert "This is not open to you." in body(browser.get(reverse("would-hold", args=[client.pk])))
    hidden = browser.get(reverse("would-hold-job", args=[client.pk, check.pk]))
    assert (hidden.status_code, hidden.url) == (302, reverse("would-hold", args=[client.pk]))
    assert browser.get(reverse("would-hold-new", args=[client.pk])).status_code == 302
    assert browser.post(reverse("would-hold-new", args=[client.pk]), TYPED).status_code == 403
    assert JobCheck.objects.count() == 1
    type(make_vacancy(title="Till")).objects.update(shifts=MORNINGS)
    matches = body(browser.get(reverse("matches", args=[client.pk])))
    assert "Till" in matches
    assert "In 10 weeks like these" not in matches
    assert "In 10 weeks like these" in body(client_for(client.user).get(reverse("my-matches")))


def test_turning_it_off_is_confirmed_and_says_what_goes(client_for: Any) -> None:
    episode = forecasting(days=0)
    check = look(episode.client)
    actions.keep_changes(check, by=episode.client.user, keys=["swap-in-week"])
    browser = client_for(episode.client.user)
    off = reverse("my-would-hold-off")
    page = body(browser.get(off))
    assert "1 job you looked at" in page
    assert ", which you kept: it goes from your passport too" in page
    assert browser.post(off, {}).status_code == 422
    browser.post(off, {"sure": "on"})
    assert not ForecastChoice.objects.exists()
    assert browser.get(reverse("my-would-hold-job", args=[check.pk])).status_code == 302


def test_the_passport_holds_own_lines_and_what_is_agreed(client_for: Any) -> None:
    episode = supported()
    esw, browser = episode.assignments.get().esw, client_for(episode.client.user)
    spell = record_job(episode, by=esw, **job_details(started_on=clock.today() - timedelta(days=9)))
    agree_adjustment(episode, by=esw, kind="other", words="A stool at the till", job=spell)
    browser.post(reverse("my-passport-new"), {"words": "Five minutes to stretch"})
    line = PassportLine.objects.get()
    browser.post(reverse("my-passport-line", args=[line.pk]), {"words": "Time to stretch", "version": "1"})
    page = body(browser.get(reverse("my-passport")))
    assert "A stool at the till" in page
    assert "Time to stretch" in page
    browser.post(reverse("my-passport-remove", args=[line.pk]))
    assert "Time to stretch" not in body(browser.get(reverse("my-passport")))


@pytest.mark.parametrize("shared", [True, False])
def test_the_page_of_a_job_leads_to_what_was_kept_for_those_who_may_see_it(
    shared: bool, client_for: Any
) -> None:
    episode = forecasting(days=0, shared=shared)
    client, esw = episode.client, episode.assignments.get().esw
    spell = record_job(episode, by=esw, **job_details(started_on=clock.today() - timedelta(days=9)))
    check = look(client, spell=spell)
    actions.keep_changes(check, by=client.user, keys=["later-start-60"])
    browser, href = client_for(esw), reverse("job", args=[client.pk, spell.pk])
    new = f"{reverse('would-hold-new', args=[client.pk])}?spell={spell.pk}"
    page = body(browser.get(href))
    assert ("Kept for the talk with the employer" in page) is shared
    assert ("Start at 10:00 instead of 9:00" in page) is shared
    assert (reverse("would-hold-job", args=[client.pk, check.pk]) in page) is shared
    assert (new in page) is shared
    lead = client_for(lead_of(client.team))
    assert "Start at 10:00" not in body(lead.get(href))
    assert "Would this job hold?" not in body(lead.get(href))
    if shared:
        # What is in the register stands there, and nobody asks whether a job that ended would hold.
        actions.propose_kept(check, by=esw)
        assert "Kept for the talk with the employer" not in body(browser.get(href))
        end_job(spell, by=esw, on=clock.today(), reason="pain")
        assert new not in body(browser.get(href))


def test_the_page_of_a_placement_leads_to_the_same(client_for: Any) -> None:
    work = someone_on_placement()
    client = work.client
    actions.turn_on(client, by=give_account(client))
    share(client)
    page = body(client_for(work.esw).get(reverse("placement", args=[client.pk, work.placement.pk])))
    assert f"{reverse('would-hold-new', args=[client.pk])}?placement={work.placement.pk}" in page


def test_a_kept_change_that_was_agreed_stands_among_what_is_agreed_and_once(client_for: Any) -> None:
    episode = forecasting()
    client, esw = episode.client, episode.assignments.get().esw
    spell = record_job(episode, by=esw, **job_details(started_on=clock.today() - timedelta(days=9)))
    check = look(client, spell=spell)
    actions.keep_changes(check, by=client.user, keys=["later-start-60"])
    actions.propose_kept(check, by=esw)
    browser, passport = client_for(client.user), reverse("my-passport")
    wishes, _, agreed = body(browser.get(passport)).partition("Agreed with my employer")
    assert "Start at 10:00" in wishes
    assert not agreed
    row = agree_proposed(Adjustment.objects.get(), by=esw)
    line = PassportLine.objects.get()
    actions.change_line(line, by=client.user, words="Start at ten", expected=None)
    wishes, _, agreed = body(browser.get(passport)).partition("Agreed with my employer")
    assert "Start at ten" not in wishes
    assert agreed.count('matching-line__words">Start at ten') == 1
    assert reverse("my-passport-line", args=[line.pk]) in agreed
    assert "Start at 10:00" not in agreed
    # Once it has stopped it is a wish again.
    review_adjustment(row, by=esw, effect="stopped")
    wishes, _, agreed = body(browser.get(passport)).partition("Agreed with my employer")
    assert "Start at ten" in wishes
    assert not agreed


def test_lines_of_several_jobs_in_the_same_words_are_one_line_that_names_them(client_for: Any) -> None:
    client = forecasting(days=0).client
    for title in ("Nursery", "Office"):
        actions.keep_changes(look(client, title=title), by=client.user, keys=["later-start-60"])
    actions.add_line(client, by=client.user, words="A stool")
    browser, passport = client_for(client.user), reverse("my-passport")
    page = body(browser.get(passport))
    assert page.count("Start at 10:00 instead of 9:00</span>\n") == 1
    assert page.count("Kept from: Nursery; Office") == page.count("Kept from:") == 1
    first = PassportLine.objects.order_by("pk")[0]
    edit = reverse("my-passport-line", args=[first.pk])
    browser.post(edit, {"words": "Start at ten", "version": first.version})
    assert PassportLine.objects.filter(words="Start at ten").count() == 2
    browser.post(reverse("my-passport-remove", args=[first.pk]))
    assert list(PassportLine.objects.values_list("words", flat=True)) == ["A stool"]


def test_another_clients_job_is_not_found(client_for: Any) -> None:
    mine, other = forecasting(days=0), forecasting(days=0)
    check = look(other.client)
    browser = client_for(mine.client.user)
    assert browser.get(reverse("my-would-hold-job", args=[check.pk])).status_code == 404
    assert browser.post(reverse("my-would-hold-forget", args=[check.pk])).status_code == 404
    worker = client_for(mine.assignments.get().esw)
    assert worker.get(reverse("would-hold-job", args=[mine.client_id, check.pk])).status_code == 404
    assert worker.get(reverse("would-hold-job", args=[other.client_id, check.pk])).status_code == 404


def test_the_first_page_lists_what_was_looked_at_and_what_they_have(client_for: Any) -> None:
    episode = forecasting(days=3)
    esw = episode.assignments.get().esw
    record_job(episode, by=esw, **job_details(started_on=clock.today() - timedelta(days=9)))
    look(episode.client)
    for user, name, args in (
        (episode.client.user, "my-would-hold", []),
        (esw, "would-hold", [episode.client_id]),
    ):
        page = body(client_for(user).get(reverse(name, args=args)))
        assert "Monday, Wednesday and Friday, 12 paid hours a week" in page
        assert "Stock assistant, Harbour Stores" in page


@pytest.mark.parametrize(
    ("pay", "born", "words"),
    [
        ("20.00", True, "would reach the funded outcome"),
        ("1.00", True, "No week counts towards the funded outcome: the pay is too low."),
        ("1.00", False, ""),
        (None, True, ""),
    ],
)
def test_pay_below_the_legal_minimum_is_said_where_it_is_known(
    pay: str | None, born: bool, words: str, client_for: Any
) -> None:
    episode = forecasting(days=20)
    if not born:
        type(episode.client).objects.update(birth_date=None)
    vacancy = make_vacancy()
    type(vacancy).objects.update(pay_an_hour=pay)
    vacancy.refresh_from_db()
    check = look(type(episode.client).objects.get(pk=episode.client_id), vacancy=vacancy)
    worker = client_for(episode.assignments.get().esw)
    page = body(worker.get(reverse("would-hold-job", args=[episode.client_id, check.pk])))
    assert ("funded outcome" in page.split("The numbers behind")[0]) is bool(words)
    assert words in page
    # The funded outcome is the service's: the client reads of their pay alone.
    own = body(client_for(episode.client.user).get(reverse("my-would-hold-job", args=[check.pk])))
    assert "funded" not in own.lower()
    assert ("The pay does not reach the legal minimum." in own) is (pay == "1.00" and born)
