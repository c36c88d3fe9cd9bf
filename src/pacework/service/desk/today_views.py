"""The front page of each role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pacework.science.measures.stages import Stage
from pacework.service.cases.models import Episode, loads
from pacework.service.cases.models.caseload import Load, esws_of
from pacework.service.core import clock
from pacework.service.core.pages import render
from pacework.service.core.presenters import day
from pacework.service.desk import today_esw, today_hcp, today_lead
from pacework.service.desk.home import home
from pacework.service.desk.queries import stage_counts
from pacework.service.desk.today_parts import QUIET, Section, buttons
from pacework.service.people.models import Role

SECTIONS: dict[str, Callable[[Any], list[Section]]] = {
    Role.TEAM_LEAD: today_lead.of_team_lead,
    Role.HCP: today_hcp.of_hcp,
}


def today(request: HttpRequest) -> HttpResponse:
    """What needs this person now."""
    user: Any = request.user
    if user.role == Role.CLIENT:
        return home(request)
    if user.role == Role.MANAGER:
        return _manager(request)
    found: list[Load] = []
    if user.role == Role.ESW:
        carried = today_esw.carried_today(user)
        sections = today_esw.of_esw(user, carried)
        found = [today_esw.own_load(user, carried)]
    else:
        sections = SECTIONS.get(user.role, lambda _: [])(user)
    if user.role == Role.TEAM_LEAD:
        found = loads(esws_of(user.memberships.values("team")))
    context = {
        "title": "Today",
        "caption": day(clock.today()),
        "buttons": buttons(user.role),
        "sections": sections,
        "quiet": QUIET[user.role],
        "loads": [_strip(load, user) for load in found],
    }
    return render(request, "desk/today.jinja", context)


def _strip(load: Load, user: Any) -> dict[str, Any]:
    """An ESW's own caseload, or each worker's of a lead, as "17 of 20"."""
    label = "Your caseload" if load.esw == user else str(load.esw)
    return {"active": load.active, "full_at": load.full_at, "label": label}


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
