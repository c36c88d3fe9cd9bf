"""Everybody already known, in memory in blocks, so that each row is compared with a few only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from pacework.service.cases.models import name_key
from pacework.service.recruitment.duplicates import WORTH_A_LOOK, compare

SHOWN = 3


class Known(NamedTuple):
    """What a comparison needs of somebody known."""

    pk: int
    name_key: str
    birth_date: date | None
    nhs_number: str
    postcode: str
    do_not_contact: bool


class Index:
    """People in blocks: NHS number, birth date, name, postcode with family name."""

    def __init__(self, people: Any) -> None:
        self.by_number: dict[str, list[Known]] = defaultdict(list)
        self.by_birth: dict[date, list[Known]] = defaultdict(list)
        self.by_name: dict[str, list[Known]] = defaultdict(list)
        self.by_place: dict[tuple[str, str], list[Known]] = defaultdict(list)
        for row in people:
            one = Known(*row)
            if one.nhs_number:
                self.by_number[one.nhs_number].append(one)
            if one.birth_date:
                self.by_birth[one.birth_date].append(one)
            self.by_name[one.name_key].append(one)
            if one.postcode:
                self.by_place[one.postcode, one.name_key.partition(" ")[0]].append(one)

    def like(self, values: Mapping[str, str]) -> list[tuple[Known, int, list[str]]]:
        """Who this row may be, most likely first."""
        key = name_key(values["first_name"], values["last_name"])
        born = date.fromisoformat(values["birth_date"]) if values.get("birth_date") else None
        number, postcode = values.get("nhs_number", ""), values.get("postcode", "")
        near: dict[int, Known] = {}
        blocks = (
            self.by_number.get(number, ()) if number else (),
            self.by_birth.get(born, ()) if born else (),
            self.by_name.get(key, ()),
            self.by_place.get((postcode, key.partition(" ")[0]), ()) if postcode else (),
        )
        for block in blocks:
            for one in block:
                near[one.pk] = one
        found = []
        for one in near.values():
            score, reasons = compare(one, key=key, birth_date=born, nhs_number=number, postcode=postcode)
            if score >= WORTH_A_LOOK:
                found.append((one, score, reasons))
        return sorted(found, key=lambda item: (-item[1], item[0].pk))[:SHOWN]


class Repeats:
    """People who stand in the same list twice. Twins share all but the first name: they are two people."""

    def __init__(self) -> None:
        self.numbers: dict[str, tuple[int, tuple[str, str]]] = {}
        self.people: dict[tuple[str, str], list[tuple[int, str, tuple[str, ...]]]] = defaultdict(list)

    def look(self, line: int, values: Mapping[str, str]) -> tuple[str, int]:
        """("", 0) for somebody new here; else how the row relates to the earlier line:

        "repeat" the same person again, "conflict" one NHS number on two people, "alike" perhaps the same.
        """
        who = name_key(values["first_name"], values["last_name"]), values.get("birth_date", "")
        number = values.get("nhs_number", "")
        ways = tuple(values.get(name, "") for name in ("postcode", "phone", "email"))
        found = self._by_number(number, who) or self._by_name(number, who, ways)
        if number:
            self.numbers.setdefault(number, (line, who))
        self.people[who].append((line, number, ways))
        return found or ("", 0)

    def _by_number(self, number: str, who: tuple[str, str]) -> tuple[str, int] | None:
        earlier = self.numbers.get(number) if number else None
        if earlier is None:
            return None
        return ("repeat" if earlier[1] == who else "conflict"), earlier[0]

    def _by_name(self, number: str, who: tuple[str, str], ways: tuple[str, ...]) -> tuple[str, int] | None:
        if not who[1]:
            return None
        for line, other, others in self.people.get(who, ()):
            if number and other:
                continue  # two valid, different numbers: two people of one name, born on one day
            shared = any(one and one == two for one, two in zip(ways, others, strict=True))
            return ("repeat" if shared else "alike"), line
        return None
