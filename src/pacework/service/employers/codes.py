"""The lists a person chooses from (modes, purposes, sectors, occupations …), read from data files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from pacework.science.vacancies.demands import authored_table
from pacework.service.core.codes import document


def table(name: str) -> dict[str, Any]:
    """One data file of this room, read once."""
    return document("employers", name)


@dataclass(frozen=True)
class Mode:
    """A way of meeting an employer; only some count as face to face."""

    key: str
    label: str
    face_to_face: bool


@dataclass(frozen=True)
class Purpose:
    """Why an employer was contacted."""

    key: str
    label: str
    hint: str
    searching: bool
    about_client: bool


@dataclass(frozen=True)
class Level:
    """A level of the Disability Confident scheme."""

    key: str
    label: str
    hint: str
    level: int


@cache
def modes() -> dict[str, Mode]:
    return {row["key"]: Mode(**row) for row in table("modes")["modes"]}


@cache
def purposes() -> dict[str, Purpose]:
    return {row["key"]: Purpose(**row) for row in table("purposes")["purposes"]}


@cache
def levels() -> dict[str, Level]:
    return {row["key"]: Level(**row) for row in table("disability_confident")["levels"]}


@cache
def sectors() -> dict[str, str]:
    return {row["key"]: row["label"] for row in table("sectors")["sectors"]}


@cache
def occupations() -> dict[str, str]:
    """SOC 2020 unit groups that come up often, each with a guess of what it asks for."""
    return {code: row.title for code, row in authored_table().items()}


def occupation(code: str) -> str:
    """A code in words; an occupation that no table names shows its number."""
    if not code:
        return "Not chosen"
    title = occupations().get(code) or imported_occupations(code).get(code)
    return f"{title} ({code})" if title else f"Unit group {code}"


def imported_occupations(*only: str) -> dict[str, str]:
    """Unit groups of the classification a service brought in, all or ``only`` some; none if it did not."""
    from pacework.service.employers.models import OccupationTitle

    found = OccupationTitle.objects.filter(pk__in=only) if only else OccupationTitle.objects.all()
    return dict(found.values_list("code", "title"))
