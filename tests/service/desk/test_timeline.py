"""The timeline: everything recorded, newest first, nothing lost between two pages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pacework.service.contacts.actions import log_contact
from pacework.service.core import clock
from pacework.service.desk.timeline import KINDS, SOURCES, timeline
from pacework.service.plan.actions import set_goal
from tests.service.build import make_episode, make_team, make_user

pytestmark = pytest.mark.django_db

START = date(2026, 1, 5)


def _history(days: int = 10, each_day: int = 1):
    team = make_team()
    esw = make_user("esw", team)
    with clock.at(START):
        episode = make_episode(esw=esw)
    for number in range(days):
        day = START + timedelta(days=number)
        with clock.at(day):
            for one in range(each_day):
                log_contact(
                    episode,
                    by=esw,
                    on=day,
                    mode="phone",
                    purpose="planning",
                    attendance="attended",
                    note=f"day {number}, contact {one}",
                )
    return esw, episode


def test_the_newest_entry_comes_first_with_its_words_and_author():
    esw, episode = _history(3)
    found = timeline(episode.client).entries
    assert found[0].text == "day 2, contact 0"
    assert found[0].who == str(esw)
    assert found[0].title == "Goals and next steps, phone"
    assert [entry.when for entry in found] == sorted((entry.when for entry in found), reverse=True)


def test_older_pages_lose_nothing_and_repeat_nothing():
    _, episode = _history(9, each_day=3)
    whole = timeline(episode.client, size=1000).entries
    seen, before = [], None
    while True:
        page = timeline(episode.client, before=before, size=5)
        seen += page.entries
        before = page.older_before
        if before is None:
            break
    assert sorted(map(repr, seen)) == sorted(map(repr, whole))


def test_a_day_is_never_split_over_two_pages():
    _, episode = _history(4, each_day=7)
    page = timeline(episode.client, size=10)
    newest = START + timedelta(days=3)
    assert sum(entry.when == newest for entry in page.entries) == 7
    assert page.entries[-1].when == page.older_before == newest - timedelta(days=1)
    assert sum(entry.when == page.older_before for entry in page.entries) == 7


def test_a_kind_shows_only_its_own_rows():
    esw, episode = _history(2)
    with clock.at(START + timedelta(days=2)):
        set_goal(episode, by=esw, words="Work with my hands again")
    assert {entry.kind for entry in timeline(episode.client).entries} >= {"contacts", "plan", "support"}
    assert [entry.text for entry in timeline(episode.client, kind="plan").entries] == [
        "Work with my hands again"
    ]


def test_every_kind_can_be_asked_for_and_every_source_belongs_to_one():
    _, episode = _history(1)
    for kind in KINDS:
        assert all(entry.kind == kind for entry in timeline(episode.client, kind=kind).entries)
    assert {source.kind for source in SOURCES.values()} == set(KINDS)


def test_an_unknown_kind_shows_everything():
    _, episode = _history(1)
    assert timeline(episode.client, kind="' OR 1=1").entries == timeline(episode.client).entries


def test_another_client_is_never_on_it():
    _, first = _history(2)
    _, second = _history(2)
    with clock.at(START + timedelta(days=3)):
        set_goal(second, by=second.assignments.get().esw, words="Somebody else's words")
    assert "Somebody else's words" not in {entry.text for entry in timeline(first.client).entries}


def test_it_takes_one_query_however_long_the_history():
    _, episode = _history(30)
    client = episode.client
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(timeline(client, size=10).entries) == 10
    assert len(asked) == 1
