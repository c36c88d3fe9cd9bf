"""How many clients each ESW carries for the hours they work, and what the fidelity scale says about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from pacework.science.measures.scales import CaseloadScore, caseload, scale
from pacework.service.cases.models.episode import Assignment
from pacework.service.people.models import Role, User


@dataclass(frozen=True)
class Load:
    """One ESW's caseload. ``offered`` clients are asked for and not on it yet."""

    esw: User
    active: int
    offered: int

    @property
    def wte(self) -> Decimal:
        return self.esw.wte

    @property
    def score(self) -> CaseloadScore:
        """The fidelity item: the exact ratio, never rounded before it is scored."""
        return caseload(self.active, self.wte)

    @property
    def full_at(self) -> Decimal:
        """How many clients these hours carry at the best score."""
        return Decimal(scale().caseload_edges[0].up_to) * self.wte

    def with_more(self, clients: int) -> Load:
        """What it would be with so many clients more, or fewer."""
        return Load(self.esw, max(0, self.active + clients), self.offered)


def esws_of(teams: Any) -> Any:
    """The ESWs at work in these teams."""
    return User.objects.filter(role=Role.ESW, is_active=True, memberships__team__in=teams).distinct()


def loads(esws: Iterable[User]) -> list[Load]:
    """The caseload of each of these ESWs, in one query."""
    people = list(esws)
    counted = {
        row["esw"]: row
        for row in Assignment.objects.open()
        .filter(esw__in=people, episode__closed_on__isnull=True)
        .order_by()
        .values("esw")
        .annotate(
            active=Count("pk", filter=Q(accepted_on__isnull=False)),
            offered=Count("pk", filter=Q(accepted_on__isnull=True)),
        )
    }
    nothing = {"active": 0, "offered": 0}
    return [
        Load(person, counted.get(person.pk, nothing)["active"], counted.get(person.pk, nothing)["offered"])
        for person in people
    ]
