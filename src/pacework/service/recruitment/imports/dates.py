"""Dates as lists write them. Whether 03/04 is in March or April is judged over the whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from pacework.service.core.typed import MONTHS

Order = Literal["day", "month"]

_MONTH = {word[:3].lower(): number for number, word in enumerate(MONTHS, 1)}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})")
_FIGURES = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]*([a-z]{3,9})\.?[-/., ]*(\d{4}|\d{2})")
_WORDS_FIRST = re.compile(r"([a-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})")
_SERIAL = re.compile(r"(\d{5})(?:\.0)?")
_TIME = re.compile(r"(?:t| +)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?z?$")
_SERIAL_START = date(1899, 12, 30)  # day 0 of a spreadsheet's own count
_YOUNGEST = 14


class NoDate(ValueError):
    """Not a date."""


def order_of(values: Iterable[str]) -> tuple[Order, int, int]:
    """How a column writes dates in figures: which comes first, and how many show day or month first.

    UK lists write the day first; the month is only taken first when dates show it and none denies it.
    """
    day_first = month_first = 0
    for value in values:
        found = _FIGURES.match(value.strip())
        if not found:
            continue
        first, second = int(found[1]), int(found[2])
        day_first += first > 12 >= second
        month_first += second > 12 >= first
    return ("month" if month_first and not day_first else "day"), day_first, month_first


def looks_like_dates(values: Iterable[str]) -> bool:
    """Whether most of these cells are dates."""
    filled = [value for value in values if value.strip()]
    hits = 0
    for value in filled:
        for order in ("day", "month"):
            try:
                read(value, order=order, today=date(2100, 1, 1), birth=False)  # type: ignore[arg-type]
            except NoDate:
                continue
            hits += 1
            break
    return bool(filled) and hits * 2 > len(filled)


def read(raw: str, *, order: Order, today: date, birth: bool) -> date:
    """A date in any of the usual ways, or NoDate. ``birth``: two figures for the year mean a birth year."""
    text = _TIME.sub("", raw.strip().lower()).strip()
    if found := (_ISO.fullmatch(text) or _SOLID.fullmatch(text)):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if found := _FIGURES.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        day, month = (first, second) if order == "day" else (second, first)
        return _made(_year(found[3], today, birth), month, day)
    if found := _WORDS.fullmatch(text):
        return _made(_year(found[3], today, birth), _MONTH.get(found[2][:3], 0), int(found[1]))
    if found := _WORDS_FIRST.fullmatch(text):
        return _made(int(found[3]), _MONTH.get(found[1][:3], 0), int(found[2]))
    if found := _SERIAL.fullmatch(text):
        return _SERIAL_START + timedelta(days=int(found[1]))
    raise NoDate(raw)


def _year(figures: str, today: date, birth: bool) -> int:
    year = int(figures)
    if len(figures) == 4:
        return year
    youngest = today.year - (_YOUNGEST if birth else 0)
    return 2000 + year if 2000 + year <= youngest else 1900 + year


def _made(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NoDate from None
