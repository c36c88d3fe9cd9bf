"""The questions of the vocational profile, read from data, and how each reads an answer.

An answer is kept as plain JSON: text, a number, a list of option keys, true or false, a day as text. Whoever
saves one (a form, the demo, a later import) passes the same checks here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from pacework.service.core import clock, typed
from pacework.service.core.codes import codes, document
from pacework.service.core.errors import DomainError

OWN_WORDS = "own_words"
LONGEST = {"text": 200, "longtext": 4000, OWN_WORDS: 4000}
Answers = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``need`` is what some answers point at; a pointer is never a score or a filter."""

    key: str
    type: str
    label: str
    hint: str = ""
    unit: str = ""
    min: float = 0
    max: float = 10
    low: str = ""
    high: str = ""
    options: tuple[tuple[str, str], ...] = ()
    need: str = ""
    need_if: frozenset[str] = frozenset()
    need_at_most: float | None = None
    need_if_answered: bool = False

    def label_of(self, key: str) -> str:
        """The words of an option; one that is no longer offered is shown as it is."""
        return dict(self.options).get(key, key)

    def points_at_need(self, answer: Any) -> bool:
        """Whether this answer is a reason to talk about ``need``."""
        if not self.need or answer in (None, "", []):
            return False
        if self.need_if_answered:
            return True
        if self.need_at_most is not None:
            return bool(answer <= self.need_at_most)
        return bool(self.need_if & (set(answer) if isinstance(answer, list) else {answer}))

    def read(self, value: Any) -> Any:
        """A value as it is kept, None for no answer. Raises DomainError beside this question."""
        if value in (None, "", [], ()):
            return None
        return READERS[self.type](self, value)

    def refuse(self, sentence: str) -> DomainError:
        return DomainError(sentence, field=self.key)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the profile. With ``repeat`` its questions are one entry of many (a job, a lesson)."""

    key: str
    letter: str
    title: str
    intro: str = ""
    questions: tuple[Question, ...] = ()
    repeat: bool = False
    entry_name: str = ""
    has_body_map: bool = False
    links_to: str = ""
    by_key: Mapping[str, Question] = field(default_factory=dict)

    def read(self, answers: Mapping[str, Any]) -> Answers:
        """Answers as they are kept, without the empty ones. An unknown question or answer is refused."""
        unknown = set(answers) - set(self.by_key)
        if unknown:
            raise DomainError(f"“{self.title}” has no question called {', '.join(sorted(unknown))}.")
        found = {key: question.read(answers.get(key)) for key, question in self.by_key.items()}
        return {key: value for key, value in found.items() if value is not None}

    def parts(self, size: int = 4) -> list[tuple[Question, ...]]:
        """The questions a few at a time, no lonely one at the end."""
        if self.repeat:
            return [self.questions]
        count = max(1, -(-len(self.questions) // size))
        each, more = divmod(len(self.questions), count)
        found, start = [], 0
        for number in range(count):
            end = start + each + (1 if number < more else 0)
            found.append(self.questions[start:end])
            start = end
        return found


def _read_text(question: Question, value: Any) -> str | None:
    if not isinstance(value, str):
        raise question.refuse("Write this as text.")
    try:
        words = typed.text(value, lines=question.type == "longtext")
    except typed.Unreadable as refusal:
        raise question.refuse(str(refusal)) from None
    longest = LONGEST[question.type]
    if len(words) > longest:
        raise question.refuse(f"Use {longest:,} characters or fewer.")
    return words or None


def _read_number(question: Question, value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise question.refuse("Enter a number.")
    exact = Decimal(str(value))
    if not exact.is_finite() or not Decimal(str(question.min)) <= exact <= Decimal(str(question.max)):
        raise question.refuse(f"Enter a number from {question.min:g} to {question.max:g}.")
    if exact == exact.to_integral_value():
        return int(exact)
    if question.type != "number":
        raise question.refuse("Enter a whole number, like 20.")
    if exact % Decimal("0.01"):
        raise question.refuse("Use at most 2 numbers after the point.")
    return float(exact)


def _read_choice(question: Question, value: Any) -> str:
    if not isinstance(value, str) or value not in dict(question.options):
        raise question.refuse("Choose one from the list.")
    return value


def _read_choices(question: Question, value: Any) -> list[str]:
    if not isinstance(value, (list, tuple)):
        raise question.refuse("Choose only from the list.")
    chosen = {_read_choice(question, one) for one in value}
    return [key for key, _ in question.options if key in chosen]


def _read_yesno(question: Question, value: Any) -> bool:
    if not isinstance(value, bool):
        raise question.refuse("Choose yes or no.")
    return value


def _read_day(question: Question, value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    try:
        return typed.day(str(value), example=clock.today()).isoformat()
    except typed.Unreadable as refusal:
        raise question.refuse(str(refusal)) from None


READERS = {
    "text": _read_text,
    "longtext": _read_text,
    "whole": _read_number,
    "number": _read_number,
    "scale": _read_number,
    "choice": _read_choice,
    "choices": _read_choices,
    "yesno": _read_yesno,
    "day": _read_day,
}


def read_own_words(value: str) -> str:
    """The free words at the end of a section, checked like any text."""
    return Question(OWN_WORDS, "longtext", "").read(value) or ""


def _question(row: dict[str, Any]) -> Question:
    row = dict(row)
    options = row.pop("options", None)
    if "options_from" in row:
        options = [
            {"key": key, "label": label}
            for key, label in codes(*row.pop("options_from").split("/")).choices()
        ]
    return Question(
        options=tuple((option["key"], option["label"]) for option in options or ()),
        need_if=frozenset(row.pop("need_if", ())),
        **row,
    )


@cache
def sections() -> dict[str, Section]:
    """All sections by key, in the order of the data."""
    found = {}
    for row in document("profile", "sections")["sections"]:
        questions = tuple(_question(one) for one in row["questions"])
        found[row["key"]] = Section(
            **{name: value for name, value in row.items() if name != "questions"},
            questions=questions,
            by_key={question.key: question for question in questions},
        )
    return found


def words(name: str) -> str:
    """A sentence of the data file itself, such as its introduction."""
    return str(document("profile", "sections")[name])
