"""Programs the tests need from the system: find them, install them when allowed, else say what to type."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path


class Missing(Exception):
    """A program is not there; the message ends with the one command that changes that."""


def _install(package: str, what: str) -> None:
    command = f"apt-get update && apt-get install -y --no-install-recommends {package}"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"{what} is missing; installing it: {command}", flush=True)
        surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        if subprocess.run(["sh", "-c", command], env=surroundings, check=False).returncode == 0:
            return
        raise Missing(f"{what} could not be installed. Try: {command}")
    raise Missing(f'The tests need {what}. Type: sudo sh -c "{command}"')


def _postgres_folder() -> Path | None:
    candidates = [
        Path(found).resolve().parent for found in (shutil.which("initdb"), shutil.which("postgres")) if found
    ]
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(versions, key=lambda path: path.parent.name.zfill(3), reverse=True)
    return next(
        (path for path in candidates if (path / "initdb").exists() and (path / "postgres").exists()), None
    )


def postgres() -> Path:
    """The folder with initdb and postgres, version 15 or newer."""
    folder = _postgres_folder()
    if folder is None:
        _install("postgresql", "the PostgreSQL server")
        folder = _postgres_folder()
    if folder is None:
        raise Missing("PostgreSQL is installed, but its initdb was not found.")
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"\d+", said.stdout)  # "postgres (PostgreSQL) 15.18", or 18beta1
    number = int(found[0]) if found else 0
    if number < 15:
        raise Missing(f"The tests need PostgreSQL 15 or newer; this is {number}.")
    return folder


def _chromium() -> Path | None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next(filter(None, map(shutil.which, names)), None)
    return Path(found) if found else None


def chromium() -> Path:
    """The browser that the journeys are driven in."""
    found = _chromium()
    if found is None:
        # The font stands in for Arial, which pages ask for.
        _install("chromium fonts-liberation", "the Chromium browser")
        found = _chromium()
    if found is None:
        raise Missing("Chromium is installed, but its command was not found.")
    return found
