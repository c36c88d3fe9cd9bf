"""Today of a team lead."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse

from pacework.service.cases.models import Assignment, Episode
from pacework.service.cases.presenters.person import days_waited
from pacework.service.contacts import due as contacts_due
from pacework.service.core import clock
from pacework.service.core.presenters import ago, count, short_day
from pacework.service.desk.today_parts import (
    Item,
    Section,
    correction_item,
    corrections,
    counted,
    day_words,
    page_of,
    section,
    shown,
)
from pacework.service.employers.models import LogReview
from pacework.service.people.models import User
from pacework.service.recruitment.models import PossibleDuplicate, Referral

QUIET_DAYS = 28


def of_team_lead(user: User) -> list[Section]:
    """Who waits, who is not contacted, what has to be looked at this week."""
    waiting = (
        Episode.objects.visible_to(user).waiting().with_waiting_since().with_offer().select_related("client")
    )
    referrals = (
        Referral.objects.of_team_lead(user)
        .open()
        .with_state()
        .filter(state__in=("new", "to_check", "to_screen", "not_met", "to_consent"))
        .select_related("client")
        .order_by("since", "pk")
    )
    pairs = PossibleDuplicate.objects.visible_to(user).filter(decided="")
    quiet = contacts_due.not_contacted_for(Episode.objects.visible_to(user), QUIET_DAYS)
    return shown(
        (
            section(
                "Waiting for a worker", waiting.order_by("waiting_since"), _waiting, href=reverse("waiting")
            ),
            section("Their worker has left", _left_behind(user), _left),
            counted("Referrals to look at", referrals, _referral, href=reverse("referrals")),
            section("Might be the same person", pairs.select_related("client", "other"), _pair),
            section("Contact logs to review", _logs_to_review(user), _log, href=reverse("log-review")),
            counted(
                f"No contact for {QUIET_DAYS} days",
                quiet.select_related("client"),
                _quiet,
                href=f"{reverse('caseload')}?sort=last&view=table",
            ),
            section("Corrections asked for", corrections(user), correction_item),
        )
    )


def _left_behind(user: User) -> Any:
    """Clients still named to somebody whose account has ended."""
    found = Assignment.objects.visible_to(user).open().filter(esw__is_active=False, episode__closed_on=None)
    return found.select_related("episode__client", "esw").order_by("pk")


def _left(row: Any) -> Item:
    client = row.episode.client
    return Item(client.name, page_of(client, "handover"), f"Named to {row.esw}", urgent=True)


def _waiting(row: Any) -> Item:
    waited = days_waited(row.waiting_since)
    state = f"{row.offered_to} was asked" if row.offered_to else "Nobody asked yet"
    name = "handover" if row.offered_to else "allocate"
    return Item(
        row.client.name, page_of(row.client, name), state, f"{count(waited, 'day')}", urgent=waited > 14
    )


STATE_WORDS = {
    "new": "Invite them",
    "to_check": "Check if already known",
    "to_screen": "Screen",
    "not_met": "Study rules not met: offer the service",
    "to_consent": "Ask for consent",
}


def _referral(row: Any) -> Item:
    href = reverse("referral", args=[row.client_id, row.pk])
    return Item(row.client.name, href, STATE_WORDS[row.state], day_words(row.since))


def _pair(row: Any) -> Item:
    return Item(f"{row.client.name} and {row.other.name}", reverse("duplicate", args=[row.pk]))


def _logs_to_review(user: User) -> list[User]:
    """Workers whose last week's employer contacts nobody has reviewed yet."""
    week = clock.monday(clock.today()) - timedelta(days=7)
    workers = User.objects.filter(
        role="esw", is_active=True, memberships__team__in=user.memberships.values("team")
    )
    done = LogReview.objects.filter(week=week).values("esw")
    return list(workers.exclude(pk__in=done).distinct())


def _log(row: User) -> Item:
    week = clock.monday(clock.today()) - timedelta(days=7)
    return Item(str(row), f"{reverse('log-review')}?week={week.isoformat()}", f"Week from {short_day(week)}")


def _quiet(row: Any) -> Item:
    last = f"Last contact {ago(row.last_contact_on)}" if row.last_contact_on else "No contact yet"
    return Item(row.client.name, page_of(row.client), last)
