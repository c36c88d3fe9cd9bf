"""Runs a command with a PostgreSQL cluster of its own, on a Unix socket, removed at the end.

    python scripts/with_postgres.py COMMAND...

The command finds the address in PACEWORK_DATABASE_URL.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import system

# A cluster that lives for minutes need not survive a power cut.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
START_WITHIN = 30


def _account() -> dict[str, Any]:
    """initdb refuses root, so root runs the cluster as the account that the package made."""
    if os.geteuid() != 0:
        return {}
    import pwd

    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        raise system.Missing("PostgreSQL does not run as root, and there is no account “postgres”.") from None
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@contextmanager
def cluster() -> Iterator[str]:
    """A running cluster's address; it is gone when the block ends."""
    programs = system.postgres()
    account = _account()
    # Directly under /tmp: a socket's path may have only about a hundred characters.
    folder = Path(tempfile.mkdtemp(prefix="pacework-pg-", dir="/tmp"))
    server: subprocess.Popen[bytes] | None = None
    try:
        if account:
            os.chown(folder, account["user"], account["group"])
        data = folder / "data"
        subprocess.run(
            [programs / "initdb", "--pgdata", data, "--username", "pacework", "--auth", "trust", "--encoding",
             "UTF8", "--locale", "C", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd=folder, **account,
        )  # fmt: skip
        options = [f"--{setting}" for setting in FAST]
        options += [f"--unix_socket_directories={folder}", "--listen_addresses=", "--max_connections=60"]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, *options],
                stdout=log, stderr=subprocess.STDOUT, cwd=folder, start_new_session=True, **account,
            )  # fmt: skip
        _wait(server, folder)
        with _connect(folder) as connection:
            connection.autocommit = True
            connection.execute("CREATE DATABASE pacework")
        yield f"postgresql://pacework@/pacework?host={folder}"
    finally:
        if server is not None:
            server.send_signal(signal.SIGQUIT)  # at once: nothing in it is wanted any more
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _connect(folder: Path) -> psycopg.Connection[tuple[Any, ...]]:
    return psycopg.connect(host=str(folder), user="pacework", dbname="postgres")


def _wait(server: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + START_WITHIN
    while True:
        try:
            _connect(folder).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                said = (folder / "log").read_text(errors="replace")[-2000:]
                raise system.Missing(f"PostgreSQL did not start:\n{said}") from None
            time.sleep(0.05)


def stop_on_signals() -> None:
    """Being told to stop runs the clean-up too."""

    def stop(number: int, _frame: object) -> None:
        sys.exit(128 + number)

    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, stop)


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    stop_on_signals()
    try:
        with cluster() as url:
            return subprocess.run(
                sys.argv[1:], env={**os.environ, "PACEWORK_DATABASE_URL": url}, check=False
            ).returncode
    except system.Missing as missing:
        print(missing, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
