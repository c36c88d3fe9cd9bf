"""How contacts and appointments are said on the screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from pacework.science.measures.proportions import Proportion
from pacework.service.cases.models import Client
from pacework.service.contacts.models import CALLED_OFF, Appointment, Contact, MoveRequest
from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.core.presenters import ago, count, day, moment, percent, short_day, time_of

COLOURS = {"attended": "green", "rearranged": "white", "pain": "purple", "no_contact": "grey"}
NOTE_SHOWN = 160


def attendance_tag(key: str) -> dict[str, str]:
    return {"text": codes("contacts", "attendance").label(key), "tag": COLOURS.get(key, "grey")}


def mode_words(contact: Contact) -> str:
    """Face to face · GP practice."""
    words = codes("contacts", "modes").label(contact.mode)
    if contact.place_type:
        words += f", {codes('contacts', 'place_types').label(contact.place_type)}"
    return words


def when_words(appointment: Appointment) -> str:
    """Mon 3 March 2025 at 9:30am."""
    return day(appointment.on) + (f" at {time_of(appointment.at)}" if appointment.at else "")


def safe_ways(client: Client) -> list[dict[str, Any]]:
    """How the client may be reached, and how not: shown wherever someone is about to reach them."""
    message = "leaving a message is fine" if client.safe_to_leave_message else "do not leave a message"
    rows = [
        ("Phone", client.phone, client.safe_to_phone, message),
        ("Email", client.email, client.safe_to_email, ""),
        ("Letter", client.postcode, client.safe_to_write, ""),
    ]
    found: list[dict[str, Any]] = []
    if client.contact_notes:
        found.append({"key": "They said", "value": client.contact_notes})
    for label, value, safe, more in rows:
        if not safe:
            found.append({"key": label, "value": {"text": "Not safe", "tag": "red"}})
        elif value:
            found.append({"key": label, "value": {"text": value, "sub": more} if more else value})
    if client.needs_interpreter or client.language:
        language = client.language or "Language not recorded"
        found.append(
            {
                "key": "Language",
                "value": language + (", with an interpreter" if client.needs_interpreter else ""),
            }
        )
    if client.accessible_format:
        found.append({"key": "Format", "value": client.accessible_format})
    return found


# The log


def contact_row(contact: Contact, client: Client) -> list[Any]:
    """One line of the contact log."""
    note = " ".join(contact.note.split())
    return [
        {
            "text": day(contact.on),
            "href": reverse("contact", args=[client.pk, contact.pk]),
            "sub": who_words(contact),
        },
        {"text": codes("contacts", "purposes").label(contact.purpose), "sub": mode_words(contact)},
        attendance_tag(contact.attendance),
        note[:NOTE_SHOWN] + ("…" if len(note) > NOTE_SHOWN else ""),
    ]


def who_words(contact: Contact) -> str:
    return f"{contact.by} with {contact.joint_with}" if contact.joint_with else str(contact.by)


LOG_HEAD = ("Date", "For", "What became of it", "Note")


def log_filters(chosen: dict[str, str]) -> list[dict[str, Any]]:
    """The filters of the log, with what is chosen now."""
    lists = (
        ("purpose", "For", "purposes", "Anything"),
        ("attendance", "What became of it", "attendance", "Any answer"),
        ("mode", "How", "modes", "Any way"),
    )
    return [
        {
            "name": name,
            "label": label,
            "value": chosen.get(name, ""),
            "choices": [("", everything), *codes("contacts", room_list).choices()],
        }
        for name, label, room_list, everything in lists
    ]


def contact_facts(contact: Contact) -> list[dict[str, Any]]:
    """One contact, as a list of what was recorded."""
    rows: list[tuple[str, Any]] = [
        ("Date", day(contact.on)),
        ("What became of it", attendance_tag(contact.attendance)),
        ("How", mode_words(contact)),
        ("For", codes("contacts", "purposes").label(contact.purpose)),
        ("By", who_words(contact)),
    ]
    if contact.minutes:
        rows.append(("Length", count(contact.minutes, "minute")))
    rows.append(("Written", moment(contact.logged_at)))
    return [{"key": key, "value": value} for key, value in rows]


def suggestion(contact: Contact) -> str:
    """What helps after a contact that did not take place. It never blames."""
    row = codes("contacts", "attendance").get(contact.attendance, {})
    return "" if row.get("happened", True) else str(row.get("next", ""))


def step_state(contact: Contact) -> dict[str, Any] | None:
    """The promised next step: what, by when, done or not."""
    if not contact.next_step:
        return None
    done, due = contact.next_step_done_on, contact.next_step_on
    if done:
        words, colour = f"Done {ago(done)}", "green"
    elif due is None:
        words, colour = "No day set", "grey"
    elif due < clock.today():
        words, colour = f"Was due {ago(due)}", "orange"
    else:
        words, colour = f"Due {ago(due)}", "blue"
    return {"words": contact.next_step, "due": due, "state": words, "colour": colour, "done": bool(done)}


def continuity_words(found: Proportion) -> str:
    """7 of 8 contacts were with the named ESW."""
    below = len(found.denominator_rows)
    if not below:
        return ""
    above = len(found.numerator_rows)
    words = f"{above} of {count(below, 'contact')} with the named ESW ({percent(above, below)})"
    missing = len(found.missing_rows)
    return words + (f"; {missing} from before anybody was named" if missing else "")


# Appointments


def appointment_item(appointment: Appointment, *, may_write: bool) -> dict[str, Any]:
    """A planned appointment on the staff's list, with what one can do about it."""
    ids = [appointment.episode.client_id, appointment.pk]
    request = getattr(appointment, "move_request", None)
    how = codes("contacts", "modes").label(appointment.mode)
    return {
        "when": when_words(appointment),
        "ago": ago(appointment.on),
        "past": appointment.is_past,
        "how": ", ".join(part for part in (how, appointment.place) if part),
        "with": str(appointment.with_hcp) if appointment.with_hcp else "",
        "request": request_words(request) if request else "",
        "answer_href": reverse("appointment-outcome", args=ids) if may_write else "",
        "edit_href": reverse("appointment-edit", args=ids) if may_write else "",
        "call_off_href": reverse("appointment-call-off", args=ids)
        if may_write and not appointment.is_past
        else "",
        "keep_href": reverse("appointment-keep", args=ids) if may_write and request else "",
    }


