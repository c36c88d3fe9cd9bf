"""Vacancies that come as a list or as an advert's page: kept as read, added when somebody confirms them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError
from pacework.service.core.records import hold
from pacework.service.employers import permissions
from pacework.service.employers.actions.checks import check_code
from pacework.service.employers.actions.employers import add_employer
from pacework.service.employers.actions.vacancies import add_vacancy
from pacework.service.employers.models import Employer, IncomingVacancy, Vacancy, VacancyBatch
from pacework.service.employers.models.places import employer_key
from pacework.service.people.models import User

KEPT = timedelta(days=30)


def employer_called(name: str) -> Employer | None:
    """The employer of this name, whatever its capitals, points and legal form."""
    key = employer_key(name)
    return Employer.objects.filter(name_key=key).order_by("pk").first() if key else None


@action
def add_vacancy_of(employer_name: str, *, by: User, confirmed: bool = False, **details: Any) -> Vacancy:
    """Add a vacancy of an employer given by name: the known one, or a new one if it looks like no other.

    ``confirmed``: somebody has said that it is another one, whether employer or vacancy of the same title.
    """
    permissions.check_edit_employers(by)
    if not employer_key(employer_name):
        raise DomainError("Enter the name of the employer.", field="employer_name")
    employer = employer_called(employer_name) or add_employer(by=by, name=employer_name, confirmed=confirmed)
    return add_vacancy(employer, by=by, confirmed=confirmed, **details)


@action
def stage_vacancies(
    rows: Sequence[IncomingVacancy],
    *,
    by: User,
    kind: str,
    name: str,
    notes: Sequence[str] = (),
    unknown: Sequence[str] = (),
) -> VacancyBatch:
    """Keep what was read of a list or a page, to be looked at. Nothing is added to the vacancies yet."""
    permissions.check_edit_employers(by)
    check_code(kind, VacancyBatch.Kind.values, field="file")
    batch = VacancyBatch.objects.create(
        kind=kind, name=name[:120], notes=list(notes), unknown=list(unknown), added_by=by
    )
    for row in rows:
        row.batch = batch
    IncomingVacancy.objects.bulk_create(rows)
    trace("vacancy_batch.read", batch, by=by, fields=("kind", "name"))
    return batch


@action
def add_incoming(
    row: IncomingVacancy, *, by: User, employer_name: str, confirmed: bool = True, **details: Any
) -> Vacancy:
    """Add one row that somebody has confirmed. The same row, of this or another list, is added once.

    ``confirmed``: an employer that looks like another one may be new; the preview said which are.
    """
    permissions.check_edit_employers(by)
    hold(row.batch)
    if Vacancy.objects.filter(import_key=row.key).exists():
        raise DomainError("This vacancy is here already.")
    row.vacancy = add_vacancy_of(employer_name, by=by, confirmed=confirmed, import_key=row.key, **details)
    row.save(update_fields=["vacancy"])
    return row.vacancy


@action
def leave_out_row(row: IncomingVacancy, *, by: User) -> None:
    """Delete a row that nobody wants; one that was added stays with its list."""
    permissions.check_edit_employers(by)
    hold(row.batch)
    if IncomingVacancy.objects.filter(pk=row.pk, vacancy__isnull=False).exists():
        raise DomainError("This row was added already.")
    trace("vacancy_row.left_out", row, by=by, fields=("number",))
    row.delete()


@action
def forget_batch(batch: VacancyBatch, *, by: User | None) -> None:
    """Delete what was read; the vacancies that were added stay. Nobody: the daily job."""
    if by is not None:
        permissions.check_edit_employers(by)
    trace("vacancy_batch.forgotten", batch, by=by)
    batch.delete()


def forget_old_batches() -> int:
    """Forget every list and page read more than 30 days ago. Returns how many."""
    old = list(VacancyBatch.objects.filter(added_at__lt=clock.now() - KEPT))
    for batch in old:
        forget_batch(batch, by=None)
    return len(old)
