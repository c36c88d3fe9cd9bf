"""Vacancies within one person's own limits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from pacework.service.cases.models import Client
from pacework.service.core.pages import render
from pacework.service.matching.views.shared import frame


def matches(request: HttpRequest, client: Client) -> HttpResponse:
    """The vacancies that pass the client's own limits, by what they would like, then by the way."""
    context = frame(request, client) | {"title": "Matches"}
    return render(request, "matching/matches.jinja", context)
