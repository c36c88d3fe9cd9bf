"""May these two records become one, and may that be taken back?"""

from __future__ import annotations

from pacework.service.cases.models import Client
from pacework.service.core.errors import DomainError
from pacework.service.core.models import AuditEvent, AuditHead
from pacework.service.recruitment.merge_models import Merge
from pacework.service.recruitment.models import PossibleDuplicate

MADE = "merge.made"
JOINED = "client.merged"


def check_pair_open(pair: PossibleDuplicate) -> None:
    if pair.decided:
        raise DomainError("This was decided already.")


def check_mergeable(kept: Client, merged: Client) -> None:
    """Two records, both whole, with at most one open episode and one account between them."""
    if kept.pk == merged.pk:
        raise DomainError("This is one record already.")
    if any(one.merged_into_id is not None or one.erased_on is not None for one in (kept, merged)):
        raise DomainError("One of these records was joined or erased already.")
    if kept.episodes.open().exists() and merged.episodes.open().exists():
        raise DomainError(
            "Both records have an open episode, so they cannot be joined. Close one of the two first."
        )
    if kept.user_id is not None and merged.user_id is not None:
        raise DomainError(
            "Both records have their own sign-in, so they cannot be joined. Ask an administrator to remove "
            "one."
        )


def is_untouched(merge: Merge) -> bool:
    """Nothing was recorded in either record since: the joining is the last event of both chains."""
    for client_id, verb, object_id in (
        (merge.kept_id, MADE, merge.pk),
        (merge.merged_id, JOINED, merge.merged_id),
    ):
        chain = f"person:{client_id}"
        last = AuditHead.objects.filter(chain=chain).values_list("number", flat=True).first()
        event = AuditEvent.objects.filter(chain=chain, number=last or 0).first()
        if event is None or event.verb != verb or event.object_id != str(object_id):
            return False
    return True


def can_undo_merge(merge: Merge) -> bool:
    return merge.undone_at is None and is_untouched(merge)


def check_undo_merge(merge: Merge) -> None:
    if merge.undone_at is not None:
        raise DomainError("This was taken back already.")
    if not is_untouched(merge):
        raise DomainError(
            "Something has been recorded since the two were joined, so this cannot be taken back as a whole."
        )
