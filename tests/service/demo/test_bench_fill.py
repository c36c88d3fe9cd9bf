"""What the bench measures must be a service that could exist: its rows agree with its milestones."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.fill import BUSY_EVENTS, CONTACTS, Fill
from pacework.service.cases.models import Assignment, Client, Episode
from pacework.service.contacts.models import Contact
from pacework.service.employers.models import EmployerContact
from tests.guards.test_milestones import from_sources

pytestmark = pytest.mark.django_db
SIZE = 200


def test_the_filled_service_has_its_size_and_agrees_with_its_milestones() -> None:
    Fill(SIZE).run()
    assert Client._base_manager.count() == SIZE
    assert Contact._base_manager.count() == SIZE * CONTACTS
    assert EmployerContact._base_manager.count() == SIZE * 2
    busy = Episode._base_manager.get(client=Client._base_manager.order_by("pk")[0])
    assert busy.contacts.count() == BUSY_EVENTS
    for episode in Episode._base_manager.select_related("client"):
        for name, value in from_sources(episode).items():
            assert getattr(episode, name) == value, (episode.pk, name)


def test_every_worker_of_the_filled_service_carries_about_twenty() -> None:
    Fill(SIZE).run()
    carried = Counter(Assignment.objects.accepted().values_list("esw", flat=True))
    assert sum(carried.values()) == SIZE * 8 // 10
    assert set(carried.values()) <= {19, 20, 21}
