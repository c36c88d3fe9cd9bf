"""Thirteen weeks as a calendar picture, a line, one sentence, and the tables behind them.

The pictures are a few rectangles and one line: drawn here as numbers, placed by the template as SVG.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from pacework.science.capacity.model import FEW_DAYS
from pacework.service.core import clock
from pacework.service.core.presenters import DAYS as DAY_NAMES
from pacework.service.core.presenters import count, day, number, short_day
from pacework.service.core.typed import MONTHS
from pacework.service.diary.models import HIGHEST
from pacework.service.diary.reading import DAYS, WEEKS, Weeks

Href = Callable[[date], str]

# The calendar, in its own units: a column of dates, then seven days.
LABEL, CELL, ROW, HEAD, GAP = 58, 44, 36, 24, 3
# The line, in pixels of height; sideways everything is a share of the width.
TOP, HIGH = 10, 170
LEFT = 7.0  # per cent, for the numbers beside the line
# A line over more than so many days without a rating would claim to know them.
LONGEST_GAP = 3

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def nowhere(_: date) -> str:
    """For readers who have no page of a single day."""
    return ""


# The sentence


def sentence(weeks: Weeks, name: str = "") -> str:
    """What these weeks were like, in plain words; ``name`` for a reader who is not the client."""
    whose = f"{name}’s" if name else "Your"
    found = weeks.usual
    if found is None:
        return "There is nothing in the diary for these weeks yet."
    if not found.enough:
        days = count(found.days, "day")
        return f"It is early days: {days} so far. After {FEW_DAYS} days we can say what is usual."
    said = f"{whose} pain usually sits at {_plain(found.middle)} and {_moves(found.moves)}"
    return f"{said}; {_flares(weeks, name)}."


def _plain(value: float) -> str:
    """To the nearest half."""
    return number(round(value * 2) / 2)


def _moves(moves: float | None) -> str:
    if moves is None:
        return "we cannot say how much it moves from day to day"
    if moves < 0.25:
        return "hardly moves from day to day"
    return f"moves by about {_plain(max(moves, 0.5))} from day to day"


def _flares(weeks: Weeks, name: str) -> str:
    many = len(weeks.flares)
    said = NUMBERS[many] if many < len(NUMBERS) else str(many)
    had = "you had" if not name else "there was" if many == 1 else "there were"
    when = "in the last three months" if weeks.is_now else "in these 13 weeks"
    return f"{had} {said} {'flare' if many == 1 else 'flares'} {when}"


# The calendar


def picture(weeks: Weeks, href: Href = nowhere) -> dict[str, Any]:
    """Everything the template places: calendar cells and the line with its usual range and flares."""
    return {"calendar": _calendar(weeks, href), "line": _line(weeks)}


def _calendar(weeks: Weeks, href: Href) -> dict[str, Any]:
    today = clock.today()
    rows = []
    for week in range(WEEKS):
        monday = weeks.first + timedelta(weeks=week)
        top = HEAD + week * ROW
        cells = []
        for place in range(7):
            on = monday + timedelta(days=place)
            if on > today:
                continue
            rated = weeks.rated.get(on)
            cells.append(
                {
                    "x": LABEL + place * CELL,
                    "y": top,
                    "text": "" if rated is None else str(rated.pain),
                    "level": "none" if rated is None else str(rated.pain),
                    "flare": weeks.in_flare(on),
                    "today": on == today,
                    "href": href(on),
                    "words": cell_words(weeks, on),
                }
            )
        rows.append({"label": _week_label(monday), "y": top, "cells": cells})
    return {
        "width": LABEL + 7 * CELL,
        "height": HEAD + WEEKS * ROW,
        "cell": CELL - GAP,
        "row": ROW - GAP,
        "head": [
            {"x": LABEL + place * CELL + (CELL - GAP) / 2, "text": name[:3]}
            for place, name in enumerate(DAY_NAMES)
        ],
        "rows": rows,
    }


def _week_label(monday: date) -> str:
    return f"{monday.day} {MONTHS[monday.month - 1][:3]}"


def cell_words(weeks: Weeks, on: date) -> str:
    """One day of the calendar in words."""
    rated = weeks.rated.get(on)
    said = "nothing yet" if rated is None else f"pain {rated.pain}"
    return f"{day(on)}: {said}{', flare' if weeks.in_flare(on) else ''}"


# The line


def _line(weeks: Weeks) -> dict[str, Any]:
    rows = sorted(weeks.rated.values())
    found = weeks.usual
    band = None
    if found is not None and found.enough:
        band = {"y": _y(found.high), "height": max(_y(found.low) - _y(found.high), 2)}
    return {
        "left": LEFT,
        "width": 100 - LEFT,
        "top": TOP,
        "high": HIGH,
        "days": DAYS,
        "scale": HIGHEST,
        "bottom": TOP + HIGH,
        "levels": [{"y": _y(level), "text": str(level)} for level in (0, 5, 10)],
        "dots": [{"x": _x(weeks, row.on), "y": _y(row.pain)} for row in rows],
        "strokes": _strokes(weeks),
        "band": band,
        "flares": [_stretch(weeks, span.first, span.last or weeks.last) for span in weeks.flares],
        "months": _months(weeks),
    }


def _x(weeks: Weeks, on: date) -> float:
    """The middle of a day, in per cent of the width."""
    return round(LEFT + (100 - LEFT) * ((on - weeks.first).days + 0.5) / DAYS, 2)


def _y(pain: float) -> float:
    return round(TOP + HIGH * (1 - pain / HIGHEST), 1)


def _strokes(weeks: Weeks) -> list[str]:
    """The line as points in its own units (days across, ratings down), broken where days are missing."""
    strokes: list[list[str]] = []
    before: date | None = None
    for row in sorted(weeks.rated.values()):
        if before is None or (row.on - before).days > LONGEST_GAP:
            strokes.append([])
        strokes[-1].append(f"{(row.on - weeks.first).days + 0.5},{HIGHEST - row.pain}")
        before = row.on
    return [" ".join(points) for points in strokes if len(points) > 1]


def _stretch(weeks: Weeks, first: date, last: date) -> dict[str, float]:
    begin = max((first - weeks.first).days, 0)
    end = min((last - weeks.first).days + 1, DAYS)
    each = (100 - LEFT) / DAYS
    return {"x": round(LEFT + begin * each, 2), "width": round(max(end - begin, 1) * each, 2)}


def _months(weeks: Weeks) -> list[dict[str, Any]]:
    """The first day of every month in the picture, and the first of all."""
    found = []
    for place in range(DAYS):
        on = weeks.first + timedelta(days=place)
        # A name at the far end would run out of the picture.
        if on.day == 1 and place < DAYS - 5:
            found.append({"x": _x(weeks, on), "text": MONTHS[on.month - 1][:3]})
    return found


# The tables behind


def table_of_weeks(weeks: Weeks, href: Href = nowhere) -> list[list[Any]]:
    """The calendar as a table: a week a row, the newest first."""
    rows = []
    for week in reversed(range(WEEKS)):
        monday = weeks.first + timedelta(weeks=week)
        cells: list[Any] = [short_day(monday)]
        for place in range(7):
            on = monday + timedelta(days=place)
            cells.append(_cell(weeks, on, href) if on <= clock.today() else "")
        rows.append(cells)
    return rows


def _cell(weeks: Weeks, on: date, href: Href) -> Any:
    rated = weeks.rated.get(on)
    text = "–" if rated is None else str(rated.pain)
    text += " flare" if weeks.in_flare(on) else ""
    where = href(on)
    return {"text": text, "href": where} if where else text


WEEK_HEAD = ["Week of", *(name[:3] for name in DAY_NAMES)]
DAY_HEAD = ["Day", "Pain", "Tired", "Sleep", "Mood", "Hours", "Flare"]


def table_of_days(weeks: Weeks, href: Href = nowhere) -> list[list[Any]]:
    """The line as a table: a rated day a row, the newest first."""
    rows = []
    for row in sorted(weeks.rated.values(), reverse=True):
        where = href(row.on)
        rows.append(
            [
                {"text": day(row.on), "href": where} if where else day(row.on),
                str(row.pain),
                *("" if one is None else str(one) for one in (row.fatigue, row.sleep, row.mood)),
                "" if row.hours is None else number(row.hours),
                "Yes" if weeks.in_flare(row.on) else "",
            ]
        )
    return rows
