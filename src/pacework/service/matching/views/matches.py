"""Vacancies within one person's own limits."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pacework.service.cases.models import Client
from pacework.service.core.pages import render
from pacework.service.core.presenters import Paged, listed, query
from pacework.service.matching.places import place
from pacework.service.matching.views.shared import frame
from pacework.service.profile.models import goal_part

# The way, the pay and what a job must not have are asked for on one page.
ASKED_WITH_LIMITS = "travel_limit"


def matches(request: HttpRequest, client: Client) -> HttpResponse:
    """The vacancies that pass the client's own limits, by what they would like, then by the way."""
    # Late: the science brings NumPy along, which most pages do without.
    from pacework.service.matching import finding
    from pacework.service.matching.presenters import matches as words

    context = frame(request, client)
    own = context["own"]
    forecast = context["on"] and request.GET.get("hours") != "no"
    found = finding.find(request.user, client, page_in(request), forecast=forecast)
    new = place(request.user, client, "would-hold-new")
    context |= {
        "title": "Jobs for me" if own else "Matches",
        "count": words.count_words(found, own=own),
        "limits": listed(found.criteria.said),
        "few": words.few_words(found),
        "left_out": words.left_out(found),
        "order": words.order_words(found, forecast=forecast, own=own),
        "cards": [words.card(match, new=new, own=own) for match in found.matches],
        "forecast": forecast,
        "without": query(request, hours="no", page=None),
        "with_forecast": query(request, hours=None, page=None),
        "change": change_href(client, own=own),
        "paged": paged(request, found),
    }
    return render(request, "matching/matches.jinja", context)


def change_href(client: Client, *, own: bool) -> str:
    """The questions that the limits come from: the worker's page has all, the client's a few at a time."""
    if not own:
        return reverse("profile-section", args=[client.pk, "goal"])
    return reverse("my-profile-part", args=["goal", goal_part(ASKED_WITH_LIMITS)])


def page_in(request: HttpRequest) -> int:
    wanted = request.GET.get("page", "1")
    return int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 8 else 1


def paged(request: HttpRequest, found: Any) -> Paged:
    """The links around a page."""
    from pacework.service.matching.finding import PER_PAGE

    current = found.page
    return Paged(
        items=found.matches,
        number=current,
        pages=found.pages,
        total=found.total,
        first=(current - 1) * PER_PAGE + 1 if found.total else 0,
        last=min(current * PER_PAGE, found.total),
        previous_href=query(request, page=current - 1 if current > 2 else None) if current > 1 else "",
        next_href=query(request, page=current + 1) if current < found.pages else "",
    )
