"""Who writes the contact log, and who asks for another day: truth tables."""

from __future__ import annotations

from typing import Any

import pytest

from pacework.service.contacts import permissions
from pacework.service.core.errors import NotAllowed
from tests.service.build import close, give_consent, make_cover, make_user
from tests.service.contacts.build import carried_episode, esw_of

pytestmark = pytest.mark.django_db
ROLES = ("client", "esw", "hcp", "team_lead", "manager", "researcher", "administrator")


def allowed(check: Any, *args: Any) -> bool:
    try:
        check(*args)
    except NotAllowed:
        return False
    return True


@pytest.mark.parametrize("role", ROLES)
def test_only_esws_and_leads_write_the_contact_log(role: str) -> None:
    episode = carried_episode()
    give_consent(episode.client)
    people = {"client": episode.client.user, "esw": esw_of(episode)}
    user = people.get(role) or make_user(role, episode.team)
    assert allowed(permissions.check_log, user, episode.client) is (role in ("esw", "team_lead"))


@pytest.mark.parametrize(("state", "expected"), [("colleague", False), ("covering", True), ("closed", False)])
def test_an_esw_logs_for_their_own_clients_and_those_they_cover(state: str, expected: bool) -> None:
    episode = carried_episode()
    user = esw_of(episode)
    if state == "closed":
        close(episode)
        episode.client.forget_episode()
    else:
        absent, user = user, make_user("esw", episode.team)
        if state == "covering":
            make_cover(absent, user)
    assert allowed(permissions.check_log, user, episode.client) is expected


@pytest.mark.parametrize("role", ROLES)
def test_only_the_client_asks_for_another_day(role: str) -> None:
    episode = carried_episode()
    give_consent(episode.client)
    people = {"client": episode.client.user, "esw": esw_of(episode)}
    user = people.get(role) or make_user(role, episode.team)
    assert allowed(permissions.check_ask_to_move, user, episode.client) is (role == "client")


def test_another_client_asks_for_nobody_else() -> None:
    other = carried_episode().client.user
    assert not allowed(permissions.check_ask_to_move, other, carried_episode().client)


def test_a_client_asks_for_nothing_once_support_is_closed() -> None:
    episode = carried_episode()
    close(episode)
    episode.client.forget_episode()
    assert not allowed(permissions.check_ask_to_move, episode.client.user, episode.client)
