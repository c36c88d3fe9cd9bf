"""Steps of an application and how it may end."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from pacework.service.core.codes import codes
from pacework.service.core.errors import DomainError
from pacework.service.core.presenters import day as day_words
from pacework.service.work.models import Application
from pacework.service.work.policies.common import check_code

STEPS = ("idea", "applied", "interview", "offer")


def step_dates(application: Application) -> list[tuple[str, date]]:
    """The dated steps so far, in the order of the steps."""
    dated = [(step, getattr(application, f"{step}_on")) for step in STEPS]
    return [(step, day) for step, day in dated if day is not None]


def check_undecided(application: Application) -> None:
    if application.outcome:
        label = codes("work", "application_outcomes", "outcomes").label(application.outcome)
        raise DomainError(f"This application has ended: {label[0].lower()}{label[1:]}.")


def check_next_step(application: Application, to: str) -> None:
    """Later steps only; steps may be skipped."""
    if to not in STEPS:
        raise DomainError("Choose one from the list.", field="to")
    if STEPS.index(to) <= STEPS.index(application.step):
        label = codes("work", "application_outcomes", "steps").label(application.step)
        raise DomainError(f"The application is at “{label}” already. Choose a later step.", field="to")


def check_steps_in_order(application: Application, *, field: str = "") -> None:
    """Each step on the day of the one before, or later.

    ``field``: where to say so; else beside the later step.
    """
    dated = step_dates(application)
    for (before, early), (step, late) in pairwise(dated):
        if late < early:
            label = codes("work", "application_outcomes", "steps").label(before)
            raise DomainError(
                f"“{label}” was on {day_words(early)}. The next step cannot be earlier.",
                field=field or f"{step}_on",
            )


def check_application_end(
    application: Application, *, outcome: str, on: date, starts_on: date | None
) -> None:
    """An outcome that can follow the step the application is at; a first day only with an accepted offer."""
    check_code("application_outcomes", outcome, field="outcome", table="outcomes")
    if application.step not in codes("work", "application_outcomes", "outcomes")[outcome]["from"]:
        label = codes("work", "application_outcomes", "steps").label(application.step)
        raise DomainError(f"This outcome does not follow the step “{label}”.", field="outcome")
    last = step_dates(application)[-1][1]
    if on < last:
        raise DomainError(f"The last step was on {day_words(last)}. It cannot end earlier.", field="on")
    if starts_on is None:
        return
    if outcome != "accepted":
        raise DomainError("Only an accepted offer has a first day. Leave this date empty.", field="starts_on")
    if starts_on < last:
        raise DomainError(
            f"The offer was made on {day_words(last)}. The job starts later.", field="starts_on"
        )
