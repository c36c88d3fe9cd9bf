"""Finding a client by name, date of birth or NHS number, inside what the reader may see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import nhs_number
from django.db import connection
from django.db.models import Q

from pacework.service.cases.models.client import Client, plain
from pacework.service.core import clock, typed

KEYS = ("name_key", "given_key", "called_key")


def search(user: Any, words: str) -> Any:
    """Clients visible to the reader that fit everything typed: names in any order, birth date, NHS number."""
    names, born, number = understood(words)
    if not (names or born or number):
        return Client.objects.none()
    found = Client.objects.visible_to(user)
    if number:
        found = found.filter(nhs_number=number)
    if born:
        found = found.filter(birth_date=born)
    if names:
        wanted = Q()
        for key in spellings(names):
            for field in KEYS:
                wanted |= begins(field, key)
        found = found.filter(wanted)
    return found


def understood(words: str) -> tuple[list[str], date | None, str]:
    """What was typed as names, a date of birth and an NHS number."""
    rest = " ".join(words.split())[:100]
    number = ""
    digits = re.search(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)", rest)
    if digits and nhs_number.is_valid(re.sub(r"\D", "", digits[0])):
        number = re.sub(r"\D", "", digits[0])
        rest = rest.replace(digits[0], " ")
    born = None
    day = re.search(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[ ./-](?:\d{1,2}|[A-Za-z]{3,9})[ ./-]\d{4}", rest)
    if day:
        try:
            born = typed.day(day[0], example=clock.today())
            rest = rest.replace(day[0], " ")
        except typed.Unreadable:
            pass
    names = [name for name in (plain(word) for word in rest.split()) if name and not name.isdigit()]
    return names[:4], born, number


def spellings(names: list[str]) -> Iterator[str]:
    """The ways names may be split into family and given name: "de la cruz" is one family name."""
    yield "".join(names)
    for cut in range(1, len(names)):
        yield f"{''.join(names[:cut])} {''.join(names[cut:])}"


def begins(field: str, key: str) -> Q:
    """A prefix search that uses the index of the column.

    SQLite's LIKE ignores the index, but its plain order is the order of the letters' codes. PostgreSQL orders
    by the language, but Django gives its text columns an index made for LIKE.
    """
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": key, f"{field}__lt": key + "\U0010ffff"})
    return Q(**{f"{field}__startswith": key})
