"""What the front pages read about plans: to each their own, in order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pacework.service.core import clock
from pacework.service.plan import actions, due
from tests.service.build import close, give_consent, make_user
from tests.service.plan.build import carried_episode, day, esw_of, make_action, make_goal

pytestmark = pytest.mark.django_db


def test_each_owner_sees_what_they_do_themselves() -> None:
    episode = carried_episode()
    give_consent(episode.client)
    hcp, other = make_user("hcp", episode.team), make_user("hcp", episode.team)
    own = make_action(episode, 0)
    esws = make_action(episode, 0, owner="esw")
    named = make_action(episode, 0, owner="hcp", hcp=hcp)
    anybody = make_action(episode, 0, owner="hcp")
    assert due.next_step(episode.client.user) == own
    assert list(due.actions_of_worker([episode.pk])) == [esws]
    assert list(due.actions_of_hcp(hcp)) == [named, anybody]
    assert list(due.actions_of_hcp(other)) == [anybody]
    assert not due.actions_of_worker([]).exists()


def test_late_actions_come_first_and_ended_or_closed_ones_not_at_all() -> None:
    episode = carried_episode()
    esw = esw_of(episode)
    today = make_action(episode, 0, owner="esw")
    late = make_action(episode, -4, owner="esw")
    soon = make_action(episode, 2, owner="esw")
    actions.end_action(make_action(episode, 0, owner="esw"), by=esw, done=True)
    assert list(due.actions_of_worker([episode.pk])) == [late, today]
    assert list(due.actions_of_worker([episode.pk], day(2))) == [late, today, soon]
    close(episode)
    assert not due.actions_of_worker([episode.pk]).exists()
    assert due.next_step(episode.client.user) is None


def test_the_next_step_is_the_clients_nearest() -> None:
    episode = carried_episode()
    make_action(episode, 9)
    near = make_action(episode, 2)
    make_action(episode, 1, owner="esw")
    assert due.next_step(episode.client.user) == near


@pytest.mark.parametrize(("days_ago", "listed"), [(27, False), (28, True), (29, True)])
def test_the_question_is_due_after_four_weeks_of_preparing(days_ago: int, listed: bool) -> None:
    episode = carried_episode()
    make_goal(episode, days_ago, kind="preparing")
    episode.refresh_from_db()
    found = due.questions_due([episode])
    assert [row.pk for row, _ in found] == ([episode.pk] if listed else [])
    state = due.question_due(episode)
    assert state is not None
    assert state.days == 28 - days_ago


def test_an_answer_sets_the_question_four_weeks_on() -> None:
    episode = carried_episode()
    make_goal(episode, 40, kind="preparing")
    episode.refresh_from_db()
    with clock.at(day(-5)):
        actions.answer_placement_question(episode, by=esw_of(episode), words="A stool")
    assert due.questions_due([episode]) == []
    assert [state.due_on for _, state in due.questions_due([episode], within_days=23)] == [
        clock.today() + timedelta(days=23)
    ]


def test_nothing_is_asked_while_nothing_is_prepared() -> None:
    episode = carried_episode()
    assert due.question_due(episode) is None
    assert due.questions_due([episode], within_days=99) == []
