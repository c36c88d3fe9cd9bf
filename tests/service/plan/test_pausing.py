"""A pause: nothing the client set out to do is late meanwhile."""

from __future__ import annotations

import pytest
from django.urls import reverse

from pacework.service.core import clock
from pacework.service.core.errors import DomainError, NotAllowed
from pacework.service.core.models import AuditEvent
from pacework.service.plan import actions, due
from pacework.service.plan.models import TaskPause
from tests.service.build import close, make_user
from tests.service.plan.build import carried_episode, day, esw_of, make_action

pytestmark = pytest.mark.django_db


def test_tasks_are_paused_once_and_taken_up_again() -> None:
    episode = carried_episode()
    user = episode.client.user
    pause = actions.pause_tasks(episode, by=user)
    assert actions.pause_tasks(episode, by=user) == pause
    assert due.is_paused(episode)
    actions.resume_tasks(pause, by=user)
    with clock.at(day(9)):
        actions.resume_tasks(pause, by=user)
    assert pause.until == day(0)
    assert not due.is_paused(episode)
    assert not due.is_paused(None)


def test_a_pause_lies_within_the_stretch_of_support_and_ends_no_earlier_than_it_began() -> None:
    episode = carried_episode(days_ago=10)
    pause = actions.pause_tasks(episode, by=episode.client.user, since=day(-30))
    assert pause.since == episode.referred_on
    with clock.at(day(-11)):
        actions.resume_tasks(pause, by=episode.client.user)
    assert pause.until == pause.since


def test_dates_that_came_while_paused_move_on_by_its_days_and_no_others_do() -> None:
    episode = carried_episode()
    user = episode.client.user
    rows = {due: make_action(episode, due) for due in (-5, -4, -2, 0, 1)}
    theirs = make_action(episode, -2, owner="esw")
    done = actions.end_action(make_action(episode, -2), by=user, done=True)
    pause = actions.pause_tasks(episode, by=user, since=day(-4))
    actions.resume_tasks(pause, by=user)
    for row in (*rows.values(), theirs, done):
        row.refresh_from_db()
    moved = {before: (row.due_on - clock.today()).days for before, row in rows.items()}
    # Four days ago until today are five days.
    assert moved == {-5: -5, -4: 1, -2: 3, 0: 5, 1: 1}
    assert theirs.due_on == done.due_on == day(-2)
    assert AuditEvent.objects.filter(verb="action.moved", actor=user).count() == 3
    actions.resume_tasks(pause, by=user)
    assert AuditEvent.objects.filter(verb="action.moved").count() == 3, "a second time moves nothing more"


def test_only_who_may_plan_pauses_and_not_in_a_closed_record() -> None:
    episode = carried_episode()
    with pytest.raises(NotAllowed):
        actions.pause_tasks(episode, by=make_user("hcp", episode.team))
    close(episode)
    episode.client.forget_episode()
    with pytest.raises((NotAllowed, DomainError)):
        actions.pause_tasks(episode, by=episode.client.user)
    assert not TaskPause.objects.exists()


def test_a_client_takes_their_tasks_up_when_support_has_ended_and_nobody_else_does() -> None:
    episode, other = carried_episode(), carried_episode()
    esw, user = esw_of(episode), episode.client.user
    pause = actions.pause_tasks(episode, by=user)
    close(episode)
    for somebody in (esw, other.client.user):
        pause.episode.client.forget_episode()
        with pytest.raises(NotAllowed):
            actions.resume_tasks(pause, by=somebody)
    assert actions.resume_tasks(pause, by=user).until == day(0)


def test_while_paused_the_clients_actions_are_never_late_and_the_workers_are_as_ever(client_for) -> None:  # type: ignore[no-untyped-def]
    episode = carried_episode()
    make_action(episode, -4, words="Ask about the bus")
    make_action(episode, -4, owner="esw", words="Ring the library")
    own, staff = client_for(episode.client.user), client_for(esw_of(episode))
    pages = [
        (own, reverse("my-plan")),
        (own, reverse("today")),
        (staff, reverse("plan", args=[episode.client_id])),
        (staff, reverse("person", args=[episode.client_id])),
    ]
    for browser, page in pages:
        assert "aused" not in browser.get(page).text
    actions.pause_tasks(episode, by=episode.client.user)
    for browser, page in pages:
        text = browser.get(page).text
        assert "aused" in text
        assert "overdue" not in text
    plan = staff.get(pages[2][1]).text
    assert plan.count("Was for") == 1, "the worker's own action stays as it was"
