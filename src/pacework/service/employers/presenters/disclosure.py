"""What may be said to an employer, in sentences: for staff, and for the client."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.core.presenters import day, moment
from pacework.service.employers.models import DisclosurePlan, Employer, What, Who
from pacework.service.employers.policies import Disclosure, state_of

WHO_TAGS: dict[str, tuple[str, str]] = {
    Who.NOT_AT_ALL: ("Not mentioned", "grey"),
    Who.UNNAMED: ("Without a name", "yellow"),
    Who.NAMED: ("By name", "green"),
}
WHAT_WORDS: dict[str, str] = {
    What.NOTHING: "Nothing may be said about health or adjustments.",
    What.ADJUSTMENTS: "Adjustments may be mentioned, the condition may not.",
    What.CONDITION: "Adjustments and the condition may be mentioned.",
}
YOUR_WHAT: dict[str, str] = {
    What.NOTHING: "We say nothing about your health.",
    What.ADJUSTMENTS: "We may say what would help you at work. We do not say why.",
    What.CONDITION: "We may say what would help you at work, and about your pain.",
}


@dataclass(frozen=True)
class Basis:
    """What holds for one employer, ready to be shown before anything is typed."""

    text: str
    agreed: str
    kind: str
    may_say: str = ""
    must_not_say: str = ""
    who_tells: str = ""


def basis(found: Disclosure, client: Client, employer: Employer | None) -> Basis:
    """The live disclosure basis in a sentence for staff."""
    whom = str(employer) if employer is not None else "employers"
    plan = found.basis
    if plan is None:
        return Basis(
            f"{client.name} has not said yet what may be said. Nothing about them may be said to {whom}.",
            "",
            "warning",
        )
    if found.plan == "expired":
        text = f"What {client.name} agreed to has run out. Nothing may be said to {whom} now."
        return Basis(text, agreed_words(plan), "warning")
    if found.consent is None:
        text = f"{client.name} has not consented to contact with employers. Nothing may be said to {whom}."
        return Basis(text, "", "warning")
    if not found.may_link:
        return Basis(f"{client.name} does not want to be mentioned to {whom}.", agreed_words(plan), "warning")
    who = (
        f"{client.name} may be named to {whom}."
        if found.may_name
        else f"{client.name} may be mentioned to {whom} without a name."
    )
    return Basis(
        f"{who} {WHAT_WORDS[found.what]}",
        agreed_words(plan),
        "good" if found.may_name else "info",
        may_say=plan.may_say,
        must_not_say=in_one_line(plan.must_not_say),
        who_tells=plan.get_who_tells_display() if plan.who_tells else "",
    )


def in_one_line(words: str) -> str:
    """Phrases typed one on each line, beside each other."""
    return "; ".join(line.strip() for line in words.splitlines() if line.strip())


def agreed_words(plan: DisclosurePlan) -> str:
    """When, how and for whom an answer was given."""
    scope = f"for {plan.employer} only" if plan.employer_id else "for all employers"
    until = f", until {day(plan.expires_on)}" if plan.expires_on else ""
    return f"Agreed {day(plan.agreed_on)}, {plan.get_agreed_how_display()}, {scope}{until}."


def short(found: Disclosure) -> dict[str, str]:
    """What holds, as a tag with a word about health."""
    text, colour = WHO_TAGS[found.who]
    sub = "" if found.who == Who.NOT_AT_ALL else str(What(found.what).label)
    if found.plan == "expired":
        sub = "Run out"
    elif found.plan == "none":
        sub = "Not asked yet"
    elif found.consent is None:
        sub = "No consent"
    return {"text": text, "tag": colour, "sub": sub}


def plan_tag(plan: DisclosurePlan) -> dict[str, str]:
    """One answer as a tag, for lists of contacts and history."""
    text, colour = WHO_TAGS[plan.who]
    return {
        "text": text,
        "tag": colour,
        "sub": "" if plan.who == Who.NOT_AT_ALL else str(What(plan.what).label),
    }


def plan_rows(plan: DisclosurePlan) -> list[dict[str, Any]]:
    """One answer in full."""
    rows: list[dict[str, Any]] = [
        {"key": "Mentioned", "value": plan.get_who_display()},
        {"key": "About health", "value": plan.get_what_display()},
    ]
    if plan.may_say:
        rows.append({"key": "May be said", "value": plan.may_say})
    if plan.must_not_say:
        rows.append({"key": "Must not be said", "value": in_one_line(plan.must_not_say)})
    if plan.who_tells:
        rows.append({"key": "Who tells", "value": plan.get_who_tells_display()})
    if state_of(plan, clock.today()) == "expired":
        rows.append(
            {"key": "Holds until", "value": {"text": "Run out", "tag": "red", "sub": day(plan.expires_on)}}
        )
    elif plan.expires_on:
        rows.append({"key": "Holds until", "value": day(plan.expires_on)})
    rows.append(
        {
            "key": "Agreed",
            "value": {
                "text": day(plan.agreed_on),
                "sub": f"{plan.get_agreed_how_display()}, recorded by {plan.recorded_by}",
            },
        }
    )
    return rows


def history_row(plan: DisclosurePlan) -> list[Any]:
    """One answer in the table of all answers."""
    said = [
        plan.may_say and f"May: {plan.may_say}",
        plan.must_not_say and f"Not: {in_one_line(plan.must_not_say)}",
    ]
    return [
        {"text": day(plan.agreed_on), "sub": plan.get_agreed_how_display()},
        str(plan.employer) if plan.employer_id else "All employers",
        plan_tag(plan),
        " · ".join(words for words in said if words) or "–",
        str(plan.recorded_by),
        moment(plan.ended_at)
        if plan.ended_at
        else "Holds now"
        if state_of(plan, clock.today()) == "live"
        else "Run out",
    ]


def override_row(client: Client, employer: Employer, found: Disclosure) -> list[Any]:
    """An employer with an answer of its own, or contacted about the client."""
    own = found.basis is not None and found.basis.employer_id is not None
    return [
        {"text": str(employer), "href": reverse("employer", args=[employer.pk])},
        short(found),
        "An answer for this employer" if own else "As for all employers",
        {"text": "Change", "href": reverse("disclosure-edit-employer", args=[client.pk, employer.pk])},
    ]


# For the client


def your_sentences(found: Disclosure, employer: Employer | None) -> list[str]:
    """What holds, said to the client: short words, no guilt."""
    whom = str(employer) if employer is not None else "employers"
    plan = found.basis
    if plan is None:
        return ["You have not told us yet. Until you do, we do not talk about you with employers."]
    if found.plan == "expired":
        return [f"Your choice ended on {day(plan.expires_on)}. Now we do not talk about you with {whom}."]
    if plan.who == Who.NOT_AT_ALL:
        return [f"We do not talk about you with {whom}."]
    lines = [
        f"We may tell {whom} your name."
        if plan.who == Who.NAMED
        else f"We may talk about you with {whom}, but without your name."
    ]
    lines.append(YOUR_WHAT[plan.what])
    if plan.may_say:
        lines.append(f"We may say: “{plan.may_say}”")
    if plan.must_not_say:
        lines.append(f"We never say: “{in_one_line(plan.must_not_say)}”")
    if plan.who_tells:
        lines.append(
            {
                "client": "You tell them.",
                "esw": "Your worker tells them.",
                "together": "You tell them together.",
            }[plan.who_tells]
        )
    if plan.expires_on:
        lines.append(f"This ends on {day(plan.expires_on)}.")
    return lines


# Text that leaves the service


NOT_NAMED = "a person I support"


def outgoing_name(found: Disclosure, client: Client) -> str:
    """How the client is called in anything an employer reads or hears."""
    return client.name if found.may_name else NOT_NAMED


def outgoing_text(
    found: Disclosure, client: Client, *, adjustments: Iterable[str] = (), condition: str = ""
) -> str:
    """What may be said about the client, built from what they allowed: the rest is not in the text at all.

    Empty when nothing may be said.
    """
    if not found.may_link:
        return ""
    name = outgoing_name(found, client)
    lines = [f"I am writing about {name}, who would like to work with you."]
    helps = [words for words in adjustments if words]
    if helps and found.may_say_adjustments:
        lines.append(f"These things would help at work: {'; '.join(helps)}.")
    if condition and found.may_say_condition:
        lines.append(f"About their health: {condition.rstrip('.')}.")
    return "\n".join(lines)
