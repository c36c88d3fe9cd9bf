"""Everything recorded about one client, found from what every model declares. Nothing is listed by hand."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from pacework.service.cases.models import Client
from pacework.service.core.records import Record, path_of


def own_models() -> list[type[models.Model]]:
    """Every model of the product, without the libraries'."""
    rooms = {f"pacework.service.{room}" for room in settings.ROOMS}
    return [model for model in apps.get_models() if apps.get_app_config(model._meta.app_label).name in rooms]


def about_clients() -> list[Any]:
    """Every model whose rows are about a client, rows that point at others first, the client last."""
    found: list[Any] = [model for model in own_models() if record_of(model).scope is not None]
    ordered: list[Any] = []

    def place(model: Any, above: tuple[Any, ...] = ()) -> None:
        if model in ordered or model in above:
            return
        for relation in model._meta.related_objects:
            if relation.related_model in found:
                place(relation.related_model, (*above, model))
        ordered.append(model)

    for model in found:
        place(model)
    return ordered


def record_of(model: Any) -> Record:
    """What a model declared."""
    record: Record = model.record
    return record


def recorded_about(client: Client, *, reader: Any = None) -> dict[str, list[dict[str, Any]]]:
    """All rows about a client with the fields they receive, by the plural name of the model.

    With ``reader``, who takes it along for the client: only what is open to them, so never a diary.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for model in reversed(about_clients()):
        record = record_of(model)
        if not record.export:
            continue
        links = [name for name in record.export if model._meta.get_field(name).is_relation]
        rows_of = model._base_manager.all() if reader is None else model.objects.visible_to(reader)
        query = rows_of.filter(**{path_of(record.scope or ""): client.pk}).order_by("pk")
        singles = [name for name in links if not model._meta.get_field(name).many_to_many]
        rows = [
            {str(model._meta.get_field(name).verbose_name): plain_value(row, name) for name in record.export}
            for row in query.select_related(*singles)
        ]
        if rows:
            found[str(model._meta.verbose_name_plural)] = rows
    return found


def written_by(user: Any) -> list[tuple[Client, str, list[dict[str, Any]]]]:
    """What a healthcare professional wrote about clients who do not share with them now."""
    lost = Client.objects.written_about_by(user).exclude(pk__in=Client.objects.visible_to(user).values("pk"))
    found = []
    for model in reversed(about_clients()):
        record = record_of(model)
        if not record.author or not record.export:
            continue
        path = path_of(record.scope or "")
        rows = model.objects.visible_to(user).filter(
            **{f"{path}__in": lost.values("pk"), record.author: user}
        )
        for row in rows.order_by("-pk")[:200]:
            client: Any = row
            for step in (record.scope or "").split("__"):
                client = getattr(client, step)
            values = {
                str(model._meta.get_field(name).verbose_name): plain_value(row, name)
                for name in record.export
            }
            found.append((client, str(model._meta.verbose_name), [values]))
    return found


def plain_value(row: Any, name: str) -> Any:
    """A field's value as the client reads it: labels for codes, names for links."""
    field = row._meta.get_field(name)
    if field.many_to_many:
        return [str(one) for one in getattr(row, name).all()]
    if field.is_relation:
        linked = getattr(row, name)
        return None if linked is None else str(linked)
    if field.choices:
        return str(getattr(row, f"get_{name}_display")())
    return getattr(row, name)
