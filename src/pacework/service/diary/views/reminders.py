"""Reminders by e-mail: off until the client asks, and stopped with one press."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from pacework.service.cases.models import Client
from pacework.service.core.pages import FormPage, say_what_came
from pacework.service.diary import actions, presenters
from pacework.service.diary.models import DiaryReminder
from pacework.service.diary.policies_reminding import why_not_reachable
from pacework.service.diary.reminder_forms import ReminderForm


class Reminders(FormPage):
    """What is on now, and when to remind."""

    form_class = ReminderForm
    template_name = "diary/reminders.jinja"
    title = "Reminders"

    def reminder(self) -> DiaryReminder | None:
        rows = DiaryReminder.objects.visible_to(self.request.user)
        found: DiaryReminder | None = rows.filter(client=self.client).first()
        return found

    def get_cancel(self) -> str:
        return reverse("my-diary")

    def initial(self) -> dict[str, Any]:
        reminder = self.reminder()
        if reminder is None:
            return {"hour": 18, "days": list(range(7))}
        return {"hour": reminder.hour, "days": reminder.days}

    def context(self) -> dict[str, Any]:
        reminder = self.reminder()
        return {
            "on": presenters.reminder_words(reminder) if reminder is not None else "",
            "cannot": why_not_reachable(self.client),
            "address": self.request.user.email,
        }

    def save(self, form: Any) -> str:
        actions.ask_to_be_reminded(self.client, by=self.request.user, **form.cleaned_data)
        self.done("We will remind you.")
        return reverse("my-reminders")


def stop(request: HttpRequest, client: Client) -> HttpResponse:
    """One press."""
    say_what_came(
        request,
        lambda: actions.stop_reminding(client, by=request.user),
        "We do not remind you any more.",
    )
    return HttpResponseRedirect(reverse("my-diary"))
