"""What the client lets us say: read and recorded by staff, and chosen by the client."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pacework.service.cases.permissions import level_once_visible
from pacework.service.core import clock
from pacework.service.core.forms import PageForm
from pacework.service.core.jinja import address_of
from pacework.service.core.pages import FormPage, render
from pacework.service.employers import actions, policies
from pacework.service.employers.forms import disclosure as forms
from pacework.service.employers.models import DisclosurePlan, Employer, EmployerContact, PlacementWait, Travel
from pacework.service.employers.presenters import contacts as contact_words
from pacework.service.employers.presenters import disclosure as words
from pacework.service.employers.presenters import openings as opening_words
from pacework.service.employers.views.shared import choices_for, known_for

ANSWER_FIELDS = ("who", "what", "may_say", "must_not_say", "who_tells", "expires_on")
TELLERS = frozenset({"esw", "team_lead"})


def disclosure(request: HttpRequest, client: Any) -> HttpResponse:
    """The client and employers: what may be said, what was said, where they wait, how far it is."""
    known = list(known_for(client))
    live = policies.disclosures_for(client, known)
    default = live[None]
    plans = DisclosurePlan.objects.visible_to(request.user).filter(client=client)
    waits = PlacementWait.objects.visible_to(request.user).filter(client=client)
    contacts = (
        EmployerContact.objects.visible_to(request.user)
        .filter(client=client)
        .select_related("employer", "person", "esw", "client")[:50]
    )
    travel = Travel.objects.visible_to(request.user).filter(client=client)
    may_write = request.user.role in TELLERS and level_once_visible(request.user, client) == "write"
    # Who only reads gets the tables without their last column, which leads to forms.
    cells = slice(None) if may_write else slice(-1)
    return render(
        request,
        "employers/disclosure.jinja",
        {
            "title": "Employers and disclosure",
            "section": "disclosure",
            "may_write": may_write,
            "basis": words.basis(default, client, None),
            "default_rows": words.plan_rows(default.basis) if default.basis else [],
            "employers": [
                words.override_row(client, employer, live[employer.pk])[cells] for employer in known
            ],
            "history": [words.history_row(plan) for plan in plans.select_related("employer", "recorded_by")],
            "contacts": [
                contact_words.entry(row, may_write=may_write, with_employer=True) for row in contacts
            ],
            "waits": [
                opening_words.own_wait_row(wait)[cells]
                for wait in waits.select_related("opportunity__employer").prefetch_related("told")
            ],
            "travel": [
                opening_words.travel_row(row)[cells] for row in travel.select_related("site__employer")
            ],
        },
    )


class AnswerPage(FormPage):
    """The client's answer, for all employers or for the one in the address."""

    @cached_property
    def employer(self) -> Employer | None:
        pk = self.kwargs.get("employer_id")
        return None if pk is None else get_object_or_404(Employer, pk=pk)

    @cached_property
    def plan(self) -> DisclosurePlan | None:
        found: DisclosurePlan | None = (
            DisclosurePlan.objects.visible_to(self.request.user)
            .current()
            .filter(client=self.client, employer=self.employer)
            .first()
        )
        return found

    def initial(self) -> dict[str, Any]:
        plan = self.plan
        if plan is None:
            return {}
        answers = {name: getattr(plan, name) for name in ANSWER_FIELDS}
        if policies.state_of(plan, clock.today()) == "expired":
            answers["expires_on"] = None
        return answers


class RecordDisclosure(AnswerPage):
    """Staff record what the client said."""

    form_class = forms.DisclosureForm
    template_name = "employers/disclosure_edit.jinja"

    def get_title(self) -> str:
        return f"What may be said to {self.employer or 'employers'}"

    def get_cancel(self) -> str:
        return reverse("disclosure", args=[self.client.pk])

    def initial(self) -> dict[str, Any]:
        return super().initial() | {"agreed_on": clock.today(), "agreed_how": "spoken"}

    def context(self) -> dict[str, Any]:
        return {
            "shell": "cases/person.jinja",
            "section": "disclosure",
            "employer": self.employer,
            "override": self.plan if self.employer else None,
            "end_href": reverse("disclosure-end", args=[self.client.pk, self.employer.pk])
            if self.employer and self.plan
            else "",
        }

    def save(self, form: PageForm) -> str:
        actions.agree_disclosure(
            self.client, by=self.request.user, employer=self.employer, **form.cleaned_data
        )
        self.done("Saved. The earlier answer is kept in the history.")
        return reverse("disclosure", args=[self.client.pk])


