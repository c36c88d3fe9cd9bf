"""The client's own pages: who can see what, who looked, take it all with you, ask for a correction."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pacework.service.cases import actions, forms, presenters
from pacework.service.cases.looks import looks_at
from pacework.service.cases.models import Client
from pacework.service.cases.records import recorded_about, written_by
from pacework.service.cases.views.sharing import (
    RecordConsent,
    WithdrawConsent,
    answers_of,
    hcps_of,
)
from pacework.service.core.pages import FormPage, render


def my_sharing(request: HttpRequest, client: Client) -> HttpResponse:
    context = {
        "title": "Who can see what",
        "layers": presenters.own_layers(answers_of(client)),
        "looks": presenters.look_rows(looks_at(client)),
        "reasons": [presenters.stated_row(row) for row in client.stated_reasons.select_related("user")],
        "corrections": [
            presenters.correction_item(row) for row in client.corrections.select_related("answered_by")
        ],
        "do_not_contact": client.do_not_contact,
    }
    return render(request, "cases/my_sharing.jinja", context)


class OwnForm(FormPage):
    def get_cancel(self) -> str:
        return reverse("my-sharing")


class MyConsent(RecordConsent):
    form_class = forms.OwnConsentForm
    template_name = "cases/my_consent.jinja"

    def get_title(self) -> str:
        return self.wording.filled(self.wording.question)

    def form_kwargs(self) -> dict[str, Any]:
        if not self.wording.per_recipient:
            return {}
        return {"recipients": hcps_of(self.client), "team_words": "Everybody in my health team"}

    def get_cancel(self) -> str:
        return reverse("my-sharing")


class MyWithdrawal(WithdrawConsent):
    template_name = "cases/my_withdrawal.jinja"

    def get_cancel(self) -> str:
        return reverse("my-sharing")


class MyContact(OwnForm):
    form_class = forms.OwnContactForm
    title = "May we contact you?"

    def initial(self) -> dict[str, Any]:
        return {"do_not_contact": self.client.do_not_contact}

    def save(self, form: Any) -> str:
        value = bool(form.cleaned_data["do_not_contact"])
        actions.set_do_not_contact(self.client, by=self.request.user, value=value)
        self.done("We will not contact you." if value else "Thank you. We may contact you.")
        return self.get_cancel()


class MyCorrection(OwnForm):
    form_class = forms.CorrectionForm
    title = "Ask us to put something right"
    draft = True

    def save(self, form: Any) -> str:
        actions.ask_for_correction(self.client, by=self.request.user, what=form.cleaned_data["what"])
        self.done("Sent. Your support worker will answer you here.")
        return self.get_cancel()


def written(request: HttpRequest) -> HttpResponse:
    """For a healthcare professional: what they wrote stays theirs to read after sharing has ended."""
    sections = presenters.written_sections(written_by(request.user))
    return render(request, "cases/written.jinja", {"title": "What I wrote", "sections": sections})


def my_download(request: HttpRequest, client: Client) -> HttpResponse:
    """Everything recorded about the client, to read and to keep."""
    sections = presenters.download_sections(recorded_about(client))
    return render(
        request, "cases/my_download.jinja", {"title": "Everything we keep about you", "sections": sections}
    )
