"""Hours of a job, many weeks on one page: one row a week."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.urls import reverse

from pacework.service.core import clock
from pacework.service.core.errors import DomainError, StaleSave
from pacework.service.core.forms import PageForm
from pacework.service.core.presenters import query, short_day
from pacework.service.work import actions
from pacework.service.work.actions.hours import evidence_field, hours_field
from pacework.service.work.forms.jobs import HoursForm, pain_field
from pacework.service.work.hours import WEEK, week_is_over, weeks_between
from pacework.service.work.models import JobSpell
from pacework.service.work.views.shared import WorkForm

ON_A_PAGE = 13


class Stored:
    """The hours as they are stored now, by the names of the page's boxes: to compare with what was typed."""

    def __init__(self, job: JobSpell) -> None:
        self.version = job.version
        for row in job.weeks.all():
            setattr(self, hours_field(row.week), row.paid_minutes)
            setattr(self, evidence_field(row.week), row.evidence)
            setattr(self, pain_field(row.week), row.lost_to_pain)

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "version"}


def finished_weeks(job: JobSpell) -> list[date]:
    """Weeks of the job that are over, since the referral."""
    first, last = max(job.started_on, job.episode.referred_on), job.ended_on or clock.today()
    return [week for week in weeks_between(first, last) if week_is_over(week)]


class JobHours(WorkForm):
    """Staff record hours with what stands behind them."""

    form_class = HoursForm
    template_name = "work/hours.jinja"
    own = False

    def get_title(self) -> str:
        return f"Hours: {self.job.title}, {self.job.where}"

    def get_record(self) -> Any:
        return self.job

    def get_cancel(self) -> str:
        return self.back_to_job()

    @cached_property
    def all_weeks(self) -> list[date]:
        return finished_weeks(self.job)

    @cached_property
    def pages(self) -> int:
        return max(1, -(-len(self.all_weeks) // ON_A_PAGE))

    @cached_property
    def page(self) -> int:
        """Page 1 holds the latest weeks."""
        wanted = self.request.GET.get("page", "1")
        return (
            min(int(wanted), self.pages) if wanted.isascii() and wanted.isdecimal() and wanted != "0" else 1
        )

    @property
    def weeks(self) -> list[date]:
        end = len(self.all_weeks) - (self.page - 1) * ON_A_PAGE
        return self.all_weeks[max(0, end - ON_A_PAGE) : end]

    def form_kwargs(self) -> dict[str, Any]:
        return {"weeks": self.weeks, "own": self.own}

    def initial(self) -> dict[str, Any]:
        return Stored(self.job).values()

    def context(self) -> dict[str, Any]:
        weeks = self.weeks
        this_week = clock.monday(clock.today())
        return {
            "section": "work",
            "span": f"{short_day(weeks[0])} to {short_day(weeks[-1] + WEEK - timedelta(days=1))}"
            if weeks
            else "",
            "earlier": query(self.request, page=self.page + 1) if self.page < self.pages else "",
            "later": query(self.request, page=self.page - 1) if self.page > 1 else "",
            "this_week": short_day(this_week) if not week_is_over(this_week) and self.page == 1 else "",
        }

    def typed(self, form: PageForm) -> list[actions.WeekTyped]:
        """The weeks that hold something. A box emptied again says that the hours are not known."""
        data = form.cleaned_data
        known = Stored(self.job).values()
        weeks = []
        for week in self.weeks:
            minutes, pain = data.get(hours_field(week)), bool(data.get(pain_field(week)))
            stored = hours_field(week) in known
            if minutes is None and not pain and not stored:
                continue
            chosen = data.get(evidence_field(week)) or data.get("evidence")
            if self.own:
                chosen = known.get(evidence_field(week), "client_word")
            if not chosen:
                raise DomainError("Say what shows the hours.", field="evidence")
            weeks.append(actions.WeekTyped(week, minutes, evidence=chosen, lost_to_pain=pain))
        return weeks

    def save(self, form: PageForm) -> str:
        try:
            actions.record_hours(
                self.job, by=self.request.user, weeks=self.typed(form), expected=self.typed_version()
            )
        except StaleSave as stale:
            raise StaleSave(current=Stored(stale.current)) from None
        self.done("Hours saved.")
        return self.get_cancel()


class MyHours(JobHours):
    """The client's own hours, on their word."""

    own = True
    template_name = "work/my_hours.jinja"

    @cached_property
    def all_weeks(self) -> list[date]:
        """Weeks without hours, or with the client's own word:

        what the worker recorded is not theirs to change.
        """
        kept = {row.week for row in self.job.weeks.all() if row.evidence != "client_word"}
        return [week for week in finished_weeks(self.job) if week not in kept]

    def context(self) -> dict[str, Any]:
        return super().context() | {"kept": self.job.weeks.exclude(evidence="client_word").exists()}

    def get_title(self) -> str:
        return "My hours"

    def get_cancel(self) -> str:
        return reverse("my-work")
