"""The diary without signal, in a real browser: nothing lost, nothing twice, nothing in the wrong record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pacework.service.core import clock
from pacework.service.diary.models import DiaryEntry
from tests.journeys.conftest import PHONE
from tests.journeys.steps import press
from tests.service.diary.build import supported

OFFLINE = "/my/diary/offline/"
SAVED = "Saved on this phone. It will be sent when you have signal."


@pytest.fixture
def person(transactional_db: Any) -> Any:
    return supported().client


@pytest.fixture
def other(transactional_db: Any) -> Any:
    return supported().client


def turned_on(open_browser: Callable[..., Page], person: Any) -> Page:
    """Their phone, made ready by themselves."""
    page = open_browser(person.user, viewport=PHONE)
    page.goto("/my/diary/phone/")
    press(page, "Use this phone without signal")
    says(page, "This phone is ready.")
    return page


def says(page: Page, words: str) -> None:
    """The line that a screen reader hears."""
    expect(page.locator("[data-say]")).to_contain_text(words)


def without_signal(page: Page) -> None:
    page.context.set_offline(True)
    page.goto("/today/")
    expect(page.get_by_text("There is no signal.")).to_be_visible()


def tap(page: Page, pain: int) -> None:
    page.locator(f"[data-pain='{pain}']").click()
    says(page, SAVED)


def kept(person: Any) -> list[tuple[Any, int]]:
    rows = DiaryEntry.objects.filter(client=person).order_by("on")
    return [(row.on, row.pain) for row in rows]


def test_a_day_saved_without_signal_arrives(open_browser: Callable[..., Page], person: Any) -> None:
    page = turned_on(open_browser, person)
    without_signal(page)
    tap(page, 6)
    assert kept(person) == []
    page.context.set_offline(False)
    says(page, "1 entry sent.")
    assert kept(person) == [(clock.today(), 6)]
