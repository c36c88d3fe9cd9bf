"""Placements: planned, started, followed week by week, ended; and adjustments."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from pacework.service.core import clock
from pacework.service.core.errors import DomainError, StaleSave
from pacework.service.core.forms import PageForm
from pacework.service.core.pages import render
from pacework.service.core.presenters import short_day
from pacework.service.work import actions, policies
from pacework.service.work.forms import placements as forms
from pacework.service.work.models import Placement, PlacementWeek
from pacework.service.work.presenters import placements as words
from pacework.service.work.views.shared import WorkForm, may_write, through_the_door

REVIEW_AFTER = timedelta(weeks=4)


class NewPlacement(WorkForm):
    """Plan a placement, from an opportunity (?opportunity=) or with an employer of the list."""

    form_class = forms.PlacementForm
    title = "Plan a placement"

    def initial(self) -> dict[str, Any]:
        wanted = self.request.GET.get("opportunity", "")
        return {"kind": Placement.Kind.UNPAID, "opportunity": wanted if wanted.isdecimal() else None}

    def save(self, form: PageForm) -> str:
        row = actions.plan_placement(self.episode, by=self.request.user, **form.cleaned_data)
        self.done("Placement planned.")
        return reverse("placement", args=[self.client.pk, row.pk])


def placement(request: HttpRequest, client: Any, placement_id: int) -> HttpResponse:
    """One placement: the plan, the hours done, what was agreed."""
    row = through_the_door(Placement, request.user, client, placement_id)
    return render(
        request,
        "work/placement.jinja",
        {"section": "work", **words.page(row, request.user, may_write=may_write(request.user, client))},
    )


class PlanAsTyped:
    """The stored plan, by the names of the form: to compare with what was typed."""

    def __init__(self, row: Placement) -> None:
        self.version = row.version
        for name, value in plan_values(row).items():
            setattr(self, name, value)


def plan_values(row: Placement) -> dict[str, Any]:
    plan = actions.plan_of(row)
    return {"title": row.title, "kind": row.kind, **plan, "build_weeks": plan["build_weeks"] or None}


class ChangePlan(WorkForm):
    """A placement that has not begun: other dates, hours or work."""

    form_class = forms.ReplanForm
    title = "Change the plan"

    def get_record(self) -> Any:
        return self.placement

    def get_cancel(self) -> str:
        return self.back_to_placement()

    def initial(self) -> dict[str, Any]:
        return plan_values(self.placement)

    def save(self, form: PageForm) -> str:
        try:
            actions.change_planned_placement(
                self.placement, by=self.request.user, expected=self.typed_version(), **form.cleaned_data
            )
        except StaleSave as stale:
            raise StaleSave(current=PlanAsTyped(stale.current)) from None
        self.done("Plan saved.")
        return self.back_to_placement()


class StartPlacement(WorkForm):
    """The first day has come."""

    form_class = forms.StartForm
    title = "Start of the placement"

    def get_record(self) -> Any:
        return self.placement

    def get_cancel(self) -> str:
        return self.back_to_placement()

    def initial(self) -> dict[str, Any]:
        return {"on": min(self.placement.planned_from, clock.today())}

    def save(self, form: PageForm) -> str:
        actions.start_placement(
            self.placement, by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        self.done("Start recorded.")
        return self.back_to_placement()


class RecordWeek(WorkForm):
    """Hours planned and done in one week of a placement."""

    form_class = forms.WeekForm

    @cached_property
    def week(self) -> date:
        try:
            week = date.fromisoformat(self.kwargs["week"])
            policies.check_placement_week(self.placement, week, planned_minutes=None, done_minutes=None)
        except (ValueError, DomainError):
            raise Http404("No such week") from None
        return week

    @cached_property
    def row(self) -> PlacementWeek | None:
        found: PlacementWeek | None = self.placement.weeks.filter(week=self.week).first()
        return found

    def get_title(self) -> str:
        return f"Week of {short_day(self.week)}"

    def get_record(self) -> Any:
        return self.row

    def get_cancel(self) -> str:
        return self.back_to_placement()

    def initial(self) -> dict[str, Any]:
        row = self.row
        if row is None:
            return {"planned": int(self.placement.planned_hours * 60)}
        return {
            "planned": row.planned_minutes,
            "done": row.done_minutes,
            "lost_to_pain": row.lost_to_pain,
            "note": row.note,
        }

    def save(self, form: PageForm) -> str:
        typed = form.cleaned_data
        try:
            actions.record_placement_week(
                self.placement,
                by=self.request.user,
                week=self.week,
                planned_minutes=typed["planned"],
                done_minutes=typed["done"],
                lost_to_pain=typed["lost_to_pain"],
                note=typed["note"],
                expected=self.typed_version(),
            )
        except DomainError as refusal:
            if refusal.field == "week":
                raise Http404("No such week") from None
            raise
        self.done("Week saved.")
        return self.back_to_placement()


class EndPlacement(WorkForm):
    """Why and when a placement ended, or that it will not come about."""

    form_class = forms.PlacementEndForm

    def get_title(self) -> str:
        return "End the placement" if self.placement.started_on else "The placement will not come about"

    def get_record(self) -> Any:
        return self.placement

    def get_cancel(self) -> str:
        return self.back_to_placement()

    def initial(self) -> dict[str, Any]:
        return {"on": clock.today()}

    def save(self, form: PageForm) -> str:
        row = actions.end_placement(
            self.placement, by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        self.done("Placement ended. The client stays in job search.")
        if row.end_reason == "became_job":
            return reverse("job-new", args=[self.client.pk]) + f"?placement={row.pk}"
        return self.back_to_placement()


class NewAdjustment(WorkForm):
    """A change agreed for the job or placement in the address."""

    form_class = forms.AdjustmentForm
    title = "Add an adjustment"

    def get_cancel(self) -> str:
        return self.back_to_job() if "job_id" in self.kwargs else self.back_to_placement()

    def initial(self) -> dict[str, Any]:
        return {"agreed_on": clock.today(), "review_on": clock.today() + REVIEW_AFTER}

    def save(self, form: PageForm) -> str:
        about: dict[str, Any] = (
            {"job": self.job} if "job_id" in self.kwargs else {"placement": self.placement}
        )
        actions.agree_adjustment(self.episode, by=self.request.user, **about, **form.cleaned_data)
        self.done("Adjustment saved.")
        return self.get_cancel()


class ReviewAdjustment(WorkForm):
    """Does it help?"""

    form_class = forms.ReviewForm

    def get_title(self) -> str:
        return "Look at an adjustment again"

    def get_record(self) -> Any:
        return self.adjustment

    def get_cancel(self) -> str:
        row = self.adjustment
        if row.job_id:
            return reverse("job", args=[self.client.pk, row.job_id])
        return reverse("placement", args=[self.client.pk, row.placement_id])

    def initial(self) -> dict[str, Any]:
        return {"effect": self.adjustment.effect, "on": clock.today()}

    def context(self) -> dict[str, Any]:
        return {"section": "work", "intro": self.adjustment.words}

    def save(self, form: PageForm) -> str:
        actions.review_adjustment(
            self.adjustment, by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        self.done("Review saved.")
        return self.get_cancel()


class AgreeProposed(ReviewAdjustment):
    """What was proposed is agreed now."""

    form_class = forms.AgreeForm

    def get_title(self) -> str:
        return "Record that it was agreed"

    def initial(self) -> dict[str, Any]:
        return {"agreed_on": clock.today(), "review_on": clock.today() + REVIEW_AFTER}

    def save(self, form: PageForm) -> str:
        actions.agree_proposed(
            self.adjustment, by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        self.done("Adjustment saved.")
        return self.get_cancel()
