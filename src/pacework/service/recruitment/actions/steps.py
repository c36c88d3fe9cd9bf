"""Every step of a referral, from the first word to support or a reasoned end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pacework.science.measures import eligibility
from pacework.service.cases import actions as cases
from pacework.service.cases import permissions as case_permissions
from pacework.service.cases import policies as case_policies
from pacework.service.cases.models import Consent, Programme
from pacework.service.core import clock
from pacework.service.core.audit import action, once, trace
from pacework.service.core.errors import DomainError
from pacework.service.people.models import User
from pacework.service.recruitment import permissions, policies, screening
from pacework.service.recruitment.codes import exit_reasons
from pacework.service.recruitment.models import Referral


def programme_for_new() -> Programme:
    """The programme a new referral comes in under."""
    found = once(
        ("programme for new",),
        lambda: Programme.objects.order_by("-is_default", "pk").first(),
        read_from=Programme,
    )
    if found is None:
        raise DomainError("There is no programme yet. Ask an administrator to set one up.")
    return found


def mark(referral: Referral, step: str, on: date, by: User | None) -> list[str]:
    """Set a step's day and actor on the object; returns the names of the fields to save."""
    setattr(referral, f"{step}_on", on)
    setattr(referral, f"{step}_by", by)
    return [f"{step}_on", f"{step}_by"]


def _save(
    referral: Referral, verb: str, fields: Iterable[str], *, by: User | None, expected: int | None = None
) -> Referral:
    referral.count_days_out_of_work()
    names = sorted({*fields, "days_out_of_work"})
    referral.save_version(expected=expected, fields=names)
    trace(verb, referral, by=by, fields=names)
    return referral


@action
def approach(referral: Referral, *, by: User, on: date) -> Referral:
    """The invitation went out, or the service was first mentioned."""
    permissions.check_handle(by, referral)
    policies.check_approach(referral)
    policies.check_day(referral, "approached", on)
    return _save(referral, "referral.approached", mark(referral, "approached", on, by), by=by)


@action
def approach_many(referrals: list[Referral], *, by: User, on: date) -> list[Referral]:
    """One day for a whole pile of letters. Whoever must not be written to is left out. Returns the others."""
    sent = [one for one in referrals if policies.can_approach(one)]
    if not sent:
        raise DomainError("None of these people can be written to.")
    for referral in sent:
        approach(referral, by=by, on=on)
    return sent


@action
def remind(referral: Referral, *, by: User, on: date) -> Referral:
    """A reminder went out."""
    permissions.check_handle(by, referral)
    policies.check_remind(referral)
    policies.check_day(referral, "replied", on)
    if referral.reminded_on is not None and on < referral.reminded_on:
        raise DomainError("This date is before the reminder that is already recorded.", field="on")
    referral.reminders_sent += 1
    referral.reminded_on = on
    return _save(referral, "referral.reminded", ["reminders_sent", "reminded_on"], by=by)


@action
def reply(referral: Referral, *, by: User, on: date, answer: str, wants_work: str = "") -> Referral:
    """They answered: "yes" goes on; "no" and "no_contact" are respected at once."""
    permissions.check_handle(by, referral)
    policies.check_reply(referral)
    policies.check_day(referral, "replied", on)
    if answer not in ("yes", "no", "no_contact"):
        raise DomainError("Choose what they answered.", field="answer")
    fields = mark(referral, "replied", on, by)
    if wants_work:
        referral.wants_work = wants_work
        fields.append("wants_work")
    _save(referral, "referral.replied", fields, by=by)
    if answer != "yes":
        end(referral, by=by, reason="declined" if answer == "no" else "do_not_contact")
    return referral


@action
def screen(
    referral: Referral,
    *,
    by: User,
    on: date,
    answers: Mapping[str, Any],
    status: str = "",
    last_job_ended_on: date | None = None,
    support_needs: str = "",
) -> Referral:
    """Apply the referral's preset to the answers, and keep the decision as it was put in words.

    Not being ready for work is written down as a support need; it is no answer to any criterion.
    """
    permissions.check_handle(by, referral)
    policies.check_screen(referral)
    policies.check_day(referral, "screened", on)
    case_policies.check_employment_status(
        referral.client, status=status or "unknown", as_of=on, last_job_ended_on=last_job_ended_on
    )
    fields = mark(referral, "screened", on, by)
    referral.answers = screening.as_stored(answers)
    referral.support_needs = support_needs
    referral.work_status, referral.last_job_ended_on = status, last_job_ended_on
    fields += ["answers", "support_needs", "last_job_ended_on", "work_status"]
    return decide(referral, answers, on, fields, "referral.screened", by=by)


