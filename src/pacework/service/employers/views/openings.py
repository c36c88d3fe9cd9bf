"""Placement opportunities."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.core.forms import PageForm
from pacework.service.core.pages import FormPage, render
from pacework.service.core.presenters import paginate
from pacework.service.employers import actions, permissions, policies
from pacework.service.employers.forms import openings as forms
from pacework.service.employers.models import PlacementOpportunity, PlacementWait
from pacework.service.employers.presenters import openings as words
from pacework.service.employers.views.shared import EmployerPage, wanted

OPPORTUNITY_HEAD = [
    "Placement",
    "Agreement",
    "Places free",
    "Lead time",
    {"label": "Waiting", "numeric": True},
]


def opportunities(request: HttpRequest) -> HttpResponse:
    """Places to try work out, how many are free, and who waits how long."""
    chosen = wanted(request, "q", "state")
    found = PlacementOpportunity.objects.select_related("employer", "site").annotate(
        waiting_count=Count("waits", filter=Q(waits__ended_on__isnull=True))
    )
    if chosen["state"] in PlacementOpportunity.State.values:
        found = found.filter(state=chosen["state"])
    elif not chosen["state"]:
        found = found.exclude(state=PlacementOpportunity.State.ENDED)
    for word in chosen["q"].split():
        found = found.filter(
            Q(title__icontains=word) | Q(employer__name__icontains=word) | Q(tasks__icontains=word)
        )
    listed = paginate(request, found)
    free = policies.places_free(listed.items)
    waits = (
        PlacementWait.objects.visible_to(request.user)
        .waiting()
        .select_related("client", "opportunity__employer")
        .prefetch_related("told")
    )
    may_write = permissions.can_edit_employers(request.user)
    states = [("", "All but ended"), *PlacementOpportunity.State.choices, ("all", "All")]
    return render(
        request,
        "employers/opportunities.jinja",
        {
            "title": "Placement opportunities",
            "head": OPPORTUNITY_HEAD,
            "rows": [words.opportunity_row(row, free[row.pk]) for row in listed.items],
            "paged": listed,
            "filter_items": [
                {"name": "q", "label": "Placement, employer or task", "value": chosen["q"], "type": "search"},
                {"name": "state", "label": "Agreement", "value": chosen["state"], "choices": states},
            ],
            "searched": any(chosen.values()),
            "waiting": [
                words.wait_row(wait, may_write=may_write, with_opportunity=True) for wait in waits[:50]
            ],
            "may_write": may_write,
        },
    )


def opportunity(request: HttpRequest, opportunity_id: int) -> HttpResponse:
    """One placement opportunity."""
    rows = PlacementOpportunity.objects.select_related("employer", "site", "named_manager")
    found = get_object_or_404(rows, pk=opportunity_id)
    waits = list(
        PlacementWait.objects.visible_to(request.user)
        .waiting()
        .filter(opportunity=found)
        .select_related("client")
        .prefetch_related("told")
    )
    may_write = permissions.can_edit_employers(request.user)
    hidden = found.waits.waiting().count() - len(waits)
    return render(
        request,
        "employers/opportunity.jinja",
        {
            "title": found.title,
            "caption": str(found.employer),
            "back": {"href": reverse("placement-opportunities"), "label": "Placement opportunities"},
            "opportunity": found,
            "facts": words.opportunity_facts(found, policies.places_free([found])[found.pk]),
            "may_write": may_write,
            "can_wait": found.state != PlacementOpportunity.State.ENDED,
            "waits": [words.wait_row(wait, may_write=may_write, with_opportunity=False) for wait in waits],
            "hidden": words.waiting_summary(hidden),
        },
    )


class NewOpportunity(EmployerPage):
    """Add a placement opportunity of an employer."""

    form_class = forms.OpportunityForm
    title = "Add a placement opportunity"

    def initial(self) -> dict[str, Any]:
        return {"places": 1}

    def save(self, form: PageForm) -> str:
        made = actions.add_opportunity(self.employer, by=self.request.user, **form.cleaned_data)
        self.done("Added as an idea. Say when they have been asked.")
        return reverse("placement-opportunity", args=[made.pk])


class OpportunityPage(FormPage):
    """A form about one placement opportunity."""

    @cached_property
    def opportunity(self) -> PlacementOpportunity:
        rows = PlacementOpportunity.objects.select_related("employer")
        return get_object_or_404(rows, pk=self.kwargs["opportunity_id"])

    def get_cancel(self) -> str:
        return reverse("placement-opportunity", args=[self.opportunity.pk])

    def context(self) -> dict[str, Any]:
        return {"caption": f"{self.opportunity.title}, {self.opportunity.employer}"}


class EditOpportunity(OpportunityPage):
    """Change a placement opportunity."""

    form_class = forms.OpportunityForm
    title = "Change placement opportunity"

    def get_record(self) -> PlacementOpportunity:
        return self.opportunity

    def form_kwargs(self) -> dict[str, Any]:
        return {"employer": self.opportunity.employer}

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.opportunity, name) for name in self.form_class.base_fields}

    def save(self, form: PageForm) -> str:
        actions.edit_opportunity(
            self.opportunity, by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        self.done("Saved.")
        return self.get_cancel()


class MoveOpportunity(OpportunityPage):
    """One step in the agreement."""

    form_class = forms.OpportunityStepForm
    title = "Next step with the employer"

    def get_record(self) -> PlacementOpportunity:
        return self.opportunity

    def form_kwargs(self) -> dict[str, Any]:
        return {"opportunity": self.opportunity}

    def save(self, form: PageForm) -> str:
        actions.move_opportunity(
            self.opportunity, by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        self.done("Saved.")
        return self.get_cancel()


class AddToWait(OpportunityPage):
    """One of the reader's clients waits for this placement."""

    form_class = forms.ClientWaitForm
    title = "Who waits for this?"

    def form_kwargs(self) -> dict[str, Any]:
        clients = Client.objects.visible_to(self.request.user)
        return {"clients": clients.filter(episodes__isnull=False, episodes__closed_on__isnull=True)}

    def initial(self) -> dict[str, Any]:
        return {"since": clock.today()}

    def save(self, form: PageForm) -> str:
        actions.add_wait(
            form.cleaned_data["client"],
            self.opportunity,
            by=self.request.user,
            since=form.cleaned_data["since"],
        )
        self.done("Added to the list. Nothing about them was sent to the employer.")
        return self.get_cancel()
