"""Jobs: recorded, looked at, changed, ended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from pacework.service.core import clock
from pacework.service.core.errors import DomainError
from pacework.service.core.forms import PageForm
from pacework.service.core.pages import render
from pacework.service.work import actions
from pacework.service.work.forms import jobs as forms
from pacework.service.work.models import Application, JobSpell, Placement
from pacework.service.work.presenters import jobs as words
from pacework.service.work.views.shared import WorkForm, episode_of, may_write, through_the_door

COPIED = (
    "title", "contract", "apprentice_since", "started_on", "held_at_entry", "weekly_hours", "hourly_pay",
    "open_to_anyone", "usual_rate", "set_aside", "how_found", "disclosed", "occupation",
)  # fmt: skip


def job(request: HttpRequest, client: Any, job_id: int) -> HttpResponse:
    """One job: what it is, its hours, and what they count for."""
    row = through_the_door(JobSpell, request.user, client, job_id)
    return render(
        request,
        "work/job.jinja",
        {"section": "work", **words.page(row, request.user, may_write=may_write(request.user, client))},
    )


class NewJob(WorkForm):
    """Record a job that has started: from an accepted application, from a placement, or by itself."""

    form_class = forms.JobForm
    title = "Record a job"

    def _asked(self, name: str, model: Any) -> Any:
        wanted = self.request.GET.get(name, "")
        return (
            through_the_door(model, self.request.user, self.client, int(wanted))
            if wanted.isdecimal()
            else None
        )

    def initial(self) -> dict[str, Any]:
        application = self._asked("application", Application)
        if application is not None:
            first = application.starts_on
            return {
                "title": application.title,
                "employer": application.where,
                "started_on": first if first and first <= clock.today() else None,
            }
        placement = self._asked("placement", Placement)
        if placement is not None:
            return {"title": placement.title, "employer": placement.employer, "how_found": "placement"}
        return {"held_at_entry": self.episode.employed_at_entry and not self.episode.jobs.exists()}

    def context(self) -> dict[str, Any]:
        return {
            "section": "work",
            "intro": "A job is recorded once it has started. What nobody knows can be added later.",
        }

    def save(self, form: PageForm) -> str:
        row = actions.record_job(
            self.episode,
            by=self.request.user,
            application=self._asked("application", Application),
            **form.cleaned_data,
        )
        self.done("Job saved. A contact is due within 3 days after the start.")
        return reverse("job", args=[self.client.pk, row.pk])


class EditJob(WorkForm):
    """Change what is known about a job."""

    form_class = forms.JobForm
    title = "Change the job"

    def get_record(self) -> Any:
        return self.job

    def get_cancel(self) -> str:
        return self.back_to_job()

    def form_kwargs(self) -> dict[str, Any]:
        return {"job": self.job}

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.job, name) for name in COPIED} | {"employer": self.job.where}

    def save(self, form: PageForm) -> str:
        actions.edit_job(
            self.job,
            by=self.request.user,
            site=self.job.site,
            expected=self.typed_version(),
            **form.cleaned_data,
        )
        self.done("Job changed.")
        return self.back_to_job()


class FourHours(WorkForm):
    """The day on which 4 hours of paid work were done."""

    form_class = forms.FourHoursForm
    title = "When were 4 hours done?"

    def get_record(self) -> Any:
        return self.job

    def get_cancel(self) -> str:
        return self.back_to_job()

    def initial(self) -> dict[str, Any]:
        return {"on": self.job.four_hours_on if self.job.four_hours_typed else None}

    def save(self, form: PageForm) -> str:
        actions.set_four_hours(
            self.job, by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        self.done("Saved.")
        return self.back_to_job()


class EndJob(WorkForm):
    """The last day and why. Support goes on: the client is back in job search."""

    form_class = forms.JobEndForm

    def get_title(self) -> str:
        return "Correct the end of the job" if self.job.ended_on else "End of the job"

    def get_record(self) -> Any:
        return self.job

    def get_cancel(self) -> str:
        return self.back_to_job()

    def initial(self) -> dict[str, Any]:
        row = self.job
        if row.ended_on is None:
            return {"on": clock.today()}
        return {
            "on": row.ended_on,
            "reason": row.end_reason,
            "heard_of_end_on": row.heard_of_end_on,
            "words": row.end_words,
            "lessons": row.lessons,
        }

    def context(self) -> dict[str, Any]:
        return {
            "section": "work",
            "intro": f"Support goes on. {self.client.name} is back in job search. Get in touch in 3 days.",
        }

    def save(self, form: PageForm) -> str:
        actions.end_job(self.job, by=self.request.user, expected=self.typed_version(), **form.cleaned_data)
        self.done("End of the job saved.")
        return self.back_to_job()


def goes_on(request: HttpRequest, client: Any, job_id: int) -> HttpResponse:
    """Take back an end that was recorded in error."""
    row = through_the_door(JobSpell, request.user, client, job_id)
    episode_of(client)
    try:
        actions.take_back_end(row, by=request.user)  # type: ignore[arg-type]
        messages.success(request, "The job goes on.")
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    return HttpResponseRedirect(reverse("job", args=[client.pk, row.pk]))
