"""From referral to sustained work, in a browser: each step on its own page, by the person whose step it is.

The days pass: ``on_day`` moves the clock of the server that the browser talks to, so that everything
is entered when it would be. Everybody signs in anew on each day.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pacework.service.people.models import User
from tests.journeys.steps import choose, fill, follow, labelled, pick, press, sees, tab_to, tabs
from tests.service import build

MONDAY = date(2026, 3, 2)
WEEK = timedelta(weeks=1)
NAME = "Marlow"


@dataclass
class People:
    """Those who take part, and a fresh browser for each on each day."""

    open_browser: Callable[..., Page]
    team: Any
    hcp: User
    lead: User
    esw: User

    def at(self, user: User, address: str = "/today/", **more: Any) -> Page:
        page = self.open_browser(user, **more)
        page.goto(address)
        return page

    def record(self, user: User, section: str = "") -> Page:
        """The client's record, found by searching for the name."""
        page = self.at(user, "/search/")
        page.get_by_label("Name, date of birth or NHS number").fill(NAME)
        press(page, "Search")
        follow(page, NAME)
        if section:
            tabs(page, section)
        return page


@pytest.fixture
def people(open_browser: Callable[..., Page]) -> People:
    team = build.make_team("Hollin Vale network")
    build.make_programme()
    make = build.make_user
    return People(
        open_browser,
        team,
        hcp=make("hcp", team, first_name="Shreya", last_name="Pelham"),
        lead=make("team_lead", team, first_name="Marguerite", last_name="Okonkwo"),
        esw=make("esw", team, first_name="Tomasz", last_name="Wren"),
    )


def test_from_referral_to_sustained_work(people: People, on_day: Callable[[date], None]) -> None:
    # Given a health professional who refers somebody, by keyboard alone
    on_day(MONDAY)
    hcp_refers_by_keyboard(people)
    # When the lead asks a worker, who takes the client on
    lead_allocates(people)
    esw_accepts(people)
    # Then they meet, and what is said becomes a profile, needs and a plan
    on_day(MONDAY + timedelta(days=3))
    esw_logs_a_contact(people)
    esw_writes_the_profile(people)
    esw_turns_a_need_into_an_action(people)
    esw_prepares_with_the_client(people)
    # And no employer hears of the client before they have agreed
    on_day(MONDAY + WEEK)
    employer_contact_is_refused(people)
    client_agrees(people)
    employer_contact_is_logged(people)
    # When an application leads to a job
    on_day(MONDAY + 2 * WEEK)
    start = MONDAY + 3 * WEEK
    application_becomes_an_offer(people, start)
    # Then a visit is due before the start, and the job counts from its hours
    esw_sees_the_contact_due_before_the_start(people)
    on_day(start + timedelta(days=1))
    esw_records_the_job(people, start)
    on_day(start + 13 * WEEK)
    esw_enters_hours(people, start, weeks=13)
    page_explains_the_outcome(people)
    # And the end of a job is no end of support
    esw_records_the_end_of_the_job(people, start + 13 * WEEK)
    # And support ends with a reason, and begins again in one step
    lead_closes_and_reopens(people)


def hcp_refers_by_keyboard(people: People) -> None:
    page = people.at(people.hcp)
    tab_to(page, page.get_by_role("navigation", name="Main").get_by_role("link", name="Refer", exact=True))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Refer someone")
    required = page.locator("main form .nhsuk-form-group:visible").filter(has_not_text="(optional)")
    outer = required.filter(has_not=page.locator("xpath=ancestor::*[contains(@class,'nhsuk-form-group')]"))
    assert outer.count() <= 6
    for label, words in {
        "First name": "Nia",
        "Family name": NAME,
        "Day": "27",
        "Month": "3",
        "Year": "1979",
        "Phone number or email address": "01632 960001",
    }.items():
        tab_to(page, page.get_by_label(labelled(label)))
        page.keyboard.type(words)
    for box in page.get_by_role("group", name="What has the person agreed to?").get_by_role("checkbox").all():
        tab_to(page, box)
        page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Send referral"))
    page.keyboard.press("Enter")
    sees(page, "Nia Marlow")
    expect(page.locator("h1")).not_to_have_text("Refer someone")


