"""Checks that several actions of this room share: known codes, and rows of the right employer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from pacework.service.core import clock
from pacework.service.core.errors import DomainError
from pacework.service.employers.models import Employer, EmployerPerson, Site


def check_code(value: str, known: Collection[str], *, field: str) -> None:
    """Raise unless the code is in its list."""
    if value not in known:
        raise DomainError("Choose one from the list.", field=field)


def check_of_employer(
    employer: Employer,
    *,
    site: Site | None = None,
    person: EmployerPerson | None = None,
    person_field: str = "person",
) -> None:
    """Raise unless the site and the person are this employer's."""
    if site is not None and site.employer_id != employer.pk:
        raise DomainError(f"This site does not belong to {employer}.", field="site")
    if person is not None and person.employer_id != employer.pk:
        raise DomainError(f"This person does not work for {employer}.", field=person_field)


def check_not_future(day: date, *, field: str) -> None:
    if day > clock.today():
        raise DomainError("This date is in the future. Enter today or an earlier date.", field=field)
