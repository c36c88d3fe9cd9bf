"""How many places of an opportunity are taken. Placements lie in a room above this one, which counts them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pacework.service.employers.models import PlacementOpportunity

# Given opportunity ids, how many people have a place in each now.
Counter = Callable[[list[int]], dict[int, int]]
_counters: list[Counter] = []


def add_counter(counter: Counter) -> None:
    """Let the room that holds placements say how many are running."""
    _counters.append(counter)


def places_free(opportunities: Iterable[PlacementOpportunity]) -> dict[int, int]:
    """Places not taken now, by opportunity id. Never below none, even if more people came than agreed."""
    rows = list(opportunities)
    taken: dict[int, int] = {}
    for counter in _counters:
        for pk, number in counter([row.pk for row in rows]).items():
            taken[pk] = taken.get(pk, 0) + number
    return {row.pk: max(0, row.places - taken.get(row.pk, 0)) for row in rows}
