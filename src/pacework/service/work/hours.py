"""Hours as people type and read them, kept as whole minutes so that 3 h 59 and 4 h 00 stay apart."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from pacework.service.core import clock

WEEK = timedelta(days=7)
MINUTES_IN_A_WEEK = 168 * 60

REFUSAL = "Write hours like 7.5 or 7:30."


class UnreadableHours(ValueError):
    """What was typed is no number of hours. ``str()`` is the sentence for the screen."""


def minutes_from(typed: str) -> int | None:
    """Minutes from "7:30", "7.5", "7h 30", "7 h"; None for nothing typed.

    Decimals have two places at most: then no rounding to whole minutes can lift hours over a limit such as
    4.00.
    """
    plain = re.sub(r"\s+", "", typed.lower()).replace(",", ".")
    if not plain:
        return None
    clock_like = re.fullmatch(r"([0-9]{1,4})(?::|h|hrs?|hours?)([0-5]?[0-9])(?:m|min|mins|minutes?)?", plain)
    if clock_like:
        return int(clock_like[1]) * 60 + int(clock_like[2])
    number = re.fullmatch(r"([0-9]{1,4}(?:\.[0-9]+)?|\.[0-9]+)(?:h|hrs?|hours?)?", plain)
    if not number:
        raise UnreadableHours(REFUSAL)
    hours = Decimal(number[1])
    if hours != round(hours, 2):
        raise UnreadableHours("Use at most 2 numbers after the point, or write hours and minutes like 7:20.")
    return int((hours * 60).to_integral_value(ROUND_HALF_UP))


def minutes_of(hours: Decimal) -> int:
    """Hours as stored for a plan, in minutes."""
    return int(hours * 60)


def as_typed(minutes: int | None) -> str:
    """Minutes as one would type them: 7:30."""
    return "" if minutes is None else f"{minutes // 60}:{minutes % 60:02}"


def in_words(minutes: int | None) -> str:
    """Short words for a table: 7 h 30 min, 7 h, 30 min."""
    if minutes is None:
        return "not known"
    hours, rest = divmod(minutes, 60)
    if not rest:
        return f"{hours} h"
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def week_is_over(week: date) -> bool:
    """Its Sunday has come."""
    return week + WEEK - timedelta(days=1) <= clock.today()


def weeks_between(first: date, last: date) -> list[date]:
    """The Mondays of all weeks that hold a day from ``first`` to ``last``."""
    start, end = clock.monday(first), clock.monday(last)
    return [start + WEEK * n for n in range((end - start).days // 7 + 1)]


def build_up(weeks: list[date], *, start: int, full: int, over: int) -> dict[date, int]:
    """Planned minutes of each week: in equal steps from ``start`` to ``full`` in week number ``over``.

    Steps are rounded to quarter hours; a build-up over one week or none begins with the full hours.
    """
    planned = {}
    for number, week in enumerate(weeks):
        if over <= 1 or number >= over - 1:
            planned[week] = full
        else:
            exact = start + (full - start) * number / (over - 1)
            planned[week] = round(exact / 15) * 15
    return planned


def built_up(planned: list[int], full: int) -> tuple[int, int] | None:
    """The first week's minutes and the week number of the full hours that ``build_up`` made these weeks from.

    (full, 0) where there was no build-up; None where weeks were set one by one.
    """
    over = next((number + 1 for number, minutes in enumerate(planned) if minutes == full), 0)
    start = planned[0] if planned else full
    found = (start, over) if over > 1 else (full, 0)
    weeks = [date.min + WEEK * number for number in range(len(planned))]
    again = build_up(weeks, start=found[0], full=full, over=found[1])
    return found if list(again.values()) == planned else None
