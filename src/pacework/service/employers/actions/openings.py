"""Adding, changing and moving placement opportunities."""

from __future__ import annotations

from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError
from pacework.service.employers import permissions, policies
from pacework.service.employers.actions.checks import check_of_employer
from pacework.service.employers.models import Employer, EmployerPerson, PlacementOpportunity, Site
from pacework.service.people.models import User

OPPORTUNITY_FIELDS = ("site", "named_manager", "title", "tasks", "hours", "demands", "places", "lead_days")


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
