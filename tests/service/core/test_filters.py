"""The one form above a list: its button says Search where there is only a search, and Show otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import engines

SEARCH = {"name": "q", "label": "Name", "type": "search", "value": ""}
HIDDEN = {"name": "show", "type": "hidden", "value": "new"}
CHOICE = {"name": "team", "label": "Team", "value": "", "choices": [("", "All teams")]}


@pytest.mark.parametrize(
    ("items", "button"),
    [([SEARCH], "Search"), ([SEARCH, HIDDEN], "Search"), ([CHOICE], "Show"), ([SEARCH, CHOICE], "Show")],
)
def test_the_button_says_search_or_show(items: list[dict[str, Any]], button: str) -> None:
    source = '{% from "core/parts.jinja" import filters %}{{ filters(items) }}'
    html = engines["jinja2"].from_string(source).render({"items": items})
    assert f'type="submit">{button}<' in html
