"""What a vacancy may say: its shifts, its pay, its postcode. The sentence names the field at fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pacework.science.measures.wages import LegalRate, WageTableError, legal_minimum
from pacework.service.core.errors import DomainError
from pacework.service.employers.models.ways import outward_part

Shift = dict[str, str]

WEEK_HOURS = 168
MOST_PAY = 10_000_000
# How pay for a longer time is made comparable: a full-time week of 37.5 hours, as most adverts mean it.
FULL_TIME_HOURS = Decimal("37.5")
FULL_TIME_DAY = Decimal("7.5")
WEEKS_A_YEAR = Decimal("52.14")
OLDEST = date(1900, 1, 1)  # of the oldest age band on any day

# Parts of the day in minutes; the keys are those of the question "Which times suit you best?".
TIMES: Mapping[str, tuple[int, int]] = {
    "early": (5 * 60, 8 * 60),
    "mornings": (8 * 60, 12 * 60),
    "afternoons": (12 * 60, 18 * 60),
    "evenings": (18 * 60, 23 * 60),
    "nights": (23 * 60, 29 * 60),
}
DAY_MINUTES = 24 * 60


def checked_shifts(shifts: Sequence[Mapping[str, str]], *, break_minutes: int = 0) -> list[Shift]:
    """Shifts as they are stored, Monday first; none means not known. Raises beside ``shifts``.

    Each has ``day`` ("mon"), ``start`` and ``end`` ("09:00"); an end before the start is on the next day.
    """
    if not shifts:
        return []
    # Late: the package brings NumPy along, which most pages do without.
    from pacework.science.capacity.job import Job, JobError

    by_day: dict[str, list[tuple[str, str]]] = {}
    for shift in shifts:
        by_day.setdefault(shift["day"], []).append((shift["start"], shift["end"]))
    try:
        job = Job(shifts=by_day, break_minutes=break_minutes)
    except JobError as refusal:
        raise DomainError(str(refusal), field=refusal.field) from None
    return [
        {"day": day, "start": start, "end": end} for day, parts in job.shifts.items() for start, end in parts
    ]


def minutes_of(shift: Mapping[str, str]) -> tuple[int, int]:
    """Start and end of a shift in minutes of its day; past midnight the end is above 1,440."""
    start, end = (_minute(shift[name]) for name in ("start", "end"))
    return start, end + DAY_MINUTES if end <= start else end


def hours_of(shifts: Sequence[Mapping[str, str]], break_minutes: int = 0) -> Decimal:
    """Paid hours a week that the shifts come to, without the unpaid break of each day."""
    worked = sum(end - start for start, end in map(minutes_of, shifts))
    paid = worked - break_minutes * len({shift["day"] for shift in shifts})
    return (Decimal(paid) / 60).quantize(Decimal("0.1"), ROUND_HALF_UP)


def times_of(shifts: Sequence[Mapping[str, str]]) -> str:
    """Keys of `TIMES` that the shifts touch, and "weekends", with blanks between; empty for no shifts."""
    # A night reaches into the day before it and the day after: all three are looked at.
    found = {
        key
        for start, end in map(minutes_of, shifts)
        for key, (begin, until) in TIMES.items()
        for apart in (-DAY_MINUTES, 0, DAY_MINUTES)
        if start < until + apart and end > begin + apart
    }
    if any(shift["day"] in ("sat", "sun") for shift in shifts):
        found.add("weekends")
    return " ".join(key for key in (*TIMES, "weekends") if key in found)


def check_pay(least: Decimal | None, most: Decimal | None, period: str) -> None:
    """Raise unless the pay can be: more than nothing, from less to more, for some time."""
    for amount, field in ((least, "pay"), (most, "pay_to")):
        if amount is not None and not (amount.is_finite() and 0 < amount <= MOST_PAY):
            raise DomainError(f"Pay is more than £0 and at most £{MOST_PAY:,}.", field=field)
    if most is not None and least is None:
        raise DomainError("Enter the lowest pay too, or only the lowest.", field="pay")
    if least is not None and most is not None and most < least:
        raise DomainError("The highest pay is less than the lowest.", field="pay_to")
    if least is not None and not period:
        raise DomainError(
            "Say whether this is an hour, a day, a week, a month or a year.", field="pay_period"
        )


def check_occupation(code: str) -> None:
    """Raise unless this can be a SOC 2020 unit group, or is empty."""
    if code and not re.fullmatch("[1-9][0-9]{3}", code):
        raise DomainError("A SOC 2020 code has 4 numbers, like 9241.", field="occupation")


def check_hours(hours_a_week: Decimal | None) -> None:
    """Raise unless these hours fit in a week, or nothing is said."""
    if hours_a_week is not None and not 0 < hours_a_week <= WEEK_HOURS:
        raise DomainError("A week has 168 hours. Enter the hours in one week.", field="hours_a_week")


def check_vacancy(details: Mapping[str, Any]) -> None:
    """Raise unless the details of a vacancy can be, whoever it is that brings them."""
    for refusal in vacancy_refusals(details):
        raise refusal


def vacancy_refusals(details: Mapping[str, Any]) -> Iterator[DomainError]:
    """Everything that is wrong with the details of a vacancy; what is missing from them is not looked at."""
    checks: tuple[Callable[[], object], ...] = (
        lambda: check_occupation(details.get("occupation", "")),
        lambda: check_hours(details.get("hours_a_week")),
        lambda: check_pay(details.get("pay"), details.get("pay_to"), details.get("pay_period", "")),
        lambda: outward_of(details.get("outward", "")),
    )
    for check in checks:
        try:
            check()
        except DomainError as refusal:
            yield refusal


def pay_an_hour(amount: Decimal | None, period: str, hours_a_week: Decimal | None) -> Decimal | None:
    """Pay made comparable, in pounds an hour; None where it cannot be worked out."""
    if amount is None:
        return None
    hours = {
        "hour": Decimal(1),
        "day": FULL_TIME_DAY,
        "week": hours_a_week,
        "month": FULL_TIME_HOURS * WEEKS_A_YEAR / 12,
        "year": FULL_TIME_HOURS * WEEKS_A_YEAR,
    }.get(period)
    return (amount / hours).quantize(Decimal("0.01"), ROUND_HALF_UP) if hours else None


def legal_minimum_on(day: date) -> LegalRate | None:
    """The highest legal minimum of a day, that of the oldest; None on days the table says nothing of."""
    try:
        return legal_minimum(OLDEST, day)
    except WageTableError:
        return None


def outward_of(postcode: str) -> str:
    """The first half of a postcode, typed whole or in half; empty stays empty."""
    found = outward_part(postcode)
    if postcode.strip() and not found:
        raise DomainError("Enter a postcode or its first half, like LS1 or LS1 4DY.", field="outward")
    return found


def _minute(moment: str) -> int:
    read = time.fromisoformat("00:00" if moment == "24:00" else moment)
    return read.hour * 60 + read.minute
