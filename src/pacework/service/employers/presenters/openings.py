"""Placement opportunities and who waits, on the screen."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from pacework.service.core import clock
from pacework.service.core.presenters import ago, count, short_day
from pacework.service.employers.models import PlacementOpportunity, PlacementWait, Travel

STATE_COLOURS = {"idea": "white", "asked": "yellow", "agreed": "green", "paused": "orange", "ended": "grey"}
STATE_STEPS = {
    "asked": "They have been asked",
    "agreed": "They have agreed",
    "paused": "Pause it",
    "ended": "End it",
}


def state_tag(opportunity: PlacementOpportunity) -> dict[str, str]:
    return {
        "text": opportunity.get_state_display(),
        "tag": STATE_COLOURS[opportunity.state],
        "sub": f"since {short_day(opportunity.state_on)}",
    }


def free_words(opportunity: PlacementOpportunity, free: int) -> str:
    """1 of 2. Only an agreed one has places to give."""
    if opportunity.state != PlacementOpportunity.State.AGREED:
        return (
            f"{opportunity.places} if agreed"
            if opportunity.state != PlacementOpportunity.State.ENDED
            else "–"
        )
    return f"{free} of {opportunity.places}"


def opportunity_row(opportunity: Any, free: int) -> list[Any]:
    return [
        {
            "text": opportunity.title,
            "href": reverse("placement-opportunity", args=[opportunity.pk]),
            "sub": f"{opportunity.employer}{f', {opportunity.site}' if opportunity.site else ''}",
        },
        state_tag(opportunity),
        free_words(opportunity, free),
        lead_words(opportunity),
        opportunity.waiting_count or "–",
    ]


def lead_words(opportunity: PlacementOpportunity) -> str:
    return count(opportunity.lead_days, "day") if opportunity.lead_days is not None else "Not known"


def opportunity_facts(opportunity: PlacementOpportunity, free: int) -> list[dict[str, Any]]:
    employer = opportunity.employer
    sub = opportunity.state_note
    return [
        {
            "key": "Agreement",
            "value": state_tag(opportunity)
            | ({"sub": f"since {short_day(opportunity.state_on)}. {sub}"} if sub else {}),
        },
        {"key": "Places free", "value": free_words(opportunity, free)},
        {
            "key": "Employer",
            "value": {
                "text": str(employer),
                "href": reverse("employer", args=[employer.pk]),
                "sub": str(opportunity.site or ""),
            },
        },
        {"key": "Named manager", "value": str(opportunity.named_manager or "")},
        {"key": "Tasks", "value": opportunity.tasks},
        {"key": "Hours", "value": opportunity.hours},
        {"key": "What the work asks for", "value": opportunity.demands},
        {"key": "Lead time", "value": lead_words(opportunity)},
    ]


def told_words(wait: PlacementWait) -> dict[str, str] | str:
    """What the person was last told. Needs ``told`` prefetched."""
    told = list(wait.told.all())
    if not told:
        return {"text": "Not told yet", "tag": "yellow"}
    return {"text": f"Told {ago(told[0].told_on)}", "sub": told[0].words}


def days_waiting(wait: PlacementWait) -> int:
    return (clock.today() - wait.since).days


def wait_row(wait: PlacementWait, *, may_write: bool, with_opportunity: bool) -> list[Any]:
    """One person who waits, longest first in the list."""
    client = wait.client
    row: list[Any] = [{"text": client.name, "href": reverse("disclosure", args=[client.pk])}]
    if with_opportunity:
        place = wait.opportunity
        row.append(
            {
                "text": place.title,
                "href": reverse("placement-opportunity", args=[place.pk]),
                "sub": str(place.employer),
            }
        )
    row += [
        {"text": count(days_waiting(wait), "day"), "sub": f"since {short_day(wait.since)}"},
        told_words(wait),
    ]
    if may_write:
        row.append({"text": "Tell or end", "href": reverse("placement-wait-edit", args=[client.pk, wait.pk])})
    return row


def own_wait_row(wait: PlacementWait) -> list[Any]:
    """A client's wait on their own page for staff."""
    place = wait.opportunity
    ended = f"{wait.get_end_reason_display()}, {short_day(wait.ended_on)}" if wait.ended_on else ""
    return [
        {
            "text": place.title,
            "href": reverse("placement-opportunity", args=[place.pk]),
            "sub": str(place.employer),
        },
        ended or {"text": count(days_waiting(wait), "day"), "sub": f"since {short_day(wait.since)}"},
        told_words(wait),
        ""
        if wait.ended_on
        else {"text": "Tell or end", "href": reverse("placement-wait-edit", args=[wait.client_id, wait.pk])},
    ]


def travel_row(travel: Travel) -> list[Any]:
    site = travel.site
    return [
        {"text": str(site.employer), "sub": f"{site.name} {site.postcode}".strip()},
        count(travel.minutes, "minute") if travel.minutes is not None else "Not known",
        travel.how or "–",
        {"text": "Change", "href": reverse("travel", args=[travel.client_id, site.pk])},
    ]


def waiting_summary(hidden: int) -> str:
    """How many wait, including people whose record is not open to the reader."""
    if not hidden:
        return ""
    waits = "waits" if hidden == 1 else "wait"
    return f"{count(hidden, 'more person', 'more people')} of other teams or workers {waits} too."
