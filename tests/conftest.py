"""What every test can use, and what no test may do."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client

from pacework.service.core import clock

A_WEDNESDAY = datetime(2026, 3, 11, 10, 30, tzinfo=ZoneInfo("Europe/London"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, rather than skip, what is written for the other database: the run for that one has it."""
    other = "postgres_only" if connection.vendor == "sqlite" else "sqlite_only"
    left_out = [item for item in items if item.get_closest_marker(other)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker(other)]


class NetworkUsed(Exception):
    """A test tried to reach another machine."""


def _is_here(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket's path
    host = str(address[0])
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host.split("%", maxsplit=1)[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Only this machine can be reached: a test must not depend on, or tell, anybody else."""
    patch = pytest.MonkeyPatch()

    def guarded(name: str) -> Callable[..., Any]:
        original = getattr(socket.socket, name)

        def connect(self: socket.socket, address: Any) -> Any:
            if not _is_here(address):
                raise NetworkUsed(f"a test tried to connect to {address}")
            return original(self, address)

        return connect

    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, guarded(name))
    yield
    patch.undo()


@pytest.fixture
def client_for() -> Callable[..., Client]:
    """``client_for(user)``: a test browser signed in as that person; without one, signed out."""

    def make(user: Any = None, **more: Any) -> Client:
        browser = Client(**more)
        if user is not None:
            browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return make


@pytest.fixture
def sign_in(client: Client) -> Callable[[Any], Client]:
    """``sign_in(user)``: the test's own ``client``, now signed in as that person."""

    def enter(user: Any) -> Client:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


@pytest.fixture
def frozen() -> Iterator[datetime]:
    """The product's clock stands still on a Wednesday morning in March; the moment is the value."""
    with clock.at(A_WEDNESDAY):
        yield A_WEDNESDAY
