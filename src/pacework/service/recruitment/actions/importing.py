"""What a team lead does with a list: bring it, name its columns, decide, add it, take it back."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import date
from itertools import islice

from django.db import transaction

from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.core import csv_files as reading
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError
from pacework.service.people.models import Team, User
from pacework.service.recruitment import permissions_import as permissions
from pacework.service.recruitment import policies_import as policies
from pacework.service.recruitment.actions.import_work import carry_on, open_rows, pending_rows
from pacework.service.recruitment.actions.steps import programme_for_new
from pacework.service.recruitment.import_models import (
    ImportBatch,
    ImportFile,
    ImportRow,
    ImportState,
    SavedColumns,
)
from pacework.service.recruitment.imports import columns as known_columns
from pacework.service.recruitment.imports import dates

SAMPLE = 200


def saved_columns(team: Team) -> dict[str, str]:
    """Plain heading → field, as this team's last list had it."""
    found = SavedColumns.objects.filter(team=team).values_list("columns", flat=True).first()
    return dict(found or {})


def content_of(batch: ImportBatch) -> bytes:
    """The file as it came."""
    packed = ImportFile.objects.filter(batch=batch).values_list("packed", flat=True).first()
    if packed is None:
        raise DomainError("The file of this list is not kept any more. Bring it in again.")
    return zlib.decompress(bytes(packed))


@action
def start_import(content: bytes, *, name: str, by: User, team: Team, route: str) -> ImportBatch:
    """Take a file in, if it can be read at all, and guess its columns. Nothing is added yet."""
    permissions.check_import(by, team)
    policies.check_route(route)
    programme_for_new()
    saved = saved_columns(team)
    facts = reading.read(content, known_columns.known_headings(saved))
    sample, orders = _look(content, facts)
    batch = ImportBatch.objects.create(
        team=team,
        route=route,
        name=name[-120:].replace("\x00", "") or "list.csv",
        facts=facts.as_json() | {"dates": orders},
        columns=known_columns.guess(facts.headings, sample, saved),
        dates={index: found["order"] for index, found in orders.items()},
        rows_total=facts.rows,
        uploaded_by=by,
        changed_at=clock.now(),
    )
    ImportFile.objects.create(batch=batch, packed=zlib.compress(content, 1))
    trace("import.brought", batch, by=by, fields=["team", "route", "name", "rows_total"])
    return batch


def sample_of(batch: ImportBatch, rows: int = 3) -> list[list[str]]:
    """The first rows of the file, to look at while choosing columns."""
    body = reading.body(content_of(batch), batch.facts["delimiter"], batch.facts["header"])
    return [record for _, record in islice(body, rows)]


def teams_of(ids: set[int]) -> dict[int, str]:
    """Only the team's name of clients whom the reader may not see."""
    return dict(Client.objects.current().filter(pk__in=ids).values_list("pk", "team__name"))


def cells_of(batch: ImportBatch, row: ImportRow) -> list[str]:
    """A row's cells made again from what was read of it."""
    cells = [""] * len(batch.facts["headings"])
    for field, index in batch.columns.items():
        cells[index] = row.values.get(field, "")
    return cells


def _look(content: bytes, facts: reading.Facts) -> tuple[list[list[str]], dict[str, dict[str, int | str]]]:
    """The first rows, and for each column of dates how the whole column writes them."""
    sample: list[list[str]] = []
    cells: dict[int, list[str]] = {}
    for _, record in reading.body(content, facts.delimiter, facts.header):
        if len(sample) < SAMPLE:
            sample.append(record)
        if len(sample) == SAMPLE and not cells:
            cells = _date_columns(sample, len(facts.headings))
            if not cells:
                break
        elif cells:
            for index, column in cells.items():
                if index < len(record):
                    column.append(record[index])
    cells = cells or _date_columns(sample, len(facts.headings))
    orders: dict[str, dict[str, int | str]] = {}
    for index, column in cells.items():
        order, day_first, month_first = dates.order_of(column)
        orders[str(index)] = {"order": order, "day": day_first, "month": month_first}
    return sample, orders


def _date_columns(sample: list[list[str]], width: int) -> dict[int, list[str]]:
    columns = {index: [row[index] for row in sample if index < len(row)] for index in range(width)}
    return {index: cells for index, cells in columns.items() if dates.looks_like_dates(cells)}


def _go(batch: ImportBatch, state: str) -> ImportBatch:
    """The list as it stands now, locked, on its way to ``state``."""
    current: ImportBatch = ImportBatch.objects.select_for_update().select_related("team").get(pk=batch.pk)
    policies.check_go(current, state)
    current.state, current.paused, current.problem = state, False, ""
    current.worker, current.beat_at, current.changed_at = "", None, clock.now()
    current.cursor = current.work_done = current.work_total = 0
    return current


def _start_work(batch: ImportBatch) -> None:
    """Once this is stored, a background task takes over. Only the list's number is handed on."""
    number = batch.pk
    transaction.on_commit(lambda: carry_on.enqueue(number))


@action
def choose_columns(
    batch: ImportBatch, *, by: User, columns: Mapping[str, int], orders: Mapping[str, str]
) -> ImportBatch:
    """Which column is which, and how dates are written. Kept for the team's next list; rows are read anew."""
    permissions.check_handle_import(by, batch)
    current = _go(batch, ImportState.STAGING)
    policies.check_columns(dict(columns), len(current.facts["headings"]))
    current.columns = dict(columns)
    current.dates = {**current.dates, **{str(index): order for index, order in orders.items()}}
    # Rows of an earlier reading are deleted by the work itself, a few thousand at a time.
    current.rows_staged, current.work_total = 0, current.rows_total
    current.save()
    SavedColumns.objects.update_or_create(
        team=current.team, defaults={"columns": _to_keep(current) or saved_columns(current.team)}
    )
    trace("import.columns_chosen", current, by=by, fields=["columns", "dates"])
    _start_work(current)
    return current


