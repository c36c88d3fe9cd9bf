"""Opening, closing for a coded reason, opening again; milestones and the stage they make."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

import pytest

from pacework.science.measures.stages import Milestones, stage
from pacework.service.cases import actions, policies
from pacework.service.cases.models import Client, Closing, Episode, Programme, named_esw
from pacework.service.cases.presenters import limit_words
from pacework.service.cases.wording import closing_reasons
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError, NotAllowed, StaleSave
from tests.service import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return build.make_team()


@pytest.fixture
def esw(team):
    return build.make_user("esw", team)


@pytest.fixture
def episode(esw) -> Episode:
    return build.make_episode(esw=esw)


def test_a_person_has_one_open_episode(episode):
    with pytest.raises(DomainError, match="already has an open episode"):
        actions.open_episode(episode.client, by=None, programme=build.make_programme())


@pytest.mark.parametrize(
    "reason", ["missed_contacts", "did_not_attend", "lack_of_progress", "not_ready", "", "x"]
)
def test_an_episode_cannot_be_closed_for_missed_contacts_or_slow_progress(episode, esw, reason):
    with pytest.raises(DomainError, match="Choose a reason"):
        actions.close_episode(episode, by=esw, reason=reason)
    episode.refresh_from_db()
    assert episode.closed_on is None


@pytest.mark.parametrize(
    "note",
    ["Client DID NOT   attend three times", "Disengaged.", "No progress since May", "They didn’t turn up"],
)
@pytest.mark.parametrize("reason", ["other", "chose_to_stop"])
def test_a_note_cannot_bring_missed_contacts_in_by_the_back_door(episode, esw, note, reason):
    with pytest.raises(DomainError, match="not reasons to close"):
        actions.close_episode(episode, by=esw, reason=reason, note=note)
    assert Episode.objects.get().closed_on is None


def test_closing_ends_the_named_workers_time_and_keeps_its_history(episode, esw):
    actions.close_episode(episode, by=esw, reason="moved_away", note="To Leeds. The service there rang back.")
    closing = Closing.objects.get()
    assert (closing.reason, closing.closed_by, closing.closed_on) == ("moved_away", esw, clock.today())
    assert named_esw(episode) is None
    assert episode.assignments.get().end_reason == "episode_closed"
    assert Episode.objects.with_stage().get().stage == "closed"


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("in_work_support_ended", "No job is open"),
        ("other", "Say in the note what"),
        ("agreed_time_ended", "when the review was held"),
    ],
)
def test_some_reasons_need_more(episode, esw, reason, words):
    with pytest.raises(DomainError, match=words):
        actions.close_episode(episode, by=esw, reason=reason)


def test_a_death_stops_all_messages(episode, esw):
    actions.close_episode(episode, by=esw, reason="died")
    assert Client.objects.get().do_not_contact


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("client", False),
        ("esw", True),
        ("other_esw", False),
        ("hcp", False),
        ("team_lead", True),
        ("manager", False),
        ("researcher", False),
        ("administrator", False),
    ],
)
def test_who_may_close(episode, esw, team, role, may):
    build.give_consent(episode.client)
    people = {
        "esw": esw,
        "client": build.give_account(episode.client),
        "other_esw": build.make_user("esw", team),
    }
    user = people.get(role) or build.make_user(role, team)
    if may:
        actions.close_episode(episode, by=user, reason="chose_to_stop")
    else:
        with pytest.raises(NotAllowed):
            actions.close_episode(episode, by=user, reason="chose_to_stop")
    assert (Episode.objects.get().closed_on is not None) is may


def test_reopening_is_one_step_and_keeps_milestones_and_worker(esw):
    with clock.at(clock.today() - timedelta(days=30)):
        episode = build.make_episode(esw=esw)
        accepted = episode.accepted_on
        actions.close_episode(episode, by=esw, reason="health_first", note="Surgery in May.")
    actions.reopen_episode(episode, by=esw, note="Back on their feet.")
    again = Episode.objects.with_stage().get()
    assert (again.closed_on, again.close_reason, again.close_note) == (None, "", "")
    assert (again.accepted_on, again.stage) == (accepted, "accepted")
    assert named_esw(again) == esw
    closing = Closing.objects.get()
    assert (closing.reason, closing.reopened_on, closing.reopen_note) == (
        "health_first",
        clock.today(),
        "Back on their feet.",
    )


def test_a_reopened_client_waits_when_their_worker_has_left(episode, esw, team):
    build.close(episode)
    esw.is_active = False
    esw.save()
    actions.reopen_episode(episode, by=build.lead_of(team))
    assert named_esw(episode) is None
    waiting = Episode.objects.waiting().with_waiting_since().get()
    assert waiting.waiting_since == clock.today()


def test_an_open_episode_and_a_person_with_another_one_are_not_reopened(episode, team):
    lead = build.lead_of(team)
    with pytest.raises(DomainError, match="is open"):
        actions.reopen_episode(episode, by=lead)
    build.close(episode)
    actions.open_episode(episode.client, by=None, programme=build.make_programme())
    with pytest.raises(DomainError, match="already has an open episode"):
        actions.reopen_episode(episode, by=lead)


def test_milestones_are_written_only_inside_an_action(episode, esw):
    from pacework.service.core.errors import MissingTrace

    with pytest.raises(MissingTrace):
        actions.record_milestone(episode, "profile_started_on", clock.today(), by=esw)
    with pytest.raises(ValueError, match="not a milestone"):
        actions.record_milestone(episode, "referred_on", clock.today(), by=esw)


def test_a_first_milestone_keeps_the_earliest_day(episode, esw):
    today = clock.today()

    @action
    def record(on):
        trace("test", episode, by=esw)
        actions.record_first(episode, "first_contact_on", on, by=esw)

    for days, kept in ((5, 5), (3, 5), (9, 9)):
        record(today - timedelta(days=days))
        assert Episode.objects.get().first_contact_on == today - timedelta(days=kept)


DATES = [field.name for field in fields(Milestones)]


def test_the_stage_in_sql_is_the_stage_of_the_rule(episode):
    """Every combination of the dates that decide it."""
    today = clock.today()
    for pattern in range(2 ** len(DATES)):
        values = {name: today if pattern >> place & 1 else None for place, name in enumerate(DATES)}
        reason = "other" if values["closed_on"] else ""
        Episode.objects.update(close_reason=reason, **values)
        assert Episode.objects.with_stage().get().stage == stage(Milestones(**values), today), values


@pytest.mark.parametrize(
    ("days", "words"), [(0, "70 days left"), (70, "0 days left"), (71, "ended 1 day ago: hold a review")]
)
def test_a_time_limit_shows_days_left_and_closes_nothing(esw, days, words):
    programme = build.make_programme("Short", search_limit_weeks=10)
    with clock.at(clock.today() - timedelta(days=days)):
        episode = build.make_episode(esw=esw, programme=programme)
    assert words in limit_words(episode)
    assert Episode.objects.get().closed_on is None


def test_a_closed_episode_is_worked_on_only_after_it_is_opened_again(episode, esw):
    policies.check_open(episode)
    with pytest.raises(DomainError, match="is open"):
        policies.check_reopenable(episode)
    closed = actions.close_episode(episode, by=esw, reason="moved_away")
    with pytest.raises(DomainError, match="Reopen it first"):
        policies.check_open(closed)
    policies.check_reopenable(closed)


def test_an_episode_of_a_record_joined_with_another_is_not_opened_again(episode, esw):
    closed = actions.close_episode(episode, by=esw, reason="moved_away")
    Client.objects.filter(pk=closed.client_id).update(merged_into=build.make_client())
    closed.client.refresh_from_db()
    with pytest.raises(DomainError, match="joined with another"):
        policies.check_reopenable(closed)


def test_a_programme_is_changed_by_an_administrator_and_never_silently_overwritten():
    admin = build.make_user("administrator")
    programme = build.make_programme()
    with pytest.raises(NotAllowed):
        actions.save_programme(programme, by=build.make_user("manager"))
    programme.search_limit_weeks = 26
    actions.save_programme(programme, by=admin, expected=1)
    with pytest.raises(StaleSave):
        actions.save_programme(programme, by=admin, expected=1)
    other = actions.save_programme(Programme(name="Trial", preset="instep", is_default=True), by=admin)
    assert list(Programme.objects.filter(is_default=True)) == [other]
    with pytest.raises(DomainError, match="a programme with this name"):
        actions.save_programme(Programme(name="TRIAL"), by=admin)
    other.is_default = False
    with pytest.raises(DomainError, match="usual one"):
        actions.save_programme(other, by=admin)


def test_closing_words_say_how_to_come_back():
    assert all(reason.reopen for reason in closing_reasons().values())
