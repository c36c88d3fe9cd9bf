"""The words and codes this room reads from its data files: consent wording and reasons."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

SERVICE_NAME = "the employment support service"
HEALTH_TEAM = "your health team"


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((files("pacework.service.cases") / "data" / name).read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Wording:
    """One version of what a client reads about one layer of consent."""

    key: str
    version: int
    title: str
    short: str
    question: str
    means: tuple[str, ...]
    never: tuple[str, ...]
    if_no: str
    if_withdraw: str
    statement: str
    per_recipient: bool
    needed_for_support: bool
    only_client: bool = False

    def filled(self, text: str, recipient: str = "") -> str:
        """The text with the names put in; it stays a sentence when it begins with a name."""
        told = text.replace("{service}", SERVICE_NAME).replace("{recipient}", recipient or HEALTH_TEAM)
        return told[:1].upper() + told[1:]


@cache
def all_wordings() -> dict[tuple[str, str], Wording]:
    """Every version of every layer, by layer and version."""
    found = {}
    for row in _load("consent_wording.toml")["layers"]:
        lists = {name: tuple(row[name]) for name in ("means", "never")}
        found[row["key"], str(row["version"])] = Wording(**{**row, **lists})
    return found


@cache
def current_wordings() -> dict[str, Wording]:
    """The newest version of each layer, in the order of the file."""
    newest: dict[str, Wording] = {}
    for wording in all_wordings().values():
        known = newest.get(wording.key)
        if known is None or wording.version > known.version:
            newest[wording.key] = wording
    return newest


def current_version(layer: str) -> str:
    """The version that an answer given now is an answer to."""
    return str(current_wordings()[layer].version)


@dataclass(frozen=True)
class ClosingReason:
    """Why an episode may be closed. Missed contacts and slow progress are not among the reasons."""

    key: str
    label: str
    hint: str
    who: str
    reopen: str
    in_work: bool = False
    needs_note: bool = False
    needs_review: bool = False
    stops_messages: bool = False


@cache
def closing_reasons() -> dict[str, ClosingReason]:
    """The coded reasons, in the order they are offered."""
    return {row["key"]: ClosingReason(**row) for row in _load("closing_reasons.toml")["reasons"]}


@cache
def never_reasons() -> tuple[str, ...]:
    """Phrases that give away a closing for missed contacts or slow progress, which is not possible."""
    return tuple(_load("closing_reasons.toml")["never"])


@dataclass(frozen=True)
class AssignmentEnd:
    """Why a named ESW stops being the named ESW of a client."""

    key: str
    label: str
    hint: str
    needs_handover: bool
    automatic: bool = False


@cache
def assignment_ends() -> dict[str, AssignmentEnd]:
    return {row["key"]: AssignmentEnd(**row) for row in _load("assignment_end_reasons.toml")["reasons"]}


def handover_choices() -> list[tuple[str, str]]:
    """The reasons a lead may give for a handover."""
    return [(row.key, row.label) for row in assignment_ends().values() if row.needs_handover]


def cover_choices() -> list[tuple[str, str]]:
    """Why somebody covers for a time."""
    return [(row["key"], row["label"]) for row in _load("cover_reasons.toml")["reasons"]]