def _to_keep(batch: ImportBatch) -> dict[str, str]:
    """Headings that say which column they are: an empty or repeated one says nothing next time."""
    plain = [reading.plain(heading) for heading in batch.facts["headings"]]
    return {
        plain[index]: field
        for field, index in batch.columns.items()
        if plain[index] and plain.count(plain[index]) == 1
    }


@action
def change_columns(batch: ImportBatch, *, by: User) -> ImportBatch:
    """Back to the columns: what was read so far is thrown away, the file is still there."""
    permissions.check_handle_import(by, batch)
    current = _go(batch, ImportState.MAPPING)
    current.rows_staged = 0
    current.save()
    trace("import.columns_opened", current, by=by, fields=["state"])
    return current


@action
def decide_row(row: ImportRow, *, by: User, choice: str, same_as: Client | None = None) -> ImportRow:
    """Leave a row out, add it as a new person, or as a new referral of somebody the lead can see."""
    permissions.check_handle_import(by, row.batch)
    policies.check_decide(row, choice)
    row.same_as = None
    if choice == ImportRow.Choice.SAME:
        listed = {match.get("client") for match in row.matches}
        if same_as is None or same_as.pk not in listed:
            raise DomainError("Say who it is.", field="choice")
        if not Client.objects.visible_to(by).filter(pk=same_as.pk).exists():
            raise DomainError("That record is not open to you.", field="choice")
        row.same_as = same_as
    row.choice = choice
    row.save(update_fields=["choice", "same_as"])
    trace("import.row_decided", row, by=by, fields=["choice", "same_as"])
    return row


@action
def skip_undecided(batch: ImportBatch, *, by: User) -> int:
    """Leave out every possible duplicate that nobody has looked at."""
    permissions.check_handle_import(by, batch)
    if batch.state not in (ImportState.REVIEW, ImportState.DONE):
        raise DomainError("Nothing can be decided about this list now.")
    count: int = open_rows(batch).update(choice=ImportRow.Choice.SKIP)
    trace("import.rest_left_out", batch, by=by, fields=["state"])
    return count


@action
def commit_import(batch: ImportBatch, *, by: User, approached_on: date | None = None) -> ImportBatch:
    """Add the rows that are ready, in the background. ``approached_on``: the day their letters went out."""
    permissions.check_handle_import(by, batch)
    policies.check_day(approached_on)
    current = _go(batch, ImportState.COMMITTING)
    current.work_total = pending_rows(current).count()
    if not current.work_total:
        raise DomainError("There are no rows to add.")
    current.committed_by, current.approached_on = by, approached_on
    current.save()
    trace("import.confirmed", current, by=by, fields=["state", "approached_on", "work_total"])
    _start_work(current)
    return current


@action
def record_letters(batch: ImportBatch, *, by: User, on: date) -> ImportBatch:
    """The invitations of the whole list went out on one day."""
    permissions.check_handle_import(by, batch)
    policies.check_day(on)
    current = _go(batch, ImportState.SENDING)
    current.committed_by, current.approached_on = by, on
    current.work_total = current.rows.filter(chain_number__isnull=False).count()
    current.save()
    trace("import.letters_sent", current, by=by, fields=["approached_on"])
    _start_work(current)
    return current


@action
def undo_import(batch: ImportBatch, *, by: User) -> ImportBatch:
    """Take the whole list back, unless somebody has worked on one of its rows: then all of it stays."""
    permissions.check_handle_import(by, batch)
    current = _go(batch, ImportState.UNDOING)
    current.work_total = current.rows.filter(chain_number__isnull=False).count()
    current.committed_by = by
    current.save()
    trace("import.undo_asked", current, by=by, fields=["state"])
    _start_work(current)
    return current


@action
def stop_import(batch: ImportBatch, *, by: User) -> ImportBatch:
    """Stop after the rows now in hand. What is done stays done."""
    permissions.check_handle_import(by, batch)
    current: ImportBatch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    policies.check_pause(current)
    current.paused, current.worker, current.changed_at = True, "", clock.now()
    current.save(update_fields=["paused", "worker", "changed_at"])
    trace("import.stopped", current, by=by, fields=["paused"])
    return current


@action
def continue_import(batch: ImportBatch, *, by: User | None) -> ImportBatch:
    """Go on where it stopped. ``by=None`` is the daily sweep for lists whose worker was lost."""
    if by is not None:
        permissions.check_handle_import(by, batch)
    current: ImportBatch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    policies.check_continue(current)
    current.paused, current.problem = False, ""
    current.worker, current.beat_at, current.changed_at = "", None, clock.now()
    current.save(update_fields=["paused", "problem", "worker", "beat_at", "changed_at"])
    trace("import.continued", current, by=by, fields=["paused"])
    _start_work(current)
    return current


@action
def drop_import(batch: ImportBatch, *, by: User | None) -> ImportBatch:
    """Throw the list away before anything of it was added: its file and its rows are deleted."""
    if by is not None:
        permissions.check_handle_import(by, batch)
    current = _go(batch, ImportState.DROPPED)
    ImportFile.objects.filter(batch=current).delete()
    current.save()
    trace("import.dropped", current, by=by, fields=["state"])
    _start_work(current)
    return current
