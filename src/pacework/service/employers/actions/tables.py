"""Tables a service brings itself: demands of occupations, and where postcode districts lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError
from pacework.service.employers import permissions
from pacework.service.employers.models import OccupationDemand, OutwardPlace
from pacework.service.employers.models import demands as table
from pacework.service.people.models import User

SLICE = 500


def _check_may(by: User | None) -> None:
    # Nobody: the terminal, which belongs to whoever runs the service.
    if by is not None:
        permissions.check_edit_employers(by)


@action
def replace_demands(rows: Mapping[str, Mapping[str, str]], *, by: User | None, source: str) -> int:
    """Put imported demands (code → demand → share) in the place of earlier ones. Returns how many."""
    _check_may(by)
    if not rows:
        raise DomainError("This table has no occupation that can be used.")
    made = [
        OccupationDemand(occupation=code, demand=demand, share=share, source=source[:200])
        for code, shares in rows.items()
        for demand, share in shares.items()
        if demand in table.DEMANDS and share in table.SHARES
    ]
    OccupationDemand.objects.all().delete()
    OccupationDemand.objects.bulk_create(made, batch_size=SLICE)
    trace("occupation_demands.imported", OccupationDemand(), by=by, fields=("source",))
    return len(made)


@action
def replace_outwards(places: Sequence[tuple[str, float, float]], *, by: User | None) -> int:
    """Put imported postcode districts (outward, latitude, longitude) in the place of all others."""
    _check_may(by)
    if not places:
        raise DomainError("This table has no postcode district that can be used.")
    OutwardPlace.objects.all().delete()
    OutwardPlace.objects.bulk_create(
        [OutwardPlace(outward=name, latitude=lat, longitude=lon) for name, lat, lon in places],
        batch_size=SLICE,
    )
    trace("outwards.imported", OutwardPlace(), by=by)
    return len(places)
