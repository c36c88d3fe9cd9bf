"""Every write to appointments and the contact log."""

from __future__ import annotations

from datetime import date, time

from pacework.service.cases.actions import record_first
from pacework.service.cases.models import Episode, named_esw
from pacework.service.cases.policies import check_open
from pacework.service.contacts import permissions, policies
from pacework.service.contacts.models import Appointment, Contact, ContactAddition
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError
from pacework.service.people.models import User


@action
def log_contact(
    episode: Episode,
    *,
    by: User,
    on: date,
    mode: str,
    purpose: str,
    attendance: str,
    note: str = "",
    minutes: int | None = None,
    place_type: str = "",
    next_step: str = "",
    next_step_on: date | None = None,
    joint_with: User | None = None,
    appointment: Appointment | None = None,
) -> Contact:
    """Write one contact. The first that was attended is the episode's first contact."""
    permissions.check_log(by, episode.client)
    check_open(episode)
    policies.check_contact_day(episode, on)
    for room_list, key, field in (
        ("modes", mode, "mode"),
        ("purposes", purpose, "purpose"),
        ("attendance", attendance, "attendance"),
    ):
        policies.check_code(room_list, key, field=field)
    if place_type:
        policies.check_code("place_types", place_type, field="place_type")
    policies.check_place(mode, place_type)
    policies.check_next_step(on, next_step, next_step_on)
    policies.check_joint(joint_with)
    contact = Contact.objects.create(
        episode=episode,
        by=by,
        named_esw=named_esw(episode, on),
        appointment=appointment,
        on=on,
        mode=mode,
        purpose=purpose,
        attendance=attendance,
        note=note,
        minutes=minutes,
        place_type=place_type,
        next_step=next_step,
        next_step_on=next_step_on,
        joint_with=joint_with,
    )
    trace("contact.logged", contact, by=by, fields=["on", "mode", "purpose", "attendance", "note", "next_step"])
    if attendance == "attended":
        record_first(episode, "first_contact_on", on, by=by)
    return contact


@action
def add_to_contact(contact: Contact, *, by: User, text: str) -> ContactAddition:
    """Add words to a contact already logged; the first words stay as they were."""
    permissions.check_log(by, contact.episode.client)
    check_open(contact.episode)
    if not text.strip():
        raise DomainError("Write what you want to add.", field="text")
    addition = ContactAddition.objects.create(contact=contact, by=by, text=text)
    trace("contact.added_to", addition, by=by, fields=["text"])
    return addition


@action
def finish_next_step(contact: Contact, *, by: User) -> Contact:
    """The promised next step is done."""
    permissions.check_log(by, contact.episode.client)
    check_open(contact.episode)
    if not contact.next_step:
        raise DomainError("This contact has no next step.")
    contact.next_step_done_on = clock.today()
    contact.save(update_fields=["next_step_done_on"])
    trace("contact.next_step_done", contact, by=by, fields=["next_step_done_on"])
    return contact


@action
def plan_appointment(
    episode: Episode,
    *,
    by: User,
    on: date,
    mode: str,
    at: time | None = None,
    place: str = "",
    with_hcp: User | None = None,
) -> Appointment:
    """Plan a meeting between the client and their ESW (or whoever plans it, while nobody is named)."""
    permissions.check_log(by, episode.client)
    check_open(episode)
    policies.check_may_be_contacted(episode.client)
    policies.check_appointment_day(on)
    policies.check_code("modes", mode, field="mode")
    policies.check_joint(with_hcp)
    appointment = Appointment.objects.create(
        episode=episode,
        esw=named_esw(episode) or by,
        on=on,
        at=at,
        mode=mode,
        place=place,
        with_hcp=with_hcp,
        made_by=by,
    )
    trace("appointment.planned", appointment, by=by, fields=["on", "at", "mode", "place", "with_hcp"])
    return appointment


@action
def move_appointment(
    appointment: Appointment, *, by: User, on: date, at: time | None = None, version: int | None = None
) -> Appointment:
    """Rearrange: the old appointment is answered "rearranged" and points to the new one."""
    permissions.check_log(by, appointment.episode.client)
    policies.check_unanswered(appointment)
    fresh = plan_appointment(
        appointment.episode,
        by=by,
        on=on,
        at=at,
        mode=appointment.mode,
        place=appointment.place,
        with_hcp=appointment.with_hcp,
    )
    appointment.outcome, appointment.moved_to = "rearranged", fresh
    appointment.save_version(expected=version, fields=["outcome", "moved_to"])
    trace("appointment.moved", appointment, by=by, fields=["outcome", "moved_to"])
    return fresh


@action
def answer_appointment(
    appointment: Appointment,
    *,
    by: User,
    outcome: str,
    purpose: str,
    note: str = "",
    minutes: int | None = None,
    place_type: str = "",
    next_step: str = "",
    next_step_on: date | None = None,
    version: int | None = None,
) -> Contact:
    """Say what became of an appointment; the contact log gets its line from the same words."""
    policies.check_unanswered(appointment)
    contact = log_contact(
        appointment.episode,
        by=by,
        on=appointment.on,
        mode=appointment.mode,
        purpose=purpose,
        attendance=outcome,
        note=note,
        minutes=minutes,
        place_type=place_type,
        next_step=next_step,
        next_step_on=next_step_on,
        joint_with=appointment.with_hcp,
        appointment=appointment,
    )
    appointment.outcome = outcome
    appointment.save_version(expected=version, fields=["outcome"])
    trace("appointment.answered", appointment, by=by, fields=["outcome"])
    return contact
