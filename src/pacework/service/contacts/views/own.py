"""The client's own appointments."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pacework.service.cases.models import Client, named_esw
from pacework.service.contacts import actions, forms, presenters
from pacework.service.contacts.models import Appointment
from pacework.service.contacts.views.shared import (
    the_appointment,
)
from pacework.service.core.pages import FormPage, render
from pacework.service.core.presenters import paginate


def my_appointments(request: HttpRequest, client: Client) -> HttpResponse:
    """The next appointment, large; those after it; those gone by, in neutral words."""
    mine = Appointment.objects.visible_to(request.user).select_related("with_hcp", "move_request", "moved_to")
    episode = client.episode
    worker = named_esw(episode) if episode is not None else None
    coming = [presenters.own_appointment(row, worker) for row in mine.from_today()]
    gone = mine.exclude(outcome="").order_by("-on", "-pk")
    page = paginate(request, gone, per=20)
    context = {
        "title": "My appointments",
        "next": coming[0] if coming else None,
        "later": coming[1:],
        "worker": worker,
        "past": presenters.own_pasts(page.items),
        "page": page,
    }
    return render(request, "contacts/my_appointments.jinja", context)


class AskToMove(FormPage):
    form_class = forms.MoveRequestForm
    title = "I can’t make it – please move it"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.appointment = the_appointment(self.client, kwargs["appointment_id"])

    def get_cancel(self) -> str:
        return reverse("my-appointments")

    def context(self) -> dict[str, Any]:
        return {
            "intro": f"{presenters.when_words(self.appointment)}. That is all right. We find another day."
        }

    def save(self, form: Any) -> str:
        actions.ask_to_move(self.appointment, by=self.request.user, **form.cleaned_data)
        self.done("Thank you for telling us. Your support worker will be in touch about another day.")
        return self.get_cancel()
