"""Pages about the person: details, work status, restricting, finding."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pacework.service.cases import actions, forms, presenters
from pacework.service.cases.access import log_refusal
from pacework.service.cases.models import (
    Client,
    Closing,
    Episode,
    RestrictedAccess,
    StatedReason,
)
from pacework.service.cases.models import (
    search as find,
)
from pacework.service.core import clock
from pacework.service.core.errors import DomainError
from pacework.service.core.pages import FormPage, render
from pacework.service.core.presenters import paginate
from pacework.service.people.models import Role, User


def details(request: HttpRequest, client: Client) -> HttpResponse:
    """Everything about the person that is not about the support itself."""
    statuses = list(client.employment_statuses.select_related("recorded_by"))
    episodes = list(Episode.objects.visible_to(request.user).filter(client=client).with_stage())
    context = {
        "title": "Details",
        "section": "client-details",
        "contact": presenters.contact_rows(client),
        "statuses": [presenters.employment_row(row) for row in statuses],
        "workers": presenters.worker_rows(episodes),
        "closings": presenters.closing_rows(
            Closing.objects.visible_to(request.user).filter(episode__client=client)
        ),
        "limit": presenters.limit_words(client.episode) if client.episode else "",
        "steps": presenters.steps_for(client, request.user),
    }
    return render(request, "cases/details.jinja", context)


class PersonForm(FormPage):
    """A form about one client; it returns to the details unless told otherwise."""

    back_to = "client-details"

    def get_cancel(self) -> str:
        return reverse(self.back_to, args=[self.client.pk])


class EditClient(PersonForm):
    form_class = forms.ClientForm
    title = "Change details"
    draft = True

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.client, name) for name in self.form_class.base_fields}

    def get_record(self) -> Client:
        return self.client

    def save(self, form: Any) -> str:
        actions.edit_client(
            self.client, by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        self.done("Details saved.")
        return self.get_cancel()


class NewEmploymentStatus(PersonForm):
    form_class = forms.EmploymentStatusForm
    title = "In work or not"

    def initial(self) -> dict[str, Any]:
        return {"as_of": clock.today()}

    def save(self, form: Any) -> str:
        actions.record_employment_status(self.client, by=self.request.user, **form.cleaned_data)
        self.done("Saved. Earlier answers stay in the list.")
        return self.get_cancel()


class DoNotContact(PersonForm):
    form_class = forms.DoNotContactForm
    title = "May we contact this person?"

    def initial(self) -> dict[str, Any]:
        return {"do_not_contact": self.client.do_not_contact}

    def save(self, form: Any) -> str:
        value = bool(form.cleaned_data["do_not_contact"])
        actions.set_do_not_contact(self.client, by=self.request.user, value=value)
        self.done("Saved. Nobody is to contact this person." if value else "Saved. Contact is fine again.")
        return self.get_cancel()


class InviteToSignIn(PersonForm):
    """The client's own pages: plan, work, disclosure, who can see what."""

    form_class = forms.InviteForm
    title = "Invite to sign in"

    def initial(self) -> dict[str, Any]:
        return {"email": self.client.email}

    def save(self, form: Any) -> str:
        site = self.request.build_absolute_uri("/")
        actions.invite_to_sign_in(self.client, by=self.request.user, site=site, **form.cleaned_data)
        self.done("The invitation is on its way. They choose their own password.")
        return self.get_cancel()


class Close(PersonForm):
    form_class = forms.CloseForm
    title = "Close the episode"
    template_name = "cases/close.jinja"

    def save(self, form: Any) -> str:
        actions.close_episode(self.episode, by=self.request.user, **form.cleaned_data)
        self.done("The episode is closed. It can be opened again in one step.")
        return presenters.address("person", self.client.pk) or self.get_cancel()

    @property
    def episode(self) -> Episode:
        if self.client.episode is None:
            raise DomainError("There is no episode of support to close.")
        return self.client.episode


