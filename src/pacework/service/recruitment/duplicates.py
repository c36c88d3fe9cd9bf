"""Search before create: is this person already known? Blocks first, then names compared letter by letter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, Protocol

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from pacework.service.cases.models import Client, name_key
from pacework.service.recruitment.models import in_same_blocks

LIKELY = 85  # from here on a team lead looks before support begins
WORTH_A_LOOK = 60


class Candidate(NamedTuple):
    """Somebody known who may be the same person, why, and how likely (0 to 100)."""

    client: Client
    reasons: list[str]
    score: int

    @property
    def likely(self) -> bool:
        return self.score >= LIKELY


class Known(Protocol):
    """What a comparison needs of somebody known; a client, or a row of a list."""

    @property
    def name_key(self) -> str: ...
    @property
    def birth_date(self) -> date | None: ...
    @property
    def nhs_number(self) -> str: ...
    @property
    def postcode(self) -> str: ...


def candidates(
    *, first: str, last: str, birth_date: date | None = None, nhs_number: str = "", postcode: str = ""
) -> list[Candidate]:
    """People already known who may be this person, most likely first."""
    rows = in_same_blocks(
        first=first, last=last, birth_date=birth_date, nhs_number=nhs_number, postcode=postcode
    ).select_related("team")
    return rank(
        rows,
        key=name_key(first, last),
        birth_date=birth_date,
        nhs_number=nhs_number,
        postcode=postcode,
    )


def rank(
    known: Iterable[Client], *, key: str, birth_date: date | None, nhs_number: str, postcode: str
) -> list[Candidate]:
    """Compare one person with people from their blocks. Import uses this over blocks held in memory."""
    found = []
    for other in known:
        score, reasons = compare(
            other, key=key, birth_date=birth_date, nhs_number=nhs_number, postcode=postcode
        )
        if score >= WORTH_A_LOOK:
            found.append(Candidate(other, reasons, score))
    return sorted(found, key=lambda one: (-one.score, one.client.pk))


def compare(
    other: Known, *, key: str, birth_date: date | None, nhs_number: str, postcode: str
) -> tuple[int, list[str]]:
    """How likely two records are one person (0 to 100), with the reasons in words."""
    if nhs_number and nhs_number == other.nhs_number:
        return 100, ["Same NHS number"]
    last, first = _names(key)
    other_last, other_first = _names(other.name_key)
    same_name = key == other.name_key
    both_alike = _alike(first, other_first) and _alike(last, other_last)
    alike = same_name or both_alike or _swapped(key, other.name_key)
    same_birth = birth_date is not None and birth_date == other.birth_date
    same_postcode = bool(postcode) and postcode == other.postcode
    name_words = "Same name" if same_name else "Similar name"
    reasons: list[str] = []
    score = 0
    if same_birth and alike:
        score, reasons = (95 if same_name else 88), ["Same birth date", name_words]
    elif same_birth and same_postcode and _alike(first, other_first):
        score, reasons = 80, ["Same birth date", "Same postcode", "Same first name, another family name"]
    elif alike and _typing_slip(birth_date, other.birth_date):
        score, reasons = (86 if same_name else 75), [name_words, "Birth date differs as by a slip in typing"]
    elif alike and same_postcode and (birth_date is None or other.birth_date is None):
        score, reasons = 82, [name_words, "Same postcode", "A birth date is missing"]
    elif alike and same_postcode:
        score, reasons = 65, [name_words, "Same postcode", "Another birth date"]
    elif same_name and (birth_date is None or other.birth_date is None):
        score, reasons = 70, ["Same name", "A birth date is missing"]
    if same_postcode and "Same postcode" not in reasons and reasons:
        score, reasons = min(score + 3, 99), [*reasons, "Same postcode"]
    if score and nhs_number and other.nhs_number:
        # Two valid, different numbers: nearly always two people, but an old or wrong number happens.
        score, reasons = score - 30, [*reasons, "Another NHS number"]
    return score, reasons


def _names(key: str) -> tuple[str, str]:
    last, _, first = key.partition(" ")
    return last, first


def _alike(one: str, other: str) -> bool:
    if not one or not other:
        return False
    return one == other or JaroWinkler.similarity(one, other) >= 0.9


def _swapped(key: str, other: str) -> bool:
    """Given and family name in each other's box."""
    last, first = _names(key)
    return bool(first and last) and fuzz.ratio(f"{first} {last}", other) >= 95


def _typing_slip(one: date | None, other: date | None) -> bool:
    """Day and month exchanged, or exactly one figure different."""
    if one is None or other is None or one == other:
        return False
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return True
    figures = zip(f"{one:%Y%m%d}", f"{other:%Y%m%d}", strict=True)
    return sum(a != b for a, b in figures) == 1
