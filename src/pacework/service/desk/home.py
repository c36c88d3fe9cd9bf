"""The client's own front page: what comes next, and where everything of theirs is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pacework.service.cases.models import Client, Episode, named_esw
from pacework.service.contacts import due as contacts_due
from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.core.pages import render
from pacework.service.core.presenters import day, time_of
from pacework.service.diary import due as diary_due
from pacework.service.diary.presenters import phone_panel, today_card
from pacework.service.plan import due as plan_due

LINKS = (
    ("My weeks", "my-weeks", "How the last weeks were"),
    ("My flare plan", "my-flare-plan", "What helps on a bad day"),
    ("My plan", "my-plan", "What we agreed to do"),
    ("My work", "my-work", "Ideas, applications, placement or job"),
    ("Jobs for me", "my-matches", "Open jobs within your limits"),
    ("Would this job hold?", "my-would-hold", "See how a job’s hours would go"),
    ("My passport", "my-passport", "What helps you at work"),
    ("My appointments", "my-appointments", "When and where we meet"),
    ("My situation", "my-profile", "What you want us to know"),
    ("Telling employers", "my-disclosure", "You choose what they hear"),
    ("Who can see what", "my-sharing", "Your choices, and who looked"),
)


def home(request: HttpRequest) -> HttpResponse:
    """Next appointment and one next step first; then the client's own pages."""
    client = Client.objects.visible_to(request.user).first()
    if client is None:
        return render(request, "desk/no_record.jinja", {"title": "Nothing here yet", "audience": "client"})
    episode = client.episode
    cards: list[dict[str, Any]] = []
    if episode is not None and episode.closed_on is None:
        cards = [card for card in (_appointment(request, episode), _step(request, episode)) if card]
    context = {
        "title": f"Hello {client.preferred_name or client.first_name}",
        "audience": "client",
        "episode_open": episode is None or episode.closed_on is None,
        "today_card": today_card(
            diary_due.rated_today(request.user),
            diary_due.open_flare(request.user),
            may_write=episode is None or episode.closed_on is None,
            phone=phone_panel(request.user),
        ),
        "cards": cards,
        "links": [{"label": label, "href": reverse(name), "text": text} for label, name, text in LINKS],
    }
    return render(request, "desk/home.jinja", context)


def _appointment(request: HttpRequest, episode: Episode) -> dict[str, Any]:
    found = contacts_due.next_appointment(request.user, episode)
    worker = named_esw(episode)
    if found is None:
        text = (
            f"Nothing planned. {worker} will be in touch." if worker else "We are finding a worker for you."
        )
        return {"title": "Next appointment", "text": text, "meta": "", "href": ""}
    at = f" at {time_of(found.at)}" if found.at else ""
    where = ", ".join(part for part in (codes("contacts", "modes").label(found.mode), found.place) if part)
    asked = hasattr(found, "move_request") and found.move_request.answered_on is None
    meta = f"{where}, with {worker}" if worker else where
    return {
        "title": "Next appointment",
        "text": f"{day(found.on)}{at}",
        "meta": "You asked for another day. Your support worker will be in touch." if asked else meta,
        "href": reverse("my-appointments"),
        "label": "See my appointments" if asked else "See or move it",
    }


def _step(request: HttpRequest, episode: Episode) -> dict[str, Any] | None:
    step = plan_due.next_step(request.user)
    if step is None:
        return None
    if plan_due.is_paused(episode):
        when = "Paused until your flare is over."
    elif step.due_on < clock.today():
        when = "When you can."
    else:
        when = f"By {day(step.due_on)}. It can wait if today is a bad day."
    return {
        "title": "Your next step",
        "text": step.words,
        "meta": when,
        "href": reverse("my-plan"),
        "label": "My plan",
    }
