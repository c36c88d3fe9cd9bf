"""Taking a whole list back, all of it or nothing, in pieces.

First every row is looked at and its person hidden from everybody, so that nobody can begin to work with them
meanwhile. Only when not one row was worked on is anything deleted; otherwise all are put back as they were.
"""

from __future__ import annotations

from typing import Any

from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.core.audit import destroy_salt, trace
from pacework.service.core.records import hold
from pacework.service.recruitment.actions.import_adding import chain_numbers
from pacework.service.recruitment.import_models import ImportBatch, ImportRow, ImportState
from pacework.service.recruitment.models import Referral

UNDONE = "entered_in_error"
NAMED = 5


def _next(batch: ImportBatch, size: int, **wanted: Any) -> list[ImportRow]:
    rows = batch.rows.filter(chain_number__isnull=False, line__gt=batch.cursor, **wanted).order_by("line")
    return list(rows.select_related("referral")[:size])


def worked_on(rows: list[ImportRow]) -> list[ImportRow]:
    """Rows whose person or referral somebody has done anything with since they were added."""
    now = chain_numbers(row.client_id for row in rows)
    return [
        row
        for row in rows
        if row.client_id is None
        or row.referral is None
        or row.referral.version != 1
        or now.get(row.client_id, 0) != row.chain_number
    ]


def take_back(batch: ImportBatch, size: int) -> None:
    """Look at the next rows and hide them; at the first that was worked on, turn round."""
    rows = _next(batch, size)
    if not rows:
        batch.state, batch.cursor, batch.work_done = ImportState.REMOVING, 0, 0
        trace("import.undo_checked", batch, by=batch.committed_by, fields=["state"])
        return
    _wait_for_writers(rows)
    worked = worked_on(rows)
    if worked:
        batch.facts = batch.facts | {"worked_on": [row.line for row in worked[:NAMED]]}
        # Only rows before this piece are hidden; the cursor says how far putting back has to go.
        batch.work_total, batch.work_done = batch.cursor, 0
        batch.state, batch.cursor = ImportState.RESTORING, 0
        trace("import.undo_refused", batch, by=batch.committed_by, fields=["state"])
        return
    _hide(rows)
    batch.cursor, batch.work_done = rows[-1].line, batch.work_done + len(rows)
    trace("import.undo_checked", batch, by=batch.committed_by, fields=["work_done"])


def _wait_for_writers(rows: list[ImportRow]) -> None:
    """Whoever is saving one of these people now is counted: their rows are ours only once that is stored."""
    people = Client.objects.filter(pk__in=[row.client_id for row in rows if row.client_id])
    list(people.order_by("pk").select_for_update().values_list("pk", flat=True))
    for row in rows:
        if row.referral is not None:
            hold(row.referral)


def _hide(rows: list[ImportRow]) -> None:
    today = clock.today()
    Client.objects.filter(pk__in=[row.client_id for row in rows if row.made_client]).update(erased_on=today)
    Referral.objects.filter(pk__in=[row.referral_id for row in rows if not row.made_client]).update(
        exit_on=today, exit_reason=UNDONE
    )


def restore(batch: ImportBatch, size: int) -> None:
    """Put back what was hidden."""
    rows = [row for row in _next(batch, size) if row.line <= batch.work_total]
    if not rows:
        batch.state = ImportState.DONE
        batch.problem = ""
        trace("import.undo_refused", batch, by=batch.committed_by, fields=["state"])
        return
    Client.objects.filter(pk__in=[row.client_id for row in rows if row.made_client]).update(erased_on=None)
    Referral.objects.filter(
        pk__in=[row.referral_id for row in rows if not row.made_client], exit_reason=UNDONE
    ).update(exit_on=None, exit_reason="")
    batch.cursor, batch.work_done = rows[-1].line, rows[-1].line
    trace("import.undo_refused", batch, by=batch.committed_by, fields=["work_done"])


def remove(batch: ImportBatch, size: int) -> None:
    """Nothing was worked on: the referrals and the people that this list made are deleted."""
    rows = _next(batch, size)
    if not rows:
        batch.state = ImportState.UNDONE
        trace("import.undone", batch, by=batch.committed_by, fields=["state"])
        return
    made = [row.client_id for row in rows if row.made_client and row.client_id]
    referrals = [row.referral_id for row in rows if row.referral_id]
    for client in Client.objects.filter(pk__in=made):
        trace("client.import_undone", client, by=batch.committed_by)
    for referral in Referral.objects.filter(pk__in=referrals).exclude(client__in=made):
        trace("referral.import_undone", referral, by=batch.committed_by)
    ImportRow.objects.filter(pk__in=[row.pk for row in rows]).update(
        client=None, referral=None, chain_number=None, made_client=False, choice="", same_as=None
    )
    Referral.objects.filter(pk__in=referrals).delete()
    Client.objects.filter(pk__in=made).delete()
    for number in made:
        destroy_salt(number)
    batch.cursor, batch.work_done = rows[-1].line, batch.work_done + len(rows)
    trace("import.rows_taken_back", batch, by=batch.committed_by, fields=["work_done"])
