"""How today, and the days before it, are said to the client."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from pacework.service.core import clock
from pacework.service.core.presenters import DAYS, day, number, short_day
from pacework.service.diary.models import HIGHEST, LOWEST, DiaryEntry, Flare

ENDS = {LOWEST: "no pain", HIGHEST: "worst pain"}
RECENT = 14


def rate_buttons(chosen: int | None) -> list[dict[str, Any]]:
    """Eleven buttons; the one that is saved now is marked."""
    return [
        {"value": value, "meaning": ENDS.get(value, ""), "chosen": value == chosen}
        for value in range(LOWEST, HIGHEST + 1)
    ]


def today_card(
    entry: DiaryEntry | None, flare: Flare | None, *, may_write: bool, phone: dict[str, str] | None
) -> dict[str, Any] | None:
    """The top of the client's home: one question, and the flare within reach. None on a closed record."""
    if not may_write:
        return None
    return {
        "rated": None if entry is None else entry.pain,
        "buttons": rate_buttons(None if entry is None else entry.pain),
        "action": reverse("my-diary-rate"),
        "more": reverse("my-diary"),
        "flare": reverse("my-flare"),
        "flare_end": reverse("my-flare-end"),
        "phone": phone,
        "in_flare": "" if flare is None else since_words(flare.started_on),
    }


def since_words(on: date) -> str:
    """Since today, since yesterday, since Monday, since 3 March."""
    days = (clock.today() - on).days
    if days < 2:
        return ("since today", "since yesterday")[max(days, 0)]
    return f"since {DAYS[on.weekday()]}" if days < 7 else f"since {short_day(on)}"


def saved_words(entry: DiaryEntry) -> str:
    """What a tap did; a rating that it replaced is named."""
    instead = entry.pain_before
    if instead is not None and instead != entry.pain:
        return f"Saved: {entry.pain}, instead of {instead}."
    return f"Saved: {entry.pain}."


def entry_words(entry: DiaryEntry) -> str:
    """One day in a line, the client's own."""
    parts = [f"Pain {entry.pain}"]
    for name, words in (("fatigue", "tired"), ("sleep", "sleep"), ("mood", "mood")):
        value = getattr(entry, name)
        if value is not None:
            parts.append(f"{words} {value}")
    if entry.hours is not None:
        parts.append(f"{number(entry.hours)} hours")
    if entry.note:
        parts.append("with a note")
    return ", ".join(parts)


def recent_days(entries: Mapping[date, DiaryEntry]) -> list[dict[str, Any]]:
    """Yesterday and the days before it, filled or not, each a link."""
    today = clock.today()
    found = []
    for back in range(1, RECENT):
        on = today - timedelta(days=back)
        entry = entries.get(on)
        found.append(
            {
                "day": day(on).rsplit(" ", 1)[0],
                "words": "" if entry is None else entry_words(entry),
                "href": reverse("my-diary-day", args=[on.isoformat()]),
            }
        )
    return found
