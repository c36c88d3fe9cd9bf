"""Matches in words: why each is there, what to ask, and what was left out."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from pacework.science.capacity.shortlist import State
from pacework.science.capacity.sustainability import Sustainability
from pacework.science.capacity.sustainability_words import about
from pacework.science.vacancies.compare import KIND_WORDS, Kind
from pacework.service.core.presenters import count, day, number
from pacework.service.core.week import week_words
from pacework.service.matching.criteria import AVOIDED
from pacework.service.matching.finding import Found, Match

KIND_COLOURS = {Kind.FITS: "green", Kind.ASK: "blue", Kind.HARD_CAN_CHANGE: "yellow", Kind.HARD: "orange"}
RULED_WORDS = {"hours": "too many hours", "pay": "too little pay"}


def card(match: Match, *, new: str, own: bool) -> dict[str, Any]:
    """One vacancy as the page places it."""
    row = match.vacancy
    return {
        "title": row.title,
        "employer": str(row.employer),
        "href": "" if own else reverse("vacancy", args=[row.pk]),
        "facts": [fact for fact in _facts(match) if fact],
        "times": times_words(match),
        "too_low": match.pays_minimum is False,
        "met": [
            reason.preference.words
            for reason in match.reasons
            # Nearly every vacancy is away from it: worth saying only where one is not.
            if reason.state is State.MET and reason.preference.column != AVOIDED
        ],
        "unmet": unmet_words(match),
        "demands": [
            {
                "tag": KIND_WORDS[one.kind],
                "colour": KIND_COLOURS[one.kind],
                "text": one.text,
                "guess": guess,
            }
            for one, guess in match.demands
        ],
        "hold": hold_words(match.result) if match.result is not None else [],
        "no_hold": no_hold_words(match),
        "look": f"{new}?vacancy={row.pk}",
        "key": row.pk,
    }


def times_words(match: Match) -> str:
    """When the shifts are: as somebody checked them, else as they were told."""
    row = match.vacancy
    if row.shifts:
        return f"{week_words(row.shifts)}{', changing from week to week' if row.shifts_vary else ''}"
    return f"“{row.hours_text}”" if row.hours_text else ""


def no_hold_words(match: Match) -> str:
    """Why a row has no forecast."""
    if match.vacancy.shifts:
        return "A day of work and the way there would take more than 24 hours."
    known = "checked yet" if match.vacancy.hours_text else "known"
    return f"Its days and times are not {known}, so nothing can be said of its hours."


def hold_words(result: Sustainability) -> list[str]:
    """How the hours would hold. Where a day is missed in nearly every week, shifts tell jobs apart."""
    nearly_every = about(result.as_it_is.week_with_miss) in ("nearly all", "all")
    shifts = result.shifts_words if nearly_every else ""
    return [sentence for sentence in (result.words[0], shifts, result.help_words) if sentence]


def unmet_words(match: Match) -> list[str]:
    """What speaks against it or is not known, each in one piece."""
    said = []
    for state, before in ((State.NOT_MET, "Not as wished"), (State.UNKNOWN, "Not known")):
        names = [one.preference.words for one in match.reasons if one.state is state]
        if names:
            said.append(f"{before}: {'; '.join(name[:1].lower() + name[1:] for name in names)}")
    return said


def _facts(match: Match) -> list[str]:
    row = match.vacancy
    hours = f"{number(row.hours_a_week)} hours a week" if row.hours_a_week is not None else "hours not known"
    pay = f"about £{row.pay_an_hour:.2f} an hour" if row.pay_an_hour is not None else "pay not known"
    closes = f"closes {day(row.closes_on)}" if row.closes_on is not None else ""
    return [hours, pay, match.way.words[:1].lower() + match.way.words[1:], closes]


def count_words(found: Found, *, own: bool) -> str:
    """How many pass, of how many."""
    whose = "your" if own else "their"
    if not found.of:
        return "There is no open vacancy at the moment."
    open_now = count(found.of, "open vacancy", "open vacancies")
    return f"{found.total:,} of {open_now} {'is' if found.total == 1 else 'are'} within {whose} limits."


def few_words(found: Found) -> str:
    """That the forecasts beside the rows rest on little; empty where they do not, or where there are none."""
    return next((match.result.few_words for match in found.matches if match.result is not None), "")


def left_out(found: Found) -> list[str]:
    """What was left out for which limit; one vacancy may be counted several times."""
    names = RULED_WORDS | found.criteria.ruled
    said = []
    for name, many in found.ruled_out.items():
        if many and name == "travel":
            said.append(f"{many:,} because {'it is' if many == 1 else 'they are'} too far")
        elif many and names.get(name):
            said.append(f"{many:,} because of {names[name]}")
    return said


def order_words(found: Found, *, forecast: bool, own: bool) -> str:
    """Why the list stands as it stands."""
    wishes = [one.words[:1].lower() + one.words[1:] for one in found.criteria.preferences]
    said = "The shortest way comes first."
    if wishes:
        whose = "you" if own else "they"
        said = f"First comes what {whose} wished for: {'; '.join(wishes)}. Then the shortest way."
    if forecast:
        said += (
            " On this page alone, jobs whose hours would hold better stand first. No job is left out or "
            "moved to another page because of that."
        )
    return said
