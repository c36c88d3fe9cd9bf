"""One timeline of everything recorded about a client: the rows of every room, merged by date in one query."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse

from pacework.service.cases.models import Assignment, Client, Consent, Episode
from pacework.service.cases.presenters import closing_words
from pacework.service.contacts.models import Appointment, Contact
from pacework.service.core.codes import codes
from pacework.service.diary.models import Flare
from pacework.service.employers.models import EmployerContact
from pacework.service.people.models import Role
from pacework.service.plan.models import Goal, Obstacle, PlannedAction, PreparationSession
from pacework.service.recruitment.models import Referral
from pacework.service.work.models import Application, JobSpell, Placement

PAGE = 50


@dataclass(frozen=True)
class Entry:
    """One line of the timeline, as the timeline part of the page places it."""

    when: date
    kind: str
    title: str
    text: str = ""
    who: str = ""
    href: str = ""
    tag: str = ""
    colour: str = "grey"


@dataclass(frozen=True)
class Row:
    """What the query brings of one entry: two code or name columns, a text, a person, an id."""

    source: str
    day: date
    one: str
    two: str
    text: str
    who: str
    id: int


Words = Callable[[Client, Row], dict[str, str]]


@dataclass(frozen=True)
class Source:
    """One kind of row on the timeline: its model, the date it stands at, its columns and its words."""

    kind: str
    model: Any
    day: str
    words: Words
    one: str = ""
    two: str = ""
    text: str = ""
    who: str = ""
    where: tuple[tuple[str, Any], ...] = ()
    # Shown only to those to whom the client shows it, on top of the record's door.
    shown: bool = False

    def rows(self, name: str, client: Client, before: date | None, reader: Any) -> QuerySet[Any]:
        found = self.model.objects.of(client)
        if self.shown:
            found = self.model.objects.visible_to(reader).filter(client=client)
        found = found.filter(**{f"{self.day}__isnull": False}, **dict(self.where))
        if before is not None:
            found = found.filter(**{f"{self.day}__lt": before})
        person = f"{self.who}__first_name/{self.who}__last_name" if self.who else ""
        columns = {
            "t_source": Value(name, output_field=TextField()),
            "t_day": F(self.day),
            "t_one": _column(self.one),
            "t_two": _column(self.two),
            "t_text": _column(self.text),
            "t_who": _column(person, between=" "),
            "t_id": F("pk"),
        }
        return found.order_by().annotate(**columns).values_list(*columns)  # type: ignore[no-any-return]


def _column(path: str, between: str = "/") -> Any:
    """A field as text, "" when empty; two fields with a slash between their names are put together."""
    nothing = Value("", output_field=TextField())
    first, _, second = path.partition("/")
    if not first:
        return nothing
    text = Coalesce(Cast(first, TextField()), nothing)
    if not second:
        return text
    return Concat(
        text, Value(between), Coalesce(Cast(second, TextField()), nothing), output_field=TextField()
    )


def _label(room: str, name: str, key: str, table: str = "") -> str:
    return codes(room, name, table).label(key)


def _contact(client: Client, row: Row) -> dict[str, str]:
    purpose, _, mode = row.one.partition("/")
    missed = row.two != "attended"
    return {
        "title": f"{_label('contacts', 'purposes', purpose)}, {_label('contacts', 'modes', mode).lower()}",
        "href": reverse("contact", args=[client.pk, row.id]),
        "tag": _label("contacts", "attendance", row.two) if missed else "",
    }


def _appointment(client: Client, row: Row) -> dict[str, str]:
    at = f" at {row.two[:5]}" if row.two else ""
    mode = _label("contacts", "modes", row.one).lower()
    return {"title": f"Appointment{at}, {mode}", "tag": "Planned", "colour": "blue"}


def _employer_contact(client: Client, row: Row) -> dict[str, str]:
    return {
        "title": f"{row.one}: {_label('employers', 'purposes', row.two).lower()}",
        "href": reverse("disclosure", args=[client.pk]),
    }


def _plain(title: str, page: str = "", tag: str = "", colour: str = "grey") -> Words:
    """Words that only place the two columns in a sentence."""

    def words(client: Client, row: Row) -> dict[str, str]:
        return {
            "title": title.format(one=row.one, two=row.two),
            "href": reverse(page, args=[client.pk]) if page else "",
            "tag": tag,
            "colour": colour,
        }

    return words


def _session(client: Client, row: Row) -> dict[str, str]:
    return {
        "title": f"Session: {_label('plan', 'sessions', row.one)}",
        "href": reverse("preparing", args=[client.pk]),
    }


def _of_thing(page: str, title: str, *, tag: str = "", colour: str = "grey", ends: str = "") -> Words:
    """Words about a placement or a job, with a link to its page."""

    def words(client: Client, row: Row) -> dict[str, str]:
        why = f". {_label('work', ends, row.two)}" if ends and row.two else ""
        return {
            "title": title.format(row.one) + why,
            "href": reverse(page, args=[client.pk, row.id]),
            "tag": tag,
            "colour": colour,
        }

    return words


def _application_end(client: Client, row: Row) -> dict[str, str]:
    outcome = _label("work", "application_outcomes", row.two, "outcomes")
    return {"title": f"{outcome}: {row.one}", "href": reverse("work", args=[client.pk])}


def _referral(client: Client, row: Row) -> dict[str, str]:
    return {
        "title": f"Referral: {_label('recruitment', 'routes', row.one).lower()}",
        "href": reverse("referral", args=[client.pk, row.id]),
    }


def _consent(word: str) -> Words:
    def words(client: Client, row: Row) -> dict[str, str]:
        layer = Consent.Layer(row.one).label.lower()
        said = "Said no" if word == "Agreed" and row.two in ("0", "false") else word
        return {"title": f"{said}: {layer}", "href": reverse("sharing", args=[client.pk])}

    return words


def _closed(client: Client, row: Row) -> dict[str, str]:
    return {"title": f"Closed: {closing_words(row.one)}"}


SOURCES: dict[str, Source] = {
    "contact": Source("contacts", Contact, "on", _contact, "purpose/mode", "attendance", "note", "by"),
    "appointment": Source(
        "contacts", Appointment, "on", _appointment, "mode", "at", "place", where=(("outcome", ""),)
    ),
    "employer": Source(
        "employers", EmployerContact, "on", _employer_contact, "employer__name", "purpose", "note", "esw"
    ),
    "applied": Source("work", Application, "applied_on", _plain("Applied: {one}", "work"), "title"),
    "interview": Source("work", Application, "interview_on", _plain("Interview: {one}", "work"), "title"),
    "offer": Source("work", Application, "offer_on", _plain("Offer: {one}", "work"), "title"),
    "answer": Source("work", Application, "outcome_on", _application_end, "title", "outcome", "outcome_note"),
    "placement": Source(
        "work",
        Placement,
        "started_on",
        _of_thing("placement", "Placement started: {}", tag="Placement", colour="purple"),
        "title",
    ),
    "placement_end": Source(
        "work",
        Placement,
        "ended_on",
        _of_thing("placement", "Placement ended: {}", ends="placement_end_reasons"),
        "title",
        "end_reason",
        "end_words",
    ),
    "job": Source(
        "work",
        JobSpell,
        "started_on",
        _of_thing("job", "Job started: {}", tag="Job", colour="green"),
        "title",
    ),
    "job_end": Source(
        "work",
        JobSpell,
        "ended_on",
        _of_thing("job", "Job ended: {}", ends="job_end_reasons"),
        "title",
        "end_reason",
        "lessons",
    ),
    "outcome": Source(
        "work", Episode, "outcome_on", _plain("13 of 16 weeks in work", "work", "Outcome", "green")
    ),
    "goal": Source("plan", Goal, "set_on", _plain("Goal set", "plan"), text="words", who="set_by"),
    "goal_reached": Source(
        "plan", Goal, "reached_on", _plain("Goal reached", "plan", "Reached", "green"), text="words"
    ),
    "action": Source("plan", PlannedAction, "done_on", _plain("Done: {one}", "plan"), "words"),
    "session": Source(
        "plan", PreparationSession, "on", _session, "template", text="what_changed", who="led_by"
    ),
    "obstacle": Source(
        "plan", Obstacle, "named_on", _plain("In the way of work: {one}", "preparing"), "words"
    ),
    "flare": Source("flares", Flare, "started_on", _plain("A flare began", "diary"), shown=True),
    "flare_end": Source("flares", Flare, "ended_on", _plain("A flare ended", "diary"), shown=True),
    "referral": Source(
        "support", Referral, "raised_on", _referral, "route", text="reason", who="referred_by"
    ),
    "joined": Source("support", Episode, "referred_on", _plain("Joined the service, {one}"), "team__name"),
    "closed": Source("support", Episode, "closed_on", _closed, "close_reason", text="close_note"),
    "worker": Source(
        "support",
        Assignment,
        "accepted_on",
        _plain("A new employment support worker"),
        text="handover_note",
        who="esw",
    ),
    "agreed": Source("support", Consent, "given_on", _consent("Agreed"), "layer", "given"),
    "took_back": Source(
        "support", Consent, "withdrawn_on", _consent("Took back"), "layer", where=(("given", True),)
    ),
}

# What a reader can choose to see.
KINDS = {
    "contacts": "Contacts",
    "employers": "Employers",
    "work": "Applications and work",
    "plan": "Plan and preparing",
    "flares": "Flares",
    "support": "Support and consent",
}


def kinds_for(reader: Any) -> list[tuple[str, str]]:
    """What this reader can choose: nobody is offered what is never shown to their role."""
    shown = reader.role in (Role.ESW, Role.HCP)
    return [(kind, label) for kind, label in KINDS.items() if kind != "flares" or shown]


@dataclass(frozen=True)
class Timeline:
    """One page of entries, newest first, and the day before which older ones go on."""

    entries: list[Entry]
    older_before: date | None


def timeline(
    client: Client, *, reader: Any = None, kind: str = "", before: date | None = None, size: int = PAGE
) -> Timeline:
    """Return the newest entries of a client (who came through the door) before a day, of one kind or of all.

    What the client shows to some only is left out unless ``reader`` is one of them.

    Entries of one day are never split over two pages, so "older" loses nothing: a page may hold a few more
    than ``size``.
    """
    branches = [
        source.rows(name, client, before, reader)
        for name, source in SOURCES.items()
        if (kind not in KINDS or source.kind == kind) and (reader is not None or not source.shown)
    ]
    if not branches:
        return Timeline([], None)
    merged = branches[0].union(*branches[1:], all=True).order_by("-t_day", "-t_id")
    found = [Row(*values) for values in merged[: size + 1]]
    older = None
    if len(found) > size:
        older = found[size - 1].day
        if found[size].day == older:
            # The day goes on past the page: fetch the rest of it.
            same_day = [Row(*values) for values in merged if values[1] == older]
            found = [row for row in found if row.day > older] + same_day
        else:
            found = found[:size]
    return Timeline([_entry(client, row) for row in found], older)


def _entry(client: Client, row: Row) -> Entry:
    source = SOURCES[row.source]
    return Entry(row.day, source.kind, text=row.text, who=row.who, **source.words(client, row))
