"""Addresses of pages that the client and their worker both have, each under their own."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from pacework.service.cases.models import Client
from pacework.service.people.models import Role


def place(user: Any, client: Client, name: str, *args: Any) -> str:
    """The page of this name as this reader opens it: ``my/…`` for the client, the record's for the worker."""
    if user.role == Role.CLIENT:
        return reverse(f"my-{name}", args=args)
    return reverse(name, args=[client.pk, *args])
