"""The objects that this room's addresses name by id, for the access matrix."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from pacework.service.contacts import actions
from pacework.service.contacts.models import Contact
from pacework.service.core import clock
from tests.service.build import give_account


def a_contact(case: Any, **more: Any) -> int:
    said = {"mode": "phone", "purpose": "planning", "attendance": "attended"} | more
    return actions.log_contact(case.client.episodes.get(), by=case.esw, on=clock.today(), **said).pk


def with_a_step(case: Any) -> int:
    return a_contact(case, next_step="Send the map", next_step_on=clock.today())


def with_a_step_done(case: Any) -> int:
    found = with_a_step(case)
    actions.finish_next_step(Contact.objects.get(pk=found), by=case.esw)
    return found


def _appointment(case: Any) -> Any:
    return actions.plan_appointment(
        case.client.episodes.get(),
        by=case.esw,
        on=clock.today() + timedelta(days=3),
        at=time(10, 30),
        mode="face_to_face",
        place="Library café",
    )


def appointment(case: Any) -> int:
    return _appointment(case).pk


def appointment_to_move(case: Any) -> int:
    """One that the client asked to move: only then is there something to keep."""
    found = _appointment(case)
    actions.ask_to_move(found, by=give_account(case.client), words="Not before ten, please.")
    return found.pk


KWARGS = {
    "contact_id": a_contact,
    "contact-step-done:contact_id": with_a_step,
    "contact-step-undo:contact_id": with_a_step_done,
    "appointment_id": appointment,
    "appointment-keep:appointment_id": appointment_to_move,
}
