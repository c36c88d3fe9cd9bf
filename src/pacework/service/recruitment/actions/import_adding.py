"""Adding rows of a list: each row whole or not at all, everything of a piece written in bulk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F

from pacework.service.cases.models import Client, name_key
from pacework.service.core import clock
from pacework.service.core.audit import trace
from pacework.service.core.models import AuditHead
from pacework.service.people.models import User
from pacework.service.recruitment.actions.incoming import IDENTITY, Person, listed_referral, new_client
from pacework.service.recruitment.actions.steps import mark, programme_for_new
from pacework.service.recruitment.duplicates import LIKELY
from pacework.service.recruitment.import_models import ImportBatch, ImportRow, ImportState
from pacework.service.recruitment.models import PossibleDuplicate, Referral

REFERRED = (
    "client",
    "route",
    "team",
    "programme",
    "preset",
    "approached_on",
    "last_job_ended_on",
    "work_status",
)

BECAME = ("client", "referral", "chain_number", "made_client", "cells")
SENT = ("approached_on", "approached_by")
IN_HAND = "This person has a referral in hand already."
SUPPORTED = "This person is being supported now."
MEANWHILE = "Somebody like this was recorded since the list was read."
NOT_OPEN = "That record is not open to you any more. Decide again."


@dataclass
class _Piece:
    """What the rows of one piece become."""

    batch: ImportBatch
    by: User | None
    clients: list[Client] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    pairs: list[PossibleDuplicate] = field(default_factory=list)
    rows: list[ImportRow] = field(default_factory=list)
    put_back: list[ImportRow] = field(default_factory=list)


def add(batch: ImportBatch, rows: list[ImportRow]) -> int:
    """Add these rows; what has come to stand in the way since they were read is put back with the reason."""
    piece = _Piece(batch, batch.committed_by)
    now_known = _known_now(rows)
    matched = {match["client"] for row in rows for match in row.matches if "client" in match}
    same = {row.same_as_id for row in rows if row.choice == ImportRow.Choice.SAME}
    visible = _visible(piece.by, matched | same)
    busy = busy_with(same)
    programme = programme_for_new()
    for row in rows:
        if row.choice == ImportRow.Choice.SAME:
            _same_person(piece, row, visible, busy, programme)
        else:
            _new_person(piece, row, visible, now_known, programme)
    _write(piece)
    return len(piece.rows)


def _visible(by: User | None, ids: set[Any]) -> set[int]:
    if by is None or not ids:
        return set()
    return set(Client.objects.visible_to(by).filter(pk__in=ids).values_list("pk", flat=True))


def busy_with(ids: set[Any]) -> dict[int, str]:
    """Clients who cannot have another referral now, and why."""
    if not ids:
        return {}
    supported = Client.objects.filter(pk__in=ids, episodes__closed_on__isnull=True, episodes__isnull=False)
    referred = Referral.objects.open().filter(client__in=ids).values_list("client_id", flat=True)
    found = dict.fromkeys(referred, "This person has a referral in hand already.")
    return found | dict.fromkeys(
        supported.values_list("pk", flat=True), "This person is being supported now."
    )


def _known_now(rows: list[ImportRow]) -> dict[str, dict[Any, int]]:
    """People recorded now with these numbers, or with these names and birth dates."""
    numbers = {row.values["nhs_number"] for row in rows if row.values.get("nhs_number")}
    names = {name_key(row.values["first_name"], row.values["last_name"]) for row in rows}
    current = Client.objects.current()
    found = current.filter(name_key__in=names).values_list("name_key", "birth_date", "pk")
    return {
        "number": dict(current.filter(nhs_number__in=numbers).values_list("nhs_number", "pk")),
        "name": {(name, born.isoformat()): pk for name, born, pk in found if born is not None},
    }


def _person(row: ImportRow) -> Person:
    told = row.values
    born = told.get("birth_date")
    return Person(
        **{name: told.get(name, "") for name in IDENTITY if name != "birth_date"},
        birth_date=date.fromisoformat(born) if born else None,
        more={name: told[name] for name in ("gp_practice", "preferred_name") if told.get(name)},
    )


def _put_back(piece: _Piece, row: ImportRow, result: str, sentence: str) -> None:
    row.result, row.choice, row.same_as = result, "", None
    row.reasons = [sentence, *(one for one in row.reasons if one != sentence)]
    piece.put_back.append(row)


def _new_person(
    piece: _Piece, row: ImportRow, visible: set[int], now: dict[str, dict[Any, int]], programme: Any
) -> None:
    person = _person(row)
    holder = now["number"].get(person.nhs_number) if person.nhs_number else None
    key = name_key(person.first_name, person.last_name), row.values.get("birth_date", "")
    seen = {match.get("client") for match in row.matches}
    since = [pk for pk in (holder, now["name"].get(key)) if pk is not None and pk not in seen]
    if since:
        row.matches = [
            *row.matches,
            *({"client": pk, "score": 95, "reasons": ["Recorded since this list was read"]} for pk in since),
        ]
        _put_back(piece, row, ImportRow.Result.POSSIBLE, MEANWHILE)
        return
    client = new_client(person, team=piece.batch.team)
    given = dict(row.values.get("aside") or {})
    if holder is not None:
        # Somebody else is recorded with the number: it stays on the referral for the lead to judge.
        given["nhs_number"], client.nhs_number = client.nhs_number, ""
    client.do_not_contact = row.do_not_contact
    referral = _referral(piece, row, client, piece.batch.team, programme, given)
    for match in row.matches:
        if "client" in match:
            _pair(piece, referral, match, seen=match["client"] in visible)
    piece.clients.append(client)
    row.made_client = True
    _taken(piece, row, client, referral)


def _pair(piece: _Piece, referral: Referral, match: dict[str, Any], *, seen: bool) -> None:
    """Whom a new person resembles. Those the lead could see and said were others are decided by that."""
    pair = PossibleDuplicate(
        client=referral.client, other_id=match["client"], reasons=match["reasons"], score=match["score"]
    )
    if seen:
        pair.decided, pair.decided_on, pair.decided_by = "different", clock.today(), piece.by
    elif match["score"] >= LIKELY:
        referral.held = True
    piece.pairs.append(pair)


def _same_person(
    piece: _Piece, row: ImportRow, visible: set[int], busy: dict[int, str], programme: Any
) -> None:
    client = row.same_as
    if client is None or client.pk not in visible:
        _put_back(piece, row, ImportRow.Result.POSSIBLE, NOT_OPEN)
        return
    if client.pk in busy:
        _put_back(piece, row, ImportRow.Result.REFUSED, busy[client.pk])
        return
    busy[client.pk] = "Another row of this list is the same person."
    person = _person(row)
    typed = {name: getattr(person, name) for name in IDENTITY}
    given = {name: str(value) for name, value in typed.items() if value and value != getattr(client, name)}
    given |= row.values.get("aside") or {}
    referral = _referral(piece, row, client, client.team, programme, given)
    _taken(piece, row, client, referral)


def _referral(
    piece: _Piece, row: ImportRow, client: Client, team: Any, programme: Any, given: dict[str, str]
) -> Referral:
    referral = listed_referral(client, route=piece.batch.route, team=team, programme=programme, by=piece.by)
    ended = row.values.get("last_job_ended_on")
    referral.last_job_ended_on = date.fromisoformat(ended) if ended else None
    referral.work_status = row.values.get("status", "")
    referral.given = given
    on = piece.batch.approached_on
    if on is not None and not client.do_not_contact and not (client.birth_date and client.birth_date > on):
        mark(referral, "approached", on, piece.by)
    referral.count_days_out_of_work()
    return referral


def _taken(piece: _Piece, row: ImportRow, client: Client, referral: Referral) -> None:
    row.client, row.referral = client, referral
    piece.referrals.append(referral)
    piece.rows.append(row)


def _write(piece: _Piece) -> None:
    Client.objects.bulk_create(piece.clients)
    for client in piece.clients:
        trace("client.registered", client, by=piece.by, fields=("team", *IDENTITY))
    for referral in piece.referrals:
        referral.client = referral.client  # the key it has by now
    Referral.objects.bulk_create(piece.referrals)
    for referral in piece.referrals:
        trace("referral.listed", referral, by=piece.by, fields=REFERRED)
    for pair in piece.pairs:
        pair.client = pair.client
    PossibleDuplicate.objects.bulk_create(piece.pairs, ignore_conflicts=False)
    for pair in piece.pairs:
        trace("duplicate.noticed", pair, by=piece.by, fields=("other", "score", "decided"))
    for row in piece.rows:
        row.client, row.referral = row.client, row.referral
        row.cells = []
    _note_chains(piece)
    # An upsert that always finds its row: several times as fast as bulk_update.
    ImportRow.objects.bulk_create(
        piece.rows, update_conflicts=True, unique_fields=["id"], update_fields=list(BECAME)
    )
    for row in piece.put_back:
        row.save(update_fields=["result", "choice", "same_as", "reasons", "matches"])


def _note_chains(piece: _Piece) -> None:
    """Where each person's chain will stand after this piece: one event later is work by somebody."""
    events: dict[int, int] = {}
    for chained in (piece.clients, piece.referrals, piece.pairs):
        for one in chained:
            pk = one.pk if isinstance(one, Client) else one.client_id
            events[pk] = events.get(pk, 0) + 1
    known = chain_numbers(row.client_id for row in piece.rows if not row.made_client)
    for row in piece.rows:
        number = row.client_id or 0
        row.chain_number = known.get(number, 0) + events.get(number, 0)


