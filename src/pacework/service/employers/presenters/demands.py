"""What the work asks for, on the screen: each with a mark that says whether somebody knows it."""

from __future__ import annotations

from typing import Any

from pacework.service.core.presenters import listed
from pacework.service.employers import codes
from pacework.service.employers.models import Vacancy
from pacework.service.employers.models.demands import CHANGES, demands_of


def rows(vacancy: Vacancy) -> list[list[Any]]:
    """A row for each demand that is known or guessed; none while there is nothing to say."""
    found = demands_of(vacancy)
    if not any(demand.share or demand.change for demand in found):
        return []
    return [
        [
            demand.label,
            demand.words,
            CHANGES.get(demand.change, "Not known"),
            basis(demand.confirmed, demand.share),
        ]
        for demand in found
    ]


def basis(confirmed: bool, share: str) -> Any:
    """Whether somebody who knows the job said so, or it is a guess for this kind of job."""
    if confirmed:
        return {"text": "Confirmed", "tag": "green"}
    return {"text": "A guess for this kind of job", "tag": "grey"} if share else "–"


def guessed_from(vacancy: Vacancy) -> str:
    """Where the guesses come from, in one sentence; empty where there are none."""
    sources = sorted({demand.source for demand in demands_of(vacancy) if demand.source})
    if not sources:
        return ""
    return f"Guessed from the kind of job, {codes.occupation(vacancy.occupation)}. Source: {listed(sources)}."
