"""What the forecast and the generator rest on: numbers from data/symptoms.toml, each with its mark."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pacework.science.capacity.assumptions import Assumption


@cache
def table() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """Return the file as it is: group → name → row."""
    text = files("pacework.science.capacity").joinpath("data", "symptoms.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def value(group: str, name: str) -> float:
    """Return one number; KeyError for a name that is not in the table."""
    return float(table()[group][name]["value"])


def symptom_assumptions() -> tuple[Assumption, ...]:
    """Return every number with its mark, for a page that shows what the results rest on."""
    return tuple(
        Assumption(group, name, float(row["value"]), row.get("spread"), row["mark"], row["note"])
        for group, rows in table().items()
        for name, row in rows.items()
    )
