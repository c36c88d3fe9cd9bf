"""Who opened a record, and everything recorded, as the client reads them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pacework.service.cases import presenters
from pacework.service.cases.looks import looks_at
from pacework.service.cases.presenters.sharing import page_words
from pacework.service.core import clock
from pacework.service.core.access import table
from pacework.service.core.models import ReadEvent
from tests.service import build

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def client():
    return build.make_episode(esw=build.make_user("esw", build.make_team())).client


def look(client, person, *, days_ago=0, times=1, page="person"):
    for minute in range(times):
        at = NOON - timedelta(days=days_ago, minutes=minute)
        ReadEvent.objects.create(
            at=at, actor=person, client_id=client.pk, page=page, method="GET", outcome="read"
        )


def rows_of(client):
    with clock.at(NOON):
        return presenters.look_rows(looks_at(client))


def test_many_pages_on_one_day_are_one_day(client):
    worker = build.make_user("esw")
    look(client, worker, times=45)
    look(client, worker, page="contacts")
    who = {"text": str(worker), "sub": "Employment support worker"}
    assert rows_of(client) == [[who, "Tue 10 March 2026", "Contacts, Overview"]]


def test_days_are_counted_and_named_and_the_last_to_look_comes_first(client):
    often, once = build.make_user("team_lead"), build.make_user("esw")
    for days_ago in range(1, 10):
        look(client, often, days_ago=days_ago, times=2)
    look(client, once)
    first, second = rows_of(client)
    assert first[0]["text"] == str(once)
    assert second[1] == {
        "text": "On 9 days, last Mon 9 March 2026",
        "sub": "Before that: 8 Mar, 7 Mar, 6 Mar, 5 Mar, 4 Mar, 3 Mar and on 2 days before",
    }


def test_a_look_by_nobody_known_and_a_refused_look(client):
    look(client, None)
    ReadEvent.objects.create(
        at=NOON,
        actor=build.make_user("hcp"),
        client_id=client.pk,
        page="person",
        method="GET",
        outcome="refused",
    )
    assert rows_of(client) == [["Someone", "Tue 10 March 2026", "Overview"]]


def test_looks_take_two_queries_however_many_there_are(client):
    for number in range(4):
        look(client, build.make_user("esw"), days_ago=number, times=100)
    with CaptureQueriesContext(connection) as queries:
        assert len(looks_at(client)) == 4
    assert len(queries) == 2


def test_the_client_finds_the_file_first_and_each_kind_of_row_folded(client, client_for):
    browser = client_for(build.give_account(client))
    text = browser.get(reverse("my-download")).text
    assert text.index("Download the file") < text.index("<details", text.index("<main"))
    assert "Your workers" in text
    assert "Assignments" not in text


def test_what_is_empty_is_left_out_of_what_is_read(client):
    (section,) = presenters.download_sections(
        {"job spells": [{"title": "Baker", "end words": "", "open": False}]}
    )
    assert section == {"heading": "Jobs", "entries": [[("Title", "Baker"), ("Open", "No")]]}


def test_the_client_reads_which_part_of_the_record_every_page_shows():
    """A page without words of its own counts as Support: only pages about the support itself may."""
    staff = (
        row for row in table() if row.access and "client_id" in row.pattern and row.access.get - {"client"}
    )
    unsaid = {row.name for row in staff if page_words(row.name) == "Support"}
    about = ("allocate", "close", "erase", "handover", "merge-undo", "offer-answer", "referral", "reopen")
    assert unsaid
    assert {name for name in unsaid if not name.startswith(about)} == set()
