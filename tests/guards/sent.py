"""What a form page reads, found by watching it once: a new field is never forgotten."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms as django_forms
from django.apps import apps
from django.db import connection
from django.http import QueryDict

from pacework.service.core import clock
from pacework.service.core import forms as ours

# What the page itself adds: tried on its own, not filled with what people type.
OF_THE_PAGE = frozenset({"csrfmiddlewaretoken", "submission", "save_draft", "discard_draft", "typed_by"})
# Written although the answer is no: who was refused, and the visitor's own session.
MAY_GROW = frozenset({"core_readevent", "django_session"})


class Watched:
    """The names that a request's POST and GET were asked for, and the forms that were made of them."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.forms: list[ours.PageForm] = []

    @property
    def fields(self) -> dict[str, django_forms.Field]:
        return {form.add_prefix(name): entry for form in self.forms for name, entry in form.fields.items()}

    def asked(self) -> list[str]:
        """Every name that holds an answer of a person."""
        return sorted(name for name in self.names if name not in OF_THE_PAGE)


@contextmanager
def watching(monkeypatch: Any) -> Iterator[Watched]:
    """Record what is read while the block runs."""
    seen = Watched()

    def recording(name: str) -> Any:
        original = getattr(QueryDict, name)

        def read(self: QueryDict, key: Any, *args: Any, **kwargs: Any) -> Any:
            seen.names.add(str(key))
            return original(self, key, *args, **kwargs)

        return read

    begin = ours.PageForm.__init__

    def made(self: ours.PageForm, *args: Any, **kwargs: Any) -> None:
        begin(self, *args, **kwargs)
        seen.forms.append(self)

    with monkeypatch.context() as patch:
        for name in ("__getitem__", "__contains__", "get", "getlist"):
            patch.setattr(QueryDict, name, recording(name))
        patch.setattr(ours.PageForm, "__init__", made)
        yield seen


def is_text(entry: django_forms.Field) -> bool:
    """Whether people write freely in this field."""
    return isinstance(entry, (ours.Text, django_forms.CharField)) and not isinstance(
        entry, (ours.Email, ours.Phone)
    )


def a_right_answer(name: str, entry: django_forms.Field, text: str) -> dict[str, Any]:
    """What this field takes without complaint; ``text`` where people write."""
    if isinstance(entry, ours.BirthDay):
        return {f"{name}-day": "17", f"{name}-month": "5", f"{name}-year": "1985"}
    if isinstance(entry, (ours.Scale, ours.Choice, ours.Choices, ours.YesNo, ours.OneOf, ours.AnyOf)):
        values = [option.value for option in entry.options_for(None) if option.value]
        return {name: values[0]} if values else {}
    if isinstance(entry, ours.Whole):
        return {name: str(entry.low if entry.low is not None else 1)}
    for kind, value in (
        (ours.Day, clock.today().isoformat()),
        (ours.Clock, "10:30"),
        (ours.Email, "name@example.org"),
        (ours.Phone, "01632 960 001"),
        (ours.Tick, "on"),
    ):
        if isinstance(entry, kind):
            return {name: value}
    return {name: text} if is_text(entry) else {}


def right_answers(seen: Watched, text: str) -> dict[str, Any]:
    """A form filled in as it should be, with ``text`` in every box for words."""
    filled: dict[str, Any] = {}
    for name, entry in seen.fields.items():
        filled |= a_right_answer(name, entry, text)
    return filled


def somebody_elses(entry: django_forms.Field) -> Any:
    """The id of a row that this field does not offer."""
    offered = entry.queryset  # type: ignore[attr-defined]
    other = offered.model._base_manager.exclude(pk__in=offered.values("pk")).order_by("-pk").first()
    return other.pk if other is not None else 999_999


def fingerprint() -> dict[str, Any]:
    """How many rows each table has; of the records that people edit also the sum of their versions."""
    asked = {}
    for model in apps.get_models():
        if model._meta.db_table not in MAY_GROW:
            table = connection.ops.quote_name(model._meta.db_table)
            edited = any(field.name == "version" for field in model._meta.concrete_fields)
            versions = " + 1000 * coalesce(sum(version), 0)" if edited else ""
            asked[model._meta.db_table] = f"SELECT count(*){versions} FROM {table}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked.values()))
        return dict(zip(asked, [row[0] for row in cursor.fetchall()], strict=True))


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [name for name, value in after.items() if before.get(name) != value]


def where(error: BaseException) -> str:
    """An error with the place of ours where it came up."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "pacework" in frame.filename]
    place = f" at {frames[-1].filename.split('pacework/')[-1]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}: {str(error)[:150]}{place}"


def short(value: Any) -> str:
    """A payload in a message."""
    text = repr(value)
    return text if len(text) < 90 else f"{text[:40]}… {text[-40:]} ({len(text)} long)"