def choose_employer_for_disclosure(request: HttpRequest, client: Any) -> HttpResponse:
    """Which employer gets an answer of its own."""
    return _choose(
        request, client, "disclosure-edit-employer", (client.pk,), reverse("disclosure", args=[client.pk])
    )


def _choose(request: HttpRequest, client: Any, name: str, args: tuple[int, ...], cancel: str) -> HttpResponse:
    q = request.GET.get("q", "").strip()[:100]
    return render(
        request,
        "employers/choose_employer.jinja",
        {
            "title": "Which employer?",
            "section": "disclosure",
            "q": q,
            "rows": [
                [
                    {
                        "text": str(employer),
                        "href": reverse(name, args=[*args, employer.pk]),
                        "sub": ", ".join(
                            site.name for site in employer.sites.all() if site.name != employer.name
                        ),
                    }
                ]
                for employer in choices_for(client, q)
            ],
            "cancel": cancel,
        },
    )


def end_override(request: HttpRequest, client: Any, employer_id: int) -> HttpResponse:
    """Let the answer for all employers hold here too."""
    _end(request, client, employer_id)
    return HttpResponseRedirect(reverse("disclosure", args=[client.pk]))


def _end(request: HttpRequest, client: Any, employer_id: int) -> None:
    plans = DisclosurePlan.objects.visible_to(request.user).current().select_related("client", "employer")
    plan = get_object_or_404(plans, client=client, employer=employer_id)
    actions.end_override(plan, by=request.user)
    messages.success(request, f"{plan.employer}: the answer for all employers now holds.")


# The client's own pages


def my_disclosure(request: HttpRequest, client: Any) -> HttpResponse:
    """What employers may know, in sentences."""
    known = list(known_for(client))
    live = policies.disclosures_for(client, known)
    found = live[None]
    return render(
        request,
        "employers/my_disclosure.jinja",
        {
            "title": "What employers may know",
            "back": {"href": address_of("my-sharing") or "/", "label": "Who can see what"},
            "consent": found.consent is not None,
            "sharing_href": address_of("my-sharing"),
            "sentences": words.your_sentences(found, None),
            "may_change": level_once_visible(request.user, client) == "write",
            "employers": [
                {
                    "name": str(employer),
                    "sentences": words.your_sentences(live[employer.pk], employer),
                    "own": (basis := live[employer.pk].basis) is not None and basis.employer_id is not None,
                    "href": reverse("my-disclosure-employer", args=[employer.pk]),
                    "end_href": reverse("my-disclosure-end", args=[employer.pk]),
                }
                for employer in known
            ],
        },
    )


class ChooseDisclosure(AnswerPage):
    """The client changes their own choice."""

    form_class = forms.MyDisclosureForm
    template_name = "employers/my_disclosure_edit.jinja"

    def get_title(self) -> str:
        return f"What {self.employer} may know" if self.employer else "What employers may know"

    def get_cancel(self) -> str:
        return reverse("my-disclosure")

    def context(self) -> dict[str, Any]:
        return {
            "back": {"href": reverse("my-disclosure"), "label": "What employers may know"},
            "employer": self.employer,
        }

    def save(self, form: PageForm) -> str:
        actions.agree_disclosure(
            self.client, by=self.request.user, employer=self.employer, **form.cleaned_data
        )
        self.done("Your choice is saved. It holds from now on.")
        return reverse("my-disclosure")


def my_choose_employer(request: HttpRequest, client: Any) -> HttpResponse:
    """The client says which employer is different."""
    return _choose(request, client, "my-disclosure-employer", (), reverse("my-disclosure"))


def my_end_override(request: HttpRequest, client: Any, employer_id: int) -> HttpResponse:
    """The client's own choice for one employer ends. Only opened (not sent), it changes nothing."""
    if request.method == "POST":
        _end(request, client, employer_id)
    return HttpResponseRedirect(reverse("my-disclosure"))
