"""What the demo's people say and write, read from its data files."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

from pacework.service.core.codes import document

Row = dict[str, Any]


def rows(name: str, table: str = "") -> list[Any]:
    """The list of a data file; ``table`` where its name is not the file's."""
    found: list[Any] = document("demo", name)[table or name]
    return found


def row(name: str, table: str, key: str) -> Row:
    """One row of a list by its key."""
    return _by_key(name, table)[key]


@cache
def _by_key(name: str, table: str) -> dict[str, Row]:
    return {one["key"]: one for one in rows(name, table)}


@cache
def fitting(name: str, table: str, **wanted: Any) -> tuple[Row, ...]:
    """Rows whose values are those ``wanted``, in the order of the file."""
    return tuple(
        one for one in rows(name, table) if all(one.get(key) == value for key, value in wanted.items())
    )


def fill(text: str, **names: str) -> str:
    """A text with the names put in."""
    for key, value in names.items():
        text = text.replace("{" + key + "}", value)
    return text


def chance(rng: Random, share: float) -> bool:
    """True in this share of cases."""
    return rng.random() < share


def weighted(rng: Random, weights: dict[str, float]) -> str:
    """One of the keys, drawn by weight."""
    return rng.choices(list(weights), list(weights.values()))[0]
