"""Every write to appointments and the contact log."""

from __future__ import annotations

from datetime import date, time

from pacework.service.cases.actions import record_first
from pacework.service.cases.models import Episode, named_esw
from pacework.service.cases.policies import check_open
from pacework.service.contacts import permissions, policies
from pacework.service.contacts.models import CALLED_OFF, Appointment, Contact, ContactAddition, MoveRequest
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError
from pacework.service.people.models import User

KEEPING_IN_TOUCH = "keeping_in_touch"
PLANNED = ("on", "at", "mode", "place", "with_hcp")


# The contact log


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
    policies.check_minutes(minutes)
    policies.check_next_step(on, next_step, next_step_on)
    policies.check_hcp_of_team(joint_with, episode, field="joint_with")
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
        next_step=next_step.strip(),
        next_step_on=next_step_on,
        joint_with=joint_with,
    )
    said = ["on", "mode", "place_type", "minutes", "purpose", "attendance", "note"]
    trace("contact.logged", contact, by=by, fields=[*said, "next_step", "next_step_on", "joint_with"])
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
    policies.check_step_open(contact)
    return _mark_step(contact, by=by, done_on=clock.today())


@action
def reopen_next_step(contact: Contact, *, by: User) -> Contact:
    """The step was not done after all."""
    permissions.check_log(by, contact.episode.client)
    check_open(contact.episode)
    policies.check_step_done(contact)
    return _mark_step(contact, by=by, done_on=None)


def _mark_step(contact: Contact, *, by: User, done_on: date | None) -> Contact:
    contact.next_step_done_on = done_on
    contact.save(update_fields=["next_step_done_on"])
    verb = "contact.next_step_reopened" if done_on is None else "contact.next_step_done"
    trace(verb, contact, by=by, fields=["next_step_done_on"])
    return contact


# Appointments


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
    """Plan a meeting between the client and whoever carries them on that day."""
    permissions.check_log(by, episode.client)
    check_open(episode)
    policies.check_may_be_contacted(episode.client)
    policies.check_appointment_day(on)
    policies.check_code("modes", mode, field="mode")
    policies.check_safe_way(episode.client, mode)
    policies.check_hcp_of_team(with_hcp, episode, field="with_hcp")
    appointment = Appointment.objects.create(
        episode=episode, on=on, at=at, mode=mode, place=place, with_hcp=with_hcp, made_by=by
    )
    trace("appointment.planned", appointment, by=by, fields=PLANNED)
    return appointment


@action
def change_appointment(
    appointment: Appointment,
    *,
    by: User,
    mode: str,
    at: time | None = None,
    place: str = "",
    with_hcp: User | None = None,
    version: int | None = None,
) -> Appointment:
    """Correct how or where an appointment is, on the same day. Another day is a move."""
    permissions.check_log(by, appointment.episode.client)
    check_open(appointment.episode)
    policies.check_unanswered(appointment)
    policies.check_code("modes", mode, field="mode")
    policies.check_safe_way(appointment.episode.client, mode)
    policies.check_hcp_of_team(with_hcp, appointment.episode, field="with_hcp")
    appointment.mode, appointment.at, appointment.place = mode, at, place
    appointment.with_hcp = with_hcp
    fields = ["mode", "at", "place", "with_hcp"]
    appointment.save_version(expected=version, fields=fields)
    trace("appointment.changed", appointment, by=by, fields=fields)
    return appointment


