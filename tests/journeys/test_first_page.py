"""The first thing anybody sees."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, NARROWEST, PHONE, Check, Shot


@pytest.mark.parametrize(
    ("name", "viewport"), [("desktop", DESKTOP), ("phone", PHONE), ("narrowest", NARROWEST)]
)
def test_the_first_page_says_what_this_is_and_leads_to_sign_in(
    name: str, viewport: dict[str, int], open_browser: Callable[..., Page], axe: Check, shot: Shot
) -> None:
    page = open_browser(viewport=viewport)
    page.goto("/")
    expect(page).to_have_title(re.compile("Pacework"))
    expect(page.locator("h1")).to_be_visible()
    axe(page)
    shot(page, f"first-page-{name}")
    page.get_by_role("link", name="Sign in").first.click()
    expect(page.get_by_label("Password", exact=True)).to_be_visible()
    axe(page)
    shot(page, f"sign-in-{name}")


def test_the_first_page_works_without_scripts(open_browser: Callable[..., Page]) -> None:
    page = open_browser(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="Sign in").first.click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def test_a_signed_out_reader_is_sent_to_sign_in_and_a_page_that_is_not_there_says_so(
    open_browser: Callable[..., Page], axe: Check
) -> None:
    page = open_browser()
    page.goto("/users/")
    expect(page).to_have_url(re.compile("/account/login/"))
    page.goto("/no-such-page/")
    expect(page.locator("h1")).to_be_visible()
    axe(page)
