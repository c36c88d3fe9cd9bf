"""Who may look after accounts, teams and cover: truth tables over every role."""

import pytest

from pacework.service.core.errors import NotAllowed
from pacework.service.people import permissions
from pacework.service.people.models import Role
from tests.service.people.build import person, team

pytestmark = pytest.mark.django_db

ADMINISTERS = {
    Role.CLIENT: False,
    Role.ESW: False,
    Role.HCP: False,
    Role.TEAM_LEAD: False,
    Role.MANAGER: False,
    Role.RESEARCHER: False,
    Role.ADMINISTRATOR: True,
}
INVITES_CLIENTS = dict.fromkeys(Role, False) | {Role.ESW: True, Role.TEAM_LEAD: True}


@pytest.mark.parametrize(("role", "expected"), ADMINISTERS.items())
def test_only_an_administrator_looks_after_accounts(role, expected):
    by = person(role)
    assert permissions.can_administer(by) is expected
    by.is_active = False
    assert permissions.can_administer(by) is False


@pytest.mark.parametrize(("role", "expected"), INVITES_CLIENTS.items())
def test_esws_and_team_leads_invite_clients(role, expected):
    by = person(role)
    assert permissions.can_invite_client(by) is expected
    by.is_active = False
    assert permissions.can_invite_client(by) is False


@pytest.mark.parametrize(
    ("role", "in_team", "active", "expected"),
    [
        (role, in_team, True, role == Role.TEAM_LEAD and in_team)
        for role in Role
        if role != Role.CLIENT
        for in_team in (True, False)
    ]
    + [(Role.TEAM_LEAD, True, False, False)],
)
def test_the_lead_of_the_absent_esws_team_sets_cover(role, in_team, active, expected):
    north, south = team(), team()
    absent = person(Role.ESW, north)
    by = person(role, north if in_team else south)
    by.is_active = active
    assert permissions.can_set_cover(by, absent) is expected


def test_the_product_itself_may_do_all_of_it():
    absent = person()
    assert permissions.can_administer(None)
    assert permissions.can_invite_client(None)
    assert permissions.can_set_cover(None, absent)


def test_checks_say_in_a_sentence_what_can_does():
    esw, manager = person(Role.ESW), person(Role.MANAGER)
    for check in (
        lambda: permissions.check_administer(esw),
        lambda: permissions.check_invite_client(manager),
        lambda: permissions.check_set_cover(manager, esw),
    ):
        with pytest.raises(NotAllowed, match="Only "):
            check()
    permissions.check_administer(person(Role.ADMINISTRATOR))
    permissions.check_invite_client(esw)
    permissions.check_set_cover(person(Role.TEAM_LEAD, *esw.teams.all()), esw)
