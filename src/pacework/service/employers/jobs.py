"""What this room does once a day."""

from __future__ import annotations

from pacework.service.core.presenters import count
from pacework.service.employers.actions import forget_old_batches


def forget_what_was_read() -> str:
    """Delete lists and pages of vacancies that were read more than 30 days ago."""
    return f"{count(forget_old_batches(), 'old list')} of vacancies deleted."


DAILY = (forget_what_was_read,)
