"""What this room remembers between requests is forgotten between tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    # Late: NumPy must not be loaded while tests are collected and measured.
    from pacework.service.matching.columns import kept

    kept.forget()
    yield
    kept.forget()
