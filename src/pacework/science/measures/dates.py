"""Weeks, months, quarters, working days and ages, as the service's rules use them."""

from __future__ import annotations

import calendar
from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def monday(day: date) -> date:
    """Return the Monday of the Monday-to-Sunday week that holds `day`."""
    return day - timedelta(days=day.weekday())


def sunday(day: date) -> date:
    """Return the Sunday of the Monday-to-Sunday week that holds `day`."""
    return monday(day) + timedelta(days=6)


def day_words(day: date) -> str:
    """Return a date in words, such as "3 March 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def count_words(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun, such as "1 day", "2 days" or "3 people"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def hours_words(minutes: int) -> str:
    """Return minutes in words, such as "3 hours 59 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = [count_words(hours, "hour")] if hours or not rest else []
    if rest:
        parts.append(count_words(rest, "minute"))
    return " ".join(parts)


def add_months(day: date, months: int) -> date:
    """Return the same day of the month `months` later (earlier when negative).

    Where the later month is shorter its last day is taken, so 30 November and three months is 28 February.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def add_span(day: date, amount: int, unit: str) -> date:
    """Return the date `amount` days, weeks or calendar months after `day`.

    Parameters
    ----------
    day
        Where the clock starts.
    amount
        How many units, zero or more.
    unit
        ``"days"``, ``"weeks"`` or ``"months"`` (calendar months, see `add_months`).

    Raises
    ------
    ValueError
        For any other unit.
    """
    if unit == "days":
        return day + timedelta(days=amount)
    if unit == "weeks":
        return day + amount * WEEK
    if unit == "months":
        return add_months(day, amount)
    raise ValueError(f"{unit!r} is not a unit of time: use days, weeks or months.")


def age_on(born_on: date, day: date) -> int:
    """Return the age in whole years on `day`; somebody born on 29 February is a year older on 1 March.

    Raises
    ------
    ValueError
        When `day` lies before the birth date.
    """
    if day < born_on:
        raise ValueError("The date is before the birth date.")
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def is_working_day(day: date, holidays: Set[date] = frozenset()) -> bool:
    """Return whether `day` is Monday to Friday and not among `holidays`."""
    return day.weekday() < 5 and day not in holidays


def add_working_days(day: date, amount: int, holidays: Set[date] = frozenset()) -> date:
    """Return the last day of a limit of `amount` working days; the starting day itself is day 0."""
    while amount > 0:
        day += timedelta(days=1)
        amount -= is_working_day(day, holidays)
    return day


def working_days_between(start: date, end: date, holidays: Set[date] = frozenset()) -> int:
    """Return the working days after `start` up to and with `end`; negative when `end` is the earlier one."""
    if end < start:
        return -working_days_between(end, start, holidays)
    span = (end - start).days
    return sum(is_working_day(start + timedelta(days=n), holidays) for n in range(1, span + 1))


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A calendar quarter.

    Attributes
    ----------
    year
        The calendar year.
    number
        1 for January to March … 4 for October to December.
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise ValueError("A quarter is 1, 2, 3 or 4.")

    @property
    def first(self) -> date:
        """First day of the quarter."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last(self) -> date:
        """Last day of the quarter."""
        return add_months(self.first, 3) - timedelta(days=1)

    @property
    def label(self) -> str:
        """Name by the financial year that starts in April, such as "Q4 2025/26 (January to March 2026)"."""
        april_year = self.year if self.number > 1 else self.year - 1
        april_number = self.number - 1 or 4
        months = f"{MONTHS[self.first.month - 1]} to {MONTHS[self.last.month - 1]} {self.year}"
        return f"Q{april_number} {april_year}/{(april_year + 1) % 100:02d} ({months})"

    def shift(self, quarters: int) -> Quarter:
        """Return the quarter that lies `quarters` later, or earlier when negative."""
        return quarter_of(add_months(self.first, 3 * quarters))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def quarter_of(day: date) -> Quarter:
    """Return the calendar quarter that holds `day`."""
    return Quarter(day.year, (day.month + 2) // 3)
