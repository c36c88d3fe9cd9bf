"""What the package rests on: the numbers of data/symptoms.toml and data/work.toml, each with its mark."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Assumption:
    """One number the results rest on.

    Attributes
    ----------
    group, name
        Where it is used.
    value
        The number, in the unit that the note says.
    spread
        How far people differ, or how much the number weighs against own answers; None where it has none.
    mark
        ``"data"``, ``"literature"`` or ``"assumed"``.
    note
        What it means and where it comes from.
    """

    group: str
    name: str
    value: float
    spread: float | None
    mark: str
    note: str


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    folder = files("pacework.science.capacity").joinpath("data")
    texts = (folder.joinpath(f"{name}.toml").read_text(encoding="utf-8") for name in ("symptoms", "work"))
    return {group: rows for text in texts for group, rows in tomllib.loads(text).items()}


def assumptions() -> tuple[Assumption, ...]:
    """Return every number, for a page that shows what the results rest on."""
    return tuple(
        Assumption(group, name, float(row["value"]), row.get("spread"), row["mark"], row["note"])
        for group, rows in _table().items()
        for name, row in rows.items()
    )


@cache
def number(group: str, name: str) -> float:
    """Return one value; KeyError for a name that is not in the table."""
    return float(_table()[group][name]["value"])


def spread(group: str, name: str) -> float:
    """Return how far people differ in one value; KeyError where that is not said."""
    return float(_table()[group][name]["spread"])


@dataclass(frozen=True, slots=True)
class Effort:
    """What a day of work takes, in hours of the hours a person could work that day. All assumed.

    Attributes
    ----------
    travel_weight
        Hours taken by an hour of travel.
    early_from, early_until, early_extra
        Clock hours between which an hour of work takes `early_extra` hours more.
    long_after, long_extra
        Hours at a stretch after which an hour takes `long_extra` hours more.
    gap_minutes
        Shortest gap that begins a new stretch.
    rest_relief
        Minutes of effort that a minute of rest takes off.
    part_minimum
        Fewest hours worth setting out for.
    """

    travel_weight: float
    early_from: float
    early_until: float
    early_extra: float
    long_after: float
    long_extra: float
    gap_minutes: float
    rest_relief: float
    part_minimum: float


@cache
def effort() -> Effort:
    """Return the shipped assumptions about effort."""
    return Effort(**{name: float(row["value"]) for name, row in _table()["effort"].items()})
