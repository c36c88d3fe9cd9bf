"""Signing in and out leaves a trace in the service's chain; a session lasts while it is used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.signals import user_logged_in
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth
from django.db.models import Q
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from pacework.service.core import clock
from pacework.service.people import actions
from pacework.service.people.models import User

RENEW_AFTER = 15 * 60
_SEEN = "seen_at"


class SlidingSessionMiddleware:
    """A session ends when nobody has used it for its length. Renewed at most every quarter of an hour,
    because saving it at every page would make every page a write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(clock.now().timestamp())
            if now - request.session.get(_SEEN, 0) >= RENEW_AFTER:
                request.session[_SEEN] = now
        return self.get_response(request)


@receiver(user_logged_in)
def signed_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    actions.note_sign_in(user, "user.signed_in", by=user)


@receiver(auth.user_logged_out)
def signed_out(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        actions.note_sign_in(user, "user.signed_out", by=user)


@receiver(auth.user_login_failed)
def sign_in_failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """Whose account was tried, if there is one. The typed name is not kept: it is often a password."""
    name = str(credentials.get("username") or credentials.get("email") or "")
    tried = User.objects.filter(Q(username__iexact=name) | Q(email__iexact=name)).first() if name else None
    actions.note_sign_in(tried, "user.sign_in_failed")


@receiver(mfa.authentication_failed)
def second_step_failed(sender: Any, user: User, **kwargs: Any) -> None:
    actions.note_sign_in(user, "user.second_step_failed")


@receiver(mfa.authenticator_added)
def second_step_added(sender: Any, user: User, **kwargs: Any) -> None:
    actions.note_sign_in(user, "user.second_step_added", by=user)


@receiver(mfa.authenticator_removed)
def second_step_removed(sender: Any, user: User, **kwargs: Any) -> None:
    actions.note_sign_in(user, "user.second_step_removed", by=user)


@receiver(mfa.authenticator_reset)
def recovery_codes_renewed(sender: Any, user: User, **kwargs: Any) -> None:
    actions.note_sign_in(user, "user.recovery_codes_renewed", by=user)
