"""The long work on a list, in short transactions: reading its rows, adding them, taking them back.

One worker holds a list at a time, by a token. Each piece of work is one transaction that moves a cursor, so
work that stops anywhere goes on from there, and doing a piece twice is impossible.
"""

from __future__ import annotations

import time
import uuid
import zlib
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError
from django.db.models import Q
from django_tasks import task

from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.core import csv_files as reading
from pacework.service.core.audit import trace, transaction_with_trace
from pacework.service.core.errors import DomainError
from pacework.service.recruitment.actions.import_adding import add, send
from pacework.service.recruitment.actions.import_undoing import remove, restore, take_back
from pacework.service.recruitment.import_models import (
    WORKING,
    ImportBatch,
    ImportFile,
    ImportRow,
    ImportState,
)
from pacework.service.recruitment.imports.checking import Checked, Checker
from pacework.service.recruitment.imports.matching import Index, Repeats
from pacework.service.recruitment.models import Referral
from pacework.service.recruitment.policies_import import SILENT_FOR

STAGED_AT_ONCE = 500
ADDED_AT_ONCE = 100  # at most 200 by rule; fewer keeps each transaction well under a quarter of a second
DELETED_AT_ONCE = 2_000
# Between two pieces other people's writes get their turn: SQLite has one writer at a time.
BREATH = 0.005

FAULT = "The work stopped because of a fault. What was done is kept. Press “Go on” to try again."


class Lost(Exception):
    """Somebody stopped the work, or another worker holds the list now."""


def open_rows(batch: ImportBatch) -> Any:
    """Possible duplicates that nobody has decided."""
    return ImportRow.objects.filter(
        batch=batch, result=ImportRow.Result.POSSIBLE, choice="", chain_number__isnull=True
    )


def pending_rows(batch: ImportBatch) -> Any:
    """Rows that are ready to be added."""
    ready = Q(result=ImportRow.Result.NEW, choice="") | Q(
        choice__in=(ImportRow.Choice.NEW, ImportRow.Choice.SAME)
    )
    return ImportRow.objects.filter(ready, batch=batch, chain_number__isnull=True).exclude(
        result=ImportRow.Result.REFUSED
    )


@task()
def carry_on(batch_id: int) -> None:
    """Do what is to be done with a list now, until it is done, stopped, or another worker has it."""
    token = _take(batch_id)
    if token is None:
        return
    try:
        while _step(batch_id, token):
            time.sleep(BREATH)
    except Lost:
        return
    except DomainError as refusal:
        _say(batch_id, token, refusal.sentence)
    except Exception:
        _say(batch_id, token, FAULT)
        raise
    finally:
        ImportBatch.objects.filter(pk=batch_id, worker=token).update(worker="")


def _take(batch_id: int) -> str | None:
    token = str(uuid.uuid4())
    free = Q(worker="") | Q(beat_at__lt=clock.now() - SILENT_FOR)
    mine = ImportBatch.objects.filter(
        free, pk=batch_id, state__in=(*WORKING, ImportState.DROPPED), paused=False, problem=""
    )
    return token if mine.update(worker=token, beat_at=clock.now()) else None


def _say(batch_id: int, token: str, sentence: str) -> None:
    ImportBatch.objects.filter(pk=batch_id, worker=token).update(problem=sentence[:300])


def hold(batch_id: int, token: str) -> ImportBatch:
    """The list, locked for this piece of work. Inside a transaction."""
    batch: ImportBatch | None = (
        ImportBatch.objects.select_for_update(of=("self",))
        .select_related("team", "committed_by")
        .filter(pk=batch_id, worker=token, paused=False)
        .first()
    )
    if batch is None:
        raise Lost
    batch.beat_at = batch.changed_at = clock.now()
    return batch


def _step(batch_id: int, token: str) -> bool:
    """One piece of work. False when there is none left."""
    batch = ImportBatch.objects.get(pk=batch_id)
    if batch.state == ImportState.STAGING:
        stage(batch, token)
        return False
    if batch.state == ImportState.DROPPED:
        delete_rows(batch)
        return False
    work = PIECES.get(batch.state)
    if work is None:
        return False
    try:
        _piece(batch, token, work)
    except IntegrityError:
        # Somebody was recorded between the look and the write: look again, now with them.
        _piece(batch, token, work)
    return True


def _piece(batch: ImportBatch, token: str, work: Callable[[ImportBatch, int], None]) -> None:
    with transaction_with_trace(f"import {batch.state}"):
        held = hold(batch.pk, token)
        work(held, ADDED_AT_ONCE)
        held.save()


def _add(batch: ImportBatch, size: int) -> None:
    ImportFile.objects.filter(batch=batch).delete()
    rows = list(pending_rows(batch).filter(line__gt=batch.cursor).select_related("same_as")[:size])
    if not rows:
        batch.state = ImportState.DONE
        trace("import.added", batch, by=batch.committed_by, fields=["state", "work_done"])
        return
    batch.work_done += add(batch, rows)
    batch.cursor = rows[-1].line
    trace("import.rows_added", batch, by=batch.committed_by, fields=["work_done"])


PIECES: dict[str, Callable[[ImportBatch, int], None]] = {
    ImportState.COMMITTING: _add,
    ImportState.SENDING: send,
    ImportState.UNDOING: take_back,
    ImportState.REMOVING: remove,
    ImportState.RESTORING: restore,
}


# Reading the rows


