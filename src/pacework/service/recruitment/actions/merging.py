"""Two records of one person become one, field by field, and can be taken back exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, models, transaction

from pacework.service.cases.actions.milestones import recompute_after_birth_date
from pacework.service.cases.models import CaseModel, Client, Consent
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.records import hold
from pacework.service.people.models import User
from pacework.service.recruitment import permissions_import as permissions
from pacework.service.recruitment import policies_merge as policies
from pacework.service.recruitment.codes import STEPS
from pacework.service.recruitment.merge_models import Merge
from pacework.service.recruitment.models import PossibleDuplicate, Referral

CHOSEN = (
    "first_name",
    "last_name",
    "preferred_name",
    "pronouns",
    "birth_date",
    "nhs_number",
    "phone",
    "email",
    "postcode",
    "contact_notes",
    "language",
    "accessible_format",
    "gp_practice",
    "emergency_contact",
)
# The careful answer of the two holds for the person.
EITHER = ("do_not_contact", "restricted", "needs_interpreter")
BOTH = ("safe_to_phone", "safe_to_leave_message", "safe_to_email", "safe_to_write")
WRITTEN = (*CHOSEN, *EITHER, *BOTH, "equality", "user_id")
KEYS = ("name_key", "given_key", "called_key")
LEFT, RIGHT = "kept", "merged"


def links_to_clients() -> Iterator[tuple[Any, str]]:
    """Every field of every model of the product that points at a client, but what joining itself writes."""
    rooms = {f"pacework.service.{room}" for room in settings.ROOMS}
    for model in apps.get_models():
        if apps.get_app_config(model._meta.app_label).name not in rooms or model in (Client, Merge):
            continue
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is Client:
                yield model, field.name


def differing(kept: Client, merged: Client) -> list[str]:
    """Fields in which both say something, and not the same: a person chooses."""
    return [
        name
        for name in CHOSEN
        if getattr(kept, name) and getattr(merged, name) and getattr(kept, name) != getattr(merged, name)
    ]


def stricter(kept: Client, merged: Client) -> list[str]:
    """Flags that change on the kept record because the other one was more careful."""
    changed = [name for name in EITHER if getattr(merged, name) and not getattr(kept, name)]
    return changed + [name for name in BOTH if getattr(kept, name) and not getattr(merged, name)]


def what_moves(merged: Client, *, reader: User) -> dict[str, int]:
    """How many rows of each kind come along, by the kind's plural name.

    A diary comes along too, but whether there is one is not said to somebody to whom it is not shown.
    """
    found: dict[str, int] = {}
    for model, name in links_to_clients():
        if model is PossibleDuplicate or model._meta.model_name == "importrow":
            continue
        rows = model.objects.visible_to(reader) if issubclass(model, CaseModel) else model._base_manager
        number = rows.filter(**{name: merged}).count()
        if number:
            label = str(model._meta.verbose_name_plural)
            found[label] = found.get(label, 0) + number
    return found


def which_to_keep(pair: PossibleDuplicate) -> tuple[Client, Client]:
    """The record that stays, and the one that becomes part of it: support under way stays where it is."""
    new, known = pair.client, pair.other
    if not known.episodes.open().exists() and (
        new.episodes.open().exists() or (new.user_id is not None and known.user_id is None)
    ):
        return new, known
    return known, new


class Rows:
    """Rows changed one by one, with what they said before."""

    def __init__(self) -> None:
        self.before: list[list[Any]] = []
        self.changed: list[tuple[models.Model, str, list[str]]] = []

    def change(self, row: Any, verb: str, **values: Any) -> None:
        """Write ``values`` to a row and remember the old ones."""
        self.before.append(
            [row._meta.label_lower, row.pk, {name: plain(getattr(row, name)) for name in values}]
        )
        type(row)._base_manager.filter(pk=row.pk).update(**values)
        self.changed.append((row, verb, list(values)))


def plain(value: Any) -> Any:
    """A value as it can be stored beside others."""
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


# What rooms above do before rows move: two rows of theirs may speak of the same thing.
Settler = Callable[[Client, Client, Rows], None]
_settlers: list[Settler] = []


def add_settler(settler: Settler) -> None:
    """Let a room above settle its own rows of two records before they are joined: (kept, merged, rows)."""
    _settlers.append(settler)


@action
def merge(
    kept: Client,
    merged: Client,
    *,
    by: User,
    choices: Mapping[str, str] | None = None,
    pair: PossibleDuplicate | None = None,
) -> Merge:
    """``merged`` becomes part of ``kept``. ``choices``: field → "kept" or "merged", where the two differ."""
    permissions.check_merge(by, kept, merged)
    # Always the lower number first, so that two who join the same two records wait for each other once.
    for client in sorted({kept, merged}, key=lambda one: one.pk):
        hold(client)
        client.refresh_from_db(fields=["merged_into", "user"])
    policies.check_mergeable(kept, merged)
    rows = Rows()
    record = Merge(kept=kept, merged=merged, merged_by=by)
    record.before = {
        LEFT: {name: plain(getattr(kept, name)) for name in WRITTEN},
        RIGHT: {"user_id": merged.user_id},
    }
    if pair is not None:
        hold(pair)
        policies.check_pair_open(pair)
        rows.change(
            pair,
            "duplicate.decided",
            decided=PossibleDuplicate.Decided.SAME,
            decided_on=clock.today(),
            decided_by_id=by.pk,
        )
    _settle_referrals(kept, merged, rows, by)
    _settle_consents(kept, merged, rows, by)
    for settle in _settlers:
        settle(kept, merged, rows)
    # First out of the way: two current records may not share an NHS number or an account.
    Client.objects.filter(pk=merged.pk).update(merged_into=kept, user=None, version=merged.version + 1)
    record.moved = _move(merged, kept)
    _let_go(kept, rows)
    record.before["rows"] = rows.before
    one_birth_date = kept.birth_date == merged.birth_date
    changed = _join(kept, merged, choices or {})
    record.save()
    for row, verb, names in rows.changed:
        row.refresh_from_db()
        trace(verb, row, by=by, fields=[name.removesuffix("_id") for name in names])
    trace("client.changed", kept, by=by, fields=changed)
    if not one_birth_date:
        # Episodes of either record were counted by another age until now.
        recompute_after_birth_date(kept, by=by)
    merged.refresh_from_db()
    trace(policies.JOINED, merged, by=by, fields=["merged_into"])
    # Last on the kept record's chain: anything after it means that the joining cannot be taken back.
    trace(policies.MADE, record, by=by, fields=["kept", "merged", "moved"])
    kept.forget_episode()
    return record


def _join(kept: Client, merged: Client, choices: Mapping[str, str]) -> list[str]:
    """Write the chosen fields, the careful flags, and what only the other record knew."""
    for name in CHOSEN:
        wanted = choices.get(name, LEFT)
        if not getattr(kept, name) or (wanted == RIGHT and getattr(merged, name)):
            setattr(kept, name, getattr(merged, name))
    for name in EITHER:
        setattr(kept, name, getattr(kept, name) or getattr(merged, name))
    for name in BOTH:
        setattr(kept, name, getattr(kept, name) and getattr(merged, name))
    kept.equality = {**merged.equality, **kept.equality}
    kept.user_id = kept.user_id or merged.user_id
    kept.set_name_key()
    kept.save_version(expected=None, fields=[*WRITTEN, *KEYS])
    return ["user" if name == "user_id" else name for name in WRITTEN]


def _move(source: Client, target: Client) -> dict[str, list[Any]]:
    """Point every row at ``target``. A row that would stand twice there stays with the merged record."""
    moved: dict[str, list[Any]] = {}
    for model, name in links_to_clients():
        ids = list(model._base_manager.filter(**{name: source}).order_by("pk").values_list("pk", flat=True))
        if not ids:
            continue
        done = (
            ids
            if _point(model, name, ids, target)
            else [one for one in ids if _point(model, name, [one], target)]
        )
        if done:
            moved[f"{model._meta.label_lower}.{name}"] = done
    return moved


def _point(model: Any, name: str, ids: list[Any], target: Client) -> bool:
    try:
        with transaction.atomic():
            model._base_manager.filter(pk__in=ids).update(**{name: target})
    except IntegrityError:
        return False
    return True


def _settle_referrals(kept: Client, merged: Client, rows: Rows, by: User) -> None:
    """One person has one referral in hand: the one that has come further, none while support is under way."""
    open_ones = list(Referral.objects.open().filter(client__in=(kept, merged)))
    supported = kept.episodes.open().exists() or merged.episodes.open().exists()

    def come(referral: Referral) -> tuple[int, bool]:
        step = STEPS.index(referral.last_step) + 1 if referral.last_step else 0
        return step, referral.client_id == kept.pk

    going_on = None if supported else max(open_ones, key=come, default=None)
    for referral in open_ones:
        if referral is not going_on:
            rows.change(
                referral,
                "referral.ended",
                exit_on=clock.today(),
                exit_by_id=by.pk,
                exit_reason="duplicate",
                version=referral.version + 1,
            )


def _settle_consents(kept: Client, merged: Client, rows: Rows, by: User) -> None:
    """Of two standing answers to one thing a "no" holds. For the service itself the later answer does."""
    answers: dict[tuple[str, int | None], list[Consent]] = {}
    for one in Consent.objects.standing().filter(client__in=(kept, merged)).order_by("given_on", "pk"):
        answers.setdefault((one.layer, one.recipient_id), []).append(one)
    for (layer, _), several in answers.items():
        refusals = [one for one in several if not one.given]
        holds = several[-1] if layer == Consent.Layer.SERVICE or not refusals else refusals[-1]
        for one in several:
            if one is not holds:
                rows.change(one, "consent.ended", withdrawn_on=clock.today(), withdrawn_by_id=by.pk)


def _let_go(kept: Client, rows: Rows) -> None:
    """A referral that waited for this decision waits no longer."""
    for referral in Referral.objects.open().filter(client=kept, held=True):
        rows.change(referral, "referral.released", held=False, version=referral.version + 1)


@action
def undo_merge(record: Merge, *, by: User) -> Merge:
    """Both records as they were, every row where it was. Refused once anything was recorded since."""
    permissions.check_undo_merge(by, record.kept)
    hold(record)
    policies.check_undo_merge(record)
    kept, merged = record.kept, record.merged
    for label, ids in record.moved.items():
        path, _, name = label.rpartition(".")
        apps.get_model(path)._base_manager.filter(pk__in=ids).update(**{name: merged})
    for path, pk, values in reversed(record.before["rows"]):
        _restore(apps.get_model(path), pk, values)
    for name, value in record.before[LEFT].items():
        setattr(kept, name, _read(Client, name, value))
    kept.set_name_key()
    kept.save_version(expected=None, fields=[*WRITTEN, *KEYS])
    Client.objects.filter(pk=merged.pk).update(
        merged_into=None, user_id=record.before[RIGHT]["user_id"], version=merged.version + 1
    )
    # What was noted for this is in its rows again; a second copy would outlive what the client deletes there.
    record.before = {}
    record.undone_by, record.undone_at = by, clock.now()
    record.save(update_fields=["before", "undone_by", "undone_at"])
    merged.refresh_from_db()
    if kept.birth_date != merged.birth_date:
        recompute_after_birth_date(kept, by=by)
        recompute_after_birth_date(merged, by=by)
    trace("client.merge_undone", merged, by=by, fields=["merged_into"])
    trace("merge.undone", record, by=by, fields=["undone_at"])
    return record


def forget_rows(client: Client, *kinds: type[models.Model], by: User) -> None:
    """Rows of these kinds are gone for good: what a joining noted of them goes too; a step of an action."""
    labels = {kind._meta.label_lower for kind in kinds}
    for record in Merge.objects.filter(kept__in=client.with_joined()):
        noted = record.before.get("rows", [])
        left = [row for row in noted if row[0] not in labels]
        if len(left) < len(noted):
            record.before["rows"] = left
            record.save(update_fields=["before"])
            trace("merge.rows_forgotten", record, by=by, fields=["before"])


def _restore(model: Any, pk: Any, values: Mapping[str, Any]) -> None:
    model._base_manager.filter(pk=pk).update(
        **{name: _read(model, name, value) for name, value in values.items()}
    )


def _read(model: Any, name: str, value: Any) -> Any:
    if value is None or name.endswith("_id"):
        return value
    return model._meta.get_field(name).to_python(value)
