"""A client keeps a week, corrects a day, has a flare and shows it; their worker sees it, and no more."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pacework.service.contacts.actions import plan_appointment
from pacework.service.core import clock
from pacework.service.diary.models import DiaryEntry, Flare
from pacework.service.plan.actions import plan_action
from pacework.service.work.actions import record_job
from tests.journeys.conftest import NARROWEST, PHONE
from tests.journeys.steps import choose, fill, follow, press, sees, tab_to, tabs
from tests.service import build
from tests.service.diary.build import keep, share

MONDAY = date(2026, 5, 11)


@pytest.fixture
def client(transactional_db: Any, on_day: Callable[[date], None]) -> Any:
    """A client with an account, an ESW, a step to take and an appointment."""
    on_day(MONDAY - timedelta(days=30))
    team = build.make_team()
    esw = build.make_user("esw", team, first_name="Tomasz", last_name="Wren")
    client = build.make_client(team, account=True, first_name="Ros", last_name="Whitmore")
    episode = build.make_episode(client, esw=esw)
    plan_action(episode, by=esw, words="Try the bus at 8", owner="client", due_on=MONDAY)
    plan_appointment(episode, by=esw, on=MONDAY + timedelta(days=9), mode="face_to_face", place="Library")
    client.esw = esw
    return client


def rate(page: Page, pain: int) -> None:
    """One tap on the home page."""
    page.goto("/today/")
    page.get_by_role("button", name=str(pain), exact=pain not in (0, 10)).click()
    sees(page, f"Saved: {pain}.")


def test_a_week_a_correction_a_flare_and_who_sees_it(
    open_browser: Callable[..., Page],
    client: Any,
    on_day: Callable[[date], None],
    axe: Callable[[Page], None],
) -> None:
    for place, pain in enumerate((4, 5, 4, 6, 5, 5, 7)):
        on_day(MONDAY + timedelta(days=place))
        # A session lasts some hours, so each day begins with signing in.
        page = open_browser(client.user, viewport=PHONE, java_script_enabled=False)
        rate(page, pain)
    assert DiaryEntry.objects.count() == 7

    # A day put right, with more said about it.
    follow(page, "Add more about today")
    follow(page, "Tue 12 May")
    choose(page, "How was your pain?", "8")
    fill(page, {"How many hours could you have worked?": "2.5", "A note for yourself": "Only for me."})
    press(page, "Save")
    sees(page, "Saved: 8, instead of 5.", "It is early days: 7 days so far")

    # A flare: tasks wait, the appointment may move, the worker is told.
    page.goto("/today/")
    follow(page, "I’m having a flare")
    choose(page, "Tell my support worker?", "Yes, tell them")
    press(page, "Start my flare")
    sees(page, "You are in a flare", "Your steps are paused", "Your support worker sees this flare")
    press(page, "Ask to move it")
    sees(page, "You asked for another day.")
    page.goto("/my/plan/")
    sees(page, "Try the bus at 8", "Paused")

    theirs = open_browser(client.esw)
    theirs.goto("/today/")
    sees(theirs, "Flares reported", "Ros Whitmore", "In a flare since today")
    theirs.goto(f"/people/{client.pk}/diary/")
    sees(theirs, "The diary is not shown to you")

    # Shown by a yes of its own; the notes stay the client's.
    page.goto("/my/sharing/")
    page.get_by_role("link", name=re.compile("Read and answer.*support worker")).click()
    choose(page, "Your answer", "Yes")
    page.locator("main").get_by_role("button").first.click()
    theirs.goto(f"/people/{client.pk}/")
    tabs(theirs, "Diary")
    sees(theirs, "It is early days")
    expect(theirs.locator("body")).not_to_contain_text("Only for me.")
    axe(theirs)

    page.goto("/today/")
    press(page, "My flare is over")
    sees(page, "Your flare is over.")
    assert Flare.objects.get().ended_on == clock.today()
    theirs.goto("/today/")
    sees(theirs, "Flares reported", "Was in a flare", "Over now.")


def test_the_button_that_starts_a_flare_is_in_sight_on_a_phone(
    open_browser: Callable[..., Page], client: Any, on_day: Callable[[date], None], settings: Any
) -> None:
    on_day(MONDAY)
    # With the banner that a demo has above everything.
    settings.PACEWORK_DEMO = True
    record_job(
        client.episode,
        by=client.esw,
        title="Stock assistant",
        contract="permanent",
        employer_words="Corner shop",
        started_on=MONDAY - timedelta(days=9),
        weekly_hours=Decimal(16),
        hourly_pay=Decimal("14.00"),
    )
    page = open_browser(client.user, viewport=PHONE, java_script_enabled=False)
    for shows_diary in (False, True):
        if shows_diary:
            share(client)
        page.goto("/my/flare/")
        sees(page, "I cannot go to work", "Tell my support worker?")
        box = page.get_by_role("button", name="Start my flare").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 700


PAGES = (
    "/today/",
    "/my/diary/",
    "/my/weeks/",
    "/my/flare/",
    "/my/flares/",
    "/my/flares/new/",
    "/my/flare-plan/",
    "/my/flare-plan/change/",
    "/my/diary/delete/",
)


def test_every_page_of_the_diary_is_clean_and_fits_a_narrow_phone(
    open_browser: Callable[..., Page],
    client: Any,
    on_day: Callable[[date], None],
    axe: Callable[[Page], None],
) -> None:
    on_day(MONDAY)
    keep(client, [4, 5, 6, 7, 5] * 10)
    page = open_browser(client.user, viewport=NARROWEST)
    for address in PAGES:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => (one.open = true))")
        axe(page)
    page.goto("/my/flare/")
    press(page, "Start my flare")
    axe(page)
    page.goto("/my/diary/")
    fill(page, {"How many hours could you have worked?": "25"})
    press(page, "Save")
    sees(page, "Enter a number from 0 to 24.")
    axe(page)


def test_the_keyboard_alone_rates_a_day_and_opens_another(
    open_browser: Callable[..., Page], client: Any, on_day: Callable[[date], None]
) -> None:
    on_day(MONDAY)
    keep(client, [4, 5, 6] * 8)
    page = open_browser(client.user)
    page.goto("/today/")
    page.get_by_text("Change it").first.wait_for()
    tab_to(page, page.locator("summary", has_text="Change it"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="7", exact=True))
    page.keyboard.press("Enter")
    sees(page, "Saved: 7, instead of 6.")
    page.goto("/my/weeks/")
    tab_to(page, page.locator("summary", has_text="These weeks as a table"))
    page.keyboard.press("Enter")
    link = page.get_by_role("table", name="Pain, day by day").get_by_role("link").first
    tab_to(page, link)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("2026")