def lead_allocates(people: People) -> None:
    page = people.at(people.lead, "/waiting/")
    row = page.get_by_role("row").filter(has_text=NAME)
    row.get_by_role("link", name="Ask a worker").click()
    choose(page, "Who should carry this client?", "Tomasz Wren")
    press(page, "Ask this worker")
    sees(page, "Tomasz Wren is asked")


def esw_accepts(people: People) -> None:
    page = people.at(people.esw)
    follow(page, NAME)
    choose(page, "Can you take this client on?", "Yes, I take them on")
    press(page, "Save the answer")
    sees(page, "is on your caseload", "Accepted")


def esw_logs_a_contact(people: People) -> None:
    page = people.record(people.esw)
    follow(page, "Log a contact")
    choose(page, "What became of it?", "Attended")
    choose(page, "How?", "Phone")
    fill(page, {"Note": "Rang her. She would like to repair furniture."})
    press(page, "Save contact")
    tabs(page, "Contacts")
    sees(page, "She would like to repair furniture.")


def esw_writes_the_profile(people: People) -> None:
    page = people.record(people.esw, "Situation")
    follow(page, "What you want")
    fill(page, {"What work would you like to do?": "Repairing furniture, in quiet."})
    page.get_by_role("textbox", name="own words").fill("I want to be good at something again.")
    press(page, "Save")
    sees(page, "Repairing furniture, in quiet.", "I want to be good at something again.")


def esw_turns_a_need_into_an_action(people: People) -> None:
    page = people.record(people.esw, "Situation")
    follow(page, "Needs and next steps")
    follow(page, "Add a need")
    fill(page, {"Or say it in the client’s words": "I do not know which buses run before 8"})
    pick(page, "What is it about?", "Work")
    press(page, "Add this need")
    sees(page, "I do not know which buses run before 8")
    card = page.locator(".pw-card").filter(has_text="I do not know which buses run before 8")
    card.get_by_role("checkbox").check()
    card.get_by_role("textbox").first.fill("Look up the early buses together")
    press(page, "Put the ticked ones in the plan")
    tabs(page, "Plan")
    sees(page, "Look up the early buses together")


def esw_prepares_with_the_client(people: People) -> None:
    page = people.record(people.esw, "Plan")
    follow(page, "Preparing for work")
    follow(page, "Set a goal of preparing")
    fill(page, {"The goal, in the client’s words": "Feel ready to talk about my pain"})
    press(page, "Save goal")
    follow(page, "Begin the list")
    page.locator("summary", has_text="Confidence and worry").click()
    page.get_by_role("checkbox", name="I have lost confidence in myself at work").check()
    press(page, "Add to the list")
    sees(page, "I have lost confidence in myself at work")
    sees(page, "Write down three things you were good at")
    follow(page, "Log a session")
    pick(page, "Session", "Finding your confidence again")
    choose(page, "Did they come?", "Came")
    press(page, "Save session")
    sees(page, "Finding your confidence again", "Preparing")


def employer_contact_is_refused(people: People) -> None:
    page = people.at(people.esw, "/employers/")
    page.get_by_role("searchbox").fill("Larch & Daughter")
    press(page, "Show")
    sees(page, "No employer fits this search.")
    follow(page, "Add “Larch & Daughter”")
    expect(page.get_by_label(labelled("Name of the employer"))).to_have_value("Larch & Daughter")
    press(page, "Add employer")
    sees(page, "Larch & Daughter is added.")
    page = people.record(people.esw, "Employers")
    follow(page, "Log an employer contact")
    page.get_by_role("searchbox").fill("Larch")
    press(page, "Search")
    expect(page.get_by_role("link", name="Log a contact")).to_have_count(0)
    # Nor by typing the address of the form.
    page.goto(page.url.split("?")[0] + f"{larch()}/")
    expect(page.locator("h1")).to_contain_text("Log a contact about this client")
    expect(page.get_by_role("button", name="Save contact")).to_have_count(0)
    page = people.record(people.esw, "Employers")
    sees(page, "No employer contact about Nia Marlow yet.")


def larch() -> int:
    from pacework.service.employers.models import Employer

    return Employer.objects.get(name="Larch & Daughter").pk


def client_agrees(people: People) -> None:
    page = people.record(people.esw, "Sharing")
    page.get_by_role("link", name=re.compile("Record an answer.*Talking with employers")).click()
    choose(page, "What did the client say?", "Yes, they agree")
    press(page, "Save the answer")
    tabs(page, "Employers")
    follow(page, "Record what was agreed")
    choose(page, "May the client be mentioned?", "By name")
    choose(page, "What may be said about health?", "Nothing")
    press(page, "Save what was agreed")


