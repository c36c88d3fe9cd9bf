"""Addresses of this room. The client and their worker have the same pages, each under their own address."""

from __future__ import annotations

from django.urls import URLPattern

from pacework.service.cases.access import case_page, own_page
from pacework.service.matching.views import choice, jobs, matches, passport

HOLD = "would-this-hold/"
JOB = f"{HOLD}<int:check_id>/"

# name → (address, view, read, write)
BOTH = {
    "would-hold": (HOLD, choice.would_hold, True, False),
    "would-hold-new": (f"{HOLD}new/", jobs.DescribeJob, True, True),
    "would-hold-job": (JOB, jobs.job, True, False),
    "would-hold-change": (f"{JOB}change/", jobs.ChangeJob, True, True),
    "would-hold-keep": (f"{JOB}keep/", jobs.keep, False, True),
    "would-hold-forget": (f"{JOB}forget/", jobs.forget, False, True),
    "matches": ("matches/", matches.matches, True, False),
}


def _both() -> list[URLPattern]:
    pages = []
    for name, (address, view, read, write) in BOTH.items():
        pages.append(own_page(f"my/{address}", view, name=f"my-{name}", read=read, write=write))
        pages.append(
            case_page(
                f"people/<int:client_id>/{address}",
                view,
                name=name,
                read="esw" if read else "",
                write="esw" if write else "",
            )
        )
    return pages


urlpatterns = [
    *_both(),
    case_page(
        f"people/<int:client_id>/{JOB}propose/", jobs.propose, name="would-hold-propose", read="", write="esw"
    ),
    own_page(f"my/{HOLD}on/", choice.turn_on, name="my-would-hold-on", write=True, read=False),
    # It takes away what is theirs: on a closed record too.
    own_page(f"my/{HOLD}off/", choice.TurnOff, name="my-would-hold-off", write=True, when_closed=True),
    own_page("my/passport/", passport.my_passport, name="my-passport"),
    own_page("my/passport/new/", passport.NewLine, name="my-passport-new", write=True),
    own_page("my/passport/<int:line_id>/", passport.EditLine, name="my-passport-line", write=True),
    own_page(
        "my/passport/<int:line_id>/remove/",
        passport.remove,
        name="my-passport-remove",
        write=True,
        read=False,
    ),
]
