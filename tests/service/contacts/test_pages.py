"""The pages of contacts and appointments, as a browser sends and gets them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from pacework.service.cases.actions import record_milestone
from pacework.service.contacts import actions
from pacework.service.contacts.models import Appointment, Contact, ContactAddition
from pacework.service.core import clock
from pacework.service.core.audit import transaction_with_trace
from pacework.service.core.drafts import signature_of
from tests.service.build import close, give_consent, make_client, make_user
from tests.service.contacts.build import carried_episode, esw_of, make_appointment, make_contact
from tests.service.filled import filled

pytestmark = pytest.mark.django_db
TOMORROW = "tomorrow"


def said(**changes: Any) -> dict[str, Any]:
    today = clock.today().isoformat()
    return {"attendance": "attended", "on": today, "mode": "phone", "purpose": "planning"} | changes


def tomorrow() -> str:
    return (clock.today() + timedelta(days=1)).isoformat()


def at(name: str, episode: Any, *more: Any) -> str:
    return reverse(name, args=[episode.client_id, *more])


@pytest.fixture
def episode() -> Any:
    return carried_episode()


@pytest.fixture
def browser(client_for: Any, episode: Any) -> Any:
    return client_for(esw_of(episode))


def test_logging_begins_with_the_likely_answers(browser: Any, episode: Any) -> None:
    make_contact(episode, mode="video")
    first = filled(browser.get(at("contact-new", episode)))
    assert {name: first[name] for name in ("attendance", "mode", "on", "purpose")} == {
        "attendance": "attended",
        "mode": "video",
        "on": clock.today().isoformat(),
        "purpose": "profile",
    }


def test_logging_needs_four_answers_and_no_more(browser: Any, episode: Any) -> None:
    assert browser.post(at("contact-new", episode), {}).text.count("nhsuk-error-message") == 4
    assert browser.post(at("contact-new", episode), said()).status_code == 302


def test_until_the_first_meeting_a_contact_is_for_that(browser: Any, episode: Any) -> None:
    assert filled(browser.get(at("contact-new", episode)))["purpose"] == "first_meeting"


def test_the_likely_purpose_follows_the_stage(browser: Any, episode: Any) -> None:
    make_contact(episode)
    with transaction_with_trace("test"):
        record_milestone(episode, "preparing_since", clock.today(), by=None)
    assert filled(browser.get(at("contact-new", episode)))["purpose"] == "preparing"


def test_an_attended_contact_is_saved_and_leads_back_to_the_log(browser: Any, episode: Any) -> None:
    answer = browser.post(at("contact-new", episode), said(note="Long talk.", place_type="cafe"))
    assert answer.url == at("contacts", episode)
    contact = Contact.objects.get()
    # The kind of place is only an answer when they met in person.
    assert (contact.note, contact.place_type) == ("Long talk.", "")
    assert "Long talk." in browser.get(answer.url).text


@pytest.mark.parametrize("attendance", ["pain", "no_contact", "rearranged"])
def test_when_it_did_not_come_off_the_next_page_offers_another_appointment(
    browser: Any, episode: Any, attendance: str
) -> None:
    page = browser.post(at("contact-new", episode), said(attendance=attendance), follow=True).text
    assert "Plan another appointment" in page
    for blame in ("missed", "failed", "did not attend", "DNA"):
        assert blame not in page
    make_appointment(episode, 4)
    assert (
        "Plan another appointment" not in browser.get(at("contact", episode, Contact.objects.get().pk)).text
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"on": TOMORROW}, "in the future"),
        ({"on": "2001-01-01"}, "before the referral"),
        ({"mode": "pigeon"}, "Choose one from the list"),
        ({"purpose": ""}, "What was it for"),
        ({"note": "a\x00b"}, "hidden character"),
        ({"minutes": "721"}, "from 1 to 720"),
        ({"next_step_on": TOMORROW}, "Say what the next step is"),
        ({"joint_with": "999999"}, "Choose one from the list"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_keeps_what_was_typed(
    browser: Any, episode: Any, changes: dict[str, str], words: str
) -> None:
    changes = {name: tomorrow() if value == TOMORROW else value for name, value in changes.items()}
    answer = browser.post(at("contact-new", episode), said(**({"note": "Kept words"} | changes)))
    assert answer.status_code == 422
    assert words in answer.text
    assert "note" in changes or "Kept words" in answer.text
    assert not Contact.objects.exists()


def test_markup_and_sql_are_shown_as_typed(browser: Any, episode: Any) -> None:
    words = "<script>alert(1)</script> '; DROP TABLE contacts_contact; --"
    browser.post(at("contact-new", episode), said(note=words, next_step="<img src=x>"))
    for page in (at("contacts", episode), at("contact", episode, Contact.objects.get().pk)):
        text = browser.get(page).text
        assert "<script>alert" not in text
        assert "<img src=x>" not in text
        assert "&lt;script&gt;" in text


def test_the_same_form_sent_twice_writes_once(browser: Any, episode: Any) -> None:
    form = said(submission=str(uuid4()))
    first, second = (browser.post(at("contact-new", episode), form) for _ in range(2))
    assert first.url == second.url
    assert Contact.objects.count() == 1


def test_a_long_note_outlives_an_expired_session(client_for: Any, episode: Any) -> None:
    esw, path, note = esw_of(episode), at("contact-new", episode), "A long note. " * 200
    signed_out = client_for()
    answer = signed_out.post(path, said(note=note, typed_by=signature_of(esw)))
    assert answer.status_code == 302
    signed_out.force_login(esw, backend="django.contrib.auth.backends.ModelBackend")
    assert note.strip() in signed_out.get(path).text
    assert not Contact.objects.exists()


def test_a_draft_is_kept_until_the_contact_is_saved(browser: Any, episode: Any) -> None:
    path = at("contact-new", episode)
    browser.post(path, said(note="Half a thought", save_draft="1"))
    assert "Half a thought" in browser.get(path).text
    browser.post(path, said(note="Whole"))
    assert "Half a thought" not in browser.get(path).text


def test_the_log_is_filtered_by_the_address_and_ignores_unknown_codes(browser: Any, episode: Any) -> None:
    make_contact(episode, note="By phone.")
    make_contact(episode, mode="video", note="By video.")
    path = at("contacts", episode)
    found = browser.get(path, {"mode": "video"}).text
    assert "By video." in found
    assert "By phone." not in found
    assert "By phone." in browser.get(path, {"mode": "'; --"}).text
    assert "No contact fits" in browser.get(path, {"attendance": "pain"}).text


def test_the_log_is_paged(browser: Any, episode: Any) -> None:
    for number in range(26):
        make_contact(episode, note=f"Note {number:02}.")
    assert "Page 1 of 2" in browser.get(at("contacts", episode)).text
    assert "Note 00." in browser.get(at("contacts", episode), {"page": "2"}).text


def test_an_empty_log_says_how_to_begin(browser: Any, episode: Any) -> None:
    assert "The first contact starts the log" in browser.get(at("contacts", episode)).text


def test_safe_ways_are_shown_where_someone_is_about_to_reach_the_client(browser: Any, episode: Any) -> None:
    client = episode.client
    client.safe_to_email, client.contact_notes, client.language = False, "Text first.", "Welsh"
    client.accessible_format, client.phone = "Large print", "01632 960001"
    client.save()
    for name in ("contact-new", "appointment-new", "contacts"):
        text = browser.get(at(name, episode)).text
        for words in ("Text first.", "Not safe", "do not leave a message", "Welsh", "Large print"):
            assert words in text


@pytest.mark.parametrize(
    ("role", "status"), [("hcp", 200), ("team_lead", 200), ("manager", 404), ("researcher", 404)]
)
def test_who_reads_the_log(client_for: Any, episode: Any, role: str, status: int) -> None:
    give_consent(episode.client)
    reader = client_for(make_user(role, episode.team))
    assert reader.get(at("contacts", episode)).status_code == status
    if role == "hcp":
        assert "Log a contact" not in reader.get(at("contacts", episode)).text
        assert reader.get(at("contact-new", episode)).status_code == 404


def test_a_closed_record_is_read_and_not_written(browser: Any, episode: Any) -> None:
    contact = make_contact(episode, next_step="Call")
    close(episode)
    assert "Log a contact" not in browser.get(at("contacts", episode)).text
    assert browser.get(at("contact", episode, contact.pk)).status_code == 200
    assert browser.post(at("contact-new", episode), said()).status_code == 403
    assert browser.post(at("contact-step-done", episode, contact.pk)).status_code == 403


def test_a_contact_of_another_client_is_not_found(browser: Any, episode: Any) -> None:
    other = make_contact(carried_episode())
    appointment = make_appointment(other.episode)
    assert browser.get(at("contact", episode, other.pk)).status_code == 404
    assert browser.get(at("contact-add", episode, other.pk)).status_code == 404
    assert browser.get(at("appointment-outcome", episode, appointment.pk)).status_code == 404
    assert browser.get(at("contact-new", episode), {"appointment": appointment.pk}).status_code == 404


def test_someone_without_an_episode_has_a_log_and_nothing_to_add(client_for: Any, episode: Any) -> None:
    person = make_client(episode.team)
    lead = client_for(make_user("team_lead", episode.team))
    assert lead.get(reverse("contacts", args=[person.pk])).status_code == 200
    assert lead.post(reverse("contact-new", args=[person.pk]), said()).status_code == 404


def test_words_are_added_below_the_first_ones(browser: Any, episode: Any) -> None:
    contact = make_contact(episode, note="First.")
    assert browser.get(at("contact-add", episode, contact.pk)).status_code == 200
    page = browser.post(at("contact-add", episode, contact.pk), {"text": "She rang back."}, follow=True).text
    assert page.index("First.") < page.index("She rang back.")
    assert ContactAddition.objects.get().by == esw_of(episode)


def test_a_promise_is_kept_by_one_press_and_undone_by_another(browser: Any, episode: Any) -> None:
    contact = make_contact(
        episode,
        clock.today() - timedelta(days=3),
        next_step="Call",
        next_step_on=clock.today() - timedelta(days=1),
    )
    assert "Was due yesterday" in browser.get(at("contacts", episode)).text
    done, undo = at("contact-step-done", episode, contact.pk), at("contact-step-undo", episode, contact.pk)
    assert browser.get(done).status_code == 405
    assert "Not done after all" in browser.post(done, follow=True).text
    assert "This step is done already." in browser.post(done, follow=True).text
    assert "The step is open again." in browser.post(undo, follow=True).text


# Appointments


def test_a_new_appointment_begins_like_the_last_one(browser: Any, episode: Any) -> None:
    def begins() -> dict[str, str]:
        found = filled(browser.get(at("appointment-new", episode)))
        return {name: found[name] for name in ("mode", "place", "at")}

    assert begins() == {"mode": "face_to_face", "place": "", "at": ""}
    make_contact(episode, mode="video")
    assert begins() == {"mode": "video", "place": "", "at": ""}
    make_appointment(episode, 1)
    assert begins() == {"mode": "face_to_face", "place": "Library café", "at": "10:30"}


def test_an_appointment_is_planned_and_stands_on_the_page(browser: Any, episode: Any) -> None:
    on = clock.today() + timedelta(days=2)
    answer = browser.post(
        at("appointment-new", episode), {"on": on.isoformat(), "mode": "phone"}, follow=True
    )
    assert "in 2 days" in answer.text
    assert Appointment.objects.get().on == on


def test_an_appointment_in_the_past_or_in_an_unsafe_way_is_refused(browser: Any, episode: Any) -> None:
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    late = browser.post(at("appointment-new", episode), {"on": yesterday, "mode": "phone"})
    assert "in the past" in late.text
    type(episode.client).objects.filter(pk=episode.client_id).update(safe_to_phone=False)
    unsafe = browser.post(at("appointment-new", episode), {"on": clock.today().isoformat(), "mode": "phone"})
    assert unsafe.status_code == 422
    assert "Phone is not safe" in unsafe.text
    assert not Appointment.objects.exists()


def test_logging_from_an_appointment_opens_its_page_filled_in(browser: Any, episode: Any) -> None:
    hcp = make_user("hcp", episode.team)
    appointment = make_appointment(episode, 0, with_hcp=hcp)
    page = browser.get(at("contact-new", episode), {"appointment": appointment.pk}, follow=True)
    first = filled(page)
    answers = (first["mode"], first["joint_with"], first["attendance"])
    assert answers == ("face_to_face", str(hcp.pk), "attended")
    assert browser.get(at("contact-new", episode), {"appointment": "<b>"}).status_code == 200


def answer(**changes: Any) -> dict[str, Any]:
    return {"attendance": "attended", "mode": "phone", "purpose": "planning", "version": "1"} | changes


def test_an_answer_logs_the_contact_and_the_page_then_leads_there(browser: Any, episode: Any) -> None:
    appointment = make_appointment(episode, -1)
    path = at("appointment-outcome", episode, appointment.pk)
    browser.post(path, answer(note="Good."))
    contact = Contact.objects.get()
    assert (contact.appointment, contact.mode, contact.on) == (appointment, "phone", appointment.on)
    assert browser.get(path).url == at("contact", episode, contact.pk)
    again = browser.post(path, answer(attendance="pain"))
    assert again.status_code == 422
    assert "already recorded" in again.text


def test_rearranging_needs_a_new_day_and_keeps_everything_typed(browser: Any, episode: Any) -> None:
    appointment = make_appointment(episode, 2)
    path = at("appointment-outcome", episode, appointment.pk)
    typed = answer(attendance="rearranged", note="Rang at nine.", next_step="Send a text")
    missing = browser.post(path, typed)
    assert missing.status_code == 422
    assert "Enter the new day." in missing.text
    new = clock.today() + timedelta(days=6)
    browser.post(path, typed | {"new_on": new.isoformat(), "new_at": "14:00", "new_place": "Our office"})
    appointment.refresh_from_db()
    assert (appointment.moved_to.on, appointment.moved_to.place) == (new, "Our office")
    assert (appointment.contact.note, appointment.contact.next_step) == ("Rang at nine.", "Send a text")


def test_an_appointment_to_come_cannot_be_answered_as_attended(browser: Any, episode: Any) -> None:
    appointment = make_appointment(episode, 2)
    path = at("appointment-outcome", episode, appointment.pk)
    assert "Move this appointment" in browser.get(path).text
    assert browser.post(path, answer()).status_code == 422
    assert not Contact.objects.exists()


def test_a_stale_save_shows_both_and_changes_nothing(browser: Any, episode: Any) -> None:
    appointment = make_appointment(episode, 2)
    path = at("appointment-edit", episode, appointment.pk)
    assert browser.get(path).status_code == 200
    assert browser.post(path, {"mode": "phone", "place": "First", "version": "1"}).status_code == 302
    second = browser.post(path, {"mode": "phone", "place": "Second", "version": "1"})
    assert second.status_code == 409
    assert "First" in second.text
    assert "Second" in second.text
    appointment.refresh_from_db()
    assert appointment.place == "First"


def test_an_appointment_is_called_off_after_a_page_that_says_so(browser: Any, episode: Any) -> None:
    appointment = make_appointment(episode, 2)
    path = at("appointment-call-off", episode, appointment.pk)
    assert "leaves the diary" in browser.get(path).text
    browser.post(path, {"version": "1"})
    appointment.refresh_from_db()
    assert appointment.outcome == "called_off"
    assert browser.get(at("appointment-outcome", episode, appointment.pk)).url == at("contacts", episode)


# The client's own pages


def test_a_client_sees_the_next_appointment_and_neutral_words_for_the_past(
    client_for: Any, episode: Any
) -> None:
    own = client_for(episode.client.user)
    assert "Nothing is planned right now" in own.get(reverse("my-appointments")).text
    past, off, moved = (
        make_appointment(episode, -3),
        make_appointment(episode, 1),
        make_appointment(episode, 2),
    )
    esw = esw_of(episode)
    actions.answer_appointment(past, by=esw, outcome="no_contact", purpose="outreach")
    actions.call_off_appointment(off, by=esw)
    actions.move_appointment(moved, by=esw, on=clock.today() + timedelta(days=4))
    text = own.get(reverse("my-appointments")).text
    for words in (
        "Next: in 4 days",
        "We did not manage to meet",
        "It was called off",
        "We moved it to",
        str(esw),
    ):
        assert words in text


def test_a_client_asks_for_another_day_and_the_esw_answers(
    client_for: Any, browser: Any, episode: Any
) -> None:
    own, appointment = client_for(episode.client.user), make_appointment(episode, 2)
    path = reverse("my-appointment-move", args=[appointment.pk])
    assert own.get(path).status_code == 200
    asked = own.post(path, {"words": "Thursday is better"}, follow=True).text
    assert "You asked for another day" in asked
    assert "Thursday is better" in browser.get(at("contacts", episode)).text
    browser.post(at("appointment-keep", episode, appointment.pk))
    assert "Thursday is better" not in browser.get(at("contacts", episode)).text
    assert "You asked for another day" not in own.get(reverse("my-appointments")).text


def test_a_client_does_not_reach_another_clients_appointment(client_for: Any, episode: Any) -> None:
    own = client_for(carried_episode().client.user)
    assert own.get(reverse("my-appointment-move", args=[make_appointment(episode).pk])).status_code == 404
    assert own.get(at("contacts", episode)).status_code == 404
