"""Weeks, hours and what stands behind them."""

from __future__ import annotations

from datetime import date

from pacework.science.measures import rules
from pacework.service.cases.models import Client, Consent
from pacework.service.cases.policies import check_consents_to
from pacework.service.core.codes import codes
from pacework.service.core.errors import DomainError
from pacework.service.core.presenters import day as day_words
from pacework.service.work.hours import MINUTES_IN_A_WEEK, in_words, week_is_over
from pacework.service.work.models import JobSpell
from pacework.service.work.policies.common import check_code
from pacework.service.work.rows import spell


def check_monday(week: date) -> None:
    if week.weekday() != 0:
        raise DomainError("A week is named by its Monday.", field="week")


def check_week(job: JobSpell, week: date, *, field: str) -> None:
    """A week of the job that is over: then its hours can no longer grow."""
    check_monday(week)
    if not spell(job).open_between(week, rules.sunday(week)):
        raise DomainError(f"The job was not held in the week of {day_words(week)}.", field=field)
    if not week_is_over(week):
        raise DomainError("This week is not over yet. Record its hours from Sunday on.", field=field)


def check_minutes(minutes: int | None, elsewhere: int, *, field: str) -> None:
    """Hours of one week, with those of the other jobs, fit into a week."""
    if minutes is None:
        return
    if minutes < 0:
        raise DomainError("Hours cannot be below 0.", field=field)
    if minutes + elsewhere > MINUTES_IN_A_WEEK:
        other = f" With {in_words(elsewhere)} in another job this is too much." if elsewhere else ""
        raise DomainError(f"A week has 168 hours.{other}", field=field)


def check_evidence(client: Client, key: str, *, own: bool, field: str) -> None:
    """A known kind; the client gives their word; asking the employer needs consent to that."""
    check_code("evidence_types", key, field=field)
    if own and key != "client_word":
        raise DomainError("Your own hours are recorded as your word.", field=field)
    if codes("work", "evidence_types")[key].get("needs_employer_contact"):
        try:
            check_consents_to(client, Consent.Layer.EMPLOYER_CONTACT)
        except DomainError as refusal:
            raise DomainError(refusal.sentence, field=field) from None
