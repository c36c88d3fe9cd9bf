"""Who may do what with employers and disclosure, as tables over the roles."""

from __future__ import annotations

import pytest

from pacework.service.core.errors import NotAllowed
from pacework.service.employers import permissions
from tests.service.build import close, give_account, make_episode, make_team, make_user

pytestmark = pytest.mark.django_db

ROLES = ("client", "esw", "hcp", "team_lead", "manager", "researcher", "administrator")


def allowed(check, *args):
    try:
        check(*args)
    except NotAllowed:
        return False
    return True


@pytest.mark.parametrize("role", ROLES)
def test_esws_and_leads_keep_the_employers(role):
    user = make_user(role)
    expected = role in ("esw", "team_lead")
    assert permissions.can_edit_employers(user) == expected
    assert allowed(permissions.check_edit_employers, user) == expected


def test_an_account_that_ended_keeps_nothing():
    assert not permissions.can_edit_employers(make_user("esw", is_active=False))


@pytest.fixture
def episode():
    team = make_team()
    return make_episode(esw=make_user("esw", team))


def someone(episode, who):
    if who == "named esw":
        return episode.assignments.get().esw
    if who == "client":
        return give_account(episode.client)
    role, _, where = who.partition(" of ")
    return make_user(role, episode.team if where == "the team" else make_team())


PEOPLE = {  # may write about the client, may record their answer
    "named esw": (True, True),
    "client": (False, True),
    "team_lead of the team": (True, True),
    "team_lead of another": (False, False),
    "esw of the team": (False, False),
    "esw of another": (False, False),
    "hcp of the team": (False, False),
    "manager of the team": (False, False),
    "researcher of the team": (False, False),
    "administrator of the team": (False, False),
}


@pytest.mark.parametrize(("who", "expected"), PEOPLE.items())
def test_who_may_write_about_a_client_and_who_records_their_answer(episode, who, expected):
    user = someone(episode, who)
    assert (
        allowed(permissions.check_work_with, user, episode.client),
        allowed(permissions.check_decide_disclosure, user, episode.client),
    ) == expected


@pytest.mark.parametrize("who", PEOPLE)
def test_nobody_writes_to_a_closed_record(episode, who):
    user = someone(episode, who)
    close(episode)
    episode.client.__dict__.pop("_episode", None)
    assert not allowed(permissions.check_work_with, user, episode.client)
    assert not allowed(permissions.check_decide_disclosure, user, episode.client)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("same_team", [True, False])
@pytest.mark.parametrize("of", ["esw", "hcp"])
def test_a_lead_reviews_the_log_of_their_own_workers(role, same_team, of):
    team = make_team()
    reader, worker = make_user(role, team), make_user(of, team if same_team else make_team())
    expected = role == "team_lead" and same_team and of == "esw"
    assert permissions.can_review_log_of(reader, worker) == expected
    assert allowed(permissions.check_review_log_of, reader, worker) == expected