def fill_employer_contact(page: Page) -> None:
    choose(page, "How", "Face to face")
    choose(page, "What for", "Match a person to their needs")
    choose(page, "Does this work match what the client wants?", "Yes, it matches")
    fill(page, {"Why, or why not?": "Quiet work with her hands."})


def employer_contact_is_logged(people: People) -> None:
    page = people.record(people.esw, "Employers")
    follow(page, "Log an employer contact")
    page.get_by_role("searchbox").fill("Larch")
    press(page, "Search")
    follow(page, "Log a contact")
    fill_employer_contact(page)
    press(page, "Save contact")
    sees(page, "Contact saved.", "Job search")


def application_becomes_an_offer(people: People, start: date) -> None:
    page = people.record(people.esw, "Work")
    follow(page, "Add an application")
    fill(page, {"Which job?": "Furniture restorer", "Employer": "Larch & Daughter"})
    press(page, "Save application")
    for step in ("Applied", "Offer"):
        tabs(page, "Work")
        follow(page, "Next step")
        choose(page, "Which step?", step)
        press(page, "Save step")
    tabs(page, "Work")
    follow(page, "Outcome")
    choose(page, "What happened?", "Offer accepted")
    fill(page, {"First day of the job": start})
    press(page, "Save outcome")


def esw_sees_the_contact_due_before_the_start(people: People) -> None:
    page = people.record(people.esw, "Work")
    sees(page, "In-work contacts", "Contact in the week before the job starts", "Offer accepted")


def esw_records_the_job(people: People, start: date) -> None:
    page = people.record(people.esw, "Work")
    follow(page, "Record the job")
    expect(page.get_by_label(labelled("Job title"))).to_have_value("Furniture restorer")
    pick(page, "Contract", "Permanent")
    fill(page, {"First day of work": start, "Hours a week agreed": "12", "Pay an hour, before tax": "13.20"})
    choose(page, "Could anyone apply for it?", "Yes")
    choose(page, "Does it pay the usual rate for this work?", "Yes")
    choose(page, "Is it set aside for disabled people?", "No")
    press(page, "Save job")
    sees(page, "Furniture restorer", "In work")


def esw_enters_hours(people: People, start: date, *, weeks: int) -> None:
    page = people.record(people.esw, "Work")
    follow(page, "Furniture restorer")
    follow(page, "Record hours")
    left = weeks
    while left:
        pick(page, "What shows the hours?", "Payslip")
        empty = [box for box in page.get_by_label(re.compile(": hours$")).all() if not box.input_value()]
        for box in empty:
            box.fill("8:30")
        left -= len(empty)
        press(page, "Save hours")
        sees(page, "Hours saved.")
        if left:
            follow(page, "Record hours")
            follow(page, "Earlier weeks")


def page_explains_the_outcome(people: People) -> None:
    page = people.record(people.esw, "Work")
    sees(page, "What the work counts for", "How this is worked out")
    page.get_by_text("How this is worked out").click()
    sees(page, "Reached on Sun 21 June 2026", "Rule of")


def esw_records_the_end_of_the_job(people: People, last: date) -> None:
    page = people.record(people.esw, "Work")
    follow(page, "Furniture restorer")
    follow(page, "End of the job")
    fill(page, {"Last day of work": last})
    pick(page, "Why did it end?", "The contract came to its end")
    press(page, "Save the end of the job")
    sees(page, "Job search")


def lead_closes_and_reopens(people: People) -> None:
    page = people.record(people.lead, "Details")
    follow(page, "Close the episode")
    group = page.get_by_role("group", name="Why does support end?")
    for one in ("missed", "attend", "progress", "contact"):
        expect(group.get_by_role("radio", name=one)).to_have_count(0)
    group.get_by_role("radio", name="Chose to stop for now").check()
    press(page, "Close the episode")
    page = people.record(people.lead, "Details")
    expect(page.get_by_role("region", name="Person")).to_contain_text("Closed")
    follow(page, "Open again")
    press(page, "Open again")
    expect(page.get_by_role("region", name="Person")).not_to_contain_text("Closed")
