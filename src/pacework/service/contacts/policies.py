"""Does the state allow it? Dates of contacts, answers of appointments."""

from __future__ import annotations

from datetime import date

from pacework.service.cases.models import Client, Episode
from pacework.service.contacts.models import CALLED_OFF, Appointment, Contact
from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.core.errors import DomainError
from pacework.service.people.models import Role, User

LONGEST = 720  # minutes
# Answers that only the day itself can give; the others may be known before it.
ONLY_ON_THE_DAY = ("attended", "no_contact")


def check_contact_day(episode: Episode, on: date) -> None:
    """A contact has happened, and not before the person was referred."""
    if on > clock.today():
        raise DomainError(
            "A contact is logged after it happened. Plan an appointment for a day to come.", field="on"
        )
    if on < episode.referred_on:
        raise DomainError("This is before the referral. Check the date.", field="on")


def check_code(room_list: str, key: str, *, field: str) -> None:
    """The key is one of the coded answers."""
    if key not in codes("contacts", room_list):
        raise DomainError("Choose one of the answers in the list.", field=field)


def check_minutes(minutes: int | None) -> None:
    if minutes is not None and not 1 <= minutes <= LONGEST:
        raise DomainError(f"Enter minutes from 1 to {LONGEST}, or leave this empty.", field="minutes")


def check_next_step(on: date, next_step: str, next_step_on: date | None) -> None:
    """A step with or without a day; no day without a step, and none before the contact."""
    if next_step_on is not None and not next_step.strip():
        raise DomainError("Say what the next step is, or leave its date empty.", field="next_step")
    if next_step_on is not None and next_step_on < on:
        raise DomainError("The next step comes after the contact. Check its date.", field="next_step_on")


def check_hcp_of_team(hcp: User | None, episode: Episode, *, field: str) -> None:
    """Someone of the health team that the client is with."""
    if hcp is None:
        return
    if hcp.role != Role.HCP or not hcp.is_in(episode.team_id):
        raise DomainError("Choose a healthcare professional of the client's team.", field=field)


def check_place(mode: str, place_type: str) -> None:
    """Only a meeting in person has a kind of place."""
    if place_type and not codes("contacts", "modes")[mode]["has_place"]:
        raise DomainError(
            "Only a face-to-face contact has a place. Leave the place empty.", field="place_type"
        )


def check_step_open(contact: Contact) -> None:
    if not contact.next_step:
        raise DomainError("This contact has no next step.")
    if contact.next_step_done_on is not None:
        raise DomainError("This step is done already.")


def check_step_done(contact: Contact) -> None:
    if contact.next_step_done_on is None:
        raise DomainError("This step is not done yet.")


# Appointments


def check_appointment_day(on: date, *, field: str = "on") -> None:
    if on < clock.today():
        raise DomainError(
            "An appointment is for today or a day to come. Log a contact for a day gone by.", field=field
        )


def check_unanswered(appointment: Appointment) -> None:
    if appointment.outcome == CALLED_OFF:
        raise DomainError("This appointment was called off.")
    if appointment.outcome:
        label = codes("contacts", "attendance").label(appointment.outcome).lower()
        raise DomainError(f"What became of this appointment is already recorded: {label}.")


def check_appointment_answer(appointment: Appointment, outcome: str) -> None:
    """Nobody has attended, or been missed at, an appointment that is still to come."""
    if outcome in ONLY_ON_THE_DAY and appointment.on > clock.today():
        raise DomainError("This appointment is still to come.", field="attendance")


def check_still_to_come(appointment: Appointment) -> None:
    if appointment.is_past:
        raise DomainError("The day of this appointment is over. Say what became of it.")


def check_may_ask_to_move(appointment: Appointment) -> None:
    """Before its day is over, and once."""
    check_unanswered(appointment)
    check_still_to_come(appointment)
    if hasattr(appointment, "move_request"):
        raise DomainError("You have asked for this already. Your support worker will be in touch.")


def check_safe_way(client: Client, mode: str) -> None:
    """The client said which ways of reaching them are safe; nothing is planned in another."""
    row = codes("contacts", "modes")[mode]
    if "safe_if" in row and not getattr(client, row["safe_if"]):
        raise DomainError(
            f"{row['label']} is not safe for {client.name}. Choose another way, or ask them and change their "
            "details first.",
            field="mode",
        )


def check_may_be_contacted(client: Client) -> None:
    if client.do_not_contact:
        raise DomainError(
            f"{client.name} asked not to be contacted. Nothing can be planned until that changes."
        )
