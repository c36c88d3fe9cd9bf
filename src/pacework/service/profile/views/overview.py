"""Reading the profile: the whole of it, the history of a section, and the client's own list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pacework.service.core.pages import render
from pacework.service.profile.models import Need, ProfileSection, ProfileVersion, headline
from pacework.service.profile.presenters import sections as shown
from pacework.service.profile.presenters.body import picture
from pacework.service.profile.proposals import proposals
from pacework.service.profile.questions import sections
from pacework.service.profile.views.shared import body_maps, may_write, saved_sections, section_or_404


def profile(request: HttpRequest, client: Any) -> HttpResponse:
    """The situation as the client tells it; what to ask next beside it."""
    rows = saved_sections(request, client)
    needs = list(Need.objects.visible_to(request.user).filter(episode=client.episode))
    drawn = body_maps(request, client).first()
    known = [
        shown.known_section(section, rows[key])
        | {
            "edit_href": reverse("profile-section", args=[client.pk, key]),
            "history_href": reverse("profile-history", args=[client.pk, key]),
            "confirm_href": reverse("profile-confirm", args=[client.pk, key]),
        }
        for key, section in sections().items()
        if key in rows and not rows[key].is_empty
    ]
    ask_next = shown.ask_next(rows)
    said = {one["key"] for one in [*known, *ask_next]}
    return render(
        request,
        "profile/profile.jinja",
        {
            "title": "Situation",
            "section": "profile",
            "may_write": may_write(request, client),
            "headline": headline(client.episode) if client.episode else None,
            "known": known,
            "ask_next": [
                one | {"href": reverse("profile-section", args=[client.pk, one["key"]])} for one in ask_next
            ],
            "not_yet": [
                {"title": section.title, "href": reverse("profile-section", args=[client.pk, key])}
                for key, section in sections().items()
                if key not in said
            ],
            "proposed": len(proposals(rows.values(), known=[need.key for need in needs])),
            "undecided": sum(need.undecided for need in needs),
            "body": picture(drawn) if drawn else None,
        },
    )


def history(request: HttpRequest, client: Any, section: str) -> HttpResponse:
    """Every version of a section beside the one before it."""
    about = section_or_404(section)
    rows = ProfileSection.objects.visible_to(request.user).filter(episode=client.episode)
    row = get_object_or_404(rows, key=about.key, version__gt=0)
    versions = ProfileVersion.objects.visible_to(request.user).filter(section=row).select_related("by")
    return render(
        request,
        "profile/history.jinja",
        {
            "title": f"History: {about.title}",
            "section": "profile",
            "versions": shown.history(about, versions),
            "up": reverse("profile", args=[client.pk]),
        },
    )


def my_profile(request: HttpRequest, client: Any) -> HttpResponse:
    """The client's list of sections, in plain words."""
    rows = saved_sections(request, client)
    drawn = body_maps(request, client).first()
    return render(
        request,
        "profile/my_profile.jinja",
        {
            "title": "About me",
            "intro": shown.intro(),
            "may_write": may_write(request, client),
            "body": picture(drawn) if drawn else None,
            "sections": [
                {
                    "key": key,
                    "title": section.title,
                    "intro": section.intro,
                    "href": reverse("my-profile-section", args=[key]),
                    "confirm_href": reverse("my-profile-confirm", args=[key]),
                    "said": shown.known_section(section, rows[key])
                    if key in rows and not rows[key].is_empty
                    else None,
                }
                for key, section in sections().items()
            ],
        },
    )
