"""Every number shows its working: what was counted, of how many, how many are not known, by which rule."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from pacework.service.core import clock
from pacework.service.desk import service_wide
from tests.service.build import make_episode, make_team, make_user
from tests.service.recruitment.build import make_referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client_for):
    team = make_team()
    make_episode(esw=make_user("esw", team))
    make_referral("waiting_reply", team=team)
    make_referral("to_consent", team=team)
    return client_for(make_user("manager"))


def cards(page: str) -> list[str]:
    return re.findall(r'<div class="pw-stat">.*?</div>', page, re.DOTALL)


def test_every_rate_of_the_outcomes_page_names_its_rule_and_its_parts(manager):
    found = cards(manager.get(reverse("outcomes")).content.decode())
    assert len(found) == 6
    for card in found:
        assert "Rule " in card
        if "%" in card:
            assert re.search(r"\d+ of \d+", card)


def test_a_rate_of_nobody_is_said_and_not_zero(manager):
    assert "none yet" in manager.get(reverse("outcomes")).content.decode()


def test_people_still_searching_are_counted_and_not_dropped(manager):
    rows = [
        service_wide.rules.TimeToEvent(1, clock.today(), clock.today(), 90, True),
        service_wide.rules.TimeToEvent(2, clock.today(), clock.today(), 200, False),
        service_wide.rules.TimeToEvent(3, clock.today(), clock.today(), 300, False),
    ]
    words = service_wide._time_words(rows)["words"]
    assert "3 people out of work at entry" in words
    assert "2 still searching" in words


def test_the_funnel_shows_every_step_of_how_many_and_who_waits(manager):
    page = manager.get(reverse("funnel")).content.decode()
    assert re.search(r"1 of 2", page)
    assert "waiting" in page
    assert re.search(r"\d+\.\d–\d+\.\d%", page), "the interval of each yield"


def test_a_lead_opens_the_rows_behind_a_figure_and_a_manager_does_not(client_for):
    team = make_team()
    make_referral("waiting_reply", team=team)
    behind = reverse("referrals") + "?state=all"
    assert behind in client_for(make_user("team_lead", team)).get(reverse("funnel")).content.decode()
    assert behind not in client_for(make_user("manager")).get(reverse("funnel")).content.decode()
