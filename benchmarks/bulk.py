"""Many rows at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models


def keep(rows: Iterable[models.Model]) -> list[Any]:
    """Write many rows of one model."""
    made = list(rows)
    if made:
        type(made[0])._base_manager.bulk_create(made, batch_size=2000)
    return made
