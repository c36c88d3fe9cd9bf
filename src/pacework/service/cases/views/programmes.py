"""The administrator's programmes: terms in words, and their limits."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pacework.service.cases import actions, forms, presenters
from pacework.service.cases.models import Programme
from pacework.service.core.pages import FormPage, render

FIELDS = ("name", "preset", "search_limit_weeks", "in_work_limit_weeks", "is_default")


def programmes(request: HttpRequest) -> HttpResponse:
    rows = Programme.objects.all()
    context = {"title": "Programmes", "programmes": [presenters.programme_card(row) for row in rows]}
    return render(request, "cases/programmes.jinja", context)


class NewProgramme(FormPage):
    form_class = forms.ProgrammeForm
    title = "New programme"

    def get_cancel(self) -> str:
        return reverse("programmes")

    def initial(self) -> dict[str, Any]:
        return {"preset": "routine"}

    def save(self, form: Any) -> str:
        programme = actions.save_programme(Programme(**form.cleaned_data), by=self.request.user)
        self.done(f"{programme.name} is saved.")
        return reverse("programmes")


class EditProgramme(NewProgramme):
    title = "Change a programme"

    def get_record(self) -> Programme:
        return get_object_or_404(Programme, pk=self.kwargs["programme_id"])

    def initial(self) -> dict[str, Any]:
        programme = self.get_record()
        return {name: getattr(programme, name) for name in FIELDS}

    def save(self, form: Any) -> str:
        programme = self.get_record()
        for name, value in form.cleaned_data.items():
            setattr(programme, name, value)
        actions.save_programme(programme, by=self.request.user, expected=self.typed_version())
        self.done(f"{programme.name} is saved.")
        return reverse("programmes")
