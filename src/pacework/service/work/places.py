"""How many places of placement opportunities are taken: under way, or planned."""

from __future__ import annotations

from django.db.models import Count

from pacework.service.work.models import Placement


def taken(opportunities: list[int]) -> dict[int, int]:
    """People who have a place in each opportunity, by its id."""
    rows = Placement.objects.holding_a_place().filter(opportunity__in=opportunities)
    return dict(rows.order_by().values_list("opportunity").annotate(Count("pk")))
