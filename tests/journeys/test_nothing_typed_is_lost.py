"""What somebody types survives a lost session, a colleague who was faster, and a double click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from pacework.service.contacts.models import Contact
from pacework.service.people.models import User
from pacework.service.plan.actions import set_goal
from tests.journeys.steps import choose, fill, press, sees
from tests.service import build

PASSWORD = "teapot meadow lantern"
NOTE = "A long talk about mornings, buses, and what to say to a new boss."


@pytest.fixture
def case(transactional_db: Any) -> Any:
    """An accepted client; the ESW has a password."""
    esw = build.make_user("esw", build.make_team())
    esw.set_password(PASSWORD)
    esw.save()
    episode = build.make_episode(esw=User.objects.get(pk=esw.pk))
    episode.esw = esw
    return episode


def test_a_note_typed_in_an_expired_session_is_back_after_signing_in(
    open_browser: Callable[..., Page], case: Any
) -> None:
    page = open_browser(case.esw)
    page.goto(f"/people/{case.client_id}/contacts/new/")
    choose(page, "How?", "Phone")
    fill(page, {"Note": NOTE})
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    press(page, "Save contact")
    fill(page, {"Email address or username": case.esw.username, "Password": PASSWORD})
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_label("Note")).to_have_value(NOTE)
    assert not Contact.objects.filter(episode=case).exists()
    press(page, "Save contact")
    sees(page, "Contact saved")
    assert Contact.objects.get(episode=case).note == NOTE


def test_two_who_change_one_goal_see_both_texts(open_browser: Callable[..., Page], case: Any) -> None:
    goal = set_goal(case, by=case.esw, words="A job near home.")
    address = f"/people/{case.client_id}/plan/goals/{goal.pk}/"
    first, second = open_browser(case.esw), open_browser(build.lead_of(case.team))
    for page in (first, second):
        page.goto(address)
    fill(first, {"The goal, in the client’s words": "A quiet job near home."})
    press(first, "Save goal")
    fill(second, {"The goal, in the client’s words": "A job I can walk to."})
    press(second, "Save goal")
    expect(second.locator(".pw-stale")).to_contain_text("A quiet job near home.")
    expect(second.locator(".pw-stale")).to_contain_text("A job I can walk to.")
    goal.refresh_from_db()
    assert goal.words == "A quiet job near home."
    press(second, "Save goal")
    goal.refresh_from_db()
    assert goal.words == "A job I can walk to."


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_double_click_on_save_writes_once(
    scripts: bool, open_browser: Callable[..., Page], case: Any
) -> None:
    page = open_browser(case.esw, java_script_enabled=scripts)
    page.goto(f"/people/{case.client_id}/contacts/new/")
    choose(page, "How?", "Phone")
    fill(page, {"Note": NOTE})
    page.get_by_role("button", name="Save contact").dblclick()
    sees(page, "Contact saved")
    assert Contact.objects.filter(episode=case).count() == 1