@action
def offer_routine(referral: Referral, *, by: User, on: date) -> Referral:
    """The study's criteria are not met, or the person prefers it: they go on in the routine service."""
    permissions.check_handle(by, referral)
    policies.check_offer_routine(referral, is_study=screening.preset_of(referral).kind == "study")
    policies.check_day(referral, "screened", on)
    routine = eligibility.preset(screening.ROUTINE)
    programme = Programme.objects.filter(preset=routine.id).order_by("-is_default", "pk").first()
    if programme is None:
        raise DomainError("There is no routine programme yet. Ask an administrator to set one up.")
    earlier = referral.decision
    referral.programme, referral.preset = programme, routine.id
    fields = ["programme", "preset", *mark(referral, "screened", on, by)]
    answers = screening.from_stored(referral.answers) | {"wants_to_work": True}
    referral.answers = screening.as_stored(answers)
    return decide(
        referral, answers, on, [*fields, "answers"], "referral.offered_routine", by=by, earlier=earlier
    )


def decide(
    referral: Referral,
    answers: Mapping[str, Any],
    on: date,
    fields: list[str],
    verb: str,
    *,
    by: User | None,
    earlier: str = "",
) -> Referral:
    """Apply the preset, keep its words, go on as far as the person has agreed. Inside an action."""
    applied = screening.preset_of(referral)
    decision = eligibility.assess(applied, answers, on=on)
    referral.meets = decision.meets
    referral.preset_version = decision.version
    words = screening.decision_words(applied, decision)
    referral.decision = f"{earlier}\n\n{words}" if earlier else words
    fields += ["meets", "decision", "preset_version"]
    if decision.meets:
        fields += mark(referral, "eligible", on, by)
    _save(referral, verb, fields, by=by)
    if decision.meets and _agreed_at_referral(referral):
        _begin(referral, on, by=by)
    return referral


def _agreed_at_referral(referral: Referral) -> bool:
    """The person agreed to the service with the referrer, on the form this referral came in by."""
    if referral.referred_by_id is None and referral.raised_by_id is None:
        return False
    said = referral.client.consents.live().filter(
        layer=Consent.Layer.SERVICE, given_on__gte=referral.raised_on
    )
    return said.exists() and not referral.client.episodes.open().exists()


def _begin(referral: Referral, on: date, *, by: User | None) -> None:
    """Agreed and eligible: the episode opens, and the client is on the waiting list."""
    episode = cases.open_episode(
        referral.client,
        by=by,
        programme=referral.programme,
        employed_at_entry=screening.is_employed(referral.work_status),
    )
    referral.episode = episode
    _save(referral, "referral.consented", [*mark(referral, "consented", on, by), "episode"], by=by)
    # Only now: before the episode opens, a returning client's record is closed and cannot be written to.
    if referral.work_status and case_permissions.can_write(by, referral.client):
        cases.record_employment_status(
            referral.client,
            by=by,
            status=referral.work_status,
            as_of=referral.screened_on or on,
            last_job_ended_on=referral.last_job_ended_on,
        )


@action
def record_agreement(
    referral: Referral, *, by: User, on: date, how: str, service: bool, health_sharing: bool | None = None
) -> Referral:
    """What the person said to the service and to sharing. Yes to the service opens the episode."""
    permissions.check_handle(by, referral)
    policies.check_consent(referral)
    policies.check_day(referral, "consented", on)
    client = referral.client
    cases.record_consent(client, by=by, layer=Consent.Layer.SERVICE, given=service, how=how, on=on)
    if health_sharing is not None:
        cases.record_consent(
            client,
            by=by,
            layer=Consent.Layer.HEALTH_SHARING,
            given=health_sharing,
            how=how,
            recipient=referral.referred_by,
            on=on,
        )
    if service:
        _begin(referral, on, by=by)
    else:
        end(referral, by=by, reason="declined")
    return referral


@action
def end(referral: Referral, *, by: User, reason: str, note: str = "") -> Referral:
    """The referral ends before support, with a coded reason. "Do not contact" is kept on the person."""
    permissions.check_handle(by, referral)
    is_study = screening.preset_of(referral).kind == "study"
    coded = policies.check_exit(referral, reason, note, is_study=is_study)
    referral.exit_on, referral.exit_by = clock.today(), by
    referral.exit_reason, referral.exit_note = coded.key, note
    _save(referral, "referral.ended", ["exit_on", "exit_by", "exit_reason", "exit_note"], by=by)
    if coded.do_not_contact:
        cases.set_do_not_contact(referral.client, by=by, value=True)
    return referral


@action
def undo_end(referral: Referral, *, by: User) -> Referral:
    """The ending was a mistake, or they came back: the referral goes on from where it was."""
    permissions.check_handle(by, referral)
    policies.check_undo_exit(referral)
    coded = exit_reasons()[referral.exit_reason]
    referral.exit_on, referral.exit_by, referral.exit_reason, referral.exit_note = None, None, "", ""
    _save(referral, "referral.end_undone", ["exit_on", "exit_by", "exit_reason", "exit_note"], by=by)
    lasting = [key for key, reason in exit_reasons().items() if reason.do_not_contact]
    others = Referral.objects.filter(client=referral.client, exit_reason__in=lasting).exclude(pk=referral.pk)
    if coded.do_not_contact and not others.exists():
        cases.set_do_not_contact(referral.client, by=by, value=False)
    return referral
