"""What Today is made of: sections with lines, and the lines that several roles have."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from pacework.service.cases.models import Client, CorrectionRequest
from pacework.service.core import clock
from pacework.service.core.presenters import ago, short_day
from pacework.service.people.models import User

SHOWN = 8


@dataclass(frozen=True)
class Item:
    """One line: when, what as a link, a few words. Urgent ones stand out."""

    title: str
    href: str
    text: str = ""
    when: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class Section:
    """What needs doing, of one kind; ``more`` leads to the rest when not all is shown."""

    title: str
    items: list[Item]
    total: int
    more: dict[str, str] | None = None


def section(
    title: str, rows: Iterable[Any], item: Callable[[Any], Item], *, href: str = "", total: int | None = None
) -> Section:
    """A section of all rows, or of the first where a page shows the rest; the count is of all of them."""
    found = list(rows)
    whole = len(found) if total is None else total
    if not href or whole <= SHOWN:
        return Section(title, [item(row) for row in found], whole)
    return Section(
        title, [item(row) for row in found[:SHOWN]], whole, {"href": href, "label": f"See all {whole}"}
    )


def shown(sections: Iterable[Section]) -> list[Section]:
    """Only what has something in it: an empty heading is noise."""
    return [one for one in sections if one.total]


def page_of(client: Client, name: str = "person") -> str:
    return reverse(name, args=[client.pk])


def day_words(on: date) -> str:
    days = (clock.today() - on).days
    if days == 0:
        return "Today"
    if days == -1:
        return "Tomorrow"
    if days < 0:
        return short_day(on)
    words = ago(on)
    return words[:1].upper() + words[1:]


def action_item(row: Any) -> Item:
    client = row.episode.client
    return Item(client.name, page_of(client, "plan"), row.words, day_words(row.due_on))


def corrections(user: User) -> Any:
    found = CorrectionRequest.objects.visible_to(user).filter(answered_at__isnull=True)
    return found.select_related("client").order_by("asked_at")


def correction_item(row: Any) -> Item:
    return Item(
        row.client.name,
        reverse("correction", args=[row.client_id, row.pk]),
        row.what,
        day_words(row.asked_at.date()),
    )


def counted(title: str, rows: Any, item: Callable[[Any], Item], *, href: str) -> Section:
    """A section whose list may be long: counted in the database, only the first read."""
    first = list(rows[: SHOWN + 1])
    total = len(first) if len(first) <= SHOWN else rows.count()
    return section(title, first, item, href=href, total=total)


BUTTONS: dict[str, list[tuple[str, str]]] = {
    "hcp": [("Refer someone", "refer")],
    "team_lead": [("Refer someone", "refer")],
    "administrator": [("New account", "user-new")],
}
QUIET = {
    "esw": "Nothing is waiting for you today.",
    "team_lead": "Nothing is waiting for you today.",
    "hcp": "Nothing is waiting for you. Refer someone who would like to work.",
    "manager": "Nobody is in the service yet.",
    "researcher": "Nothing for researchers yet. Consented, pseudonymised data come later.",
    "administrator": "Nothing needs you today. Accounts, teams and programmes are in the menu above.",
}


def buttons(role: str) -> list[dict[str, str]]:
    return [{"label": label, "href": reverse(name), "kind": ""} for label, name in BUTTONS.get(role, [])]
