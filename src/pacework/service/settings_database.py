"""Turns a database address into Django's settings for it: SQLite run properly, or pooled PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from pacework.service.env import SettingError

# WAL lets pages be read while somebody writes; NORMAL is safe with WAL (a power cut can lose the last moments
# but never corrupts). The busy timeout itself is `timeout`, in seconds, which Django hands to SQLite.
SQLITE_START = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA temp_store = MEMORY;
    PRAGMA mmap_size = 134217728;
    PRAGMA cache_size = -16000;
"""


def database(url: str, *, data: Path, pool: int, test: bool) -> dict[str, Any]:
    """Django's DATABASES["default"] for an address; empty means the SQLite file in the data folder."""
    if not url or url.startswith("sqlite:"):
        return _sqlite(url, data=data, test=test)
    parts = urlsplit(url)
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgres(url, pool=pool, test=test)
    raise SettingError(
        "PACEWORK_DATABASE_URL must start with sqlite:/// or postgresql://; it starts with “"
        + parts.scheme
        + "”."
    )


def _sqlite(url: str, *, data: Path, test: bool) -> dict[str, Any]:
    path = unquote(url.removeprefix("sqlite://").removeprefix("/")) if url else ""
    file = Path(path).expanduser() if path else data / "pacework.sqlite3"
    if url and not path:
        raise SettingError("PACEWORK_DATABASE_URL names no file: write sqlite:///path/to/file.")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file.resolve()),
        "CONN_MAX_AGE": 0 if test else 600,
        "OPTIONS": {
            "timeout": 20,
            # Take the write lock when a transaction starts: with the default, two that read first and write
            # later both fail at once instead of waiting for each other.
            "transaction_mode": "IMMEDIATE",
            "init_command": SQLITE_START,
        },
        # A file, not memory: the tests then meet the locks that the service meets.
        "TEST": {"NAME": str(data / "test.sqlite3")},
    }


def _postgres(url: str, *, pool: int, test: bool) -> dict[str, Any]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    try:
        port = str(parts.port or "")
    except ValueError as error:
        raise SettingError("PACEWORK_DATABASE_URL has a port that is not a number.") from error
    options: dict[str, Any] = {key: value for key, value in query.items() if key not in {"host", "port"}}
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise SettingError("PACEWORK_DATABASE_URL names no database: write it after the last slash.")
    # Compiling a plan takes PostgreSQL longer than running it for pages like ours: the door's rules look dear
    # to its planner and read few rows.
    options.setdefault("options", "-c jit=off")
    if not test:
        options["pool"] = {"min_size": 1, "max_size": max(pool, 1), "timeout": 15}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A Unix socket's folder does not fit before the slash: postgresql:///name?host=/run/postgresql
        "HOST": query.get("host", unquote(parts.hostname or "")),
        "PORT": query.get("port", port),
        "CONN_MAX_AGE": 0,
        "OPTIONS": options,
    }
