"""Pages about one client: the door, the roles, and the log of who read what."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path

from pacework.service.cases.models import Client
from pacework.service.cases.permissions import level_once_visible
from pacework.service.cases.presenters import Person
from pacework.service.cases.presenters.person import add_flags
from pacework.service.core.access import (
    ANONYMOUS,
    Access,
    as_function,
    check_ids,
    role_of,
    roles_in,
    to_sign_in,
    wrong_method,
)
from pacework.service.core.drafts import plain
from pacework.service.core.errors import NotAllowed
from pacework.service.core.models import ReadEvent

__all__ = ["add_flags", "case_page", "log_refusal", "own_page", "shows_nothing"]


def case_page(
    pattern: str, view: Any, *, name: str, read: str, write: str = "", when_closed: bool = False
) -> URLPattern:
    """A page about one client. ``pattern`` holds ``<int:client_id>``; the view receives the client instead.

    A record out of scope, or a page of another role, is a 404: it tells nothing. Reads by staff and all
    refusals are logged after the response.
    """
    rule = Access("case", roles_in(read), roles_in(write), when_closed)
    return _guarded(pattern, view, name, rule)


def own_page(
    pattern: str, view: Any, *, name: str, write: bool = False, read: bool = True, when_closed: bool = False
) -> URLPattern:
    """A page of the client's own record: no id in the address, the record is theirs."""
    only, nobody = frozenset({"client"}), frozenset[str]()
    rule = Access("case", only if read else nobody, only if write else nobody, when_closed)
    return _guarded(pattern, view, name, rule)


def _guarded(pattern: str, view: Any, name: str, rule: Access) -> URLPattern:
    function = as_function(view)

    @wraps(function)
    def guarded(request: HttpRequest, client_id: int | None = None, **kwargs: Any) -> HttpResponse:
        role = role_of(request.user)
        if role == ANONYMOUS:
            return to_sign_in(request)
        wrong = wrong_method(request, rule)
        if wrong is not None:
            return wrong
        check_ids(client_id, *kwargs.values())
        client = _through_the_door(request, role, rule, client_id)
        if client is None:
            _log(request, client_id, name, "refused")
            raise Http404("Not found")
        if request.method == "POST":
            _check_post(request, role, rule, client, name)
        request.case_client = client  # type: ignore[attr-defined]
        if role != "client":
            request.case_person = Person(client, request.user)  # type: ignore[attr-defined]
        try:
            response = (
                function(request, client, **kwargs) if function is view else function(request, **kwargs)
            )
        except NotAllowed:
            _log(request, client.pk, name, "refused")
            raise
        if request.method != "POST" and role != "client":
            outcome = "refused" if getattr(request, "case_unshown", False) else "read"
            _log_after(response, request, client.pk, name, outcome)
        return response

    guarded.access = rule  # type: ignore[attr-defined]
    return path(pattern, guarded, name=name)


def _through_the_door(request: HttpRequest, role: str, rule: Access, client_id: int | None) -> Client | None:
    if role not in (rule.get | rule.post if request.method == "POST" else rule.get):
        return None
    clients = Client.objects.visible_to(request.user).select_related("team")
    return clients.first() if client_id is None else clients.filter(pk=client_id).first()


def _check_post(request: HttpRequest, role: str, rule: Access, client: Client, name: str) -> None:
    if role not in rule.post:
        _log(request, client.pk, name, "refused")
        raise NotAllowed("You can read this page, but changing it is not part of your role.")
    if not rule.when_closed and level_once_visible(request.user, client) != "write":
        _log(request, client.pk, name, "refused")
        raise NotAllowed("This episode is closed, so nothing can be added. Reopen it first.")


def _log(request: HttpRequest, client_id: int | None, page: str, outcome: str) -> None:
    actor = request.user if request.user.is_authenticated else None
    ReadEvent.objects.create(
        actor=actor, client_id=client_id, page=page, method=(request.method or "")[:8], outcome=outcome
    )


def log_refusal(request: HttpRequest, *, page: str, reason: str = "") -> None:
    """A try to open a record that told nothing about anybody."""
    ReadEvent.objects.create(
        actor_id=request.user.pk, page=page, method="POST", outcome="refused", reason=plain(reason)[:200]
    )


def shows_nothing(request: HttpRequest) -> None:
    """The page only says that this part of the record is not shown: nobody has looked at it then."""
    request.case_unshown = True  # type: ignore[attr-defined]


def _log_after(response: HttpResponse, request: HttpRequest, client_id: int, page: str, outcome: str) -> None:
    """Write the read once the page has left, so that nobody waits for the log."""
    closers = response._resource_closers  # type: ignore[attr-defined]  # noqa: SLF001 (Django has no public name)
    closers.append(lambda: _log(request, client_id, page, outcome))
