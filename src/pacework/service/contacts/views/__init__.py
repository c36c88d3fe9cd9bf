"""Pages of the contact log and of appointments."""

from pacework.service.contacts.views.appointments import (
    AnswerAppointment,
    CallOff,
    EditAppointment,
    NewAppointment,
    keep,
)
from pacework.service.contacts.views.log import (
    AddToContact,
    LogContact,
    contact,
    contacts,
    step_done,
    step_undo,
)
from pacework.service.contacts.views.own import AskToMove, my_appointments

__all__ = [
    "AddToContact",
    "AnswerAppointment",
    "AskToMove",
    "CallOff",
    "EditAppointment",
    "LogContact",
    "NewAppointment",
    "contact",
    "contacts",
    "keep",
    "my_appointments",
    "step_done",
    "step_undo",
]
