"""The command `pacework`, run as a person runs it: a process of its own, in an empty folder."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.sqlite_only

PATIENCE = 60
PASSWORD = "a long walk by the river 7"


def surroundings(folder: Path, **values: str) -> dict[str, str]:
    """An environment with exactly these settings, for a service without the demo."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PACEWORK_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept | {"PACEWORK_DATA": str(folder), "PACEWORK_DEMO": "no"} | values


@pytest.fixture
def pacework(service: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """``pacework("audit", "verify")`` in a service with an empty, migrated database."""

    def command(*words: str, typed: str = "", **values: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pacework", *words],
            env=surroundings(service, **values), input=typed, capture_output=True, text=True, check=False,
            timeout=PATIENCE,
        )  # fmt: skip

    return command


@pytest.fixture(scope="module")
def _migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("migrated")
    done = subprocess.run(
        [sys.executable, "-m", "pacework", "migrate"],
        env=surroundings(folder), capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def service(_migrated: Path, tmp_path: Path) -> Path:
    """A folder with a migrated database of its own."""
    with sqlite3.connect(_migrated / "pacework.sqlite3") as source:
        copy = sqlite3.connect(tmp_path / "pacework.sqlite3")
        source.backup(copy)
        copy.close()
    source.close()
    return tmp_path


class Running:
    """A service started by `pacework run`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said = ""
        assert process.stdout is not None
        for line in process.stdout:
            self.said += line
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
            if found:
                self.port = int(found[1])
                return
        raise AssertionError(f"it did not start: {self.said}")

    def status(self) -> int:
        """What the first page answers, once the server answers at all."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=PATIENCE) as answer:
            return int(answer.status)

    def children(self) -> list[int]:
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in listed.read_text().split()]

    def stop(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE)


@pytest.fixture
def start(service: Path) -> Iterator[Callable[..., Running]]:
    """``start("--port", "8123")`` runs the service; whatever still runs is ended with the test."""
    started: list[subprocess.Popen[str]] = []

    def run(*words: str) -> Running:
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "pacework", "run", *words],
            env=surroundings(service), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        started.append(process)
        return Running(process)

    yield run
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=PATIENCE)
        assert process.stdout is not None
        process.stdout.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_gone(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] == "Z"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_run_serves_pages_and_stops_with_everything_it_started(
    start: Callable[..., Running], number: signal.Signals
) -> None:
    running = start("--port", str(free_port()))
    assert running.status() == 200
    children = running.children()
    assert len(children) == 2, "the web server and the worker"
    assert running.stop(number) == 0
    assert all(is_gone(pid) for pid in children)
    with pytest.raises(urllib.error.URLError):
        running.status()


def test_run_takes_the_next_free_port_and_says_so(start: Callable[..., Running]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        running = start("--port", str(port))
        assert running.port > port
        assert f"Port {port} is taken, so Pacework uses {running.port}." in running.said
        assert running.status() == 200
        assert running.stop(signal.SIGTERM) == 0


def test_a_worker_that_is_killed_is_started_again(start: Callable[..., Running]) -> None:
    running = start("--port", str(free_port()))
    assert running.status() == 200
    web, worker = running.children()
    time.sleep(6)  # a worker that ends at once is a fault instead
    os.kill(worker, signal.SIGKILL)
    until = time.monotonic() + PATIENCE
    while worker in running.children() or len(running.children()) < 2:
        assert time.monotonic() < until, "no new worker"
        time.sleep(0.05)
    assert web in running.children()
    assert running.stop(signal.SIGTERM) == 0


def test_static_files_are_served_hashed_and_for_long(start: Callable[..., Running]) -> None:
    running = start("--port", str(free_port()))
    address = f"http://127.0.0.1:{running.port}"
    with urllib.request.urlopen(f"{address}/", timeout=PATIENCE) as answer:
        page = answer.read().decode()
        policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    style = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page)
    assert style
    with urllib.request.urlopen(address + style[1], timeout=PATIENCE) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
    assert running.stop(signal.SIGTERM) == 0


def test_the_help_names_every_command(pacework: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    said = pacework("--help").stdout
    for command in (
        "run",
        "demo",
        "migrate",
        "worker",
        "import-referrals",
        "audit",
        "user",
        "cron",
        "settings",
    ):
        assert re.search(rf"^    {command}\b", said, re.MULTILINE), command
        assert pacework(command, "--help").returncode == 0


def test_the_first_administrator_is_made_with_a_trace(
    pacework: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    words = ("user", "create", "--email", "ada@example.org", "--first-name", "Ada", "--last-name", "Lund")
    weak = pacework(*words, typed="short\n")
    assert weak.returncode == 2
    assert "too short" in weak.stderr
    made = pacework(*words, typed=PASSWORD + "\n")
    assert made.returncode == 0, made.stderr
    assert "administrator" in made.stdout
    again = pacework(*words, typed=PASSWORD + "\n")
    assert again.returncode == 2
    assert "Traceback" not in again.stderr
    assert "0 events" not in pacework("audit", "verify").stdout


def test_audit_verify_fails_on_a_changed_event(
    pacework: Callable[..., subprocess.CompletedProcess[str]], service: Path
) -> None:
    words = ("user", "create", "--email", "ada@example.org", "--first-name", "Ada", "--last-name", "Lund")
    assert pacework(*words, typed=PASSWORD + "\n").returncode == 0
    assert pacework("audit", "anchor").returncode == 0
    assert pacework("audit", "verify").returncode == 0
    database = sqlite3.connect(service / "pacework.sqlite3")
    with database:
        database.execute("UPDATE core_auditevent SET verb = 'team.created' WHERE number = 1")
    database.close()
    broken = pacework("audit", "verify")
    assert broken.returncode == 1
    assert "event 1 was changed" in broken.stdout


def test_the_daily_jobs_can_be_done_twice(pacework: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    first, second = pacework("cron"), pacework("cron")
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "The audit anchor of" in second.stdout


def test_migrate_check_says_what_is_waiting(
    pacework: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    assert pacework("migrate", "--check").returncode == 0
    empty = pacework("migrate", "--check", PACEWORK_DATA=str(tmp_path / "empty"))
    assert empty.returncode == 1
    assert "people.0001_initial" in empty.stdout


def test_the_access_matrix_is_printed(pacework: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    printed = pacework("matrix")
    assert printed.returncode == 0, printed.stderr
    row = next(line for line in printed.stdout.splitlines() if line.startswith("| `/users/` |"))
    assert row.split("|")[3:-1] == [" – "] * 7 + [" see "]


def test_an_import_of_a_file_that_is_not_there_is_refused_in_words(
    pacework: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    refused = pacework("import-referrals", "no-such-list.csv", "--by", "lead@example.org")
    assert refused.returncode == 2
    assert "no-such-list.csv" in refused.stderr
    assert "Traceback" not in refused.stderr
