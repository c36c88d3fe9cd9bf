"""No write without its trace: actions, the hash chain, and its check.

Every write happens inside ``@action``. The outermost action opens the transaction, collects what ``trace``
says, and writes the events last, so the chain heads are locked for as short a time as possible. Events hold
ids, field names and a salted digest of the content, never the content. Destroying a person's salt (erasure)
makes the digests meaningless, and the chain still verifies. What a client may delete for good has no digest.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from pacework.service.core import clock
from pacework.service.core.errors import MissingTrace
from pacework.service.core.models import AuditAnchor, AuditEvent, AuditHead, AuditSalt

if TYPE_CHECKING:
    from pacework.service.people.models import User

P = ParamSpec("P")
R = TypeVar("R")

SERVICE = "service"
START = "0" * 64
ANYBODY = ""
_CONTENT = DjangoJSONEncoder(sort_keys=True, default=str)


@dataclass
class _Pending:
    chain: str
    at: datetime
    actor_id: int | None
    verb: str
    model: str
    object_id: str
    fields: list[str]
    content: str


@dataclass
class _Open:
    """The action under way: what it has traced so far."""

    events: list[_Pending] = field(default_factory=list)
    whole: bool = False
    # Answers asked for once, by model and chain they were read from: see once().
    answers: dict[tuple[str, str], dict[tuple[Any, ...], Any]] = field(default_factory=dict)


_open: ContextVar[_Open | None] = ContextVar("open_action", default=None)


def chain_of(obj: models.Model) -> str:
    """The chain an object's events belong to: one per person, one for the service."""
    scope = obj.record.scope  # type: ignore[attr-defined]
    if scope is None:
        return SERVICE
    if scope == "self":
        return f"person:{obj.pk}"
    target: Any = obj
    *parents, last = scope.split("__")
    for step in parents:
        target = getattr(target, step)
    client_id = getattr(target, f"{last}_id")
    return SERVICE if client_id is None else f"person:{client_id}"


def _content(obj: models.Model, names: Iterable[str]) -> str:
    if obj.record.gone:  # type: ignore[attr-defined]
        return ""
    values = {name: getattr(obj, obj._meta.get_field(name).attname) for name in names}  # type: ignore[union-attr]
    return _CONTENT.encode(values)


def trace(verb: str, obj: models.Model, *, by: User | None, fields: Iterable[str] = ()) -> None:
    """Say what an action did to ``obj``. ``by=None`` is the product itself (a job). Only inside an action."""
    current = _open.get()
    if current is None:
        raise MissingTrace(f"{verb}: trace() outside an action")
    names = sorted(fields)
    chain = chain_of(obj)
    for about in (chain, ANYBODY):
        current.answers.pop((obj._meta.label_lower, about), None)
    current.events.append(
        _Pending(
            chain=chain,
            at=clock.now(),
            actor_id=by.pk if by is not None else None,
            verb=verb,
            model=obj._meta.label_lower,
            object_id=str(obj.pk),
            fields=names,
            content=_content(obj, names),
        )
    )


def once(
    key: tuple[Any, ...], ask: Callable[[], R], *, read_from: type[models.Model], client_id: int | None = None
) -> R:
    """The answer to a question, asked once in an action: until the action writes to what it was read from.

    Every write is traced, so a write to a ``read_from`` of this client (None: of anybody) is seen. Outside
    an action it is asked each time.
    """
    current = _open.get()
    if current is None:
        return ask()
    about = ANYBODY if client_id is None else f"person:{client_id}"
    known = current.answers.setdefault((read_from._meta.label_lower, about), {})
    if key not in known:
        known[key] = ask()
    found: R = known[key]
    return found