@action
def move_appointment(
    appointment: Appointment,
    *,
    by: User,
    on: date,
    at: time | None = None,
    place: str | None = None,
    purpose: str = KEEPING_IN_TOUCH,
    mode: str = "",
    note: str = "",
    minutes: int | None = None,
    place_type: str = "",
    next_step: str = "",
    next_step_on: date | None = None,
    joint_with: User | None = None,
    version: int | None = None,
) -> Appointment:
    """Rearrange: the old appointment is answered "rearranged" and points to the new one."""
    policies.check_appointment_day(on, field="new_on")
    answer_appointment(
        appointment,
        by=by,
        outcome="rearranged",
        purpose=purpose,
        mode=mode,
        note=note,
        minutes=minutes,
        place_type=place_type,
        next_step=next_step,
        next_step_on=next_step_on,
        joint_with=joint_with,
        version=version,
    )
    fresh = plan_appointment(
        appointment.episode,
        by=by,
        on=on,
        at=at,
        mode=appointment.mode,
        place=appointment.place if place is None else place,
        with_hcp=appointment.with_hcp,
    )
    appointment.moved_to = fresh
    appointment.save_version(expected=None, fields=["moved_to"])
    trace("appointment.moved", appointment, by=by, fields=["moved_to"])
    return fresh


@action
def answer_appointment(
    appointment: Appointment,
    *,
    by: User,
    outcome: str,
    purpose: str,
    mode: str = "",
    note: str = "",
    minutes: int | None = None,
    place_type: str = "",
    next_step: str = "",
    next_step_on: date | None = None,
    joint_with: User | None = None,
    version: int | None = None,
) -> Contact:
    """Say what became of an appointment; the contact log gets its line from the same words.

    An answer that is known before the day (pain, another day) is logged on the day it was given.
    """
    permissions.check_log(by, appointment.episode.client)
    policies.check_unanswered(appointment)
    policies.check_appointment_answer(appointment, outcome)
    contact = log_contact(
        appointment.episode,
        by=by,
        on=min(appointment.on, clock.today()),
        mode=mode or appointment.mode,
        purpose=purpose,
        attendance=outcome,
        note=note,
        minutes=minutes,
        place_type=place_type,
        next_step=next_step,
        next_step_on=next_step_on,
        joint_with=joint_with,
        appointment=appointment,
    )
    _end_appointment(appointment, by=by, outcome=outcome, version=version)
    return contact


@action
def call_off_appointment(appointment: Appointment, *, by: User, version: int | None = None) -> Appointment:
    """Take an appointment out of the diary before its day: nobody waits for anybody, so nothing is logged."""
    permissions.check_log(by, appointment.episode.client)
    check_open(appointment.episode)
    policies.check_unanswered(appointment)
    policies.check_still_to_come(appointment)
    return _end_appointment(appointment, by=by, outcome=CALLED_OFF, version=version)


def _end_appointment(appointment: Appointment, *, by: User, outcome: str, version: int | None) -> Appointment:
    appointment.outcome = outcome
    appointment.save_version(expected=version, fields=["outcome"])
    trace("appointment.answered", appointment, by=by, fields=["outcome"])
    request = MoveRequest.objects.filter(appointment=appointment, answered_on=None).first()
    if request is not None:
        _answer_request(request, by=by)
    return appointment


# The client asks for another day


@action
def ask_to_move(appointment: Appointment, *, by: User, words: str = "") -> MoveRequest:
    """The client cannot make it. The appointment stands until their worker has answered."""
    permissions.check_ask_to_move(by, appointment.episode.client)
    check_open(appointment.episode)
    policies.check_may_ask_to_move(appointment)
    request = MoveRequest.objects.create(appointment=appointment, words=words)
    trace("appointment.move_asked", request, by=by, fields=["words"])
    return request


@action
def keep_appointment(request: MoveRequest, *, by: User) -> MoveRequest:
    """The day stays after all, as agreed with the client."""
    permissions.check_log(by, request.appointment.episode.client)
    check_open(request.appointment.episode)
    if request.answered_on is not None:
        raise DomainError("This has been answered already.")
    return _answer_request(request, by=by)


def _answer_request(request: MoveRequest, *, by: User) -> MoveRequest:
    request.answered_on = clock.today()
    request.save(update_fields=["answered_on"])
    trace("appointment.move_answered", request, by=by, fields=["answered_on"])
    return request
