"""Adding, changing and moving vacancies; confirming their shifts and what the work asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError, NeedsConfirmation
from pacework.service.employers import permissions, policies
from pacework.service.employers.actions.checks import check_code, check_of_employer
from pacework.service.employers.models import Employer, Site, Vacancy
from pacework.service.employers.models import demands as table
from pacework.service.employers.models.ways import outward_part
from pacework.service.people.models import User


class Details(TypedDict, total=False):
    """What a vacancy says of itself; what is not named stays as it is."""

    title: str
    site: Site | None
    occupation: str
    tasks: str
    hours_text: str
    hours_a_week: Decimal | None
    pay: Decimal | None
    pay_to: Decimal | None
    pay_period: str
    home_working: str
    outward: str
    flexibility: str
    closes_on: date | None
    source: str
    reference: str


DETAILS = tuple(Details.__annotations__)
WORKED_OUT = ("pay_an_hour", "pay_an_hour_to")
WEEK = ("shifts", "shifts_vary", "hours_a_week", "break_minutes", "swap_days")
MOST_SHIFTS = 28
MOST_BREAK = 240
MOST_LOAD = 200


def _put_details(vacancy: Vacancy, details: Details) -> None:
    values: dict[str, Any] = {name: getattr(vacancy, name) for name in DETAILS}
    if unknown := details.keys() - values.keys():
        raise TypeError(f"A vacancy has no {', '.join(sorted(unknown))}.")
    values.update(details)
    site = values["site"]
    check_of_employer(vacancy.employer, site=site)
    policies.check_vacancy(values)
    check_code(values["home_working"], Vacancy.Home.values, field="home_working")
    if values["pay"] is None:
        values["pay_period"] = ""
    # Where nobody typed one, the site's postcode says where the work is.
    typed = policies.outward_of(values["outward"])
    values["outward"] = typed or (outward_part(site.postcode) if site is not None else "")
    for name, value in values.items():
        setattr(vacancy, name, value)
    _work_out_pay(vacancy)


def _work_out_pay(vacancy: Vacancy) -> None:
    period, hours = vacancy.pay_period, vacancy.hours_a_week
    vacancy.pay_an_hour = policies.pay_an_hour(vacancy.pay, period, hours)
    vacancy.pay_an_hour_to = policies.pay_an_hour(vacancy.pay_to, period, hours)


@action
def add_vacancy(
    employer: Employer, *, by: User, import_key: str = "", confirmed: bool = True, **details: Unpack[Details]
) -> Vacancy:
    """Add a job that can be applied for. Its shifts are confirmed in a step of their own.

    ``confirmed``: another open vacancy of the same title may be there; unless somebody said so, ask first.
    """
    permissions.check_edit_employers(by)
    same = not confirmed and Vacancy.objects.likely_same(employer, details.get("title", ""), clock.today())
    if same:
        raise NeedsConfirmation(
            f"There is already an open vacancy “{same[0]}” at {employer}. "
            "Tick the box if yours is another one.",
            field="confirmed",
        )
    vacancy = Vacancy(employer=employer, added_by=by, status_on=clock.today(), import_key=import_key)
    _put_details(vacancy, details)
    vacancy.save()
    trace("vacancy.added", vacancy, by=by, fields=("employer", *DETAILS))
    return vacancy


@action
def edit_vacancy(vacancy: Vacancy, *, by: User, expected: int | None, **details: Unpack[Details]) -> Vacancy:
    """Change what is known about a vacancy."""
    permissions.check_edit_employers(by)
    _put_details(vacancy, details)
    vacancy.save_version(expected=expected, fields=(*DETAILS, *WORKED_OUT))
    trace("vacancy.changed", vacancy, by=by, fields=DETAILS)
    return vacancy


@action
def set_shifts(
    vacancy: Vacancy,
    *,
    by: User,
    shifts: Sequence[Mapping[str, str]],
    shifts_vary: bool | None = None,
    hours_a_week: Decimal | None = None,
    break_minutes: int | None = None,
    swap_days: bool | None = None,
    flexibility: str | None = None,
    expected: int | None = None,
) -> Vacancy:
    """Confirm the usual week: no shifts means that they are not known. Hours left empty are added up.

    ``flexibility``: what the words on hours say of it; None leaves what is known.
    """
    permissions.check_edit_employers(by)
    if len(shifts) > MOST_SHIFTS:
        raise DomainError(f"A week has at most {MOST_SHIFTS} shifts here.", field="shifts")
    if break_minutes is not None and not 0 <= break_minutes <= MOST_BREAK:
        raise DomainError(f"The break is 0 to {MOST_BREAK} minutes a day.", field="break_minutes")
    vacancy.shifts = policies.checked_shifts(shifts, break_minutes=break_minutes or 0)
    vacancy.times = policies.times_of(vacancy.shifts)
    if hours_a_week is None and vacancy.shifts:
        hours_a_week = policies.hours_of(vacancy.shifts, break_minutes or 0)
    policies.check_hours(hours_a_week)
    vacancy.hours_a_week, vacancy.shifts_vary = hours_a_week, shifts_vary
    vacancy.break_minutes, vacancy.swap_days = break_minutes, swap_days
    _work_out_pay(vacancy)
    said: tuple[str, ...] = WEEK
    if flexibility is not None:
        vacancy.flexibility = flexibility
        said = (*WEEK, "flexibility")
    vacancy.save_version(expected=expected, fields=(*said, "times", *WORKED_OUT))
    trace("vacancy.shifts_confirmed", vacancy, by=by, fields=said)
    return vacancy


@action
def confirm_demands(
    vacancy: Vacancy, *, by: User, said: Mapping[str, Mapping[str, Any]], expected: int | None = None
) -> Vacancy:
    """Keep what somebody knows of the demands of this job; what they leave out stays a guess.

    ``said``: demand → {"share": a level or "", "change": "yes", "no" or ""}, for lifting also "load_kg".
    """
    permissions.check_edit_employers(by)
    kept: dict[str, dict[str, Any]] = {}
    for demand, answer in said.items():
        check_code(demand, table.DEMANDS, field="demands")
        share, change = answer.get("share", ""), answer.get("change", "")
        check_code(share, {"", *table.SHARES}, field=f"{demand}_share")
        check_code(change, {"", *table.CHANGES}, field=f"{demand}_change")
        if share or change:
            kept[demand] = {"share": share, "change": change} | _load(demand, share, answer.get("load_kg"))
    vacancy.demands = kept
    vacancy.demands_said_on = clock.today() if kept else None
    vacancy.save_version(expected=expected, fields=("demands", "demands_said_on"))
    trace("vacancy.demands_confirmed", vacancy, by=by, fields=("demands",))
    return vacancy


def _load(demand: str, share: str, load: Decimal | float | None) -> dict[str, float]:
    """The heaviest usual load, which only lifting has."""
    if load is None or demand != "lifting" or not share:
        return {}
    if not 0 <= load <= MOST_LOAD:
        raise DomainError(f"Enter a load from 0 to {MOST_LOAD} kg.", field="load_kg")
    return {"load_kg": float(load)}


@action
def move_vacancy(vacancy: Vacancy, *, by: User, to: str, expected: int | None = None) -> Vacancy:
    """Filled, withdrawn, or open again."""
    permissions.check_edit_employers(by)
    policies.check_vacancy_step(vacancy, to)
    vacancy.status, vacancy.status_on = to, clock.today()
    vacancy.save_version(expected=expected, fields=["status", "status_on"])
    trace("vacancy.moved", vacancy, by=by, fields=["status", "status_on"])
    return vacancy
