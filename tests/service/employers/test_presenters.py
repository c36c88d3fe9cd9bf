"""Sentences about disclosure in every state, and words for what is not known."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pacework.service.core import clock
from pacework.service.employers import actions, policies
from pacework.service.employers.presenters import contacts as contact_words
from pacework.service.employers.presenters import disclosure as words
from pacework.service.employers.presenters import employers as employer_words
from pacework.service.employers.presenters import openings as opening_words
from pacework.service.employers.presenters import vacancies as vacancy_words
from tests.service.build import make_client, make_user
from tests.service.employers.build import (
    agree,
    log,
    make_carried_client,
    make_employer,
    make_manager,
    make_opportunity,
    make_site,
    make_vacancy,
)

pytestmark = pytest.mark.django_db

STATES = {
    # answer, consent, days later: sentence for staff, tag, its second line, sentence for the client
    "none": (None, True, 0, "has not said yet", "Not mentioned", "Not asked yet", "You have not told us yet"),
    "expired": (
        {"who": "named", "expires_on": 3},
        True,
        5,
        "has run out",
        "Not mentioned",
        "Run out",
        "ended on",
    ),
    "no consent": ({"who": "named"}, False, 0, "not consented", "Not mentioned", "No consent", "your name"),
    "no": ({"who": "not_at_all"}, True, 0, "does not want", "Not mentioned", "", "do not talk about you"),
    "unnamed": (
        {"who": "unnamed"},
        True,
        0,
        "without a name",
        "Without a name",
        "Nothing about",
        "without your name",
    ),
    "named": (
        {"who": "named"},
        True,
        0,
        "may be named",
        "By name",
        "Nothing about health",
        "tell employers your name",
    ),
}


@pytest.mark.parametrize("state", STATES)
def test_each_state_is_said_to_staff_and_to_the_client(state):
    answer, consent, later, sentence, tag, sub, yours = STATES[state]
    client, esw = make_carried_client(consent=consent)
    if answer:
        ends = answer.get("expires_on")
        agree(client, esw, **answer | ({"expires_on": clock.today() + timedelta(days=ends)} if ends else {}))
    with clock.at(clock.now() + timedelta(days=later)):
        found = policies.disclosure_for(client, None)
        basis = words.basis(found, client, None)
        assert sentence in basis.text
        assert (basis.kind == "warning") == (not found.may_link)
        short = words.short(found)
        assert short["text"] == tag
        assert short["sub"].startswith(sub)
        assert yours in " ".join(words.your_sentences(found, None))
        assert bool(words.outgoing_text(found, client)) == found.may_link
        if found.basis:
            rows = {row["key"]: row["value"] for row in words.plan_rows(found.basis)}
            assert ("Holds until" in rows) == bool(answer and answer.get("expires_on"))
            last = words.history_row(found.basis)[-1]
            assert last == ("Run out" if state == "expired" else "Holds now")


def test_a_full_answer_is_shown_in_full():
    client, esw = make_carried_client()
    plan = agree(
        client,
        esw,
        what="condition",
        may_say="Likes mornings",
        must_not_say="divorce\n\nold job",
        who_tells="client",
        expires_on=clock.today() + timedelta(days=9),
    )
    rows = {row["key"]: row["value"] for row in words.plan_rows(plan)}
    assert rows["May be said"] == "Likes mornings"
    assert rows["Must not be said"] == "divorce; old job"
    assert rows["Who tells"] == "The client"
    lines = " ".join(words.your_sentences(policies.disclosure_for(client, None), None))
    for part in ("Likes mornings", "divorce; old job", "You tell them.", "This ends on", "about your pain"):
        assert part in lines
    agree(client, esw)
    plan.refresh_from_db()
    assert " at " in words.history_row(plan)[-1]


def test_words_are_looked_for_even_before_anything_was_agreed():
    client = make_client(first_name="Wren", last_name="Tallow")
    found = policies.disclosure_for(client, None)
    assert policies.found_words("Wren has arthritis", found, client) == ["wren", "arthritis"]


@pytest.mark.parametrize(
    ("level", "until", "tag", "sub"),
    [
        ("leader", 9, "green", "Until"),
        ("leader", None, "green", "End date not known"),
        ("committed", -1, "grey", "Ran out"),
    ],
)
def test_a_disability_confident_level_says_whether_it_still_holds(level, until, tag, sub):
    day = clock.today() + timedelta(days=until) if until else None
    shown = employer_words.level_tag(
        make_employer(disability_confident=level, disability_confident_until=day)
    )
    assert shown["tag"] == tag
    assert shown["sub"].startswith(sub)


def test_an_employer_outside_the_scheme_has_no_tag():
    assert employer_words.level_tag(make_employer(disability_confident="none")) == "Not in the scheme"


def test_a_website_is_a_link_only_when_it_is_a_safe_one():
    facts = {row["key"]: row["value"] for row in employer_words.facts(make_employer(website="javascript:x"))}
    assert facts["Website"] == "javascript:x"
    facts = {
        row["key"]: row["value"] for row in employer_words.facts(make_employer(website="https://a.example"))
    }
    assert facts["Website"]["href"] == "https://a.example"


def test_a_person_who_left_and_rows_for_readers():
    employer, esw = make_employer(), make_user("esw")
    person = make_manager(employer, phone="01632 960 001", email="o@example.org")
    actions.edit_person(
        person,
        by=esw,
        expected=1,
        name="O",
        site=None,
        job_title="",
        phone="",
        email="",
        note="",
        left_on=None,
    )
    assert len(employer_words.person_row(person, may_write=False)) == 4
    assert len(employer_words.site_row(make_site(employer), may_write=False)) == 3


def test_vacancies_say_what_is_not_known_and_when_they_closed():
    vacancy = make_vacancy()
    assert vacancy_words.vacancy_row(vacancy)[1]["text"] == "Hours not known"
    assert vacancy_words.vacancy_row(vacancy)[2] == "Not known"
    vacancy.closes_on = clock.today() - timedelta(days=1)
    assert vacancy_words.vacancy_tag(vacancy)["text"] == "Closing day passed"
    actions.move_vacancy(vacancy, by=vacancy.added_by, to="withdrawn")
    assert vacancy_words.vacancy_tag(vacancy)["text"] == "Withdrawn"
    assert str(vacancy) == "Shelf filler"


def test_places_count_only_once_they_are_agreed():
    assert opening_words.free_words(make_opportunity(state="ended"), 1) == "–"
    assert opening_words.free_words(make_opportunity(), 1) == "1 if agreed"
    assert opening_words.free_words(make_opportunity(state="agreed"), 1) == "1 of 1"
    assert opening_words.waiting_summary(2) == "2 more people of other teams or workers wait too."


def test_a_promise_says_when_it_is_due_and_when_it_was_kept():
    employer, esw = make_employer(), make_user("esw")
    today = clock.today()
    plain = log(employer, esw)
    assert contact_words.next_step_words(plain) == ""
    some_day = log(employer, esw, next_step="Call")
    assert contact_words.next_step_words(some_day)["sub"] == "No day set"
    due = log(employer, esw, next_step="Call", next_step_on=today + timedelta(days=1))
    assert contact_words.next_step_words(due)["sub"].startswith("Due")
    with clock.at(clock.now() + timedelta(days=2)):
        assert contact_words.next_step_words(due)["sub"].startswith("Was due")
    assert contact_words.next_step_words(actions.finish_next_step(due, by=esw))["sub"].startswith("Done")


def test_an_occupation_outside_the_quick_list_keeps_its_number():
    from pacework.service.employers import codes

    assert codes.occupation("") == "Not chosen"
    assert codes.occupation("9241") == "Shelf fillers (9241)"
    assert codes.occupation("9999") == "Unit group 9999"


def test_weeks_are_said_with_their_months():
    from datetime import date

    assert contact_words.week_words(date(2026, 3, 9)) == "9 to 15 March 2026"
    assert contact_words.week_words(date(2026, 3, 30)) == "30 March to 5 April 2026"


@pytest.mark.parametrize("address", ["/employers/", "/vacancies/", "/placement-opportunities/"])
def test_a_longer_list_asks_the_database_no_more_often(address, client_for):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = client_for(make_user("esw"))
    browser.get(address)  # the first page of a session writes the session
    numbers = []
    for _ in range(2):
        for _ in range(3):
            employer = make_employer()
            make_site(employer)
            make_vacancy(employer)
            make_opportunity(employer, state="agreed")
        with CaptureQueriesContext(connection) as caught:
            browser.get(address)
        numbers.append(len(caught))
    assert numbers[0] == numbers[1] <= 15
