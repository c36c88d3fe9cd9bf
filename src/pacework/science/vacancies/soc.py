"""Titles and tasks of the UK occupational classification (SOC 2020), from the workbook of volume 1."""

from __future__ import annotations

import re
from dataclasses import dataclass
from os import PathLike
from typing import IO

from pacework.science.vacancies.workbook import WorkbookError, rows

# Start of each heading, white space made single: the workbook breaks them over lines.
HEADINGS = {
    "code": "soc 2020 unit group",
    "title": "soc 2020 group title",
    "description": "group description",
    "tasks": "tasks",
    "titles": "related job titles",
}


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """One unit group of the classification.

    Attributes
    ----------
    code, title
        Four digits, and the group's name.
    description
        What people in it do, in a paragraph.
    tasks
        What they do, one by one.
    titles
        Job titles that belong here.
    """

    code: str
    title: str
    description: str = ""
    tasks: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


def read_soc(source: str | PathLike[str] | IO[bytes]) -> dict[str, UnitGroup]:
    """Read the unit groups of the SOC 2020 workbook.

    Parameters
    ----------
    source
        Path or open file of the .xlsx of volume 1; its first sheet is read.

    Returns
    -------
    dict
        Unit groups by code, in the order of the workbook.

    Raises
    ------
    WorkbookError
        For a file that is no workbook, or has not the columns of volume 1.
    """
    table = rows(source)
    columns = _columns(table[0] if table else {})
    found: dict[str, UnitGroup] = {}
    for row in table[1:]:
        cell = {name: row.get(column, "").strip() for name, column in columns.items()}
        if re.fullmatch(r"\d{4}", cell["code"]):
            found[cell["code"]] = UnitGroup(
                cell["code"],
                " ".join(cell["title"].split()),
                cell["description"],
                _items(cell["tasks"]),
                _items(cell["titles"]),
            )
    return found


def _columns(heading: dict[str, str]) -> dict[str, str]:
    written = {column: " ".join(text.casefold().split()) for column, text in heading.items()}
    found = {
        name: column
        for name, wanted in HEADINGS.items()
        for column, text in written.items()
        if text.startswith(wanted)
    }
    if found.keys() != HEADINGS.keys():
        raise WorkbookError("This workbook does not have the columns of SOC 2020 volume 1.")
    return found


def _items(text: str) -> tuple[str, ...]:
    """Split a cell of lines that begin with a tilde; an empty cell says "<blank>"."""
    parts = (" ".join(part.split()) for part in text.replace("<blank>", "").split("~"))
    return tuple(part for part in parts if part)
