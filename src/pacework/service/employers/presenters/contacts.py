"""The employer-contact log on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from pacework.service.core import clock
from pacework.service.core.presenters import count, day, moment, percent, short_day
from pacework.service.core.typed import lower_first
from pacework.service.employers import codes
from pacework.service.employers.models import EmployerContact, LogReview
from pacework.service.employers.presenters.disclosure import plan_tag
from pacework.service.people.models import User

MATCH_TAGS = {
    "matches": ("Matches", "green"),
    "does_not": ("Does not match", "orange"),
    "not_asked": ("Not asked", "grey"),
}


def mode_words(contact: EmployerContact) -> str:
    mode = codes.modes().get(contact.mode)
    return mode.label if mode else contact.mode


def purpose_words(contact: EmployerContact) -> str:
    purpose = codes.purposes().get(contact.purpose)
    return purpose.label if purpose else contact.purpose


def next_step_words(contact: EmployerContact) -> dict[str, str] | str:
    """The promise, when it is due, and whether it was kept."""
    if not contact.next_step:
        return ""
    if contact.next_step_done_on:
        sub = f"Done {short_day(contact.next_step_done_on)}"
    elif contact.next_step_on is None:
        sub = "No day set"
    else:
        late = contact.next_step_on < clock.today()
        sub = f"{'Was due' if late else 'Due'} {short_day(contact.next_step_on)}"
    return {"text": contact.next_step, "sub": sub}


@dataclass(frozen=True)
class Entry:
    """One contact as a list shows it."""

    when: date
    title: str
    who: str
    text: str
    tag: str
    colour: str
    about: str
    about_href: str
    next_step: str
    next_step_when: str
    done_href: str


def entry(contact: EmployerContact, *, may_write: bool, with_employer: bool = False) -> Entry:
    """One contact in the log of an employer, or of a client (then with the employer's name)."""
    step = next_step_words(contact)
    open_step = contact.next_step and contact.next_step_done_on is None
    person = f" with {contact.person.name}" if contact.person else ""
    employer = f"{contact.employer}: " if with_employer else ""
    purpose = purpose_words(contact)
    return Entry(
        when=contact.on,
        title=f"{employer}{purpose[:1].lower() + purpose[1:] if employer else purpose}{person}",
        who=str(contact.esw),
        text=contact.note,
        tag=mode_words(contact),
        colour="blue" if contact.face_to_face else "white",
        about=contact.client.name if contact.client else "",
        about_href=reverse("disclosure", args=[contact.client_id]) if contact.client_id else "",
        next_step=contact.next_step,
        next_step_when=lower_first(step["sub"]) if isinstance(step, dict) else "",
        done_href=reverse("employer-contact-done", args=[contact.pk]) if may_write and open_step else "",
    )


REVIEW_HEAD = [
    "Day",
    "Employer",
    "How and why",
    "Client",
    "Matches wishes",
    "Disclosure",
    "Note",
    "Next step",
]


def review_row(contact: EmployerContact) -> list[Any]:
    """One contact in the lead's weekly review."""
    text, colour = MATCH_TAGS[contact.match]
    note = contact.note or "–"
    warned = (
        f"Asked about and confirmed: {', '.join(contact.confirmed_words)}" if contact.confirmed_words else ""
    )
    about = contact.client
    return [
        short_day(contact.on).replace(" ", "\u00a0"),
        {
            "text": str(contact.employer),
            "href": reverse("employer", args=[contact.employer_id]),
            "sub": str(contact.person or ""),
        },
        {"text": mode_words(contact), "sub": purpose_words(contact)},
        {
            "text": about.name,
            "href": reverse("disclosure", args=[about.pk]),
            "sub": "named" if contact.client_named else "not named",
        }
        if about
        else "No client",
        {"text": text, "tag": colour, "sub": contact.match_why} if about else "–",
        plan_tag(contact.basis) if contact.basis else "–",
        {"text": note, "sub": warned},
        next_step_words(contact) or "–",
    ]


@dataclass(frozen=True)
class WeekCount:
    """The contacts of one worker in one week, counted."""

    contacts: int
    face_to_face: int
    matches: int
    asked: int
    about_client: int

    @property
    def match_words(self) -> str:
        """2 of 3 (67 %), with who was not asked."""
        if not self.about_client:
            return "–"
        missing = self.about_client - self.asked
        words = (
            f"{self.matches} of {self.asked} ({percent(self.matches, self.asked)})"
            if self.asked
            else "None asked"
        )
        return f"{words}, {missing} not asked" if missing and self.asked else words


def counted(contacts: Iterable[EmployerContact]) -> WeekCount:
    rows = list(contacts)
    about = [row for row in rows if row.client_id]
    return WeekCount(
        contacts=len(rows),
        face_to_face=sum(row.face_to_face for row in rows),
        matches=sum(row.match == "matches" for row in about),
        asked=sum(row.match != "not_asked" for row in about),
        about_client=len(about),
    )


WORKER_HEAD: list[Any] = [
    "Worker",
    {"label": "Contacts", "numeric": True},
    {"label": "Face to face", "numeric": True},
    {"label": "Match wishes", "numeric": False},
    "Review",
]


def worker_row(esw: User, week: date, number: WeekCount, reviews: Sequence[LogReview]) -> list[Any]:
    """One worker in the lead's list of a week."""
    href = reverse("log-review-worker", args=[esw.pk, week.isoformat()])
    return [
        {"text": str(esw), "href": href},
        number.contacts,
        number.face_to_face,
        number.match_words,
        review_tag(number.contacts, reviews),
    ]


def review_tag(contacts: int, reviews: Sequence[LogReview]) -> dict[str, str]:
    """Whether the week was looked through, and what came in since."""
    if not reviews:
        return {"text": "To review", "tag": "yellow"}
    last = reviews[0]
    since = contacts - last.contacts
    by = f"{last.reviewed_by}, {short_day(last.reviewed_at)}"
    if since > 0:
        return {"text": f"{count(since, 'contact')} since", "tag": "yellow", "sub": f"Reviewed by {by}"}
    return {"text": "Reviewed", "tag": "green", "sub": by}


def week_words(monday: date) -> str:
    """9 to 15 March 2026."""
    sunday = monday + timedelta(days=6)
    first = str(monday.day) if monday.month == sunday.month else " ".join(day(monday).split()[1:3])
    return f"{first} to {' '.join(day(sunday).split()[1:])}"


def review_history_row(review: LogReview) -> list[Any]:
    return [
        moment(review.reviewed_at),
        str(review.reviewed_by),
        f"{count(review.contacts, 'contact')}, {review.face_to_face} face to face",
        review.note or "–",
    ]
