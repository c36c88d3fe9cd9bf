"""The person's own details, who may open a restricted record, finding people, and erasing them."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from pacework.service.cases import actions, policies
from pacework.service.cases.actions.erasing import blank_of
from pacework.service.cases.models import Client, EmploymentStatus, RestrictedAccess, StatedReason, search
from pacework.service.cases.presenters import Person
from pacework.service.cases.records import recorded_about
from pacework.service.core import clock
from pacework.service.core.errors import DomainError, NotAllowed, StaleSave
from pacework.service.core.models import Draft
from tests.service import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return build.make_team()


@pytest.fixture
def lead(team):
    return build.make_user("team_lead", team)


@pytest.fixture
def esw(team):
    return build.make_user("esw", team)


@pytest.fixture
def person(esw) -> Client:
    return build.make_episode(esw=esw).client


def test_a_stale_save_changes_nothing_and_shows_both_texts(person, esw, client_for):
    browser, path = client_for(esw), f"/people/{person.pk}/details/change/"
    typed = {"first_name": "Amara", "last_name": "Cole", "version": str(person.version)}
    actions.edit_client(person, by=esw, contact_notes="Ring before ten")
    shown = browser.post(path, typed | {"contact_notes": "Text only"})
    assert shown.status_code == 409
    assert "Ring before ten" in shown.content.decode()
    assert "Text only" in shown.content.decode()
    assert Client.objects.get(pk=person.pk).contact_notes == "Ring before ten"
    with pytest.raises(StaleSave):
        actions.edit_client(Client.objects.get(pk=person.pk), by=esw, expected=1, phone="1")


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"nhs_number": "9990000000"}, "not a valid NHS number"),
        ({"birth_date": date(1899, 1, 1)}, "year of birth"),
        ({"birth_date": "tomorrow"}, "in the future"),
        ({"nhs_number": "taken"}, "Someone else"),
    ],
)
def test_details_that_cannot_be_are_refused(person, esw, details, words):
    values = {
        name: {"tomorrow": clock.today() + timedelta(days=1), "taken": build.make_client().nhs_number}.get(
            value, value
        )
        for name, value in details.items()
    }
    with pytest.raises(DomainError, match=words):
        actions.edit_client(person, by=esw, **values)


def test_only_details_are_edited_as_details(person, esw):
    with pytest.raises(TypeError):
        actions.edit_client(person, by=esw, restricted=True)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": "resting"}, "from the list"),
        ({"as_of": 1}, "future"),
        ({"as_of": -40_000}, "before the client was born"),
        ({"status": "employed", "last_job_ended_on": -3}, "no end of the last job"),
        ({"last_job_ended_on": 0, "as_of": -1}, "ended after the day"),
        ({"last_job_ended_on": -40_000}, "before the client was born"),
    ],
)
def test_an_employment_status_that_makes_no_sense_is_refused(person, esw, changes, words):
    today = clock.today()
    given = {"status": "unemployed", "as_of": 0} | changes
    given = {
        name: max(today.toordinal() + value, 1) and date.fromordinal(today.toordinal() + value)
        if isinstance(value, int)
        else value
        for name, value in given.items()
    }
    with pytest.raises(DomainError, match=words):
        actions.record_employment_status(person, by=esw, **given)


def test_earlier_employment_statuses_stay(person, esw):
    today = clock.today()
    actions.record_employment_status(person, by=esw, status="unemployed", as_of=today - timedelta(days=60))
    actions.record_employment_status(person, by=esw, status="employed", as_of=today)
    assert list(EmploymentStatus.objects.values_list("status", flat=True)) == ["employed", "unemployed"]


def test_a_restricted_record_is_for_the_named_esw_the_lead_and_those_listed(person, team, lead, esw):
    build.give_consent(person)
    listed, unlisted = build.make_user("hcp", team), build.make_user("hcp", team)
    colleague = build.make_user("esw", team)
    cover = build.make_user("esw", team)
    build.make_cover(esw, cover)
    actions.restrict(person, by=lead, people=[listed, colleague])

    def seen_by(*users):
        return [Client.objects.visible_to(user).exists() for user in users]

    assert seen_by(esw, lead, listed, colleague, unlisted, cover) == [True, True, True, True, False, False]
    actions.restrict(person, by=lead, people=[listed])
    assert seen_by(listed, colleague) == [True, False]
    actions.restrict(person, by=lead, people=[])
    assert seen_by(listed, colleague) == [False, False]
    actions.restrict(person, by=lead, people=[listed])
    actions.unrestrict(person, by=lead)
    assert seen_by(unlisted, cover) == [True, True]
    assert not RestrictedAccess.objects.exists()
    with pytest.raises(DomainError, match="does not work"):
        actions.restrict(person, by=lead, people=[build.make_user("researcher")])
    with pytest.raises(NotAllowed):
        actions.restrict(person, by=esw)


def test_a_manager_opens_one_record_for_an_hour_and_only_reads(person, client_for):
    manager = build.make_user("manager")
    browser, path = client_for(manager), f"/people/{person.pk}/details/"
    assert browser.get(path).status_code == 404
    sent = browser.post("/open-a-record/", {"reason": "A complaint.", "nhs_number": person.nhs_number})
    assert sent.status_code == 302
    assert browser.get(path).status_code == 200
    assert browser.post(f"/people/{person.pk}/details/change/", {}).status_code == 404
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert browser.get(path).status_code == 404
    assert StatedReason.objects.get().reason == "A complaint."


def test_the_page_for_a_stated_reason_tells_nothing_about_who_exists(person, lead, client_for):
    browser = client_for(build.make_user("manager"))
    hidden = build.make_client(person.team, last_name="Quill", birth_date=date(1970, 1, 1))
    actions.restrict(hidden, by=lead)
    tries = [
        {"nhs_number": build.synthetic_nhs_number(400_001)},
        {"nhs_number": hidden.nhs_number},
        {"last_name": "Quill", "birth_date": "1970-01-01"},
        {"last_name": "Nobody", "birth_date": "1970-01-01"},
    ]
    said = set()
    for typed in tries:
        page = browser.post("/open-a-record/", {"reason": "A complaint."} | typed)
        assert page.status_code == 422
        said.add("No record can be opened with these details." in page.content.decode())
    assert said == {True}
    with pytest.raises(DomainError, match="or the last name and the date of birth"):
        actions.open_for_reason(by=build.make_user("manager"), reason="A complaint.", last_name="Quill")
    unsaid = browser.post("/open-a-record/", {"nhs_number": person.nhs_number})
    assert unsaid.status_code == 422
    assert not StatedReason.objects.exists()


@pytest.mark.parametrize(
    "words",
    ["cruz", "de la cruz", "De La Cruz, Zoë", "zoe", "zoe de la cruz", "zoe dela", "kit", "kit delacruz"],
)
def test_a_person_is_found_by_the_start_of_any_name_in_any_order(team, lead, words):
    found = build.make_client(team, first_name="Zoë", last_name="de la Cruz", preferred_name="Kit")
    build.make_client(team, first_name="Ann", last_name="Bell")
    expected = [] if words == "cruz" else [found]
    assert list(search(lead, words)) == expected


@pytest.mark.parametrize(
    "words", ["2 3 1980", "1980-03-02", "2 March 1980", "bell 2/3/1980", "NUMBER", "GAPS"]
)
def test_a_person_is_found_by_birth_date_or_nhs_number(team, lead, words):
    found = build.make_client(team, first_name="Ann", last_name="Bell", birth_date=date(1980, 3, 2))
    build.make_client(team, first_name="Ann", last_name="Bell")
    number = found.nhs_number
    words = {"NUMBER": number, "GAPS": f"{number[:3]} {number[3:6]} {number[6:]}"}.get(words, words)
    assert list(search(lead, words)) == [found]


@pytest.mark.parametrize("words", ["", "   ", "%", "_", "' OR 1=1 --", "<script>", "12", "99 99 9999"])
def test_odd_searches_find_nobody_and_break_nothing(team, lead, words, client_for):
    build.make_client(team)
    assert list(search(lead, words)) == []
    assert client_for(lead).get("/search/", {"q": words}).status_code == 200


def test_search_stays_within_what_the_reader_may_see(team, lead):
    mine = build.make_client(team, last_name="Bell")
    build.make_client(last_name="Bell")
    merged = build.make_client(team, last_name="Bell")
    Client.objects.filter(pk=merged.pk).update(merged_into=mine)
    assert list(search(lead, "bell")) == [mine]


def test_a_search_asks_the_database_a_fixed_number_of_times(
    team, lead, client_for, django_assert_max_num_queries
):
    for _ in range(30):
        build.make_episode(build.make_client(team, last_name="Bell"))
    browser = client_for(lead)
    with django_assert_max_num_queries(15):
        assert browser.get("/search/", {"q": "bell"}).status_code == 200


def test_the_person_header_asks_at_most_four_times(person, esw, django_assert_max_num_queries):
    build.give_consent(person)
    fresh = Client.objects.get(pk=person.pk)
    with django_assert_max_num_queries(4):
        header = Person(fresh, esw)
        assert header.strip["facts"][0] == ("ESW", str(esw))
        assert header.strip["sharing"] == ["Shared with the health team", "No contact with employers"]
        assert header.warnings == []
        header.tabs("sharing")


def test_everything_recorded_is_given_to_the_client_and_nothing_of_others(person, client_for):
    user = build.give_account(person)
    build.give_consent(person, "research")
    build.make_episode()
    sent = client_for(user).post("/my/record/file/")
    everything = json.loads(sent.content)
    assert everything["about"] == person.name
    assert len(everything["recorded"]["clients"]) == 1
    layers = {row["layer"] for row in everything["recorded"]["consents"]}
    assert layers == {"Taking part in the service", "Research"}
    assert person.last_name in client_for(user).get("/my/record/").content.decode()


def test_erasing_leaves_dates_and_codes_and_nobody(person, lead, esw, client_for):
    user = build.give_account(person)
    actions.edit_client(person, by=esw, contact_notes="Ring the neighbour", phone="01632 960 001")
    actions.ask_for_correction(person, by=user, what="I never worked at Quill's.")
    Draft.objects.create(user=esw, path=f"/people/{person.pk}/close/", data={}, saved_at=clock.now())
    with pytest.raises(DomainError, match="Close the open episode"):
        actions.erase_client(person, by=lead, reason="Asked for it.")
    build.close(person.episodes.get(), by=lead)
    with pytest.raises(NotAllowed):
        actions.erase_client(person, by=esw, reason="Asked for it.")
    secret = {person.first_name, person.last_name, person.nhs_number, "neighbour", "Quill", "01632"}
    actions.erase_client(person, by=lead, reason="Asked for it.")
    left = json.dumps(recorded_about(person), default=str)
    assert not {word for word in secret if word in left}
    assert '"referred on": "2' in left
    row = Client.objects.get(pk=person.pk)
    assert (row.name_key, row.user, row.erased_on) == ("", None, clock.today())
    user.refresh_from_db()
    assert (user.is_active, user.email, user.first_name) == (False, "", "")
    assert not Draft.objects.exists()
    for reader in (lead, esw):
        assert client_for(reader).get(f"/people/{person.pk}/details/").status_code == 404
    with pytest.raises(NotAllowed):
        actions.erase_client(row, by=lead, reason="Again.")


def test_somebody_who_never_had_an_account_is_erased_once(person, lead):
    build.close(person.episodes.get(), by=lead)
    actions.erase_client(person, by=lead, reason="Asked for it.")
    erased = Client.objects.get(pk=person.pk)
    assert erased.erased_on == clock.today()
    with pytest.raises(DomainError, match="erased already"):
        policies.check_erasable(erased)


def test_a_column_that_can_hold_nothing_else_cannot_be_declared_to_be_blanked():
    assert blank_of(Client._meta.get_field("birth_date")) is None
    assert blank_of(Client._meta.get_field("first_name")) == ""
    with pytest.raises(TypeError, match="make it nullable"):
        blank_of(Client._meta.get_field("restricted"))


@pytest.mark.parametrize(
    ("role", "may"), [("client", True), ("esw", True), ("team_lead", True), ("hcp", False)]
)
def test_who_may_say_do_not_contact_also_when_closed(person, esw, lead, role, may):
    build.give_consent(person)
    user = {"client": build.give_account(person), "esw": esw, "team_lead": lead}.get(role)
    user = user or build.make_user(role, person.team)
    build.close(person.episodes.get(), by=lead)
    person = Client.objects.get(pk=person.pk)
    if may:
        actions.set_do_not_contact(person, by=user, value=True)
        assert "Do not contact" in Person(Client.objects.get(pk=person.pk), user).warnings[0]
    else:
        with pytest.raises(NotAllowed):
            actions.set_do_not_contact(person, by=user, value=True)


def test_an_account_belongs_to_one_client(person):
    user = build.give_account(person)
    with pytest.raises(DomainError, match="another client"):
        actions.link_account(build.make_client(), by=None, user=user)
    with pytest.raises(DomainError, match="has an account already"):
        actions.link_account(person, by=None, user=build.make_user("client"))
    with pytest.raises(DomainError, match="Only a client's account"):
        actions.link_account(build.make_client(), by=None, user=build.make_user("esw"))
