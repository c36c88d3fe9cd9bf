"""Routes and exit reasons: the coded words of recruitment, read from their data files."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

STEPS = ("approached", "replied", "screened", "eligible", "consented")


@dataclass(frozen=True, slots=True)
class Route:
    """One way in which people hear about the service."""

    key: str
    label: str
    short: str
    hint: str
    first_step: str
    first_step_on: str
    reply: str
    list_import: bool
    needs_referrer: bool


@dataclass(frozen=True, slots=True)
class ExitReason:
    """Why a referral ended before the person was on a caseload.

    ``stages`` are the steps at which it can be used; ``after_reminders`` how many reminders come first.
    """

    key: str
    label: str
    hint: str
    stages: tuple[str, ...]
    contact_again: bool
    offer: str
    do_not_contact: bool
    study_only: bool
    offers_routine: bool
    needs_note: bool
    not_counted: bool
    after_reminders: int


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "data" / f"{name}.toml").read_text("utf-8"))


@cache
def routes() -> dict[str, Route]:
    """All routes by key, in the order of the data file."""
    names = Route.__dataclass_fields__
    return {row["key"]: Route(**{name: row[name] for name in names}) for row in _read("routes")["routes"]}


@cache
def exit_reasons() -> dict[str, ExitReason]:
    """All exit reasons by key, in the order of the data file."""
    found = {}
    for row in _read("exit_reasons")["reasons"]:
        found[row["key"]] = ExitReason(
            key=row["key"],
            label=row["label"],
            hint=row["hint"],
            stages=tuple(row["stages"]),
            contact_again=row["contact_again"],
            offer=row["offer"],
            do_not_contact=row.get("do_not_contact", False),
            study_only=row.get("study_only", False),
            offers_routine=row.get("offers_routine", False),
            needs_note=row.get("needs_note", False),
            not_counted=row.get("not_counted", False),
            after_reminders=row.get("after_reminders", 0),
        )
    return found


@cache
def not_counted() -> tuple[str, ...]:
    """Exit reasons that mean there was no real referral: the funnel leaves these rows out."""
    return tuple(key for key, reason in exit_reasons().items() if reason.not_counted)
