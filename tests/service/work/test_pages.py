"""The pages about work, as people use them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from pacework.service.core import clock
from pacework.service.work import actions
from pacework.service.work.models import Application, JobSpell, Placement
from pacework.service.work.rows import WorkRows
from tests.service.build import close, give_account, give_consent, make_user
from tests.service.work.build import (
    REFERRED,
    application,
    job_details,
    may_be_named,
    opportunity,
    record,
    someone_in_work,
    someone_on_placement,
    supported,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

STARTED = REFERRED + timedelta(weeks=2)


def page(browser, name, *args):
    response = browser.get(reverse(name, args=args))
    assert response.status_code == 200, response
    return response.content.decode()


def token(html):
    return {
        name: re.search(f'name="{name}" value="([^"]*)"', html)[1]
        for name in ("submission", "version", "typed_by")
        if f'name="{name}"' in html
    }


def test_the_work_page_says_what_the_hours_count_for(client_for):
    work = someone_in_work([450] * 5 + [0] * 3 + [450] * 8)
    html = page(client_for(work.esw), "work", work.client.pk)
    rows = WorkRows(work.episode)
    assert "Reached on Sun 4 January 2026" in html
    assert all(step.words in html for step in rows.funded.steps)
    assert "16-hour marker: not reached." in html
    assert "Yes, on Mon 15 September 2025" in html
    assert rows.sustained.words in html
    assert f"{rows.weeks_worked} weeks" in html


def test_a_gap_without_record_is_seen_in_the_working(client_for):
    work = someone_in_work([450, 450])
    record(work, [450], first=STARTED + timedelta(weeks=4))
    html = page(client_for(work.esw), "work", work.client.pk)
    missing = WorkRows(work.episode).missing
    assert len(missing) == 22
    assert html.count("Nothing is recorded for this week.") == 22
    assert "22 weeks of work have no record." in html


def test_an_empty_work_page_says_how_to_begin(client_for):
    work = supported()
    html = page(client_for(work.esw), "work", work.client.pk)
    assert "Start with an idea" in html
    assert reverse("application-new", args=[work.client.pk]) in html


def test_readers_without_a_part_in_it_see_no_links_to_forms(client_for):
    work = someone_in_work([450])
    application(work)
    give_consent(work.client, "health_sharing")
    hcp = make_user("hcp", work.client.team)
    html = page(client_for(hcp), "work", work.client.pk)
    assert "Library assistant" in html
    assert "applications/new" not in html
    assert "/outcome/" not in html
    assert client_for(hcp).get(reverse("job-hours", args=[work.client.pk, work.job.pk])).status_code == 404


def test_a_closed_record_shows_work_and_takes_nothing(client_for):
    work = someone_in_work([450])
    close(work.episode)
    browser = client_for(work.esw)
    assert "applications/new" not in page(browser, "work", work.client.pk)
    sent = browser.post(
        reverse("job-end", args=[work.client.pk, work.job.pk]), {"on": "2026-03-01", "reason": "money"}
    )
    assert sent.status_code == 403


def test_an_application_goes_from_idea_to_job_in_the_browser(client_for):
    work = supported()
    browser, key = client_for(work.esw), work.client.pk
    data = {"title": "Baker", "employer": "Rise & Co", "step": "idea", "on": "2026-01-05"}
    assert browser.post(reverse("application-new", args=[key]), data).status_code == 302
    row = Application.objects.get()
    for name, more in (
        ("application-move", {"to": "interview", "on": "2026-01-12"}),
        ("application-move", {"to": "offer", "on": "2026-01-19"}),
        ("application-end", {"outcome": "accepted", "on": "2026-01-20", "starts_on": "2026-02-02"}),
    ):
        address = reverse(name, args=[key, row.pk])
        sent = browser.post(address, more | token(browser.get(address).content.decode()))
        assert sent.status_code == 302, sent.content.decode()
    assert sent.url == reverse("job-new", args=[key]) + f"?application={row.pk}"
    html = browser.get(sent.url).content.decode()
    assert 'value="2026-02-02"' in html
    data = {
        "title": "Baker",
        "employer": "Rise & Co",
        "contract": "permanent",
        "started_on": "2026-02-02",
        "weekly_hours": "16",
        "hourly_pay": "13",
        "open_to_anyone": "yes",
        "usual_rate": "yes",
        "set_aside": "no",
    }
    assert browser.post(sent.url, data | token(html)).status_code == 302
    job = JobSpell.objects.get()
    assert job.application == row
    html = page(browser, "job", key, job.pk)
    assert "Competitive work: yes" in html
    assert "Table " in html


def test_hours_of_many_weeks_are_recorded_on_one_page(client_for):
    work = someone_in_work()
    browser = client_for(work.esw)
    address = reverse("job-hours", args=[work.client.pk, work.job.pk]) + "?page=2"
    html = browser.get(address).content.decode()
    typed = {
        "evidence": "payslip",
        "hours_20250915": "7:30",
        "hours_20250922": "3.99",
        "hours_20250929": "0",
        "evidence_20250922": "client_word",
        "pain_20250929": "on",
    }
    sent = browser.post(address, typed | token(html))
    assert sent.status_code == 302, sent.content.decode()
    stored = [(row.paid_minutes, row.evidence, row.lost_to_pain) for row in work.job.weeks.all()]
    assert stored == [(450, "payslip", False), (239, "client_word", False), (0, "payslip", True)]
    html = browser.get(address).content.decode()
    assert 'value="7:30"' in html
    assert 'value="3:59"' in html


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"hours_20250915": "169"}, "A week has 168 hours."),
        ({"hours_20250915": "-3"}, "Write hours like 7.5 or 7:30."),
        ({"hours_20250915": "<b>"}, "Write hours like 7.5 or 7:30."),
        ({"hours_20250915": "7.333"}, "Use at most 2 numbers after the point"),
        ({"hours_20250915": "7", "evidence": "rumour"}, "Choose one from the list."),
        ({"hours_20250915": "7", "evidence": ""}, "Say what shows the hours."),
        ({"hours_20250915": "7", "evidence": "employer_word"}, "has not agreed to this"),
    ],
)
def test_bad_hours_are_said_beside_the_box_and_change_nothing(client_for, typed, sentence):
    work = someone_in_work()
    browser = client_for(work.esw)
    address = reverse("job-hours", args=[work.client.pk, work.job.pk]) + "?page=2"
    html = browser.get(address).content.decode()
    sent = browser.post(address, {"evidence": "payslip", "hours_20250922": "8"} | typed | token(html))
    assert sent.status_code == 422
    found = sent.content.decode()
    assert sentence in found
    assert 'value="8:00"' in found or 'value="8"' in found
    assert not work.job.weeks.exists()


def test_two_people_recording_hours_of_one_job_both_see_what_was_typed(client_for):
    work = someone_in_work()
    browser = client_for(work.esw)
    address = reverse("job-hours", args=[work.client.pk, work.job.pk]) + "?page=2"
    html = browser.get(address).content.decode()
    record(work, [600])
    sent = browser.post(address, {"evidence": "payslip", "hours_20250915": "7:30"} | token(html))
    found = sent.content.decode()
    assert sent.status_code == 409
    assert "10:00" in found
    assert "7:30" in found
    assert work.job.weeks.get().paid_minutes == 600
    again = browser.post(address, {"evidence_20250915": "payslip", "hours_20250915": "7:30"} | token(found))
    assert again.status_code == 302
    assert work.job.weeks.get().paid_minutes == 450


def test_sending_a_job_twice_records_one(client_for):
    work = supported()
    browser, address = client_for(work.esw), reverse("job-new", args=[work.client.pk])
    data = {
        "title": "Baker",
        "employer": "Rise",
        "contract": "permanent",
        "started_on": "2026-02-02",
        "weekly_hours": "16",
    } | token(browser.get(address).content.decode())
    first, second = browser.post(address, data), browser.post(address, data)
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert JobSpell.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"started_on": "2026-03-12"}, "This date is in the future."),
        ({"started_on": "1970-01-01"}, "before the client was born"),
        ({"started_on": "2025-08-31"}, "This is before the referral"),
        ({"started_on": "2026-01-05", "held_at_entry": "on"}, "It was not held at entry."),
        ({"weekly_hours": "169"}, "Enter a number from 0 to 168."),
        ({"contract": "piecework"}, "Choose one from the list."),
        ({"employer": ""}, "Enter employer."),
        ({"occupation": "12"}, "A SOC 2020 code has 4 numbers"),
        ({"employer": "Harbour Stores"}, "Two jobs with the same employer overlap"),
        ({"title": "'; DROP TABLE work_jobspell; --<script>", "weekly_hours": "x"}, "Enter a number"),
    ],
)
def test_a_job_that_cannot_be_right_is_refused_beside_its_field(client_for, changed, sentence):
    work = someone_in_work()
    browser = client_for(work.esw)
    data = {
        "title": "Baker",
        "employer": "Rise",
        "contract": "permanent",
        "started_on": "2026-02-02",
        "weekly_hours": "16",
    }
    sent = browser.post(reverse("job-new", args=[work.client.pk]), data | changed)
    assert sent.status_code == 422
    assert sentence in sent.content.decode()
    assert "<script>'" not in sent.content.decode()
    assert JobSpell.objects.count() == 1


def test_a_placement_is_planned_started_followed_and_ended_in_the_browser(client_for):
    work = supported()
    place = opportunity(work.esw)
    may_be_named(work)
    browser, key = client_for(work.esw), work.client.pk
    data = {
        "opportunity": place.pk,
        "kind": "unpaid",
        "planned_from": "2026-02-02",
        "planned_hours": "8",
        "start_hours": "4",
        "build_weeks": "3",
    }
    sent = browser.post(reverse("placement-new", args=[key]), data)
    assert sent.status_code == 302, sent.content.decode()
    row = Placement.objects.get()
    assert [week.planned_minutes for week in row.weeks.all()] == [240, 360, 480, 480, 480, 480]
    address = reverse("placement-start", args=[key, row.pk])
    assert browser.post(address, {"on": "2026-02-02"}).status_code == 302
    address = reverse("placement-week", args=[key, row.pk, "2026-02-02"])
    assert browser.post(address, {"planned": "4", "done": "3:15", "lost_to_pain": "on"}).status_code == 302
    html = page(browser, "placement", key, row.pk)
    assert "3 h 15 min done of 4 h planned" in html
    address = reverse("placement-end", args=[key, row.pk])
    sent = browser.post(address, {"on": "2026-03-06", "reason": "became_job"})
    assert sent.url == reverse("job-new", args=[key]) + f"?placement={row.pk}"
    assert 'value="Stock room"' in browser.get(sent.url).content.decode()


def test_a_week_outside_the_placement_does_not_exist(client_for):
    work = someone_on_placement()
    browser = client_for(work.esw)
    for week in ("2024-01-01", "2025-09-23", "yesterday"):
        address = reverse("placement-week", args=[work.client.pk, work.placement.pk, week])
        sent = browser.post(address, {"planned": "4"})
        assert sent.status_code == 404, week


def test_an_adjustment_is_agreed_and_looked_at_again(client_for):
    work = someone_in_work([450])
    browser, key = client_for(work.esw), work.client.pk
    address = reverse("job-adjustment-new", args=[key, work.job.pk])
    assert browser.post(address, {"kind": "rest_breaks", "agreed_on": "2026-02-02"}).status_code == 302
    row = work.job.adjustments.get()
    assert row.words == "Takes a few short breaks to move or rest."
    address = reverse("adjustment-review", args=[key, row.pk])
    assert browser.post(address, {"effect": "helps", "on": "2026-03-02"}).status_code == 302
    assert "It helps" in page(browser, "job", key, work.job.pk)


def test_a_client_sees_their_work_and_adds_an_idea_and_hours(client_for):
    work = someone_in_work([450])
    actions.agree_adjustment(work.episode, by=work.esw, kind="later_start", job=work.job)
    browser = client_for(give_account(work.client))
    html = page(browser, "my-work")
    assert "Stock assistant, Harbour Stores" in html
    assert "Starts a little later" in html
    sent = browser.post(reverse("my-idea-new"), {"title": "Florist", "employer": "Anywhere"})
    assert sent.status_code == 302
    assert Application.objects.get().step == "idea"
    address = reverse("my-hours", args=[work.job.pk]) + "?page=2"
    sent = browser.post(address, {"hours_20250922": "8:15"} | token(browser.get(address).content.decode()))
    assert sent.status_code == 302, sent.content.decode()
    assert work.job.weeks.get(week=date(2025, 9, 22)).evidence == "client_word"


def test_a_client_cannot_write_over_hours_their_worker_recorded(client_for):
    work = someone_in_work([450])
    browser = client_for(give_account(work.client))
    address = reverse("my-hours", args=[work.job.pk]) + "?page=2"
    html = browser.get(address).content.decode()
    assert "hours_20250915" not in html
    browser.post(address, {"hours_20250915": "30", "hours_20250922": "8"} | token(html))
    assert [row.paid_minutes for row in work.job.weeks.all()] == [450, 480]


def test_in_work_contacts_are_listed_with_a_link_to_log_one(client_for):
    with clock.at(STARTED):
        work = someone_in_work()
        html = page(client_for(work.esw), "work", work.client.pk)
    assert "Contact within 3 days after the start" in html
    assert reverse("contact-new", args=[work.client.pk]) in html


def test_pay_below_the_legal_minimum_of_today_is_said(client_for):
    work = supported()
    with clock.at(STARTED):
        work.job = actions.record_job(work.episode, by=work.esw, **job_details(hourly_pay=Decimal("12.30")))
    with clock.at(date(2026, 4, 20)):
        html = page(client_for(work.esw), "job", work.client.pk, work.job.pk)
        assert "Ask whether the pay went up" in html
