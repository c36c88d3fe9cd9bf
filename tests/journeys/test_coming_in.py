"""How people come in other than by a referral: by themselves without scripts, from a list, and twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pacework.service.cases.models import Client
from tests.journeys.conftest import PHONE
from tests.journeys.steps import choose, fill, follow, press, sees, tabs
from tests.service import build

NEW, KNOWN = build.synthetic_nhs_number(410), build.synthetic_nhs_number(411)
LIST = f"""First name,Last name,Date of birth,NHS number,Phone
Orla,Quigley,04/09/1981,{NEW},01632 960040
Ivor,Marsh,17/02/1969,{KNOWN},01632 960041
Tamsin,Hale,31/02/1990,,01632 960042
"""


@pytest.fixture
def lead(transactional_db: Any) -> Any:
    team = build.make_team("Hollin Vale network")
    build.make_programme()
    return build.make_user("team_lead", team)


def test_somebody_asks_for_support_without_account_and_without_scripts(
    open_browser: Callable[..., Page], lead: Any
) -> None:
    page = open_browser(viewport=PHONE, java_script_enabled=False)
    page.goto("/")
    follow(page, "I would like support to work")
    press(page, "Ask for support")
    sees(page, "There is a problem")
    fill(page, {"First name": "Effie", "Family name": "Lorne", "Phone number": "01632 960050"})
    choose(page, "What is safe for us to do?", "Ring me")
    press(page, "Ask for support")
    expect(page.locator("h1")).to_contain_text("Thank you")
    theirs = open_browser(lead)
    theirs.goto("/today/")
    theirs.get_by_role("navigation", name="Main").get_by_role("link", name="Referrals").click()
    sees(theirs, "Effie Lorne")


def test_a_list_comes_in_row_by_row_and_goes_back_as_a_whole(
    open_browser: Callable[..., Page], lead: Any
) -> None:
    build.make_client(
        lead.teams.get(), first_name="Ivor", last_name="Marsh", birth_date=date(1969, 2, 17), nhs_number=KNOWN
    )
    page = open_browser(lead)
    page.goto("/referrals/")
    follow(page, "Lists of people")
    follow(page, "Bring in a list")
    page.get_by_label("The list, as a CSV file").set_input_files(
        {"name": "practice.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    )
    routes = page.get_by_role("group", name="How were these people found?").get_by_role("radio")
    routes.first.check()
    press(page, "Read this file")
    expect(page.locator("h1")).to_have_text("Check the columns")
    press(page, "Read the rows")
    found = {"New": "Orla Quigley", "Possible duplicates": "Ivor Marsh", "Cannot be added": "Tamsin Hale"}
    for tab, name in found.items():
        show_rows(page, tab)
        sees(page, name)
    assert not Client.objects.filter(last_name="Quigley").exists()
    follow(page, "Add 1 row")
    press(page, "Add")
    show_rows(page, "Added")
    sees(page, "Orla Quigley")
    with page.expect_download() as file:
        follow(page, "Download what was not added")
    assert "Tamsin" in file.value.path().read_text(encoding="utf-8-sig")
    follow(page, "Take this list back")
    page.locator("main form[novalidate] button[type=submit]").first.click()
    sees(page, "taken back")
    assert not Client.objects.filter(last_name="Quigley").exists()


def show_rows(page: Page, tab: str) -> None:
    rows = page.get_by_role("navigation", name="Rows")
    rows.get_by_role("link", name=re.compile(f"^{tab}")).click()


def test_two_records_of_one_person_are_joined_and_parted_again(
    open_browser: Callable[..., Page], lead: Any
) -> None:
    known = build.make_client(
        lead.teams.get(),
        first_name="Beatrix",
        last_name="Oduya",
        birth_date=date(1984, 6, 1),
        phone="01632 960060",
    )
    visitor = open_browser()
    visitor.goto("/join/")
    fill(visitor, {"First name": "Beatrix", "Family name": "Oduya", "Phone number": "01632 960061"})
    fill(visitor, {"Day": "1", "Month": "6", "Year": "1984"})
    choose(visitor, "What is safe for us to do?", "Ring me")
    press(visitor, "Ask for support")
    page = open_browser(lead)
    page.goto("/duplicates/")
    page.locator("main table").get_by_role("link").first.click()
    sees(page, "01632 960060", "01632 960061")
    choose(page, "Are these the same person?", "Yes, the same person")
    press(page, "Go on")
    page.get_by_role("group", name="Phone").get_by_label("01632 960061").check()
    press(page, "Join the two records")
    kept = Client.objects.get(pk=known.pk)
    assert kept.phone.replace(" ", "").endswith("960061")
    page.goto("/duplicates/")
    sees(page, "Beatrix Oduya")
    follow(page, "Take")
    page.locator("main form[novalidate] button[type=submit]").first.click()
    assert Client.objects.get(pk=known.pk).phone.replace(" ", "").endswith("960060")


def test_a_contact_can_be_logged_without_scripts(open_browser: Callable[..., Page], lead: Any) -> None:
    esw = build.make_user("esw", lead.teams.get())
    client = build.make_episode(esw=esw).client
    page = open_browser(esw, java_script_enabled=False)
    page.goto(f"/people/{client.pk}/contacts/new/")
    choose(page, "What became of it?", "Not possible because of pain")
    choose(page, "How?", "Phone")
    fill(page, {"Note": "A bad day. Rings again on Friday."})
    press(page, "Save contact")
    tabs(page, "Contacts")
    sees(page, "Rings again on Friday.")
