"""Who may take a record along, and the quick answer about what somebody may do with it."""

from __future__ import annotations

import pytest

from pacework.service.cases import permissions
from pacework.service.core.access import ROLES
from pacework.service.core.errors import NotAllowed
from tests.guards.matrix_objects import make_case
from tests.service import build

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ROLES)
def test_a_record_is_taken_along_by_the_client_or_by_the_team_lead_for_them(role):
    case = make_case(role, "own")
    if role in ("client", "team_lead"):
        permissions.check_may_export(case.user, case.client)
    else:
        with pytest.raises(NotAllowed):
            permissions.check_may_export(case.user, case.client)


@pytest.mark.parametrize("role", ["client", "team_lead"])
def test_nobody_takes_along_the_record_of_somebody_who_is_not_theirs(role):
    with pytest.raises(NotAllowed):
        permissions.check_may_export(make_case(role, "own").user, build.make_client())


@pytest.mark.parametrize("state", ["own", "closed", "stated_reason"])
@pytest.mark.parametrize("role", ["client", "esw", "hcp", "team_lead", "manager"])
def test_the_quick_answer_for_a_record_that_is_open_to_somebody_is_the_whole_one(role, state):
    case = make_case(role, state)
    case.finish()
    whole = permissions.level(case.user, case.client)
    if whole != "none":
        assert permissions.level_once_visible(case.user, case.client) == whole