def stage(batch: ImportBatch, token: str) -> None:
    """Read the file row by row and keep what each says. Rows already kept are only remembered."""
    if batch.rows_staged == 0:
        delete_rows(batch, finished=False)
    done = batch.rows.order_by("-line").values_list("line", flat=True).first() or 0
    packed = ImportFile.objects.filter(batch=batch).values_list("packed", flat=True).first()
    if packed is None:
        raise DomainError("The file of this list is not kept any more. Drop the list and bring it in again.")
    reader = _Rows(batch)
    waiting: list[ImportRow] = []
    for line, cells in reading.body(
        zlib.decompress(bytes(packed)), batch.facts["delimiter"], batch.facts["header"]
    ):
        row = reader.row(line, cells)
        if line <= done:
            continue
        waiting.append(row)
        if len(waiting) >= STAGED_AT_ONCE:
            _keep(batch.pk, token, waiting, reader)
            waiting = []
            time.sleep(BREATH)
    _keep(batch.pk, token, waiting, reader, last=True)


def _keep(batch_id: int, token: str, rows: list[ImportRow], reader: _Rows, *, last: bool = False) -> None:
    with transaction_with_trace("import staging"):
        batch = hold(batch_id, token)
        ImportRow.objects.bulk_create(rows, batch_size=500)
        for earlier, sentence in reader.taken_conflicts():
            row = ImportRow.objects.get(batch=batch, line=earlier)
            row.result, row.reasons = ImportRow.Result.REFUSED, [*row.reasons, sentence]
            row.save(update_fields=["result", "reasons"])
        batch.rows_staged += len(rows)
        batch.work_done = batch.rows_staged
        if last:
            batch.state = ImportState.REVIEW
        batch.save()
        trace("import.rows_read", batch, by=None, fields=["rows_staged", "state"])


class _Rows:
    """Makes rows of one list: reads their cells, and finds whom they resemble here and in the service."""

    def __init__(self, batch: ImportBatch) -> None:
        self.batch = batch
        self.names = reading.column_names(batch.facts["headings"])
        self.checker = Checker(batch.columns, self.names, batch.dates, today=clock.today())
        known = Client.objects.current().values_list(
            "pk", "name_key", "birth_date", "nhs_number", "postcode", "do_not_contact"
        )
        self.known = Index(known.iterator(chunk_size=5_000))
        self.supported = set(
            Client.objects.filter(episodes__closed_on__isnull=True, episodes__isnull=False).values_list(
                "pk", flat=True
            )
        )
        self.referred = set(Referral.objects.open().values_list("client_id", flat=True))
        self.repeats = Repeats()
        self.conflicts: list[tuple[int, str]] = []
        self.refused_lines: set[int] = set()

    def taken_conflicts(self) -> list[tuple[int, str]]:
        """Earlier rows that turned out to share a number with a later one; each is told once."""
        found, self.conflicts = self.conflicts, []
        return found

    def row(self, line: int, cells: list[str]) -> ImportRow:
        """What this row says and what was found about it."""
        found = self.checker.check(cells)
        row = ImportRow(batch=self.batch, line=line, values=found.values, result=ImportRow.Result.NEW)
        if found.aside:
            row.values = found.values | {"aside": found.aside}
        if not found.refusals:
            self._look_in_list(row, found)
        if found.refusals:
            row.result = ImportRow.Result.REFUSED
        else:
            self._look_in_service(row, found)
        row.reasons = [*found.refusals, *found.notes]
        if row.result != ImportRow.Result.NEW:
            row.cells = [cell.replace("\x00", "")[: reading.MAX_CELL] for cell in cells]
        return row

    def _look_in_list(self, row: ImportRow, found: Checked) -> None:
        how, earlier = self.repeats.look(row.line, found.values)
        if how == "repeat":
            found.refusals.append(f"It repeats row {earlier} of this list. The person is added once.")
        elif how == "conflict":
            number = self.checker.name("nhs_number")
            found.refusals.append(
                f"{number} is the same as in row {earlier}, but it is another person. Check both rows."
            )
            if earlier not in self.refused_lines:
                self.refused_lines.add(earlier)
                self.conflicts.append(
                    (earlier, f"{number} is the same as in row {row.line}, another person. Check both rows.")
                )
        elif how == "alike":
            row.result = ImportRow.Result.POSSIBLE
            row.matches = [
                {"line": earlier, "score": 70, "reasons": ["Same name and birth date in this list"]}
            ]

    def _look_in_service(self, row: ImportRow, found: Checked) -> None:
        alike = self.known.like(found.values)
        if not alike:
            return
        row.result = ImportRow.Result.POSSIBLE
        row.matches = [
            *({"client": one.pk, "score": score, "reasons": why} for one, score, why in alike),
            *row.matches,
        ]
        row.do_not_contact = any(one.do_not_contact for one, score, _ in alike if score >= 85)
        best = alike[0][0].pk
        if best in self.supported:
            found.notes.append("The person it resembles is being supported now.")
        elif best in self.referred:
            found.notes.append("The person it resembles has a referral in hand already.")


# Deleting


def delete_rows(batch: ImportBatch, *, finished: bool = True) -> int:
    """Delete the rows of a list a few thousand at a time; with ``finished``, its file and say so."""
    count = 0
    while True:
        some = list(batch.rows.order_by("pk").values_list("pk", flat=True)[:DELETED_AT_ONCE])
        if not some:
            break
        with transaction_with_trace("import deleting"):
            count += len(some)
            ImportRow.objects.filter(pk__in=some).delete()
            trace("import.rows_deleted", batch, by=None, fields=["state"])
    if finished:
        with transaction_with_trace("import deleting"):
            ImportFile.objects.filter(batch=batch).delete()
            ImportBatch.objects.filter(pk=batch.pk).update(rows_deleted_on=clock.today())
            trace("import.file_deleted", batch, by=None, fields=["state"])
    return count
