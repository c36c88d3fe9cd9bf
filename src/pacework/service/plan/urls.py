"""Addresses of the plan and of preparing for work."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern

from pacework.service.cases.access import case_page, own_page
from pacework.service.core.access import page, roles
from pacework.service.plan.views import own, plan, preparing

READERS = "esw hcp team_lead manager"
WRITERS = "esw team_lead"
DOERS = "esw hcp team_lead"
PLAN = "people/<int:client_id>/plan/"
GOAL = f"{PLAN}goals/<int:goal_id>/"
ACTION = f"{PLAN}actions/<int:action_id>/"
PREPARING = "people/<int:client_id>/preparing/"
OBSTACLE = f"{PREPARING}obstacles/<int:obstacle_id>/"


def form(pattern: str, view: Any, name: str, who: str = WRITERS) -> URLPattern:
    """A page with a form: those who may send it may open it."""
    return case_page(pattern, view, name=name, read=who, write=who)


def press(pattern: str, view: Any, name: str, who: str = WRITERS) -> URLPattern:
    """A button without a page of its own."""
    return case_page(pattern, view, name=name, read="", write=who)


urlpatterns = [
    case_page(PLAN, plan.plan, name="plan", read=READERS),
    form(f"{PLAN}goals/new/", plan.NewGoal, "goal-new"),
    form(GOAL, plan.EditGoal, "goal-edit"),
    form(f"{GOAL}end/", plan.EndGoal, "goal-end"),
    press(f"{GOAL}reopen/", plan.reopen_goal, "goal-reopen"),
    form(f"{PLAN}actions/new/", plan.NewAction, "action-new"),
    press(f"{ACTION}done/", plan.action_done, "action-done", DOERS),
    press(f"{ACTION}drop/", plan.action_drop, "action-drop", DOERS),
    press(f"{ACTION}undo/", plan.action_undo, "action-undo", DOERS),
    form(f"{ACTION}move/", plan.MoveAction, "action-move", DOERS),
    case_page(PREPARING, preparing.preparing, name="preparing", read=READERS),
    form(f"{PREPARING}obstacles/new/", preparing.NewObstacles, "obstacle-new"),
    form(f"{OBSTACLE}step/", preparing.NewStep, "obstacle-step"),
    press(f"{OBSTACLE}gone/", preparing.obstacle_gone, "obstacle-gone"),
    press(f"{OBSTACLE}reopen/", preparing.obstacle_reopen, "obstacle-reopen"),
    form(f"{PREPARING}sessions/new/", preparing.NewSession, "session-new"),
    form(f"{PREPARING}question/", preparing.PlacementQuestion, "placement-question"),
    page(
        "preparing/group-session/",
        preparing.GroupSession,
        name="session-group",
        access=roles(get="esw", post="esw"),
    ),
    own_page("my/plan/", own.my_plan, name="my-plan"),
    own_page("my/plan/goal/", own.MyGoal, name="my-goal-new", write=True),
    own_page("my/plan/step/", own.MyStep, name="my-step-new", write=True),
    own_page(
        "my/plan/steps/<int:action_id>/done/", own.step_done, name="my-step-done", write=True, read=False
    ),
    own_page(
        "my/plan/steps/<int:action_id>/undo/", own.step_undo, name="my-step-undo", write=True, read=False
    ),
    own_page("my/preparing/", own.my_preparing, name="my-preparing"),
    own_page("my/preparing/question/", own.MyQuestion, name="my-placement-question", write=True),
    own_page("my/preparing/in-the-way/<slug:domain>/", own.MyObstacles, name="my-obstacles", write=True),
    own_page(
        "my/preparing/obstacles/<int:obstacle_id>/gone/",
        own.my_obstacle_gone,
        name="my-obstacle-gone",
        write=True,
        read=False,
    ),
]
