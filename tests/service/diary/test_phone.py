"""What a phone asks and sends, and what it is told: JSON with sentences, whoever is there."""

from __future__ import annotations

import json
import re
from uuid import uuid4

import pytest
from django.urls import reverse

from pacework.service.core import clock
from pacework.service.core.models import AuditEvent, ReadEvent
from pacework.service.diary import actions, offline
from pacework.service.diary.models import DiaryEntry
from pacework.service.diary.views import phone
from tests.service import build
from tests.service.diary.build import supported

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


def tap(**more):
    return {"key": str(uuid4()), "on": None, "made_at": clock.now().isoformat(), "pain": 4} | more


def body(user, *entries, **more):
    payload = {"tag": actions.owner_tag(user), "sent_at": clock.now().isoformat(), "entries": list(entries)}
    return payload | more


def send(browser, payload, **more):
    content = payload if isinstance(payload, (str, bytes)) else json.dumps(payload)
    return browser.post(reverse("my-diary-sync"), content, content_type="application/json", **(JSON | more))


def test_the_phone_hears_who_is_there_and_what_sending_needs(browser, person):
    answer = browser.get(reverse("my-diary-sync"), **JSON)
    said = answer.json()
    assert said["tag"] == actions.owner_tag(person.user)
    assert said["open"] is True
    assert said["csrf"]
    assert "no-store" in answer["Cache-Control"]


def test_the_tag_of_one_person_stays_the_same_and_is_theirs_alone(person):
    assert actions.owner_tag(person.user) == actions.owner_tag(person.user)
    assert actions.owner_tag(person.user) != actions.owner_tag(supported().client.user)


def test_what_is_sent_is_saved_with_its_trace(browser, person):
    answer = send(browser, body(person.user, tap(pain=6)))
    assert answer.status_code == 200
    assert [row["status"] for row in answer.json()["results"]] == ["saved"]
    assert DiaryEntry.objects.get(client=person).pain == 6
    assert AuditEvent.objects.filter(verb="diary.day_rated").count() == 1


def test_without_a_csrf_token_nothing_is_taken(person, client_for):
    strict = client_for(person.user, enforce_csrf_checks=True)
    assert send(strict, body(person.user, tap())).status_code == 403
    token = strict.get(reverse("my-diary-sync"), **JSON).json()["csrf"]
    assert send(strict, body(person.user, tap()), HTTP_X_CSRFTOKEN=token).status_code == 200
    assert DiaryEntry.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_is_signed_out_is_told_so_in_json(method, client):
    answer = getattr(client, method)(reverse("my-diary-sync"), **JSON)
    assert answer.status_code == 401
    assert answer.json() == {"sentence": "Sign in first."}
    # A person who follows the address gets the page to sign in.
    assert reverse("account_login") in client.get(reverse("my-diary-sync"))["Location"]


def test_entries_of_another_account_are_refused_whole(browser, person):
    other = supported().client
    answer = send(browser, body(other.user, tap()))
    assert answer.status_code == 422
    assert "somebody else was signed in" in answer.json()["sentence"]
    assert not DiaryEntry.objects.exists()


@pytest.mark.parametrize("tag", ["", "x", None, 7, [], "\ud800"])
def test_a_tag_of_nobody_is_refused(browser, person, tag):
    assert send(browser, body(person.user, tap(), tag=tag)).status_code == 422
    assert not DiaryEntry.objects.exists()


def test_what_waits_is_taken_after_the_secret_key_has_changed(person, client_for, settings):
    waiting = body(person.user, tap(pain=6))
    settings.SECRET_KEY = "another key, long enough to be one, of the service that was set up anew"
    assert send(client_for(person.user), waiting).status_code == 200
    assert DiaryEntry.objects.get(client=person).pain == 6


def test_after_support_has_ended_nothing_is_taken_and_the_phone_is_told(browser, person):
    episode = person.episode
    build.close(episode)
    assert browser.get(reverse("my-diary-sync"), **JSON).json()["open"] is False
    answer = send(browser, body(person.user, tap()))
    assert answer.status_code == 403
    assert answer.json()["sentence"]
    assert not DiaryEntry.objects.exists()


def test_staff_find_no_such_address(client_for, person):
    for role in ("esw", "team_lead", "manager"):
        answer = send(client_for(build.make_user(role, person.team)), body(person.user, tap()))
        assert answer.status_code == 404
    assert ReadEvent.objects.filter(page="my-diary-sync", outcome="refused").count() == 3


DIRT = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"text"',
    b"7",
    b"\xff\xfe",
    b'{"entries": {}}',
    b"[" * 100_000,
    b'{"tag": ' + b"9" * 5_000 + b"}",
    b'{"entries": [NaN]}',
]


