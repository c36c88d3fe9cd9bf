"""The client's own plan, one thing at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from pacework.service.cases.models import Client, named_esw
from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.core.pages import FormPage, render, say_what_came
from pacework.service.plan import actions, due, forms, presenters
from pacework.service.plan.models import Goal, Obstacle, PlacementAnswer, PlannedAction, PreparationSession
from pacework.service.plan.views.preparing import words_taken
from pacework.service.plan.views.shared import (
    TWO_WEEKS,
    about,
    actions_about,
    episode_of,
    is_open,
    the_action,
    the_obstacle,
)

DONE_SHOWN = 5


def my_plan(request: HttpRequest, client: Client) -> HttpResponse:
    """My next step first, then the other steps, my goals, and what others do for me."""
    every = list(actions_about(request, client))
    mine = [row for row in every if row.owner == PlannedAction.Owner.CLIENT]
    paused = due.is_paused(client.episode)
    steps = [presenters.own_step(row, paused=paused) for row in mine if row.is_open]
    done = sorted((row for row in mine if row.done_on), key=lambda row: row.done_on, reverse=True)
    others = [row for row in every if row.owner != PlannedAction.Owner.CLIENT and row.is_open]
    worker = named_esw(client.episode) if client.episode else None
    context = {
        "title": "My plan",
        "open": is_open(request, client) and client.episode is not None,
        "paused": paused,
        "next": steps[0] if steps else None,
        "later": steps[1:],
        "goals": about(Goal, request, client).open(),
        "done": done[:DONE_SHOWN],
        "others": presenters.others_do(others, worker),
        "prepares": about(Obstacle, request, client).exists()
        or about(Goal, request, client).preparing().exists(),
    }
    return render(request, "plan/my_plan.jinja", context)


def step_done(request: HttpRequest, client: Client, action_id: int) -> HttpResponse:
    row = the_action(request, client, action_id)
    say_what_came(request, lambda: actions.end_action(row, by=request.user, done=True), "Done. Well done!")
    return HttpResponseRedirect(reverse("my-plan"))


def step_undo(request: HttpRequest, client: Client, action_id: int) -> HttpResponse:
    row = the_action(request, client, action_id)
    say_what_came(request, lambda: actions.reopen_action(row, by=request.user), "It is back on your list.")
    return HttpResponseRedirect(reverse("my-plan"))


class OwnPlanPage(FormPage):
    back_to = "my-plan"

    def get_cancel(self) -> str:
        return reverse(self.back_to)


class MyGoal(OwnPlanPage):
    form_class = forms.OwnGoalForm
    title = "Add a goal"
    draft = True

    def save(self, form: Any) -> str:
        actions.set_goal(episode_of(self.client), by=self.request.user, **form.cleaned_data)
        self.done("Your goal is saved. Your support worker can see it.")
        return self.get_cancel()


class MyStep(OwnPlanPage):
    form_class = forms.OwnStepForm
    title = "Add a step"

    def initial(self) -> dict[str, Any]:
        return {"due_on": clock.today() + timedelta(days=TWO_WEEKS // 2)}

    def save(self, form: Any) -> str:
        actions.plan_action(
            episode_of(self.client),
            by=self.request.user,
            owner=PlannedAction.Owner.CLIENT,
            **form.cleaned_data,
        )
        self.done("Your step is saved.")
        return self.get_cancel()


# Preparing


def my_preparing(request: HttpRequest, client: Client) -> HttpResponse:
    """What is in my way, my steps against it, sessions I came to, what would make a placement possible."""
    obstacles = list(about(Obstacle, request, client).select_related("step"))

    def shown(row: Obstacle) -> dict[str, Any]:
        step = row.step if row.step is not None and row.step.is_open else None
        return presenters.obstacle_item(row, presenters.own_step(step) if step else None)

    sessions = about(PreparationSession, request, client).filter(attendance="attended")
    context = {
        "title": "Getting ready for work",
        "open": is_open(request, client) and client.episode is not None,
        "length": presenters.length_words(client.episode),
        "obstacles": [shown(row) for row in obstacles if row.gone_on is None],
        "gone": [shown(row) for row in obstacles if row.gone_on is not None],
        "domains": codes("plan", "obstacles", "domains").choices(),
        "sessions": [[*presenters.session_row(row)[:2], row.what_changed] for row in sessions],
        "answer": about(PlacementAnswer, request, client).first(),
        "question": presenters.question(),
    }
    return render(request, "plan/my_preparing.jinja", context)


class MyObstacles(OwnPlanPage):
    """One area of life: tick what is true, or say it in your own words."""

    form_class = forms.ObstaclesForm
    back_to = "my-preparing"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.domain = kwargs["domain"]
        if self.domain not in codes("plan", "obstacles", "domains"):
            raise Http404("No such area")

    def get_title(self) -> str:
        return codes("plan", "obstacles", "domains").label(self.domain)

    def form_kwargs(self) -> dict[str, Any]:
        return {"domain": self.domain, "taken": words_taken(self.request, self.client)}

    def initial(self) -> dict[str, Any]:
        return {"step_due_on": clock.today() + timedelta(days=TWO_WEEKS)}

    def save(self, form: Any) -> str:
        actions.name_obstacles(
            episode_of(self.client),
            by=self.request.user,
            rows=form.rows(),
            step_due_on=form.cleaned_data["step_due_on"],
        )
        self.done("Saved. Your support worker can see it and help.")
        return self.get_cancel()


def my_obstacle_gone(request: HttpRequest, client: Client, obstacle_id: int) -> HttpResponse:
    row = the_obstacle(request, client, obstacle_id)
    say_what_came(request, lambda: actions.clear_obstacle(row, by=request.user), "That is out of the way.")
    return HttpResponseRedirect(reverse("my-preparing"))


class MyQuestion(OwnPlanPage):
    form_class = forms.QuestionForm
    title = "A placement"
    back_to = "my-preparing"
    draft = True

    def form_kwargs(self) -> dict[str, Any]:
        words = presenters.question()
        return {"question": words["question"], "hint": words["hint"], "own": True}

    def context(self) -> dict[str, Any]:
        return {"intro": "A placement is a try-out in a real workplace."}

    def save(self, form: Any) -> str:
        actions.answer_placement_question(episode_of(self.client), by=self.request.user, **form.cleaned_data)
        self.done("Thank you. Your support worker can see your answer.")
        return self.get_cancel()
