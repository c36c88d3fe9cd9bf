"""A client gets their own sign-in: invited by their worker or lead, by email, once."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from pacework.service.cases import actions
from pacework.service.core.errors import DomainError, NotAllowed
from tests.service.build import close, give_account, lead_of, make_episode, make_team, make_user

pytestmark = pytest.mark.django_db(transaction=True)
SITE = "https://pacework.example/"


@pytest.fixture
def episode():
    return make_episode(esw=make_user("esw", make_team()))


def esw_of(episode):
    return episode.assignments.get().esw


def test_an_esw_invites_their_client_and_the_client_chooses_a_password(episode, client_for):
    address = reverse("client-invite", args=[episode.client_id])
    response = client_for(esw_of(episode)).post(address, {"email": "mal@example.org"})
    assert response.status_code == 302
    episode.client.refresh_from_db()
    assert episode.client.user.role == "client"
    assert episode.client.email == "mal@example.org"
    assert [letter.to for letter in mail.outbox] == [["mal@example.org"]]
    assert "http" in mail.outbox[0].body


def test_a_known_address_on_the_record_is_left_as_it_is(episode):
    type(episode.client).objects.filter(pk=episode.client_id).update(email="old@example.org")
    episode.client.refresh_from_db()
    actions.invite_to_sign_in(episode.client, by=lead_of(episode.team), email="new@example.org", site=SITE)
    episode.client.refresh_from_db()
    assert episode.client.email == "old@example.org"
    assert episode.client.user.email == "new@example.org"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"do_not_contact": True}, "asked not to be contacted"),
        ({"safe_to_email": False}, "not a safe way"),
    ],
)
def test_nobody_is_invited_in_a_way_that_is_not_safe(episode, change, words):
    type(episode.client).objects.filter(pk=episode.client_id).update(**change)
    episode.client.refresh_from_db()
    with pytest.raises(DomainError, match=words):
        actions.invite_to_sign_in(episode.client, by=esw_of(episode), email="mal@example.org", site=SITE)
    assert not mail.outbox


def test_a_client_who_can_sign_in_is_not_invited_again(episode):
    give_account(episode.client)
    with pytest.raises(DomainError, match="can sign in already"):
        actions.invite_to_sign_in(episode.client, by=esw_of(episode), email="mal@example.org", site=SITE)


def test_a_taken_address_is_refused_and_leaves_nothing(episode):
    make_user("hcp", username="taken")
    with pytest.raises(DomainError):
        actions.invite_to_sign_in(episode.client, by=esw_of(episode), email="taken@example.org", site=SITE)
    episode.client.refresh_from_db()
    assert episode.client.user is None
    assert episode.client.email == ""


@pytest.mark.parametrize("role", ["esw", "hcp", "manager", "administrator", "researcher"])
def test_only_who_may_write_to_the_record_invites(episode, role):
    with pytest.raises(NotAllowed):
        actions.invite_to_sign_in(
            episode.client, by=make_user(role, make_team()), email="mal@example.org", site=SITE
        )


def test_a_closed_record_invites_nobody(episode):
    close(episode)
    with pytest.raises(NotAllowed):
        actions.invite_to_sign_in(
            episode.client, by=lead_of(episode.team), email="mal@example.org", site=SITE
        )
