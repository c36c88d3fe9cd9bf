"""A client whom an ESW supports, and their browser."""

from __future__ import annotations

import pytest

from tests.service.diary.build import supported


@pytest.fixture
def episode():
    return supported()


@pytest.fixture
def person(episode):
    return episode.client


@pytest.fixture
def browser(person, client_for):
    return client_for(person.user)
