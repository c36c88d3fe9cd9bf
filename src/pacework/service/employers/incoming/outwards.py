"""A table of postcode districts: outward, latitude, longitude. Any source a service may use will do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pacework.service.core import csv_files
from pacework.service.core.csv_files import plain
from pacework.service.core.errors import DomainError
from pacework.service.employers import policies

HEADINGS = {
    "outward": ("outward", "outward code", "outcode", "postcode", "postcode district", "district"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "long", "lon", "lng"),
}
_NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,12})?")


def read(content: bytes) -> tuple[list[tuple[str, float, float]], list[str]]:
    """Districts, and a sentence for each row that was left out. Raises DomainError for an unreadable file."""
    known = {plain(name): field for field, names in HEADINGS.items() for name in names}
    facts = csv_files.read(content, frozenset(known))
    place = {known[plain(one)]: index for index, one in enumerate(facts.headings) if plain(one) in known}
    missing = [field for field in HEADINGS if field not in place]
    if missing:
        raise DomainError(f"The file has no column {' and no column '.join(missing)}.")
    found: dict[str, tuple[str, float, float]] = {}
    problems = []
    for number, cells in csv_files.body(content, facts.delimiter, facts.header):
        wanted = [cells[place[field]].strip() if place[field] < len(cells) else "" for field in HEADINGS]
        try:
            row = _row(wanted)
        except DomainError as refusal:
            problems.append(f"Row {number} is left out: {refusal.sentence}")
            continue
        if found.setdefault(row[0], row) != row:
            problems.append(f"Row {number} is left out: {row[0]} stands in the file with another place.")
    return list(found.values()), problems


def _row(cells: Sequence[str]) -> tuple[str, float, float]:
    outward = policies.outward_of(cells[0])
    if not outward:
        raise DomainError("there is no postcode in it.")
    if not all(_NUMBER.fullmatch(cell) for cell in cells[1:]):
        raise DomainError("latitude and longitude are numbers, like 53.801 and -1.549.")
    latitude, longitude = (float(cell) for cell in cells[1:])
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise DomainError("no place on earth has this latitude and longitude.")
    return outward, latitude, longitude
