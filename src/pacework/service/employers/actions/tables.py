"""Tables a service brings itself: occupations, what they ask for, and where postcode districts lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pacework.science.vacancies.demands import Demand
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError
from pacework.service.employers import permissions
from pacework.service.employers.models import OccupationDemand, OccupationTitle, OutwardPlace
from pacework.service.people.models import User

SLICE = 500


def _check_may(by: User | None) -> None:
    # Nobody: the terminal, which belongs to whoever runs the service.
    if by is not None:
        permissions.check_edit_employers(by)


@action
def replace_demands(rows: Mapping[str, Mapping[str, Demand]], *, by: User | None) -> int:
    """Put imported demands (code → demand) in the place of those imported before. Returns how many."""
    _check_may(by)
    made = [
        OccupationDemand(
            occupation=code,
            demand=name,
            share=one.share,
            least=one.least,
            most=one.most,
            can_change=one.can_change,
            load_kg=one.load_kg,
            source=one.source[:200],
        )
        for code, demands in rows.items()
        for name, one in demands.items()
    ]
    if not made:
        raise DomainError("This table has no occupation that can be used.")
    OccupationDemand.objects.all().delete()
    OccupationDemand.objects.bulk_create(made, batch_size=SLICE)
    trace("occupation_demands.imported", OccupationDemand(), by=by)
    return len(made)


@action
def replace_occupations(rows: Sequence[tuple[str, str]], *, by: User | None) -> int:
    """Put an imported classification (code, title) in the place of an earlier one."""
    _check_may(by)
    if not rows:
        raise DomainError("This table has no occupation that can be used.")
    OccupationTitle.objects.all().delete()
    OccupationTitle.objects.bulk_create(
        [OccupationTitle(code=code, title=title[:200]) for code, title in rows], batch_size=SLICE
    )
    trace("occupations.imported", OccupationTitle(), by=by)
    return len(rows)


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
