"""Vacancies on the screen: hours, pay, the usual week as a picture, what became of them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.urls import reverse

from pacework.science.vacancies.hours_text import HoursProposal
from pacework.service.core import clock
from pacework.service.core.presenters import DAY_KEYS, DAYS, count, day, days_words, listed, number, short_day
from pacework.service.core.week import times_words, week_words
from pacework.service.employers import codes, policies
from pacework.service.employers.models import Vacancy

VACANCY_STEPS = {"filled": "It was filled", "withdrawn": "It was withdrawn", "open": "It is open again"}
DAY_MINUTES = 24 * 60


def pounds(amount: Any) -> str:
    return f"£{amount:,.2f}".removesuffix(".00")


def pay_words(vacancy: Vacancy) -> str:
    """£12.50 an hour; £12 to £14 an hour."""
    if vacancy.pay is None:
        return ""
    words = pounds(vacancy.pay)
    if vacancy.pay_to is not None and vacancy.pay_to != vacancy.pay:
        words += f" to {pounds(vacancy.pay_to)}"
    return f"{words} {vacancy.get_pay_period_display()}"


def minimum_note(vacancy: Vacancy) -> str:
    """A sentence where the pay is below the legal minimum of today; pay for longer is worked out by guess."""
    return minimum_words(vacancy.pay_an_hour, vacancy.pay_an_hour_to, vacancy.pay_period)


def minimum_words(least: Decimal | None, most: Decimal | None, period: str) -> str:
    """The same of pounds an hour, and of what the pay was said for."""
    rate = policies.legal_minimum_on(clock.today())
    if rate is None or least is None or least >= rate.amount:
        return ""
    said = f"below the legal minimum of {pounds(rate.amount)} an hour ({rate.band})"
    if most is not None and most >= rate.amount:
        return f"The lowest pay is {said}."
    if period in (Vacancy.Period.HOUR, Vacancy.Period.WEEK):
        return f"{said.capitalize()}: it would not count as a job."
    return f"This may be {said}: then it would not count as a job."


def pay_cell(vacancy: Vacancy) -> Any:
    """Pay, and what it comes to an hour where it is given for a longer time."""
    words = pay_words(vacancy)
    if vacancy.pay_period in ("", "hour") or vacancy.pay_an_hour is None:
        return words or "Not known"
    return {"text": words, "sub": f"about {pounds(vacancy.pay_an_hour)} an hour"}


def _pay_fact(vacancy: Vacancy) -> Any:
    """The pay, and a word where it is below the legal minimum."""
    cell, note = pay_cell(vacancy), minimum_note(vacancy)
    if not note:
        return cell
    if isinstance(cell, str):
        return {"text": cell, "sub": note}
    return cell | {"sub": f"{cell['sub']}. {note}"}


def hours_words(vacancy: Vacancy) -> str:
    return f"{number(vacancy.hours_a_week)} hours a week" if vacancy.hours_a_week is not None else ""


def hours_typed(hours: Decimal | None) -> str:
    """Hours a week as they stand in a form, to one decimal; empty where they are not known."""
    return "" if hours is None else f"{hours.quantize(Decimal('0.1'), ROUND_HALF_UP).normalize():f}"


def vacancy_tag(vacancy: Vacancy) -> dict[str, str]:
    """Open, past its closing day, or how it ended."""
    if vacancy.status != Vacancy.Status.OPEN:
        return {"text": vacancy.get_status_display(), "tag": "grey", "sub": short_day(vacancy.status_on)}
    if vacancy.closes_on is not None and vacancy.closes_on < clock.today():
        return {"text": "Closing day passed", "tag": "orange", "sub": short_day(vacancy.closes_on)}
    sub = f"Closes {short_day(vacancy.closes_on)}" if vacancy.closes_on else ""
    return {"text": "Open", "tag": "green", "sub": sub}


def vacancy_row(vacancy: Vacancy) -> list[Any]:
    return [
        {"text": vacancy.title, "href": reverse("vacancy", args=[vacancy.pk]), "sub": str(vacancy.employer)},
        {
            "text": hours_words(vacancy) or "Hours not known",
            "sub": week_words(vacancy.shifts) or vacancy.hours_text,
        },
        pay_cell(vacancy),
        vacancy.get_home_working_display(),
        vacancy_tag(vacancy),
    ]


def vacancy_facts(vacancy: Vacancy) -> list[dict[str, Any]]:
    employer = vacancy.employer
    place = listed([part for part in (str(vacancy.site or ""), vacancy.outward) if part], last="·")
    home = Vacancy.Home(vacancy.home_working)
    added = f"Added {day(vacancy.added_at)} by {vacancy.added_by}"
    return [
        {"key": "Status", "value": vacancy_tag(vacancy)},
        {
            "key": "Employer",
            "value": {
                "text": str(employer),
                "href": reverse("employer", args=[employer.pk]),
                "sub": place.replace(" · ", ", "),
            },
        },
        {"key": "Kind of job", "value": codes.occupation(vacancy.occupation) if vacancy.occupation else ""},
        {"key": "Tasks", "value": vacancy.tasks},
        {"key": "Pay", "value": _pay_fact(vacancy) if vacancy.pay is not None else ""},
        {"key": "Home working", "value": "" if home == Vacancy.Home.UNKNOWN else home.label},
        {"key": "Flexibility", "value": vacancy.flexibility},
        {
            "key": "Source",
            "value": {
                "text": vacancy.get_source_display() or "Not said",
                "sub": f"{vacancy.reference}. {added}" if vacancy.reference else added,
            },
        },
    ]


def hours_cell(vacancy: Vacancy) -> Any:
    """Hours a week, and what the shifts come to where that is something else."""
    words = hours_words(vacancy) or "Not known"
    added_up = policies.hours_of(vacancy.shifts, vacancy.break_minutes or 0)
    if not vacancy.shifts or vacancy.hours_a_week is None or abs(added_up - vacancy.hours_a_week) < 1:
        return words
    return {"text": words, "sub": f"The shifts add up to {number(added_up)}. Please check."}


# The usual week


def proposal_words(read: HoursProposal) -> str:
    """What could be read from words on hours, in one sentence."""
    if read.shifts:
        return "The shifts below were read from these words. Check them, then save."
    if read.start is not None and read.end is not None:
        times = times_words({"start": f"{read.start:%H:%M}", "end": f"{read.end:%H:%M}"})
        return f"{times} was read, but not on which days. Fill in what you know, then save."
    if read.days:
        days = days_words([DAY_KEYS.index(key) for key in read.days])
        return f"{days} was read, but not at which times. Fill in what you know, then save."
    return "No shifts could be read from these words. Fill in what you know, then save."


def week_picture(vacancy: Vacancy) -> list[dict[str, Any]]:
    """A row for each day: its name, its times in words, and bars as shares of 24 hours.

    A night is drawn to midnight on its own day and, fainter, from midnight on the next.
    """
    rows: list[dict[str, Any]] = [{"day": name, "words": "", "bars": []} for name in DAYS]
    for shift in vacancy.shifts:
        index = DAY_KEYS.index(shift["day"])
        start, end = policies.minutes_of(shift)
        rows[index]["words"] = " and ".join(filter(None, [rows[index]["words"], times_words(shift)]))
        rows[index]["bars"].append(_bar(start, min(end, DAY_MINUTES)))
        if end > DAY_MINUTES:
            rows[(index + 1) % 7]["bars"].append(_bar(0, end - DAY_MINUTES) | {"after": True})
    return rows


def _bar(start: int, end: int) -> dict[str, Any]:
    return {"x": f"{100 * start / DAY_MINUTES:.2f}", "width": f"{100 * (end - start) / DAY_MINUTES:.2f}"}


def week_facts(vacancy: Vacancy) -> list[dict[str, Any]]:
    """What belongs to the usual week beside its shifts. Without shifts, nothing says that it is not known."""
    unknown = "Not known" if vacancy.shifts else ""
    swap = {True: "Yes", False: "No", None: unknown}[vacancy.swap_days]
    vary = {True: "Yes, from week to week", False: "No", None: unknown}[vacancy.shifts_vary]
    minutes = vacancy.break_minutes
    rest = unknown if minutes is None else f"{count(minutes, 'minute')} a day" if minutes else "None"
    facts: list[dict[str, Any]] = [
        {"key": "Hours", "value": hours_cell(vacancy)},
        {"key": "In their words", "value": vacancy.hours_text},
        {"key": "Unpaid break", "value": rest},
        {"key": "Do shifts change?", "value": vary},
        {"key": "Can a missed shift be made up?", "value": swap},
    ]
    return [fact for fact in facts if fact["value"]]
