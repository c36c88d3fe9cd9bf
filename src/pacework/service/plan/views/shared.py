"""What every page of the plan needs."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pacework.service.cases.models import Client, Episode
from pacework.service.cases.permissions import level_once_visible
from pacework.service.core.pages import FormPage, back
from pacework.service.people.models import Role, User
from pacework.service.plan.models import Goal, Obstacle, PlannedAction

TWO_WEEKS = 14


def episode_of(client: Client) -> Episode:
    """The stretch of support that something new belongs to."""
    if client.episode is None:
        raise Http404("No support open")
    return client.episode


def hcps_of(client: Client) -> Any:
    """The healthcare professionals of the client's team."""
    return User.objects.filter(role=Role.HCP, is_active=True, memberships__team=client.team_id)


def is_open(request: HttpRequest, client: Client) -> bool:
    """Whether this record is open to its reader for writing."""
    return level_once_visible(request.user, client) == "write"


def may_plan(request: HttpRequest, client: Client) -> bool:
    user: Any = request.user
    return user.role in (Role.ESW, Role.TEAM_LEAD) and is_open(request, client)


def about(model: Any, request: HttpRequest, client: Client) -> Any:
    """Rows of one of the plan's tables about this client."""
    return (
        model.objects.visible_to(request.user)
        .filter(episode__client=client)
        .select_related("episode__client")
    )


def actions_about(request: HttpRequest, client: Client) -> Any:
    return about(PlannedAction, request, client).select_related("hcp")


def the_action(request: HttpRequest, client: Client, action_id: int) -> PlannedAction:
    found: PlannedAction = get_object_or_404(actions_about(request, client), pk=action_id)
    return found


def the_goal(request: HttpRequest, client: Client, goal_id: int) -> Goal:
    found: Goal = get_object_or_404(about(Goal, request, client), pk=goal_id)
    return found


def the_obstacle(request: HttpRequest, client: Client, obstacle_id: int) -> Obstacle:
    rows = about(Obstacle, request, client).select_related("step")
    found: Obstacle = get_object_or_404(rows, pk=obstacle_id)
    return found


class PlanPage(FormPage):
    """A form of the plan; it returns where it was opened from, else to the plan."""

    back_to = "plan"

    def get_cancel(self) -> str:
        return back(self.request, reverse(self.back_to, args=[self.client.pk]))

    def context(self) -> dict[str, Any]:
        return {"section": "plan"}
