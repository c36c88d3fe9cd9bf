"""Who refers, who works on a referral, who decides about a look-alike: truth tables."""

from __future__ import annotations

from typing import Any

import pytest

from pacework.service.core.errors import NotAllowed
from pacework.service.recruitment import permissions
from tests.service.build import close, make_client, make_episode, make_team, make_user
from tests.service.recruitment.build import make_pair, make_referral

pytestmark = pytest.mark.django_db
ROLES = ("client", "esw", "hcp", "team_lead", "manager", "researcher", "administrator")


def allowed(check: Any, *args: Any) -> bool:
    try:
        check(*args)
    except NotAllowed:
        return False
    return True


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("own_team", [True, False])
def test_only_hcps_and_leads_of_the_team_refer_to_it(role: str, own_team: bool) -> None:
    team = make_team()
    user = make_user(role, team if own_team else make_team())
    expected = role in ("hcp", "team_lead") and own_team
    assert permissions.can_refer(user, team) is expected
    assert allowed(permissions.check_refer, user, team) is expected


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("own_team", [True, False])
def test_only_the_lead_of_the_team_works_on_a_referral(role: str, own_team: bool) -> None:
    team = make_team()
    referral = make_referral(team=team)
    user = make_user(role, team if own_team else make_team())
    expected = role == "team_lead" and own_team
    assert permissions.can_handle(user, referral) is expected
    assert allowed(permissions.check_handle, user, referral) is expected


def test_the_lead_works_on_a_new_referral_of_somebody_whose_support_has_closed() -> None:
    team = make_team()
    episode = make_episode(make_client(team))
    close(episode)
    lead = make_user("team_lead", team)
    referral = make_referral(team=team)
    referral.client = episode.client
    assert permissions.can_handle(lead, referral)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("own_team", [True, False])
def test_only_the_lead_who_received_the_newcomer_decides(role: str, own_team: bool) -> None:
    team = make_team()
    pair = make_pair(team)
    user = make_user(role, team if own_team else make_team())
    expected = role == "team_lead" and own_team
    assert permissions.can_decide(user, pair) is expected
    assert allowed(permissions.check_decide, user, pair) is expected


@pytest.mark.parametrize(("shares", "expected"), [(True, True), (False, False)])
def test_an_hcp_refers_again_only_somebody_they_may_see(shares: bool, expected: bool) -> None:
    from tests.service.build import give_consent

    team = make_team()
    hcp, client = make_user("hcp", team), make_client(team)
    if shares:
        give_consent(client, to=hcp)
    assert allowed(permissions.check_refer_again, hcp, client) is expected
