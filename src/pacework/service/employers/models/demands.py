"""What work asks for: nine demands, how much of a shift each takes, and the guess from the kind of job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pacework.service.employers.models.vacancies import OccupationDemand, Vacancy

DEMANDS: Mapping[str, str] = {
    "sitting": "Sitting",
    "standing": "Standing",
    "walking": "Walking",
    "lifting": "Lifting",
    "bending": "Bending",
    "reaching": "Reaching",
    "repeating": "Repeating",
    "driving": "Driving",
    "concentrating": "Concentrating",
}
SHARES: Mapping[str, str] = {
    "never": "Not at all",
    "little": "A little of a shift",
    "some": "Some of a shift",
    "most": "Most of a shift",
    "all": "Nearly all of a shift",
}
CHANGES: Mapping[str, str] = {"yes": "Can be changed", "no": "Cannot be changed"}


@dataclass(frozen=True)
class Demand:
    """One demand of one vacancy: how much, whether it can change, and who says so."""

    key: str
    share: str
    change: str
    confirmed: bool
    source: str = ""

    @property
    def label(self) -> str:
        return DEMANDS[self.key]

    @property
    def words(self) -> str:
        """How much of a shift; "Not known" where nobody says."""
        return SHARES.get(self.share, "Not known")


def guesses(code: str) -> dict[str, tuple[str, str]]:
    """Demand → (share, source) for an occupation: what was imported first, then the authored table."""
    if not code:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for row in OccupationDemand.objects.filter(occupation=code):
        found[row.demand] = (row.share, row.source)
    return found


def guessed_shares(code: str) -> dict[str, str]:
    return {demand: share for demand, (share, _) in guesses(code).items()}


def demands_of(vacancy: Vacancy) -> list[Demand]:
    """All nine, as somebody confirmed them or else as guessed."""
    guessed = guesses(vacancy.occupation)
    return [_one(key, vacancy.demands.get(key, {}), guessed.get(key, ("", ""))) for key in DEMANDS]


def _one(key: str, said: Mapping[str, str], guess: tuple[str, str]) -> Demand:
    share, source = guess
    confirmed = bool(said.get("share"))
    return Demand(
        key, said.get("share") or share, said.get("change", ""), confirmed, "" if confirmed else source
    )
