"""Places, plans and ends of placements; adjustments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pacework.service.cases.models import Client, Consent, Episode
from pacework.service.cases.policies import check_consents_to
from pacework.service.core import clock
from pacework.service.core.codes import document
from pacework.service.core.errors import DomainError
from pacework.service.core.presenters import day as day_words
from pacework.service.employers.models import Employer, PlacementOpportunity
from pacework.service.employers.policies import disclosure_for
from pacework.service.work.hours import MINUTES_IN_A_WEEK
from pacework.service.work.models import Adjustment, JobSpell, Placement
from pacework.service.work.policies.common import check_code, check_words
from pacework.service.work.policies.hours import check_monday

LONGEST_PLACEMENT_WEEKS = 52


def check_may_place(client: Client, employer: Employer) -> None:
    """Placing somebody names them: their plan for this employer must say so and consent must be live."""
    check_consents_to(client, Consent.Layer.EMPLOYER_CONTACT)
    if not disclosure_for(client, employer).may_name:
        raise DomainError(
            f"{client.name} has not agreed to be named to {employer}. A placement needs that: "
            "ask, and record the answer in the disclosure plan.",
            field="employer",
        )


def check_place_free(opportunity: PlacementOpportunity) -> None:
    """Agreed, with a place that nobody has or is planned for."""
    if opportunity.state != PlacementOpportunity.State.AGREED:
        raise DomainError(
            f"This placement opportunity is not agreed: {opportunity.get_state_display().lower()}.",
            field="opportunity",
        )
    taken = Placement.objects.holding_a_place().filter(opportunity=opportunity).count()
    if taken >= opportunity.places:
        raise DomainError(
            f"No place is free: {taken} of {opportunity.places} taken. Put the client on the list there.",
            field="opportunity",
        )


def check_placement_plan(
    episode: Episode,
    *,
    first: date,
    last: date,
    hours: Decimal,
    start_hours: Decimal | None,
    build_weeks: int,
) -> None:
    if first < episode.referred_on:
        raise DomainError("This is before the referral. Check the date.", field="planned_from")
    if last < first:
        raise DomainError("The placement ends before it begins. Check both dates.", field="planned_until")
    if (last - first).days > LONGEST_PLACEMENT_WEEKS * 7:
        raise DomainError("A placement is a try-out: plan a year at most.", field="planned_until")
    if not 0 < hours <= 168:
        raise DomainError("A week has 168 hours. Enter the hours of one week.", field="planned_hours")
    if start_hours is not None and not 0 < start_hours <= hours:
        raise DomainError("The build-up starts with fewer hours than it ends with.", field="start_hours")
    if not 0 <= build_weeks <= LONGEST_PLACEMENT_WEEKS:
        raise DomainError("Enter a number of weeks from 0 to 52.", field="build_weeks")


def check_planned(placement: Placement) -> None:
    if placement.started_on is not None:
        raise DomainError("This placement has already started.")
    check_going_on(placement)


def check_going_on(placement: Placement) -> None:
    if placement.ended_on is not None:
        raise DomainError("This placement has ended.")


def check_placement_week(
    placement: Placement, week: date, *, planned_minutes: int | None, done_minutes: int | None
) -> None:
    """A Monday within the placement; hours done only for weeks that have begun."""
    check_monday(week)
    first = clock.monday(min(placement.planned_from, placement.started_on or placement.planned_from))
    last = placement.ended_on or max(placement.planned_until, clock.today())
    if not first <= week <= last:
        raise DomainError("This week is outside the placement.", field="week")
    for minutes, field in ((planned_minutes, "planned"), (done_minutes, "done")):
        if minutes is not None and not 0 <= minutes <= MINUTES_IN_A_WEEK:
            raise DomainError("A week has 168 hours.", field=field)
    if done_minutes is not None:
        if placement.started_on is None:
            raise DomainError("The placement has not started. Record its start first.", field="done")
        if week > clock.today() or week < clock.monday(placement.started_on):
            raise DomainError("Hours done belong to weeks from the start until today.", field="done")


def check_placement_end(placement: Placement, *, on: date, reason: str, words: str) -> None:
    check_code("placement_end_reasons", reason, field="reason")
    if placement.started_on is not None and on < placement.started_on:
        raise DomainError(
            f"The placement started on {day_words(placement.started_on)}. It cannot end earlier.", field="on"
        )
    if reason == "other":
        check_words(words, field="words", sentence="Say what the reason is.")


def check_adjustment(job: JobSpell | None, placement: Placement | None) -> None:
    if (job is None) == (placement is None):
        raise DomainError("An adjustment belongs to one job or one placement.")
    ended = (job or placement).ended_on  # type: ignore[union-attr]
    if ended is not None:
        raise DomainError("This has ended, so nothing more can be agreed for it.")


def check_agreed(adjustment: Adjustment) -> None:
    if adjustment.agreed_on is None:
        raise DomainError("This is proposed only. Record first that it was agreed.")


def check_not_agreed(adjustment: Adjustment) -> None:
    if adjustment.agreed_on is not None:
        raise DomainError("This was agreed already.")


def check_review_on(agreed_on: date, review_on: date | None) -> None:
    if review_on is not None and review_on < agreed_on:
        raise DomainError("Look at it again after it was agreed. Check the date.", field="review_on")


def check_effect(effect: str) -> None:
    if effect not in effects():
        raise DomainError("Choose one from the list.", field="effect")


def effects() -> dict[str, str]:
    """How well an adjustment works, in words."""
    return {row["key"]: row["label"] for row in document("work", "adjustments")["effects"]["options"]}
