"""Does the state allow it? Ratings, days and flares; every sentence is one that a client reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from pacework.service.cases.models import Client, Consent
from pacework.service.core import clock
from pacework.service.core.errors import DomainError
from pacework.service.core.presenters import day as day_words
from pacework.service.diary.models import DETAILS, HIGHEST, LOWEST, RATINGS, Flare

EARLIEST = date(2000, 1, 1)
LONGEST_NOTE = 1000
NAMES = {"pain": "pain", "fatigue": "tiredness", "sleep": "sleep", "mood": "mood"}


def check_day(on: date, *, field: str = "on") -> None:
    """Any day that has come."""
    if on > clock.today():
        raise DomainError("This day has not come yet. Choose today or a day before.", field=field)
    if on < EARLIEST:
        raise DomainError("Check the year of this day.", field=field)


def check_rating(name: str, value: Any) -> None:
    """A whole number from 0 to 10; only pain has to be there."""
    if value is None and name != "pain":
        return
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole or not LOWEST <= value <= HIGHEST:
        raise DomainError(f"Choose a number from {LOWEST} to {HIGHEST} for {NAMES[name]}.", field=name)


def check_hours(hours: Any) -> None:
    """Whole or half hours of one day."""
    if hours is None:
        return
    number = hours if isinstance(hours, Decimal) else Decimal(str(hours))
    if not number.is_finite() or not 0 <= number <= 24:
        raise DomainError("Enter hours from 0 to 24.", field="hours")
    if number % Decimal("0.5"):
        raise DomainError("Use whole or half hours, like 3 or 3.5.", field="hours")


def check_details(details: Mapping[str, Any]) -> None:
    """What was said of a day beside pain."""
    for name, value in details.items():
        if name not in DETAILS:
            raise ValueError(f"a diary has no {name}")
        if name in RATINGS:
            check_rating(name, value)
    check_hours(details.get("hours"))
    if len(details.get("note", "")) > LONGEST_NOTE:
        raise DomainError(f"Use {LONGEST_NOTE:,} letters or fewer.", field="note")


def check_stretch(first: date, last: date) -> None:
    if last < first:
        raise DomainError("The last day is before the first. Check both.", field="last")


# Flares


def check_no_open_flare(client: Client) -> None:
    if Flare.objects.open().filter(client=client).exists():
        raise DomainError("You have told us about this flare already. It is still going on.")


def check_open_flare(flare: Flare) -> None:
    if flare.ended_on is not None:
        raise DomainError(f"This flare ended on {day_words(flare.ended_on)}.")


def check_flare_days(
    client: Client, started_on: date, ended_on: date | None, *, but: Flare | None = None
) -> None:
    """Days that have come, in order, and apart from every other flare."""
    check_day(started_on, field="started_on")
    if ended_on is not None:
        check_day(ended_on, field="ended_on")
        if ended_on < started_on:
            raise DomainError("The last day is before the first. Check both.", field="ended_on")
    others = Flare.objects.filter(client=client).exclude(pk=but.pk if but is not None else None)
    others = others.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=started_on))
    if ended_on is not None:
        others = others.filter(started_on__lte=ended_on)
    other = others.order_by("started_on").first()
    if other is not None:
        raise DomainError(
            f"You have a flare from {day_words(other.started_on)} already. Change that one instead.",
            field="started_on",
        )


WORKER, WHOLE_TEAM = "your support worker", "your health team"


def shown_to(client: Client) -> list[str]:
    """To whom this client shows the diary, flares included: words for their worker and their health team."""
    yes = Consent.objects.live().filter(client=client)
    found = [WORKER] if yes.filter(layer=Consent.Layer.DIARY_SHARING).exists() else []
    of_team = list(yes.filter(layer=Consent.Layer.DIARY_HEALTH).values_list("recipient", flat=True))
    if None in of_team:
        found.append(WHOLE_TEAM)
    elif of_team:
        found.append("one person in " + WHOLE_TEAM if len(of_team) == 1 else "people in " + WHOLE_TEAM)
    return found


def check_says_something(words: Mapping[str, str]) -> None:
    if not any(text.strip() for text in words.values()):
        raise DomainError("Write a few words in one of the boxes first.")
