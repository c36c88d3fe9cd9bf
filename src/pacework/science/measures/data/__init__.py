"""Versioned tables that ship with the package: each row names its source and whether it was checked."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def load(name: str) -> dict[str, Any]:
    """Return one shipped table.

    Parameters
    ----------
    name
        Path inside this folder, such as ``"minimum_wage.toml"``.
    """
    return tomllib.loads(files(__name__).joinpath(name).read_text(encoding="utf-8"))


def names(folder: str) -> list[str]:
    """Return the sorted names (without ending) of the tables in a sub-folder."""
    found = files(__name__).joinpath(folder).iterdir()
    return sorted(entry.name.removesuffix(".toml") for entry in found if entry.name.endswith(".toml"))
