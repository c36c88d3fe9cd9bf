"""The contact log: reading it, logging a contact, adding to one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from pacework.service.cases.models import Client
from pacework.service.contacts import actions, due, forms, presenters
from pacework.service.contacts.models import Appointment, Contact
from pacework.service.contacts.views.shared import (
    ContactPage,
    contacts_about,
    episode_of,
    may_write,
    the_appointment,
    the_contact,
)
from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.core.pages import back, render, say_what_came
from pacework.service.core.presenters import day, paginate

FILTERS = {"purpose": "purposes", "attendance": "attendance", "mode": "modes"}


def contacts(request: HttpRequest, client: Client) -> HttpResponse:
    """Everything that was logged, what is planned, and what is promised."""
    chosen = {
        name: request.GET[name]
        for name, room_list in FILTERS.items()
        if request.GET.get(name) in codes("contacts", room_list)
    }
    page = paginate(request, contacts_about(client).filter(**chosen), per=25)
    write = may_write(request, client)
    planned = Appointment.objects.of(client).planned()
    promised = contacts_about(client).promised().order_by("next_step_on", "pk")
    context = {
        "title": "Contacts",
        "section": "contacts",
        "may_write": write,
        "page": page,
        "rows": [presenters.contact_row(row, client) for row in page.items],
        "head": presenters.LOG_HEAD,
        "filters": presenters.log_filters(chosen),
        "filtered": bool(chosen),
        "planned": [
            presenters.appointment_item(row, may_write=write)
            for row in planned.select_related("episode", "with_hcp", "move_request")
        ],
        "promises": [(row.pk, presenters.step_state(row)) for row in promised],
        "safe": presenters.safe_ways(client),
        "continuity": presenters.continuity_words(due.continuity(client.episode)) if client.episode else "",
    }
    return render(request, "contacts/contacts.jinja", context)


def contact(request: HttpRequest, client: Client, contact_id: int) -> HttpResponse:
    """One contact with everything that was added to it."""
    found = the_contact(client, contact_id)
    write = may_write(request, client)
    planned = due.next_appointment(request.user, found.episode)
    context = {
        "title": f"Contact on {day(found.on)}",
        "section": "contacts",
        "contact": found,
        "facts": presenters.contact_facts(found),
        "step": presenters.step_state(found),
        "additions": found.additions.select_related("by"),
        "may_write": write,
        # Once something is planned, there is nothing left to suggest.
        "suggestion": presenters.suggestion(found) if write and planned is None else "",
        "next_appointment": presenters.when_words(planned) if planned else "",
    }
    return render(request, "contacts/contact.jinja", context)


class LogContact(ContactPage):
    """Log a contact in under a minute: the four needed answers begin with the likely ones."""

    form_class = forms.ContactForm
    title = "Log a contact"
    draft = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wanted = request.GET.get("appointment", "")
        if wanted.isascii() and wanted.isdigit() and len(wanted) < 12:
            # An appointment has its own page, which is this one with the answers filled in.
            appointment = the_appointment(self.client, int(wanted))
            return HttpResponseRedirect(reverse("appointment-outcome", args=[self.client.pk, appointment.pk]))
        return super().get(request, *args, **kwargs)

    def initial(self) -> dict[str, Any]:
        last = self.last()
        return {
            "on": clock.today(),
            "attendance": "attended",
            "mode": last.mode if last else "face_to_face",
            "place_type": last.place_type if last else "",
            "purpose": likely_purpose(self.client),
        }

    def save(self, form: Any) -> str:
        logged = actions.log_contact(episode_of(self.client), by=self.request.user, **form.cleaned_data)
        return self.after(logged)

    def after(self, logged: Contact) -> str:
        """The log; or, when it did not come off, the contact with what could come next."""
        self.done("Contact saved.")
        if presenters.suggestion(logged):
            return reverse("contact", args=[self.client.pk, logged.pk])
        return self.get_cancel()


def likely_purpose(client: Client) -> str:
    """What a contact is most likely for at this stage; until the first meeting, that."""
    episode = client.episode
    stage = getattr(episode, "stage", "")
    if episode is not None and episode.first_contact_on is None and stage in ("referred", "accepted"):
        stage = "referred"
    rows = codes("contacts", "purposes")
    return next((key for key in rows if stage in rows[key].get("default_for", ())), "")


class AddToContact(ContactPage):
    form_class = forms.AdditionForm
    title = "Add to this contact"
    draft = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.contact = the_contact(self.client, kwargs["contact_id"])

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def get_cancel(self) -> str:
        return reverse("contact", args=[self.client.pk, self.contact.pk])

    def context(self) -> dict[str, Any]:
        return {"section": "contacts"}

    def save(self, form: Any) -> str:
        actions.add_to_contact(self.contact, by=self.request.user, **form.cleaned_data)
        self.done("Added.")
        return self.get_cancel()


def step_done(request: HttpRequest, client: Client, contact_id: int) -> HttpResponse:
    """One press: the promise is kept. Pressing twice says nothing new."""
    return _step(request, client, contact_id, actions.finish_next_step, "Done. You can undo this here.")


def step_undo(request: HttpRequest, client: Client, contact_id: int) -> HttpResponse:
    return _step(request, client, contact_id, actions.reopen_next_step, "The step is open again.")


def _step(request: HttpRequest, client: Client, contact_id: int, act: Any, sentence: str) -> HttpResponse:
    found = the_contact(client, contact_id)
    say_what_came(request, lambda: act(found, by=request.user), sentence)
    return HttpResponseRedirect(back(request, reverse("contact", args=[client.pk, found.pk])))
