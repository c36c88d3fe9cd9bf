"""Reminders: only who asked, only at that hour, never twice, never in a flare, never once they have left."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from smtplib import SMTPServerDisconnected
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.urls import reverse

from pacework.service.cases import actions as cases
from pacework.service.core import clock
from pacework.service.core.errors import DomainError, NotAllowed
from pacework.service.core.models import AuditEvent
from pacework.service.diary import actions, jobs
from pacework.service.diary.models import DiaryReminder, ReminderSent
from pacework.service.people.models import User
from tests.service import build
from tests.service.core.together import errors, together
from tests.service.diary.build import rate, start, supported

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
WEDNESDAY = date(2026, 3, 11)


def oclock(hour, minute=5, *, day=WEDNESDAY):
    return clock.at(datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON))


@pytest.fixture
def person():
    with oclock(8):
        client = supported().client
        User.objects.filter(pk=client.user_id).update(email="ros@example.org")
        client.user.refresh_from_db()
        return client


@pytest.fixture
def asked(person):
    with oclock(8):
        actions.ask_to_be_reminded(person, by=person.user, hour=18, days=[0, 2])
    return person


def run_at(hour, minute=5, *, day=WEDNESDAY):
    with oclock(hour, minute, day=day):
        return jobs.send_reminders()


# What goes out


def test_nobody_is_reminded_who_did_not_ask(person):
    for hour in range(24):
        assert run_at(hour) == "0 reminders sent."
    assert not mail.outbox


def test_one_letter_comes_at_the_hour_that_was_chosen(asked):
    assert [run_at(hour) for hour in (16, 17)] == ["0 reminders sent."] * 2
    assert run_at(18) == "1 reminder sent."
    assert [one.to for one in mail.outbox] == [["ros@example.org"]]


def test_the_letter_says_nothing_of_anybody(asked, settings):
    settings.PACEWORK_ADDRESS = "https://pacework.example.org/"
    run_at(18)
    letter = mail.outbox[0]
    assert letter.subject == "Pacework"
    assert letter.body == (
        "You asked us to remind you.\n\nhttps://pacework.example.org/today/\n\n"
        "To stop these reminders, sign in and open Reminders.\n"
    )
    for word in ("pain", "diary", "health", "symptom", asked.first_name, asked.last_name):
        assert word.lower() not in (letter.subject + letter.body).lower()


def test_without_an_address_the_letter_has_no_link(asked, settings):
    settings.PACEWORK_ADDRESS = ""
    run_at(18)
    assert "http" not in mail.outbox[0].body


def test_the_command_may_run_as_often_as_one_likes(asked):
    for hour in (18, 18, 19, 20):
        run_at(hour)
    assert len(mail.outbox) == 1
    assert ReminderSent.objects.count() == 1


def test_other_days_are_left_alone_and_the_next_chosen_one_is_not(asked):
    for ahead in range(7):
        run_at(18, day=WEDNESDAY + timedelta(days=ahead))
    assert sorted(ReminderSent.objects.values_list("on", flat=True)) == [WEDNESDAY, date(2026, 3, 16)]


@pytest.mark.parametrize(("hour", "sent"), [(18, 1), (20, 1), (21, 0), (23, 0)])
def test_a_machine_that_slept_sends_a_little_late_or_not_at_all(asked, hour, sent):
    run_at(hour, 59)
    assert len(mail.outbox) == sent


@pytest.mark.parametrize("day", [date(2026, 3, 30), date(2026, 10, 26)])
def test_the_hour_is_the_one_on_the_wall_after_the_clocks_change(asked, day):
    run_at(17, 59, day=day)
    assert not mail.outbox
    run_at(18, 0, day=day)
    assert len(mail.outbox) == 1


# What stands against it


def rated(client):
    rate(client, 4)


def in_a_flare(client):
    start(client)


def not_to_be_contacted(client):
    cases.set_do_not_contact(client, by=client.user, value=True)


def support_ended(client):
    build.close(client.episode)


def account_closed(client):
    User.objects.filter(pk=client.user_id).update(is_active=False)


def address_gone(client):
    User.objects.filter(pk=client.user_id).update(email="")


def email_not_safe(client):
    type(client).objects.filter(pk=client.pk).update(safe_to_email=False)


def stopped(client):
    actions.stop_reminding(client, by=client.user)


AGAINST = [
    rated, in_a_flare, not_to_be_contacted, support_ended, account_closed, address_gone, email_not_safe,
    stopped,
]  # fmt: skip


@pytest.mark.parametrize("happened", AGAINST)
def test_no_reminder_comes_any_more(asked, happened):
    with oclock(17):
        happened(asked)
    assert run_at(18) == "0 reminders sent."
    assert not mail.outbox


@pytest.mark.parametrize("happened", AGAINST)
def test_nor_when_it_happens_while_the_list_is_worked_through(asked, happened):
    with oclock(18):
        reminder = DiaryReminder.objects.due(clock.now()).get()
        happened(asked)
        with pytest.raises(DomainError):
            actions.claim_reminder(reminder)
    assert not ReminderSent.objects.exists()


def test_a_rating_of_yesterday_and_a_flare_that_is_over_stand_against_nothing(asked):
    with oclock(17):
        rate(asked, 4, back=1)
        actions.end_flare(start(asked, back=1), by=asked.user)
    run_at(18)
    assert len(mail.outbox) == 1


# Never twice


def test_the_database_takes_one_a_day(asked):
    run_at(18)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReminderSent.objects.create(client=asked, on=WEDNESDAY)


def test_a_reminder_that_somebody_else_just_took_is_left_to_them(asked, monkeypatch):
    def taken(reminder):
        ReminderSent.objects.create(client=asked, on=WEDNESDAY)
        ReminderSent.objects.create(client=asked, on=WEDNESDAY)

    def in_one(reminder):
        with transaction.atomic():
            taken(reminder)

    monkeypatch.setattr(jobs, "claim_reminder", in_one)
    assert run_at(18) == "0 reminders sent."
    assert not mail.outbox


def test_another_mistake_in_the_database_is_not_taken_for_that(asked, monkeypatch):
    def broken(reminder):
        raise IntegrityError("CHECK constraint failed")

    monkeypatch.setattr(jobs, "claim_reminder", broken)
    with pytest.raises(IntegrityError):
        run_at(18)


def test_a_letter_that_fails_is_told_without_the_address_and_not_tried_again(asked, monkeypatch, caplog):
    def refuse(*_, **__):
        raise SMTPServerDisconnected(f"gone in the middle of a letter to {asked.user.email}")

    monkeypatch.setattr(jobs, "send_mail", refuse)
    with pytest.raises(jobs.NotSent, match="1 reminder could not be sent, 0 sent"):
        run_at(18)
    assert "could not be sent: SMTPServerDisconnected" in caplog.text
    assert "@" not in caplog.text
    monkeypatch.undo()
    assert run_at(19) == "0 reminders sent."


def test_while_the_mail_server_is_away_nothing_is_claimed_and_the_next_run_sends(asked, monkeypatch):
    def away(_):
        raise ConnectionRefusedError("no mail now")

    monkeypatch.setattr(EmailBackend, "open", away)
    with pytest.raises(jobs.NotSent, match="The next run tries again"):
        run_at(18)
    assert not ReminderSent.objects.exists()
    monkeypatch.undo()
    assert run_at(19) == "1 reminder sent."


@pytest.mark.django_db(transaction=True)
def test_two_commands_at_the_same_moment_send_one_letter():
    # From now on, for threads do not see a moved clock.
    client = supported().client
    User.objects.filter(pk=client.user_id).update(email="ros@example.org")
    DiaryReminder.objects.create(client=client, hour=_hour_now(), days=list(range(7)))
    results = together(jobs.send_reminders, jobs.send_reminders)
    assert not errors(results)
    assert sorted(results) == ["0 reminders sent.", "1 reminder sent."]
    assert ReminderSent.objects.count() == 1
    assert len(mail.outbox) == 1


def _hour_now():
    return clock.now().astimezone(LONDON).hour


# Its trace


def test_asking_sending_and_stopping_each_leave_a_trace(asked):
    run_at(18)
    actions.stop_reminding(asked, by=asked.user)
    found = AuditEvent.objects.filter(verb__startswith="diary.reminder").order_by("number")
    assert [(event.verb, event.actor_id) for event in found] == [
        ("diary.reminder_asked", asked.user_id),
        ("diary.reminder_sent", None),
        ("diary.reminder_stopped", asked.user_id),
    ]
    assert not DiaryReminder.objects.exists()


# Asking


@pytest.mark.parametrize(
    ("hour", "days", "field"), [(6, [1], "hour"), (22, [1], "hour"), (9, [], "days"), (9, [7], "days")]
)
def test_times_that_make_no_sense_are_refused(person, hour, days, field):
    with pytest.raises(DomainError) as refusal:
        actions.ask_to_be_reminded(person, by=person.user, hour=hour, days=days)
    assert refusal.value.field == field


@pytest.mark.parametrize("happened", [not_to_be_contacted, account_closed, address_gone, email_not_safe])
def test_who_cannot_be_reached_is_told_why_instead(person, happened, client_for):
    happened(person)
    person.refresh_from_db()
    person.user.refresh_from_db()
    with pytest.raises(DomainError):
        actions.ask_to_be_reminded(person, by=person.user, hour=9, days=[1])


@pytest.mark.parametrize("role", ["esw", "team_lead", "hcp", "manager", "administrator"])
def test_nobody_asks_or_stops_in_the_place_of_the_client(asked, role):
    by = build.make_user(role, asked.team)
    with pytest.raises(NotAllowed):
        actions.ask_to_be_reminded(asked, by=by, hour=9, days=[1])
    with pytest.raises(NotAllowed):
        actions.stop_reminding(asked, by=by)


def test_stopping_what_is_not_on_is_said(person):
    with pytest.raises(DomainError, match="no reminders"):
        actions.stop_reminding(person, by=person.user)


# The page


def test_the_page_is_off_by_default_and_turns_on_changes_and_stops(person, client_for):
    browser = client_for(person.user)
    address = reverse("my-reminders")
    assert "We remind you" not in browser.get(address).content.decode()
    assert (
        browser.post(address, {"hour": "9", "days": ["0", "1", "2", "3", "4", "5", "6"]}).status_code == 302
    )
    assert "We remind you every day, at 9 in the morning." in browser.get(address).content.decode()
    browser.post(address, {"hour": "12", "days": ["5", "0"]})
    assert "We remind you on Monday and Saturday, at 12 noon." in browser.get(address).content.decode()
    browser.post(reverse("my-reminders-stop"))
    assert not DiaryReminder.objects.exists()


def test_a_form_that_is_not_filled_in_is_said_beside_the_box(person, client_for):
    answer = client_for(person.user).post(reverse("my-reminders"), {"hour": "3"})
    assert answer.status_code == 422
    assert not DiaryReminder.objects.exists()


def test_stopping_is_possible_when_support_has_ended(asked, client_for):
    build.close(asked.episode)
    client_for(asked.user).post(reverse("my-reminders-stop"))
    assert not DiaryReminder.objects.exists()


def test_the_page_says_why_none_can_be_sent(person, client_for):
    not_to_be_contacted(person)
    page = client_for(person.user).get(reverse("my-reminders")).content.decode()
    assert "You asked us not to contact you" in page
