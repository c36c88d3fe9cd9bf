"""Every model says how it is scoped, exported, erased, kept and scrubbed; and every write is an action."""

from __future__ import annotations

import ast
import re

import pytest
from django.db import models

from pacework.service.cases.actions.erasing import blank_of
from pacework.service.cases.records import own_models, record_of
from pacework.service.cases.wording import closing_reasons
from pacework.service.core.records import Record
from tests.guards.source import SERVICE, python_files, tree

WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "update",
    "delete",
    "save_version",
    "update_or_create",
}
IDS = [model._meta.label for model in own_models()]


@pytest.mark.parametrize("model", own_models(), ids=IDS)
def test_every_model_declares_its_record(model):
    own = model.__dict__.get("record")
    assert isinstance(own, Record), f"{model.__name__} declares no record of its own"
    assert own.retain
    assert own.erase in ("delete", "blank", "keep")
    names = {field.name for field in model._meta.get_fields()}
    for name in (*own.export, *own.scrub, *([own.author] if own.author else [])):
        assert name in names, f"{model.__name__}.{name} does not exist"


@pytest.mark.parametrize("model", own_models(), ids=IDS)
def test_what_is_blanked_can_be_blanked(model):
    record = record_of(model)
    if record.scope is not None and record.erase == "blank":
        assert record.scrub, f"{model.__name__} is blanked on erasure, but names no field"
        for name in record.scrub:
            blank_of(model._meta.get_field(name))


def free_text(model) -> list[str]:
    """Fields in which anything can be written."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.TextField)
        and not field.choices
        and not isinstance(field, models.JSONField)
    ]


@pytest.mark.parametrize("model", own_models(), ids=IDS)
def test_free_text_about_a_client_is_scrubbed_or_deleted(model):
    record = record_of(model)
    if record.scope is None or record.erase == "delete":
        return
    kept = [name for name in free_text(model) if name not in record.scrub]
    assert not kept, f"{model.__name__} keeps free text after erasure: {kept}"


# How the service worked, not what it knows about the person: the copy in a list that was imported, and two
# records that may be one. What came of them is in the client's own record.
WORKINGS = {"recruitment.ImportRow", "recruitment.PossibleDuplicate"}


@pytest.mark.parametrize("model", own_models(), ids=IDS)
def test_the_client_receives_what_is_recorded_about_them(model):
    record = record_of(model)
    if record.scope is not None and model._meta.label not in WORKINGS:
        assert record.export, f"{model.__name__} is about a client, but gives them nothing"


def test_a_model_without_a_record_would_be_noticed():
    class Silent(models.Model):
        class Meta:
            app_label = "cases"
            managed = False

    try:
        with pytest.raises(AttributeError):
            record_of(Silent)
    finally:
        Silent._meta.apps.all_models["cases"].pop("silent")
        Silent._meta.apps.clear_cache()


def _writes(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
        for node in ast.walk(function)
    )


def _names_called(function: ast.FunctionDef) -> set[str]:
    return {
        node.func.id
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def undecorated_writes(module: ast.Module) -> list[str]:
    """Public functions that write but are no action and trace nothing (``trace`` fails outside an action)."""
    found = []
    for node in module.body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_") or not _writes(node):
            continue
        decorators = {getattr(one, "id", "") for one in node.decorator_list}
        if "action" not in decorators and "trace" not in _names_called(node):
            found.append(node.name)
    return found


def action_files():
    return [
        file
        for file in python_files(SERVICE)
        if file.name == "actions.py" or "actions" in file.relative_to(SERVICE).parts[:-1]
    ]


# A worker's claim on a list it is reading: says who works, not what is known about anybody.
CLAIMS = {"recruitment/actions/import_work.py: carry_on"}


def test_every_write_in_actions_is_an_action():
    found = {
        f"{file.relative_to(SERVICE)}: {name}"
        for file in action_files()
        for name in undecorated_writes(tree(file))
    }
    assert found <= CLAIMS


def test_the_guard_sees_a_write_without_its_decorator():
    write = "    x.save()\n"
    source = f"@action\ndef a():\n{write}def b():\n{write}def _c():\n{write}def d():\n{write}    trace(1)\n"
    assert undecorated_writes(ast.parse(source)) == ["b"]


def test_no_job_and_no_command_closes_an_episode():
    """A missed contact is never a discharge: only a person closes, on a page."""
    callers = set()
    for file in python_files():
        for node in ast.walk(tree(file)):
            name = getattr(node, "attr", getattr(node, "id", ""))
            if name in ("close_episode", "close_because_withdrawn") and isinstance(
                node, (ast.Attribute, ast.Name)
            ):
                callers.add(str(file.relative_to(SERVICE.parent)))
    allowed = re.compile(r"service/(cases/(views|actions)/|demo/)")
    assert {file for file in callers if not allowed.match(file)} == set()


def test_no_reason_for_closing_is_about_missed_contacts_progress_or_readiness():
    for reason in closing_reasons().values():
        words = f"{reason.key} {reason.label}".lower()
        assert not re.search("miss|attend|dna|engage|progress|ready|readiness", words), reason.key


def test_closed_on_is_written_by_the_actions_of_cases_only():
    writers = set()
    for file in python_files(SERVICE):
        for node in ast.walk(tree(file)):
            if (
                isinstance(node, ast.Attribute)
                and node.attr == "closed_on"
                and isinstance(node.ctx, ast.Store)
            ):
                writers.add(str(file.relative_to(SERVICE)))
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "update":
                names = {keyword.arg for keyword in node.keywords}
                writers |= {str(file.relative_to(SERVICE))} if "closed_on" in names else set()
    assert writers == {"cases/actions/episodes.py"}