def chain_numbers(ids: Iterable[int | None]) -> dict[int, int]:
    """The number of the last audit event of each of these people."""
    chains = [f"person:{one}" for one in ids if one]
    heads = AuditHead.objects.filter(chain__in=chains).values_list("chain", "number")
    return {int(chain.partition(":")[2]): number for chain, number in heads}


def send(batch: ImportBatch, size: int) -> None:
    """Record that the next invitations went out. Whoever must not be written to is passed over."""
    rows = list(
        batch.rows.filter(chain_number__isnull=False, line__gt=batch.cursor)
        .order_by("line")
        .select_related("referral__client")[:size]
    )
    if not rows:
        batch.state = ImportState.DONE
        trace("import.letters_recorded", batch, by=batch.committed_by, fields=["approached_on", "work_done"])
        return
    on = batch.approached_on
    sent = []
    for row in rows:
        referral = row.referral
        if on is None or referral is None or not _can_be_sent(referral, on):
            continue
        mark(referral, "approached", on, batch.committed_by)
        referral.count_days_out_of_work()
        sent.append(referral)
    Referral.objects.filter(pk__in=[one.pk for one in sent]).update(
        approached_on=on, approached_by=batch.committed_by, version=F("version") + 1
    )
    counted = [one for one in sent if one.days_out_of_work is not None]
    Referral.objects.bulk_update(counted, ["days_out_of_work"], batch_size=200)
    for referral in sent:
        trace(
            "referral.approached", referral, by=batch.committed_by, fields=("approached_on", "approached_by")
        )
    batch.work_done += len(rows)
    batch.cursor = rows[-1].line
    trace("import.letters_recorded", batch, by=batch.committed_by, fields=["work_done"])


def _can_be_sent(referral: Referral, on: date) -> bool:
    client = referral.client
    return (
        referral.approached_on is None
        and referral.exit_on is None
        and referral.episode_id is None
        and not client.do_not_contact
        and client.merged_into_id is None
        and not (client.birth_date and client.birth_date > on)
    )
