"""Database connections of this process."""

from __future__ import annotations

from django.db import connections


def close_connections() -> None:
    """Close what this process opened, pools and their threads too. Two processes must not share one."""
    for connection in connections.all():
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
