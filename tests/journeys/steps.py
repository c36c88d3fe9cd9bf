"""What people do on a page, in their words: read a label, fill it in, choose, press, follow a link."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from playwright.sync_api import Locator, Page, expect


def labelled(words: str) -> re.Pattern[str]:
    """A label as a person reads it; the page may add that the question is optional."""
    return re.compile(rf"^\s*{re.escape(words)}\s*(\(optional\))?\s*$")


def fill(page: Page, answers: dict[str, Any]) -> None:
    """Type into the boxes with these labels; a date is typed as the browser wants it."""
    for label, value in answers.items():
        typed = value.isoformat() if isinstance(value, date) else str(value)
        page.get_by_label(labelled(label)).fill(typed)


def pick(page: Page, label: str, option: str) -> None:
    """Choose from a list that unfolds."""
    page.get_by_label(labelled(label)).select_option(label=option)


def choose(page: Page, question: str, answer: str) -> None:
    """Tick one answer of a question with several."""
    group = page.get_by_role("group", name=labelled(question))
    group.get_by_label(re.compile(rf"^\s*{re.escape(answer)}")).first.check()


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).first.click()


def follow(page: Page, words: str) -> None:
    """Go on by a link, also one that looks like a button."""
    page.get_by_role("link", name=words).or_(page.get_by_role("button", name=words)).first.click()


def sees(page: Page, *words: str) -> None:
    """Each of these can be read on the page."""
    for one in words:
        expect(page.locator("body")).to_contain_text(one)


def tab_to(page: Page, target: Locator, *, limit: int = 60) -> None:
    """Move there with the Tab key alone, as somebody does who has no mouse."""
    for _ in range(limit):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not reach {target}")


def tabs(page: Page, section: str) -> None:
    """Go to a section of the record."""
    page.get_by_role("navigation", name="Sections of this record").get_by_role("link", name=section).click()
