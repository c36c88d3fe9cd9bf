"""The Work section of a person, and the client's own page about their work."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pacework.service.cases.permissions import level_once_visible
from pacework.service.core.forms import PageForm
from pacework.service.core.pages import render
from pacework.service.work import actions
from pacework.service.work.forms.applications import IdeaForm
from pacework.service.work.presenters import overview
from pacework.service.work.views.shared import WorkForm, may_write


def work(request: HttpRequest, client: Any) -> HttpResponse:
    """Applications, placements and jobs, and what the hours count for."""
    found = overview.page(client, request.user, may_write=may_write(request.user, client))
    return render(request, "work/work.jinja", {"title": "Work", "section": "work", **found})


def my_work(request: HttpRequest, client: Any) -> HttpResponse:
    """The client's ideas, applications, placement or job."""
    writable = level_once_visible(request.user, client) == "write"
    found = overview.own_page(client, request.user, may_write=writable)
    return render(request, "work/my_work.jinja", {"title": "My work", **found})


class MyIdea(WorkForm):
    """A client's own idea for work."""

    form_class = IdeaForm
    title = "A new idea"

    def get_cancel(self) -> str:
        return reverse("my-work")

    def save(self, form: PageForm) -> str:
        actions.add_application(self.episode, by=self.request.user, **form.cleaned_data)
        self.done("Your idea is saved. Your worker can see it too.")
        return reverse("my-work")
