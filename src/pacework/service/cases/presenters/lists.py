"""Details of a person, lists of people, and programmes, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F
from django.urls import reverse

from pacework.science.measures.eligibility import preset, preset_names
from pacework.service.cases import policies
from pacework.service.cases.models import Client, Closing, EmploymentStatus, Episode, Programme, StatedReason
from pacework.service.cases.presenters.person import address, birth_words, closing_words, nhs_words, stage_tag
from pacework.service.cases.wording import assignment_ends
from pacework.service.core.presenters import ago, count, day, listed, time_of


def time_words(moment: datetime) -> str:
    return time_of(moment)


def contact_rows(client: Client) -> list[dict[str, Any]]:
    """The person's details as a summary list; what is not known stays visible as that."""
    safe = [
        (client.safe_to_phone, "phone"),
        (client.safe_to_leave_message, "leave a message"),
        (client.safe_to_email, "email"),
        (client.safe_to_write, "write a letter"),
    ]
    yes = [words for good, words in safe if good]
    no = [words for good, words in safe if not good]
    language = client.language + (", with an interpreter" if client.needs_interpreter else "")
    return [
        {"key": "Full name", "value": f"{client.first_name} {client.last_name}"},
        {"key": "Date of birth", "value": birth_words(client.birth_date)},
        {"key": "NHS number", "value": nhs_words(client.nhs_number)},
        {"key": "Phone", "value": client.phone},
        {"key": "Email", "value": client.email},
        {"key": "Postcode", "value": client.postcode},
        {
            "key": "Safe to",
            "value": {"text": listed(yes) or "Nothing", "sub": f"Not: {listed(no, 'or')}" if no else ""},
        },
        {"key": "Best way and time", "value": client.contact_notes},
        {"key": "Language", "value": language.lstrip(", ").capitalize() if not client.language else language},
        {"key": "Format that works", "value": client.accessible_format},
        {"key": "GP practice", "value": client.gp_practice},
        {"key": "Emergency contact", "value": client.emergency_contact},
    ]


def employment_row(row: EmploymentStatus) -> list[Any]:
    ended = ""
    if row.last_job_ended_on is not None:
        ended = f"Last job ended {day(row.last_job_ended_on)} ({ago(row.last_job_ended_on)})"
    return [
        day(row.as_of),
        {"text": row.get_status_display(), "sub": ended},
        str(row.recorded_by or "The client"),
    ]


def worker_rows(episodes: Iterable[Episode]) -> list[list[Any]]:
    """Every named ESW of every episode, newest first."""
    found = []
    for episode in episodes:
        for row in episode.assignments.select_related("esw"):
            end = assignment_ends().get(row.end_reason)
            until = day(row.ended_on) if row.ended_on else "today"
            began = day(row.accepted_on) if row.accepted_on else f"asked {day(row.offered_on)}, not accepted"
            why = end.label if end else ""
            note = row.handover_note or row.decline_note
            found.append([str(row.esw), f"{began} to {until}", {"text": why, "sub": note}])
    return found


def closing_rows(closings: Iterable[Closing]) -> list[list[Any]]:
    return [
        [
            day(row.closed_on),
            {"text": closing_words(row.reason), "sub": row.note},
            {"text": day(row.reopened_on), "sub": row.reopen_note} if row.reopened_on else "–",
        ]
        for row in closings
    ]


def steps_for(client: Client, reader: Any) -> list[dict[str, str]]:
    """What the reader can do about this record, each a link."""
    lead = reader.role == "team_lead"
    if not lead and reader.role != "esw":
        return []
    episode = client.episode
    is_open = episode is not None and episode.closed_on is None
    found = []
    if is_open and lead:
        named = any(row.ended_on is None for row in episode.assignments.all())  # type: ignore[union-attr]
        found.append(("Hand over to another worker", "handover") if named else ("Ask a worker", "allocate"))
    if episode is not None:
        found.append(("Close the episode", "close") if is_open else ("Open again", "reopen"))
    if is_open and client.user_id is None:
        found.append(("Invite to sign in", "client-invite"))
    found.append(("Contact: allowed or not", "do-not-contact"))
    if lead:
        found += [("Restrict who can open it", "restrict"), ("Erase this person", "erase")]
    return [{"label": label, "href": reverse(name, args=[client.pk])} for label, name in found]


def returns_to(client: Client) -> str:
    """Who carries the client if the episode is opened again."""
    episode = client.episode
    if episode is None:
        return ""
    last = episode.assignments.filter(accepted_on__isnull=False).select_related("esw").order_by("-pk").first()
    if last is not None and policies.can_carry(last.esw, episode):
        return f"{last.esw} carries them again, from today."
    return "They go on the waiting list, because their last worker cannot carry them now."


def search_rows(clients: Iterable[Client], reader: Any) -> list[list[Any]]:
    """What tells two people apart, in a list."""
    rows = list(clients)
    episodes = latest_episodes(rows, reader)
    found = []
    for client in rows:
        episode = episodes.get(client.pk)
        href = address("person", client.pk) or address("client-details", client.pk)
        stage: Any = stage_tag(episode.stage) if episode is not None else "No support open"  # type: ignore[attr-defined]
        name = {"text": client.name, "href": href, "sub": "Restricted" if client.restricted else ""}
        found.append(
            [name, birth_words(client.birth_date), nhs_words(client.nhs_number), stage, str(client.team)]
        )
    return found


def latest_episodes(clients: list[Client], reader: Any) -> dict[int, Episode]:
    """The open or last episode of each client, in one query."""
    found: dict[int, Episode] = {}
    order = (F("closed_on").asc(nulls_last=True), "referred_on", "pk")
    for episode in (
        Episode.objects.visible_to(reader).filter(client__in=clients).with_stage().order_by(*order)
    ):
        found[episode.client_id] = episode
    return found


def reason_row(row: StatedReason) -> dict[str, str]:
    """A record that stands open for a manager now."""
    href = address("person", row.client_id) or address("client-details", row.client_id)
    return {"label": row.client.name, "href": href, "until": time_of(row.until), "reason": row.reason}


def programme_card(programme: Programme) -> dict[str, Any]:
    """A programme's terms in words."""
    rules = preset(programme.preset) if programme.preset in preset_names() else None
    limits = []
    if programme.search_limit_weeks:
        limits.append(f"Job search support: {count(programme.search_limit_weeks, 'week')}, then a review.")
    if programme.in_work_limit_weeks:
        limits.append(f"In-work support: {count(programme.in_work_limit_weeks, 'week')}, then a review.")
    return {
        "name": programme.name,
        "href": reverse("programme-edit", args=[programme.pk]),
        "default": programme.is_default,
        "preset": rules.title if rules else programme.preset,
        "who": rules.words if rules else "",
        "criteria": [one.rule for one in rules.criteria] if rules else [],
        "note": rules.note if rules else "",
        "source": rules.source if rules else "",
        "verified": rules.verified if rules else False,
        "limits": limits or ["No time limit."],
    }
