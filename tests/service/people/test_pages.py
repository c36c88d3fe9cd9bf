"""The administrator's pages and one's own account, as a browser sees them."""

from decimal import Decimal

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse

from pacework.service.people import actions
from pacework.service.people.models import Role, Team, User
from tests.service.people.build import PASSWORD, person, team

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return person(Role.ADMINISTRATOR, first_name="Ada", last_name="Stone")


@pytest.fixture
def browser(client_for, administrator):
    return client_for(administrator)


def new_user(**changes):
    return {
        "first_name": "Mina",
        "last_name": "Okafor",
        "email": "mina@example.org",
        "role": "manager",
    } | changes


PATHS = (
    "/users/",
    "/users/new/",
    "/users/{user}/",
    "/users/{user}/deactivate/",
    "/teams/",
    "/teams/new/",
    "/teams/{team}/",
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("role", list(Role))
def test_only_administrators_open_the_pages_of_accounts_and_teams(client_for, path, role):
    somebody = person(Role.ESW)
    path = path.format(user=somebody.pk, team=somebody.teams.get().pk)
    assert client_for(person(role)).get(path).status_code == (200 if role == Role.ADMINISTRATOR else 403)


@pytest.mark.parametrize("role", list(Role))
def test_everyone_sees_their_own_account(client_for, role):
    user = person(role)
    text = client_for(user).get("/account/").text
    assert user.username in text
    assert str(Role(role).label) in text


def test_an_esw_sees_their_hours_and_teams(client_for):
    user = person(Role.ESW, team("North"), weekly_hours=Decimal(30))
    text = client_for(user).get("/account/").text
    assert "30 hours a week, 0.8 whole time" in text
    assert "North" in text


def test_the_list_says_who_was_here_who_is_invited_and_who_is_not_yet(browser):
    person(Role.MANAGER, first_name="Inv", last_name="Ited")
    person(Role.MANAGER, first_name="Not", last_name="Yet", password=PASSWORD)
    text = browser.get("/users/").text
    for words in ("Invited", "Not yet", "Today"):
        assert f">{words}</td>" in text


def test_the_list_finds_people_by_name_role_team_and_state(browser):
    north, south = team("North"), team("South")
    kay = person(Role.ESW, north, first_name="Kay", last_name="Moss")
    person(Role.HCP, south, first_name="Lee", last_name="Moss")
    gone = person(Role.ESW, south, first_name="Gia", last_name="Gone")
    actions.deactivate(gone, by=None)
    for query, names in {
        "q=moss": {"Kay Moss", "Lee Moss"},
        "q=moss+kay": {"Kay Moss"},
        "role=esw": {"Kay Moss"},
        f"team={south.pk}": {"Lee Moss"},
        "account=ended": {"Gia Gone"},
        "q=nobody": set(),
        "role=wrong&team=wrong&sort=wrong": {"Kay Moss", "Lee Moss", "Ada Stone"},
    }.items():
        text = browser.get(f"/users/?{query}").text.split("<main")[1]
        found = {name for name in ("Kay Moss", "Lee Moss", "Gia Gone", "Ada Stone") if f"{name}</a>" in text}
        assert found == names, query
    ordered = browser.get("/users/?sort=-name").text.split("<main")[1]
    assert ordered.index("Ada Stone</a>") < ordered.index("Kay Moss</a>")
    assert reverse("user-edit", args=[kay.pk]) in ordered


def test_clients_do_not_exist_for_an_administrator(browser):
    client = person(Role.CLIENT, first_name="Secret", last_name="Person")
    assert "Secret" not in browser.get("/users/?q=secret").text.replace('value="secret"', "")
    assert browser.get(f"/users/{client.pk}/").status_code == 404
    assert browser.post(f"/users/{client.pk}/invite/").status_code == 404
    assert "Secret" not in browser.get("/users/").text


def test_the_list_asks_the_same_number_of_queries_for_many_people(browser, django_assert_max_num_queries):
    for _ in range(15):
        person(Role.ESW)
    with django_assert_max_num_queries(12):
        assert browser.get("/users/").status_code == 200


def test_a_new_account_is_invited(browser, django_capture_on_commit_callbacks):
    north = team("North")
    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(
            "/users/new/", new_user(role="esw", weekly_hours="30", teams=[north.pk], phone="01632 960 001")
        )
    assert response.url == "/users/"
    user = User.objects.get(email="mina@example.org")
    assert (user.role, user.weekly_hours, user.phone) == ("esw", 30, "01632 960001")
    assert mail.outbox[0].to == ["mina@example.org"]
    assert "The invitation went to mina@example.org." in browser.get("/users/").text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": ""}, "Enter their email address."),
        ({"email": "ada"}, "Enter an email address, like"),
        ({"role": "client"}, "Choose one from the list."),
        ({"role": "esw"}, "Choose at least one team for this role."),
        ({"role": "esw", "weekly_hours": "60"}, "Enter a number from"),
        ({"email": "taken@example.org"}, "Someone already has an account with this email address."),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_nothing_is_lost(browser, changes, sentence):
    person(Role.MANAGER, email="taken@example.org")
    response = browser.post("/users/new/", new_user(**changes))
    assert response.status_code == 422
    assert sentence in response.text
    assert 'value="Okafor"' in response.text
    assert not User.objects.filter(last_name="Okafor").exists()


def test_hours_of_another_role_are_not_read(browser):
    browser.post("/users/new/", new_user(weekly_hours="30"))
    assert User.objects.get(last_name="Okafor").weekly_hours is None


def test_the_same_form_sent_twice_makes_one_account(browser):
    token = {"submission": "5e0f6bb8-6f0b-4b4e-9d3c-3d5f0c8f4a11"}
    first = browser.post("/users/new/", new_user() | token)
    second = browser.post("/users/new/", new_user() | token)
    assert first.status_code == second.status_code == 302 or second.status_code == 422
    assert User.objects.filter(last_name="Okafor").count() == 1


def test_two_administrators_see_both_texts(browser):
    user = person(Role.MANAGER, first_name="Kay", last_name="Moss")
    actions.edit_user(
        user, by=None, expected=1, role="manager", first_name="Kay", last_name="Theirs", email=user.email
    )
    response = browser.post(
        f"/users/{user.pk}/",
        new_user(last_name="Yours", email=user.email, first_name="Kay", version="1"),
    )
    assert response.status_code == 409
    assert "Theirs" in response.text
    assert "Yours" in response.text
    user.refresh_from_db()
    assert user.last_name == "Theirs"


def test_a_stale_edit_shows_the_teams_of_both(browser):
    north, south = team("North"), team("South")
    user = person(Role.HCP, north)
    names = {"role": "hcp", "first_name": "Kay", "last_name": "Moss", "email": user.email}
    actions.edit_user(user, by=None, expected=1, teams=[north], **names)
    response = browser.post(f"/users/{user.pk}/", names | {"teams": [south.pk], "version": "1"})
    both = response.text.split('class="pw-stale"')[1].split("</section>")[0]
    assert "North" in both
    assert "South" in both


def test_an_edit_page_shows_and_saves(browser):
    user = person(Role.ESW, first_name="Kay", last_name="Moss")
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    page = browser.get(f"/users/{user.pk}/")
    assert 'value="Moss"' in page.text
    assert "Send a link for a new password" in page.text
    teams = list(user.teams.values_list("pk", flat=True))
    saved = browser.post(
        f"/users/{user.pk}/",
        new_user(role="esw", last_name="Fern", email=user.email, teams=teams, version="1"),
    )
    assert saved.url == "/users/"
    user.refresh_from_db()
    assert user.last_name == "Fern"


def test_someone_without_an_address_can_be_edited_without_one(browser):
    user = person(Role.MANAGER, email="")
    page = browser.get(f"/users/{user.pk}/")
    assert "Send a link" not in page.text
    assert browser.post(f"/users/{user.pk}/", new_user(email="", version="1")).status_code == 302


def test_an_administrator_finds_no_button_to_end_their_own_account(browser, administrator):
    assert "End this account" not in browser.get(f"/users/{administrator.pk}/").text
    response = browser.post(f"/users/{administrator.pk}/deactivate/")
    assert response.status_code == 422
    assert "You cannot end your own account." in response.text


def test_an_account_is_ended_after_a_question_and_opened_again(browser):
    user = person(Role.ESW)
    assert "will not be able to sign in any more" in browser.get(f"/users/{user.pk}/deactivate/").text
    assert browser.post(f"/users/{user.pk}/deactivate/").url == "/users/"
    assert not User.objects.get(pk=user.pk).is_active
    assert "This account has ended" in browser.get(f"/users/{user.pk}/").text
    browser.post(f"/users/{user.pk}/reactivate/")
    assert User.objects.get(pk=user.pk).is_active


def test_the_link_is_sent_again_or_the_reason_is_said(browser, django_capture_on_commit_callbacks):
    user, nameless = person(Role.MANAGER), person(Role.MANAGER, email="")
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"/users/{user.pk}/invite/")
    assert mail.outbox[0].to == [user.email]
    response = browser.post(f"/users/{nameless.pk}/invite/", follow=True)
    assert "has no email address" in response.text


def test_teams_are_listed_made_and_renamed(browser):
    assert "There is no team yet" in browser.get("/teams/").text
    assert browser.post("/teams/new/", {"name": "North", "kind": "pain_clinic"}).url == "/teams/"
    north = Team.objects.get()
    person(Role.ESW, north, first_name="Kay", last_name="Moss")
    assert "Kay Moss" in browser.get(f"/teams/{north.pk}/").text
    again = browser.post("/teams/new/", {"name": "north", "kind": "other"})
    assert "already a team with this name" in again.text
    browser.post(f"/teams/{north.pk}/", {"name": "North West", "kind": "pain_clinic", "version": "1"})
    listed = browser.get("/teams/").text
    assert "North West" in listed
    assert "Pain clinic" in listed


def test_markup_in_names_stays_text(browser):
    person(Role.MANAGER, first_name="<b>Bold</b>", last_name="';DROP TABLE")
    text = browser.get("/users/").text
    assert "<b>Bold</b>" not in text
    assert "&lt;b&gt;Bold&lt;/b&gt;" in text
