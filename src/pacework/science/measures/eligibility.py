"""Eligibility presets as versioned data, and what they say about one person's answers.

The routine service excludes nobody: its preset never says no. A study's preset may say that a person does
not meet its published criteria, and then points to the routine service. Being ready for work is no
criterion anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from pacework.science.measures import data
from pacework.science.measures.dates import add_span, age_on


@dataclass(frozen=True, slots=True)
class Criterion:
    """One published criterion.

    Attributes
    ----------
    id, question, rule
        Name, the question asked, and the criterion in words ("wants to work").
    kind
        ``"yes"`` (the answer is true), ``"age"`` (birth date), ``"since"`` (a date some time ago) or
        ``"one_of"``.
    answer
        Key of the answer it reads.
    youngest, oldest
        Ages in whole years, both included.
    comparison, amount, unit
        "at least" passes on the very day the time is reached, "more than" from the next day on.
    accepted
        Answers that pass.
    """

    id: str
    kind: str
    answer: str
    question: str
    rule: str
    youngest: int | None = None
    oldest: int | None = None
    comparison: str = "at least"
    amount: int = 0
    unit: str = "days"
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preset:
    """A versioned set of criteria; `kind` is ``"routine"`` or ``"study"``."""

    id: str
    version: str
    title: str
    kind: str
    source: str
    verified: bool
    note: str
    criteria: tuple[Criterion, ...]

    @property
    def words(self) -> str:
        """The criteria in one sentence."""
        rules = [criterion.rule for criterion in self.criteria]
        joined = rules[0] if len(rules) == 1 else f"{', '.join(rules[:-1])} and {rules[-1]}"
        return f"A person who {joined}."


@dataclass(frozen=True, slots=True)
class Reason:
    """What one criterion says: met, not met, or None for not known, with a sentence."""

    criterion: str
    met: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a preset says about one person.

    Attributes
    ----------
    meets
        True when every criterion is met; False when one is not (studies only); None while something is open.
    reasons
        One per criterion, in the preset's order.
    unknown
        Ids of the criteria whose answer is not known.
    words
        The result in plain words.
    preset, version
        Which preset was applied.
    """

    meets: bool | None
    reasons: tuple[Reason, ...]
    unknown: tuple[str, ...]
    words: str
    preset: str
    version: str


def preset_names() -> list[str]:
    """Return the names of the shipped presets."""
    return data.names("eligibility")


@cache
def preset(name: str) -> Preset:
    """Return a shipped preset by name.

    Raises
    ------
    KeyError
        For a name that is not shipped.
    """
    if name not in preset_names():
        raise KeyError(name)
    return read_preset(data.load(f"eligibility/{name}.toml"))


def read_preset(raw: Mapping[str, Any]) -> Preset:
    """Return a preset from its table, as read from a file or stored by a programme.

    Raises
    ------
    ValueError
        For an unknown kind of criterion or comparison, or a routine preset that asks more than one yes.
    """
    criteria = tuple(
        Criterion(**{**row, "accepted": tuple(row.get("accepted", ()))}) for row in raw["criteria"]
    )
    for criterion in criteria:
        if criterion.kind not in _JUDGES:
            raise ValueError(f"{criterion.kind!r} is not a kind of criterion.")
        if criterion.comparison not in ("at least", "more than"):
            raise ValueError(f"{criterion.comparison!r} is not a comparison: use at least or more than.")
    if raw["kind"] == "routine" and [c.kind for c in criteria] != ["yes"]:
        raise ValueError("The routine service asks one thing: whether the person wants to work.")
    return Preset(**{**raw, "criteria": criteria})


def assess(applied: Preset, answers: Mapping[str, Any], *, on: date) -> Decision:
    """Return what a preset says about one person's answers on a day.

    Parameters
    ----------
    applied
        The preset.
    answers
        Answer key → value: True, False, a date, or a text. A missing key or None is not known.
    on
        The day of assessment.

    Returns
    -------
    Decision
        For the routine service `meets` is never False: nobody is refused.
    """
    reasons = tuple(_reason(criterion, answers.get(criterion.answer), on) for criterion in applied.criteria)
    unknown = tuple(reason.criterion for reason in reasons if reason.met is None)
    states = [reason.met for reason in reasons]
    meets = False if False in states else None if unknown else True
    if meets:
        words = f"Meets {applied.title}." if applied.kind == "study" else "Welcome in the routine service."
    elif applied.kind == "routine":
        meets = None
        words = "The offer stays open and can be taken up at any time. Nothing is refused."
    elif meets is None:
        words = f"Not known yet for {applied.title}. The routine service is open to anyone who wants to work."
    else:
        words = (
            f"Does not meet the published criteria of {applied.title}. The routine service is open to anyone "
            "who wants to work."
        )
    return Decision(meets, reasons, unknown, words, applied.id, applied.version)


def _reason(criterion: Criterion, answer: Any, on: date) -> Reason:
    met = None if answer is None else _JUDGES[criterion.kind](criterion, answer, on)
    state = {True: "Yes", False: "No", None: "Not known"}[met]
    return Reason(criterion.id, met, f"{state}: {criterion.rule}.")


def _yes(criterion: Criterion, answer: Any, on: date) -> bool:
    return answer is True


def _one_of(criterion: Criterion, answer: Any, on: date) -> bool:
    return answer in criterion.accepted


def _age(criterion: Criterion, born_on: date, on: date) -> bool | None:
    if born_on > on:
        return None  # a slip of the pen, not an age
    age = age_on(born_on, on)
    return (criterion.youngest is None or age >= criterion.youngest) and (
        criterion.oldest is None or age <= criterion.oldest
    )


def _since(criterion: Criterion, since: date, on: date) -> bool:
    reached = add_span(since, criterion.amount, criterion.unit)
    return reached <= on if criterion.comparison == "at least" else reached < on


_JUDGES: dict[str, Callable[[Criterion, Any, date], bool | None]] = {
    "yes": _yes,
    "age": _age,
    "since": _since,
    "one_of": _one_of,
}
