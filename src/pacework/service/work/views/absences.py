"""Days away from work: added and put right by the worker, or by the client themselves."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from pacework.service.core import clock
from pacework.service.core.forms import PageForm
from pacework.service.work import actions
from pacework.service.work.forms.absences import (
    AbsenceEditForm,
    AbsenceForm,
    OwnAbsenceEditForm,
    OwnAbsenceForm,
)
from pacework.service.work.models import Absence, JobSpell, Placement
from pacework.service.work.presenters import absences as words
from pacework.service.work.views.shared import WorkForm


class NewAbsence(WorkForm):
    """Days away from one of the jobs or placements of this episode."""

    form_class = AbsenceForm
    title = "Add days away"

    @cached_property
    def things(self) -> dict[str, tuple[str, Any]]:
        """What one can be away from, by the key of its choice."""
        of_person = {"episode": self.client.episode}
        jobs = JobSpell.objects.visible_to(self.request.user).filter(**of_person).select_related("employer")
        placements = Placement.objects.visible_to(self.request.user).filter(**of_person)
        found: dict[str, tuple[str, Any]] = {f"job-{row.pk}": ("job", row) for row in jobs}
        for row in placements.filter(started_on__isnull=False).select_related("employer"):
            found[f"placement-{row.pk}"] = ("placement", row)
        return found

    def form_kwargs(self) -> dict[str, Any]:
        return {"things": [(key, words.thing_words(row)) for key, (_, row) in self.things.items()]}

    def initial(self) -> dict[str, Any]:
        return {"first_day": clock.today(), "pain_related": True, "certified": Absence.Certified.SELF}

    def save(self, form: PageForm) -> str:
        said = dict(form.cleaned_data)
        chosen = said.pop("what", next(iter(self.things), ""))
        about = dict([self.things[chosen]]) if chosen in self.things else {}
        actions.record_absence(self.episode, by=self.request.user, **about, **said)
        self.done("Days away saved.")
        return self.get_cancel()


class EditAbsence(WorkForm):
    """The same days, put right or taken back."""

    form_class = AbsenceEditForm
    title = "Change days away"

    @cached_property
    def absence(self) -> Absence:
        rows = Absence.objects.visible_to(self.request.user).filter(episode__client=self.client)
        rows = rows.select_related("episode__client", "job", "placement")
        return get_object_or_404(rows, pk=self.kwargs["absence_id"])

    def get_record(self) -> Absence:
        return self.absence

    def initial(self) -> dict[str, Any]:
        names = ("first_day", "last_day", "pain_related", "certified")
        return {name: getattr(self.absence, name) for name in names}

    def save(self, form: PageForm) -> str:
        said = dict(form.cleaned_data)
        if said.pop("never"):
            actions.take_back_absence(self.absence, by=self.request.user)
            self.done("The days away are taken back.")
        else:
            actions.edit_absence(self.absence, by=self.request.user, expected=self.typed_version(), **said)
            self.done("Days away saved.")
        return self.get_cancel()


class MyNewAbsence(NewAbsence):
    form_class = OwnAbsenceForm

    def get_cancel(self) -> str:
        return reverse("my-work")


class MyAbsence(EditAbsence):
    form_class = OwnAbsenceEditForm

    def get_cancel(self) -> str:
        return reverse("my-work")
