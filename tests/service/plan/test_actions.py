"""Goals, actions and preparing: what is kept, what is undone, and what is refused without a trace."""

from __future__ import annotations

from typing import Any

import pytest

from pacework.service.core import clock
from pacework.service.core.errors import DomainError, StaleSave
from pacework.service.core.models import AuditEvent
from pacework.service.plan import actions
from pacework.service.plan.actions import Came, NewObstacle
from pacework.service.plan.models import Goal, Obstacle, PlannedAction, PreparationSession
from tests.service.build import give_consent, make_team, make_user
from tests.service.plan.build import carried_episode, day, esw_of, make_action, make_goal, make_obstacle

pytestmark = pytest.mark.django_db
ROWS = (Goal, PlannedAction, Obstacle, PreparationSession, AuditEvent)


def refused(act: Any, *args: Any, **kwargs: Any) -> DomainError:
    """The refusal; nothing may be written by what was refused."""
    before = [model.objects.count() for model in ROWS]
    with pytest.raises(DomainError) as caught:
        act(*args, **kwargs)
    assert [model.objects.count() for model in ROWS] == before
    return caught.value


# Goals


def test_preparing_lasts_from_the_oldest_open_goal_of_preparing() -> None:
    episode = carried_episode()
    make_goal(episode, 9)
    assert episode.preparing_since is None
    first = make_goal(episode, 5, kind="preparing")
    second = make_goal(episode, 2, kind="preparing")
    assert episode.preparing_since == day(-5)
    for goal, since in ((first, day(-2)), (second, None)):
        goal.refresh_from_db()
        actions.end_goal(goal, by=esw_of(episode), reached=True)
        episode.refresh_from_db()
        assert episode.preparing_since == since
    actions.reopen_goal(first, by=esw_of(episode))
    episode.refresh_from_db()
    assert episode.preparing_since == day(-5)


def test_a_goal_that_becomes_one_of_work_ends_preparing() -> None:
    goal = make_goal(carried_episode(), kind="preparing")
    actions.reword_goal(goal, by=esw_of(goal.episode), words="A job", kind="work")
    goal.episode.refresh_from_db()
    assert goal.episode.preparing_since is None


@pytest.mark.parametrize(
    ("said", "field"),
    [({"words": " \n"}, "words"), ({"kind": "<b>"}, "kind"), ({"target_on": -1}, "target_on")],
)
def test_a_goal_that_cannot_be_is_refused(said: dict[str, Any], field: str) -> None:
    if "target_on" in said:
        said = {"target_on": day(said["target_on"])}
    assert refused(make_goal, carried_episode(), **said).field == field


def test_a_goal_keeps_its_old_date_when_its_words_change() -> None:
    goal = make_goal(carried_episode(), 9, target_on=day(-2))
    actions.reword_goal(goal, by=esw_of(goal.episode), words="Afternoons", target_on=day(-2), version=1)
    assert (goal.words, goal.target_on, goal.version) == ("Afternoons", day(-2), 2)


def test_a_goal_let_go_keeps_why_and_ends_once() -> None:
    goal = make_goal(carried_episode())
    esw = esw_of(goal.episode)
    assert "open" in refused(actions.reopen_goal, goal, by=esw).sentence
    actions.end_goal(goal, by=esw, reached=False, why="Too far")
    assert (goal.dropped_on, goal.dropped_why, goal.reached_on) == (clock.today(), "Too far", None)
    refused(actions.end_goal, goal, by=esw, reached=True)
    refused(actions.reword_goal, goal, by=esw, words="New")


def test_two_people_at_one_goal_do_not_overwrite_each_other() -> None:
    goal = make_goal(carried_episode())
    same = Goal.objects.get(pk=goal.pk)
    actions.reword_goal(goal, by=goal.episode.client.user, words="Hers", version=1)
    with pytest.raises(StaleSave):
        actions.reword_goal(same, by=esw_of(goal.episode), words="His", version=1)
    same.refresh_from_db()
    assert same.words == "Hers"


