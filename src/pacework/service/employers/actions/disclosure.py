"""The client's answers about what employers may be told. A new answer ends the old one, which is kept."""

from __future__ import annotations

from datetime import date

from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError
from pacework.service.core.records import hold
from pacework.service.employers import permissions
from pacework.service.employers.actions.checks import check_not_future
from pacework.service.employers.models import DisclosurePlan, Employer, What, Who
from pacework.service.people.models import Role, User

_FIELDS = (
    "employer",
    "who",
    "what",
    "may_say",
    "must_not_say",
    "who_tells",
    "expires_on",
    "agreed_on",
    "agreed_how",
)


def _end(plan: DisclosurePlan, *, by: User) -> None:
    plan.ended_at, plan.ended_by = clock.now(), by
    plan.save(update_fields=["ended_at", "ended_by"])
    trace("disclosure.ended", plan, by=by, fields=["ended_at"])


@action
def agree_disclosure(
    client: Client,
    *,
    by: User,
    employer: Employer | None = None,
    who: str,
    what: str = What.NOTHING,
    may_say: str = "",
    must_not_say: str = "",
    who_tells: str = "",
    expires_on: date | None = None,
    agreed_on: date | None = None,
    agreed_how: str = DisclosurePlan.How.SPOKEN,
) -> DisclosurePlan:
    """Record the client's answer, for every employer or for one. An earlier answer for the same ends now."""
    permissions.check_decide_disclosure(by, client)
    agreed_on = agreed_on or clock.today()
    check_not_future(agreed_on, field="agreed_on")
    if who not in Who.values:
        raise DomainError("Choose one from the list.", field="who")
    if what not in What.values:
        raise DomainError("Choose one from the list.", field="what")
    if who == Who.NOT_AT_ALL and what != What.NOTHING:
        raise DomainError("Somebody who is not mentioned at all has nothing said about them.", field="what")
    if expires_on is not None and expires_on < clock.today():
        raise DomainError("This date is in the past. Enter today or a later date.", field="expires_on")
    if by.role == Role.CLIENT:
        agreed_how = DisclosurePlan.How.ONLINE
    # Locked, so that two answers at one moment follow each other.
    for earlier in client.disclosure_plans.current().filter(employer=employer).select_for_update():
        _end(earlier, by=by)
    plan = DisclosurePlan(
        client=client,
        employer=employer,
        who=who,
        what=what,
        may_say=may_say,
        must_not_say=must_not_say,
        who_tells=who_tells,
        expires_on=expires_on,
        agreed_on=agreed_on,
        agreed_how=agreed_how,
        recorded_by=by,
    )
    plan.save()
    trace("disclosure.agreed", plan, by=by, fields=_FIELDS)
    return plan


@action
def end_override(plan: DisclosurePlan, *, by: User) -> DisclosurePlan:
    """Take the answer for one employer away, so that the answer for all employers holds there too."""
    permissions.check_decide_disclosure(by, plan.client)
    hold(plan)
    if plan.employer_id is None:
        raise DomainError("This is the answer for all employers. Change it instead.")
    if plan.ended_at is not None:
        raise DomainError("This answer has already been replaced.")
    _end(plan, by=by)
    return plan
