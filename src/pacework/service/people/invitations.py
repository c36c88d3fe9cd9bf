"""The letter that brings someone to their account: a link, good for three days, to choose a password."""

from __future__ import annotations

from urllib.parse import urljoin

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from pacework.service.people.models import User


def link(user: User, *, site: str) -> str:
    """Where this person chooses a password. Dies with its use, with time, and with a new address."""
    parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return urljoin(site, reverse("account_reset_password_from_key", kwargs=parts))


def send(user: User, *, site: str) -> None:
    """Send the letter."""
    context = {
        "person": user,
        "link": link(user, site=site),
        "site": site,
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 3600),
    }
    send_mail(
        subject="Your Pacework account",
        message=render_to_string("people/email/invitation.txt", context),
        from_email=None,
        recipient_list=[user.email],
    )
