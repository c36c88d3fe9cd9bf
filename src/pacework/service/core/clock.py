"""The one clock of the product. Tests and the demo seed move it; nothing else reads the time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

from django.utils import timezone

_moved: ContextVar[datetime | None] = ContextVar("moved_clock", default=None)


def now() -> datetime:
    """The present moment, time-zone aware (UTC unless moved)."""
    return _moved.get() or timezone.now()


def today() -> date:
    """Today's date where the service is (settings.TIME_ZONE)."""
    return now().astimezone(timezone.get_default_timezone()).date()


@contextmanager
def at(moment: datetime | date) -> Iterator[None]:
    """Run the block as if it were ``moment``; a plain date means noon of that day."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(12))
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    token = _moved.set(moment)
    try:
        yield
    finally:
        _moved.reset(token)


def monday(day: date) -> date:
    """The Monday of the week (Monday to Sunday) that holds ``day``."""
    return day - timedelta(days=day.weekday())
