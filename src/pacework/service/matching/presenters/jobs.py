"""A job that was looked at, in a line."""

from __future__ import annotations

from pacework.service.core.presenters import DAY_KEYS, DAYS, listed, number
from pacework.service.employers.policies import hours_of
from pacework.service.matching.models import JobCheck


def hours_line(check: JobCheck) -> str:
    """Monday, Wednesday and Friday, 12 paid hours a week."""
    days = [
        name for key, name in zip(DAY_KEYS, DAYS, strict=True) if any(s["day"] == key for s in check.shifts)
    ]
    return f"{listed(days)}, {number(hours_of(check.shifts, check.break_minutes))} paid hours a week"
