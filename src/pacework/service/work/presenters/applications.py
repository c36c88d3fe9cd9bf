"""Applications as a board of steps and as a list of what has ended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.core.presenters import ago, day, short_day, with_query
from pacework.service.work.models import Application
from pacework.service.work.policies import STEPS


def board(applications: Iterable[Application], *, may_write: bool) -> list[dict[str, Any]]:
    """One column a step, with the open applications that have come so far."""
    steps = codes("work", "application_outcomes", "steps")
    rows = [row for row in applications if not row.outcome]
    return [
        {
            "label": steps.label(step),
            "cards": [card(row, may_write=may_write) for row in rows if row.step == step],
        }
        for step in STEPS
    ]


def card(row: Application, *, may_write: bool) -> dict[str, Any]:
    """An open application: what, where, since when, and the way on."""
    key = [row.episode.client_id, row.pk]
    since = getattr(row, f"{row.step}_on")
    found: dict[str, Any] = {
        "title": row.title,
        "where": row.where,
        "since": f"{short_day(since)}, {ago(since)}",
        "links": [],
    }
    if may_write:
        found["href"] = reverse("application-edit", args=key)
        if row.step != STEPS[-1]:
            found["links"].append({"label": "Next step", "href": reverse("application-move", args=key)})
        found["links"].append({"label": "Outcome", "href": reverse("application-end", args=key)})
    return found


def starting(row: Application, *, may_write: bool) -> dict[str, Any]:
    """An accepted offer whose job is not recorded yet."""
    key = row.episode.client_id
    if row.starts_on is None:
        words = "The first day is not agreed yet."
    elif row.starts_on > clock.today():
        words = f"Starts on {day(row.starts_on)}, {ago(row.starts_on)}."
    else:
        words = f"Was to start on {day(row.starts_on)}. Record the job once it has started."
    return {
        "title": f"{row.title}, {row.where}",
        "words": words,
        "job_href": with_query(reverse("job-new", args=[key]), application=row.pk) if may_write else "",
        "edit_href": reverse("application-edit", args=[key, row.pk]) if may_write else "",
    }


def ended(row: Application, *, may_write: bool) -> list[Any]:
    """One line of the list of ended applications."""
    outcome = codes("work", "application_outcomes", "outcomes").label(row.outcome)
    title: Any = row.title
    if may_write:
        title = {"text": row.title, "href": reverse("application-edit", args=[row.episode.client_id, row.pk])}
    return [title, row.where, {"text": outcome, "sub": row.outcome_note}, short_day(row.outcome_on)]
