"""What every form page promises: typed words are never lost, nothing is written twice, nothing leads away."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError
from django.test import RequestFactory

from pacework.service.cases import actions
from pacework.service.cases.models import Client, EmploymentStatus
from pacework.service.cases.views import people as people_views
from pacework.service.core import clock, drafts, forms
from pacework.service.core.errors import DomainError, NeedsConfirmation, NotAllowed
from pacework.service.core.models import Draft, ReadEvent, Submission
from pacework.service.core.pages import back, is_taken
from pacework.service.employers.models import Employer
from tests.service import build

pytestmark = pytest.mark.django_db

STRANGE = 'Ann\'s <b onclick=x>"plan"</b>; DROP TABLE cases_client; -- %s {{ 7*7 }} émigré 🙂'
AUTOSAVE = {"X-Pacework-Autosave": "1"}


@pytest.fixture
def esw():
    return build.make_user("esw", build.make_team())


@pytest.fixture
def person(esw):
    return build.make_episode(esw=esw).client


@pytest.fixture
def browser(client_for, esw):
    return client_for(esw)


def edit(person):
    return f"/people/{person.pk}/details/change/"


def work_now(person):
    return f"/people/{person.pk}/employment/"


def details(person, **changes):
    """The whole form as the page shows it, with changes."""
    form = people_views.forms.ClientForm(
        initial={name: getattr(person, name) for name in people_views.forms.ClientForm.base_fields}
    )
    data = {
        name: form[name].value()
        for name in form.fields
        if name != "birth_date" and form[name].value() not in (None, False, "")
    }
    born = person.birth_date
    data |= {"birth_date-day": born.day, "birth_date-month": born.month, "birth_date-year": born.year}
    return data | {"version": person.version} | changes


def hidden(text: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', text)[1]


# Drafts


def test_a_draft_kept_by_the_page_itself_answers_with_nothing(browser, person, esw):
    answer = browser.post(edit(person), {"save_draft": "1", "contact_notes": "Ring la"}, headers=AUTOSAVE)
    assert (answer.status_code, answer.content) == (204, b"")
    assert Draft.objects.get(user=esw, path=edit(person)).data == {"contact_notes": ["Ring la"]}


def test_a_draft_kept_by_hand_comes_back_on_the_page_and_says_whose_it_is(browser, person):
    answer = browser.post(edit(person), {"save_draft": "1", "contact_notes": "Ring late"}, follow=True)
    assert answer.redirect_chain == [(edit(person), 302)]
    assert 'value="Ring late"' in answer.text
    assert "Nobody else can see it" in answer.text
    person.refresh_from_db()
    assert person.contact_notes == ""


def test_a_draft_thrown_away_is_gone(browser, person):
    browser.post(edit(person), {"save_draft": "1", "contact_notes": "Ring late"})
    answer = browser.post(edit(person), {"discard_draft": "1"}, follow=True)
    assert "Ring late" not in answer.text
    assert not Draft.objects.exists()


def test_nobody_else_sees_a_draft(browser, client_for, person):
    browser.post(edit(person), {"save_draft": "1", "contact_notes": "Ring late"})
    assert "Ring late" not in client_for(build.lead_of(person.team)).get(edit(person)).text


def test_saving_the_form_ends_its_draft(browser, person):
    browser.post(edit(person), {"save_draft": "1", "contact_notes": "Ring late"})
    assert browser.post(edit(person), details(person, contact_notes="Ring early")).status_code == 302
    assert not Draft.objects.exists()


def test_a_form_that_is_refused_keeps_its_draft(browser, person):
    browser.post(edit(person), {"save_draft": "1", "contact_notes": "Ring late"})
    assert browser.post(edit(person), details(person, first_name="")).status_code == 422
    assert Draft.objects.exists()


def test_drafts_and_tokens_go_after_30_days(browser, person):
    browser.post(edit(person), {"save_draft": "1", "contact_notes": "Ring late"})
    browser.post(work_now(person), {"status": "unemployed", "as_of": "2026-01-05"})
    assert drafts.expire() == 0
    with clock.at(clock.now() + timedelta(days=31)):
        assert drafts.expire() == 1
    assert not Draft.objects.exists()
    assert not Submission.objects.exists()


# Sent twice


def test_a_form_sent_twice_writes_once_and_leads_to_the_same_page(browser, person):
    token = hidden(browser.get(work_now(person)).text, "submission")
    data = {"status": "unemployed", "as_of": "2026-01-05", "submission": token}
    first, second = (browser.post(work_now(person), data) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert EmploymentStatus.objects.count() == 1


def test_the_same_answer_typed_again_on_a_fresh_page_is_a_second_answer(browser, person):
    for _ in range(2):
        token = hidden(browser.get(work_now(person)).text, "submission")
        browser.post(work_now(person), {"status": "unemployed", "as_of": "2026-01-05", "submission": token})
    assert EmploymentStatus.objects.count() == 2


def test_a_refused_form_can_be_put_right_and_sent_with_its_own_token(browser, person):
    token = str(uuid.uuid4())
    wrong = {"status": "employed", "as_of": "2026-01-05", "last_job_ended_on": "2026-01-01"}
    refused = browser.post(work_now(person), wrong | {"submission": token})
    assert refused.status_code == 422
    right = {"status": "employed", "as_of": "2026-01-05", "submission": token}
    assert browser.post(work_now(person), right).status_code == 302
    assert EmploymentStatus.objects.count() == 1


def test_somebody_elses_token_writes_nothing_and_does_not_say_where_they_went(browser, client_for, person):
    token = str(uuid.uuid4())
    data = {"status": "unemployed", "as_of": "2026-01-05", "submission": token}
    Submission.objects.create(token=token, user=build.make_user("manager"), went_to="/secret/")
    answer = browser.post(work_now(person), data)
    assert (answer.status_code, answer.url) == (302, work_now(person))
    assert not EmploymentStatus.objects.exists()


@pytest.mark.parametrize("token", ["", "not-a-token", "\x00", "' OR 1=1 --"])
def test_a_form_without_a_right_token_is_its_own_first_sending(browser, person, token):
    data = {"status": "unemployed", "as_of": "2026-01-05", "submission": token}
    assert browser.post(work_now(person), data).status_code == 302
    assert EmploymentStatus.objects.count() == 1


# Somebody was faster


def test_a_stale_save_shows_both_texts_and_the_next_press_may_replace_it(browser, person):
    seen = person.version
    actions.edit_client(person, by=build.lead_of(person.team), contact_notes="Only mornings")
    person.version = seen
    data = details(person, contact_notes="Only evenings")
    answer = browser.post(edit(person), data)
    assert answer.status_code == 409
    assert "Only mornings" in answer.text
    assert "Only evenings" in answer.text
    person.refresh_from_db()
    assert person.contact_notes == "Only mornings"
    again = data | {
        "version": hidden(answer.text, "version"),
        "submission": hidden(answer.text, "submission"),
    }
    assert browser.post(edit(person), again).status_code == 302
    person.refresh_from_db()
    assert person.contact_notes == "Only evenings"


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999", "²"])
def test_a_version_that_is_no_number_breaks_nothing(browser, person, version):
    answer = browser.post(edit(person), details(person, contact_notes="Ring late") | {"version": version})
    assert answer.status_code == 302


def test_what_another_stored_at_the_same_moment_is_a_sentence_and_keeps_the_words(
    browser, person, monkeypatch
):
    clash = IntegrityError("UNIQUE constraint failed: cases_client.some")

    def taken(*args, **kwargs):
        raise clash

    monkeypatch.setattr(people_views.actions, "edit_client", taken)
    answer = browser.post(edit(person), details(person, contact_notes="Ring late"))
    assert answer.status_code == 409
    assert "at the same moment" in answer.text
    assert "Ring late" in answer.text


def test_any_other_broken_rule_of_the_database_is_a_fault_and_not_hidden(browser, person, monkeypatch):
    def broken(*args, **kwargs):
        raise IntegrityError("NOT NULL constraint failed: cases_client.team_id")

    monkeypatch.setattr(people_views.actions, "edit_client", broken)
    with pytest.raises(IntegrityError):
        browser.post(edit(person), details(person))


def test_a_row_that_is_there_already_is_told_from_other_faults_on_both_databases():
    taken = IntegrityError("duplicate key value violates unique constraint")
    taken.__cause__ = type("UniqueViolation", (Exception,), {"sqlstate": "23505"})()
    assert is_taken(taken)
    assert is_taken(IntegrityError("UNIQUE constraint failed: x.y"))
    assert not is_taken(IntegrityError("FOREIGN KEY constraint failed"))


# Rules that say no


def test_a_rule_that_says_no_is_beside_its_field_and_in_the_summary(browser, person):
    answer = browser.post(edit(person), details(person, nhs_number="9990000000"))
    assert answer.status_code == 422
    assert 'href="#id_nhs_number"' in answer.text
    assert answer.text.count("This is not a valid NHS number") >= 2
    assert 'value="9990000000"' in answer.text


def say(monkeypatch, error):
    def refuse(*args, **kwargs):
        raise error

    monkeypatch.setattr(people_views.actions, "edit_client", refuse)


def test_a_rule_about_no_field_of_the_form_is_above_it(browser, person, monkeypatch):
    say(monkeypatch, DomainError("The moon is full.", field="moon"))
    answer = browser.post(edit(person), details(person))
    assert answer.status_code == 422
    assert "The moon is full." in answer.text


def test_what_this_person_may_not_do_is_a_refusal_page_and_is_logged(browser, person, monkeypatch):
    say(monkeypatch, NotAllowed("Not for you."))
    answer = browser.post(edit(person), details(person))
    assert answer.status_code == 403
    assert "Not for you." in answer.text
    assert ReadEvent.objects.filter(outcome="refused", client_id=person.pk).count() == 1


def test_a_question_is_asked_only_when_needed_and_the_answer_lets_it_through(browser):
    one = {"name": "Harbour Stores", "disability_confident": "unknown"}
    assert browser.post("/employers/new/", one).status_code == 302
    asked = browser.post("/employers/new/", one)
    assert asked.status_code == 422
    assert "Harbour Stores" in asked.text
    assert Employer.objects.count() == 1
    assert 'name="confirmed"' in asked.text
    assert 'name="confirmed"' not in browser.get("/employers/new/").text
    assert browser.post("/employers/new/", one | {"confirmed": "on"}).status_code == 302
    assert Employer.objects.count() == 2


def test_a_question_without_its_own_box_is_still_seen(browser, person, monkeypatch):
    say(monkeypatch, NeedsConfirmation("Are you sure?", field=None))
    answer = browser.post(edit(person), details(person))
    assert answer.status_code == 422
    assert "Are you sure?" in answer.text


# The wrong method, and where pages lead


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_a_page_has_no_other_methods_and_says_so_kindly(browser, person, method):
    answer = getattr(browser, method)(edit(person))
    assert answer.status_code == 405
    assert "Nothing was changed" in answer.text


ELSEWHERE = [
    "https://example.com/",
    "//example.com/",
    "///example.com",
    "http:example.com",
    "javascript:alert(1)",
    "\\\\example.com",
    "/\\example.com",
    "https:/example.com",
    "\x00/people/",
]


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_next_never_leads_to_another_host(wanted):
    asked = RequestFactory().get("/x/", {"next": wanted})
    sent = RequestFactory().post("/x/", {"next": wanted})
    assert back(asked, "/today/") == back(sent, "/today/") == "/today/"


@pytest.mark.parametrize("wanted", ["/people/1/?tab=2#notes", "http://testserver/people/1/"])
def test_next_leads_to_our_own_pages(wanted):
    assert back(RequestFactory().get("/x/", {"next": wanted}), "/today/") == wanted


def test_an_address_of_another_host_is_not_put_into_the_page(browser, person):
    assert "example.com" not in browser.get(edit(person), {"next": "https://example.com/"}).text


# The session ran out


def sign_in_again(browser, user):
    user.set_password("quite-long-enough-1")
    user.save()
    return browser.post("/account/login/", {"login": user.username, "password": "quite-long-enough-1"})


def typed_while_signed_out(browser, person, **more):
    """The page was open; the session ran out; then the form was sent."""
    page = browser.get(edit(person)).text
    data = {"contact_notes": "Ring late", "typed_by": hidden(page, "typed_by")} | more
    Session.objects.all().delete()
    answer = browser.post(edit(person), data)
    assert answer.status_code == 302
    assert "/account/login/" in answer.url
    return data


def test_what_was_typed_when_the_session_ran_out_comes_back_to_its_owner(browser, person, esw):
    typed_while_signed_out(browser, person)
    assert sign_in_again(browser, esw).status_code == 302
    assert 'value="Ring late"' in browser.get(edit(person)).text
    person.refresh_from_db()
    assert person.contact_notes == ""


def test_it_does_not_come_back_to_the_next_person_at_this_computer(browser, person):
    typed_while_signed_out(browser, person)
    lead = build.lead_of(person.team)
    assert sign_in_again(browser, lead).status_code == 302
    assert "Ring late" not in browser.get(edit(person)).text
    assert not Draft.objects.exists()
    assert not any("Ring late" in str(session.get_decoded()) for session in Session.objects.all())


@pytest.mark.parametrize(
    "more", [{"typed_by": "forged"}, {"typed_by": ""}, {"contact_notes": "x" * (drafts.LARGEST + 1)}]
)
def test_nothing_is_kept_for_a_forged_owner_or_without_measure(browser, person, esw, more):
    typed_while_signed_out(browser, person, **more)
    sign_in_again(browser, esw)
    assert not Draft.objects.exists()


# Strange words


def test_markup_and_sql_are_words_like_others(browser, person):
    answer = browser.post(edit(person), details(person, contact_notes=STRANGE, first_name=STRANGE[:60]))
    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.contact_notes, person.first_name) == (STRANGE, STRANGE[:60])
    text = browser.get(f"/people/{person.pk}/details/").text
    assert "<b onclick" not in text
    assert "&lt;b onclick=x&gt;" in text
    assert "{{ 7*7 }}" in text
    assert Client.objects.filter(pk=person.pk).exists()


def test_a_null_character_is_refused_in_words_and_breaks_no_database(browser, person):
    answer = browser.post(edit(person), details(person, contact_notes="a\x00b"))
    assert answer.status_code == 422
    person.refresh_from_db()
    assert person.contact_notes == ""


def test_a_null_character_in_a_draft_breaks_no_database(browser, person):
    answer = browser.post(
        edit(person), {"save_draft": "1", "contact_notes": "a\x00b", "x\x00y": "1"}, headers=AUTOSAVE
    )
    assert answer.status_code == 204
    assert Draft.objects.get().data["contact_notes"] == ["ab"]
    assert browser.get(edit(person)).status_code == 200


def test_an_address_longer_than_a_column_is_kept_short(person, esw):
    drafts.save(esw, "/" + "x" * 500, {"a": ["1"]})
    assert drafts.load(esw, "/" + "x" * 500).data == {"a": ["1"]}


def test_both_texts_of_a_stale_save_are_shown_as_words_and_never_as_markup():
    class Note(forms.PageForm):
        words = forms.LongText(label="Words")

    stale = Note(data={"words": STRANGE}).beside(SimpleNamespace(words="theirs"))
    assert [(row.theirs, row.yours) for row in stale.rows] == [("theirs", STRANGE)]
