"""Who may write to the profile: truth tables."""

import pytest

from pacework.service.core.errors import NotAllowed
from pacework.service.profile import permissions
from tests.service import build as cases
from tests.service.profile.build import situation

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    here = situation()
    cases.give_consent(here.client)
    found = {
        "the client": here.own,
        "the named ESW": here.esw,
        "the lead": cases.lead_of(here.team),
        "an HCP of the team": cases.make_user("hcp", here.team),
        "another ESW": cases.make_user("esw", here.team),
        "an ESW who covers": cases.make_user("esw", here.team),
        "another client": cases.give_account(cases.make_client(here.team)),
        "a lead elsewhere": cases.make_user("team_lead", cases.make_team()),
        "a manager": cases.make_user("manager"),
        "a manager with a reason": cases.make_user("manager"),
        "a researcher": cases.make_user("researcher"),
        "an administrator": cases.make_user("administrator"),
    }
    cases.make_cover(here.esw, found["an ESW who covers"])
    cases.state_reason(here.client, found["a manager with a reason"])
    return here.client, found


PROFILE = {"the client", "the named ESW", "the lead", "an ESW who covers"}
NEEDS = PROFILE - {"the client"}


@pytest.mark.parametrize(
    ("check", "allowed"), [(permissions.check_profile, PROFILE), (permissions.check_needs, NEEDS)]
)
def test_who_may_write(people, check, allowed):
    client, everybody = people
    for who, user in everybody.items():
        if who in allowed:
            check(user, client)
        else:
            with pytest.raises(NotAllowed):
                check(user, client)
