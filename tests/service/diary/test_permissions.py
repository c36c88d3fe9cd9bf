"""Who keeps a diary and to whom it is shown: truth tables."""

from __future__ import annotations

from typing import Any

import pytest

from pacework.service.cases.actions import withdraw_consent
from pacework.service.cases.models import Consent
from pacework.service.diary import permissions
from pacework.service.diary.models import DiaryEntry, Flare, FlarePlan
from tests.service.build import close, give_consent, make_cover, make_user
from tests.service.diary.build import ROLES, allowed, cast, rate, share, start, supported

pytestmark = pytest.mark.django_db


def seen(user: Any) -> bool:
    """Through the door of each of the room's tables alike."""
    found = {model.objects.visible_to(user).exists() for model in (DiaryEntry, Flare, FlarePlan)}
    assert len(found) == 1
    return found.pop()


def kept(episode: Any) -> Any:
    from pacework.service.diary import actions

    rate(episode.client, 4)
    start(episode.client)
    actions.save_flare_plan(episode.client, by=episode.client.user, work="Swap shifts")
    return episode


@pytest.mark.parametrize("shared", ["nothing", "worker", "health", "both"])
@pytest.mark.parametrize("role", ROLES)
def test_a_diary_is_shown_to_those_alone_whom_the_client_named(role: str, shared: str) -> None:
    episode = kept(supported())
    give_consent(episode.client)
    if shared in ("worker", "both"):
        share(episode.client)
    if shared in ("health", "both"):
        share(episode.client, to="all")
    user = cast(role, episode)
    expected = {"client": True, "esw": shared in ("worker", "both"), "hcp": shared in ("health", "both")}
    assert seen(user) is expected.get(role, False)
    assert permissions.is_shown(user, episode.client) is expected.get(role, False)
    assert allowed(permissions.check_keep, user, episode.client) is (role == "client")
    assert allowed(permissions.check_own, user, episode.client) is (role == "client")
    may_plan = role in ("client", "esw") and expected[role]
    assert allowed(permissions.check_flare_plan, user, episode.client) is may_plan


def test_taking_the_yes_back_closes_the_diary_at_once() -> None:
    episode = kept(supported())
    client, esw = episode.client, episode.assignments.get().esw
    share(client)
    assert seen(esw)
    withdraw_consent(client.consents.get(layer=Consent.Layer.DIARY_SHARING), by=client.user)
    assert not seen(esw)


def test_an_hcp_needs_the_record_to_be_shared_too_and_may_be_left_out_by_name() -> None:
    episode = kept(supported())
    client = episode.client
    one, other = make_user("hcp", episode.team), make_user("hcp", episode.team)
    share(client, to="all")
    assert not seen(one), "the record itself is not shared with the health team"
    health = give_consent(client)
    assert seen(one)
    assert seen(other)
    withdraw_consent(health, by=client.user)
    assert not seen(one)


def test_one_named_hcp_sees_and_the_others_do_not() -> None:
    episode = kept(supported())
    one, other = make_user("hcp", episode.team), make_user("hcp", episode.team)
    give_consent(episode.client)
    share(episode.client, to=one)
    assert seen(one)
    assert not seen(other)


def test_who_covers_sees_it_and_a_colleague_does_not() -> None:
    episode = kept(supported())
    esw, colleague = episode.assignments.get().esw, make_user("esw", episode.team)
    share(episode.client)
    assert not seen(colleague)
    make_cover(esw, colleague)
    assert seen(colleague)


def test_a_closed_record_shows_no_diary_to_staff() -> None:
    episode = kept(supported())
    client, esw = episode.client, episode.assignments.get().esw
    hcp = make_user("hcp", episode.team)
    share(client)
    share(client, to="all")
    give_consent(client)
    assert seen(esw)
    assert seen(hcp)
    close(episode)
    client.forget_episode()
    for user in (esw, hcp):
        assert not seen(user)
        assert not permissions.is_shown(user, client)
    assert seen(client.user)


def test_a_flare_that_was_told_is_all_that_a_worker_sees_without_the_diary() -> None:
    episode = supported()
    rate(episode.client, 4)
    start(episode.client, tell=True)
    esw = episode.assignments.get().esw
    assert Flare.objects.visible_to(esw).exists()
    assert not DiaryEntry.objects.visible_to(esw).exists()
    hcp = make_user("hcp", episode.team)
    give_consent(episode.client)
    assert not Flare.objects.visible_to(hcp).exists()
