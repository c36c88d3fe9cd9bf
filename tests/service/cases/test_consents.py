"""Layers of consent: each its own answer, each taken back on its own, and what follows for who sees what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pacework.service.cases import actions, policies
from pacework.service.cases.models import Client, Consent, CorrectionRequest
from pacework.service.cases.wording import all_wordings, current_version, current_wordings
from pacework.service.core import clock
from pacework.service.core.errors import DomainError, NotAllowed
from pacework.service.core.presenters import day
from pacework.service.people.models import User
from tests.service import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return build.make_team()


@pytest.fixture
def hcp(team) -> User:
    return build.make_user("hcp", team)


@pytest.fixture
def person(team) -> Client:
    return build.make_episode(esw=build.make_user("esw", team)).client


def sees(user: User, client: Client) -> bool:
    return Client.objects.visible_to(user).filter(pk=client.pk).exists()


@pytest.mark.parametrize(
    ("answers", "seen"),
    [
        ([], False),
        ([("team", True)], True),
        ([("team", False)], False),
        ([("me", True)], True),
        ([("me", False)], False),
        ([("other", True)], False),
        ([("team", True), ("me", False)], False),
        ([("team", False), ("me", True)], True),
        ([("team", True), ("other", False)], True),
        ([("me", True), ("me", False)], False),
        ([("me", False), ("me", True)], True),
    ],
)
def test_an_hcp_sees_the_record_as_far_as_health_sharing_goes(team, hcp, person, answers, seen):
    recipients = {"team": None, "me": hcp, "other": build.make_user("hcp", team)}
    for who, given in answers:
        actions.record_consent(
            person, by=None, layer="health_sharing", given=given, recipient=recipients[who]
        )
    assert sees(hcp, person) is seen
    assert policies.consents_to(person, "health_sharing", recipient=hcp) is seen


def test_taking_health_sharing_back_closes_the_record_for_hcps_and_for_nobody_else(team, hcp, person):
    consent = build.give_consent(person)
    lead, esw = build.lead_of(team), build.offer_of(person.episode).esw
    assert sees(hcp, person)
    actions.withdraw_consent(consent, by=lead)
    assert not sees(hcp, person)
    assert sees(lead, person)
    assert sees(esw, person)
    assert person.episode.closed_on is None


def test_taking_back_one_named_hcp_leaves_them_out_of_a_yes_to_the_team(team, hcp, person):
    build.give_consent(person)
    named = build.give_consent(person, to=hcp)
    actions.withdraw_consent(named, by=build.lead_of(team))
    assert not sees(hcp, person)
    assert sees(build.make_user("hcp", team), person)


def test_each_layer_is_taken_back_on_its_own_and_the_history_stays(person, team):
    employer = build.give_consent(person, "employer_contact")
    build.give_consent(person, "research")
    actions.withdraw_consent(employer, by=build.lead_of(team))
    assert not policies.consents_to(person, "employer_contact")
    assert policies.consents_to(person, "research")
    kept = Consent.objects.get(pk=employer.pk)
    assert (kept.given, kept.withdrawn_on, kept.withdrawn_by) == (True, clock.today(), build.lead_of(team))


def test_a_new_answer_ends_the_one_before(person):
    first = build.give_consent(person, "research")
    second = actions.record_consent(person, by=None, layer="research", given=False)
    first.refresh_from_db()
    assert first.withdrawn_on == clock.today()
    assert list(Consent.objects.standing().filter(layer="research")) == [second]
    with pytest.raises(DomainError, match="has not agreed to this: research"):
        policies.check_consents_to(person, "research")


def test_taking_back_the_yes_to_support_closes_the_episode_by_the_clients_own_word(person):
    user = build.give_account(person)
    actions.withdraw_consent(person.consents.get(layer="service"), by=user)
    episode = person.episodes.get()
    assert (episode.closed_on, episode.close_reason) == (clock.today(), "chose_to_stop")
    assert not episode.assignments.open().exists()


def test_a_no_to_support_closes_the_episode_too(person, team):
    actions.record_consent(person, by=build.lead_of(team), layer="service", given=False)
    assert person.episodes.get().closed_on == clock.today()


def test_what_a_client_answers_online_is_recorded_as_that(person):
    consent = actions.record_consent(person, by=build.give_account(person), layer="research", given=True)
    assert (consent.how, consent.wording_version) == ("online", current_version("research"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"layer": "everything"}, "Choose what"),
        ({"layer": "research", "recipient": "hcp"}, "not about one person"),
        ({"layer": "health_sharing", "recipient": "esw"}, "not a healthcare professional"),
        ({"layer": "health_sharing", "recipient": "far"}, "not a healthcare professional"),
        ({"layer": "research", "on": "tomorrow"}, "future"),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(person, team, hcp, changes, words):
    people = {
        "hcp": hcp,
        "esw": build.make_user("esw", team),
        "far": build.make_user("hcp", build.make_team()),
    }
    given = {"given": True} | changes
    if "recipient" in given:
        given["recipient"] = people[given["recipient"]]
    if "on" in given:
        given["on"] = clock.today() + timedelta(days=1)
    with pytest.raises(DomainError, match=words):
        actions.record_consent(person, by=None, **given)


@pytest.mark.parametrize(
    ("role", "near", "may"),
    [
        ("client", True, True),
        ("client", False, False),
        ("esw", True, True),
        ("esw", False, False),
        ("team_lead", True, True),
        ("team_lead", False, False),
        ("hcp", True, True),
        ("hcp", False, False),
        ("manager", True, False),
        ("researcher", True, False),
        ("administrator", True, False),
    ],
)
def test_who_may_record_an_answer(person, team, role, near, may):
    own = {"client": build.give_account(person), "esw": build.offer_of(person.episode).esw}
    user = own.get(role) if near else None
    user = user or build.make_user(role, team if near else build.make_team())
    if may:
        actions.record_consent(person, by=user, layer="research", given=True)
    else:
        with pytest.raises(NotAllowed):
            actions.record_consent(person, by=user, layer="research", given=True)
    assert policies.consents_to(person, "research") is may


@pytest.mark.parametrize("layer", ["diary_sharing", "diary_health"])
@pytest.mark.parametrize("role", ["esw", "team_lead", "hcp", "client"])
def test_nobody_but_the_client_says_yes_to_showing_the_diary(person, team, client_for, role, layer):
    own = {"client": build.give_account(person), "esw": build.offer_of(person.episode).esw}
    user = own.get(role) or build.make_user(role, team)
    if role == "client":
        actions.record_consent(person, by=user, layer=layer, given=True)
        # Taking it back stays open to everybody whom the client may tell.
        actions.withdraw_consent(Consent.objects.live().get(layer=layer), by=own["esw"])
    else:
        with pytest.raises(NotAllowed, match="Only the client"):
            actions.record_consent(person, by=user, layer=layer, given=True)
    assert not policies.consents_to(person, layer)
    if role in ("esw", "team_lead"):
        browser = client_for(user)
        page = browser.get(f"/people/{person.pk}/sharing/").text
        assert f"/sharing/{layer}/" not in page
        assert "Only the client answers this" in page
        said = {"given": "yes", "how": "spoken", "recipient": "all"}
        assert browser.get(f"/people/{person.pk}/sharing/{layer}/").status_code == 403
        assert browser.post(f"/people/{person.pk}/sharing/{layer}/", said).status_code == 403


def test_only_a_standing_yes_can_be_taken_back(person, team):
    lead = build.lead_of(team)
    refusal = actions.record_consent(person, by=None, layer="research", given=False)
    with pytest.raises(DomainError, match="nothing to take back"):
        actions.withdraw_consent(refusal, by=lead)
    agreed = build.give_consent(person, "recording")
    actions.withdraw_consent(agreed, by=lead)
    with pytest.raises(DomainError, match="already"):
        actions.withdraw_consent(agreed, by=lead)


def test_every_layer_has_its_wording_and_every_version_stays_readable():
    assert set(current_wordings()) == set(Consent.Layer.values)
    for (layer, version), wording in all_wordings().items():
        assert int(version) <= current_wordings()[layer].version
        for text in (wording.question, wording.if_no, wording.if_withdraw, wording.statement, *wording.means):
            assert "{" not in wording.filled(text)


def test_the_client_asks_for_a_correction_and_reads_the_answer(person, client_for):
    user, esw = build.give_account(person), build.offer_of(person.episode).esw
    client_for(user).post("/my/correction/", {"what": "I was a baker, not a butcher."})
    request = CorrectionRequest.objects.get()
    page = client_for(esw).get(f"/people/{person.pk}/sharing/").content.decode()
    assert "I was a baker" in page
    client_for(esw).post(
        f"/people/{person.pk}/corrections/{request.pk}/",
        {"answer": "corrected", "reply": "Changed, thank you."},
    )
    assert "Changed, thank you." in client_for(user).get("/my/sharing/").content.decode()
    with pytest.raises(DomainError, match="answered already"):
        actions.answer_correction(CorrectionRequest.objects.get(), by=esw, answer="kept", reply="No.")


def test_a_consent_taken_back_is_said_to_be_taken_back_and_not_unanswered(person, client_for):
    browser = client_for(build.give_account(person))
    given = build.give_consent(person, "research")
    assert "Taken back" not in browser.get("/my/sharing/").content.decode()
    actions.withdraw_consent(given, by=person.user)
    page = browser.get("/my/sharing/").content.decode()
    assert f"Taken back on {day(clock.today())}" in page
    assert "Not answered" in page, "of those that were never asked"


def test_the_client_sees_who_looked_at_their_record(person, client_for):
    user, esw = build.give_account(person), build.offer_of(person.episode).esw
    assert "Nobody has looked yet" in client_for(user).get("/my/sharing/").content.decode()
    client_for(esw).get(f"/people/{person.pk}/details/")
    page = client_for(user).get("/my/sharing/").content.decode()
    assert str(esw) in page
    assert "Details" in page
