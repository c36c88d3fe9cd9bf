"""Contacts and appointments for tests, made by the room's own actions."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from pacework.service.cases.models import Episode, named_esw
from pacework.service.contacts import actions
from pacework.service.contacts.models import Appointment, Contact
from pacework.service.core import clock
from tests.service.build import make_episode, make_team, make_user


def carried_episode(days_ago: int = 60) -> Episode:
    """An episode accepted by an ESW of its team some time ago; the client has an account."""
    with clock.at(clock.today() - timedelta(days=days_ago)):
        team = make_team()
        episode = make_episode(esw=make_user("esw", team))
        from tests.service.build import give_account

        give_account(episode.client)
    return episode


def esw_of(episode: Episode) -> Any:
    return named_esw(episode)


def make_contact(episode: Episode, on: date | None = None, **said: Any) -> Contact:
    answers = {"mode": "phone", "purpose": "planning", "attendance": "attended"} | said
    return actions.log_contact(
        episode, by=answers.pop("by", esw_of(episode)), on=on or clock.today(), **answers
    )


def make_appointment(episode: Episode, days: int = 3, **said: Any) -> Appointment:
    """An appointment ``days`` from today; for a day gone by it was planned the day before."""
    on = clock.today() + timedelta(days=days)
    details = {"mode": "face_to_face", "at": time(10, 30), "place": "Library café"} | said
    planned_on = min(clock.today(), on - timedelta(days=1))
    with clock.at(planned_on):
        return actions.plan_appointment(episode, by=esw_of(episode), on=on, **details)
