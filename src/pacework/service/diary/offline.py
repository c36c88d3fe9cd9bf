"""What a phone keeps so that the diary opens without signal: one empty page and its files, nobody's data."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from pacework import __version__

# The files that the offline page places, by the names they have in the source.
FILES = (
    "core/icon.svg",
    "core/pacework.css",
    "core/pacework.js",
    "core/vendor/nhsuk/nhsuk-frontend.min.css",
    "core/vendor/nhsuk/nhsuk-frontend.min.js",
    "diary/diary.css",
    "diary/outbox.js",
    "diary/phone.css",
    "diary/phone.js",
    "diary/phone_form.js",
)


def files() -> list[str]:
    """Their addresses, which change with their content."""
    return [static(name) for name in FILES]


@cache
def version() -> str:
    """Changes when anything the phone keeps changes, so that it then fetches everything anew."""
    page = render_to_string("diary/offline.jinja", {})
    parts = [__version__, page, *files()]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def addresses() -> dict[str, Any]:
    """Where the phone asks and sends."""
    return {
        "page": reverse("diary-offline"),
        "sync": reverse("my-diary-sync"),
        "flare_end": reverse("my-flare-end"),
        "own": "/my/",
    }


def worker() -> str:
    """The service worker: what to keep, then the two scripts that do it."""
    keep = {"version": version(), "files": files(), **addresses()}
    scripts = ", ".join(json.dumps(static(name)) for name in ("diary/outbox.js", "diary/worker.js"))
    return f"self.PACEWORK_DIARY = {json.dumps(keep)};\nimportScripts({scripts});\n"
