"""The guard against the network is itself tested: a silent one would be worse than none."""

from __future__ import annotations

import socket

import pytest

from tests.conftest import NetworkUsed


def test_no_test_can_reach_another_machine() -> None:
    with socket.socket() as outward, pytest.raises(NetworkUsed):
        outward.connect(("192.0.2.1", 80))


def test_a_test_can_reach_a_server_on_this_machine() -> None:
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
        assert client.getpeername() == server.getsockname()
