"""The diary on a phone without signal: its empty page, its worker, and the address that takes what waits."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token

from pacework.service.cases.models import Client
from pacework.service.cases.permissions import level_once_visible
from pacework.service.core.errors import DomainError, NotAllowed
from pacework.service.core.pages import render
from pacework.service.diary import actions, offline, presenters

# The phone sends 50 entries at a time; with the longest notes these stay well below.
MOST_BYTES = 1_000_000
UNREADABLE = "Your phone sent something we cannot read. Open your diary and try again."


def worker(request: HttpRequest) -> HttpResponse:
    """From the root of the site, so that it reaches every page that somebody may open without signal."""
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    return HttpResponse(offline.worker(), content_type="text/javascript; charset=utf-8", headers=headers)


def offline_page(request: HttpRequest) -> HttpResponse:
    """The page that a phone keeps. It is the same for everybody and names nobody."""
    return render(
        request,
        "diary/offline.jinja",
        {"title": "How is today?", "audience": "client", "kept_on_phone": True},
    )


def my_phone(request: HttpRequest, client: Client) -> HttpResponse:
    """Turning it on and off."""
    context = {
        "title": "Use this phone without signal",
        "panel": presenters.phone_panel(request.user),
        "open": level_once_visible(request.user, client) == "write",
    }
    return render(request, "diary/my_phone.jinja", context)


def sync(request: HttpRequest, client: Client) -> HttpResponse:
    """GET: whose record is open in this browser, and what sending needs. POST: what a phone kept."""
    if request.method != "POST":
        return JsonResponse(
            {
                "tag": actions.owner_tag(request.user),
                "csrf": get_token(request),
                "open": level_once_visible(request.user, client) == "write",
            }
        )
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _refused("Your phone sent too much at once. It will send it in smaller parts.", 413)
    try:
        return JsonResponse(actions.sync_entries(client, _read(request), by=request.user))
    except NotAllowed:
        raise
    except DomainError as refusal:
        return _refused(refusal.sentence, 422)


def _read(request: HttpRequest) -> Any:
    if request.content_type != "application/json":
        raise DomainError(UNREADABLE)
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        raise DomainError(UNREADABLE) from None


def _refused(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"sentence": sentence}, status=status)
