"""Today of a healthcare professional."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse

from pacework.service.contacts import due as contacts_due
from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.desk.today_parts import (
    Item,
    Section,
    action_item,
    counted,
    day_words,
    page_of,
    section,
    shown,
)
from pacework.service.people.models import User
from pacework.service.plan import due as plan_due
from pacework.service.recruitment.models import Referral


def of_hcp(user: User) -> list[Section]:
    """Their own actions and joint appointments, and how the people they referred are doing."""
    today = clock.today()
    return shown(
        (
            section("Your actions", plan_due.actions_of_hcp(user), action_item),
            section(
                "Appointments you join",
                contacts_due.appointments_of_hcp(user, today, today + timedelta(days=14)),
                _joint,
            ),
            counted("People you referred", _referred(user), _referral_made, href=reverse("my-referrals")),
        )
    )


def _referred(user: User) -> Any:
    """The newest of this HCP's referrals that have not ended."""
    mine = Referral.objects.visible_to(user).filter(referred_by=user, exit_on__isnull=True)
    return mine.select_related("client").order_by("-raised_on", "-pk")


def _referral_made(row: Any) -> Item:
    return Item(row.client.name, reverse("my-referrals"), "", day_words(row.raised_on))


def _joint(row: Any) -> Item:
    client = row.episode.client
    at = f"{day_words(row.on)} {row.at:%H:%M}" if row.at else day_words(row.on)
    mode = codes("contacts", "modes").label(row.mode)
    return Item(client.name, page_of(client, "contacts"), ", ".join(p for p in (mode, row.place) if p), at)
