"""Days away in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from pacework.service.core.presenters import day
from pacework.service.work.models import Absence, JobSpell, Placement

HEAD = ["Days away", "From", "Why", "Certified"]
OWN_HEAD = ["Days away", "From", "Why", "Fit note"]


def thing_words(thing: JobSpell | Placement) -> str:
    where = thing.where if isinstance(thing, JobSpell) else str(thing.employer)
    return f"{thing.title}, {where}"


def choices(jobs: Iterable[JobSpell], placements: Iterable[Placement]) -> list[tuple[str, str]]:
    """What one can be away from: every job and every placement that has begun."""
    found = [(f"job-{row.pk}", thing_words(row)) for row in jobs]
    return found + [(f"placement-{row.pk}", thing_words(row)) for row in placements if row.started_on]


def days_words(row: Absence) -> str:
    if row.last_day is None:
        return f"Since {day(row.first_day)}"
    if row.last_day == row.first_day:
        return day(row.first_day)
    return f"{day(row.first_day)} to {day(row.last_day)}"


def table_row(row: Absence, *, own: bool, may_write: bool) -> list[Any]:
    """One line of the list; its days lead to the page that puts them right."""
    href = reverse("my-absence-edit", args=[row.pk])
    if not own:
        href = reverse("absence-edit", args=[row.episode.client_id, row.pk])
    days = days_words(row)
    return [
        {"text": days, "href": href} if may_write else days,
        thing_words(row.job or row.placement),  # type: ignore[arg-type]
        "Pain" if row.pain_related else "Something else",
        {"fit_note": "Yes", "self": "No", "none": "Not needed"}[row.certified]
        if own
        else row.get_certified_display(),
    ]
