"""A warning about free text: it may name a client or say something about health.

This finds whole words only, so it misses much and sometimes asks for nothing. It never blocks: the writer is
asked once, and the answer is kept with the words it was about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pacework.service.cases.models import Client
from pacework.service.core.errors import NeedsConfirmation
from pacework.service.employers import codes
from pacework.service.employers.policies.disclosure import Disclosure


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    parts = []
    for word in sorted(
        {word.strip().casefold() for word in words if word.strip(" *")}, key=len, reverse=True
    ):
        whole = re.escape(word.rstrip("*")).replace(r"\ ", r"\s+")
        parts.append(whole + (r"\w*" if word.endswith("*") else ""))
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None


@cache
def _health() -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    data = codes.table("health_words")
    return _pattern(word for group in data["groups"] for word in group["words"]), _pattern(data["not_when"])


def _hits(pattern: re.Pattern[str] | None, text: str) -> list[str]:
    return [] if pattern is None else [" ".join(hit.group().split()) for hit in pattern.finditer(text)]


def _plain(text: str) -> str:
    return text.casefold().replace("’", "'")


def _health_words(text: str) -> list[str]:
    words, ordinary = _health()
    without = text if ordinary is None else ordinary.sub(" · ", text)
    return _hits(words, without)


def found_words(text: str, disclosure: Disclosure, client: Client) -> list[str]:
    """Words in a text about a client that go beyond what the client agreed to, each once, in order."""
    plain = _plain(text)
    found: list[str] = []
    if not disclosure.may_name:
        names = (client.first_name, client.last_name, client.preferred_name)
        found += _hits(_pattern(_plain(part) for name in names for part in {name, *name.split()}), plain)
    if not disclosure.may_say_condition:
        found += _health_words(plain)
    if disclosure.basis is not None:
        unwanted = re.split(r"[\n;,]", disclosure.basis.must_not_say)
        found += _hits(_pattern(_plain(phrase.strip().rstrip(".")) for phrase in unwanted), plain)
    return list(dict.fromkeys(found))


def risky_words(text: str, clients: Iterable[Client]) -> list[str]:
    """Words in a text that is about no client: health words, and full names of the writer's own clients.

    A given or family name alone is too often an employer's own person, and being asked each time teaches
    people to click past the question.
    """
    plain = _plain(text)
    found = _health_words(plain)
    for client in clients:
        for first in {client.first_name, client.preferred_name} - {""}:
            name = _plain(f"{first} {client.last_name}")
            # Most texts name nobody: look before a pattern is built for every client.
            if client.last_name and _plain(client.last_name).split()[-1] in plain:
                found += _hits(_pattern([name]), plain)
    return list(dict.fromkeys(found))


def check_words(found: list[str], *, confirmed: bool, about: str) -> list[str]:
    """Ask about words that were found, unless the writer has confirmed them. Returns what was confirmed."""
    if found and not confirmed:
        listed = ", ".join(f"“{word}”" for word in found[:5]) + (" and more" if len(found) > 5 else "")
        raise NeedsConfirmation(f"You wrote {listed}. {about}", field="confirmed")
    return found
