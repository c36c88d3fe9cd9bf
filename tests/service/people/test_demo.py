"""The first page and the demo's one-click sign-in."""

import os
import subprocess
import sys

import pytest
from allauth.core.context import request_context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.flows.login import complete_login
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse

from pacework.service.core.models import AuditEvent
from pacework.service.people import actions
from pacework.service.people.models import Role, User
from tests.service.people.build import PASSWORD, person

pytestmark = pytest.mark.django_db


def signed_in_as(browser):
    return browser.session.get("_auth_user_id")


def test_the_first_page_says_what_this_is_and_claims_nothing(client):
    text = client.get("/").text
    assert "not yet known" in text
    assert "Sign in" in text
    assert "Look around as" not in text


def test_the_demo_offers_one_person_a_role(client, settings):
    settings.PACEWORK_DEMO = True
    people = {role: person(role, email="") for role in Role}
    text = client.get("/").text
    for user in people.values():
        assert f'value="{user.username}"' in text


def test_the_demo_shows_the_named_person_of_a_role(client, settings):
    settings.PACEWORK_DEMO = True
    person(Role.ESW)
    named = person(Role.ESW, username="demo-esw")
    client.post("/demo/sign-in/", {"role": "esw"})
    assert signed_in_as(client) == str(named.pk)


@pytest.mark.parametrize("role", list(Role))
def test_one_click_signs_in_without_address_or_password(client, settings, role):
    settings.PACEWORK_DEMO = True
    user = person(role, email="")
    assert client.post("/demo/sign-in/", {"username": user.username}).url == "/"
    assert signed_in_as(client) == str(user.pk)
    assert AuditEvent.objects.filter(verb="user.signed_in", actor=user).count() == 1


def test_outside_the_demo_the_one_click_sign_in_does_not_exist(client):
    user = person(Role.ADMINISTRATOR)
    assert client.post("/demo/sign-in/", {"username": user.username}).status_code == 404
    assert client.post("/demo/sign-in/", {"role": "administrator"}).status_code == 404
    assert signed_in_as(client) is None


def test_in_the_demo_unknown_people_and_ended_accounts_are_not_found(client, settings):
    settings.PACEWORK_DEMO = True
    gone = actions.deactivate(person(Role.ESW), by=None)
    assert client.post("/demo/sign-in/", {"username": gone.username}).status_code == 404
    assert client.post("/demo/sign-in/", {"username": "nobody"}).status_code == 404
    assert client.post("/demo/sign-in/", {"role": "nobody"}).status_code == 404
    assert client.get("/demo/sign-in/").status_code == 405


def started(**environment):
    """The settings loaded afresh in a process of their own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PACEWORK_")}
    kept |= {
        "DJANGO_SETTINGS_MODULE": "pacework.service.settings",
        "PACEWORK_DATA": os.environ["PACEWORK_DATA"],
    }
    code = (
        "import django; from django.conf import settings; django.setup(); "
        "print(settings.SOCIALACCOUNT_PROVIDERS, settings.CONTENT_SECURITY_POLICY)"
    )
    return subprocess.run(
        [sys.executable, "-c", code], env=kept | environment, capture_output=True, text=True, check=False
    )


def test_production_refuses_to_start_with_the_demo_on():
    process = started(
        PACEWORK_MODE="production",
        PACEWORK_DEMO="yes",
        PACEWORK_SECRET_KEY="x" * 60,
        PACEWORK_ALLOWED_HOSTS="pacework.example.org",
    )
    assert process.returncode != 0
    assert "The demo cannot be on in production" in process.stderr


def test_single_sign_on_is_set_up_from_the_environment():
    process = started(
        PACEWORK_MODE="test",
        PACEWORK_OIDC_SERVER="https://sso.example.org",
        PACEWORK_OIDC_NAME="Example Trust",
        PACEWORK_OIDC_CLIENT_ID="pacework",
        PACEWORK_OIDC_CLIENT_SECRET="s3cret",
    )
    assert process.returncode == 0, process.stderr
    assert "'provider_id': 'sso'" in process.stdout
    assert "'server_url': 'https://sso.example.org'" in process.stdout
    policy = process.stdout.split("'form-action': ")[1].split("]")[0]
    assert "https://sso.example.org" in policy


PROVIDER = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "sso",
                "name": "Example Trust",
                "client_id": "pacework",
                "secret": "s3cret",
                "settings": {"server_url": "https://sso.example.org"},
            }
        ]
    }
}


def test_the_sign_in_page_offers_single_sign_on_when_it_is_set_up(client, settings):
    assert "Example Trust" not in client.get("/account/login/").text
    settings.SOCIALACCOUNT_PROVIDERS = PROVIDER
    text = client.get("/account/login/").text
    assert "Sign in with Example Trust" in text
    assert 'action="/account/sso/sso/login/?process=login' in text
    assert "Sign in with Example Trust" in client.get("/account/sso/sso/login/").text
    assert client.get("/account/sso/other/login/").status_code == 404


def single_sign_on(rf, address, *, verified=True):
    """The provider says who came; the library's own steps from there on."""
    request = rf.get("/account/sso/sso/login/callback/")
    SessionMiddleware(lambda _: HttpResponse()).process_request(request)
    MessageMiddleware(lambda _: HttpResponse()).process_request(request)
    request.user = AnonymousUser()
    claims = {"sub": address, "email": address, "email_verified": verified}
    with request_context(request):
        provider = get_adapter().get_provider(request, "sso")
        response = complete_login(request, provider.sociallogin_from_response(request, {"userinfo": claims}))
    return request, response


@pytest.mark.parametrize(
    ("address", "verified", "opens"),
    [
        ("kay@example.org", True, True),
        ("KAY@example.org", True, True),
        ("kay@example.org", False, False),
        ("stranger@example.org", True, False),
    ],
)
def test_single_sign_on_opens_the_account_with_that_address_and_never_makes_one(
    rf, settings, address, verified, opens
):
    settings.SOCIALACCOUNT_PROVIDERS = PROVIDER
    user = person(Role.ESW, email="kay@example.org", password=PASSWORD)
    before = User.objects.count()
    request, response = single_sign_on(rf, address, verified=verified)
    assert request.user.is_authenticated is opens
    assert User.objects.count() == before
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    if not opens:
        assert "There is no account for you yet" in response.content.decode()
