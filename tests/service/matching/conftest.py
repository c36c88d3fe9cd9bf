"""What this room remembers between requests is forgotten between tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pacework.service.matching.columns import kept


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    kept.forget()
    yield
    kept.forget()
