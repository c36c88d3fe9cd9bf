"""Applications: added, corrected, moved on, ended."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from pacework.service.core import clock
from pacework.service.core.forms import PageForm
from pacework.service.core.presenters import with_query
from pacework.service.work import actions
from pacework.service.work.forms import applications as forms
from pacework.service.work.views.shared import WorkForm


class NewApplication(WorkForm):
    """A new idea or application, from the vacancy list (?vacancy=) or not."""

    form_class = forms.ApplicationForm
    title = "Add an application"

    def initial(self) -> dict[str, Any]:
        start: dict[str, Any] = {"step": "idea", "on": clock.today()}
        wanted = self.request.GET.get("vacancy", "")
        vacancy = forms.open_vacancies().filter(pk=int(wanted)).first() if wanted.isdecimal() else None
        if vacancy is not None:
            start |= {"vacancy": vacancy.pk, "title": vacancy.title, "employer": vacancy.employer}
        return start

    def save(self, form: PageForm) -> str:
        actions.add_application(self.episode, by=self.request.user, **form.cleaned_data)
        self.done("Application saved.")
        return self.back_to_work()


class EditApplication(WorkForm):
    """Correct an application and its dates."""

    form_class = forms.ApplicationEditForm

    def get_title(self) -> str:
        return f"{self.application.title}, {self.application.where}"

    def get_record(self) -> Any:
        return self.application

    def form_kwargs(self) -> dict[str, Any]:
        return {"application": self.application}

    def initial(self) -> dict[str, Any]:
        row = self.application
        names = ("title", "match_why", "idea_on", "applied_on", "interview_on", "offer_on", "starts_on")
        return {name: getattr(row, name) for name in names} | {"employer": row.where}

    def save(self, form: PageForm) -> str:
        actions.edit_application(
            self.application, by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        self.done("Application changed.")
        return self.back_to_work()


class MoveApplication(WorkForm):
    """The next step of an application."""

    form_class = forms.MoveForm

    def get_title(self) -> str:
        return f"Next step: {self.application.title}, {self.application.where}"

    def get_record(self) -> Any:
        return self.application

    def form_kwargs(self) -> dict[str, Any]:
        return {"application": self.application}

    def initial(self) -> dict[str, Any]:
        return {"on": clock.today()}

    def save(self, form: PageForm) -> str:
        actions.move_application(
            self.application, by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        self.done("Step saved.")
        return self.back_to_work()


class EndApplication(WorkForm):
    """How an application ended. An accepted offer leads on to the job once it has started."""

    form_class = forms.ApplicationEndForm

    def get_title(self) -> str:
        return f"How did it end? {self.application.title}, {self.application.where}"

    def get_record(self) -> Any:
        return self.application

    def form_kwargs(self) -> dict[str, Any]:
        return {"application": self.application}

    def initial(self) -> dict[str, Any]:
        return {"on": clock.today()}

    def save(self, form: PageForm) -> str:
        row = actions.end_application(
            self.application, by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        if row.outcome == "became_placement":
            self.done("Outcome saved. Plan the placement now, or later.")
            return reverse("placement-new", args=[self.client.pk])
        if row.outcome == "accepted" and (row.starts_on or clock.today()) <= clock.today():
            self.done("Outcome saved. Record the job now, or later.")
            return with_query(reverse("job-new", args=[self.client.pk]), application=row.pk)
        self.done("Outcome saved.")
        return self.back_to_work()
