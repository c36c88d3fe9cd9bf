"""Who waits for a placement, and how long the way there is: pages of a client's record."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pacework.service.core import clock
from pacework.service.core.forms import PageForm
from pacework.service.core.pages import FormPage
from pacework.service.employers import actions
from pacework.service.employers.forms import openings as forms
from pacework.service.employers.models import PlacementWait, Site, Travel


class ClientEmployersPage(FormPage):
    """A form under the Employers tab of a client's record."""

    def get_cancel(self) -> str:
        return reverse("disclosure", args=[self.client.pk])

    def context(self) -> dict[str, Any]:
        return {"shell": "cases/person.jinja", "section": "disclosure"}


class Wait(ClientEmployersPage):
    """The client waits for a placement."""

    form_class = forms.WaitForm
    title = "Wait for a placement"

    def initial(self) -> dict[str, Any]:
        return {"since": clock.today()}

    def save(self, form: PageForm) -> str:
        data = form.cleaned_data
        actions.add_wait(self.client, data["opportunity"], by=self.request.user, since=data["since"])
        self.done("Added to the list. Nothing about them was sent to the employer.")
        return self.get_cancel()


class EditWait(ClientEmployersPage):
    """The client was told how it stands, or does not wait any more."""

    form_class = forms.TellForm
    title = "Waiting for a placement"

    @cached_property
    def wait(self) -> PlacementWait:
        rows = PlacementWait.objects.visible_to(self.request.user).select_related(
            "opportunity__employer", "client"
        )
        found: PlacementWait = get_object_or_404(rows, pk=self.kwargs["wait_id"], client=self.client)
        return found

    def initial(self) -> dict[str, Any]:
        return {"told_on": clock.today(), "step": "told"}

    def context(self) -> dict[str, Any]:
        place = self.wait.opportunity
        return super().context() | {"caption": f"{place.title}, {place.employer}"}

    def save(self, form: PageForm) -> str:
        data = form.cleaned_data
        if data["step"] == "told":
            actions.tell_waiting(
                self.wait, by=self.request.user, told_on=data["told_on"], words=data["words"]
            )
            self.done("Saved that they were told.")
        else:
            actions.end_wait(self.wait, by=self.request.user, reason=data["step"])
            self.done("They are off the list.")
        return self.get_cancel()


class ChooseTravelSite(ClientEmployersPage):
    """Which site a travel time is for."""

    form_class = forms.TravelSiteForm
    title = "Travel time: which site?"

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only leads on: nothing is written here."""
        form = self.make_form(data=request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        return HttpResponseRedirect(reverse("travel", args=[self.client.pk, form.cleaned_data["site"].pk]))


class EditTravel(ClientEmployersPage):
    """How long this client needs to this site."""

    form_class = forms.TravelForm
    title = "Travel time"

    @cached_property
    def site(self) -> Site:
        return get_object_or_404(Site.objects.select_related("employer"), pk=self.kwargs["site_id"])

    @cached_property
    def known(self) -> Travel | None:
        rows = Travel.objects.visible_to(self.request.user)
        found: Travel | None = rows.filter(client=self.client, site=self.site).first()
        return found

    def get_record(self) -> Travel | None:
        return self.known

    def initial(self) -> dict[str, Any]:
        return {"minutes": self.known.minutes, "how": self.known.how} if self.known else {}

    def context(self) -> dict[str, Any]:
        return super().context() | {"caption": f"{self.site.employer}, {self.site.name}"}

    def save(self, form: PageForm) -> str:
        actions.record_travel(
            self.client, self.site, by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        self.done("Travel time saved.")
        return self.get_cancel()
