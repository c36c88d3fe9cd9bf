"""What a form on a page is filled in with, as the browser would send it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

TICKED = ("radio", "checkbox")


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "select":
            self.select = found.get("name", "")
            self.values.setdefault(self.select, "")
        elif tag == "option" and "selected" in found and self.select:
            self.values[self.select] = found.get("value", "")
        elif tag == "input" and "name" in found and ("checked" in found or found.get("type") not in TICKED):
            self.values[found["name"]] = found.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""


def filled(answer: Any) -> dict[str, str]:
    """Every input, radio and select of the page with its value."""
    form = _Form()
    form.feed(answer.text)
    return form.values