# Actions


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"words": ""}, "words"),
        ({"due_on": -1}, "due_on"),
        ({"owner": "dog"}, "owner"),
        ({"owner": "hcp"}, "owner"),
    ],
)
def test_an_action_that_cannot_be_is_refused(said: dict[str, Any], field: str) -> None:
    episode = carried_episode()
    answers: dict[str, Any] = {"words": "Call", "owner": "esw", "due_on": 1} | said
    answers["due_on"] = day(answers["due_on"])
    assert refused(actions.plan_action, episode, by=esw_of(episode), **answers).field == field


def test_an_hcp_gets_a_step_only_while_the_client_shares_with_them() -> None:
    episode = carried_episode()
    hcp = make_user("hcp", episode.team)
    assert refused(make_action, episode, owner="hcp", hcp=hcp).field == "hcp"
    give_consent(episode.client, to=hcp)
    assert make_action(episode, owner="hcp", hcp=hcp).hcp == hcp
    assert refused(make_action, episode, owner="hcp").field == "owner"


@pytest.mark.parametrize(
    ("role", "own_team", "owner"), [("hcp", False, "hcp"), ("esw", True, "hcp"), ("hcp", True, "esw")]
)
def test_only_an_hcp_of_the_team_is_named_and_only_on_their_action(
    role: str, own_team: bool, owner: str
) -> None:
    episode = carried_episode()
    give_consent(episode.client)
    somebody = make_user(role, episode.team if own_team else make_team())
    assert refused(make_action, episode, owner=owner, hcp=somebody).field == "hcp"


def test_an_action_belongs_to_a_goal_of_the_same_client() -> None:
    episode = carried_episode()
    assert make_action(episode, goal=make_goal(episode)).goal is not None
    stranger = make_goal(carried_episode())
    assert refused(make_action, episode, goal=stranger).field == "goal"


@pytest.mark.parametrize(("done", "field"), [(True, "done_on"), (False, "dropped_on")])
def test_an_action_ends_once_and_can_be_opened_again(done: bool, field: str) -> None:
    planned = make_action(carried_episode())
    esw = esw_of(planned.episode)
    refused(actions.reopen_action, planned, by=esw)
    actions.end_action(planned, by=esw, done=done)
    assert getattr(planned, field) == clock.today()
    refused(actions.end_action, planned, by=esw, done=True)
    refused(actions.move_action, planned, by=esw, due_on=day(2))
    actions.reopen_action(planned, by=esw)
    planned.refresh_from_db()
    assert planned.is_open


def test_an_action_moves_to_another_day_but_not_into_the_past() -> None:
    planned = make_action(carried_episode())
    actions.move_action(planned, by=planned.episode.client.user, due_on=day(9))
    assert planned.due_on == day(9)
    assert (
        refused(actions.move_action, planned, by=planned.episode.client.user, due_on=day(-1)).field
        == "due_on"
    )


# Obstacles


def test_several_obstacles_are_named_at_once_each_with_its_step() -> None:
    episode = carried_episode()
    rows = [NewObstacle("financial", "I have debts", "Ask for advice"), NewObstacle("learning", "Rusty")]
    debts, rusty = actions.name_obstacles(episode, by=episode.client.user, rows=rows, step_due_on=day(7))
    assert (debts.step.words, debts.step.owner, debts.step.due_on, debts.step.why) == (
        "Ask for advice",
        "client",
        day(7),
        "I have debts",
    )
    assert rusty.step is None


def test_of_several_obstacles_all_are_kept_or_none() -> None:
    episode = carried_episode()
    rows = [NewObstacle("financial", "I have debts"), NewObstacle("moon", "Gravity")]
    assert refused(actions.name_obstacles, episode, by=esw_of(episode), rows=rows).field == "domain"
    assert "at least one" in refused(actions.name_obstacles, episode, by=esw_of(episode), rows=[]).sentence


