"""Journeys: a real browser against a real server on the SQLite file database.

    PACEWORK_SHOTS=1 .venv/bin/pytest tests/journeys          also keeps a picture of every page in var/shots

Look at the pictures after a change of templates or styles: no rule finds what is merely ugly.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

SHOTS = Path(__file__).parents[2] / "var" / "shots"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
NARROWEST = {"width": 320, "height": 740}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

REFUSED = r"status of (401|403|404|409|422)|ERR_(INTERNET_DISCONNECTED|CONNECTION_RESET|FAILED)"

Check = Callable[[Page], None]
Shot = Callable[[Page, str], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey, and says nothing new on PostgreSQL."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.sqlite_only)


@cache
def _axe_source() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session", autouse=True)
def _one_thread_may_do_both() -> Iterator[None]:
    """Playwright keeps an event loop in this thread, where Django would else not touch the database."""
    patch = pytest.MonkeyPatch()
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    yield
    patch.undo()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium from the system; `make test` installs it, or says how."""
    command = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert command, "the journeys need Chromium: `make test` installs it or says what to type"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=command, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_browser(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """``open_browser(user, viewport=PHONE)``: a page of its own for one person, signed in when given.

    What the page logs as an error, and any request that leaves this machine, fails the test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(user: Any = None, *, viewport: dict[str, int] = DESKTOP, **more: Any) -> Page:
        more |= {"base_url": live_server.url, "viewport": viewport, "locale": "en-GB"}
        context = browser.new_context(**more)
        context.set_default_timeout(15_000)
        contexts.append(context)
        if user is not None:
            sign_in_to(context, user, live_server.url)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"script error on {page.url}: {error}"))
        page.on("console", lambda message: _listen(message, page, complaints))
        page.on("request", lambda request: _stay_here(request.url, live_server.url, complaints))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """``on_day(date)``: from now on it is ten in the morning of that day, for the server too.

    The server answers in threads of its own, which ``clock.at`` in this one does not reach.
    """

    def move(day: date) -> None:
        begun, morning = monotonic(), timezone.make_aware(datetime.combine(day, time(10)))
        monkeypatch.setattr(timezone, "now", lambda: morning + timedelta(seconds=monotonic() - begun))

    return move


def sign_in_to(context: BrowserContext, user: Any, address: str) -> None:
    from django.test import Client

    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


def _listen(message: Any, page: Page, complaints: list[str]) -> None:
    # A refused or mistyped page answers 403, 404, 409 or 422 on purpose, and the browser logs that; a style,
    # script or picture that is not found is a fault. Without signal nothing is found, on purpose.
    where = message.location.get("url", "")
    on_purpose = re.search(REFUSED, message.text) and settings.STATIC_URL not in where
    if message.type == "error" and not on_purpose:
        complaints.append(f"error on {page.url}: {message.text}")


def _stay_here(url: str, address: str, complaints: list[str]) -> None:
    if not url.startswith((address, "data:", "blob:", "about:")):
        complaints.append(f"a request left this machine: {url}")


@pytest.fixture
def phone(open_browser: Callable[..., Page]) -> Page:
    """Signed out, 360 × 740."""
    return open_browser(viewport=PHONE)


def _in_words(violation: dict[str, Any]) -> str:
    places = [
        f"    {node['html'][:160]}\n        {node['failureSummary']}" for node in violation["nodes"][:5]
    ]
    return "\n".join([f"{violation['id']} ({violation['impact']}): {violation['help']}", *places])


def violations(page: Page) -> list[str]:
    """What is wrong with the page as it stands: accessibility rules, and scrolling sideways."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(_axe_source())
    options = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [_in_words(violation) for violation in found] + too_wide(page)


def too_wide(page: Page) -> list[str]:
    """Whether the page scrolls sideways, and what sticks out."""
    found = page.evaluate(
        """() => {
            const seen = document.documentElement.clientWidth;
            const wider = document.documentElement.scrollWidth - seen;
            if (wider <= 0) return null;
            const out = [...document.body.querySelectorAll("*")]
                .filter(one => one.getBoundingClientRect().right > seen + 1)
                .slice(-2).map(one => one.outerHTML.slice(0, 120));
            return `the page is ${wider} px wider than its window: ${out.join(" ; ")}`;
        }"""
    )
    return [found] if found else []


@pytest.fixture
def axe() -> Check:
    """``axe(page)`` fails on any accessibility violation, and on a page that scrolls sideways."""

    def check(page: Page) -> None:
        lines = violations(page)
        assert not lines, f"{page.url}\n" + "\n".join(lines)

    return check


@pytest.fixture
def shot() -> Shot:
    """``shot(page, "today-esw")`` keeps a picture of the whole page in var/shots, when PACEWORK_SHOTS=1."""

    def keep(page: Page, name: str) -> None:
        if os.environ.get("JOURNEY_SHOTS"):
            file = SHOTS / f"{name}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=file, full_page=True)

    return keep
