"""Words that adverts use for hours, contract and home working, and what they mean here."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any


class Employment(StrEnum):
    """Hours and contract of an advert: the terms of schema.org, and two that UK adverts add."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"
    TEMPORARY = "temporary"
    TRAINEE = "trainee"
    VOLUNTEER = "volunteer"
    BY_THE_DAY = "by_the_day"
    OTHER = "other"


_KINDS = {
    Employment.FULL_TIME: "full_time fulltime full",
    Employment.PART_TIME: "part_time parttime part job_share term_time",
    Employment.PERMANENT: "permanent perm",
    Employment.FIXED_TERM: "contractor contract fixed_term fixed_term_contract freelance",
    Employment.TEMPORARY: "temporary temp seasonal",
    Employment.TRAINEE: "intern internship apprentice apprenticeship trainee",
    Employment.VOLUNTEER: "volunteer voluntary",
    Employment.BY_THE_DAY: "per_diem casual bank zero_hours zero_hours_contract",
    Employment.OTHER: "other",
}
_EMPLOYMENT = {word: kind for kind, words in _KINDS.items() for word in words.split()}
LONGEST_TERM = 3  # parts of the longest word above
MOST_VALUES = 50  # of one field; no advert has as many
LONGEST_VALUE = 500

# TELECOMMUTE is the one official value; pages invent the rest.
_HOMES = {
    "telecommute": "all",
    "remote": "all",
    "fully_remote": "all",
    "work_from_home": "all",
    "home": "all",
}
_HOMES |= {"hybrid": "some", "hybrid_remote": "some", "partly_remote": "some", "flexible": "some"}
_HOMES |= {"on_site": "none", "onsite": "none", "in_person": "none", "office": "none"}


def contract_kinds(said: list[Any]) -> tuple[tuple[Employment, ...], list[str]]:
    """Read `employmentType`.

    Parameters
    ----------
    said
        The values as they come: official terms, addresses of terms, plain words, several in one text. Their
        number is for the caller to limit (`MOST_VALUES`).

    Returns
    -------
    tuple
        The kinds without repeats in the order given, and the words that are none.
    """
    kinds: dict[Employment, None] = {}
    odd = []
    for word in _words(said):
        found = _kinds_in(_key(word))
        kinds |= dict.fromkeys(found)
        if not found:
            odd.append(word)
    return tuple(kinds), odd


def _kinds_in(key: str) -> list[Employment]:
    """Return the kinds that a key is made of ("full_time_permanent"); none where a part of it is unknown."""
    parts = key.split("_")
    found = []
    while parts:
        for length in range(LONGEST_TERM, 0, -1):
            if (kind := _EMPLOYMENT.get("_".join(parts[:length]))) is not None:
                found.append(kind)
                parts = parts[length:]
                break
        else:
            return []
    return found


def home_working(said: list[Any], virtual: bool = False) -> tuple[str, list[str]]:
    """Read `jobLocationType`.

    Parameters
    ----------
    said
        The values as they come.
    virtual
        The advert gives a virtual place of work.

    Returns
    -------
    tuple
        "all", "some", "none" or "unknown", and the words that are none. Two different answers make "some".
    """
    answers = {"all"} if virtual else set()
    odd = []
    for word in _words(said):
        home = _HOMES.get(_key(word))
        if home is None:
            odd.append(word)
        else:
            answers.add(home)
    if len(answers) > 1:
        return "some", odd
    return next(iter(answers), "unknown"), odd


def _words(said: list[Any]) -> list[str]:
    """Return each word or phrase on its own; anything that is no text is named by what it is."""
    words: list[str] = []
    for value in said:
        if isinstance(value, dict):
            words += _words([value.get("@value") or value.get("name") or "an object"])
        elif isinstance(value, str):
            words += [part.strip() for part in re.split(r"[,;|]|\s/\s", value[:LONGEST_VALUE])]
            # Shown to the person as a word that is not known.
            words += ["… and what follows"] if len(value) > LONGEST_VALUE else []
        else:
            words.append("a list" if isinstance(value, list) else str(value))
    return [word for word in words if word]


def _key(word: str) -> str:
    last = word.rsplit("/", 1)[-1] if word.startswith(("http:", "https:")) else word.removeprefix("schema:")
    return re.sub(r"[^a-z]+", "_", last.casefold()).strip("_")
