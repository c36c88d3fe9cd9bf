"""Offering, accepting, giving back and handing over."""

from __future__ import annotations

import pytest

from pacework.service.cases import actions
from pacework.service.cases.models import Assignment, Episode, named_esw
from pacework.service.core import clock
from pacework.service.core.errors import DomainError
from tests.service import build

pytestmark = pytest.mark.django_db


def test_an_accepted_client_is_on_the_esws_caseload_and_off_the_waiting_list():
    esw = build.make_user("esw", build.make_team())
    episode = build.make_episode(esw=esw)
    assert episode.accepted_on == episode.allocated_on == clock.today()
    assert named_esw(episode) == esw
    assert list(Episode.objects.active()) == [episode]
    assert not Episode.objects.waiting().exists()


def test_a_declined_client_goes_back_to_the_waiting_list_and_keeps_their_place():
    esw = build.make_user("esw", build.make_team())
    episode = build.make_episode(esw=esw, accepted=False)
    actions.decline(build.offer_of(episode), by=esw, note="I know the family.")
    waiting = Episode.objects.waiting().with_waiting_since().get()
    assert waiting == episode
    assert waiting.waiting_since == episode.referred_on
    ended = Assignment.objects.get()
    assert (ended.end_reason, ended.decline_note) == ("not_accepted", "I know the family.")
    with pytest.raises(DomainError, match="has ended"):
        actions.accept(ended, by=esw)