def test_an_obstacle_stands_once_on_the_list() -> None:
    obstacle = make_obstacle(carried_episode())
    episode, esw = obstacle.episode, esw_of(obstacle.episode)
    assert "already" in refused(make_obstacle, episode, words="no bus BEFORE nine ").sentence
    refused(actions.reopen_obstacle, obstacle, by=esw)
    actions.clear_obstacle(obstacle, by=esw)
    refused(actions.clear_obstacle, obstacle, by=esw)
    refused(actions.add_step, obstacle, by=esw, words="Ask", owner="client", due_on=day(1))
    actions.reopen_obstacle(obstacle, by=esw)
    assert obstacle.gone_on is None


def test_an_obstacle_has_one_step_at_a_time() -> None:
    obstacle = make_obstacle(carried_episode(), step="Look up the bus", step_due_on=day(2))
    esw, again = esw_of(obstacle.episode), {"words": "Ask a friend", "owner": "client", "due_on": day(3)}
    assert obstacle.step is not None
    assert refused(actions.add_step, obstacle, by=esw, **again).field == "words"
    actions.end_action(obstacle.step, by=esw, done=True)
    actions.add_step(obstacle, by=esw, **again)
    assert obstacle.step.words == "Ask a friend"
    assert obstacle.episode.planned_actions.count() == 2


def test_a_step_needs_a_day() -> None:
    assert refused(make_obstacle, carried_episode(), step="Ask").field == "step_due_on"


# Sessions and the question


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"template": "yoga"}, "template"),
        ({"format": "group", "template": "travel"}, "format"),
        ({"attendance": "late"}, "attendance"),
        ({"minutes": 721}, "minutes"),
        ({"minutes": 0}, "minutes"),
        ({"on": 1}, "on"),
        ({"on": -61}, "on"),
    ],
)
def test_a_session_that_cannot_be_is_refused(said: dict[str, Any], field: str) -> None:
    episode = carried_episode()
    answers = {"template": "pacing", "on": 0, "format": "one_to_one", "attendance": "attended"} | said
    answers["on"] = day(answers["on"])
    assert refused(actions.log_session, episode, by=esw_of(episode), **answers).field == field


def test_a_group_session_is_a_line_in_each_ones_record() -> None:
    first = carried_episode()
    second = carried_episode(esw=esw_of(first))
    rows = [Came(first, "attended", "Will rest at eleven."), Came(second, "pain")]
    actions.log_group_session(rows, by=esw_of(first), template="pacing", on=day(0), minutes=60)
    kept = {
        row.episode_id: (row.format, row.attendance, row.what_changed)
        for row in PreparationSession.objects.all()
    }
    assert kept == {first.pk: ("group", "attended", "Will rest at eleven."), second.pk: ("group", "pain", "")}


def test_a_group_is_two_people_and_all_of_ones_own() -> None:
    first, stranger = carried_episode(), carried_episode()
    esw, said = esw_of(first), {"template": "pacing", "on": day(0)}
    refused(actions.log_group_session, [Came(first, "attended")], by=esw, **said)
    refused(actions.log_group_session, [Came(first, "attended")] * 2, by=esw, **said)
    refused(actions.log_group_session, [Came(first, "attended"), Came(stranger, "attended")], by=esw, **said)


def test_the_answer_about_a_placement_is_kept_with_its_day() -> None:
    episode = carried_episode()
    ask = actions.answer_placement_question
    assert ask(episode, by=episode.client.user, words="A stool").asked_on == clock.today()
    assert ask(episode, by=esw_of(episode), words="Mornings", asked_on=day(-3)).asked_on == day(-3)
    assert refused(ask, episode, by=esw_of(episode), words=" ").field == "words"
    assert refused(ask, episode, by=esw_of(episode), words="Soon", asked_on=day(1)).field == "asked_on"


def test_markup_in_words_is_kept_as_it_was_typed() -> None:
    words = "<script>alert(1)</script> '; DROP TABLE plan_goal; --"
    goal = make_goal(carried_episode(), words=words)
    goal.refresh_from_db()
    assert goal.words == words
