"""Addresses of the contact log and of appointments."""

from __future__ import annotations

from pacework.service.cases.access import case_page, own_page
from pacework.service.contacts import views

READERS = "esw hcp team_lead manager"
WRITERS = "esw team_lead"
LOG = "people/<int:client_id>/contacts/"
ONE = f"{LOG}<int:contact_id>/"
DIARY = "people/<int:client_id>/appointments/"
APPOINTMENT = f"{DIARY}<int:appointment_id>/"

urlpatterns = [
    case_page(LOG, views.contacts, name="contacts", read=READERS),
    case_page(f"{LOG}new/", views.LogContact, name="contact-new", read=WRITERS, write=WRITERS),
    case_page(ONE, views.contact, name="contact", read=READERS),
    case_page(f"{ONE}add/", views.AddToContact, name="contact-add", read=WRITERS, write=WRITERS),
    case_page(f"{ONE}step-done/", views.step_done, name="contact-step-done", read="", write=WRITERS),
    case_page(f"{ONE}step-undo/", views.step_undo, name="contact-step-undo", read="", write=WRITERS),
    case_page(f"{DIARY}new/", views.NewAppointment, name="appointment-new", read=WRITERS, write=WRITERS),
    case_page(APPOINTMENT, views.AnswerAppointment, name="appointment-outcome", read=WRITERS, write=WRITERS),
    case_page(
        f"{APPOINTMENT}change/", views.EditAppointment, name="appointment-edit", read=WRITERS, write=WRITERS
    ),
    case_page(
        f"{APPOINTMENT}call-off/", views.CallOff, name="appointment-call-off", read=WRITERS, write=WRITERS
    ),
    case_page(f"{APPOINTMENT}keep/", views.keep, name="appointment-keep", read="", write=WRITERS),
    own_page("my/appointments/", views.my_appointments, name="my-appointments"),
    own_page(
        "my/appointments/<int:appointment_id>/move/", views.AskToMove, name="my-appointment-move", write=True
    ),
]
