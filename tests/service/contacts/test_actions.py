"""What the contact log and the appointments accept, and what they refuse without changing anything."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest

from pacework.service.cases.actions import hand_over, set_do_not_contact
from pacework.service.contacts import actions
from pacework.service.contacts.models import Appointment, Contact, MoveRequest
from pacework.service.core import clock
from pacework.service.core.errors import DomainError, StaleSave
from pacework.service.core.models import AuditEvent
from tests.service.build import close, lead_of, make_team, make_user
from tests.service.contacts.build import carried_episode, esw_of, make_appointment, make_contact

pytestmark = pytest.mark.django_db


def day(days: int) -> Any:
    return clock.today() + timedelta(days=days)


def refused(act: Any, *args: Any, **kwargs: Any) -> DomainError:
    """The refusal; nothing may be written by what was refused."""
    before = (Contact.objects.count(), Appointment.objects.count(), AuditEvent.objects.count())
    with pytest.raises(DomainError) as caught:
        act(*args, **kwargs)
    assert (Contact.objects.count(), Appointment.objects.count(), AuditEvent.objects.count()) == before
    return caught.value


# Logging


def test_the_first_attended_contact_is_the_episodes_first_contact() -> None:
    episode = carried_episode()
    make_contact(episode, day(-5), attendance="no_contact")
    assert episode.first_contact_on is None
    make_contact(episode, day(-3))
    make_contact(episode, day(-4))
    episode.refresh_from_db()
    assert episode.first_contact_on == day(-4)


def test_a_contact_keeps_who_carried_the_client_that_day() -> None:
    episode = carried_episode()
    first = esw_of(episode)
    second = make_user("esw", episode.team)
    hand_over(episode, by=lead_of(episode.team), to=second, reason="caseload", note="All told.")
    before, after = make_contact(episode, day(-10), by=second), make_contact(episode, by=second)
    assert (before.named_esw, after.named_esw) == (first, second)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"on": 1}, "on"),
        ({"on": -61}, "on"),
        ({"mode": "telepathy"}, "mode"),
        ({"purpose": "<script>alert(1)</script>"}, "purpose"),
        ({"attendance": "'; drop table contacts_contact; --"}, "attendance"),
        ({"mode": "face_to_face", "place_type": "moon"}, "place_type"),
        ({"place_type": "cafe"}, "place_type"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 721}, "minutes"),
        ({"next_step": " ", "next_step_on": 2}, "next_step"),
        ({"next_step": "Call", "next_step_on": -1}, "next_step_on"),
    ],
)
def test_a_contact_that_cannot_be_is_refused_beside_its_field(said: dict[str, Any], field: str) -> None:
    episode = carried_episode()
    answers: dict[str, Any] = {
        "mode": "phone",
        "purpose": "planning",
        "attendance": "attended",
        "on": 0,
    } | said
    for name in ("on", "next_step_on"):
        if name in answers:
            answers[name] = day(answers[name])
    assert refused(actions.log_contact, episode, by=esw_of(episode), **answers).field == field


def test_a_contact_on_the_day_of_referral_and_of_720_minutes_is_kept() -> None:
    episode = carried_episode()
    contact = make_contact(
        episode,
        episode.referred_on,
        minutes=720,
        mode="face_to_face",
        place_type="cafe",
        next_step="Call",
        next_step_on=day(0),
    )
    assert (contact.minutes, contact.place_type, contact.named_esw) == (720, "cafe", esw_of(episode))


@pytest.mark.parametrize(
    ("role", "own_team", "fine"), [("hcp", True, True), ("hcp", False, False), ("esw", True, False)]
)
def test_a_joint_contact_is_with_an_hcp_of_the_team(role: str, own_team: bool, fine: bool) -> None:
    episode = carried_episode()
    somebody = make_user(role, episode.team if own_team else make_team())
    if fine:
        assert make_contact(episode, joint_with=somebody).joint_with == somebody
    else:
        assert refused(make_contact, episode, joint_with=somebody).field == "joint_with"


def test_markup_in_a_note_is_kept_as_it_was_typed() -> None:
    words = "<b>bold</b> & '; DROP TABLE contacts_contact; --"
    contact = make_contact(carried_episode(), note=words)
    contact.refresh_from_db()
    assert contact.note == words


def test_words_are_added_and_the_first_ones_stay() -> None:
    contact = make_contact(carried_episode(), note="First words.")
    addition = actions.add_to_contact(contact, by=contact.by, text="She rang back.")
    contact.refresh_from_db()
    assert (contact.note, list(contact.additions.all())) == ("First words.", [addition])


def test_an_empty_addition_is_refused() -> None:
    contact = make_contact(carried_episode())
    assert refused(actions.add_to_contact, contact, by=contact.by, text=" \n").field == "text"


def test_a_promise_is_kept_and_can_be_opened_again() -> None:
    contact = make_contact(carried_episode(), next_step="Send the bus times")
    assert "not done yet" in refused(actions.reopen_next_step, contact, by=contact.by).sentence
    actions.finish_next_step(contact, by=contact.by)
    assert contact.next_step_done_on == clock.today()
    assert "already" in refused(actions.finish_next_step, contact, by=contact.by).sentence
    actions.reopen_next_step(contact, by=contact.by)
    contact.refresh_from_db()
    assert contact.next_step_done_on is None


def test_a_contact_without_a_step_has_none_to_finish() -> None:
    contact = make_contact(carried_episode())
    assert "no next step" in refused(actions.finish_next_step, contact, by=contact.by).sentence


# Appointments


@pytest.mark.parametrize(("said", "field"), [({"on": -1}, "on"), ({"mode": "pigeon"}, "mode")])
def test_an_appointment_that_cannot_be_is_refused(said: dict[str, Any], field: str) -> None:
    episode = carried_episode()
    answers = {"mode": "phone", "on": 2} | said
    answers["on"] = day(answers["on"])
    assert refused(actions.plan_appointment, episode, by=esw_of(episode), **answers).field == field


def test_an_appointment_joined_by_somebody_of_another_team_is_refused() -> None:
    episode = carried_episode()
    hcp = make_user("hcp", make_team())
    assert refused(make_appointment, episode, with_hcp=hcp).field == "with_hcp"


@pytest.mark.parametrize(
    ("mode", "flag"),
    [
        ("phone", "safe_to_phone"),
        ("text", "safe_to_phone"),
        ("email", "safe_to_email"),
        ("letter", "safe_to_write"),
    ],
)
def test_nothing_is_planned_in_a_way_that_is_not_safe(mode: str, flag: str) -> None:
    episode = carried_episode()
    setattr(episode.client, flag, False)
    assert refused(make_appointment, episode, mode=mode).field == "mode"
    assert make_appointment(episode, mode="face_to_face").mode == "face_to_face"


def test_nothing_is_planned_for_someone_who_asked_not_to_be_contacted() -> None:
    episode = carried_episode()
    set_do_not_contact(episode.client, by=episode.client.user, value=True)
    assert "asked not to be contacted" in refused(make_appointment, episode).sentence


def test_an_appointment_of_today_is_answered_and_logged_from_the_same_words() -> None:
    episode = carried_episode()
    appointment = make_appointment(episode, 0)
    contact = actions.answer_appointment(
        appointment,
        by=esw_of(episode),
        outcome="attended",
        purpose="planning",
        place_type="cafe",
        note="Good talk.",
    )
    appointment.refresh_from_db()
    assert (appointment.outcome, contact.appointment, contact.mode) == (
        "attended",
        appointment,
        "face_to_face",
    )
    assert (contact.on, contact.note, contact.attendance) == (clock.today(), "Good talk.", "attended")


def test_an_appointment_is_answered_once() -> None:
    episode = carried_episode()
    appointment = make_appointment(episode, -2)
    actions.answer_appointment(appointment, by=esw_of(episode), outcome="pain", purpose="planning")
    again = refused(
        actions.answer_appointment, appointment, by=esw_of(episode), outcome="attended", purpose="planning"
    )
    assert "not possible because of pain" in again.sentence


@pytest.mark.parametrize(("outcome", "fine"), [("attended", False), ("no_contact", False), ("pain", True)])
def test_before_its_day_nobody_has_attended_or_been_missed(outcome: str, fine: bool) -> None:
    episode = carried_episode()
    appointment = make_appointment(episode, 3)
    said = {"by": esw_of(episode), "outcome": outcome, "purpose": "planning"}
    if fine:
        assert actions.answer_appointment(appointment, **said).on == clock.today()
    else:
        assert refused(actions.answer_appointment, appointment, **said).field == "attendance"


def test_a_moved_appointment_points_to_the_new_one_and_is_logged() -> None:
    episode = carried_episode()
    old = make_appointment(episode, 3)
    fresh = actions.move_appointment(old, by=esw_of(episode), on=day(5), at=time(14), note="She rang.")
    old.refresh_from_db()
    assert (old.outcome, old.moved_to, old.contact.note) == ("rearranged", fresh, "She rang.")
    assert (fresh.on, fresh.place, fresh.mode) == (day(5), old.place, old.mode)
    assert old.contact.attendance == "rearranged"


def test_moving_to_another_place_changes_the_place() -> None:
    old = make_appointment(carried_episode(), 3)
    fresh = actions.move_appointment(old, by=esw_of(old.episode), on=day(5), place="Our office")
    assert fresh.place == "Our office"


def test_an_appointment_does_not_move_into_the_past() -> None:
    old = make_appointment(carried_episode(), 3)
    assert refused(actions.move_appointment, old, by=esw_of(old.episode), on=day(-1)).field == "new_on"


def test_a_handover_takes_the_appointment_along() -> None:
    from pacework.service.contacts import due

    appointment = make_appointment(carried_episode(), 3)
    first, second = esw_of(appointment.episode), make_user("esw", appointment.episode.team)
    hand_over(
        appointment.episode,
        by=lead_of(appointment.episode.team),
        to=second,
        reason="caseload",
        note="All told.",
    )
    assert list(due.appointments_to_hold(due.carried(second), day(7))) == [appointment]
    assert list(due.appointments_to_hold(due.carried(first), day(7))) == []


def test_the_place_is_corrected_without_moving() -> None:
    appointment = make_appointment(carried_episode(), 3)
    actions.change_appointment(
        appointment, by=esw_of(appointment.episode), mode="phone", at=time(9), place="", version=1
    )
    appointment.refresh_from_db()
    assert (appointment.mode, appointment.at, appointment.place, appointment.version) == (
        "phone",
        time(9),
        "",
        2,
    )


def test_the_second_of_two_people_does_not_overwrite_the_first() -> None:
    appointment = make_appointment(carried_episode(), 3)
    same = Appointment.objects.get(pk=appointment.pk)
    esw = esw_of(appointment.episode)
    actions.change_appointment(appointment, by=esw, mode="phone", place="First", version=1)
    with pytest.raises(StaleSave):
        actions.change_appointment(same, by=esw, mode="video", place="Second", version=1)
    with pytest.raises(StaleSave):
        actions.answer_appointment(same, by=esw, outcome="pain", purpose="planning", version=1)
    same.refresh_from_db()
    assert (same.place, same.outcome, Contact.objects.count()) == ("First", "", 0)


def test_a_called_off_appointment_logs_nothing_and_cannot_be_answered() -> None:
    appointment = make_appointment(carried_episode(), 3)
    esw = esw_of(appointment.episode)
    actions.call_off_appointment(appointment, by=esw)
    assert not Contact.objects.exists()
    assert "called off" in refused(actions.call_off_appointment, appointment, by=esw).sentence


def test_a_day_gone_by_is_answered_and_not_called_off() -> None:
    appointment = make_appointment(carried_episode(), -1)
    found = refused(actions.call_off_appointment, appointment, by=esw_of(appointment.episode))
    assert "Say what became of it" in found.sentence


# The client asks for another day


def test_a_request_waits_until_the_appointment_is_moved() -> None:
    appointment = make_appointment(carried_episode(), 3)
    request = actions.ask_to_move(appointment, by=appointment.episode.client.user, words="Thursday?")
    assert list(MoveRequest.objects.waiting()) == [request]
    actions.move_appointment(appointment, by=esw_of(appointment.episode), on=day(4))
    assert not MoveRequest.objects.waiting().exists()


def test_a_request_is_made_once() -> None:
    appointment = make_appointment(carried_episode(), 3)
    client = appointment.episode.client.user
    actions.ask_to_move(appointment, by=client)
    assert "already" in refused(actions.ask_to_move, appointment, by=client).sentence


def test_no_request_for_a_day_gone_by() -> None:
    appointment = make_appointment(carried_episode(), -1)
    assert refused(actions.ask_to_move, appointment, by=appointment.episode.client.user)


def test_the_day_may_stay_after_all() -> None:
    appointment = make_appointment(carried_episode(), 3)
    request = actions.ask_to_move(appointment, by=appointment.episode.client.user)
    esw = esw_of(appointment.episode)
    actions.keep_appointment(request, by=esw)
    assert request.answered_on == clock.today()
    assert "already" in refused(actions.keep_appointment, request, by=esw).sentence


def test_nothing_is_written_once_support_is_closed() -> None:
    episode = carried_episode()
    contact, appointment = make_contact(episode, next_step="Call"), make_appointment(episode, 3)
    esw = esw_of(episode)
    close(episode)
    for row in (contact, appointment):
        row.refresh_from_db()
    for act, row in (
        (make_contact, contact.episode),
        (actions.add_to_contact, contact),
        (actions.finish_next_step, contact),
        (actions.call_off_appointment, appointment),
    ):
        more: dict[str, Any] = {"text": "More"} if act is actions.add_to_contact else {}
        refused(act, row, by=esw, **more)
