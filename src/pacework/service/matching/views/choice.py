"""The choice: what it can do and cannot, on, and off."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from pacework.service.cases.models import Client
from pacework.service.core.pages import FormPage, render, say_what_came
from pacework.service.core.presenters import ago, count
from pacework.service.matching import actions, forms, permissions
from pacework.service.matching.models import JobCheck, PassportLine
from pacework.service.matching.places import place
from pacework.service.matching.presenters.jobs import hours_line
from pacework.service.matching.sources import theirs
from pacework.service.matching.views.shared import frame


def would_hold(request: HttpRequest, client: Client) -> HttpResponse:
    """Explained while it is off; else the jobs looked at, and what can be looked at next."""
    context = frame(request, client)
    own = context["own"]
    context["title"] = "Would this job hold?"
    context["turned_on"] = permissions.has_turned_on(client) if own else context["on"]
    if context["on"]:
        checks = JobCheck.objects.visible_to(request.user).filter(client=client)
        context["jobs"] = [
            {
                "title": check.title,
                "href": place(request.user, client, "would-hold-job", check.pk),
                "text": hours_line(check),
                "meta": f"Looked at {ago(check.looked_at)}",
            }
            for check in checks
        ]
        new = place(request.user, client, "would-hold-new")
        context["theirs"] = [
            one | {"href": f"{new}?{urlencode(one['said'])}"} for one in theirs(request.user, client)
        ]
    return render(request, "matching/would_hold.jinja", context)


def turn_on(request: HttpRequest, client: Client) -> HttpResponse:
    """One tap."""
    say_what_came(
        request,
        lambda: actions.turn_on(client, by=request.user),
        "It is on. You can turn it off at any time.",
    )
    return HttpResponseRedirect(reverse("my-would-hold"))


class TurnOff(FormPage):
    """Off, said before and confirmed."""

    form_class = forms.OffForm
    template_name = "matching/off.jinja"
    title = "Turn it off"
    cancel = ""

    def get_cancel(self) -> str:
        return reverse("my-would-hold")

    def context(self) -> dict[str, Any]:
        user = self.request.user
        jobs = JobCheck.objects.visible_to(user).filter(client=self.client).count()
        lines = PassportLine.objects.visible_to(user).filter(client=self.client, job__isnull=False)
        return {
            "jobs": count(jobs, "job you looked at", "jobs you looked at"),
            "lines": lines,
            "warning": True,
        }

    def save(self, form: Any) -> str:
        actions.turn_off(self.client, by=self.request.user)
        self.done("It is off. The jobs you looked at, and what you kept from them, are deleted.")
        return reverse("my-would-hold")
