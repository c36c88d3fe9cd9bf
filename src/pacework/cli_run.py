"""`pacework run`: one parent that starts the web server and the background worker and stops both.

The children are forks of the parent, which has imported and checked everything already: the service starts
once, not three times.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from pacework import cli_setup
from pacework.cli import CommandRefused
from pacework.service.connections import close_connections
from pacework.service.env import Environment

PORTS_TRIED = 100
PATIENCE = 15  # seconds that children have to finish what they are doing
DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def run(*, host: str | None = None, port: int | None = None) -> int:
    """Start everything and wait until it is stopped. Returns the exit code."""
    env = Environment()
    host = host or env.text("PACEWORK_HOST")
    wanted = port if port is not None else env.number("PACEWORK_PORT")
    cli_setup.check()
    cli_setup.migrate()
    cli_setup.collect_static()
    if settings.PACEWORK_DEMO:
        cli_setup.demo()
    listening = listen(host, wanted)
    found = listening.getsockname()[1]
    if wanted and found != wanted:
        print(f"Port {wanted} is taken, so Pacework uses {found}.")
    shown = f"[{host}]" if ":" in host else host
    print(f"Pacework is at http://{shown}:{found}/ (Ctrl-C stops it)", flush=True)
    close_connections()
    return Supervisor({"web": lambda: serve(listening, env), "worker": work}).run()


def listen(host: str, port: int) -> socket.socket:
    """A socket on the first free port from ``port`` on; held from now on, so nobody can take it meanwhile."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    last = port if port == 0 else min(port + PORTS_TRIED, 65535)
    for candidate in range(port, last + 1):
        server = socket.socket(family, socket.SOCK_STREAM)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind((host, candidate))
            server.listen(256)
        except PermissionError as error:
            server.close()
            raise CommandRefused(f"port {candidate} needs more rights than this account has.") from error
        except OSError as error:
            server.close()
            if error.errno != getattr(socket, "EADDRINUSE", 98) and "in use" not in str(error):
                raise CommandRefused(f"cannot listen on {host}: {error.strerror}.") from error
            continue
        server.set_inheritable(True)
        return server
    raise CommandRefused(f"no free port from {port} to {last} on {host}.")


def serve(listening: socket.socket, env: Environment) -> None:
    """Answer pages on an open socket until told to stop."""
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            options: dict[str, Any] = {
                "bind": [f"fd://{listening.fileno()}"],
                "workers": max(1, env.number("PACEWORK_WEB_PROCESSES")),
                "threads": max(2, env.number("PACEWORK_WEB_THREADS")),
                "worker_class": "gthread",
                "preload_app": True,
                "timeout": 60,
                "graceful_timeout": 10,
                "keepalive": 5,
                "loglevel": "warning",
                "control_socket_disable": True,
                "proc_name": "pacework",
                "post_fork": lambda _arbiter, _worker: close_connections(),
            }
            if Path("/dev/shm").is_dir():  # noqa: S108
                options["worker_tmp_dir"] = "/dev/shm"  # noqa: S108
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from pacework.service.wsgi import application

            return application

    Server().run()


def work() -> None:
    """Work through background tasks until told to stop."""
    from django.core.management import call_command

    call_command("db_worker", queue_name="*", interval=0.5, reload=False, startup_delay=False, verbosity=0)


class Supervisor:
    """Keeps named children running; when the parent is told to stop, or the web server ends, all end."""

    def __init__(self, children: dict[str, Callable[[], None]]) -> None:
        self.programs = children
        self.pids: dict[int, str] = {}
        self.stopping = False
        self.started: dict[str, float] = {}

    def run(self) -> int:
        """Start the children and wait for the end. Returns the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGALRM, self._insist)
        for name in self.programs:
            self._start(name)
        code = 0
        while self.pids:
            try:
                pid, status = os.wait()
            except ChildProcessError:
                break
            name = self.pids.pop(pid, "")
            if not name or self.stopping:
                continue
            if name == "worker" and time.monotonic() - self.started[name] > 5:
                print("The background worker ended; starting it again.", file=sys.stderr, flush=True)
                self._start(name)
                continue
            print(f"The {name} process ended unexpectedly; stopping.", file=sys.stderr, flush=True)
            code = os.waitstatus_to_exitcode(status) or 1
            code = code if code > 0 else 1
            self._stop()
        return code

    def _start(self, name: str) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        pid = os.fork()
        if pid:
            self.pids[pid] = name
            self.started[name] = time.monotonic()
            return
        code = 1
        try:
            self._become_child(parent)
            self.programs[name]()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException:  # noqa: BLE001 - a forked child must never return into the parent's code
            sys.excepthook(*sys.exc_info())
        finally:
            with contextlib.suppress(Exception):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)

    @staticmethod
    def _become_child(parent: int) -> None:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM):
            signal.signal(name, signal.SIG_DFL)
        os.setsid()  # Ctrl-C reaches the parent only, which then stops the children in order
        with contextlib.suppress(Exception):
            # Linux: a parent that is killed outright takes its children along, and the port is free again.
            ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

    def _stop(self, *_: object) -> None:
        if self.stopping:
            return
        self.stopping = True
        signal.alarm(PATIENCE)
        self._send(signal.SIGTERM)

    def _insist(self, *_: object) -> None:
        self._send(signal.SIGKILL)

    def _send(self, number: signal.Signals) -> None:
        for pid in list(self.pids):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
