"""Who may open which page. The rule beside each URL is the access matrix: enforced here, tested from here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.views import View

from pacework.service.core.errors import NotAllowed

ANONYMOUS = "anonymous"
ROLES = ("client", "esw", "hcp", "team_lead", "manager", "researcher", "administrator")
EVERYONE = frozenset((ANONYMOUS, *ROLES))

Kind = Literal["public", "role", "case"]
ViewFunction = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Access:
    """One row of the access matrix: which roles may GET and POST a page.

    ``kind`` "case" pages also ask the door for the record, and refuse a POST on a closed one
    unless ``when_closed``.
    """

    kind: Kind
    get: frozenset[str]
    post: frozenset[str] = frozenset()
    when_closed: bool = False

    @property
    def methods(self) -> list[str]:
        return [name for name, who in (("GET", self.get), ("HEAD", self.get), ("POST", self.post)) if who]


def roles_in(words: str) -> frozenset[str]:
    """The roles named in ``words``, separated by spaces. An unknown name is a programming error."""
    names = frozenset(words.split())
    unknown = names - EVERYONE
    if unknown:
        raise ValueError(f"unknown roles: {', '.join(sorted(unknown))}")
    return names


def public(*, post: bool = False) -> Access:
    """A page for everybody, signed in or not."""
    return Access("public", EVERYONE, EVERYONE if post else frozenset())


def signed_in(*, post: bool = False) -> Access:
    """A page for every role, once signed in."""
    everybody = frozenset(ROLES)
    return Access("role", everybody, everybody if post else frozenset())


def roles(*, get: str = "", post: str = "") -> Access:
    """A page for the named roles that shows no single client's record."""
    return Access("role", roles_in(get), roles_in(post))


def role_of(user: Any) -> str:
    """The role a request acts in."""
    return user.role if user.is_authenticated else ANONYMOUS


def as_function(view: Any) -> ViewFunction:
    """A class-based view as the function it serves with."""
    if isinstance(view, type) and issubclass(view, View):
        return view.as_view()
    return view  # type: ignore[no-any-return]


def asks_for_json(request: HttpRequest) -> bool:
    """Whether a script asked, rather than a person: it gets sentences in JSON instead of pages."""
    return request.headers.get("Accept", "") == "application/json"


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send someone who is signed out to the sign-in page; what they had typed is kept for them."""
    if asks_for_json(request):
        return JsonResponse({"sentence": "Sign in first."}, status=401)
    from django.contrib.auth.views import redirect_to_login

    from pacework.service.core.drafts import keep_for_sign_in

    keep_for_sign_in(request)
    return redirect_to_login(request.get_full_path() if request.method == "GET" else request.path)


def wrong_method(request: HttpRequest, rule: Access) -> HttpResponse | None:
    """405 for a method the page does not have."""
    if request.method in rule.methods:
        return None
    return HttpResponseNotAllowed(rule.methods)


# Both databases number their rows up to here.
LARGEST_ID = 2**63 - 1


def check_ids(*values: Any) -> None:
    """A number in an address that no row can have names nothing; a database would stumble over it."""
    if any(isinstance(value, int) and value > LARGEST_ID for value in values):
        raise Http404("Not found")


def page(pattern: str, view: Any, *, name: str, access: Access) -> URLPattern:
    """A URL with its access rule. Every page that shows no single client's record is made here."""
    function = as_function(view)

    @wraps(function)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        role = role_of(request.user)
        wrong = wrong_method(request, access)
        if wrong is not None:
            return wrong
        allowed = access.post if request.method == "POST" else access.get
        if role not in allowed:
            if role == ANONYMOUS:
                return to_sign_in(request)
            raise NotAllowed("This page is not part of your role.")
        check_ids(*kwargs.values())
        return function(request, *args, **kwargs)

    guarded.access = access  # type: ignore[attr-defined]
    return path(pattern, guarded, name=name)


@dataclass(frozen=True)
class Row:
    """A URL as the matrix shows it."""

    name: str
    pattern: str
    access: Access | None


def table() -> list[Row]:
    """Every URL of the product with its rule; ``access`` is None where someone forgot it."""
    return sorted(_walk(get_resolver().url_patterns, "", ""), key=lambda row: row.pattern)


@cache
def rules() -> dict[str, Access]:
    """The rule of each named URL, for links that are only shown to those they open for."""
    return {row.name: row.access for row in table() if row.access is not None}


def _walk(patterns: list[Any], prefix: str, namespace: str) -> Iterator[Row]:
    for item in patterns:
        if isinstance(item, URLResolver):
            inner = f"{namespace}{item.namespace}:" if item.namespace else namespace
            yield from _walk(item.url_patterns, prefix + str(item.pattern), inner)
        else:
            rule = getattr(item.callback, "access", None) or THIRD_PARTY.get(namespace + (item.name or ""))
            yield Row(namespace + (item.name or ""), prefix + str(item.pattern), rule)


# URLs that a library adds (sign-in). Filled by the room that installs the library.
THIRD_PARTY: dict[str, Access] = {}
