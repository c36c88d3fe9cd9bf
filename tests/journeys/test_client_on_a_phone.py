"""The client's own way, on a phone: sign in, tick a step, choose what employers hear, take a yes back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pacework.service.core import clock
from pacework.service.people.models import User
from pacework.service.plan.actions import plan_action
from tests.journeys.conftest import PHONE
from tests.journeys.steps import choose, fill, follow, press, sees
from tests.service import build

PASSWORD = "teapot meadow lantern"


@pytest.fixture
def client(transactional_db: Any) -> Any:
    """A client with an account, an ESW, a step to take, and a health team they share with."""
    team = build.make_team()
    esw = build.make_user("esw", team, first_name="Tomasz", last_name="Wren")
    client = build.make_client(team, account=True, first_name="Ros", last_name="Whitmore")
    episode = build.make_episode(client, esw=esw)
    build.give_consent(client)
    build.give_consent(client, "employer_contact")
    plan_action(
        episode, by=esw, words="Try the bus at 8", owner="client", due_on=clock.today() + timedelta(days=5)
    )
    account = User.objects.get(pk=client.user_id)
    account.set_password(PASSWORD)
    account.save()
    client.user = account
    return client


def on_their_phone(open_browser: Callable[..., Page], client: Any) -> Page:
    """Signed in by typing, as one does."""
    page = open_browser(viewport=PHONE)
    page.goto("/")
    page.get_by_role("link", name="Sign in").first.click()
    fill(page, {"Email address or username": client.user.username, "Password": PASSWORD})
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Ros")
    return page


def test_a_client_ticks_a_step_of_their_plan(open_browser: Callable[..., Page], client: Any) -> None:
    page = on_their_phone(open_browser, client)
    sees(page, "Try the bus at 8")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="My plan").click()
    press(page, "I have done this")
    expect(page.get_by_role("button", name="I have done this")).to_have_count(0)
    page.goto("/today/")
    expect(page.locator("main")).not_to_contain_text("Try the bus at 8")


def test_a_client_chooses_what_employers_may_hear(open_browser: Callable[..., Page], client: Any) -> None:
    page = on_their_phone(open_browser, client)
    follow(page, "Telling employers")
    follow(page, "Change this for all employers")
    choose(page, "May we talk about you?", "Yes, but not my name")
    choose(page, "What may we say?", "Nothing about my health")
    press(page, "Save my choice")
    sees(page, "without your name", "We say nothing about your health.")


def test_a_yes_taken_back_closes_the_record_to_the_health_team(
    open_browser: Callable[..., Page], client: Any
) -> None:
    hcp = build.make_user("hcp", client.team)
    theirs = open_browser(hcp)
    theirs.goto(f"/people/{client.pk}/")
    expect(theirs.locator("body")).to_contain_text("Whitmore")
    page = on_their_phone(open_browser, client)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Who can see what").click()
    sees(page, "Who looked at your record", str(hcp))
    page.get_by_role("link", name=re.compile("Take it back.*health team")).click()
    press(page, "Take this yes back")
    sees(page, "Sharing with your health team")
    answer = theirs.goto(f"/people/{client.pk}/")
    assert answer is not None
    assert answer.status == 404
    expect(theirs.locator("body")).not_to_contain_text("Whitmore")
