"""What the front pages read about contacts: only the reader's own, in order, and counted by the rules."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from pacework.service.cases.actions import hand_over, set_do_not_contact
from pacework.service.cases.models import Episode
from pacework.service.contacts import actions, due
from pacework.service.contacts.due import carried
from pacework.service.core import clock
from tests.service.build import close, give_consent, lead_of, make_cover, make_user
from tests.service.contacts.build import carried_episode, esw_of, make_appointment, make_contact

pytestmark = pytest.mark.django_db


def test_appointments_come_in_order_with_place_and_phone() -> None:
    episode = carried_episode()
    late = make_appointment(episode, 0, at=time(15))
    early = make_appointment(episode, 0, at=time(9))
    make_appointment(episode, 8)
    make_appointment(carried_episode(), 0)
    moved = make_appointment(episode, 1)
    fresh = actions.move_appointment(moved, by=esw_of(episode), on=clock.today() + timedelta(days=2))
    week = clock.today() + timedelta(days=7)
    assert list(due.appointments_to_hold(carried(esw_of(episode)), week)) == [early, late, fresh]


def test_someone_who_covers_sees_the_appointments_of_the_absent() -> None:
    appointment = make_appointment(carried_episode(), 0)
    covering = make_user("esw", appointment.episode.team)
    today = clock.today()
    assert not due.appointments_to_hold(carried(covering), today).exists()
    make_cover(esw_of(appointment.episode), covering)
    assert list(due.appointments_to_hold(carried(covering), today)) == [appointment]


def test_an_hcp_sees_the_appointments_they_join() -> None:
    episode = carried_episode()
    hcp = make_user("hcp", episode.team)
    joined = make_appointment(episode, 0, with_hcp=hcp)
    make_appointment(episode, 0)
    today = clock.today()
    assert not due.appointments_of_hcp(hcp, today, today).exists()
    give_consent(episode.client)
    assert list(due.appointments_of_hcp(hcp, today, today)) == [joined]


def test_a_past_appointment_waits_for_its_answer() -> None:
    episode = carried_episode()
    past = make_appointment(episode, -2)
    make_appointment(episode, 0)
    yesterday = clock.today() - timedelta(days=1)
    assert list(due.appointments_to_hold(carried(esw_of(episode)), yesterday)) == [past]
    actions.answer_appointment(past, by=esw_of(episode), outcome="no_contact", purpose="outreach")
    assert not due.appointments_to_hold(carried(esw_of(episode)), yesterday).exists()


def test_the_next_appointment_is_the_nearest_to_come() -> None:
    episode = carried_episode()
    assert due.next_appointment(esw_of(episode), episode) is None
    make_appointment(episode, 9)
    near = make_appointment(episode, 2)
    make_appointment(episode, -2)
    assert due.next_appointment(esw_of(episode), episode) == near


def test_requests_for_another_day_reach_the_esw_alone() -> None:
    appointment = make_appointment(carried_episode(), 2)
    request = actions.ask_to_move(appointment, by=appointment.episode.client.user)
    assert list(due.move_requests(carried(esw_of(appointment.episode)))) == [request]
    assert not due.move_requests(carried(make_user("esw", appointment.episode.team))).exists()


def test_promises_are_due_on_their_day_and_gone_once_kept() -> None:
    episode = carried_episode()
    esw, today = esw_of(episode), clock.today()
    now = make_contact(episode, next_step="Call", next_step_on=today)
    later = make_contact(episode, next_step="Write", next_step_on=today + timedelta(days=3))
    make_contact(episode, next_step="Some time")
    assert list(due.promises_due(carried(esw))) == [now]
    assert list(due.promises_due(carried(esw), today + timedelta(days=3))) == [now, later]
    actions.finish_next_step(now, by=esw)
    assert not due.promises_due(carried(esw)).exists()


def test_a_promise_goes_along_with_a_handover() -> None:
    contact = make_contact(carried_episode(), next_step="Call", next_step_on=clock.today())
    second = make_user("esw", contact.episode.team)
    hand_over(contact.episode, by=lead_of(contact.episode.team), to=second, reason="caseload", note="Told.")
    assert list(due.promises_due(carried(second))) == [contact]
    assert not due.promises_due(carried(contact.by)).exists()


def test_episodes_know_their_last_contact_and_next_appointment() -> None:
    episode = carried_episode()
    today = clock.today()
    make_contact(episode, today - timedelta(days=4))
    make_contact(episode, today, attendance="no_contact")
    make_appointment(episode, 5)
    make_appointment(episode, 2, at=time(9))
    row = due.with_contact_days(Episode.objects.visible_to(esw_of(episode))).get()
    assert row.last_contact_on == today - timedelta(days=4)
    assert (row.next_appointment_on, row.next_appointment_at) == (today + timedelta(days=2), time(9))


@pytest.mark.parametrize(("days", "listed"), [(13, False), (14, True), (15, True)])
def test_people_not_contacted_for_two_weeks_are_listed(days: int, listed: bool) -> None:
    episode = carried_episode()
    make_contact(episode, clock.today() - timedelta(days=days))
    found = due.not_contacted_for(Episode.objects.visible_to(lead_of(episode.team)), 14)
    assert found.exists() is listed


@pytest.mark.parametrize(("accepted", "listed"), [(13, False), (14, True)])
def test_someone_never_contacted_counts_from_acceptance(accepted: int, listed: bool) -> None:
    episode = carried_episode(accepted)
    found = due.not_contacted_for(Episode.objects.visible_to(lead_of(episode.team)), 14)
    assert found.exists() is listed


def test_a_contact_that_did_not_take_place_does_not_count_as_contact() -> None:
    episode = carried_episode()
    make_contact(episode, attendance="no_contact")
    assert due.not_contacted_for(Episode.objects.visible_to(lead_of(episode.team)), 14).exists()


def test_nobody_is_chased_who_asked_not_to_be_contacted_or_is_closed() -> None:
    quiet, closed = carried_episode(), carried_episode()
    set_do_not_contact(quiet.client, by=quiet.client.user, value=True)
    close(closed)
    for episode in (quiet, closed):
        assert not due.not_contacted_for(Episode.objects.visible_to(lead_of(episode.team)), 14).exists()


def test_continuity_is_the_share_of_contacts_with_the_named_esw() -> None:
    episode = carried_episode()
    today = clock.today()
    colleague = lead_of(episode.team)
    mine = [make_contact(episode, today - timedelta(days=days)) for days in (9, 6)]
    theirs = make_contact(episode, today - timedelta(days=3), by=colleague)
    make_contact(episode, attendance="no_contact")
    make_contact(episode, mode="letter")
    found = due.continuity(episode)
    assert set(found.numerator_rows) == {row.pk for row in mine}
    assert set(found.denominator_rows) == {row.pk for row in (*mine, theirs)}
