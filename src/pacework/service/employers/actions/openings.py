"""Adding, changing and moving vacancies and placement opportunities."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError
from pacework.service.employers import permissions, policies
from pacework.service.employers.actions.checks import check_of_employer
from pacework.service.employers.models import Employer, EmployerPerson, PlacementOpportunity, Site, Vacancy
from pacework.service.people.models import User

VACANCY_FIELDS = (
    "site",
    "title",
    "occupation",
    "tasks",
    "hours_a_week",
    "shifts",
    "pay",
    "pay_period",
    "home_working",
    "flexibility",
    "closes_on",
    "source",
)
OPPORTUNITY_FIELDS = ("site", "named_manager", "title", "tasks", "hours", "demands", "places", "lead_days")


def _put_vacancy(
    vacancy: Vacancy,
    *,
    title: str,
    site: Site | None = None,
    occupation: str = "",
    tasks: str = "",
    hours_a_week: Decimal | None = None,
    shifts: str = "",
    pay: Decimal | None = None,
    pay_period: str = "",
    home_working: str = Vacancy.Home.UNKNOWN,
    flexibility: str = "",
    closes_on: date | None = None,
    source: str = Vacancy.Source.EMPLOYER,
) -> None:
    check_of_employer(vacancy.employer, site=site)
    if occupation and not re.fullmatch("[1-9][0-9]{3}", occupation):
        raise DomainError("A SOC 2020 code has 4 numbers, like 9241.", field="occupation")
    if hours_a_week is not None and not 0 < hours_a_week <= 168:
        raise DomainError("A week has 168 hours. Enter the hours in one week.", field="hours_a_week")
    if pay is not None and pay < 0:
        raise DomainError("Pay cannot be less than nothing.", field="pay")
    if pay is not None and not pay_period:
        raise DomainError("Say whether this is an hour, a week or a year.", field="pay_period")
    vacancy.title, vacancy.site, vacancy.occupation, vacancy.tasks = title, site, occupation, tasks
    vacancy.hours_a_week, vacancy.shifts = hours_a_week, shifts
    vacancy.pay, vacancy.pay_period = pay, pay_period if pay is not None else ""
    vacancy.home_working, vacancy.flexibility = home_working, flexibility
    vacancy.closes_on, vacancy.source = closes_on, source


@action
def add_vacancy(
    employer: Employer,
    *,
    by: User,
    title: str,
    site: Site | None = None,
    occupation: str = "",
    tasks: str = "",
    hours_a_week: Decimal | None = None,
    shifts: str = "",
    pay: Decimal | None = None,
    pay_period: str = "",
    home_working: str = Vacancy.Home.UNKNOWN,
    flexibility: str = "",
    closes_on: date | None = None,
    source: str = Vacancy.Source.EMPLOYER,
) -> Vacancy:
    """Add a job that can be applied for."""
    permissions.check_edit_employers(by)
    vacancy = Vacancy(employer=employer, added_by=by, status_on=clock.today())
    _put_vacancy(
        vacancy,
        title=title,
        site=site,
        occupation=occupation,
        tasks=tasks,
        hours_a_week=hours_a_week,
        shifts=shifts,
        pay=pay,
        pay_period=pay_period,
        home_working=home_working,
        flexibility=flexibility,
        closes_on=closes_on,
        source=source,
    )
    vacancy.save()
    trace("vacancy.added", vacancy, by=by, fields=("employer", *VACANCY_FIELDS))
    return vacancy


@action
def edit_vacancy(
    vacancy: Vacancy,
    *,
    by: User,
    expected: int | None,
    title: str,
    site: Site | None,
    occupation: str,
    tasks: str,
    hours_a_week: Decimal | None,
    shifts: str,
    pay: Decimal | None,
    pay_period: str,
    home_working: str,
    flexibility: str,
    closes_on: date | None,
    source: str,
) -> Vacancy:
    """Change what is known about a vacancy."""
    permissions.check_edit_employers(by)
    _put_vacancy(
        vacancy,
        title=title,
        site=site,
        occupation=occupation,
        tasks=tasks,
        hours_a_week=hours_a_week,
        shifts=shifts,
        pay=pay,
        pay_period=pay_period,
        home_working=home_working,
        flexibility=flexibility,
        closes_on=closes_on,
        source=source,
    )
    vacancy.save_version(expected=expected, fields=VACANCY_FIELDS)
    trace("vacancy.changed", vacancy, by=by, fields=VACANCY_FIELDS)
    return vacancy


@action
def move_vacancy(vacancy: Vacancy, *, by: User, to: str, expected: int | None = None) -> Vacancy:
    """Filled, withdrawn, or open again."""
    permissions.check_edit_employers(by)
    policies.check_vacancy_step(vacancy, to)
    vacancy.status, vacancy.status_on = to, clock.today()
    vacancy.save_version(expected=expected, fields=["status", "status_on"])
    trace("vacancy.moved", vacancy, by=by, fields=["status", "status_on"])
    return vacancy


def _put_opportunity(
    opportunity: PlacementOpportunity,
    *,
    title: str,
    places: int,
    site: Site | None,
    named_manager: EmployerPerson | None,
    tasks: str,
    hours: str,
    demands: str,
    lead_days: int | None,
) -> None:
    check_of_employer(opportunity.employer, site=site, person=named_manager, person_field="named_manager")
    if not 1 <= places <= 50:
        raise DomainError("Enter a number from 1 to 50.", field="places")
    if opportunity.state == PlacementOpportunity.State.AGREED and named_manager is None:
        raise DomainError("An agreed placement names who looks after people there.", field="named_manager")
    opportunity.title, opportunity.places, opportunity.site = title, places, site
    opportunity.named_manager, opportunity.lead_days = named_manager, lead_days
    opportunity.tasks, opportunity.hours, opportunity.demands = tasks, hours, demands


@action
def add_opportunity(
    employer: Employer,
    *,
    by: User,
    title: str,
    places: int = 1,
    site: Site | None = None,
    named_manager: EmployerPerson | None = None,
    tasks: str = "",
    hours: str = "",
    demands: str = "",
    lead_days: int | None = None,
) -> PlacementOpportunity:
    """Add a place to try work out. It begins as an idea."""
    permissions.check_edit_employers(by)
    opportunity = PlacementOpportunity(employer=employer, added_by=by, state_on=clock.today())
    _put_opportunity(
        opportunity,
        title=title,
        places=places,
        site=site,
        named_manager=named_manager,
        tasks=tasks,
        hours=hours,
        demands=demands,
        lead_days=lead_days,
    )
    opportunity.save()
    trace("placement_opportunity.added", opportunity, by=by, fields=("employer", *OPPORTUNITY_FIELDS))
    return opportunity


@action
def edit_opportunity(
    opportunity: PlacementOpportunity,
    *,
    by: User,
    expected: int | None,
    title: str,
    places: int,
    site: Site | None,
    named_manager: EmployerPerson | None,
    tasks: str,
    hours: str,
    demands: str,
    lead_days: int | None,
) -> PlacementOpportunity:
    """Change what a placement opportunity offers."""
    permissions.check_edit_employers(by)
    _put_opportunity(
        opportunity,
        title=title,
        places=places,
        site=site,
        named_manager=named_manager,
        tasks=tasks,
        hours=hours,
        demands=demands,
        lead_days=lead_days,
    )
    opportunity.save_version(expected=expected, fields=OPPORTUNITY_FIELDS)
    trace("placement_opportunity.changed", opportunity, by=by, fields=OPPORTUNITY_FIELDS)
    return opportunity


@action
def move_opportunity(
    opportunity: PlacementOpportunity, *, by: User, to: str, note: str = "", expected: int | None = None
) -> PlacementOpportunity:
    """One step in the agreement with the employer."""
    permissions.check_edit_employers(by)
    policies.check_placement_step(opportunity, to)
    opportunity.state, opportunity.state_on, opportunity.state_note = to, clock.today(), note
    fields = ["state", "state_on", "state_note"]
    opportunity.save_version(expected=expected, fields=fields)
    trace("placement_opportunity.moved", opportunity, by=by, fields=fields)
    return opportunity
