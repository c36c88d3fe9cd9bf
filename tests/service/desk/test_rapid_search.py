"""Rapid search: who was met in time, who waits, and what the page shows to whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pacework.service.cases.models import Episode
from pacework.service.core import clock
from pacework.service.desk import rapid_search
from pacework.service.employers.models import EmployerContact
from tests.service.build import close, make_episode, make_user
from tests.service.employers.build import agree, log, log_about, make_carried_client, make_employer

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 11)


@pytest.fixture(autouse=True)
def _today():
    with clock.at(TODAY):
        yield


def someone(*, profile_days_ago, met_after=(), mode="face_to_face"):
    """A client whose profile started so many days ago, and contacts so many days after."""
    began = None if profile_days_ago is None else TODAY - timedelta(days=profile_days_ago)
    with clock.at(TODAY - timedelta(days=300)):
        client, esw = make_carried_client()
        agree(client, esw)
        employer = make_employer(by=esw)
    Episode.objects.filter(client=client).update(profile_started_on=began)
    for days in met_after:
        log_about(client, employer, esw, on=began + timedelta(days=days), mode=mode)
    return client


@pytest.mark.parametrize(
    ("days_ago", "met_after", "mode", "state"),
    [
        (100, [30], "face_to_face", "in_time"),
        (100, [31], "face_to_face", "late"),
        (100, [40, 12], "face_to_face", "in_time"),
        (100, [-2], "face_to_face", "overdue"),
        (100, [12], "phone", "overdue"),
        (100, [], "", "overdue"),
        (30, [], "", "not_due"),
        (31, [], "", "overdue"),
        (None, [], "", "no_profile"),
        (0, [0], "face_to_face", "in_time"),
    ],
)
def test_each_wait_is_what_the_rule_says(days_ago, met_after, mode, state):
    someone(profile_days_ago=days_ago, met_after=met_after, mode=mode)
    (row,) = rapid_search.rows_of(Episode.objects.all(), TODAY)
    assert row.state == state


def test_a_contact_of_somebody_else_or_of_nobody_does_not_count():
    someone(profile_days_ago=100, met_after=[5])
    waiting = someone(profile_days_ago=100)
    log(make_employer(), make_user("esw"), on=TODAY - timedelta(days=90))
    rows = {row.episode: row for row in rapid_search.rows_of(Episode.objects.all(), TODAY)}
    assert rows[waiting.episode.pk].state == "overdue"
    assert rows[waiting.episode.pk].wait.words == "waiting 100 days"
    assert EmployerContact.objects.count() == 2


def test_a_wait_ends_with_the_support_and_older_profiles_are_left_out():
    client = someone(profile_days_ago=50)
    with clock.at(TODAY - timedelta(days=40)):
        close(client.episode)
    someone(profile_days_ago=366)
    (row,) = rapid_search.rows_of(Episode.objects.all(), TODAY)
    assert (row.wait.days, row.wait.waiting, row.state) == (10, True, "not_due")


def test_the_share_counts_those_met_or_past_the_limit_and_names_the_unknown():
    for days_ago, met_after in ((100, [3]), (100, [60]), (100, []), (10, []), (None, [])):
        someone(profile_days_ago=days_ago, met_after=met_after)
    found = rapid_search.in_time(rapid_search.rows_of(Episode.objects.all(), TODAY))
    assert (found.numerator, found.denominator, found.missing) == (1, 3, 1)


def test_the_manager_reads_counts_by_team_and_no_names(client_for):
    client = someone(profile_days_ago=100, met_after=[3])
    text = client_for(make_user("manager")).get(reverse("rapid-search")).text
    assert "1 of 1" in text
    assert "3 days" in text
    assert client.team.name in text
    assert client.last_name not in text
    assert "Team leads see the people" in text


def test_a_lead_reads_the_people_of_their_teams_who_wait_longest_first(client_for):
    longest, met = someone(profile_days_ago=200), someone(profile_days_ago=100, met_after=[3])
    with clock.at(TODAY - timedelta(days=20)):
        late = make_episode(team=longest.team).client
    Episode.objects.filter(client=late).update(profile_started_on=TODAY - timedelta(days=20))
    browser = client_for(make_user("team_lead", longest.team))
    text = browser.get(reverse("rapid-search")).text
    assert text.index(longest.last_name) < text.index(late.last_name)
    assert met.last_name not in text
    assert "waiting 200 days" in text
    only = browser.get(reverse("rapid-search"), {"show": "not_due"}).text
    assert late.last_name in only
    assert longest.last_name not in only


def test_nobody_yet_is_said_and_is_not_nought(client_for):
    text = client_for(make_user("manager")).get(reverse("rapid-search")).text
    assert text.count("none yet") == 2
    assert "Fewer than half" not in text
    assert "0%" not in text


def test_many_people_take_no_more_queries(client_for):
    for number in range(6):
        someone(profile_days_ago=100 + number, met_after=[3])
    browser = client_for(make_user("manager"))
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(reverse("rapid-search")).status_code == 200
    assert len(queries) <= 8
