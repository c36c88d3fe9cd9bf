"""What work asks for: what somebody confirmed of a vacancy, else the guess from its kind of job.

A guess comes from the table a service imported, else from the authored one. It is never stored on a vacancy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pacework.science.vacancies import demands as science
from pacework.service.employers.models.vacancies import OccupationDemand, Vacancy

DEMANDS: Mapping[str, str] = {key: key.capitalize() for key in science.DEMANDS}
SHARES: Mapping[str, str] = {
    key: words[0].upper() + words[1:] for key, words in zip(science.LEVELS, science.LEVEL_WORDS, strict=True)
}
CHANGES: Mapping[str, str] = {"yes": "Yes", "no": "No"}
# How what somebody said stands in the science's words.
_AS_SAID = {"yes": "usually", "no": "rarely", "": "unknown"}
AUTHORED_WORDS = "Pacework’s own table, authored and not measured"


@dataclass(frozen=True)
class Asked:
    """One demand of one vacancy. ``demand`` is None where nobody says and nothing is guessed."""

    key: str
    demand: science.Demand | None
    confirmed: bool
    change: str = ""
    source: str = ""

    @property
    def label(self) -> str:
        return DEMANDS[self.key]

    @property
    def words(self) -> str:
        """How much of a shift, and for lifting how heavy."""
        if self.demand is None:
            return "Not known"
        words = SHARES[self.demand.level]
        load = self.demand.load_kg
        return f"{words}, up to {load:g} kg" if load is not None and self.key == "lifting" else words

    @property
    def change_words(self) -> str:
        """Whether it can change: as somebody said, else as it usually is."""
        if self.change:
            return CHANGES[self.change]
        guess = self.demand.can_change if self.demand is not None else "unknown"
        return "Not known" if guess == "unknown" or self.confirmed else guess.capitalize()


def guesses(codes: Iterable[str]) -> dict[str, dict[str, science.Demand]]:
    """Code → demand → guess, for several occupations at once."""
    wanted = {code for code in codes if code}
    found = {
        code: dict(science.authored_table()[code].demands)
        for code in wanted
        if code in science.authored_table()
    }
    for row in OccupationDemand.objects.filter(occupation__in=wanted):
        authored = found.setdefault(row.occupation, {}).get(row.demand)
        found[row.occupation][row.demand] = _imported(row, authored)
    return found


def _imported(row: OccupationDemand, authored: science.Demand | None) -> science.Demand:
    """An imported demand. Whether it can change and how heavy, no official table says: as authored."""
    change, load = row.can_change, row.load_kg
    if authored is not None:
        change = authored.can_change if change == "unknown" else change
        load = authored.load_kg if load is None else load
    return science.Demand(row.share, row.least, row.most, change, row.source, load)


def guessed_levels(code: str) -> dict[str, str]:
    """Demand → level of the guess for one occupation."""
    return {key: demand.level for key, demand in guesses([code]).get(code, {}).items()}


def demands_of(vacancy: Vacancy) -> list[Asked]:
    """All nine, as somebody confirmed them or else as guessed."""
    return demands_of_each([vacancy])[vacancy.pk]


def demands_of_each(vacancies: Iterable[Vacancy]) -> dict[int, list[Asked]]:
    """The same for several vacancies, by their ids, with one look at the tables."""
    rows = list(vacancies)
    guessed = guesses(row.occupation for row in rows)
    return {
        row.pk: [
            _asked(key, row.demands.get(key, {}), guessed.get(row.occupation, {}).get(key)) for key in DEMANDS
        ]
        for row in rows
    }


def shift_minutes(vacancy: Vacancy) -> float | None:
    """The longest working day of the usual week, in minutes; None where it is not known."""
    days: dict[str, int] = {}
    for shift in vacancy.shifts:
        start, end = (int(shift[name][:2]) * 60 + int(shift[name][3:]) for name in ("start", "end"))
        days[shift["day"]] = days.get(shift["day"], 0) + (end - start) % (24 * 60)
    return max(days.values(), default=0) or None


def known_demands(asked: Iterable[Asked]) -> dict[str, science.Demand]:
    """Demand → what the science compares, without those nobody knows."""
    return {one.key: one.demand for one in asked if one.demand is not None}


def _asked(key: str, said: Mapping[str, Any], guess: science.Demand | None) -> Asked:
    change = said.get("change", "")
    if said.get("share"):
        load = said.get("load_kg")
        demand = science.stated(said["share"], _AS_SAID[change], load_kg=load)
        return Asked(key, demand, True, change)
    source = AUTHORED_WORDS if guess is not None and guess.source == science.AUTHORED else ""
    return Asked(key, guess, False, change, source or (guess.source if guess is not None else ""))
