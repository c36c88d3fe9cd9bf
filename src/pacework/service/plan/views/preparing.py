"""Preparing for work: obstacles with steps, sessions, the four-weekly question, and its length."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from pacework.service.cases.models import Client, Episode
from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.core.pages import FormPage, render, say_what_came
from pacework.service.core.presenters import count, listed
from pacework.service.plan import actions, due, forms, presenters
from pacework.service.plan.models import Goal, Obstacle, PlacementAnswer, PreparationSession
from pacework.service.plan.views.shared import (
    TWO_WEEKS,
    PlanPage,
    about,
    episode_of,
    is_open,
    may_plan,
    the_obstacle,
)


def preparing(request: HttpRequest, client: Client) -> HttpResponse:
    """Everything about preparing on one page, with its length at the top."""
    episode, open_record = client.episode, is_open(request, client)

    def shown(row: Obstacle) -> dict[str, Any]:
        if row.step is None:
            return presenters.obstacle_item(row, None)
        step = presenters.action_item(row.step, client, request.user, open_record=open_record)
        # The card it stands in says already what the step is against.
        return presenters.obstacle_item(row, step | {"why": ""})

    obstacles = list(about(Obstacle, request, client).select_related("step__hcp", "step__episode"))
    groups = presenters.obstacle_groups(row for row in obstacles if row.gone_on is None)
    sessions = about(PreparationSession, request, client).select_related("led_by")
    answers = about(PlacementAnswer, request, client).select_related("asked_by")
    context = {
        "title": "Preparing for work",
        "section": "plan",
        "may_write": may_plan(request, client),
        "is_worker": request.user.role == "esw",
        "length": presenters.length_words(episode),
        "search_too": presenters.SEARCH_TOO,
        "goals": about(Goal, request, client).preparing(),
        "groups": [(label, [shown(row) for row in rows]) for label, rows in groups],
        "gone": [shown(row) for row in obstacles if row.gone_on is not None],
        "sessions": [presenters.session_row(row) for row in sessions],
        "session_head": presenters.SESSION_HEAD,
        "outlines": presenters.outlines(),
        "question": presenters.question(),
        "question_state": presenters.question_state(due.question_due(episode) if episode else None),
        "answers": presenters.answer_items(answers),
    }
    return render(request, "plan/preparing.jinja", context)


class PreparingPage(PlanPage):
    back_to = "preparing"


class NewObstacles(PreparingPage):
    form_class = forms.ObstaclesForm
    title = "What is in the way of work?"
    draft = True

    def form_kwargs(self) -> dict[str, Any]:
        return {"client": self.client, "taken": words_taken(self.request, self.client)}

    def context(self) -> dict[str, Any]:
        intro = "Open an area and tick what is true. Each one can bring its first step along."
        return super().context() | {"intro": intro}

    def initial(self) -> dict[str, Any]:
        return {"step_owner": "client", "step_due_on": clock.today() + timedelta(days=TWO_WEEKS)}

    def save(self, form: Any) -> str:
        added = actions.name_obstacles(
            episode_of(self.client),
            by=self.request.user,
            rows=form.rows(),
            step_owner=form.cleaned_data.get("step_owner") or "client",
            step_due_on=form.cleaned_data["step_due_on"],
        )
        self.done(f"Added {count(len(added), 'obstacle')}.")
        return self.get_cancel()


def words_taken(request: HttpRequest, client: Client) -> set[str]:
    """What stands on the list already and is not offered again."""
    return set(about(Obstacle, request, client).open().values_list("words", flat=True))


class NewStep(PreparingPage):
    form_class = forms.StepForm
    title = "A step against this"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.obstacle = the_obstacle(request, self.client, kwargs["obstacle_id"])

    def form_kwargs(self) -> dict[str, Any]:
        return {"client": self.client, "suggestions": presenters.suggestions_for(self.obstacle)}

    def get_record(self) -> Obstacle:
        return self.obstacle

    def context(self) -> dict[str, Any]:
        return super().context() | {"intro": f"“{self.obstacle.words}”"}

    def initial(self) -> dict[str, Any]:
        return {"owner": "client", "step_due_on": clock.today() + timedelta(days=TWO_WEEKS)}

    def save(self, form: Any) -> str:
        said = form.cleaned_data
        actions.add_step(
            self.obstacle,
            by=self.request.user,
            words=said["words"],
            owner=said.get("owner") or "client",
            due_on=said["step_due_on"],
            version=self.typed_version(),
        )
        self.done("Step saved. It is in the plan.")
        return self.get_cancel()


def obstacle_gone(request: HttpRequest, client: Client, obstacle_id: int) -> HttpResponse:
    row = the_obstacle(request, client, obstacle_id)
    say_what_came(request, lambda: actions.clear_obstacle(row, by=request.user), "Out of the way.")
    return HttpResponseRedirect(reverse("preparing", args=[client.pk]))


def obstacle_reopen(request: HttpRequest, client: Client, obstacle_id: int) -> HttpResponse:
    row = the_obstacle(request, client, obstacle_id)
    say_what_came(request, lambda: actions.reopen_obstacle(row, by=request.user), "Back on the list.")
    return HttpResponseRedirect(reverse("preparing", args=[client.pk]))


class NewSession(PreparingPage):
    form_class = forms.SessionForm
    title = "Log a session"
    template_name = "plan/session.jinja"
    draft = True

    def chosen(self) -> str:
        wanted = self.request.GET.get("template", "")
        return wanted if wanted in codes("plan", "sessions") else ""

    def context(self) -> dict[str, Any]:
        return super().context() | {"outlines": presenters.outlines(), "chosen": self.chosen()}

    def initial(self) -> dict[str, Any]:
        return {"template": self.chosen(), "on": clock.today(), "attendance": "attended"}

    def save(self, form: Any) -> str:
        actions.log_session(
            episode_of(self.client), by=self.request.user, format="one_to_one", **form.cleaned_data
        )
        self.done("Session saved.")
        return self.get_cancel()


class GroupSession(FormPage):
    """One session with several clients of the worker's own caseload, logged once for all of them."""

    form_class = forms.GroupSessionForm
    title = "Log a group session"
    template_name = "plan/session.jinja"

    def form_kwargs(self) -> dict[str, Any]:
        carried = Episode.objects.visible_to(self.request.user).carried_by(self.request.user)
        rows = carried.select_related("client").order_by("client__last_name", "client__first_name", "pk")
        # Those who are preparing are the likeliest to have come; everybody is on the list.
        return {"episodes": sorted(rows, key=lambda episode: episode.preparing_since is None)}

    def context(self) -> dict[str, Any]:
        return {
            "outlines": [row for row in presenters.outlines() if row["group"]],
            "chosen": "",
            "intro": "Open each person who was part of it. Everybody gets a line in their own record, "
            "and nobody’s record names the others.",
        }

    def initial(self) -> dict[str, Any]:
        return {"on": clock.today()}

    def save(self, form: Any) -> str:
        said = form.cleaned_data
        saved = actions.log_group_session(
            form.rows(),
            by=self.request.user,
            template=said["template"],
            on=said["on"],
            minutes=said["minutes"],
        )
        self.done(f"Session saved for {listed(row.episode.client.name for row in saved)}.")
        return reverse("session-group")


class PlacementQuestion(PreparingPage):
    form_class = forms.QuestionForm
    title = "The four-weekly question"
    template_name = "plan/question.jinja"
    draft = True

    def form_kwargs(self) -> dict[str, Any]:
        words = presenters.question()
        return {"question": words["question"], "hint": words["hint"]}

    def context(self) -> dict[str, Any]:
        answers = about(PlacementAnswer, self.request, self.client).select_related("asked_by")
        return super().context() | {
            "answers": presenters.answer_items(answers),
            "question": presenters.question(),
        }

    def initial(self) -> dict[str, Any]:
        return {"asked_on": clock.today()}

    def save(self, form: Any) -> str:
        actions.answer_placement_question(episode_of(self.client), by=self.request.user, **form.cleaned_data)
        self.done(f"Answer saved. {presenters.question()['follow_up']}")
        return self.get_cancel()
