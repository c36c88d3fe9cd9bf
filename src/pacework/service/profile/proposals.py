"""Which needs the answers point at. They are put forward for a conversation; nothing is created by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pacework.service.profile.models import ProfileSection
from pacework.service.profile.questions import Question, Section, sections


@dataclass(frozen=True, slots=True)
class Pointer:
    """The answer that points at a need."""

    section: Section
    question: Question
    answer: Any


@dataclass(slots=True)
class Proposal:
    """A need of the list with every answer that points at it."""

    key: str
    pointers: list[Pointer] = field(default_factory=list)


def proposals(saved: Iterable[ProfileSection], *, known: Iterable[str] = ()) -> list[Proposal]:
    """Needs put forward by saved sections, in the order of the questions, without those already ``known``."""
    found: dict[str, Proposal] = {}
    by_key = {row.key: row for row in saved}
    for section in sections().values():
        row = by_key.get(section.key)
        if row is None:
            continue
        for question in section.questions:
            for said in [row.answers, *(entry["answers"] for entry in row.entries)]:
                answer = said.get(question.key)
                if question.points_at_need(answer):
                    proposal = found.setdefault(question.need, Proposal(question.need))
                    proposal.pointers.append(Pointer(section, question, answer))
    for key in known:
        found.pop(key, None)
    return list(found.values())
