"""Service-wide rows for the manager's counts: read whole and without names, so they pass no single door."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Count

from pacework.science.measures import rules
from pacework.science.measures.stages import Stage
from pacework.service.cases.models import Episode
from pacework.service.work.models import JobSpell
from pacework.service.work.rows import spells_of


def entrants() -> list[rules.Entrant]:
    """Every episode as the rates count it."""
    rows = Episode.objects.order_by().values_list(
        "pk", "client_id", "accepted_on", "profile_started_on", "employed_at_entry", "closed_on"
    )
    return [
        rules.Entrant(
            id=pk,
            person=client,
            accepted_on=accepted,
            profile_started_on=profile,
            in_work_at_entry=employed,
            closed_on=closed,
        )
        for pk, client, accepted, profile, employed, closed in rows
    ]


def spells() -> list[rules.JobSpell]:
    """Every job as the rates count it."""
    return spells_of(JobSpell.objects.all())


def stage_counts() -> dict[str, int]:
    """How many open episodes stand at each stage, in the order support usually goes."""
    found: dict[str, int] = defaultdict(int)
    rows = Episode.objects.open().with_stage().order_by().values("stage").annotate(people=Count("pk"))
    for row in rows:
        found[row["stage"]] = row["people"]
    return {stage.value: found[stage.value] for stage in Stage if stage is not Stage.CLOSED}
