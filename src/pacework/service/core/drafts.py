"""What someone was typing is kept: drafts on the server, across an expired session too."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.dispatch import receiver
from django.http import HttpRequest

from pacework.service.core import clock
from pacework.service.core.models import Draft, Submission

KEPT_DAYS = 30
LARGEST = 64_000
_SESSION_KEY = "kept_typing"
# Names the form page itself adds: never part of what a person typed.
PAGE_FIELDS = frozenset({"csrfmiddlewaretoken", "submission", "typed_by", "save_draft"})


def plain(text: str) -> str:
    """The text as every database can keep it."""
    return text.replace("\x00", "")


def typed(data: Any) -> dict[str, list[str]]:
    """What a person typed in a posted form, and the version they typed it against."""
    # PostgreSQL keeps no null character, and nobody types one.
    return {
        name.replace("\x00", ""): [value.replace("\x00", "") for value in data.getlist(name)]
        for name in data
        if name not in PAGE_FIELDS
    }


def load(user: Any, path: str) -> Draft | None:
    """The draft this person left on this page, if any."""
    return Draft.objects.filter(user=user, path=path[:200]).first()


def save(user: Any, path: str, data: dict[str, list[str]]) -> None:
    """Keep what is typed so far. A draft is nobody's record yet, so it leaves no audit event."""
    Draft.objects.update_or_create(
        user=user, path=path[:200], defaults={"data": data, "saved_at": clock.now()}
    )


def discard(user: Any, path: str) -> None:
    """The form was saved, or the person threw the draft away."""
    Draft.objects.filter(user=user, path=path[:200]).delete()


def expire() -> int:
    """Delete drafts and used form tokens older than 30 days. Returns how many drafts went."""
    before = clock.now() - timedelta(days=KEPT_DAYS)
    Submission.objects.filter(sent_at__lt=before).delete()
    return Draft.objects.filter(saved_at__lt=before).delete()[0]


def signature_of(user: Any) -> str:
    """Says, unforgeably, whose form this is: typing after a lost session returns to its owner only."""
    return signing.dumps(user.pk, salt="typed_by")


def keep_for_sign_in(request: HttpRequest) -> None:
    """The session ran out while someone typed: hold it until the same person has signed in again."""
    if request.method != "POST" or "typed_by" not in request.POST:
        return
    try:
        owner = signing.loads(request.POST["typed_by"], salt="typed_by", max_age=7 * 24 * 3600)
    except signing.BadSignature:
        return
    data = typed(request.POST)
    if sum(len(value) for values in data.values() for value in values) <= LARGEST:
        request.session[_SESSION_KEY] = {"owner": owner, "path": request.path, "data": data}


@receiver(user_logged_in)
def give_back(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """After sign-in, what was typed becomes a draft on the page it was typed on, for its owner."""
    if request is None:
        return
    kept = request.session.pop(_SESSION_KEY, None)
    if kept and kept["owner"] == user.pk:
        save(user, kept["path"], kept["data"])
