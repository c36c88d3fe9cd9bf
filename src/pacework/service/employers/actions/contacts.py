"""Writing the employer-contact log, keeping its promises, and reviewing it."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q

from pacework.service.cases.actions import record_first
from pacework.service.cases.models import Assignment, Client, Consent, Episode
from pacework.service.cases.policies import check_open
from pacework.service.core import clock
from pacework.service.core.audit import action, once, trace
from pacework.service.core.errors import DomainError
from pacework.service.core.records import hold
from pacework.service.employers import codes, permissions, policies
from pacework.service.employers.actions.checks import check_code, check_not_future, check_of_employer
from pacework.service.employers.models import (
    Employer,
    EmployerContact,
    EmployerPerson,
    LogReview,
    Site,
    Who,
)
from pacework.service.people.models import User

_FIELDS = (
    "employer",
    "site",
    "person",
    "on",
    "mode",
    "purpose",
    "note",
    "next_step",
    "next_step_on",
    "confirmed_words",
)
_ABOUT_FIELDS = ("client", "episode", "basis", "consent", "client_named", "match", "match_why")


def _check_what_happened(
    employer: Employer,
    *,
    site: Site | None,
    person: EmployerPerson | None,
    on: date,
    mode: str,
    purpose: str,
    next_step: str,
    next_step_on: date | None,
) -> None:
    check_of_employer(employer, site=site, person=person)
    check_not_future(on, field="on")
    check_code(mode, codes.modes(), field="mode")
    check_code(purpose, codes.purposes(), field="purpose")
    if next_step_on is not None and not next_step:
        raise DomainError("Say what the next step is.", field="next_step")
    if next_step_on is not None and next_step_on < on:
        raise DomainError("The next step cannot be before the contact.", field="next_step_on")


@action
def log_contact(
    employer: Employer,
    *,
    by: User,
    on: date,
    mode: str,
    purpose: str,
    site: Site | None = None,
    person: EmployerPerson | None = None,
    note: str = "",
    next_step: str = "",
    next_step_on: date | None = None,
    confirmed: bool = False,
) -> EmployerContact:
    """Record a contact that is about no client."""
    permissions.check_edit_employers(by)
    _check_what_happened(
        employer,
        site=site,
        person=person,
        on=on,
        mode=mode,
        purpose=purpose,
        next_step=next_step,
        next_step_on=next_step_on,
    )
    if codes.purposes()[purpose].about_client:
        raise DomainError("This purpose is about a client. Log it from the client's page.", field="purpose")
    found = policies.risky_words(f"{note}\n{next_step}", _own_clients(by))
    policies.check_words(
        found,
        confirmed=confirmed,
        about="This contact is about no client. Confirm that the text points to none.",
    )
    contact = EmployerContact.objects.create(
        employer=employer,
        site=site,
        person=person,
        esw=by,
        on=on,
        mode=mode,
        face_to_face=codes.modes()[mode].face_to_face,
        purpose=purpose,
        note=note,
        next_step=next_step,
        next_step_on=next_step_on,
        confirmed_words=found,
    )
    trace("employer_contact.logged", contact, by=by, fields=_FIELDS)
    return contact


def _own_clients(esw: User) -> list[Client]:
    """The clients this worker is named for, with what they are called."""

    def ask() -> list[Client]:
        own = Client.objects.current().filter(
            episodes__assignments__esw=esw, episodes__assignments__ended_on__isnull=True
        )
        return list(own.only("first_name", "preferred_name", "last_name"))

    return once(("own clients", esw.pk), ask, read_from=Assignment)


@action
def log_contact_about(
    client: Client,
    employer: Employer,
    *,
    by: User,
    on: date,
    mode: str,
    purpose: str,
    client_named: bool = False,
    match: str = EmployerContact.Match.NOT_ASKED,
    match_why: str = "",
    site: Site | None = None,
    person: EmployerPerson | None = None,
    note: str = "",
    next_step: str = "",
    next_step_on: date | None = None,
    confirmed: bool = False,
) -> EmployerContact:
    """Record a contact about a client. Impossible unless their disclosure plan and consent are live now.

    They must have been so on the day of the contact, too: an answer given today does not cover yesterday.
    """
    permissions.check_work_with(by, client)
    disclosure = policies.check_linkable(client, employer)
    episode = _episode_of(client)
    _check_what_happened(
        employer,
        site=site,
        person=person,
        on=on,
        mode=mode,
        purpose=purpose,
        next_step=next_step,
        next_step_on=next_step_on,
    )
    check_code(match, EmployerContact.Match.values, field="match")
    if client_named:
        policies.check_may_name(disclosure, client, employer)
    if on < clock.today():
        _check_agreed_then(client, employer, on, named=client_named)
    if on < episode.referred_on:
        raise DomainError("This is before support began.", field="on")
    found = policies.found_words(f"{note}\n{next_step}\n{match_why}", disclosure, client)
    policies.check_words(
        found,
        confirmed=confirmed,
        about=f"That is more than {client.name} agreed to. Confirm that {employer} was not told it.",
    )
    contact = EmployerContact.objects.create(
        employer=employer,
        site=site,
        person=person,
        esw=by,
        on=on,
        mode=mode,
        face_to_face=codes.modes()[mode].face_to_face,
        purpose=purpose,
        note=note,
        next_step=next_step,
        next_step_on=next_step_on,
        confirmed_words=found,
        client=client,
        episode=episode,
        basis=disclosure.basis,
        consent=disclosure.consent,
        client_named=client_named,
        match=match,
        match_why=match_why,
    )
    trace("employer_contact.logged", contact, by=by, fields=(*_FIELDS, *_ABOUT_FIELDS))
    record_first(episode, "first_employer_contact_on", on, by=by)
    return contact


def _episode_of(client: Client) -> Episode:
    episode = client.episode
    if episode is None:
        raise DomainError(f"{client.name} has no open episode of support.")
    check_open(episode)
    return episode


def _check_agreed_then(client: Client, employer: Employer, on: date, *, named: bool) -> None:
    """Raise unless the client had agreed, and consented, by the day of the contact."""
    plans = (
        client.disclosure_plans.filter(Q(employer=employer) | Q(employer__isnull=True), agreed_on__lte=on)
        .filter(Q(ended_at__isnull=True) | Q(ended_at__date__gte=on))
        .filter(Q(expires_on__isnull=True) | Q(expires_on__gte=on))
    )
    allowed = plans.filter(who=Who.NAMED) if named else plans.exclude(who=Who.NOT_AT_ALL)
    consents = client.consents.filter(
        Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=on),
        layer=Consent.Layer.EMPLOYER_CONTACT,
        given=True,
        given_on__lte=on,
    )
    if not allowed.exists() or not consents.exists():
        raise DomainError(f"{client.name} had not agreed to this on that day.", field="on")


@action
def finish_next_step(contact: EmployerContact, *, by: User) -> EmployerContact:
    """The promise to the employer was kept. Saying so twice changes nothing the second time."""
    if contact.client is None:
        permissions.check_edit_employers(by)
    else:
        permissions.check_work_with(by, contact.client)
    hold(contact)
    if not contact.next_step:
        raise DomainError("There was no next step to keep.")
    if contact.next_step_done_on is not None:
        raise DomainError("This step was already marked as done.")
    contact.next_step_done_on = clock.today()
    contact.save(update_fields=["next_step_done_on"])
    trace("employer_contact.step_done", contact, by=by, fields=["next_step_done_on"])
    return contact


@action
def review_log(esw: User, *, by: User, week: date, note: str = "") -> LogReview:
    """The team lead has read this worker's contacts of this week (a Monday)."""
    permissions.check_review_log_of(by, esw)
    if week != clock.monday(week):
        raise DomainError("A week begins on a Monday.", field="week")
    check_not_future(week, field="week")
    contacts = EmployerContact.objects.visible_to(by).in_week(week).filter(esw=esw)
    counted = contacts.aggregate(all=Count("pk"), in_person=Count("pk", filter=Q(face_to_face=True)))
    review = LogReview.objects.create(
        esw=esw,
        week=week,
        reviewed_by=by,
        contacts=counted["all"],
        face_to_face=counted["in_person"],
        note=note,
    )
    trace("employer_log.reviewed", review, by=by, fields=["esw", "week", "contacts", "face_to_face", "note"])
    return review
