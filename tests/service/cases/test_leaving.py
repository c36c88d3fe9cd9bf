"""A worker's account does not end, nor their role change, while clients would be left without a worker."""

from __future__ import annotations

import pytest
from django.urls import reverse

from pacework.service.cases import actions as cases
from pacework.service.core.errors import DomainError
from pacework.service.people import actions
from pacework.service.people.models import Team, User
from tests.service import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return build.make_team()


@pytest.fixture
def esw(team: Team) -> User:
    return build.make_user("esw", team)


def end(user: User) -> User:
    return actions.deactivate(User.objects.get(pk=user.pk), by=build.make_user("administrator"))


def test_an_account_ends_once_everybody_is_handed_over(team, esw):
    episodes = [build.make_episode(esw=esw) for _ in range(2)]
    lead, other = build.lead_of(team), build.make_user("esw", team)
    with pytest.raises(DomainError, match=f"still has 2 clients. Ask {lead} to hand them over first"):
        end(esw)
    to = {episode.pk: other for episode in episodes}
    cases.hand_over_caseload(esw, by=lead, to=to, note="They will call you this week.")
    assert not end(esw).is_active


def test_a_client_asked_for_and_not_answered_counts_and_a_closed_one_does_not(team, esw):
    closed = build.make_episode(esw=esw)
    build.close(closed)
    assert not end(build.make_user("esw", team)).is_active
    build.make_episode(esw=esw, accepted=False)
    with pytest.raises(DomainError, match="still has 1 client"):
        end(esw)


def test_only_closed_clients_hold_nobody(esw):
    build.close(build.make_episode(esw=esw))
    assert not end(esw).is_active


def test_a_role_does_not_change_either(team, esw):
    build.make_episode(esw=esw)
    names = {"first_name": esw.first_name, "last_name": esw.last_name}
    with pytest.raises(DomainError) as refusal:
        actions.edit_user(esw, by=None, expected=None, role="hcp", teams=[team], **names)
    assert refusal.value.field == "role"
    actions.edit_user(esw, by=None, expected=None, role="esw", teams=[team], **names)


def test_the_page_says_whom_to_ask_and_has_no_button(team, esw, client_for):
    build.make_episode(esw=esw)
    browser = client_for(build.make_user("administrator"))
    address = reverse("user-deactivate", args=[esw.pk])
    text = browser.get(address).text
    assert f"{esw} still has 1 client." in text
    assert str(build.lead_of(team)) in text
    assert "End this account</button>" not in text
    sent = browser.post(address)
    assert sent.status_code == 422
    assert "still has 1 client." in sent.text
    assert User.objects.get(pk=esw.pk).is_active
