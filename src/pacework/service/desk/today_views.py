"""The front page of each role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pacework.science.measures.stages import Stage
from pacework.service.cases.models import Episode, loads
from pacework.service.cases.models.caseload import esws_of
from pacework.service.core import clock
from pacework.service.core.pages import render
from pacework.service.core.presenters import day
from pacework.service.desk import today as needs
from pacework.service.desk.home import home
from pacework.service.desk.queries import stage_counts
from pacework.service.people.models import Role

SECTIONS: dict[str, Callable[[Any], list[needs.Section]]] = {
    Role.ESW: needs.of_esw,
    Role.TEAM_LEAD: needs.of_team_lead,
    Role.HCP: needs.of_hcp,
}


def today(request: HttpRequest) -> HttpResponse:
    """What needs this person now."""
    user: Any = request.user
    if user.role == Role.CLIENT:
        return home(request)
    if user.role == Role.MANAGER:
        return _manager(request)
    sections = SECTIONS.get(user.role, lambda _: [])(user)
    context = {
        "title": "Today",
        "caption": day(clock.today()),
        "buttons": needs.buttons(user.role),
        "sections": sections,
        "quiet": needs.QUIET[user.role],
        "loads": _loads(user),
    }
    return render(request, "desk/today.jinja", context)


def _loads(user: Any) -> list[dict[str, Any]]:
    """An ESW's own caseload, or each worker of a lead's teams, as strips."""
    if user.role == Role.ESW:
        workers = [user]
    elif user.role == Role.TEAM_LEAD:
        workers = list(esws_of(user.memberships.values("team")))
    else:
        return []
    return [
        {
            "active": load.active,
            "full_at": load.full_at,
            "label": "Your caseload" if load.esw == user else str(load.esw),
        }
        for load in loads(workers)
    ]


def _manager(request: HttpRequest) -> HttpResponse:
    stages = stage_counts()
    waiting = Episode.objects.waiting().count()
    context = {
        "title": "Today",
        "caption": day(clock.today()),
        "bars": [(Stage(stage).label, people) for stage, people in stages.items()],
        "cards": [
            ("Open episodes", sum(stages.values()), "", ""),
            ("Waiting for a worker", waiting, "See capacity", reverse("capacity")),
            ("In work now", stages["in_work"], "See outcomes", reverse("outcomes")),
        ],
    }
    return render(request, "desk/manager.jinja", context)