class Reopen(PersonForm):
    form_class = forms.ReopenForm
    title = "Open the episode again"
    template_name = "cases/reopen.jinja"

    def context(self) -> dict[str, Any]:
        return {"back_with": presenters.returns_to(self.client)}

    def save(self, form: Any) -> str:
        if self.client.episode is None:
            raise DomainError("There is no episode of support to open again.")
        episode = actions.reopen_episode(self.client.episode, by=self.request.user, **form.cleaned_data)
        carried = episode.assignments.open().exists()
        self.done(
            "Open again."
            if carried
            else "Open again, and on the waiting list: their last worker cannot carry them."
        )
        if self.request.user.role == Role.ESW and not Client.objects.visible_to(self.request.user).filter(
            pk=self.client.pk
        ):
            return reverse("search")
        return presenters.address("person", self.client.pk) or self.get_cancel()


class Restrict(PersonForm):
    form_class = forms.RestrictForm
    title = "Who may open this record"
    template_name = "cases/restrict.jinja"

    def form_kwargs(self) -> dict[str, Any]:
        people = User.objects.filter(
            role__in=(Role.ESW, Role.HCP), is_active=True, memberships__team=self.client.team_id
        )
        return {"people": people}

    def initial(self) -> dict[str, Any]:
        listed = RestrictedAccess.objects.visible_to(self.request.user).filter(client=self.client)
        return {"restricted": self.client.restricted, "people": list(listed.values_list("user", flat=True))}

    def save(self, form: Any) -> str:
        if form.cleaned_data["restricted"]:
            actions.restrict(self.client, by=self.request.user, people=form.cleaned_data["people"])
            self.done("The record is restricted.")
        else:
            actions.unrestrict(self.client, by=self.request.user)
            self.done("The record is open to the team.")
        return self.get_cancel()


class Erase(PersonForm):
    form_class = forms.EraseForm
    title = "Erase this person"
    template_name = "cases/erase.jinja"

    def context(self) -> dict[str, Any]:
        return {"warning": True}

    def save(self, form: Any) -> str:
        actions.erase_client(self.client, by=self.request.user, reason=form.cleaned_data["reason"])
        self.done("The record is erased. Counts and dates stay; nothing leads back to the person.")
        return reverse("team")


def download(request: HttpRequest, client: Client) -> HttpResponse:
    """Everything recorded about the client as one file: to the client, or for them by the team lead."""
    everything = actions.export_client(client, by=request.user)
    text = json.dumps(everything, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="record.json"'
    return response


def search(request: HttpRequest) -> HttpResponse:
    """Find a client by name, date of birth or NHS number, among those the reader may open."""
    words = request.GET.get("q", "").strip()
    found = find(request.user, words).select_related("team")
    page = paginate(request, found, per=50)
    context = {
        "title": "Search",
        "words": words,
        "page": page,
        "rows": presenters.search_rows(page.items, request.user),
    }
    return render(request, "cases/search.jinja", context)


class StateReason(FormPage):
    """A manager opens one record for an hour. Until the reason is stated the page tells nothing."""

    form_class = forms.StatedReasonForm
    title = "Open a record for a stated reason"
    template_name = "cases/stated_reason.jinja"

    def context(self) -> dict[str, Any]:
        live = StatedReason.objects.visible_to(self.request.user).live().filter(user=self.request.user)
        return {"live": [presenters.reason_row(row) for row in live.select_related("client")]}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        if response.status_code == 422:
            log_refusal(request, page="stated-reason", reason=request.POST.get("reason", ""))
        return response

    def save(self, form: Any) -> str:
        stated = actions.open_for_reason(by=self.request.user, **form.cleaned_data)
        self.done("You can read this record until " + presenters.time_words(stated.until) + ".")
        return presenters.address("person", stated.client_id) or reverse(
            "client-details", args=[stated.client_id]
        )
