"""Referrals for tests, at each of their steps."""

from __future__ import annotations

from datetime import date
from typing import Any

from pacework.service.core import clock
from pacework.service.recruitment import actions
from pacework.service.recruitment.actions import incoming
from pacework.service.recruitment.actions.incoming import Person, listed_referral
from pacework.service.recruitment.models import PossibleDuplicate, Referral
from tests.service.build import lead_of, make_client, make_programme, make_team, make_user

STATES_ON_THE_WAY = ("new", "waiting_reply", "to_screen", "not_met", "to_consent", "waiting_esw", "exited")


def a_person(**changes: Any) -> Person:
    told = {
        "first_name": "Nia",
        "last_name": "Marlow",
        "birth_date": date(1979, 3, 27),
        "phone": "01632 960001",
    }
    return Person(**(told | changes))


def make_referral(
    state: str = "new", *, team: Any = None, preset: str = "routine", **client: Any
) -> Referral:
    """A referral from a list, brought to ``state`` by the actions that lead there, all today."""
    team = team or make_team()
    programme = (
        make_programme() if preset == "routine" else make_programme(f"Study {preset} {team}", preset=preset)
    )
    person = make_client(team, **client)
    one = listed_referral(person, route="record_search", team=team, programme=programme, by=None)
    one.save()
    lead, today = lead_of(team), clock.today()
    if state == "exited":
        return actions.end(one, by=lead, reason="entered_in_error")
    if state in ("waiting_reply", "to_screen", "not_met", "to_consent", "waiting_esw"):
        actions.approach(one, by=lead, on=today)
    if state in ("to_screen", "not_met", "to_consent", "waiting_esw"):
        actions.reply(one, by=lead, on=today, answer="yes")
    if state == "not_met":
        actions.screen(one, by=lead, on=today, answers={"wants_to_work": False})
    if state in ("to_consent", "waiting_esw"):
        actions.screen(one, by=lead, on=today, answers={"wants_to_work": True})
    if state == "waiting_esw":
        actions.record_agreement(one, by=lead, on=today, how="spoken", service=True)
    return one


def make_pair(team: Any = None, *, other_team: Any = None) -> PossibleDuplicate:
    """A self-referral that looks like somebody already known."""
    team = team or make_team()
    make_programme()
    known = make_client(other_team or team)
    referral = incoming.refer_self(
        Person(first_name=known.first_name, last_name=known.last_name, birth_date=known.birth_date), team=team
    )
    return PossibleDuplicate.objects.get(client=referral.client)


def make_hcp_and_team() -> tuple[Any, Any]:
    team = make_team()
    make_programme()
    return make_user("hcp", team), team


def state_of(referral: Referral) -> str:
    return Referral.objects.with_state().get(pk=referral.pk).state
