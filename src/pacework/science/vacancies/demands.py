"""What a job asks of the body and mind: nine demands, each as a share of a shift, with its uncertainty.

`data/demands.csv` is authored: nobody measured it. A cell such as ``3s`` is the level (0 hardly any of a
shift, 1 some, 2 about half, 3 most, 4 nearly all) and whether that can usually be changed (u usually,
s sometimes, r rarely). Codes and titles are unit groups of the Standard Occupational Classification 2020
(Office for National Statistics, Open Government Licence v3.0). Official figures (`onet`) or what the employer
says replace it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import isfinite

_BODY = ("sitting", "standing", "walking", "lifting", "bending", "reaching", "repeating", "driving")
DEMANDS = (*_BODY, "concentrating")
LEVELS = ("hardly", "some", "half", "most", "nearly_all")
SHARES = (0.02, 0.2, 0.5, 0.75, 0.95)  # of a shift, the middle of each level
_WORDS = ("hardly any of", "some of", "about half of", "most of", "nearly all of")
LEVEL_WORDS = tuple(f"{words} a shift" for words in _WORDS)
CHANGES = {"u": "usually", "s": "sometimes", "r": "rarely", "": "unknown"}
AUTHORED = "authored"
# The authored load may be well off either way: 10 kg stands for 6 to 15.
LOAD_WIDTH = (0.6, 1.5)


@dataclass(frozen=True, slots=True)
class Demand:
    """How much of a shift a job asks one thing.

    Attributes
    ----------
    share
        Likely share of a shift, 0 to 1.
    least, most
        The range it may well lie in.
    can_change
        "usually", "sometimes", "rarely" or "unknown": whether the employer can change it.
    source
        "authored", "onet", or whatever the caller names: "employer", "advert".
    load_kg
        For lifting, the heaviest usual load; None where it is not known.
    """

    share: float
    least: float
    most: float
    can_change: str = "unknown"
    source: str = AUTHORED
    load_kg: float | None = None

    def __post_init__(self) -> None:
        if not (isfinite(self.share) and 0 <= self.least <= self.share <= self.most <= 1):
            raise ValueError("A demand is a share of a shift between 0 and 1, inside its own range.")
        if self.can_change not in CHANGES.values():
            raise ValueError(f"“{self.can_change}” does not say whether a demand can change.")
        if self.load_kg is not None and not 0 <= self.load_kg <= 500:
            raise ValueError("A load is between 0 and 500 kg.")

    @property
    def level(self) -> str:
        """The level of `LEVELS` whose middle is nearest."""
        return LEVELS[self._nearest]

    @property
    def words(self) -> str:
        """The level in words: "most of a shift"."""
        return LEVEL_WORDS[self._nearest]

    @property
    def _nearest(self) -> int:
        return min(range(len(SHARES)), key=lambda place: abs(SHARES[place] - self.share))


@dataclass(frozen=True, slots=True)
class Occupation:
    """The demands of one occupation.

    Attributes
    ----------
    code, title
        SOC 2020 unit group, or O*NET-SOC code and title.
    demands
        By name of `DEMANDS`; a demand that is not known is missing.
    source
        Where the row comes from.
    """

    code: str
    title: str
    demands: Mapping[str, Demand]
    source: str


def stated(
    level: str, can_change: str = "unknown", *, source: str = "employer", load_kg: float | None = None
) -> Demand:
    """Return a demand that somebody stated for one vacancy: its level, with no more room than the level has.

    Parameters
    ----------
    level
        One of `LEVELS`.
    can_change
        "usually", "sometimes", "rarely" or "unknown".
    source
        Who said it.
    load_kg
        For lifting, the heaviest usual load.

    Raises
    ------
    ValueError
        For a level that is none of `LEVELS`, or a load out of range.
    """
    place = LEVELS.index(level) if level in LEVELS else -1
    if place < 0:
        raise ValueError(f"“{level}” is not a level of demand.")
    edges = [0.0, *((low + high) / 2 for low, high in pairwise(SHARES)), 1.0]
    return Demand(SHARES[place], edges[place], edges[place + 1], can_change, source, load_kg)


@cache
def authored_table() -> Mapping[str, Occupation]:
    """Return the authored demands by SOC 2020 unit group."""
    text = files("pacework.science.vacancies.data").joinpath("demands.csv").read_text(encoding="utf-8")
    return read_table(text)


def read_table(text: str) -> Mapping[str, Occupation]:
    """Read a table of demands in the layout of `data/demands.csv`.

    Parameters
    ----------
    text
        The file's content.

    Returns
    -------
    Mapping
        Occupations by code.

    Raises
    ------
    ValueError
        With the line, for a cell that is no level, a code given twice, or a load that is no number.
    """
    found: dict[str, Occupation] = {}
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        try:
            occupation = _occupation(row)
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"Line {number} of the table of demands cannot be read ({error}).") from error
        if occupation.code in found:
            raise ValueError(f"Line {number} of the table of demands repeats {occupation.code}.")
        found[occupation.code] = occupation
    return found


def _occupation(row: dict[str, str]) -> Occupation:
    source = row["source"]
    load = float(row["load_kg"])
    demands = {
        name: _wide(row[name], source, load if name == "lifting" else None) for name in DEMANDS if row[name]
    }
    return Occupation(row["soc"], row["title"], demands, source)


def _wide(cell: str, source: str, load_kg: float | None) -> Demand:
    """Return an authored cell with a whole level of room on either side."""
    level, change = cell[0], cell[1:]
    if level not in "01234" or change not in CHANGES:
        raise ValueError(f"“{cell}” is no level")
    place = int(level)
    least, most = (SHARES[max(place - 1, 0)], SHARES[min(place + 1, 4)])
    return Demand(SHARES[place], least, most, CHANGES[change], source, load_kg)
