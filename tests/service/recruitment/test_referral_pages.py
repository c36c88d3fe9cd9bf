"""The team lead's pages: one next step at a time, for the right people, once."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from pacework.service.core import clock
from pacework.service.recruitment import actions
from pacework.service.recruitment.actions import incoming
from pacework.service.recruitment.models import PossibleDuplicate, Referral
from tests.service.build import (
    close,
    give_consent,
    lead_of,
    make_client,
    make_episode,
    make_programme,
    make_team,
    make_user,
)
from tests.service.recruitment.build import a_person, make_pair, make_referral, state_of

pytestmark = pytest.mark.django_db


def post(browser: Any, referral: Referral, step: str, **typed: Any) -> Any:
    path = f"/people/{referral.client_id}/referrals/{referral.pk}/{step}/"
    return browser.post(path, {"submission": str(uuid.uuid4())} | typed)


def today() -> str:
    return clock.today().isoformat()


NEXT_BUTTON = {
    "new": "Record the invitation",
    "waiting_reply": "Record their reply",
    "to_screen": "/screen/",
    "not_met": "Screen again",
    "to_consent": "Record their answers",
}


@pytest.mark.parametrize("state", NEXT_BUTTON)
def test_a_referral_page_offers_the_next_step_only(client_for: Any, state: str) -> None:
    referral = make_referral(state)
    browser = client_for(lead_of(referral.team))
    page = browser.get(f"/people/{referral.client_id}/referrals/{referral.pk}/").content.decode()
    for other, button in NEXT_BUTTON.items():
        if other == state:
            assert button in page
        elif button != "/screen/":
            assert button not in page


def test_the_whole_way_by_its_pages(client_for: Any) -> None:
    referral = make_referral("new")
    browser = client_for(lead_of(referral.team))
    typed: list[tuple[str, dict[str, Any], str]] = [
        ("sent", {"on": today()}, "waiting_reply"),
        ("remind", {"on": today()}, "waiting_reply"),
        ("reply", {"on": today(), "answer": "yes", "wants_work": "Shop work"}, "to_screen"),
        ("screen", {"on": today(), "q_wants_to_work": "yes", "status": "unemployed"}, "to_consent"),
        (
            "consent",
            {"on": today(), "service": "yes", "health_sharing": "no", "how": "spoken"},
            "waiting_esw",
        ),
    ]
    for step, answers, state in typed:
        assert browser.get(f"/people/{referral.client_id}/referrals/{referral.pk}/{step}/").status_code == 200
        answer = post(browser, referral, step, **answers)
        assert answer.status_code == 302, answer.content.decode()
        assert state_of(referral) == state
    page = browser.get(f"/people/{referral.client_id}/referrals/{referral.pk}/").content.decode()
    assert "Welcome in the routine service." in page
    assert "Shop work" in page


@pytest.mark.parametrize("step", ["sent", "remind", "reply", "screen", "consent", "exit-undo", "routine"])
def test_a_step_out_of_turn_is_refused_in_words(client_for: Any, step: str) -> None:
    referral = make_referral("waiting_esw")
    typed = {"on": today(), "answer": "yes", "q_wants_to_work": "yes", "status": "unknown", "service": "yes"}
    answer = post(client_for(lead_of(referral.team)), referral, step, how="spoken", **typed)
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert state_of(referral) == "waiting_esw"


@pytest.mark.parametrize("days", [1, -1])
def test_dates_in_the_wrong_order_are_refused_beside_the_field(
    client_for: Any, days: int, frozen: Any
) -> None:
    referral = make_referral("waiting_reply")
    on = (clock.today() + timedelta(days=days)).isoformat()
    answer = post(client_for(lead_of(referral.team)), referral, "reply", on=on, answer="yes")
    assert answer.status_code == 422
    assert ("in the future" if days > 0 else "before the invitation") in answer.content.decode()
    assert state_of(referral) == "waiting_reply"


def test_a_study_that_is_not_met_offers_the_routine_service_on_the_same_page(client_for: Any) -> None:
    make_programme()
    referral = make_referral("to_screen", preset="instep")
    browser = client_for(lead_of(referral.team))
    post(browser, referral, "screen", on=today(), q_has_chronic_pain="no", status="unemployed")
    page = browser.get(f"/people/{referral.client_id}/referrals/{referral.pk}/").content.decode()
    assert "No: lives with chronic pain." in page
    assert "Go on in the routine service" in page
    post(browser, referral, "routine", on=today())
    assert state_of(referral) == "to_consent"


def test_ending_and_undoing(client_for: Any) -> None:
    referral = make_referral("to_screen")
    browser = client_for(lead_of(referral.team))
    assert post(browser, referral, "exit", reason="no_reply").status_code == 422
    assert post(browser, referral, "exit", reason="moved").status_code == 302
    assert state_of(referral) == "exited"
    assert browser.get(f"/people/{referral.client_id}/referrals/{referral.pk}/exit-undo/").status_code == 200
    assert post(browser, referral, "exit-undo").status_code == 302
    assert state_of(referral) == "to_screen"


def test_a_pile_of_letters_is_recorded_at_once_and_leaves_out_do_not_contact(client_for: Any) -> None:
    team = make_team()
    one, other = make_referral(team=team), make_referral(team=team)
    silent = make_referral(team=team, do_not_contact=True)
    browser = client_for(lead_of(team))
    page = browser.get("/referrals/sent/").content.decode()
    assert one.client.last_name in page
    assert silent.client.last_name not in page
    typed = {"submission": str(uuid.uuid4()), "on": today(), "people": [one.pk, other.pk, silent.pk]}
    assert browser.post("/referrals/sent/", typed).status_code == 422
    typed["people"] = [one.pk, other.pk]
    assert browser.post("/referrals/sent/", typed).status_code == 302
    assert [state_of(row) for row in (one, other, silent)] == ["waiting_reply", "waiting_reply", "new"]


def test_do_not_contact_shows_no_invitation_and_no_reminder(client_for: Any) -> None:
    for state in ("new", "waiting_reply"):
        referral = make_referral(state)
        browser = client_for(lead_of(referral.team))
        type(referral.client).objects.filter(pk=referral.client_id).update(do_not_contact=True)
        page = browser.get(f"/people/{referral.client_id}/referrals/{referral.pk}/").content.decode()
        assert "Record the invitation" not in page
        assert "Record a reminder" not in page
        step = "sent" if state == "new" else "remind"
        assert "asked not to be contacted" in post(browser, referral, step, on=today()).content.decode()


def test_the_lead_of_another_team_finds_nothing(client_for: Any) -> None:
    referral = make_referral("to_screen")
    browser = client_for(make_user("team_lead", make_team()))
    for step in ("", "screen/", "exit/"):
        assert browser.get(f"/people/{referral.client_id}/referrals/{referral.pk}/{step}").status_code == 404
    assert referral.client.last_name not in browser.get("/referrals/?state=all").content.decode()


def test_a_referral_is_found_only_under_its_own_client(client_for: Any) -> None:
    team = make_team()
    one, other = make_referral(team=team), make_referral(team=team)
    browser = client_for(lead_of(team))
    assert browser.get(f"/people/{other.client_id}/referrals/{one.pk}/").status_code == 404


def test_a_former_client_is_screened_again_though_their_last_episode_is_closed(client_for: Any) -> None:
    team = make_team()
    make_programme()
    former = make_client(team)
    close(make_episode(former))
    former.forget_episode()
    give_consent(former)
    hcp = make_user("hcp", team)
    referral = incoming.refer(a_person(), by=hcp, team=team, shares=True, same_as=former)
    assert state_of(referral) == "waiting_esw"
    assert client_for(lead_of(team)).get(f"/people/{former.pk}/referrals/{referral.pk}/").status_code == 200


@pytest.mark.parametrize("same_team", [True, False])
def test_the_lead_sees_a_double_of_their_own_team_and_only_the_team_of_another(
    client_for: Any, same_team: bool
) -> None:
    team = make_team()
    pair = make_pair(team, other_team=team if same_team else make_team())
    referral = Referral.objects.get(client=pair.client)
    browser = client_for(lead_of(team))
    page = browser.get(f"/people/{pair.client_id}/referrals/{referral.pk}/").content.decode()
    assert "Known already?" in page
    assert (pair.other.nhs_number in page) is same_team
    assert same_team or str(pair.other.team) in page
    path = f"/people/{pair.client_id}/referrals/{referral.pk}/different/{pair.pk}/"
    assert browser.get(path).status_code == 200
    assert browser.post(path, {"submission": str(uuid.uuid4())}).status_code == 302
    assert PossibleDuplicate.objects.get(pk=pair.pk).decided == "different"
    assert browser.get(path).status_code == 404


def test_an_hcp_hears_back_only_as_far_as_the_person_agreed(client_for: Any) -> None:
    team = make_team()
    make_programme()
    hcp, esw = make_user("hcp", team), make_user("esw", team)
    from pacework.service.cases import actions as cases

    told = incoming.refer(a_person(), by=hcp, team=team, shares=True, reason="Asks about part-time work")
    silent = incoming.refer(a_person(first_name="Owen", last_name="Price"), by=hcp, team=team, shares=False)
    for one in (told, silent):
        cases.accept(cases.allocate(one.episode, by=lead_of(team), esw=esw), by=esw)
    page = client_for(hcp).get("/my-referrals/").content.decode()
    assert "Asks about part-time work" in page
    assert page.count("Has a support worker") == 1
    assert "that you hear how it goes" in page
    assert client_for(hcp).get(f"/people/{told.client_id}/referrals/{told.pk}/").status_code == 200
    assert client_for(hcp).get(f"/people/{silent.client_id}/referrals/{silent.pk}/").status_code == 404
    assert "Marlow" not in client_for(make_user("hcp", team)).get("/my-referrals/").content.decode()


def test_an_ended_referral_tells_its_hcp_no_reason(client_for: Any) -> None:
    team = make_team()
    make_programme("Study", preset="instep", is_default=True)
    hcp = make_user("hcp", team)
    referral = incoming.refer(a_person(), by=hcp, team=team, shares=True)
    assert "A team lead is looking at it" in client_for(hcp).get("/my-referrals/").content.decode()
    actions.end(referral, by=lead_of(team), reason="no_paid_work_now")
    page = client_for(hcp).get("/my-referrals/").content.decode()
    assert "Ended before support began" in page
    assert "paid work now" not in page


@pytest.mark.parametrize("role", ["esw", "hcp", "team_lead", "manager", "administrator"])
def test_presets_are_explained_with_version_and_source(client_for: Any, role: str) -> None:
    make_programme()
    page = client_for(make_user(role)).get("/presets/").content.decode()
    for words in (
        "Routine service",
        "InSTEP",
        "ReISE",
        "IPS in Pain",
        "West Midlands",
        "Version 1",
        "Source:",
    ):
        assert words in page


def test_every_study_question_can_be_asked(client_for: Any) -> None:
    make_programme()
    for preset in ("instep", "instep-pilot", "ips-in-pain", "reise", "west-midlands"):
        referral = make_referral("to_screen", preset=preset, birth_date=None)
        page = client_for(lead_of(referral.team)).get(
            f"/people/{referral.client_id}/referrals/{referral.pk}/screen/"
        )
        assert page.status_code == 200
        assert "What is your date of birth?" in page.content.decode()


def test_the_list_is_filtered_by_name_route_team_and_step(client_for: Any) -> None:
    team, other = make_team(), make_team()
    lead = lead_of(team)
    lead.teams.add(other)
    make_referral("to_screen", team=team, first_name="Zoe", last_name="Abbott")
    there = make_referral("waiting_reply", team=other, first_name="Yan", last_name="Baker")
    Referral.objects.filter(pk=there.pk).update(route="jobcentre")
    actions.remind(Referral.objects.get(pk=there.pk), by=lead, on=clock.today())
    browser = client_for(lead)
    for query, seen in (
        ("q=abb zoe", {"Abbott"}),
        ("route=jobcentre", {"Baker"}),
        (f"team={other.pk}", {"Baker"}),
        ("state=to_screen", {"Abbott"}),
        ("state=all&sort=-name", {"Abbott", "Baker"}),
        (f"team={team.pk}&route=jobcentre", set()),
    ):
        page = browser.get(f"/referrals/?{query}").content.decode()
        assert {name for name in ("Abbott", "Baker") if f" {name}</a>" in page} == seen, query
    assert "1 reminder sent" in browser.get("/referrals/").content.decode()
    page = browser.get(f"/funnel/?team={team.pk}").content.decode()
    assert "Of 1 person invited, 0 (0%) came onto a caseload" in page
    assert "Nobody was invited" in browser.get("/funnel/?from=2001-01-01&to=2001-02-01").content.decode()


def test_the_list_shows_why_and_that_somebody_asked_not_to_be_contacted(client_for: Any) -> None:
    referral = make_referral("waiting_reply")
    lead = lead_of(referral.team)
    actions.end(referral, by=lead, reason="do_not_contact")
    page = client_for(lead).get("/referrals/?state=exited").content.decode()
    assert "Do not contact. Asked not to be contacted" in page
