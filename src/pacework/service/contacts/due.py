"""What the contact log says is coming: read by the front pages and the caseload.

Everything here starts at the door, so it holds for the reader alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, Subquery

from pacework.science.measures.proportions import Proportion
from pacework.science.measures.rows import ContactRow
from pacework.science.measures.rules import continuity as continuity_rule
from pacework.service.cases.models import Assignment, Episode
from pacework.service.contacts.models import Appointment, Contact, MoveRequest
from pacework.service.core import clock
from pacework.service.core.codes import codes


def carried(user: Any) -> list[int]:
    """The episodes this ESW carries today, cover included: asked once, then handed to the lists below."""
    return list(Episode.objects.visible_to(user).carried_by(user).values_list("pk", flat=True))


def appointments_to_hold(episodes: Sequence[int], until: date) -> Any:
    """Appointments of these episodes without an answer, up to a day: those gone by, today's and the next.

    Each comes with its client (place, phone and what is safe).
    """
    return (
        Appointment.objects.of_episodes(episodes)
        .planned()
        .filter(on__lte=until)
        .select_related("episode__client", "with_hcp")
        .order_by("on", "at", "pk")
    )


def appointments_of_hcp(user: Any, first: date, last: date) -> Any:
    """Appointments that an HCP joins."""
    return (
        Appointment.objects.visible_to(user)
        .planned()
        .filter(with_hcp=user, on__range=(first, last))
        .select_related("episode__client")
        .order_by("on", "at", "pk")
    )


def next_appointment(user: Any, episode: Episode) -> Appointment | None:
    """The next appointment of one episode."""
    found = Appointment.objects.visible_to(user).from_today().filter(episode=episode)
    return found.select_related("with_hcp", "move_request").order_by("on", "at", "pk").first()


def move_requests(episodes: Sequence[int]) -> Any:
    """Clients of these episodes who cannot make an appointment and wait for an answer."""
    return (
        MoveRequest.objects.of_episodes(episodes)
        .waiting()
        .select_related("appointment__episode__client")
        .order_by("appointment__on", "pk")
    )


def promises_due(episodes: Sequence[int], until: date | None = None) -> Any:
    """Next steps promised in these episodes for a day up to ``until`` (today) and not done yet."""
    return (
        Contact.objects.of_episodes(episodes)
        .promised()
        .filter(next_step_on__lte=until or clock.today())
        .select_related("episode__client")
        .order_by("next_step_on", "pk")
    )


def with_contact_days(episodes: Any) -> Any:
    """Adds ``last_contact_on`` (it took place), ``next_appointment_on`` and ``next_appointment_at``."""
    last = Contact.objects.last_of_episode()
    coming = Appointment.objects.next_of_episode()
    return episodes.annotate(
        last_contact_on=Subquery(last.values("on")[:1]),
        next_appointment_on=Subquery(coming.values("on")[:1]),
        next_appointment_at=Subquery(coming.values("at")[:1]),
    )


def not_contacted_for(episodes: Any, days: int) -> Any:
    """Episodes on a caseload whose last contact, or acceptance when there was none, is at least ``days`` ago.

    People who asked not to be contacted are left out. Nothing follows from being on this list but a call.
    """
    edge = clock.today() - timedelta(days=days)
    last = Contact.objects.last_of_episode().values("on")[:1]
    return (
        episodes.active()
        .filter(client__do_not_contact=False, accepted_on__lte=edge)
        .annotate(last_contact_on=Subquery(last))
        .filter(Q(last_contact_on__lte=edge) | Q(last_contact_on__isnull=True))
        .order_by("last_contact_on", "accepted_on", "pk")
    )


def rows_of(contacts: Iterable[Contact]) -> list[ContactRow]:
    """Contacts as the rules read them."""
    modes, happened = codes("contacts", "modes"), codes("contacts", "attendance")
    return [
        ContactRow(
            on=contact.on,
            reached=bool(happened.get(contact.attendance, {}).get("happened")),
            face_to_face=bool(modes.get(contact.mode, {}).get("face_to_face")),
            direct=bool(modes.get(contact.mode, {}).get("direct")),
            worker=contact.by_id,
            id=contact.pk,
        )
        for contact in contacts
    ]


def continuity(episode: Episode) -> Proportion:
    """The share of an episode's contacts that the client had with their named ESW."""
    contacts = Contact.objects.of_episodes([episode.pk])
    named = (
        Assignment.objects.of_episodes([episode.pk])
        .filter(accepted_on__isnull=False)
        .values_list("esw", "accepted_on", "ended_on")
    )
    spans = [(esw, first, last) for esw, first, last in named if first is not None]
    return continuity_rule(rows_of(contacts.only("on", "mode", "attendance", "by")), spans)
