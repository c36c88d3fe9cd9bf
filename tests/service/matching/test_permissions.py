"""Who looks at how a job would hold: truth tables."""

from __future__ import annotations

import pytest

from pacework.service.cases.actions import withdraw_consent
from pacework.service.matching import actions, permissions
from pacework.service.matching.models import ForecastChoice, JobCheck, PassportLine
from tests.service.build import close, give_consent, make_cover, make_user
from tests.service.diary.build import ROLES, allowed, cast, share, supported
from tests.service.matching.build import forecasting, look

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("on", [False, True])
@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("role", ROLES)
def test_the_client_who_turned_it_on_and_the_worker_they_show_the_diary_to(
    role: str, shared: bool, on: bool
) -> None:
    episode = forecasting(days=0, shared=shared)
    client = episode.client
    give_consent(client)
    # Even a diary shown to the health team opens no forecast to them.
    share(client, to="all")
    look(client)
    actions.add_line(client, by=client.user, words="A stool")
    if not on:
        ForecastChoice.objects.all().delete()
    user = cast(role, episode)
    may = on and (role == "client" or (role == "esw" and shared))
    assert permissions.may_forecast(user, client) is may
    assert allowed(permissions.check_look, user, client) is may
    # The rows themselves stay the client's when it is off; for the worker they are gone.
    sees = role == "client" or may
    assert {model.objects.visible_to(user).exists() for model in (JobCheck, PassportLine)} == {sees}


@pytest.mark.parametrize("role", ROLES)
def test_only_the_client_chooses_and_writes_in_the_passport(role: str) -> None:
    episode = supported()
    user = cast(role, episode)
    for check in (permissions.check_choose, permissions.check_passport, permissions.check_turn_off):
        assert allowed(check, user, episode.client) is (role == "client")


@pytest.mark.parametrize("role", ROLES)
def test_only_the_worker_puts_forward_for_the_register(role: str) -> None:
    episode = forecasting(days=0)
    assert allowed(permissions.check_propose, cast(role, episode), episode.client) is (role == "esw")


def test_who_covers_for_the_worker_looks_too_and_a_stranger_does_not() -> None:
    episode = forecasting(days=0)
    esw = episode.assignments.get().esw
    other = make_user("esw", episode.team)
    assert not permissions.may_forecast(other, episode.client)
    make_cover(absent=esw, covering=other)
    assert permissions.may_forecast(other, episode.client)


def test_taking_back_the_diary_ends_it_for_the_worker_at_once() -> None:
    episode = forecasting(days=0)
    look(episode.client)
    esw = episode.assignments.get().esw
    assert JobCheck.objects.visible_to(esw).exists()
    yes = episode.client.consents.get(layer="diary_sharing", withdrawn_on=None)
    withdraw_consent(yes, by=episode.client.user)
    assert not permissions.may_forecast(esw, episode.client)
    assert not JobCheck.objects.visible_to(esw).exists()


def test_on_a_closed_record_it_can_still_be_turned_off_and_nothing_else() -> None:
    episode = forecasting(days=0)
    look(episode.client)
    close(episode)
    client = type(episode.client).objects.get(pk=episode.client_id)
    for check in (permissions.check_choose, permissions.check_look, permissions.check_passport):
        assert not allowed(check, client.user, client)
    assert actions.turn_off(client, by=client.user) == 1
    assert not JobCheck.objects.filter(client=client).exists()
