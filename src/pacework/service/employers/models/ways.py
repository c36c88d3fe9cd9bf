"""How long one client needs to a vacancy: as somebody typed it, else estimated from two postcodes.

Where neither is known nothing is said, and nothing is hidden because of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pacework.service.employers import codes
from pacework.service.employers.models.vacancies import OutwardPlace, Vacancy

if TYPE_CHECKING:
    from pacework.service.cases.models import Client

Place = tuple[float, float]

OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
INWARD = re.compile(r"[0-9][A-Z]{2}")
LONGEST_OUTWARD = 4


@dataclass(frozen=True)
class Way:
    """Minutes one way; None is not known. ``kind``: typed, estimated, home or unknown."""

    minutes: int | None
    kind: str

    @property
    def words(self) -> str:
        if self.kind == "home":
            return "No travel: work at home"
        if self.minutes is None:
            return "Travel not known"
        return f"about {self.minutes} minutes" if self.kind == "estimated" else f"{self.minutes} minutes"


def outward_part(postcode: str) -> str:
    """The first half of a postcode, typed whole or in half; empty where this is none."""
    plain = postcode.upper().replace(" ", "")
    if len(plain) > LONGEST_OUTWARD and INWARD.fullmatch(plain[-3:]):
        plain = plain[:-3]
    return plain if OUTWARD.fullmatch(plain) else ""


def places() -> Mapping[str, Place]:
    """Outward postcode → latitude and longitude: the service's own table, else the invented one."""
    own = {row.outward: (row.latitude, row.longitude) for row in OutwardPlace.objects.all()}
    return own or {
        row["outward"]: (row["latitude"], row["longitude"]) for row in codes.table("outwards")["outwards"]
    }


def estimate(postcode: str, outwards: Sequence[str]) -> list[int | None]:
    """Minutes from a postcode to each district; None where one of the two is not known."""
    known = places()
    start = known.get(outward_part(postcode))
    if start is None or not outwards:
        return [None] * len(outwards)
    # Late: NumPy is loaded only where there is something to work out.
    from math import isnan, nan

    from pacework.science.vacancies.travel import travel_minutes

    found = travel_minutes(start, [known.get(name, (nan, nan)) for name in outwards])
    return [None if isnan(minutes) else int(minutes) for minutes in found.tolist()]


def ways(client: Client, vacancies: Iterable[Vacancy]) -> dict[int, Way]:
    """The way of one client, who came through the door, to each vacancy, by its id."""
    rows = list(vacancies)
    typed = {way.site_id: way.minutes for way in client.travel.all() if way.minutes is not None}
    estimated = estimate(client.postcode, [row.outward for row in rows])
    return {row.pk: _way(row, typed, minutes) for row, minutes in zip(rows, estimated, strict=True)}


def _way(vacancy: Vacancy, typed: Mapping[int, int], estimated: int | None) -> Way:
    if vacancy.home_working == Vacancy.Home.ALL:
        return Way(0, "home")
    if vacancy.site_id is not None and vacancy.site_id in typed:
        return Way(typed[vacancy.site_id], "typed")
    return Way(estimated, "unknown" if estimated is None else "estimated")
