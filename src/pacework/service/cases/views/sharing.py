"""What the client agreed to, who looked, and what they asked to have put right: the staff's page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from pacework.service.cases import actions, forms, permissions, presenters
from pacework.service.cases.looks import looks_at
from pacework.service.cases.models import Client, Consent, CorrectionRequest, StatedReason
from pacework.service.cases.views.people import PersonForm
from pacework.service.cases.wording import current_wordings
from pacework.service.core import clock
from pacework.service.core.pages import render
from pacework.service.people.models import Role, User


def hcps_of(client: Client) -> Any:
    """The healthcare professionals of the client's team."""
    return User.objects.filter(role=Role.HCP, is_active=True, memberships__team=client.team_id)


def answers_of(client: Client) -> list[Consent]:
    return list(client.consents.select_related("recipient", "recorded_by", "withdrawn_by"))


def sharing(request: HttpRequest, client: Client) -> HttpResponse:
    answers = answers_of(client)
    reader: Any = request.user
    can_change = reader.role in (Role.ESW, Role.TEAM_LEAD)
    reasons = StatedReason.objects.visible_to(request.user).filter(client=client).select_related("user")
    context = {
        "title": "Sharing",
        "section": "sharing",
        "layers": presenters.layer_cards(answers, client if can_change else None),
        "history": [presenters.consent_row(row) for row in answers],
        "looks": presenters.look_rows(looks_at(client)),
        "reasons": [presenters.stated_row(row) for row in reasons],
        "corrections": [
            presenters.correction_item(row, client if can_change else None)
            for row in client.corrections.select_related("answered_by")
        ],
    }
    return render(request, "cases/sharing.jinja", context)


class RecordConsent(PersonForm):
    """One layer: what is asked, in the words the client hears, and what they said."""

    form_class = forms.ConsentForm
    template_name = "cases/consent.jinja"
    back_to = "sharing"

    @property
    def wording(self) -> Any:
        found = current_wordings().get(self.kwargs["layer"])
        if found is None:
            raise Http404
        permissions.check_may_answer(self.request.user, found.key)
        return found

    def get_title(self) -> str:
        return str(Consent.Layer(self.wording.key).label)

    def form_kwargs(self) -> dict[str, Any]:
        if not self.wording.per_recipient:
            return {}
        return {"recipients": hcps_of(self.client), "team_words": "Everybody in the health team"}

    def initial(self) -> dict[str, Any]:
        return {"on": clock.today(), "how": "spoken", "recipient": "all"}

    def context(self) -> dict[str, Any]:
        return {"wording": presenters.wording_shown(self.wording), "section": "sharing"}

    def answered(self, form: Any) -> dict[str, Any]:
        chosen = form.cleaned_data.get("recipient")
        one = hcps_of(self.client).filter(pk=chosen).first() if chosen and chosen != "all" else None
        more = {name: form.cleaned_data[name] for name in ("how", "on") if name in form.cleaned_data}
        return {"layer": self.wording.key, "given": bool(form.cleaned_data["given"]), "recipient": one} | more

    def save(self, form: Any) -> str:
        actions.record_consent(self.client, by=self.request.user, **self.answered(form))
        self.done("The answer is recorded.")
        return self.get_cancel()


class WithdrawConsent(PersonForm):
    form_class = forms.WithdrawForm
    template_name = "cases/withdraw.jinja"
    back_to = "sharing"
    title = "Take this yes back"

    @property
    def consent(self) -> Consent:
        return get_object_or_404(
            Consent.objects.visible_to(self.request.user).live().select_related("recipient"),
            client=self.client,
            pk=self.kwargs["consent_id"],
        )

    def context(self) -> dict[str, Any]:
        return {"said": presenters.withdrawal_words(self.consent), "section": "sharing"}

    def save(self, form: Any) -> str:
        actions.withdraw_consent(self.consent, by=self.request.user)
        self.done("The yes is taken back. It stays in the history.")
        return self.get_cancel()


class AnswerCorrection(PersonForm):
    form_class = forms.CorrectionAnswerForm
    template_name = "cases/correction.jinja"
    title = "Answer a request for a correction"
    back_to = "sharing"

    @property
    def correction(self) -> CorrectionRequest:
        rows = CorrectionRequest.objects.visible_to(self.request.user).filter(client=self.client)
        return get_object_or_404(rows, pk=self.kwargs["correction_id"])

    def context(self) -> dict[str, Any]:
        return {"correction": self.correction, "section": "sharing"}

    def save(self, form: Any) -> str:
        actions.answer_correction(self.correction, by=self.request.user, **form.cleaned_data)
        self.done("Your answer is sent. The client sees it on their page.")
        return self.get_cancel()
