"""Who writes to a plan, and who says that something is done: truth tables."""

from __future__ import annotations

from typing import Any

import pytest

from pacework.service.core.errors import NotAllowed
from pacework.service.plan import permissions
from tests.service.build import close, give_consent, make_user
from tests.service.plan.build import carried_episode, esw_of, make_action

pytestmark = pytest.mark.django_db
ROLES = ("client", "esw", "hcp", "team_lead", "manager", "researcher", "administrator")


def allowed(check: Any, *args: Any) -> bool:
    try:
        check(*args)
    except NotAllowed:
        return False
    return True


def cast(role: str, episode: Any) -> Any:
    own = {"client": episode.client.user, "esw": esw_of(episode)}
    return own.get(role) or make_user(role, episode.team)


@pytest.mark.parametrize("role", ROLES)
def test_clients_esws_and_leads_plan_and_only_workers_record_sessions(role: str) -> None:
    episode = carried_episode()
    give_consent(episode.client)
    user = cast(role, episode)
    assert allowed(permissions.check_plan, user, episode.client) is (role in ("client", "esw", "team_lead"))
    assert allowed(permissions.check_lead_session, user, episode.client) is (role in ("esw", "team_lead"))


MAY_FINISH = {
    ("client", "client"): True,
    ("client", "esw"): False,
    ("client", "hcp"): False,
    ("hcp", "client"): False,
    ("hcp", "esw"): False,
    ("hcp", "hcp"): True,
}


@pytest.mark.parametrize("owner", ["client", "esw", "hcp"])
@pytest.mark.parametrize("role", ROLES)
def test_clients_and_hcps_finish_their_own_actions_and_workers_all(role: str, owner: str) -> None:
    episode = carried_episode()
    give_consent(episode.client)
    planned, user = make_action(episode, owner=owner), cast(role, episode)
    expected = MAY_FINISH.get((role, owner), role in ("esw", "team_lead"))
    assert allowed(permissions.check_finish, user, planned) is expected
    assert permissions.can_finish(user, planned) is expected


def test_an_hcp_does_not_finish_what_names_another() -> None:
    episode = carried_episode()
    give_consent(episode.client)
    one, other = make_user("hcp", episode.team), make_user("hcp", episode.team)
    planned = make_action(episode, owner="hcp", hcp=one)
    assert allowed(permissions.check_finish, one, planned)
    assert not allowed(permissions.check_finish, other, planned)


def test_an_hcp_without_consent_finishes_nothing() -> None:
    from pacework.service.cases.actions import withdraw_consent

    episode = carried_episode()
    consent = give_consent(episode.client)
    hcp = make_user("hcp", episode.team)
    planned = make_action(episode, owner="hcp", hcp=hcp)
    withdraw_consent(consent, by=episode.client.user)
    assert not allowed(permissions.check_finish, hcp, planned)


def test_nobody_plans_for_a_stranger_or_after_closing() -> None:
    episode, other = carried_episode(), carried_episode()
    assert not allowed(permissions.check_plan, other.client.user, episode.client)
    assert not allowed(permissions.check_plan, esw_of(other), episode.client)
    close(episode)
    episode.client.forget_episode()
    assert not allowed(permissions.check_plan, episode.client.user, episode.client)
