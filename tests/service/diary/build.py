"""Diaries for tests, kept by the room's own actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from pacework.service.cases.models import Client, Episode
from pacework.service.core import clock
from pacework.service.core.errors import NotAllowed
from pacework.service.diary import actions
from pacework.service.diary.models import DiaryEntry, Flare
from tests.service.build import (
    give_account,
    give_consent,
    lead_of,
    make_episode,
    make_team,
    make_user,
    state_reason,
)

ROLES = ("client", "esw", "hcp", "team_lead", "manager", "researcher", "administrator")


def supported(esw: Any = None) -> Episode:
    """An episode accepted by an ESW of its team; the client has an account."""
    with clock.at(clock.today() - timedelta(days=120)):
        episode = make_episode(esw=esw or make_user("esw", make_team()))
        give_account(episode.client)
    return episode


def cast(role: str, episode: Episode) -> Any:
    """Somebody of this role, as near to this person as their role can be."""
    if role == "manager":
        user = make_user("manager")
        state_reason(episode.client, user)
        return user
    own = {"client": episode.client.user, "esw": episode.assignments.get().esw}
    return own.get(role) or (lead_of(episode.team) if role == "team_lead" else make_user(role, episode.team))


def allowed(check: Any, *args: Any) -> bool:
    """Whether a check of permissions lets these pass."""
    try:
        check(*args)
    except NotAllowed:
        return False
    return True


def day(back: int) -> date:
    """So many days before today."""
    return clock.today() - timedelta(days=back)


def rate(client: Client, pain: int, back: int = 0, **details: Any) -> DiaryEntry:
    return actions.record_day(client, by=client.user, pain=pain, on=day(back), details=details)


def keep(client: Client, ratings: Iterable[int], until: int = 0) -> None:
    """A rating for each of the days that end ``until`` days before today."""
    values = list(ratings)
    rows = [actions.DayTyped(day(until + len(values) - 1 - place), pain) for place, pain in enumerate(values)]
    actions.record_days(client, rows, by=client.user)


def start(client: Client, back: int = 0, **said: Any) -> Flare:
    return actions.start_flare(client, by=client.user, on=day(back), **said)


def share(client: Client, *, to: Any = None) -> None:
    """The diary shown to the support worker; or to this healthcare professional, or all of them ("all")."""
    if to is None:
        give_consent(client, "diary_sharing")
    else:
        give_consent(client, "diary_health", to=None if to == "all" else to)
