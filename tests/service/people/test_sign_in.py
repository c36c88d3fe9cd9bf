"""Signing in: by whom, how often, what is traced, and what comes back after a lost session."""

import base64
import hashlib
import hmac
import struct
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from pacework.service.core import clock
from pacework.service.core.access import THIRD_PARTY, table
from pacework.service.core.drafts import load, signature_of
from pacework.service.core.models import AuditEvent
from pacework.service.people import actions
from pacework.service.people.models import Role
from tests.service.people.build import PASSWORD, person

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def esw():
    return person(Role.ESW, password=PASSWORD, email="esw@example.org", username="esw.one")


def enter(browser, name, password=PASSWORD, **more):
    return browser.post(LOGIN, {"login": name, "password": password, **more})


def enter_and_confirm(browser, name):
    """Signed in, and asked once more just now, as every change of the second step wants."""
    enter(browser, name)
    browser.post("/account/confirm/", {"password": PASSWORD})


def signed_in_as(browser):
    return browser.session.get("_auth_user_id")


def verbs():
    return list(AuditEvent.objects.filter(chain="service").order_by("number").values_list("verb", flat=True))


def totp(secret):
    digest = hmac.new(
        base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1
    ).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


@pytest.mark.parametrize("name", ["esw@example.org", "ESW@Example.org", "esw.one"])
def test_one_signs_in_with_an_address_or_a_username(client, esw, name):
    response = enter(client, name)
    assert response.status_code == 302
    assert signed_in_as(client) == str(esw.pk)
    assert verbs()[-1] == "user.signed_in"


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(client, esw):
    known, unknown = enter(client, "esw@example.org", "wrong"), enter(client, "nobody@example.org", "wrong")
    assert known.status_code == unknown.status_code == 200
    assert "The name or password is not right." in known.text
    assert "The name or password is not right." in unknown.text
    assert "wrong" not in known.text.replace("something went wrong", "")


def test_a_failed_sign_in_is_traced_without_what_was_typed(client, esw):
    enter(client, "esw.one", "secret-typed")
    enter(client, "secret-typed", "x")
    failed = AuditEvent.objects.filter(verb="user.sign_in_failed").order_by("number")
    assert [(event.actor_id, event.object_id) for event in failed] == [(None, str(esw.pk)), (None, "None")]
    assert all(event.fields == [] for event in failed)


def test_someone_whose_account_ended_cannot_sign_in(client, esw):
    actions.deactivate(esw, by=None)
    response = enter(client, "esw.one")
    assert response.status_code == 302
    assert response.url == "/account/inactive/"
    assert signed_in_as(client) is None


def test_an_ended_account_signs_out_at_the_next_page(client_for, esw):
    browser = client_for(esw)
    assert browser.get("/account/").status_code == 200
    actions.deactivate(esw, by=None)
    assert browser.get("/account/").status_code == 302


def test_signing_out_is_a_post_and_traced(client, esw):
    enter(client, "esw.one")
    page = client.get("/account/logout/")
    assert page.status_code == 200
    assert signed_in_as(client) == str(esw.pk)
    assert client.post("/account/logout/").url == "/"
    assert signed_in_as(client) is None
    assert verbs()[-1] == "user.signed_out"


def test_after_five_wrong_passwords_even_the_right_one_waits(client, esw):
    for _ in range(5):
        enter(client, "esw.one", "wrong")
    response = enter(client, "esw.one")
    assert "too many tries" in response.text
    assert signed_in_as(client) is None
    other = person(Role.ESW, password=PASSWORD)
    assert enter(Client(), other.username).status_code == 302


def test_too_many_tries_from_one_place_get_a_page_of_ours():
    browser = Client()
    codes = [enter(browser, f"name{n}", "wrong").status_code for n in range(31)]
    assert codes[-1] == 429
    assert "Too many tries" in enter(browser, "name", "wrong").text


