"""Which column is which: guessed from its heading, then from what its cells look like."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import nhs_number

from pacework.service.core.csv_files import plain

REQUIRED = "first_name", "last_name"
DATES = ("birth_date", "last_job_ended_on")
_POSTCODE = re.compile(r"[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)


@cache
def _data() -> dict[str, Any]:
    source = files("pacework.service.recruitment") / "data" / "import_columns.toml"
    return tomllib.loads(source.read_text("utf-8"))


@cache
def fields() -> dict[str, str]:
    """The fields a list can fill, with their labels."""
    return {row["key"]: row["label"] for row in _data()["fields"]}


@cache
def synonyms() -> dict[str, str]:
    """Plain heading → field."""
    return {plain(name): row["key"] for row in _data()["fields"] for name in row["names"]}


@cache
def statuses() -> dict[str, str]:
    """What a cell of the status column may say → the code."""
    found = {plain(word): code for code, words in _data()["statuses"].items() for word in words}
    return found | {plain(code): code for code in _data()["statuses"]}


def known_headings(saved: Mapping[str, str]) -> frozenset[str]:
    """Plain headings that say which row of a file is the heading row."""
    return frozenset(synonyms()) | frozenset(saved)


def guess(
    headings: Sequence[str], sample: Sequence[Sequence[str]], saved: Mapping[str, str]
) -> dict[str, int]:
    """Field → column. The team's own headings first, then the usual ones, then what the cells look like."""
    found: dict[str, int] = {}
    taken: set[int] = set()

    def take(field: str | None, index: int) -> None:
        if field in fields() and field not in found and index not in taken:
            found[field] = index  # type: ignore[index]
            taken.add(index)

    names = [plain(heading) for heading in headings]
    filled = [any(_cell(row, index) for row in sample) for index in range(len(headings))]
    for table in (saved, synonyms()):
        # A column with something in it comes before an empty one of the same name.
        for index in sorted(range(len(names)), key=lambda one: not filled[one]):
            if names[index]:
                take(table.get(names[index]), index)
    for index in range(len(headings)):
        if index not in taken:
            take(_by_content([_cell(row, index) for row in sample]), index)
    if "first_name" in found and "last_name" in found:
        found.pop("full_name", None)
    return found


def _cell(row: Sequence[str], index: int) -> str:
    return row[index].strip() if index < len(row) else ""


def _by_content(cells: Sequence[str]) -> str | None:
    filled = [cell for cell in cells if cell]
    if not filled:
        return None

    def most(test: Any) -> bool:
        return sum(bool(test(cell)) for cell in filled) * 5 >= len(filled) * 3

    if most(lambda cell: len(cell) >= 10 and nhs_number.is_valid(re.sub(r"[\s-]", "", cell))):
        return "nhs_number"
    if most(_EMAIL.fullmatch):
        return "email"
    if most(_POSTCODE.fullmatch):
        return "postcode"
    return None
