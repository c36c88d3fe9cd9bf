"""The plan of one client: goals, and actions by whoever does them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from pacework.service.cases.models import Client, named_esw
from pacework.service.core import clock
from pacework.service.core.pages import back, render, say_what_came
from pacework.service.core.presenters import day
from pacework.service.plan import actions, due, forms, presenters
from pacework.service.plan.models import Goal, Obstacle
from pacework.service.plan.views.shared import (
    TWO_WEEKS,
    PlanPage,
    about,
    actions_about,
    episode_of,
    hcps_of,
    is_open,
    may_plan,
    the_action,
    the_goal,
)

ENDED_SHOWN = 20


def plan(request: HttpRequest, client: Client) -> HttpResponse:
    """Goals in the client's words, who does what by when, and what is in the way."""
    writing, open_record = may_plan(request, client), is_open(request, client)
    every = list(actions_about(request, client))
    goals = list(about(Goal, request, client))
    episode = client.episode
    groups = presenters.owner_groups(
        [row for row in every if row.is_open], client, named_esw(episode) if episode else None
    )
    ended = sorted(
        (row for row in every if not row.is_open), key=lambda row: row.done_on or row.dropped_on, reverse=True
    )

    paused = due.is_paused(episode)

    def shown(row: Any) -> dict[str, Any]:
        return presenters.action_item(row, client, request.user, open_record=open_record, paused=paused)

    items = [presenters.goal_item(goal, client, may_write=writing) for goal in goals]
    obstacles = about(Obstacle, request, client).open().select_related("step")
    context = {
        "title": "Plan",
        "section": "plan",
        "may_write": writing,
        "goals": [item for item in items if not item["ended"]],
        "ended_goals": [item for item in items if item["ended"]],
        "groups": [(name, [shown(row) for row in rows]) for name, rows in groups],
        "ended": [shown(row) for row in ended[:ENDED_SHOWN]],
        "obstacles": presenters.obstacle_groups(obstacles),
        "length": presenters.length_words(episode),
        "search_too": presenters.SEARCH_TOO,
        "question_state": presenters.question_state(due.question_due(episode) if episode else None),
    }
    return render(request, "plan/plan.jinja", context)


class NewGoal(PlanPage):
    form_class = forms.GoalForm
    title = "New goal"
    draft = True

    def initial(self) -> dict[str, Any]:
        wanted = self.request.GET.get("kind", "")
        return {"kind": wanted if wanted in Goal.Kind.values else Goal.Kind.WORK}

    def save(self, form: Any) -> str:
        actions.set_goal(episode_of(self.client), by=self.request.user, **form.cleaned_data)
        self.done("Goal saved.")
        return self.get_cancel()


class GoalPage(PlanPage):
    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.goal = the_goal(request, self.client, kwargs["goal_id"])

    def get_record(self) -> Goal:
        return self.goal


class EditGoal(GoalPage):
    form_class = forms.GoalForm
    title = "Change the goal"
    draft = True

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.goal, name) for name in ("words", "kind", "target_on")}

    def save(self, form: Any) -> str:
        actions.reword_goal(
            self.goal, by=self.request.user, version=self.typed_version(), **form.cleaned_data
        )
        self.done("Goal saved.")
        return self.get_cancel()


class EndGoal(GoalPage):
    form_class = forms.EndGoalForm
    title = "End this goal"

    def context(self) -> dict[str, Any]:
        return super().context() | {"intro": f"“{self.goal.words}”"}

    def save(self, form: Any) -> str:
        reached = form.cleaned_data["how"] == "reached"
        actions.end_goal(
            self.goal,
            by=self.request.user,
            reached=reached,
            why=form.cleaned_data["why"],
            version=self.typed_version(),
        )
        self.done("Goal reached." if reached else "Goal let go. It can be opened again.")
        return self.get_cancel()


def reopen_goal(request: HttpRequest, client: Client, goal_id: int) -> HttpResponse:
    goal = the_goal(request, client, goal_id)
    say_what_came(request, lambda: actions.reopen_goal(goal, by=request.user), "The goal is open again.")
    return HttpResponseRedirect(reverse("plan", args=[client.pk]))


class NewAction(PlanPage):
    form_class = forms.ActionForm
    title = "New action"

    def form_kwargs(self) -> dict[str, Any]:
        goals = about(Goal, self.request, self.client).open().filter(episode=self.client.episode)
        return {"client": self.client, "hcps": hcps_of(self.client), "goals": goals}

    def initial(self) -> dict[str, Any]:
        return {
            "owner": "client",
            "due_on": clock.today() + timedelta(days=TWO_WEEKS),
            "goal": self.request.GET.get("goal", ""),
        }

    def save(self, form: Any) -> str:
        actions.plan_action(episode_of(self.client), by=self.request.user, **form.cleaned_data)
        self.done("Action saved.")
        return self.get_cancel()


class MoveAction(PlanPage):
    form_class = forms.MoveActionForm
    title = "Move to another day"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.planned = the_action(request, self.client, kwargs["action_id"])

    def get_record(self) -> Any:
        return self.planned

    def context(self) -> dict[str, Any]:
        return super().context() | {"intro": self.planned.words}

    def initial(self) -> dict[str, Any]:
        return {"due_on": max(self.planned.due_on, clock.today())}

    def save(self, form: Any) -> str:
        actions.move_action(
            self.planned, by=self.request.user, version=self.typed_version(), **form.cleaned_data
        )
        self.done(f"Moved to {day(self.planned.due_on)}.")
        return self.get_cancel()


def action_done(request: HttpRequest, client: Client, action_id: int) -> HttpResponse:
    """One press; the plan offers the way back."""
    sentence = "Done. If that was a slip, undo it under “Done and dropped”."
    return _press(
        request, client, action_id, lambda row, by: actions.end_action(row, by=by, done=True), sentence
    )


def action_drop(request: HttpRequest, client: Client, action_id: int) -> HttpResponse:
    sentence = "Dropped. If that was a slip, undo it under “Done and dropped”."
    return _press(
        request, client, action_id, lambda row, by: actions.end_action(row, by=by, done=False), sentence
    )


def action_undo(request: HttpRequest, client: Client, action_id: int) -> HttpResponse:
    return _press(
        request,
        client,
        action_id,
        lambda row, by: actions.reopen_action(row, by=by),
        "The action is open again.",
    )


def _press(request: HttpRequest, client: Client, action_id: int, act: Any, sentence: str) -> HttpResponse:
    planned = the_action(request, client, action_id)
    say_what_came(request, lambda: act(planned, request.user), sentence)
    return HttpResponseRedirect(back(request, reverse("plan", args=[client.pk])))