def test_nobody_signs_up(client):
    for name in ("account_signup", "account_email", "socialaccount_signup", "socialaccount_connections"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert client.get("/account/signup/").status_code == 404


def test_every_page_of_the_sign_in_library_has_a_rule_and_no_rule_is_left_over():
    rows = {row.name: row.access for row in table()}
    assert THIRD_PARTY.keys() <= rows.keys()
    served = {name for name in rows if name.startswith(("account_", "mfa_", "openid_", "socialaccount_"))}
    assert served == THIRD_PARTY.keys()


@pytest.mark.parametrize("name", [n for n, rule in sorted(THIRD_PARTY.items()) if rule.kind == "role"])
def test_pages_of_ones_own_account_send_the_signed_out_to_sign_in(client, name):
    path = reverse(name, args=[1] if name in ("mfa_edit_webauthn", "mfa_remove_webauthn") else [])
    response = client.get(path)
    assert response.status_code == 302
    assert response.url.startswith(LOGIN)


PAGES = {
    "account_login": "Sign in",
    "account_inactive": "You cannot sign in",
    "account_reset_password": "Choose a new password",
    "account_reset_password_done": "Look in your email",
    "account_reset_password_from_key_done": "Your password is saved",
    "socialaccount_login_cancelled": "You did not sign in",
}


@pytest.mark.parametrize(("name", "title"), PAGES.items())
def test_entrance_pages_are_in_our_shell(client, name, title):
    text = client.get(reverse(name)).text
    assert f'<h1 class="pw-title">{title}</h1>' in text
    assert 'class="pw-header"' in text


def test_a_failed_single_sign_on_is_in_our_shell(client):
    response = client.get(reverse("socialaccount_login_error"))
    assert response.status_code == 401
    assert "Signing in did not work" in response.text


# Passwords


def test_a_forgotten_password_is_replaced_by_a_link_and_both_are_told(client, esw):
    assert client.post("/account/password/reset/", {"email": "esw@example.org"}).status_code == 302
    [letter] = mail.outbox
    assert letter.subject == "Pacework: Choose a new password"
    link = next(line for line in letter.body.splitlines() if "/key/" in line).removeprefix(
        "http://testserver"
    )
    form = client.get(link, follow=True)
    assert "Choose your password" in form.text
    path = form.request["PATH_INFO"]
    new = "harbour violin biscuit"
    assert "password2" in client.post(path, {"password1": new, "password2": "other"}).text
    assert client.post(path, {"password1": new, "password2": new}).status_code == 302
    assert enter(client, "esw.one", new).status_code == 302
    assert "user.password_set" in verbs()
    assert mail.outbox[-1].subject == "Pacework: Your password was changed"
    assert "This link does not work any more" in Client().get(link, follow=True).text


def test_a_reset_for_an_unknown_address_answers_the_same_and_sends_nothing(client, esw):
    response = client.post("/account/password/reset/", {"email": "nobody@example.org"})
    assert response.url == "/account/password/reset/done/"
    assert mail.outbox == []


def test_an_invited_person_chooses_a_password_and_signs_in(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        person(Role.MANAGER, email="new@example.org", site="http://testserver/")
    link = next(line for line in mail.outbox[0].body.splitlines() if "/key/" in line)
    path = client.get(link.removeprefix("http://testserver"), follow=True).request["PATH_INFO"]
    client.post(path, {"password1": PASSWORD, "password2": PASSWORD})
    assert enter(client, "new@example.org").status_code == 302


def test_a_password_is_changed_with_the_old_one_and_not_with_a_weak_one(client, esw):
    enter(client, "esw.one")
    path = "/account/password/change/"
    assert "not your current password" in client.post(path, {"oldpassword": "x"}).text
    weak = client.post(
        path, {"oldpassword": PASSWORD, "password1": "password1234", "password2": "password1234"}
    )
    assert "too common" in weak.text
    assert "password1234" not in weak.text
    new = "harbour violin biscuit"
    assert client.post(path, {"oldpassword": PASSWORD, "password1": new, "password2": new}).url == "/account/"
    esw.refresh_from_db()
    assert esw.check_password(new)


# Second step


@pytest.mark.django_db(transaction=True)
def test_an_app_is_set_up_and_asked_for_at_the_next_sign_in(client, esw):
    enter_and_confirm(client, "esw.one")
    page = client.get("/account/second-step/app/add/")
    assert "<svg" in page.text
    assert "style=" not in page.text
    secret = client.session["mfa.totp.secret"]
    assert "not right" in client.post("/account/second-step/app/add/", {"code": "000000"}).text
    done = client.post("/account/second-step/app/add/", {"code": totp(secret)})
    assert done.url == "/account/second-step/recovery-codes/"
    codes = client.get(done.url)
    assert "10 of 10 are left." in codes.text
    [letter] = mail.outbox[-1:]
    assert "authenticator app was added" in letter.body

    again = Client()
    step = enter(again, "esw.one")
    assert step.url == "/account/second-step/code/"
    assert signed_in_as(again) is None
    assert "Enter your code" in again.get(step.url).text
    assert "not right" in again.post(step.url, {"code": "123"}).text
    assert "user.second_step_failed" in verbs()
    unused = Authenticator.objects.get(user=esw, type="recovery_codes").wrap().get_unused_codes()
    again.post(step.url, {"code": unused[0]})
    assert signed_in_as(again) == str(esw.pk)
    assert unused[1] in client.get("/account/second-step/recovery-codes/download/").text


@pytest.mark.django_db(transaction=True)
def test_pages_of_the_second_step_are_in_our_shell(client, esw):
    enter_and_confirm(client, "esw.one")
    titles = {
        "mfa_index": "Second step",
        "mfa_list_webauthn": "Passkeys",
        "mfa_add_webauthn": "Add a passkey",
        "mfa_activate_totp": "Set up the authenticator app",
        "account_change_password": "Change your password",
        "account_logout": "Sign out",
    }
    for name, title in titles.items():
        response = client.get(reverse(name))
        assert f'<h1 class="pw-title">{title}</h1>' in response.text, name
    client.get("/account/second-step/app/add/")
    client.post("/account/second-step/app/add/", {"code": totp(client.session["mfa.totp.secret"])})
    assert "Turn the authenticator app off?" in client.get(reverse("mfa_deactivate_totp")).text
    assert "Make new recovery codes?" in client.get(reverse("mfa_generate_recovery_codes")).text
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))
    assert {"user.recovery_codes_renewed", "user.second_step_removed"} <= set(verbs())


