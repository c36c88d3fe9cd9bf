"""Which step can follow which, on which day, and with which reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from pacework.service.core import clock
from pacework.service.core.errors import DomainError
from pacework.service.recruitment import actions, policies
from pacework.service.recruitment.codes import exit_reasons
from pacework.service.recruitment.models import Referral
from tests.service.build import lead_of, make_client, make_episode
from tests.service.recruitment.build import STATES_ON_THE_WAY, make_referral

pytestmark = pytest.mark.django_db

CHECKS: dict[str, tuple[Any, set[str]]] = {
    "approach": (policies.check_approach, {"new"}),
    "remind": (policies.check_remind, {"waiting_reply"}),
    "reply": (policies.check_reply, {"waiting_reply"}),
    "screen": (policies.check_screen, {"to_screen", "not_met"}),
    "consent": (policies.check_consent, {"to_consent"}),
    "undo_exit": (policies.check_undo_exit, {"exited"}),
    "open": (policies.check_open, set(STATES_ON_THE_WAY) - {"waiting_esw", "exited"}),
}


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("state", STATES_ON_THE_WAY)
def test_each_step_is_possible_only_where_it_follows(check: str, state: str) -> None:
    referral = make_referral(state)
    function, states = CHECKS[check]
    if state in states:
        function(referral)
        return
    with pytest.raises(DomainError) as refusal:
        function(referral)
    assert refusal.value.sentence.endswith((".", "?"))


@pytest.mark.parametrize("state", ["new", "waiting_reply"])
def test_nobody_who_asked_not_to_be_contacted_is_written_to(state: str) -> None:
    referral = make_referral(state)
    check = policies.check_approach if state == "new" else policies.check_remind
    check(referral)
    referral.client.do_not_contact = True
    assert not policies.can_approach(referral)
    with pytest.raises(DomainError, match="asked not to be contacted"):
        check(referral)


def test_a_held_referral_waits_for_the_lead() -> None:
    referral = make_referral("to_screen")
    policies.check_screen(referral)
    referral.held = True
    with pytest.raises(DomainError, match="already known"):
        policies.check_screen(referral)


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (lambda: clock.today() + timedelta(days=1), "in the future"),
        (lambda: date(1901, 1, 1), "before the client's birth"),
        (lambda: clock.today() - timedelta(days=1), "before the invitation"),
    ],
)
def test_a_step_lies_between_the_step_before_and_today(on: Any, sentence: str, frozen: Any) -> None:
    referral = make_referral("waiting_reply")
    policies.check_day(referral, "replied", clock.today())
    with pytest.raises(DomainError, match=sentence) as refusal:
        policies.check_day(referral, "replied", on())
    assert refusal.value.field == "on"


def test_dates_are_not_compared_with_a_birth_date_nobody_knows() -> None:
    referral = make_referral("new", birth_date=None)
    policies.check_day(referral, "approached", date(1901, 1, 1))


@pytest.mark.parametrize("is_study", [True, False])
@pytest.mark.parametrize("state", ["new", "waiting_reply", "to_screen", "not_met", "to_consent"])
def test_reasons_offered_are_those_of_the_step(state: str, is_study: bool) -> None:
    referral = make_referral(state)
    step = referral.last_step or "approached"
    offered = {reason.key for reason in policies.exit_reasons_for(referral, is_study=is_study)}
    for key, reason in exit_reasons().items():
        assert (key in offered) is (step in reason.stages and (is_study or not reason.study_only))


def test_not_being_ready_is_no_reason_to_end() -> None:
    said = " ".join(f"{reason.key} {reason.label}".lower() for reason in exit_reasons().values())
    words = set(said.replace("_", " ").replace(",", " ").split())
    assert not words & {"ready", "unready", "readiness", "motivated", "motivation", "unsuitable"}


@pytest.mark.parametrize(
    ("reason", "note", "reminders", "field"),
    [
        ("no_reply", "", 0, "reason"),
        ("no_reply", "", 1, None),
        ("other", "", 0, "note"),
        ("other", "Went abroad", 0, None),
        ("study_criteria", "", 0, "reason"),
        ("not_ready", "", 0, "reason"),
    ],
)
def test_an_exit_needs_what_its_reason_needs(
    reason: str, note: str, reminders: int, field: str | None
) -> None:
    referral = make_referral("waiting_reply")
    referral.reminders_sent = reminders
    if field is None:
        assert policies.check_exit(referral, reason, note, is_study=False).key == reason
        return
    with pytest.raises(DomainError) as refusal:
        policies.check_exit(referral, reason, note, is_study=False)
    assert refusal.value.field == field


def test_somebody_already_supported_or_referred_is_not_referred_again() -> None:
    client = make_client()
    policies.check_nothing_open(client)
    policies.check_no_open_referral(client)
    make_episode(client)
    with pytest.raises(DomainError, match="already being supported"):
        policies.check_nothing_open(client)
    with pytest.raises(DomainError, match="already referred"):
        policies.check_no_open_referral(make_referral("new").client)


def test_an_ending_is_not_undone_while_another_referral_is_open() -> None:
    ended = make_referral("exited")
    policies.check_undo_exit(ended)
    Referral.objects.create(
        client=ended.client, route="self", team=ended.team, programme=ended.programme, preset="routine"
    )
    with pytest.raises(DomainError, match="already referred"):
        policies.check_undo_exit(ended)


@pytest.mark.parametrize(("preset", "possible"), [("routine", False), ("instep", True)])
def test_the_routine_service_is_offered_to_people_screened_for_a_study(preset: str, possible: bool) -> None:
    referral = make_referral("to_screen", preset=preset)
    try:
        policies.check_offer_routine(referral, is_study=preset != "routine")
        went = True
    except DomainError:
        went = False
    assert went is possible


def test_a_lead_cannot_end_what_has_become_an_episode() -> None:
    referral = make_referral("waiting_esw")
    with pytest.raises(DomainError, match="Support has begun"):
        actions.end(referral, by=lead_of(referral.team), reason="declined")
