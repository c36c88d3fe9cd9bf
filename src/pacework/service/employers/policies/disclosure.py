"""What may leave the service about a client, to one employer: the rule, and the checks made from it.

The most specific answer decides: the one for this employer if there is one, else the default. An answer that
has expired allows nothing, even where the other one would: a "not here" that ran out must name nobody.
Consent to employer contact must be live besides. Anything else is "not at all" and "nothing".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pacework.service.cases.models import Client, Consent
from pacework.service.cases.policies import check_consents_to
from pacework.service.core import clock
from pacework.service.core.audit import once
from pacework.service.core.errors import DomainError
from pacework.service.employers.models import DisclosurePlan, Employer, What, Who

PlanState = Literal["live", "expired", "none"]


@dataclass(frozen=True)
class Disclosure:
    """What holds today for one client and one employer. ``basis`` is the plan that decided, live or not."""

    who: Who
    what: What
    basis: DisclosurePlan | None
    plan: PlanState
    consent: Consent | None

    @property
    def live(self) -> bool:
        """A live plan and a live consent. Only then can ``who`` and ``what`` be more than nothing."""
        return self.plan == "live" and self.consent is not None

    @property
    def may_link(self) -> bool:
        """A contact may be recorded as being about the client."""
        return self.who != Who.NOT_AT_ALL

    @property
    def may_name(self) -> bool:
        """The name may leave the service."""
        return self.who == Who.NAMED

    @property
    def may_say_adjustments(self) -> bool:
        return self.what in (What.ADJUSTMENTS, What.CONDITION)

    @property
    def may_say_condition(self) -> bool:
        return self.what == What.CONDITION


def decide(who: Who, what: What, *, plan: PlanState, consent: bool) -> tuple[Who, What]:
    """The rule itself: what an answer is worth, given the state of plan and consent."""
    if plan != "live" or not consent or who == Who.NOT_AT_ALL:
        return Who.NOT_AT_ALL, What.NOTHING
    return who, what


def state_of(plan: DisclosurePlan | None, day: date) -> PlanState:
    """A plan holds up to and including its last day."""
    if plan is None:
        return "none"
    return "expired" if plan.expires_on is not None and plan.expires_on < day else "live"


def disclosure_for(client: Client, employer: Employer | None) -> Disclosure:
    """What may be said today about this client to this employer (None: to one without an own answer)."""
    plans = _current_plans(client)
    plan = plans.get(employer.pk if employer else None, plans.get(None))
    return _from(plan, _live_consent(client))


def disclosures_for(client: Client, employers: Iterable[Employer]) -> dict[int | None, Disclosure]:
    """As ``disclosure_for`` for many employers, and under None for all others, in two queries."""
    plans = _current_plans(client)
    consent = _live_consent(client)
    keys = (None, *(employer.pk for employer in employers))
    return {key: _from(plans.get(key, plans.get(None)), consent) for key in keys}


def _current_plans(client: Client) -> dict[int | None, DisclosurePlan]:
    """The answers that stand, by employer; None is the default."""
    return once(
        ("current plans", client.pk),
        lambda: {
            plan.employer_id: plan
            for plan in client.disclosure_plans.current().select_related("employer", "recorded_by")
        },
        read_from=DisclosurePlan,
        client_id=client.pk,
    )


def _live_consent(client: Client) -> Consent | None:
    return once(
        ("live consent", client.pk),
        lambda: client.consents.live().filter(layer=Consent.Layer.EMPLOYER_CONTACT).first(),
        read_from=Consent,
        client_id=client.pk,
    )


def _from(plan: DisclosurePlan | None, consent: Consent | None) -> Disclosure:
    state = state_of(plan, clock.today())
    said = (Who.NOT_AT_ALL, What.NOTHING) if plan is None else (Who(plan.who), What(plan.what))
    who, what = decide(*said, plan=state, consent=consent is not None)
    return Disclosure(who=who, what=what, basis=plan, plan=state, consent=consent)


def check_linkable(client: Client, employer: Employer) -> Disclosure:
    """Raise unless a contact with this employer may be recorded as being about this client."""
    found = disclosure_for(client, employer)
    if found.consent is None:
        check_consents_to(client, Consent.Layer.EMPLOYER_CONTACT)
    check_basis(found, client, employer)
    return found


def check_basis(found: Disclosure, client: Client, employer: Employer) -> None:
    """Raise with the reason why nothing may be said, if nothing may."""
    if found.may_link:
        return
    if found.plan == "none":
        why = f"{client.name} has not said yet what may be said to employers."
    elif found.plan == "expired":
        why = f"What {client.name} agreed to for {employer} has run out."
    else:
        why = f"{client.name} does not want to be mentioned to {employer}."
    raise DomainError(f"{why} A contact about {client.name} cannot be recorded here.")


def check_may_name(found: Disclosure, client: Client, employer: Employer) -> None:
    """Raise unless the client's name may be given to this employer."""
    if not found.may_name:
        raise DomainError(
            f"{client.name} has not agreed to be named to {employer}. Speak of them without a name.",
            field="client_named",
        )
