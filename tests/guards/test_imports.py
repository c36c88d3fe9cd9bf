"""Rooms meet only at their doors. Which rooms may meet at all is held by the contracts in pyproject.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from tests.guards.source import ROOT, SERVICE, imported_modules, python_files

# What a room shows to rooms above it. Everything in core is there to be used.
DOORS = {"models", "actions", "policies", "permissions", "access"}
# The desk puts rooms together on one page: it also asks each what is due, counts its rows, and says things in
# its words (docs/decisions/0008).
DOORS_FOR_THE_DESK = DOORS | {"due", "rows", "presenters"}


def foreign_imports(file: Path, room: str) -> list[str]:
    """Imports of another room's inside."""
    doors = DOORS_FOR_THE_DESK if room == "desk" else DOORS
    found = []
    for line, name in imported_modules(file):
        parts = name.split(".")
        if parts[:2] != ["pacework", "service"] or len(parts) < 4:
            continue
        other, door = parts[2], parts[3]
        if other in settings.ROOMS and other not in {room, "core"} and door not in doors:
            found.append(f"{file.relative_to(ROOT)}:{line} imports {name}")
    return found


@pytest.mark.parametrize("room", settings.ROOMS)
def test_a_room_uses_only_the_doors_of_other_rooms(room: str) -> None:
    found = [sentence for file in python_files(SERVICE / room) for sentence in foreign_imports(file, room)]
    assert not found, "\n".join(found)


def test_the_import_contracts_have_no_exceptions() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert len(contracts) >= 3
    escapes = [c["name"] for c in contracts if c.keys() & {"ignore_imports", "exhaustive_ignores"}]
    assert not escapes


def test_the_contract_names_every_room() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["type"] == "layers")["layers"]
    named = {room.strip() for layer in layers for room in layer.split("|")}
    assert set(settings.ROOMS) <= named
    folders = {path.parent.name for path in SERVICE.glob("*/apps.py")}
    assert folders == set(settings.ROOMS)


def test_the_guard_sees_an_import_of_a_rooms_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.guards.test_imports.ROOT", tmp_path)
    file = tmp_path / "views.py"
    file.write_text(
        "from pacework.service.cases.models import Client\n"
        "from pacework.service.cases import actions\n"
        "from pacework.service.core.presenters import day\n"
        "from pacework.service.cases.presenters import name_of\n"
    )
    assert foreign_imports(file, "work") == ["views.py:4 imports pacework.service.cases.presenters.name_of"]
    assert foreign_imports(file, "desk") == []
