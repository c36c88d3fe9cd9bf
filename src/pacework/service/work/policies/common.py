"""Rules shared by everything about work: codes, days, employers."""

from __future__ import annotations

from datetime import date

from pacework.service.cases.models import Client, Episode
from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.core.errors import DomainError
from pacework.service.core.presenters import day as day_words
from pacework.service.employers.models import Employer, EmployerPerson, Site


def check_code(room_list: str, key: str, *, field: str, table: str = "") -> None:
    """The key is one of the coded answers."""
    if key not in codes("work", room_list, table):
        raise DomainError("Choose one from the list.", field=field)


def check_day(episode: Episode, day: date, *, field: str, since_referral: bool = True) -> None:
    """A day that has come, after the birth and, for what happens in support, after the referral."""
    if day > clock.today():
        raise DomainError("This date is in the future. Enter today or an earlier date.", field=field)
    check_born(episode.client, day, field=field)
    if since_referral and day < episode.referred_on:
        raise DomainError(
            f"This is before the referral on {day_words(episode.referred_on)}. Check the date.", field=field
        )


def check_born(client: Client, day: date, *, field: str) -> None:
    if client.birth_date is not None and day < client.birth_date:
        raise DomainError("This date is before the client was born.", field=field)


def check_words(text: str, *, field: str, sentence: str) -> None:
    if not text.strip():
        raise DomainError(sentence, field=field)


def check_employer_said(employer: Employer | None, words: str) -> None:
    """An employer of the list, or its name: one of the two."""
    if employer is None and not words.strip():
        raise DomainError("Choose an employer, or write its name.", field="employer")
    if employer is not None and words.strip():
        raise DomainError(
            "Choose an employer from the list or write a name, not both.", field="employer_words"
        )


def check_of_employer(
    employer: Employer | None, *, site: Site | None = None, person: EmployerPerson | None = None
) -> None:
    if site is not None and (employer is None or site.employer_id != employer.pk):
        raise DomainError("This site belongs to another employer.", field="site")
    if person is not None and (employer is None or person.employer_id != employer.pk):
        raise DomainError("This person works for another employer.", field="named_manager")
