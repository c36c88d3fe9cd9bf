"""Does the state allow it? Which step can follow which, on which day."""

from __future__ import annotations

from datetime import date

from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.core.errors import DomainError
from pacework.service.core.presenters import day as in_words
from pacework.service.recruitment.codes import STEPS, ExitReason, exit_reasons
from pacework.service.recruitment.models import Referral

STEP_WORDS = {
    "approached": "the invitation",
    "replied": "the reply",
    "screened": "the screening",
    "eligible": "the decision",
    "consented": "the agreement",
}


def check_open(referral: Referral) -> None:
    if referral.exit_on is not None:
        raise DomainError("This referral has ended. Undo its ending first.")
    if referral.episode_id is not None:
        raise DomainError("Support has begun for this client: go on in their record.")


def check_may_contact(client: Client) -> None:
    """Asked not to be contacted: no invitation and no reminder, also from a new list."""
    if client.do_not_contact:
        raise DomainError(f"{client.name} asked not to be contacted. They can still come to us themselves.")


def check_day(referral: Referral, step: str, on: date) -> None:
    """Not in the future, not before birth, not before the step before."""
    if on > clock.today():
        raise DomainError("This date is in the future. Enter today or an earlier date.", field="on")
    born = referral.client.birth_date
    if born is not None and on < born:
        raise DomainError("This date is before the client's birth date.", field="on")
    for earlier in STEPS[: STEPS.index(step)][::-1]:
        known = getattr(referral, f"{earlier}_on")
        if known is not None and on < known:
            raise DomainError(
                f"This date is before {STEP_WORDS[earlier]}, which was on {in_words(known)}.", field="on"
            )


def can_approach(referral: Referral) -> bool:
    return referral.exit_on is None and referral.approached_on is None and not referral.client.do_not_contact


def check_approach(referral: Referral) -> None:
    check_open(referral)
    if referral.approached_on is not None:
        raise DomainError(f"The invitation of {in_words(referral.approached_on)} is already recorded.")
    check_may_contact(referral.client)


def check_remind(referral: Referral) -> None:
    check_open(referral)
    if referral.approached_on is None:
        raise DomainError("Record the invitation before a reminder.")
    if referral.replied_on is not None:
        raise DomainError("They have replied: no reminder is needed.")
    check_may_contact(referral.client)


def check_reply(referral: Referral) -> None:
    check_open(referral)
    if referral.approached_on is None:
        raise DomainError("Record the invitation before the reply.")
    if referral.replied_on is not None:
        raise DomainError(f"The reply of {in_words(referral.replied_on)} is already recorded.")


def check_screen(referral: Referral) -> None:
    """May be repeated until the person is found eligible: answers change, the routine service stays open."""
    check_open(referral)
    if referral.replied_on is None:
        raise DomainError("Record their reply before the screening.")
    if referral.held:
        raise DomainError("First say whether this is somebody already known.")
    if referral.eligible_on is not None:
        raise DomainError("The screening is done. The next step is their agreement.")


def check_consent(referral: Referral) -> None:
    check_open(referral)
    if referral.eligible_on is None:
        raise DomainError("Record the screening before the agreement.")
    check_nothing_open(referral.client)


def check_nothing_open(client: Client) -> None:
    """One open episode a client: a second referral of somebody already supported helps nobody."""
    if client.episodes.open().exists():
        raise DomainError(f"{client.name} is already being supported, so no new referral is needed.")


def check_no_open_referral(client: Client) -> None:
    open_one = Referral._base_manager.filter(
        client=client, exit_on__isnull=True, episode__isnull=True
    ).first()
    if open_one is not None:
        raise DomainError(
            f"{client.name} was already referred on {in_words(open_one.raised_on)}. It is in hand."
        )


def step_now(referral: Referral) -> str:
    """The step whose reasons apply: a name on a list that nobody invited can leave like an invited one."""
    return referral.last_step or "approached"


def exit_reasons_for(referral: Referral, *, is_study: bool) -> list[ExitReason]:
    """The coded reasons that make sense now. "Not ready for work" is not among them, at any step."""
    return [
        reason
        for reason in exit_reasons().values()
        if step_now(referral) in reason.stages and (is_study or not reason.study_only)
    ]


def check_exit(referral: Referral, reason_key: str, note: str, *, is_study: bool) -> ExitReason:
    """The referral is open and the reason is one of the coded ones for its step."""
    check_open(referral)
    allowed = {reason.key: reason for reason in exit_reasons_for(referral, is_study=is_study)}
    reason = allowed.get(reason_key)
    if reason is None:
        raise DomainError("Choose a reason from the list.", field="reason")
    if reason.after_reminders > referral.reminders_sent:
        raise DomainError(
            "Record a reminder first. This reason is for people who did not answer after one.", field="reason"
        )
    if reason.needs_note and not note:
        raise DomainError("Say what the reason is.", field="note")
    return reason


def check_undo_exit(referral: Referral) -> None:
    if referral.exit_on is None:
        raise DomainError("This referral has not ended.")
    check_nothing_open(referral.client)
    check_no_open_referral(referral.client)


def check_offer_routine(referral: Referral, *, is_study: bool) -> None:
    check_screen(referral)
    if not is_study:
        raise DomainError("This referral is already one to the routine service.")
