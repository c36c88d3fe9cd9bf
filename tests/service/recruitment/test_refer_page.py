"""The referral page: at most six answers, search before create, nothing lost, nothing twice."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from pacework.service.cases.models import Client
from pacework.service.core import clock, drafts
from pacework.service.core.models import Draft, ReadEvent
from pacework.service.recruitment.forms import ReferForm, read_nhs_number, read_postcode
from pacework.service.recruitment.models import Referral
from tests.service.build import (
    give_consent,
    make_client,
    make_programme,
    make_team,
    make_user,
    synthetic_nhs_number,
)
from tests.service.recruitment.build import make_hcp_and_team, state_of

pytestmark = pytest.mark.django_db

TYPED = {
    "first_name": "Nia",
    "last_name": "Marlow",
    "birth_date-day": "27",
    "birth_date-month": "3",
    "birth_date-year": "1979",
    "contact": "01632 960001",
    "agreed": ["service", "sharing"],
}


def send(browser: Any, **changes: Any) -> Any:
    return browser.post("/refer/", TYPED | {"submission": str(uuid.uuid4())} | changes)


def known(team: Any, **more: Any) -> Client:
    return make_client(
        team, **({"first_name": "Nia", "last_name": "Marlow", "birth_date": date(1979, 3, 27)} | more)
    )


def test_a_referral_needs_at_most_six_answers_and_nothing_clinical() -> None:
    hcp, _ = make_hcp_and_team()
    for needed in (5, 6):
        form = ReferForm(teams=hcp.teams.all(), is_lead=False, visible=Client.objects.none())
        assert sum(field.required for field in form.fields.values()) == needed
        hcp.teams.add(make_team())
    words = " ".join(str(field.label).lower() for field in form.fields.values())
    assert not any(word in words for word in ("diagnosis", "pain", "medic", "condition"))


def test_an_hcp_refers_and_is_told_what_happens_next(client_for: Any) -> None:
    hcp, team = make_hcp_and_team()
    answer = send(client_for(hcp), wants_work="I miss my team.", nhs_number=synthetic_nhs_number(5))
    assert answer.status_code == 302
    assert answer.url == "/my-referrals/"
    referral = Referral.objects.get()
    assert (referral.client.phone, referral.team, referral.wants_work) == (
        "01632 960001",
        team,
        "I miss my team.",
    )
    page = client_for(hcp).get("/my-referrals/").content.decode()
    assert "Nia Marlow" in page
    assert "Waiting for a support worker" in page


def test_sending_the_same_form_twice_refers_once(client_for: Any) -> None:
    hcp, _ = make_hcp_and_team()
    browser, token = client_for(hcp), str(uuid.uuid4())
    first, second = send(browser, submission=token), send(browser, submission=token)
    assert (first.status_code, second.status_code) == (302, 302)
    assert second.url == first.url
    assert Referral.objects.count() == 1


BAD: list[tuple[dict[str, Any], str]] = [
    ({"first_name": ""}, "Enter first name"),
    ({"last_name": "x" * 61}, "60 characters or fewer"),
    ({"first_name": "Ni\x00a"}, "hidden character"),
    ({"nhs_number": "9991234567"}, "one of the figures is wrong"),
    ({"nhs_number": "999 123 456"}, "This one has 9"),
    ({"nhs_number": "99912X4567"}, "only figures"),
    ({"birth_date-year": "2999"}, "between 1900 and 2100"),
    ({"birth_date-year": "2099"}, "in the future"),
    ({"birth_date-year": "1899"}, "between 1900 and 2100"),
    ({"birth_date-day": "31", "birth_date-month": "2"}, "real date"),
    ({"birth_date-day": ""}, "needs a day"),
    ({"contact": "ring me"}, "phone number or an email"),
    ({"contact": "nia@"}, "email address"),
    ({"agreed": ["sharing"]}, "want to work and agree"),
    ({"agreed": []}, "Ask the person first"),
    ({"agreed": ["everything"]}, "Choose only from the list"),
    ({"postcode": "Leeds"}, "full postcode"),
    ({"status": "astronaut"}, "Choose one from the list"),
    ({"last_job_ended_on": "2999-01-01"}, "Enter a year between"),
    ({"last_job_ended_on": "1960-01-01"}, "before the client was born"),
    ({"status": "employed", "last_job_ended_on": "2020-01-01"}, "Leave this date empty"),
]


@pytest.mark.parametrize(("change", "sentence"), BAD)
def test_bad_input_is_said_beside_the_field_keeps_the_typing_and_writes_nothing(
    client_for: Any, change: dict[str, Any], sentence: str
) -> None:
    hcp, _ = make_hcp_and_team()
    answer = send(client_for(hcp), wants_work="Kept <b>words</b>", **change)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Kept &lt;b&gt;words&lt;/b&gt;" in page
    assert not Referral.objects.exists()
    assert not Client.objects.exists()


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "'; DROP TABLE recruitment_referral; --", "{{ 7*7 }}"]
)
def test_markup_and_sql_are_kept_as_text(client_for: Any, text: str) -> None:
    hcp, _ = make_hcp_and_team()
    assert send(client_for(hcp), first_name=text[:60], reason=text, wants_work=text).status_code == 302
    assert Referral.objects.get().reason == text
    page = client_for(hcp).get("/my-referrals/").content.decode()
    assert "<script>alert" not in page
    assert "49" not in page.split("My referrals</h1>")[1].split("Refer someone")[0]


def test_a_known_person_out_of_scope_is_not_shown_and_the_referral_goes_on(client_for: Any) -> None:
    hcp, _ = make_hcp_and_team()
    other = known(make_team(), phone="01632 960009", postcode="M1 1AE")
    answer = send(client_for(hcp))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "already known to the service" in page
    for secret in (other.nhs_number, other.phone, other.postcode, str(other.team), "same person"):
        assert secret not in page
    assert not Referral.objects.exists()
    # The client can later see who learnt that they are known.
    assert ReadEvent.objects.get(client_id=other.pk).actor == hcp
    assert send(client_for(hcp), send_anyway="on").status_code == 302
    referral = Referral.objects.get()
    assert referral.client != other
    assert state_of(referral) == "to_check"


def test_a_known_person_in_scope_is_shown_side_by_side(client_for: Any) -> None:
    hcp, team = make_hcp_and_team()
    other = known(team, phone="01632 960009")
    give_consent(other, to=hcp)
    page = send(client_for(hcp)).content.decode()
    assert "Is this the same person?" in page
    assert "01632 960009" in page
    assert send(client_for(hcp), match=str(other.pk)).status_code == 302
    assert Referral.objects.get().client == other
    assert Client.objects.count() == 1


def test_someone_else_makes_a_new_record(client_for: Any) -> None:
    hcp, team = make_hcp_and_team()
    other = known(team)
    give_consent(other, to=hcp)
    assert send(client_for(hcp), match="else").status_code == 302
    assert Referral.objects.get().client != other


def test_a_made_up_answer_about_the_same_person_opens_nobodys_record(client_for: Any) -> None:
    hcp, _ = make_hcp_and_team()
    secret = known(make_team())
    for match in (str(secret.pk), "999999999999999999999", "x"):
        answer = send(client_for(hcp), match=match)
        assert answer.status_code == 422
        assert "Choose one from the list" in answer.content.decode()
    assert not Referral.objects.exists()


def test_a_lead_sees_look_alikes_of_their_teams_only(client_for: Any) -> None:
    make_programme()
    team = make_team()
    lead = make_user("team_lead", team)
    mine, theirs = known(team, phone="01632 960008"), known(make_team(), phone="01632 960009")
    page = send(client_for(lead), route="jobcentre").content.decode()
    assert mine.phone in page
    assert theirs.phone not in page


def test_a_draft_is_kept_for_its_writer_and_expires_after_30_days(client_for: Any) -> None:
    hcp, team = make_hcp_and_team()
    browser = client_for(hcp)
    send(browser, save_draft="1", first_name="Half")
    assert not Referral.objects.exists()
    assert 'value="Half"' in browser.get("/refer/").content.decode()
    assert 'value="Half"' not in client_for(make_user("hcp", team)).get("/refer/").content.decode()
    with clock.at(clock.now() + timedelta(days=31)):
        assert drafts.expire() == 1
    assert not Draft.objects.exists()


def test_an_hcp_without_a_team_is_told_what_to_do(client_for: Any) -> None:
    make_programme()
    answer = send(client_for(make_user("hcp")))
    assert answer.status_code == 422
    assert "Ask an administrator" in answer.content.decode()


def test_an_email_is_a_way_to_reach_somebody_too(client_for: Any) -> None:
    hcp, _ = make_hcp_and_team()
    assert send(client_for(hcp), contact="nia@example.org").status_code == 302
    assert Client.objects.get().email == "nia@example.org"


@pytest.mark.parametrize("gap", ["", " ", "-", "  "])
def test_nhs_numbers_are_read_with_their_gaps(gap: str) -> None:
    number = synthetic_nhs_number(42)
    assert read_nhs_number(gap.join((number[:3], number[3:6], number[6:]))) == number
    assert read_nhs_number(gap) == ""


@pytest.mark.parametrize("number", range(40))
def test_any_one_wrong_figure_in_an_nhs_number_is_noticed(number: int) -> None:
    right = synthetic_nhs_number(number)
    place = number % 10
    wrong = right[:place] + str((int(right[place]) + 1 + number % 8) % 10) + right[place + 1 :]
    with pytest.raises(ValidationError):
        read_nhs_number(wrong)


@pytest.mark.parametrize(
    ("typed", "kept"), [("m11ae", "M1 1AE"), (" SW1A  1AA ", "SW1A 1AA"), ("", ""), ("gir 0aa", "GIR 0AA")]
)
def test_postcodes_are_put_right(typed: str, kept: str) -> None:
    assert read_postcode(typed) == kept
