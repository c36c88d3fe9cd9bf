"""What the work asks for, on the screen: each with a mark that says whether somebody knows it."""

from __future__ import annotations

from typing import Any

from pacework.service.core.presenters import listed
from pacework.service.employers import codes
from pacework.service.employers.models import Vacancy
from pacework.service.employers.models.demands import Asked, demands_of


def rows(vacancy: Vacancy) -> list[list[Any]]:
    """A row for each demand that is known or guessed; none while there is nothing to say."""
    found = demands_of(vacancy)
    if not any(one.demand is not None or one.change for one in found):
        return []
    return [[one.label, one.words, one.change_words, basis(one)] for one in found]


def basis(one: Asked) -> Any:
    """Whether somebody who knows the job said so, or it is a guess for this kind of job."""
    if one.confirmed:
        return {"text": "Confirmed", "tag": "green"}
    return {"text": "Guess", "tag": "grey"} if one.demand is not None else "–"


def guessed_from(vacancy: Vacancy) -> str:
    """Where the guesses come from, in one sentence; empty where there are none."""
    sources = sorted({one.source for one in demands_of(vacancy) if one.source})
    if not sources:
        return ""
    return f"Guessed from the kind of job, {codes.occupation(vacancy.occupation)}. Source: {listed(sources)}."
