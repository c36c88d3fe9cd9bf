"""Demands from the official O*NET text files, added by a person as the zip they come in.

O*NET (US Department of Labor, CC BY 4.0) describes the average of a title in the United States, not a
vacancy: what an advert or an employer says goes first. Columns and file names are those of releases 20.3 to
31.0: the files read here kept theirs when 30.3 renamed others. Elements are matched by name, because their
numbers have changed between releases; reworded names are listed with both wordings.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from typing import IO

from pacework.science.vacancies.demands import Demand, Occupation
from pacework.science.vacancies.workbook import BROKEN_ZIP

LARGEST_FILE = 300_000_000  # bytes, unpacked; Work Context is about 40 MB
SOURCE = "onet"
FILES = {"Work Context.txt": "CX", "Abilities.txt": "IM", "Work Activities.txt": "IM"}
TITLES = "Occupation Data.txt"
# Where O*NET gives no interval, a quarter of the scale either way.
ROOM = 0.25


class OnetError(ValueError):
    """The file is not the official O*NET text zip. The message is fit for a screen."""


@dataclass(frozen=True, slots=True)
class Element:
    """One O*NET element that speaks of a demand.

    Attributes
    ----------
    demand
        One of `demands.DEMANDS`.
    names
        The element's names in the releases, in small letters.
    stand_in
        It asks something near the demand (how often, how important), not how much of a shift: its interval is
        widened.
    """

    demand: str
    names: tuple[str, ...]
    stand_in: bool = False


ELEMENTS = (
    Element("sitting", ("spend time sitting",)),
    Element("standing", ("spend time standing",)),
    Element("walking", ("spend time walking or running", "spend time walking and running")),
    Element(
        "bending", ("spend time bending or twisting your body", "spend time bending or twisting the body")
    ),
    Element("bending", ("spend time kneeling, crouching, stooping, or crawling",)),
    Element("repeating", ("spend time making repetitive motions",)),
    Element("concentrating", ("importance of being exact or accurate",), stand_in=True),
    Element("lifting", ("static strength",), stand_in=True),
    Element("reaching", ("extent flexibility",), stand_in=True),
    Element("driving", ("operating vehicles, mechanized devices, or equipment",), stand_in=True),
)
_BY_NAME = {name: element for element in ELEMENTS for name in element.names}


@dataclass(frozen=True, slots=True)
class OnetReading:
    """What an O*NET zip holds.

    Attributes
    ----------
    occupations
        By O*NET-SOC code.
    missing
        Demands for which no element was found in the whole zip.
    suppressed
        Number of figures left out because O*NET recommends not to use them.
    problems
        Sentences about files and rows that could not be read.
    """

    occupations: Mapping[str, Occupation]
    missing: tuple[str, ...]
    suppressed: int
    problems: tuple[str, ...]


def read_onet(source: str | PathLike[str] | IO[bytes]) -> OnetReading:
    """Read the demands of all occupations in the official O*NET text zip.

    Parameters
    ----------
    source
        Path or open file of the zip ("db_30_1_text.zip").

    Returns
    -------
    OnetReading
        Shares of a shift from scale CX (1 never to 5 nearly always) as (value - 1) / 4, with O*NET's own
        confidence interval where it gives one; of two elements of one demand, the larger.

    Raises
    ------
    OnetError
        For a file that is no zip or a damaged one, has none of the tables, or unpacks to more than 300 MB a
        table.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            return _read(archive)
    except OnetError:
        raise
    except (*BROKEN_ZIP, csv.Error) as error:
        raise OnetError(
            "This is not a zip file that can be read. Take the zip of text files from the O*NET database."
        ) from error


def _read(archive: zipfile.ZipFile) -> OnetReading:
    members = {info.filename.rsplit("/", 1)[-1]: info for info in archive.infolist()}
    if "Work Context.txt" not in members:
        raise OnetError(
            "The zip has no “Work Context.txt”. Take the zip of text files from the O*NET database."
        )
    problems = [f"The zip has no “{name}”." for name in (*FILES, TITLES) if name not in members]
    found: dict[str, dict[str, Demand]] = {}
    suppressed = unread = 0
    for name, scale in FILES.items():
        for row in _rows(archive, members.get(name)):
            element = _BY_NAME.get((row.get("Element Name") or "").strip().casefold())
            if element is None or row.get("Scale ID") != scale:
                continue
            if row.get("Recommend Suppress") == "Y" or row.get("Not Relevant") == "Y":
                suppressed += 1
                continue
            demand = _demand(row, element)
            if demand is None:
                unread += 1
                continue
            known = found.setdefault(row["O*NET-SOC Code"], {})
            known[element.demand] = max(known.get(element.demand, demand), demand, key=lambda one: one.share)
    if unread:
        problems.append(f"{unread} figures could not be read and were left out.")
    titles = {
        row.get("O*NET-SOC Code"): row.get("Title") or "" for row in _rows(archive, members.get(TITLES))
    }
    occupations = {code: Occupation(code, titles.get(code, ""), rows, SOURCE) for code, rows in found.items()}
    seen = {name for rows in found.values() for name in rows}
    missing = tuple(dict.fromkeys(one.demand for one in ELEMENTS if one.demand not in seen))
    return OnetReading(occupations, missing, suppressed, tuple(problems))


def _rows(archive: zipfile.ZipFile, info: zipfile.ZipInfo | None) -> Iterator[dict[str, str]]:
    if info is None:
        return
    if info.file_size > LARGEST_FILE:
        raise OnetError(f"“{info.filename}” is too large to be an O*NET table.")
    with archive.open(info) as packed:
        text = io.TextIOWrapper(packed, encoding="utf-8-sig", errors="replace", newline="")
        yield from csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE)


def _demand(row: dict[str, str], element: Element) -> Demand | None:
    value = _scaled(row.get("Data Value"))
    if value is None or not row.get("O*NET-SOC Code"):
        return None
    low, high = _scaled(row.get("Lower CI Bound")), _scaled(row.get("Upper CI Bound"))
    if low is None or high is None or element.stand_in:
        low, high = min(value - ROOM, low or value), max(value + ROOM, high or value)
    least, most = max(0.0, min(low, value)), min(1.0, max(high, value))
    return Demand(value, least, most, "unknown", SOURCE)


def _scaled(written: str | None) -> float | None:
    """Return a figure of a scale from 1 to 5 as a share, or None where there is none."""
    try:
        figure = float(written or "")
    except ValueError:
        return None
    return (figure - 1) / 4 if 1 <= figure <= 5 else None
