"""A job's demands beside what one person said of themselves, in sentences.

Each sentence stands for one demand and says what was said, what the job asks and what could be done about it.
There is no score and nothing to sort by: the sentences come in the fixed order of `demands.DEMANDS`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Any

from pacework.science.vacancies.demands import DEMANDS, LEVELS, LOAD_WIDTH, Demand

SHIFT_MINUTES = 480  # where the length of a shift is not known, a full day is taken
LONGEST = 24 * 60

# Profile answers in minutes, and the words for doing and for the job's asking.
_MINUTES = {
    "sitting": ("sit_minutes", "sit", "sits"),
    "standing": ("stand_minutes", "stand", "stands"),
    "walking": ("walk_minutes", "walk", "walks"),
    "driving": ("drive_minutes", "drive", "drives"),
    "concentrating": ("focus_minutes", "keep your mind on one thing", "needs close attention"),
}
_HARD = {
    "bending": ({"bend": "bending down", "kneel": "kneeling"}, "bends or kneels"),
    "reaching": ({"reach_up": "reaching up"}, "reaches"),
    "repeating": (
        {"grip": "gripping", "fine": "small finger work", "typing": "typing"},
        "repeats the same movements",
    ),
}
# Where nobody knows whether it can change, hard is all that can be said.
CAN_CHANGE = ("usually", "sometimes")
_FOCUS = {"hour": 60, "half": 30, "short": 10}

# Which demands an agreed adjustment eases (keys of the register of adjustments).
EASES = {
    "sit_stand": ("sitting", "standing"),
    "chair_desk": ("sitting", "standing"),
    "tools": ("lifting", "bending", "reaching", "repeating"),
    "no_heavy_lifting": ("lifting",),
    "vary_tasks": ("sitting", "standing", "walking", "bending", "reaching", "repeating", "concentrating"),
    "task_swap": ("lifting", "bending", "reaching", "driving"),
    "rest_breaks": ("sitting", "standing", "walking", "repeating", "driving", "concentrating"),
    "software": ("repeating",),
    "pace": ("repeating", "concentrating"),
    "written_tasks": ("concentrating",),
    "quiet_warm": ("concentrating",),
    "shorter_shifts": ("sitting", "standing", "walking", "driving", "concentrating"),
}


class Kind(StrEnum):
    """What a sentence says."""

    FITS = "fits"
    ASK = "ask"
    HARD_CAN_CHANGE = "hard_can_change"
    HARD = "hard"


KIND_WORDS = {
    Kind.FITS: "Fits",
    Kind.ASK: "Ask about",
    Kind.HARD_CAN_CHANGE: "Hard, but can change",
    Kind.HARD: "Hard",
}


@dataclass(frozen=True, slots=True)
class Tolerances:
    """What one person said they can do; None or nothing where they did not say.

    Attributes
    ----------
    sit_minutes, stand_minutes, walk_minutes, drive_minutes
        How long on a usual day.
    focus_minutes
        How long they can keep their mind on one thing; `focus_free` where it is as long as needed.
    lift_kg
        How much they can lift now and then.
    hard
        Movements they said are hard: reach_up, bend, kneel, grip, fine, typing. Others are not compared.
    """

    sit_minutes: float | None = None
    stand_minutes: float | None = None
    walk_minutes: float | None = None
    drive_minutes: float | None = None
    focus_minutes: float | None = None
    focus_free: bool = False
    lift_kg: float | None = None
    hard: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        minutes = [getattr(self, name) for name, _can, _asks in _MINUTES.values()]
        if any(value is not None and not (isfinite(value) and 0 <= value <= LONGEST) for value in minutes):
            raise ValueError("How long somebody can do something is between 0 minutes and a day.")
        if self.lift_kg is not None and not (isfinite(self.lift_kg) and 0 <= self.lift_kg <= 500):
            raise ValueError("How much somebody can lift is between 0 and 500 kg.")

    @classmethod
    def from_answers(cls, answers: Mapping[str, Any]) -> Tolerances:
        """Return the tolerances in the answers of the profile's section "pain_at_work".

        Parameters
        ----------
        answers
            By question: sit_minutes, stand_minutes, walk_minutes, drive_minutes, lift_kg, concentration,
            reach_grip. Missing and empty answers are unknown.

        Raises
        ------
        ValueError
            For an answer that is no number, or out of range.
        """
        asked = ("sit_minutes", "stand_minutes", "walk_minutes", "drive_minutes", "lift_kg")
        numbers = {name: float(answers[name]) for name in asked if answers.get(name) not in (None, "")}
        focus = answers.get("concentration") or ""
        return cls(
            **numbers,
            focus_minutes=_FOCUS.get(focus),
            focus_free=focus == "long",
            hard=frozenset(answers.get("reach_grip") or ()),
        )


@dataclass(frozen=True, slots=True)
class Agreed:
    """An adjustment that was agreed elsewhere: its key in the register, and its name ("a stool")."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """What one demand means for one person.

    Attributes
    ----------
    demand
        One of `demands.DEMANDS`.
    kind
        Fits, ask about, hard but can change, or hard.
    text
        Short sentences to the person.
    source
        Where the demand comes from; "authored" is a guess, and the page says so.
    """

    demand: str
    kind: Kind
    text: str
    source: str = ""


def compare(
    tolerances: Tolerances,
    demands: Mapping[str, Demand],
    agreed: Iterable[Agreed] = (),
    shift_minutes: float | None = None,
) -> list[Sentence]:
    """Put a job's demands beside what a person said of themselves.

    Parameters
    ----------
    tolerances
        What the person said. Where they said nothing, nothing is said of the demand.
    demands
        The job's demands by name; one that is missing is asked about.
    agreed
        Adjustments agreed at another job or placement.
    shift_minutes
        Length of a usual shift; a full day where it is not known.

    Returns
    -------
    list of Sentence
        In the order of `demands.DEMANDS`.

    Raises
    ------
    ValueError
        For a shift of no or of more than 24 hours.
    """
    shift = SHIFT_MINUTES if shift_minutes is None else shift_minutes
    if not 0 < shift <= LONGEST:
        raise ValueError("A shift is longer than nothing and no longer than 24 hours.")
    agreed = tuple(agreed)
    found = []
    for name in DEMANDS:
        said = _said(name, tolerances)
        if not said:
            continue
        demand = demands.get(name)
        if demand is None:
            found.append(Sentence(name, Kind.ASK, f"{said} We do not know what this job asks. Please ask."))
            continue
        kind = _kind(name, tolerances, demand, shift)
        # A break does not help somebody who cannot do a thing at all.
        never = name in _MINUTES and getattr(tolerances, _MINUTES[name][0]) == 0
        helps = [] if never else [one.name for one in agreed if name in EASES.get(one.key, ())]
        text = " ".join(filter(None, [said, _asks(name, demand), _then(kind, demand, helps)]))
        found.append(Sentence(name, kind, text, demand.source))
    return found


def _said(name: str, tolerances: Tolerances) -> str:
    """Return what the person said, or nothing where they did not say."""
    if name in _MINUTES:
        field, can, _asks_for = _MINUTES[name]
        minutes = getattr(tolerances, field)
        if name == "concentrating" and tolerances.focus_free:
            return f"You said you can {can} as long as you need."
        if minutes is None:
            return ""
        return (
            f"You said you can {can} for {_minutes(minutes)}." if minutes else f"You said you cannot {can}."
        )
    if name == "lifting":
        kg = tolerances.lift_kg
        if kg is None:
            return ""
        return f"You said you can lift {kg:g} kg." if kg else "You said you cannot lift things."
    movements = [words for key, words in _HARD[name][0].items() if key in tolerances.hard]
    if not movements:
        return ""
    return f"You said {' and '.join(movements)} {'is' if len(movements) == 1 else 'are'} hard."


def _asks(name: str, demand: Demand) -> str:
    if name == "lifting":
        if demand.load_kg is None:
            return f"This job lifts for {demand.words}. We do not know how heavy things are."
        return f"This job lifts up to about {demand.load_kg:g} kg, for {demand.words}."
    verb = _MINUTES[name][2] if name in _MINUTES else _HARD[name][1]
    return f"This job {verb} for {demand.words}."


def _then(kind: Kind, demand: Demand, helps: list[str]) -> str:
    """Return what can be done about it."""
    if kind is Kind.FITS:
        return "That fits."
    before = f"Agreed elsewhere: {', '.join(helps)}." if helps else ""
    if kind is Kind.ASK:
        return f"{before} Ask what a usual day is like.".strip()
    if kind is Kind.HARD:
        rarely = "This can rarely be changed. Ask all the same if you want the job."
        return (
            f"{before} {rarely if demand.can_change == 'rarely' else 'Ask if this can be changed.'}".strip()
        )
    return f"{before} This can {demand.can_change} be changed.".strip()


def _kind(name: str, tolerances: Tolerances, demand: Demand, shift: float) -> Kind:
    if name == "lifting":
        fit = _lifting(tolerances.lift_kg or 0.0, demand)
    elif name in _MINUTES:
        fit = _lasting(name, tolerances, demand, shift)
    else:
        fit = _moving(demand)
    if fit is not Kind.HARD:
        return fit
    return Kind.HARD_CAN_CHANGE if demand.can_change in CAN_CHANGE else Kind.HARD


def _lasting(name: str, tolerances: Tolerances, demand: Demand, shift: float) -> Kind:
    minutes = getattr(tolerances, _MINUTES[name][0])
    if minutes is None or minutes >= demand.most * shift:
        return Kind.FITS
    if demand.level == LEVELS[0]:
        return Kind.FITS if minutes else Kind.ASK
    return Kind.HARD if minutes < demand.least * shift else Kind.ASK


def _lifting(kg: float, demand: Demand) -> Kind:
    if demand.load_kg is None:
        return Kind.ASK
    if kg >= demand.load_kg * LOAD_WIDTH[1]:
        return Kind.FITS
    rare = demand.level == LEVELS[0]
    return Kind.HARD if kg < demand.load_kg * LOAD_WIDTH[0] and not rare else Kind.ASK


def _moving(demand: Demand) -> Kind:
    if demand.level == LEVELS[0]:
        return Kind.FITS
    return Kind.ASK if demand.level == LEVELS[1] else Kind.HARD


def _minutes(minutes: float) -> str:
    """Return 20 as "20 minutes", 90 as "1 hour 30 minutes"."""
    hours, rest = divmod(round(minutes), 60)
    parts = [f"{hours} hour{'s' if hours > 1 else ''}"] if hours else []
    return " ".join([*parts, f"{rest} minute{'s' if rest != 1 else ''}"] if rest or not hours else parts)
