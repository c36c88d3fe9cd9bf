"""How the sign-in library behaves here: nobody signs up, and every sentence is fit for our screens."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from pacework.service.people import actions
from pacework.service.people.models import User

WRONG = "The name or password is not right. Check both and try again."


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        # One sentence for every cause: it does not tell whether an account exists.
        "account_inactive": WRONG,
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "enter_current_password": "This is not your current password.",
        "incorrect_password": "This is not your password.",
        "incorrect_code": "This code is not right. Wait for the next one and try again.",
        "too_many_login_attempts": "There were too many tries. Wait 5 minutes and try again.",
        "rate_limited": "There were too many tries. Wait a minute and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an administrator, or by invitation from a client's record."""
        return False

    def set_password(self, user: Any, password: str) -> None:
        actions.set_password(user, by=user, password=password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is not right. Check it and try again.",
        "cannot_generate_recovery_codes": "Add an authenticator app or passkey first.",
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 (the library's name)
        """What a new passkey is called until its owner names it."""
        number = user.authenticator_set.filter(type=type).count() + 1
        return "My passkey" if number == 1 else f"My passkey {number}"


class SocialAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Single sign-on opens an account that exists; it never makes one."""
        return False

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


def display(user: User) -> str:
    """How the sign-in library's letters and messages call someone."""
    return str(user)
