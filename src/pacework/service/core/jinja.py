"""The template environment: NHS.UK components, our own, and the few words every page needs.

Settings point at two names here: ``environment`` (OPTIONS["environment"]) and ``page_context``
(OPTIONS["context_processors"]).
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from pacework.service.core import presenters


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page by its name."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def address_of(name: str) -> str:
    """The address of a page that another room may or may not bring; "" without it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@pass_context
def query(context: Context, **changes: Any) -> str:
    """The present address with some filters changed."""
    return presenters.query(context["request"], **changes)


def lines(text: Any) -> Markup:
    """Typed text with its line breaks, everything in it escaped."""
    return Markup("<br>").join(escape(line) for line in str(text or "").split("\n"))


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What the shell of every page needs beside what the view says."""
    user = getattr(request, "user", None)
    signed_in = bool(user is not None and user.is_authenticated)
    return {
        # django-csp's nonce is lazy and falsy until someone turns it into text.
        "nonce": str(getattr(request, "csp_nonce", "")),
        "signed_in_name": str(user) if signed_in else "",
        "account_href": address_of("account"),
        "home_href": address_of("today" if signed_in else "home") or "/",
        "sign_in_href": address_of("account_login"),
        "sign_out_href": address_of("account_logout"),
    }


def environment(**options: Any) -> Environment:
    """Django's Jinja2 backend calls this with its own loader over ``<room>/jinja2``."""
    ours = options.pop("loader")
    # nhsuk-frontend-jinja asks for params.a.b that nobody set; the backend's own default would stop at b.
    options["undefined"] = ChainableUndefined
    made = Environment(  # noqa: S701 -- Django passes autoescape=True in options
        loader=ChoiceLoader([ours, PackageLoader("nhsuk_frontend_jinja")]),
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
        **options,
    )
    made.globals |= {"url": url, "static": static, "query": query}
    # "count" replaces Jinja's second name for "length".
    made.filters |= {
        "ago": presenters.ago,
        "count": presenters.count,
        "date": presenters.day,
        "day": presenters.day,
        "lines": lines,
        "listed": presenters.listed,
        "moment": presenters.moment,
        "number": presenters.number,
        "short_day": presenters.short_day,
        "time": presenters.time_of,
        "words": presenters.words,
    }
    return made
