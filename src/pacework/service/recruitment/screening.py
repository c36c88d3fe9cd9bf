"""The eligibility presets as this room uses them: which one applies, its answers, its decision in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pacework.science.measures.eligibility import Decision, Preset, preset, preset_names
from pacework.service.cases.models import EmploymentStatus
from pacework.service.recruitment.models import Referral

ROUTINE = "routine"


def presets() -> list[Preset]:
    """Every preset, the routine service first."""
    return sorted(
        (preset(name) for name in preset_names()), key=lambda one: (one.kind != "routine", one.title)
    )


def preset_of(referral: Referral) -> Preset:
    """The rules this referral is screened by; one no longer shipped means the routine service."""
    return preset(referral.preset if referral.preset in preset_names() else ROUTINE)


def decision_words(applied: Preset, decision: Decision) -> str:
    """The decision as it is shown and kept: the result, then each criterion on its own line."""
    return "\n".join([decision.words, *(reason.words for reason in decision.reasons)])


def as_stored(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as JSON: dates as ISO text, unknown ones left out. The birth date lives on the client only."""
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in answers.items()
        if value is not None and key != "born_on"
    }


def from_stored(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Stored answers with their dates as dates again."""
    found: dict[str, Any] = {}
    for key, value in stored.items():
        try:
            found[key] = date.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            found[key] = value
    return found


def is_employed(status: str) -> bool:
    """Whether an employment status means paid work."""
    return status in (EmploymentStatus.Status.EMPLOYED, EmploymentStatus.Status.OFF_SICK)
