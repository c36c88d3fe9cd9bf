"""Planning appointments, saying what became of them, moving them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pacework.service.cases.models import Client
from pacework.service.contacts import actions, forms, presenters
from pacework.service.contacts.models import Appointment, MoveRequest
from pacework.service.contacts.views.log import LogContact
from pacework.service.contacts.views.shared import (
    ContactPage,
    episode_of,
    the_appointment,
)
from pacework.service.core import clock
from pacework.service.core.pages import FormPage, back, say_what_came


class NewAppointment(ContactPage):
    form_class = forms.AppointmentForm
    title = "Plan an appointment"

    def initial(self) -> dict[str, Any]:
        before = Appointment.objects.visible_to(self.request.user).filter(episode__client=self.client)
        last = before.order_by("-on", "-pk").first()
        if last is not None:
            return {"mode": last.mode, "place": last.place, "at": last.at}
        met = self.last()
        return {"mode": met.mode if met else "face_to_face"}

    def save(self, form: Any) -> str:
        planned = actions.plan_appointment(episode_of(self.client), by=self.request.user, **form.cleaned_data)
        self.done(f"Planned for {presenters.when_words(planned)}.")
        return self.get_cancel()


class EditAppointment(ContactPage):
    form_class = forms.AppointmentForm
    title = "Change time or place"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.appointment = the_appointment(self.client, kwargs["appointment_id"])

    def form_kwargs(self) -> dict[str, Any]:
        return super().form_kwargs() | {"fixed_day": True}

    def get_record(self) -> Appointment:
        return self.appointment

    def context(self) -> dict[str, Any]:
        return super().context() | {"intro": presenters.when_words(self.appointment)}

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.appointment, name) for name in ("at", "mode", "place", "with_hcp")}

    def save(self, form: Any) -> str:
        actions.change_appointment(
            self.appointment, by=self.request.user, version=self.typed_version(), **form.cleaned_data
        )
        self.done("Appointment changed.")
        return self.get_cancel()


class CallOff(EditAppointment):
    form_class = forms.CallOffForm
    title = "Call off this appointment?"

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def initial(self) -> dict[str, Any]:
        return {}

    def context(self) -> dict[str, Any]:
        when = presenters.when_words(self.appointment)
        return {
            "section": "contacts",
            "warning": True,
            "intro": f"{when}. It leaves the diary and nothing is logged. Tell {self.client.name}.",
        }

    def save(self, form: Any) -> str:
        actions.call_off_appointment(self.appointment, by=self.request.user, version=self.typed_version())
        self.done("Called off.")
        return self.get_cancel()


def keep(request: HttpRequest, client: Client, appointment_id: int) -> HttpResponse:
    """The client asked for another day, and the two agreed to leave it."""
    found = the_appointment(client, appointment_id)
    asked = get_object_or_404(MoveRequest.objects.visible_to(request.user), appointment=found)
    say_what_came(
        request, lambda: actions.keep_appointment(asked, by=request.user), "The appointment stays as it is."
    )
    return HttpResponseRedirect(back(request, reverse("contacts", args=[client.pk])))


class AnswerAppointment(LogContact):
    """What became of an appointment: the contact log gets its line from the same page."""

    form_class = forms.AnswerForm
    template_name = "contacts/answer.jinja"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.appointment = the_appointment(self.client, kwargs["appointment_id"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.appointment.outcome:
            logged = getattr(self.appointment, "contact", None)
            if logged is not None:
                return HttpResponseRedirect(reverse("contact", args=[self.client.pk, logged.pk]))
            return HttpResponseRedirect(reverse("contacts", args=[self.client.pk]))
        return FormPage.get(self, request, *args, **kwargs)

    def form_kwargs(self) -> dict[str, Any]:
        return super().form_kwargs() | {"appointment": self.appointment}

    def get_title(self) -> str:
        coming = self.appointment.on > clock.today()
        return "Move this appointment" if coming else "What became of this appointment?"

    def get_record(self) -> Appointment:
        return self.appointment

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "appointment": presenters.appointment_item(self.appointment, may_write=True)
        }

    def initial(self) -> dict[str, Any]:
        typical = super().initial()
        coming = self.appointment.on > clock.today()
        return {
            "attendance": "rearranged" if coming else "attended",
            "mode": self.appointment.mode,
            "place_type": typical["place_type"],
            "purpose": typical["purpose"],
            "joint_with": self.appointment.with_hcp_id,
            "new_at": self.appointment.at,
            "new_place": self.appointment.place,
        }

    def save(self, form: Any) -> str:
        said = dict(form.cleaned_data)
        moved = {name: said.pop(f"new_{name}") for name in ("on", "at", "place")}
        outcome = said.pop("attendance")
        common = {"by": self.request.user, "version": self.typed_version(), **said}
        if outcome == "rearranged":
            fresh = actions.move_appointment(self.appointment, **moved, **common)
            self.done(f"Moved to {presenters.when_words(fresh)}.")
            return self.get_cancel()
        logged = actions.answer_appointment(self.appointment, outcome=outcome, **common)
        return self.after(logged)