def test_an_old_session_confirms_who_it_is_before_the_second_step_changes(client_for, esw):
    browser = client_for(esw)
    response = browser.get("/account/second-step/app/add/")
    assert response.url.startswith("/account/confirm/")
    page = browser.get(response.url)
    assert "Is it you?" in page.text
    assert "not your password" in browser.post(response.url, {"password": "x"}).text
    assert browser.post(response.url, {"password": PASSWORD}).url == "/account/second-step/app/add/"


def test_passkey_pages_name_a_passkey_to_rename_and_remove(client, esw):
    enter_and_confirm(client, "esw.one")
    key = Authenticator.objects.create(
        user=esw, type="webauthn", data={"name": "My phone", "credential": {}, "passwordless": True}
    )
    listed = client.get("/account/passkeys/").text
    assert "My phone" in listed
    assert "not used yet" in listed
    assert client.post(f"/account/passkeys/{key.pk}/edit/", {"name": "Office"}).status_code == 302
    assert (
        "“Office” will no longer open your account" in client.get(f"/account/passkeys/{key.pk}/remove/").text
    )


# Sessions


def test_a_session_in_use_is_renewed_at_most_every_quarter_of_an_hour(client_for, esw, frozen):
    browser = client_for(esw)
    browser.get("/account/")
    first = browser.session["seen_at"]
    with clock.at(frozen + timedelta(minutes=14)):
        assert "sessionid" not in browser.get("/account/").cookies
    with clock.at(frozen + timedelta(minutes=16)):
        assert "sessionid" in browser.get("/account/").cookies
    assert browser.session["seen_at"] == first + 16 * 60


def test_cookies_are_kept_from_scripts_and_other_sites(client, esw, settings):
    cookie = enter(client, "esw.one").cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) == settings.SESSION_COOKIE_AGE == 12 * 3600


@pytest.mark.parametrize(("owner_returns", "kept"), [(True, True), (False, False)])
def test_what_was_typed_as_the_session_ended_returns_to_its_owner_only(client, owner_returns, kept):
    owner = person(Role.ADMINISTRATOR, password=PASSWORD)
    other = person(Role.ADMINISTRATOR, password=PASSWORD)
    typed = {"typed_by": signature_of(owner), "name": "North of the river", "kind": "other"}
    response = client.post("/teams/new/", typed)
    assert response.url == "/account/login/?next=/teams/new/"
    who = owner if owner_returns else other
    assert enter(client, who.username, next="/teams/new/").url == "/teams/new/"
    assert (load(who, "/teams/new/") is not None) is kept
    assert ("North of the river" in client.get("/teams/new/").text) is kept


def test_a_forged_signature_keeps_nothing(client, esw):
    client.post("/teams/new/", {"typed_by": "1:forged", "name": "North"})
    enter(client, "esw.one")
    assert load(esw, "/teams/new/") is None
