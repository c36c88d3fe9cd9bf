"""Adjustments agreed for a job or placement, and whether they help."""

from __future__ import annotations

from datetime import date

from pacework.service.cases.models import Episode
from pacework.service.cases.policies import check_open
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.codes import codes
from pacework.service.core.errors import DomainError
from pacework.service.people.models import User
from pacework.service.work import permissions, policies
from pacework.service.work.models import Adjustment, JobSpell, Placement


@action
def agree_adjustment(
    episode: Episode,
    *,
    by: User,
    kind: str,
    words: str = "",
    agreed_on: date | None = None,
    review_on: date | None = None,
    job: JobSpell | None = None,
    placement: Placement | None = None,
) -> Adjustment:
    """Record a change that was agreed for one job or placement. Empty words take those of its kind."""
    permissions.check_support(by, episode.client)
    _check_change(episode, kind, job, placement)
    words = words or str(codes("work", "adjustments", "adjustments")[kind]["words"])
    policies.check_words(words, field="words", sentence="Say what was agreed.")
    agreed_on = agreed_on or clock.today()
    policies.check_day(episode, agreed_on, field="agreed_on", since_referral=False)
    policies.check_review_on(agreed_on, review_on)
    adjustment = Adjustment.objects.create(
        episode=episode,
        job=job,
        placement=placement,
        kind=kind,
        words=words,
        agreed_on=agreed_on,
        review_on=review_on,
        added_by=by,
    )
    fields = ["job", "placement", "kind", "words", "agreed_on", "review_on"]
    trace("adjustment.agreed", adjustment, by=by, fields=fields)
    return adjustment


@action
def propose_adjustment(
    episode: Episode,
    *,
    by: User,
    kind: str,
    words: str,
    job: JobSpell | None = None,
    placement: Placement | None = None,
) -> Adjustment:
    """Record a change that will be put to the employer. Nothing is agreed, and nothing is sent."""
    permissions.check_support(by, episode.client)
    _check_change(episode, kind, job, placement)
    policies.check_words(words, field="words", sentence="Say what is proposed.")
    adjustment = Adjustment.objects.create(
        episode=episode,
        job=job,
        placement=placement,
        kind=kind,
        words=words,
        proposed_on=clock.today(),
        added_by=by,
    )
    fields = ["job", "placement", "kind", "words", "proposed_on"]
    trace("adjustment.proposed", adjustment, by=by, fields=fields)
    return adjustment


def _check_change(episode: Episode, kind: str, job: JobSpell | None, placement: Placement | None) -> None:
    """It is of a kind there is, for a job or placement of this episode, which is open."""
    check_open(episode)
    policies.check_adjustment(job, placement)
    if (job or placement).episode_id != episode.pk:  # type: ignore[union-attr]
        raise DomainError("This belongs to another episode.")
    policies.check_code("adjustments", kind, field="kind", table="adjustments")


@action
def agree_proposed(
    adjustment: Adjustment,
    *,
    by: User,
    agreed_on: date | None = None,
    review_on: date | None = None,
    expected: int | None = None,
) -> Adjustment:
    """The employer agreed to what was proposed."""
    permissions.check_support(by, adjustment.episode.client)
    check_open(adjustment.episode)
    policies.check_not_agreed(adjustment)
    agreed_on = agreed_on or clock.today()
    policies.check_day(adjustment.episode, agreed_on, field="agreed_on", since_referral=False)
    policies.check_review_on(agreed_on, review_on)
    adjustment.agreed_on, adjustment.review_on = agreed_on, review_on
    adjustment.save_version(expected=expected, fields=["agreed_on", "review_on"])
    trace("adjustment.agreed", adjustment, by=by, fields=["agreed_on", "review_on"])
    return adjustment


@action
def review_adjustment(
    adjustment: Adjustment,
    *,
    by: User,
    effect: str,
    on: date | None = None,
    review_on: date | None = None,
    expected: int | None = None,
) -> Adjustment:
    """Say how it works, and when to look again."""
    permissions.check_support(by, adjustment.episode.client)
    check_open(adjustment.episode)
    policies.check_effect(effect)
    policies.check_agreed(adjustment)
    on = on or clock.today()
    policies.check_day(adjustment.episode, on, field="on", since_referral=False)
    if adjustment.agreed_on is not None and on < adjustment.agreed_on:
        raise DomainError("This is before it was agreed. Check the date.", field="on")
    policies.check_review_on(on, review_on)
    adjustment.effect, adjustment.effect_on, adjustment.review_on = effect, on, review_on
    fields = ["effect", "effect_on", "review_on"]
    adjustment.save_version(expected=expected, fields=fields)
    trace("adjustment.reviewed", adjustment, by=by, fields=fields)
    return adjustment