@pytest.mark.parametrize("dirt", DIRT, ids=[repr(one[:20]) for one in DIRT])
def test_what_cannot_be_read_is_said_so(browser, dirt):
    answer = send(browser, dirt)
    assert answer.status_code == 422
    assert answer.json()["sentence"].endswith(".")


def test_only_json_is_read(browser, person):
    answer = browser.post(reverse("my-diary-sync"), {"entries": "[]"}, **JSON)
    assert answer.status_code == 422
    assert answer.json()["sentence"] == phone.UNREADABLE


def test_too_much_at_once_is_refused_unread(browser, person):
    answer = send(browser, body(person.user, tap(note="x" * phone.MOST_BYTES)))
    assert answer.status_code == 413
    assert "smaller parts" in answer.json()["sentence"]


ENTRIES = [
    None,
    7,
    [],
    {},
    {"key": "x"},
    {"key": "<script>alert(1)</script>"},
    tap(pain=11),
    tap(pain=-1),
    tap(pain=None),
    tap(pain="4"),
    tap(pain=True),
    tap(pain=float("nan")),
    tap(pain=float("inf")),
    tap(pain=10**400),
    tap(pain=4.5),
    tap(fatigue=99),
    tap(hours=25),
    tap(hours=float("nan")),
    tap(hours=-0.5),
    tap(hours="3"),
    tap(hours=1.3),
    tap(on="2999-01-01"),
    tap(on="2026-02-31"),
    tap(on="0001-01-01"),
    tap(on=7),
    tap(on=[]),
    tap(note=7),
    tap(note="a\x00b"),
    tap(note="\ud800"),
    tap(note="x" * 1001),
    tap(made_at=None),
    tap(made_at="yesterday"),
    tap(made_at="9999-12-31T23:59:59+14:00"),
    tap(made_at="0001-01-01T00:00:00-14:00"),
    tap(made_at="x" * 5_000),
]


@pytest.mark.parametrize("sent_at", [None, "", "soon", 7, "0001-01-01T00:00"])
def test_dirt_in_one_entry_is_refused_with_a_sentence_and_the_others_are_kept(browser, person, sent_at):
    answer = send(browser, body(person.user, *ENTRIES, tap(pain=3, on="2026-01-05"), sent_at=sent_at))
    assert answer.status_code == 200
    results = answer.json()["results"]
    assert len(results) == len(ENTRIES) + 1
    for entry, row in zip(ENTRIES, results, strict=False):
        # A moment at the end of time may still be read as one of today, or of long ago.
        if not (isinstance(entry, dict) and str(entry.get("made_at", ""))[:4] in ("9999", "0001")):
            assert row["status"] == "refused", (entry, row)
            assert row["sentence"].endswith("."), (entry, row)
    assert DiaryEntry.objects.get(on="2026-01-05").pain == 3


def test_a_phone_at_the_end_of_time_is_told_and_keeps_its_entries(browser, person):
    answer = send(browser, body(person.user, tap(), sent_at="9999-12-31T23:59:59Z"))
    assert [row["status"] for row in answer.json()["results"]] == ["refused"]
    assert not DiaryEntry.objects.exists()


def test_the_worker_comes_from_the_root_and_is_never_kept_by_the_browser(client):
    answer = client.get("/diary-worker.js")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Service-Worker-Allowed"] == "/"
    assert "worker-src 'self'" in answer["Content-Security-Policy"]


def test_the_worker_knows_the_names_that_files_have_today(client, monkeypatch):
    monkeypatch.setattr(offline, "static", lambda name: f"/static/{name}?hash")
    text = client.get("/diary-worker.js").content.decode()
    assert all(f"/static/{name}?hash" in text for name in (*offline.FILES, "diary/worker.js"))


def test_the_phone_keeps_every_file_that_its_page_places(client):
    page = client.get(reverse("diary-offline")).content.decode()
    placed = set(re.findall(r'(?:src|href|data-nhsuk)="(/static/[^"]+)"', page))
    assert placed == set(offline.files())


def test_a_change_of_the_page_is_a_new_version(monkeypatch):
    offline.version.cache_clear()
    first = offline.version()
    monkeypatch.setattr(offline, "render_to_string", lambda *_: "another page")
    offline.version.cache_clear()
    try:
        assert offline.version() != first
    finally:
        offline.version.cache_clear()


def test_the_kept_page_is_the_same_for_everybody_who_asks_without_a_session(client):
    nonce = re.compile(r'nonce="[^"]*"')
    first, second = (nonce.sub("", client.get(reverse("diary-offline")).content.decode()) for _ in range(2))
    assert first == second
    assert "csrfmiddlewaretoken" not in first


def test_the_scripts_are_all_of_our_own_and_none_is_inline(browser):
    for name in ("diary-offline", "my-phone", "today"):
        page = browser.get(reverse(name)).content.decode()
        assert "outbox.js" in page
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert not re.search(r"\son\w+=|style=", page)
