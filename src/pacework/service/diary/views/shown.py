"""What staff see of a diary that is shown to them: the pictures, the numbers and the flare plan. No notes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from pacework.service.cases.access import shows_nothing
from pacework.service.cases.models import Client
from pacework.service.core.pages import render
from pacework.service.diary import permissions, presenters, reading
from pacework.service.diary.models import Flare
from pacework.service.diary.presenters.weeks import nowhere
from pacework.service.diary.views.flares import EditFlarePlan, the_plan
from pacework.service.diary.views.own import day_in, placed
from pacework.service.people.models import Role


def diary(request: HttpRequest, client: Client) -> HttpResponse:
    """The same weeks that the client sees; without a live consent, that they are not shown."""
    context: dict[str, Any] = {"title": "Diary", "section": "diary", "shown": False}
    if permissions.is_shown(request.user, client):
        found = reading.weeks(request.user, client, day_in(request.GET.get("until", "")))
        name = client.preferred_name or client.first_name
        context |= {"shown": True, "weeks": placed(found, nowhere, name)}
        context["parts"] = presenters.plan_parts(the_plan(request, client), own=False)
        if request.user.role == Role.ESW:
            context["plan_href"] = reverse("diary-flare-plan", args=[client.pk])
    flare = Flare.objects.visible_to(request.user).open().filter(client=client).first()
    context["flare"] = presenters.now_words(flare) if flare is not None else ""
    if flare is None and not context["shown"]:
        shows_nothing(request)
    return render(request, "diary/shown.jinja", context)


class ShownFlarePlan(EditFlarePlan):
    """The worker writes with the client, where the diary is shown to them; else they are told so."""

    title = "Flare plan"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.is_shown(request.user, self.client):
            shows_nothing(request)
            return HttpResponseRedirect(self.get_cancel())
        return super().get(request, *args, **kwargs)

    def get_cancel(self) -> str:
        return reverse("diary", args=[self.client.pk])

    def context(self) -> dict[str, Any]:
        return {"section": "diary", "intro": "Write it together, in the client’s own words."}
