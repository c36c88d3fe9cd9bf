"""Today of an employment support worker."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from pacework.service.cases.models import Assignment, Episode
from pacework.service.cases.models.caseload import Load
from pacework.service.cases.presenters.person import days_waited
from pacework.service.contacts import due as contacts_due
from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.core.presenters import count
from pacework.service.desk.today_parts import (
    Item,
    Section,
    action_item,
    correction_item,
    corrections,
    day_words,
    page_of,
    section,
    shown,
)
from pacework.service.diary import due as diary_due
from pacework.service.diary import presenters as diary_words
from pacework.service.employers.models import EmployerContact
from pacework.service.people.models import User
from pacework.service.plan import due as plan_due
from pacework.service.work import due as work_due
from pacework.service.work.models import Placement


def carried_today(user: User) -> list[Any]:
    """The episodes an ESW carries today, cover included, each with ``carrier`` and any unanswered offer."""
    named = Assignment.objects.open().filter(episode=OuterRef("pk"))
    found = Episode.objects.visible_to(user).carried_by(user).with_offer()
    return list(found.annotate(carrier=Subquery(named.values("esw")[:1])).select_related("client"))


def own_load(user: User, carried: list[Any]) -> Load:
    """How many of them are this ESW's own."""
    own = [row for row in carried if row.carrier == user.pk]
    offered = sum(row.offered_on is not None for row in own)
    return Load(user, len(own) - offered, offered)


def of_esw(user: User, carried: list[Any]) -> list[Section]:
    """Requests first, then the day's appointments in order, what was promised, and what is late."""
    tomorrow = clock.today() + timedelta(days=1)
    ids = [episode.pk for episode in carried]
    to_hold = list(contacts_due.appointments_to_hold(ids, tomorrow))
    jobs, starts = work_due.jobs_of(ids), work_due.starts_of(ids)
    placements = work_due.placements_soon(ids)
    soon = [row for row in starts if row.starts_on and row.starts_on <= clock.today() + work_due.AHEAD]
    return shown(
        (
            section("Flares reported", diary_due.flares_reported(user), _flare),
            section("New clients to answer", _offers(carried, user), _offer),
            section("Cannot make it: find another day", contacts_due.move_requests(ids), _move_request),
            section(
                "Appointments today and tomorrow",
                [row for row in to_hold if row.on >= clock.today()],
                _appointment,
            ),
            section("Say what became of it", [row for row in to_hold if row.on < clock.today()], _unanswered),
            section("Promised to clients", contacts_due.promises_due(ids), _promise),
            section("Promised to employers", _employer_promises(user, carried), _employer_promise),
            section("Your actions", plan_due.actions_of_worker(ids), action_item),
            section("In-work support", work_due.in_work_contacts(jobs, starts), _in_work),
            section("Starting", [*(row for row in placements if not row.started_on), *soon], _starting),
            section("Placements ending", [row for row in placements if row.started_on], _ending),
            section("Hours not recorded", work_due.missing_hours(jobs), _missing_hours),
            section("Adjustments to look at again", work_due.adjustments_to_review(ids), _adjustment),
            section("Ask: what would make a placement possible?", plan_due.questions_due(carried), _question),
            section("Corrections asked for", corrections(user), correction_item),
        )
    )


def _flare(row: Any) -> Item:
    if row.ended_on is not None:
        text = f"{diary_words.over_words(row)} They wanted you to know."
        return Item(row.client.name, page_of(row.client), text, day_words(row.ended_on))
    text = f"{diary_words.now_words(row)}. Their tasks are paused. They wanted you to know."
    return Item(row.client.name, page_of(row.client), text, day_words(row.started_on))


def _offers(carried: list[Any], user: User) -> list[Any]:
    """Clients whom this ESW was asked to support; a colleague covered for answers their own."""
    return [row for row in carried if row.offered_on is not None and row.carrier == user.pk]


def _offer(row: Any) -> Item:
    words = f"You are asked to support them. Waiting {count(days_waited(row.referred_on), 'day')}."
    href = page_of(row.client, "offer-answer")
    return Item(row.client.name, href, words, day_words(row.offered_on), urgent=True)


def _move_request(row: Any) -> Item:
    appointment = row.appointment
    client = appointment.episode.client
    return Item(
        client.name,
        reverse("appointment-outcome", args=[client.pk, appointment.pk]),
        row.words or "They asked to move it.",
        day_words(appointment.on),
        urgent=True,
    )


def _appointment(row: Any) -> Item:
    client = row.episode.client
    mode = codes("contacts", "modes").label(row.mode)
    phone = client.phone if client.safe_to_phone else ""
    where = ", ".join(part for part in (mode, row.place, phone) if part)
    at = f"{day_words(row.on)} {row.at:%H:%M}" if row.at else day_words(row.on)
    return Item(client.name, reverse("appointment-outcome", args=[client.pk, row.pk]), where, at)


def _unanswered(row: Any) -> Item:
    client = row.episode.client
    return Item(
        client.name,
        reverse("appointment-outcome", args=[client.pk, row.pk]),
        codes("contacts", "modes").label(row.mode),
        day_words(row.on),
    )


def _promise(row: Any) -> Item:
    client = row.episode.client
    href = reverse("contact", args=[client.pk, row.pk])
    return Item(client.name, href, row.next_step, day_words(row.next_step_on))


def _employer_promises(user: User, carried: list[Any]) -> Any:
    accepted = [episode.pk for episode in carried if episode.offered_on is None]
    found = EmployerContact.objects.next_steps_due(user, clock.today(), accepted)
    return found.select_related("employer", "client")


def _employer_promise(row: Any) -> Item:
    text = row.next_step + (f" (about {row.client.name})" if row.client else "")
    return Item(
        str(row.employer), reverse("employer", args=[row.employer_id]), text, day_words(row.next_step_on)
    )


def _question(row: Any) -> Item:
    episode, asked = row
    return Item(episode.client.name, page_of(episode.client, "preparing"), asked.words)


def _in_work(row: work_due.InWorkContact) -> Item:
    text = row.due.kind.label + (f". {row.late} times passed without one." if row.late > 1 else "")
    return Item(
        row.client.name,
        page_of(row.client, "contact-new"),
        text,
        day_words(row.due.due_on),
        urgent=bool(row.late),
    )


def _starting(row: Any) -> Item:
    client = row.episode.client
    placement = isinstance(row, Placement)
    on = row.planned_from if placement else row.starts_on
    where = row.employer or row.employer_words
    what = "Placement" if placement else "Job"
    return Item(client.name, page_of(client, "work"), f"{what}: {row.title}, {where}", day_words(on))


def _ending(row: Placement) -> Item:
    client = row.episode.client
    href = reverse("placement", args=[client.pk, row.pk])
    return Item(client.name, href, f"{row.title}, {row.employer}", day_words(row.planned_until))


def _missing_hours(row: work_due.MissingHours) -> Item:
    href = reverse("job-hours", args=[row.client.pk, row.job.pk])
    return Item(row.client.name, href, f"{row.job.title}: {count(len(row.weeks), 'week')}")


def _adjustment(row: Any) -> Item:
    client = row.episode.client
    return Item(client.name, page_of(client, "work"), row.words, day_words(row.review_on))
