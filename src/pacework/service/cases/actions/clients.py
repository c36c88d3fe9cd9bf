"""What is recorded about the person themselves, and who may open a restricted record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError

from pacework.service.cases import permissions, policies
from pacework.service.cases.actions.milestones import recompute_after_birth_date
from pacework.service.cases.models import (
    Client,
    CorrectionRequest,
    EmploymentStatus,
    RestrictedAccess,
    StatedReason,
)
from pacework.service.cases.records import recorded_about
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.records import hold
from pacework.service.people.actions import create_client_user
from pacework.service.people.models import Role, Team, User

EDITABLE = (
    "first_name",
    "last_name",
    "preferred_name",
    "pronouns",
    "birth_date",
    "nhs_number",
    "phone",
    "email",
    "postcode",
    "safe_to_phone",
    "safe_to_leave_message",
    "safe_to_email",
    "safe_to_write",
    "contact_notes",
    "language",
    "needs_interpreter",
    "accessible_format",
    "gp_practice",
    "emergency_contact",
    "do_not_contact",
)
OPEN_FOR = timedelta(hours=1)


@contextmanager
def _number_once() -> Iterator[None]:
    """Of two people who record one NHS number at the same moment, the second gets the rule's own sentence."""
    try:
        yield
    except IntegrityError as clash:
        if "nhs_number" in str(clash):
            raise policies.number_taken() from clash
        raise


@action
def register_client(*, by: User | None, team: Team, **details: Any) -> Client:
    """Record a person for the first time. Who registers people searches first; that is recruitment's part."""
    client = Client(team=team, **details)
    policies.check_client_details(client)
    with _number_once():
        client.save()
    trace("client.registered", client, by=by, fields=["team", *details])
    return client


@action
def edit_client(client: Client, *, by: User, expected: int | None = None, **details: Any) -> Client:
    """Change details of the person. A save against an older version is refused."""
    permissions.check_write(by, client)
    unknown = set(details) - set(EDITABLE)
    if unknown:
        raise TypeError(f"not editable here: {', '.join(sorted(unknown))}")
    changed = [name for name, value in details.items() if getattr(client, name) != value]
    for name in changed:
        setattr(client, name, details[name])
    policies.check_client_details(client)
    client.set_name_key()
    with _number_once():
        client.save_version(expected=expected, fields=[*changed, "name_key", "given_key", "called_key"])
    trace("client.changed", client, by=by, fields=changed)
    if "birth_date" in changed:
        recompute_after_birth_date(client, by=by)
    return client


@action
def set_do_not_contact(client: Client, *, by: User, value: bool) -> Client:
    """The person asked not to be contacted, or said that it is fine again."""
    permissions.check_may_set_contact(by, client)
    client.do_not_contact = value
    client.save_version(expected=None, fields=["do_not_contact"])
    trace("client.do_not_contact", client, by=by, fields=["do_not_contact"])
    return client


@action
def record_employment_status(
    client: Client, *, by: User | None, status: str, as_of: date, last_job_ended_on: date | None = None
) -> EmploymentStatus:
    """Whether the person was in work on a day. Earlier answers stay."""
    if by is not None:
        permissions.check_write(by, client)
    policies.check_employment_status(client, status=status, as_of=as_of, last_job_ended_on=last_job_ended_on)
    row = EmploymentStatus.objects.create(
        client=client, status=status, as_of=as_of, last_job_ended_on=last_job_ended_on, recorded_by=by
    )
    trace("employment.recorded", row, by=by, fields=["status", "as_of", "last_job_ended_on"])
    return row


@action
def restrict(client: Client, *, by: User, people: Iterable[User] = ()) -> Client:
    """Close the record to everybody but the named ESW, the lead and the people listed. Replaces the list."""
    permissions.check_role(by, Role.TEAM_LEAD)
    permissions.check_visible(by, client)
    wanted = {person.pk: person for person in people}
    policies.check_may_be_listed(client, wanted.values())
    listed = {row.user_id: row for row in RestrictedAccess.objects.filter(client=client)}
    for user_id, row in listed.items():
        if user_id not in wanted:
            trace("restricted.unlisted", row, by=by, fields=["user"])
            row.delete()
    for user_id, person in wanted.items():
        if user_id not in listed:
            row = RestrictedAccess.objects.create(client=client, user=person, listed_by=by)
            trace("restricted.listed", row, by=by, fields=["user"])
    client.restricted = True
    client.save_version(expected=None, fields=["restricted"])
    trace("client.restricted", client, by=by, fields=["restricted"])
    return client


