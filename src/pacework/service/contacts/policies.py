"""Does the state allow it? Dates of contacts, answers of appointments."""

from __future__ import annotations

from datetime import date

from pacework.service.cases.models import Client, Episode
from pacework.service.contacts.models import Appointment
from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.core.errors import DomainError
from pacework.service.people.models import Role, User


def check_contact_day(episode: Episode, on: date) -> None:
    """A contact has happened, and not before the person was referred."""
    if on > clock.today():
        raise DomainError("A contact is logged after it happened. Plan an appointment for a day to come.", field="on")
    if on < episode.referred_on:
        raise DomainError("This is before the referral. Check the date.", field="on")


def check_code(room_list: str, key: str, *, field: str) -> None:
    """The key is one of the coded answers."""
    if key not in codes("contacts", room_list):
        raise DomainError("Choose one of the answers in the list.", field=field)


def check_next_step(on: date, next_step: str, next_step_on: date | None) -> None:
    if next_step_on is not None and not next_step:
        raise DomainError("Say what the next step is, or leave its date empty.", field="next_step")
    if next_step_on is not None and next_step_on < on:
        raise DomainError("The next step comes after the contact. Check its date.", field="next_step_on")


def check_joint(joint_with: User | None) -> None:
    if joint_with is not None and joint_with.role != Role.HCP:
        raise DomainError("A joint contact is with a healthcare professional.", field="joint_with")


def check_place(mode: str, place_type: str) -> None:
    """Only a meeting in person has a kind of place."""
    if place_type and not codes("contacts", "modes")[mode]["has_place"]:
        raise DomainError("Only a face-to-face contact has a place. Leave the place empty.", field="place_type")


def check_appointment_day(on: date) -> None:
    if on < clock.today():
        raise DomainError("An appointment is for today or a day to come. Log a contact for a day gone by.", field="on")


def check_unanswered(appointment: Appointment) -> None:
    if appointment.outcome:
        label = codes("contacts", "attendance").label(appointment.outcome).lower()
        raise DomainError(f"What became of this appointment is already recorded: {label}.")


def check_may_be_contacted(client: Client) -> None:
    if client.do_not_contact:
        raise DomainError(f"{client.name} asked not to be contacted. Nothing can be planned until that changes.")
