"""What a page tells the scripts that keep the diary on a phone, and how reminders are said."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from pacework.service.core.presenters import DAYS, listed
from pacework.service.diary.actions import owner_tag
from pacework.service.diary.models import DiaryReminder


def phone_panel(user: Any) -> dict[str, str]:
    """Whose page this is, and where the worker and the diary without signal are."""
    return {
        "tag": owner_tag(user),
        "sync": reverse("my-diary-sync"),
        "worker": reverse("diary-worker"),
        "page": reverse("diary-offline"),
    }


def hour_words(hour: int) -> str:
    """7 in the morning, 12 noon, 6 in the evening."""
    if hour == 12:
        return "12 noon"
    part = "morning" if hour < 12 else "afternoon" if hour < 17 else "evening"
    return f"{(hour - 1) % 12 + 1} in the {part}"


def reminder_words(reminder: DiaryReminder) -> str:
    """When the client is reminded, in a sentence."""
    all_week = len(reminder.days) == len(DAYS)
    days = "every day" if all_week else "on " + listed([DAYS[number] for number in reminder.days])
    return f"We remind you {days}, at {hour_words(reminder.hour)}."
