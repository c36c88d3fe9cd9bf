"""Self-referral: open to everybody, never clinical, never telling, hard to flood."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache

from pacework.service.recruitment import views
from pacework.service.recruitment.models import PossibleDuplicate, Referral
from tests.service.build import make_client, make_programme, make_team
from tests.service.recruitment.build import state_of

pytestmark = pytest.mark.django_db

TYPED = {"first_name": "Nia", "last_name": "Marlow", "phone": "01632 960001", "safe": ["phone"]}


@pytest.fixture(autouse=True)
def _fresh_counter() -> None:
    cache.clear()


def send(browser: Any, path: str = "/join/", **changes: Any) -> Any:
    return browser.post(path, TYPED | {"submission": str(uuid.uuid4())} | changes)


def test_anybody_can_ask_for_support_without_an_account(client_for: Any) -> None:
    make_programme()
    team = make_team()
    assert client_for().get("/join/").status_code == 200
    answer = send(client_for(), wants_work="Gardening")
    assert (answer.status_code, answer.url) == (302, "/join/thank-you/")
    referral = Referral.objects.get()
    assert (state_of(referral), referral.team, referral.wants_work) == ("to_screen", team, "Gardening")
    person = referral.client
    assert (person.safe_to_phone, person.safe_to_leave_message, person.safe_to_email) == (True, False, False)


def test_the_answer_is_the_same_for_somebody_who_is_known(client_for: Any) -> None:
    make_programme()
    team = make_team()
    make_client(team, first_name="Nia", last_name="Marlow", birth_date=date(1979, 3, 27))
    born = {"birth_date-day": "27", "birth_date-month": "3", "birth_date-year": "1979"}
    for_known, for_new = send(client_for(), **born), send(client_for(), first_name="Zadie", last_name="Quill")
    assert (for_known.status_code, for_known.url) == (for_new.status_code, for_new.url)
    assert for_known.content == for_new.content
    assert PossibleDuplicate.objects.count() == 1


def test_nothing_clinical_is_asked(client_for: Any) -> None:
    make_team()
    page = client_for().get("/join/").content.decode()
    form = page[page.index("First name") :].lower()
    assert not any(word in form for word in ("diagnos", "medic", "symptom", "nhs number", "how is your"))


def test_a_machine_that_fills_the_hidden_box_is_thanked_and_nothing_is_written(client_for: Any) -> None:
    make_programme()
    make_team()
    answer = send(client_for(), website="https://spam.example")
    assert answer.url == "/join/thank-you/"
    assert not Referral.objects.exists()


def test_one_address_can_send_only_so_many_an_hour(client_for: Any) -> None:
    make_programme()
    make_team()
    for number in range(views.SENT_AN_HOUR):
        assert send(client_for(), first_name=f"N{number}").status_code == 302
    answer = send(client_for(), first_name="Late", wants_work="Still here")
    assert answer.status_code == 422
    assert "try again in an hour" in answer.content.decode()
    assert "Still here" in answer.content.decode()
    assert Referral.objects.count() == views.SENT_AN_HOUR
    elsewhere = client_for(REMOTE_ADDR="192.0.2.7")
    assert send(elsewhere, first_name="Other").status_code == 302


def test_forms_with_mistakes_do_not_use_up_the_limit(client_for: Any) -> None:
    make_programme()
    make_team()
    for _ in range(views.SENT_AN_HOUR + 2):
        assert send(client_for(), last_name="").status_code == 422
    assert send(client_for()).status_code == 302


def test_sending_twice_writes_once(client_for: Any) -> None:
    make_programme()
    make_team()
    token, browser = str(uuid.uuid4()), client_for()
    assert send(browser, submission=token).url == send(browser, submission=token).url
    assert Referral.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"phone": ""}, "Enter a phone number or an email address"),
        ({"safe": []}, "at least one way"),
        ({"safe": ["email"]}, "goes with the phone number"),
        ({"phone": "", "email": "nia@example.org", "safe": ["message"]}, "goes with the phone number"),
        ({"phone": "abc"}, "Enter a phone number"),
        ({"birth_date-year": "1850", "birth_date-day": "1", "birth_date-month": "1"}, "between 1900"),
        ({"first_name": "\x00"}, "hidden character"),
    ],
)
def test_mistakes_are_said_kindly(client_for: Any, changes: dict[str, Any], sentence: str) -> None:
    make_programme()
    make_team()
    answer = send(client_for(), **changes)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Referral.objects.exists()


def test_a_poster_is_its_own_route(client_for: Any) -> None:
    make_programme()
    make_team()
    send(client_for(), "/join/?from=poster")
    assert Referral.objects.get().route == "poster_text"


def test_with_several_teams_the_person_chooses(client_for: Any) -> None:
    make_programme()
    make_team()
    second = make_team()
    assert send(client_for()).status_code == 422
    assert send(client_for(), team=str(second.pk)).status_code == 302
    assert Referral.objects.get().team == second


def test_before_there_is_a_team_the_page_says_so(client_for: Any) -> None:
    make_programme()
    assert "not open yet" in send(client_for()).content.decode()
