"""Needs: what the answers point at, what was named, and how both become actions in one step."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pacework.service.cases.models import Consent
from pacework.service.cases.policies import consents_to
from pacework.service.core.errors import DomainError
from pacework.service.core.forms import PageForm
from pacework.service.profile import actions, forms, policies
from pacework.service.profile.models import Need
from pacework.service.profile.presenters import needs as shown
from pacework.service.profile.proposals import proposals
from pacework.service.profile.views.shared import SituationPage, episode_of, may_write, saved_sections


class NeedPage(SituationPage):
    """Shared by the pages about needs: they lead back to the list."""

    draft = False

    def get_title(self) -> str:
        return self.title

    def get_record(self) -> Any:
        return None

    def get_cancel(self) -> str:
        return reverse("needs", args=[self.client.pk])

    @cached_property
    def named(self) -> list[Need]:
        rows = Need.objects.visible_to(self.request.user).filter(episode=self.client.episode)
        return list(rows.select_related("action", "named_by"))

    @cached_property
    def shares(self) -> bool:
        """Whether the health team may be given a step."""
        return consents_to(self.client, Consent.Layer.HEALTH_SHARING)

    def need(self) -> Need:
        """The need in the address, of this client."""
        rows = Need.objects.visible_to(self.request.user).select_related("episode__client")
        return get_object_or_404(rows, pk=self.kwargs["need_id"], episode=episode_of(self.client))


class Needs(NeedPage):
    """All needs by area. Ticked ones go into the plan with the words, owner and day beside them."""

    form_class = forms.NeedsForm
    template_name = "profile/needs.jinja"
    title = "Needs and next steps"
    draft = True

    def get_cancel(self) -> str:
        return ""

    @cached_property
    def rows(self) -> list[shown.Row]:
        put_forward = proposals(
            saved_sections(self.request, self.client).values(), known=[need.key for need in self.named]
        )
        undecided = [need for need in self.named if need.undecided]
        return [shown.row_of(one, shares=self.shares) for one in (*put_forward, *undecided)]

    def form_kwargs(self) -> dict[str, Any]:
        return {"rows": self.rows}

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "may_write": may_write(self.request, self.client),
            "domains": shown.by_domain(self.rows),
            "planned": [shown.planned_row(need) for need in self.named if need.action is not None],
            "aside": [shown.aside_row(need) for need in self.named if need.set_aside_on is not None],
        }

    def save(self, form: PageForm) -> str:
        assert isinstance(form, forms.NeedsForm)  # noqa: S101 -- for the type checker
        planned = actions.plan_needs(episode_of(self.client), by=self.request.user, chosen=form.chosen())
        count = len(planned)
        self.done(f"{count} action{'s' if count != 1 else ''} added to the plan.")
        return reverse("needs", args=[self.client.pk])


class NewNeed(NeedPage):
    """Name a need that no answer pointed at."""

    form_class = forms.NewNeedForm
    title = "Add a need"

    def form_kwargs(self) -> dict[str, Any]:
        return {"choices": shown.new_choices(need.key for need in self.named)}

    def save(self, form: PageForm) -> str:
        actions.name_need(episode_of(self.client), by=self.request.user, **form.cleaned_data)
        self.done("The need is on the list. Tick it to put it in the plan.")
        return self.get_cancel()


class PlanNeed(NeedPage):
    """One need into one action, from anywhere in the record."""

    form_class = forms.NeedActionForm

    def get_title(self) -> str:
        return f"Put in the plan: {self.need().words}"

    def initial(self) -> dict[str, Any]:
        row = shown.row_of(self.need(), shares=self.shares)
        return {"words": row.action, "owner": row.owner, "due_on": row.due_on}

    def save(self, form: PageForm) -> str:
        actions.plan_need(self.need(), by=self.request.user, **form.cleaned_data)
        self.done("Added to the plan.")
        return self.get_cancel()


class SetAside(NeedPage):
    """A need that is not followed up: one that is named, or one that answers point at."""

    form_class = forms.SetAsideForm

    def get_title(self) -> str:
        return f"Set aside: {self.words}"

    @property
    def words(self) -> str:
        return self.need().words

    def save(self, form: PageForm) -> str:
        self.set_aside(form.cleaned_data["why"])
        self.done("Set aside. It will not be put forward again, and you can take it up any time.")
        return self.get_cancel()

    def set_aside(self, why: str) -> None:
        actions.set_need_aside(self.need(), by=self.request.user, why=why)


class SetProposalAside(SetAside):
    @property
    def words(self) -> str:
        listed = get_listed(self.kwargs["need_key"])
        return str(listed["label"])

    def set_aside(self, why: str) -> None:
        actions.set_proposal_aside(
            episode_of(self.client), by=self.request.user, key=self.kwargs["need_key"], why=why
        )


def get_listed(key: str) -> dict[str, Any]:
    if key not in policies.listed_needs():
        raise Http404("No such need")
    return policies.listed_needs()[key]


def take_up(request: HttpRequest, client: Any, need_id: int) -> HttpResponse:
    """A need that was set aside matters after all."""
    rows = Need.objects.visible_to(request.user).select_related("episode__client")
    need = get_object_or_404(rows, pk=need_id, episode=client.episode)
    try:
        actions.take_up_need(need, by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "Back on the list.")
    return HttpResponseRedirect(reverse("needs", args=[client.pk]))