@action
def unrestrict(client: Client, *, by: User) -> Client:
    """Open the record again to everybody whose work it is."""
    permissions.check_role(by, Role.TEAM_LEAD)
    permissions.check_visible(by, client)
    for row in RestrictedAccess.objects.filter(client=client):
        trace("restricted.unlisted", row, by=by, fields=["user"])
        row.delete()
    client.restricted = False
    client.save_version(expected=None, fields=["restricted"])
    trace("client.unrestricted", client, by=by, fields=["restricted"])
    return client


@action
def state_reason(client: Client, *, by: User, reason: str) -> StatedReason:
    """A manager says why they need this record. It opens for an hour, to read only; the client sees it."""
    permissions.check_role(by, Role.MANAGER)
    policies.check_note(reason, field="reason")
    policies.check_can_be_opened_by_reason(client)
    row = StatedReason.objects.create(client=client, user=by, reason=reason, until=clock.now() + OPEN_FOR)
    trace("reason.stated", row, by=by, fields=["reason", "until"])
    return row


@action
def open_for_reason(
    *, by: User, reason: str, nhs_number: str = "", last_name: str = "", birth_date: date | None = None
) -> StatedReason:
    """State a reason for the record of the one person these details fit. Otherwise tell nothing at all."""
    permissions.check_role(by, Role.MANAGER)
    policies.check_note(reason, field="reason")
    policies.check_enough_to_find(nhs_number=nhs_number, last_name=last_name, birth_date=birth_date)
    found = Client.objects.current()
    if nhs_number:
        found = found.filter(nhs_number=nhs_number)
    if last_name:
        found = found.filter(last_name__iexact=last_name)
    if birth_date is not None:
        found = found.filter(birth_date=birth_date)
    return state_reason(policies.the_one(found[:2]), by=by, reason=reason)


@action
def export_client(client: Client, *, by: User) -> dict[str, Any]:
    """Everything recorded about the client, for them to take along. That it was taken is recorded.

    What a lead takes along for them is what the lead may see.
    """
    permissions.check_may_export(by, client)
    trace("client.exported", client, by=by)
    reader = None if by.role == Role.CLIENT else by
    return {
        "made_at": clock.now(),
        "about": client.name,
        "recorded": recorded_about(client, reader=reader),
    }


@action
def ask_for_correction(client: Client, *, by: User, what: str) -> CorrectionRequest:
    """The client says what is wrong in their record."""
    permissions.check_is_client(by, client)
    policies.check_note(what, field="what")
    row = CorrectionRequest.objects.create(client=client, what=what)
    trace("correction.asked", row, by=by, fields=["what"])
    return row


@action
def answer_correction(request: CorrectionRequest, *, by: User, answer: str, reply: str) -> CorrectionRequest:
    """The ESW or the lead says what was done about it, in words the client reads."""
    permissions.check_role(by, Role.ESW, Role.TEAM_LEAD)
    permissions.check_visible(by, request.client)
    hold(request)
    policies.check_correction_open(request)
    policies.check_note(reply, field="reply")
    request.answer, request.reply = answer, reply
    request.answered_by, request.answered_at = by, clock.now()
    request.save(update_fields=["answer", "reply", "answered_by", "answered_at"])
    trace("correction.answered", request, by=by, fields=["answer", "reply", "answered_at"])
    return request


@action
def link_account(client: Client, *, by: User | None, user: User) -> Client:
    """Give the client their own sign-in."""
    policies.check_account(client, user)
    client.user = user
    client.save_version(expected=None, fields=["user"])
    trace("client.account", client, by=by, fields=["user"])
    return client


@action
def invite_to_sign_in(client: Client, *, by: User, email: str, site: str) -> Client:
    """Make the client's own account and send them the link to choose a password.

    An address that was not known is kept on their record; one marked unsafe for email is refused.
    """
    permissions.check_write(by, client)
    policies.check_may_be_emailed(client)
    if not client.email:
        client.email = email
        client.save_version(expected=None, fields=["email"])
        trace("client.edited", client, by=by, fields=["email"])
    account = create_client_user(
        by=by,
        first_name=client.preferred_name or client.first_name,
        last_name=client.last_name,
        email=email,
        site=site,
    )
    return link_account(client, by=by, user=account)
