"""A job that was looked at, in a line."""

from __future__ import annotations

from pacework.service.core.presenters import DAY_KEYS, days_words, number
from pacework.service.employers.policies import hours_of
from pacework.service.matching.models import JobCheck


def hours_line(check: JobCheck) -> str:
    """Monday, Wednesday and Friday, 12 paid hours a week."""
    days = sorted({DAY_KEYS.index(shift["day"]) for shift in check.shifts})
    return f"{days_words(days)}, {number(hours_of(check.shifts, check.break_minutes))} paid hours a week"
