"""A referral list as practices send it: 1,000 rows, most of them fine, many kinds of dirt among them.

``dirty_list(seed)`` gives the bytes and, line by line, what each row should become. Everybody is invented.
"""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.service.build import synthetic_nhs_number

HEADINGS = [
    "NHS No.", "Forename", "SURNAME", "D.O.B.", "Mobile", "E-mail address", "Post Code", "Surgery",
    "Last worked", "Employment status", "Diagnosis code", "", "Notes", "Notes",
]  # fmt: skip
GIVEN = (
    "Amara",
    "Bryn",
    "Carys",
    "Dilip",
    "Esmé",
    "Femi",
    "Gwen",
    "Hana",
    "Idris",
    "Zoë",
    "O’Shea",
    "Anne-Marie",
)
FAMILY = (
    "Ashby",
    "Béllo",
    "Cole",
    "Dunmore",
    "Ellis",
    "Farrow",
    "Grant",
    "Hughes",
    "Iqbal",
    "Jarvis",
    "MacLeod",
)
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu")


@dataclass
class DirtyList:
    """The file, and what should become of each kind of row."""

    content: bytes
    expected: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    lines: dict[str, list[int]] = field(default_factory=dict)


class Maker:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.number = 0

    def person(self, **changes: str) -> dict[str, str]:
        """A clean row; each is somebody else."""
        self.number += 1
        pick = self.random
        syllable = "".join(pick.choice(SYLLABLES) for _ in range(3))
        born = date(1958, 1, 1) + timedelta(days=self.number * 11)
        row = {
            "nhs": synthetic_nhs_number(300_000 + self.number),
            "first": pick.choice(GIVEN),
            "last": f"{pick.choice(FAMILY)}{syllable}{self.number}",
            "born": born.strftime("%d/%m/%Y"),
            "phone": f"07700 900{pick.randrange(1000):03d}",
            "email": f"person{self.number}@example.org",
            "postcode": f"M{pick.randrange(1, 30)} {pick.randrange(1, 9)}AB",
            "surgery": pick.choice(("High Street Surgery", "Mill Lane; Practice", 'The "Old" Surgery')),
            "ended": (date(2020, 1, 1) + timedelta(days=pick.randrange(1500))).strftime("%d/%m/%Y"),
            "status": pick.choice(("Unemployed", "Long-term sick", "")),
            "code": "N23A.",
            "blank": "",
            "note": "Prefers\nafternoons" if self.number % 50 == 0 else "",
            "note2": "",
        }
        return row | changes


def dirty_list(
    *, known: dict[str, str], asked_for_peace: dict[str, str], seed: int = 7, rows: int = 1000
) -> DirtyList:
    """``known``, ``asked_for_peace``: people of the service on the list too (nhs, first, last, born)."""
    make = Maker(seed)
    twin = make.person()
    twice = make.person()
    shared = make.person()
    dirt: list[tuple[str, str, dict[str, str]]] = [
        ("refused", "wrong check digit", make.person(nhs="9990000001")),
        ("refused", "number shortened by a spreadsheet", make.person(nhs="9.99E+09")),
        ("refused", "number too short", make.person(nhs="99912345")),
        ("refused", "no family name", make.person(last="")),
        ("refused", "no first name", make.person(first=" ")),
        ("refused", "impossible date", make.person(born="31/02/1980")),
        ("refused", "born in the future", make.person(born="01/01/2099")),
        ("refused", "born before 1900", make.person(born="01/01/1899")),
        ("refused", "no date", make.person(born="spring 1970")),
        ("refused", "neither number nor birth date", make.person(nhs="", born="")),
        ("refused", "job ended before birth", make.person(ended="01/01/1950")),
        ("refused", "job ends in the future", make.person(ended="01/01/2099")),
        ("refused", "in work and out of it", make.person(status="Employed")),
        ("refused", "unknown code", make.person(status="Z9-17")),
        ("refused", "name too long", make.person(last="x" * 61)),
        ("refused", "letters lost", make.person(first="J\ufffdrg")),
        ("new", "formula in a name", make.person(first='=HYPERLINK("http://example.org","x")')),
        ("new", "formula in the practice", make.person(surgery="@SUM(A1:A9)")),
        ("new", "markup", make.person(last="<script>alert(1)</script>")),
        ("new", "SQL", make.person(last="Robert'); DROP TABLE cases_client;--")),
        ("new", "phone that is none", make.person(phone="ask mother")),
        ("new", "email that is none", make.person(email="name at example")),
        ("new", "postcode abroad", make.person(postcode="D-10115")),
        ("new", "number with spaces", make.person(nhs=" ".join(_parts(synthetic_nhs_number(299_001))))),
        ("new", "number with an apostrophe", make.person(nhs="'" + synthetic_nhs_number(299_011))),
        ("new", "empty words", make.person(phone="n/a", email="-", ended="NULL", status="not known")),
        ("new", "two-figure year", make.person(born="03/04/61")),
        ("new", "written month", make.person(born="3rd April 1961")),
        ("new", "time behind the date", make.person(born="1961-04-05 00:00:00")),
        ("new", "no-break and zero-width spaces", make.person(first="\u200bMaría\u00a0José ")),
        ("new", "twin", twin),
        ("new", "twin", twin | {"nhs": synthetic_nhs_number(299_021), "first": "Twinny"}),
        ("new", "said twice", twice),
        ("refused", "said twice", dict(twice)),
        ("refused", "one number for two", shared),
        ("refused", "one number for two", make.person(nhs=shared["nhs"])),
        ("possible", "known by number", make.person(**known)),
        ("possible", "known by name and birth", make.person(**(known | {"nhs": ""}))),
        ("possible", "asked for peace", make.person(**asked_for_peace)),
    ]
    ragged = make.person()
    clean = [("new", "clean", make.person()) for _ in range(rows - len(dirt) - 2)]
    listed = [*clean, *dirt]
    make.random.shuffle(listed)
    # Of two that belong together the order says which is refused.
    result = DirtyList(b"")
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    line = 1
    for what, kind, row in listed:
        writer.writerow(row.values())
        line += 1
        result.expected[what] += 1
        result.kinds[kind] += 1
        result.lines.setdefault(kind, []).append(line)
        if line == 400:
            out.write("\r\n,,,,\r\n")  # two empty rows in the middle
            line += 2
    writer.writerow([*ragged.values(), "one", "too many"])
    writer.writerow(list(make.person().values())[:4])  # a short row: what is missing is at its end
    result.expected["refused"] += 1
    result.expected["new"] += 1
    result.content = out.getvalue().encode("utf-8-sig")
    return result


def _parts(number: str) -> tuple[str, str, str]:
    return number[:3], number[3:6], number[6:]
