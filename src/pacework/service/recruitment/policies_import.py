"""Does the state of a list allow it? One table says what may follow what."""

from __future__ import annotations

from datetime import date, timedelta

from pacework.service.core import clock
from pacework.service.core.errors import DomainError
from pacework.service.recruitment.codes import routes
from pacework.service.recruitment.import_models import ImportBatch, ImportRow, ImportState

S = ImportState

TRANSITIONS: dict[str, frozenset[str]] = {
    S.MAPPING: frozenset({S.STAGING, S.DROPPED}),
    S.STAGING: frozenset({S.REVIEW, S.MAPPING, S.DROPPED}),
    S.REVIEW: frozenset({S.COMMITTING, S.MAPPING, S.DROPPED}),
    S.COMMITTING: frozenset({S.DONE}),
    S.DONE: frozenset({S.COMMITTING, S.SENDING, S.UNDOING}),
    S.SENDING: frozenset({S.DONE}),
    S.UNDOING: frozenset({S.REMOVING, S.RESTORING}),
    S.REMOVING: frozenset({S.UNDONE}),
    S.RESTORING: frozenset({S.DONE}),
    S.UNDONE: frozenset(),
    S.DROPPED: frozenset(),
}
# Stopping half-way would leave people hidden: these run to their end.
CAN_PAUSE = frozenset({S.STAGING, S.COMMITTING, S.SENDING})
SILENT_FOR = timedelta(minutes=2)


def can_go(batch: ImportBatch, state: str) -> bool:
    return state in TRANSITIONS[batch.state]


def check_go(batch: ImportBatch, state: str) -> None:
    """Raise unless the list may go on to ``state``."""
    if not can_go(batch, state):
        raise DomainError(
            f"This list is at another step now: {batch.get_state_display().lower()}. Look again."
        )


def check_route(route: str) -> None:
    found = routes().get(route)
    if found is None or not found.list_import:
        raise DomainError("Choose a route that starts from a list.", field="route")


def check_columns(columns: dict[str, int], width: int) -> None:
    """The names must come from somewhere, each column is used once, and people can be told apart."""
    if any(not 0 <= index < width for index in columns.values()):
        raise DomainError("One of the chosen columns is not in the file.")
    used = list(columns.values())
    for field, index in columns.items():
        if used.count(index) > 1:
            raise DomainError("This column is chosen twice. Choose each column once.", field=field)
    if "full_name" not in columns:
        for field in ("first_name", "last_name"):
            if field not in columns:
                raise DomainError(
                    "Choose the column with this name, or the one that holds the whole name.", field=field
                )
    if "birth_date" not in columns and "nhs_number" not in columns:
        raise DomainError(
            "Choose the date of birth or the NHS number: without one, people cannot be told apart.",
            field="birth_date",
        )


def can_pause(batch: ImportBatch) -> bool:
    return batch.state in CAN_PAUSE and not batch.paused


def check_pause(batch: ImportBatch) -> None:
    if not can_pause(batch):
        raise DomainError("There is nothing to stop now.")


def is_silent(batch: ImportBatch) -> bool:
    """At work by its state, but nobody has heard of the worker for a while."""
    last = batch.beat_at or batch.changed_at
    return batch.working and not batch.paused and last < clock.now() - SILENT_FOR


def can_continue(batch: ImportBatch) -> bool:
    return batch.working and (batch.paused or bool(batch.problem) or is_silent(batch))


def check_continue(batch: ImportBatch) -> None:
    if not can_continue(batch):
        raise DomainError("This list is not waiting to go on.")


def can_decide(row: ImportRow) -> bool:
    """Until it is added, each row that could be added can be decided again."""
    return (
        row.batch.state in (S.REVIEW, S.DONE)
        and row.result != ImportRow.Result.REFUSED
        and row.chain_number is None
    )


def check_decide(row: ImportRow, choice: str) -> None:
    if not can_decide(row):
        raise DomainError("Nothing can be decided about this row any more.")
    if choice not in ImportRow.Choice.values:
        raise DomainError("Choose one of the answers.", field="choice")


def check_day(on: date | None) -> None:
    if on is not None and on > clock.today():
        raise DomainError(
            "This date is in the future. Enter today or an earlier date.", field="approached_on"
        )
