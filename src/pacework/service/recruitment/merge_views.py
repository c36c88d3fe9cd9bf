"""Possible duplicates: the list, two records side by side, joining them, and taking that back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.core.errors import DomainError
from pacework.service.core.pages import FormPage, render
from pacework.service.core.presenters import paginate
from pacework.service.recruitment import actions, merge_forms, merge_presenters
from pacework.service.recruitment import policies_merge as policies
from pacework.service.recruitment.models import Merge, PossibleDuplicate
from pacework.service.recruitment.step_forms import ConfirmForm

SHOWN_FOR = timedelta(days=30)


def duplicates(request: HttpRequest) -> HttpResponse:
    """People who look like somebody known, most likely first; and what was joined lately."""
    wanted = request.GET.get("show", "open")
    pairs = PossibleDuplicate.objects.visible_to(request.user).filter(
        other__merged_into__isnull=True, other__erased_on__isnull=True
    )
    pairs = pairs.exclude(decided="") if wanted == "decided" else pairs.filter(decided="")
    paged = paginate(request, pairs.select_related("client__team", "other__team", "decided_by"), per=50)
    ids = [pair.other_id for pair in paged.items]
    visible = set(Client.objects.visible_to(request.user).filter(pk__in=ids).values_list("pk", flat=True))
    merges = (
        Merge.objects.visible_to(request.user)
        .filter(undone_at__isnull=True, merged_at__gte=clock.now() - SHOWN_FOR)
        .select_related("kept", "merged", "merged_by")[:20]
    )
    context = {
        "title": "Possible duplicates",
        "tabs": merge_presenters.tabs(request, wanted),
        "head": ["Came in", "Known", "Why", "How likely", "Found"],
        "rows": [merge_presenters.pair_line(one, visible=one.other_id in visible) for one in paged.items],
        "paged": paged,
        "decided": wanted == "decided",
        "merges": [merge_presenters.merge_line(one, policies.can_undo_merge(one)) for one in merges],
        "back": {"href": reverse("referrals"), "label": "Referrals"},
    }
    return render(request, "recruitment/duplicates.jinja", context)


class PairPage(FormPage):
    """A page about two people who look alike."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = PossibleDuplicate.objects.visible_to(request.user).select_related(
            "client__team", "other__team"
        )
        self.pair = get_object_or_404(found, pk=kwargs["pair_id"])
        people = Client.objects.visible_to(request.user).select_related("team")
        self.other_is_visible = people.filter(pk=self.pair.other_id).exists()

    def get_cancel(self) -> str:
        return reverse("duplicates")


class Compare(PairPage):
    """The two side by side."""

    form_class = merge_forms.CompareForm
    template_name = "recruitment/duplicate.jinja"
    title = "Same person?"

    def form_kwargs(self) -> dict[str, Any]:
        return {"can_join": self.other_is_visible}

    def context(self) -> dict[str, Any]:
        return {
            "pair": self.pair,
            "decided": merge_presenters.decided_words(self.pair),
            "back": {"href": reverse("duplicates"), "label": "Possible duplicates"},
            "wide": True,
            **merge_presenters.compare(self.pair, other_is_visible=self.other_is_visible),
        }

    def save(self, form: Any) -> str:
        if form.cleaned_data["choice"] == "same":
            policies.check_pair_open(self.pair)
            policies.check_mergeable(self.pair.other, self.pair.client)
            return reverse("merge", args=[self.pair.pk])
        actions.decide_different(self.pair, by=self.request.user)
        self.done("Noted: two people.")
        return reverse("duplicates")


class Join(PairPage):
    """Field by field; then one record."""

    form_class = merge_forms.MergeForm
    template_name = "recruitment/merge.jinja"
    title = "Join the two records"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.kept, self.merged = actions.which_to_keep(self.pair)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.pair.decided or not self.other_is_visible:
            return HttpResponseRedirect(reverse("duplicate", args=[self.pair.pk]))
        return super().get(request, *args, **kwargs)

    def get_cancel(self) -> str:
        return reverse("duplicate", args=[self.pair.pk])

    def form_kwargs(self) -> dict[str, Any]:
        return {"fields": merge_presenters.questions(self.kept, self.merged)}

    def context(self) -> dict[str, Any]:
        refusal = ""
        try:
            policies.check_mergeable(self.kept, self.merged)
        except DomainError as wrong:
            refusal = wrong.sentence
        return {
            "refusal": refusal,
            **merge_presenters.preview(
                self.kept, self.merged, reader=self.request.user, visible=self.other_is_visible
            ),
        }

    def save(self, form: Any) -> str:
        actions.merge(self.kept, self.merged, by=self.request.user, choices=form.cleaned_data, pair=self.pair)
        self.done("The two records are one now. Until something is recorded, you can take this back.")
        return reverse("duplicates")


class UndoMerge(FormPage):
    """Two records again."""

    form_class = ConfirmForm
    template_name = "recruitment/step.jinja"
    title = "Take the joining back"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = Merge.objects.visible_to(request.user).select_related("kept", "merged")
        self.merge = get_object_or_404(found, pk=kwargs["merge_id"], kept=self.client)

    def get_cancel(self) -> str:
        return reverse("duplicates")

    def form_kwargs(self) -> dict[str, Any]:
        return {"submit": "Make two records again"}

    def context(self) -> dict[str, Any]:
        return {"lede": "Both records become as they were, with every row where it was."}

    def save(self, form: Any) -> str:
        actions.undo_merge(self.merge, by=self.request.user)
        self.done("There are two records again, as before.")
        return reverse("duplicates")
