"""Code lists kept as data: the coded answers of a room, read from ``<room>/data/<file>.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any


class Codes(Mapping[str, dict[str, Any]]):
    """One list of coded answers in its own order: key → row. ``row["label"]`` is what people read."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self._rows = {row["key"]: row for row in rows}

    def __getitem__(self, key: str) -> dict[str, Any]:
        return self._rows[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def label(self, key: str) -> str:
        """The words for a key; a key that is no longer in the list is shown as it is."""
        row = self._rows.get(key)
        return str(row.get("label") or row.get("title")) if row else key

    def choices(self, **wanted: Any) -> list[tuple[str, str]]:
        """Pairs for a form, of the rows whose values are those ``wanted``."""
        return [
            (key, self.label(key))
            for key, row in self._rows.items()
            if all(row.get(name) == value for name, value in wanted.items())
        ]


@cache
def document(room: str, name: str) -> dict[str, Any]:
    """A whole data file of a room."""
    return tomllib.loads(files(f"pacework.service.{room}").joinpath(f"data/{name}.toml").read_text("utf-8"))


@cache
def codes(room: str, name: str, table: str = "") -> Codes:
    """The code list of a data file: its only list of tables, or the one called ``table``."""
    found = document(room, name)
    lists = [
        key
        for key, value in found.items()
        if isinstance(value, list) and value and isinstance(value[0], dict)
    ]
    if not table and len(lists) != 1:
        raise ValueError(f"{room}/{name}: say which of {lists}")
    return Codes(found[table or lists[0]])