@contextmanager
def transaction_with_trace(name: str, *, whole: bool = False) -> Iterator[None]:
    """One transaction that fails unless something was traced in it. Nested uses join the outer one.

    ``whole``: all of it or nothing. An error inside a nested action then fails everything, which spares a
    savepoint for each of many.
    """
    outer = _open.get()
    if outer is not None:
        before = len(outer.events)
        with transaction.atomic(savepoint=not outer.whole):
            try:
                yield
            except BaseException:
                # The savepoint takes the rows back; what was traced about them goes with them.
                del outer.events[before:]
                outer.answers.clear()
                raise
        if len(outer.events) == before:
            raise MissingTrace(f"{name} wrote nothing to the audit")
        return
    current = _Open(whole=whole)
    with transaction.atomic():
        token = _open.set(current)
        try:
            yield
        finally:
            # Before the commit: what runs after it must open an action of its own, or its events are lost.
            _open.reset(token)
        if not current.events:
            raise MissingTrace(f"{name} wrote nothing to the audit")
        _write(current.events)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """A write: one transaction, at least one audit event inside it."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction_with_trace(function.__qualname__):
            return function(*args, **kwargs)

    run.is_action = True  # type: ignore[attr-defined]
    return run


def _digest(salt: str, content: str) -> str:
    return hashlib.sha256(f"{salt}\n{content}".encode()).hexdigest()


def _hash(event: AuditEvent, previous: str) -> str:
    parts = [
        previous,
        event.chain,
        str(event.number),
        event.at.isoformat(timespec="microseconds"),
        str(event.actor_id or ""),
        event.verb,
        event.model,
        event.object_id,
        ",".join(event.fields),
        event.digest,
    ]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _write(pending: list[_Pending]) -> None:
    by_chain: dict[str, list[_Pending]] = defaultdict(list)
    for item in pending:
        by_chain[item.chain].append(item)
    chains = sorted(by_chain)  # one order for everybody: two actions never wait for each other in a circle
    salts = _salts(chains)
    heads = _locked_heads(chains)
    events = []
    for chain in chains:
        head = heads[chain]
        for item in by_chain[chain]:
            event = AuditEvent(
                chain=chain,
                number=head.number + 1,
                at=item.at.astimezone(UTC),
                actor_id=item.actor_id,
                verb=item.verb,
                model=item.model,
                object_id=item.object_id,
                fields=item.fields,
                digest=_digest(salts[chain], item.content),
                previous=head.hash,
            )
            event.hash = _hash(event, head.hash)
            head.number, head.hash = event.number, event.hash
            events.append(event)
    if len(events) == 1:
        events[0].save(force_insert=True)
        next(iter(heads.values())).save(update_fields=["number", "hash"])
    else:
        AuditEvent.objects.bulk_create(events, batch_size=400)
        # The rows are there and locked: the upsert only updates, several times as fast as bulk_update.
        AuditHead.objects.bulk_create(
            heads.values(), update_conflicts=True, unique_fields=["chain"], update_fields=["number", "hash"]
        )


def _salts(chains: list[str]) -> dict[str, str]:
    found = dict(AuditSalt.objects.filter(chain__in=chains).values_list("chain", "salt"))
    missing = [AuditSalt(chain=chain, salt=secrets.token_hex(16)) for chain in chains if chain not in found]
    if missing:
        AuditSalt.objects.bulk_create(missing, ignore_conflicts=True)
        # Another worker may have made the same salt a moment ago: read back what is stored.
        found |= dict(
            AuditSalt.objects.filter(chain__in=[row.chain for row in missing]).values_list("chain", "salt")
        )
    # A destroyed salt stays destroyed: what is written after it gets one that nobody keeps.
    return {chain: salt or secrets.token_hex(16) for chain, salt in found.items()}


def _locked_heads(chains: list[str]) -> dict[str, AuditHead]:
    def locked() -> dict[str, AuditHead]:
        rows = AuditHead.objects.select_for_update().filter(chain__in=chains).order_by("chain")
        return {head.chain: head for head in rows}

    heads = locked()
    missing = [AuditHead(chain=chain, number=0, hash=START) for chain in chains if chain not in heads]
    if missing:
        AuditHead.objects.bulk_create(missing, ignore_conflicts=True)
        heads = locked()
    return heads


@dataclass(frozen=True)
class Verification:
    """What ``verify`` found: how much was checked and, in sentences, what is broken."""

    chains: int
    events: int
    breaks: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return not self.breaks


Marks = dict[tuple[str, int], list[tuple[str, date]]]


def verify() -> Verification:
    """Recompute every chain from its first event and compare with heads and daily anchors."""
    breaks: list[str] = []
    marks = _anchored(breaks)
    ends: dict[str, tuple[int, str]] = {}
    count = 0
    for event in AuditEvent.objects.order_by("chain", "number").iterator(chunk_size=2000):
        count += 1
        breaks += _faults(event, *ends.get(event.chain, (0, START)))
        ends[event.chain] = (event.number, event.hash)
        for value, day in marks.pop((event.chain, event.number), ()):
            if value != event.hash:
                breaks.append(f"{event.chain}: differs from the anchor of {day}")
    # An anchor whose event was never met: the chain, or its end, was taken away.
    for (chain, number), anchored in marks.items():
        if number:
            breaks += [f"{chain}: differs from the anchor of {day}" for _, day in anchored]
    breaks += _head_faults(ends)
    return Verification(chains=len(ends), events=count, breaks=tuple(breaks))


def _anchored(breaks: list[str]) -> Marks:
    """What the daily anchors say each chain's event was on that day."""
    marks: Marks = defaultdict(list)
    for anchor in AuditAnchor.objects.order_by("day"):
        if anchor.hash != anchor_hash(anchor.heads):
            breaks.append(f"the anchor of {anchor.day} was changed")
        for chain, (number, value) in anchor.heads.items():
            marks[chain, number].append((value, anchor.day))
    return marks


def _faults(event: AuditEvent, number: int, previous: str) -> list[str]:
    found = []
    if event.number != number + 1:
        found.append(f"{event.chain}: event {number + 1} is missing")
    elif event.previous != previous:
        found.append(f"{event.chain}: event {event.number} does not follow the one before")
    if event.hash != _hash(event, event.previous):
        found.append(f"{event.chain}: event {event.number} was changed")
    return found


def _head_faults(ends: dict[str, tuple[int, str]]) -> list[str]:
    heads = {head.chain: (head.number, head.hash) for head in AuditHead.objects.all()}
    found = [
        f"{chain}: its end does not match the head row"
        for chain, head in heads.items()
        if ends.get(chain, (0, START)) != head
    ]
    return found + [f"{chain}: has events but no head row" for chain in ends.keys() - heads.keys()]


def anchor_hash(heads: dict[str, Any]) -> str:
    """The hash over all heads that a daily anchor stores."""
    return hashlib.sha256(json.dumps(heads, sort_keys=True).encode()).hexdigest()


def write_anchor() -> AuditAnchor:
    """Store today's anchor over all chain heads, once a day; a removed chain then shows."""
    heads = {
        chain: [number, value]
        for chain, number, value in AuditHead.objects.values_list("chain", "number", "hash")
    }
    anchor, _ = AuditAnchor.objects.get_or_create(
        day=clock.today(), defaults={"heads": heads, "hash": anchor_hash(heads)}
    )
    return anchor


def destroy_salt(client_id: int) -> None:
    """Erasure: without its salt a person's digests say nothing about what was written."""
    AuditSalt.objects.filter(chain=f"person:{client_id}").update(salt="")