def request_words(request: MoveRequest) -> str:
    """The client's wish for another day, while it is unanswered."""
    if request.answered_on is not None:
        return ""
    said = f": “{request.words}”" if request.words else "."
    return f"The client cannot make it and asks for another day{said}"


def own_appointment(appointment: Appointment, worker: Any) -> dict[str, Any]:
    """An appointment that is to come, as its client reads it."""
    asked = hasattr(appointment, "move_request") and appointment.move_request.answered_on is None
    kept = hasattr(appointment, "move_request") and not asked
    return {
        "day": day(appointment.on),
        "time": time_of(appointment.at) if appointment.at else "",
        "soon": ago(appointment.on),
        "how": codes("contacts", "modes").get(appointment.mode, {}).get("client_label", ""),
        "place": appointment.place,
        "with": " and ".join(str(one) for one in (worker, appointment.with_hcp) if one),
        "asked": asked,
        "kept": kept,
        "move_href": "" if asked or kept else reverse("my-appointment-move", args=[appointment.pk]),
    }


def own_past(appointment: Appointment) -> list[Any]:
    """An appointment gone by, in words that count nothing."""
    if appointment.outcome == CALLED_OFF:
        words = "It was called off"
    elif appointment.outcome == "rearranged" and appointment.moved_to:
        words = f"We moved it to {short_day(appointment.moved_to.on)}"
    else:
        row = codes("contacts", "attendance").get(appointment.outcome, {})
        words = str(row.get("client_label", ""))
    return [when_words(appointment), words]


def own_pasts(rows: Iterable[Appointment]) -> list[list[Any]]:
    return [own_past(row) for row in rows]
