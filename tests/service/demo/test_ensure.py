"""When the demo is made, made anew, and kept; and that it is the same each time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from pacework.service.cases.models import Client
from pacework.service.cases.records import own_models
from pacework.service.core import clock
from pacework.service.core.errors import DomainError
from pacework.service.core.models import AuditHead, AuditSalt
from pacework.service.demo import seed
from pacework.service.demo.models import DemoService
from pacework.service.people import actions as people
from pacework.service.people.models import Role, User
from tests.service.build import make_user

TODAY = date(2026, 3, 11)

pytestmark = pytest.mark.django_db


def content() -> dict[str, list[tuple[Any, ...]]]:
    """Every stored value but secrets and what is hashed with them."""
    secret = {"salt", "digest", "hash", "previous", "password", "made_at"}
    found = {}
    for model in own_models():
        if model in (AuditSalt, AuditHead):
            continue
        names = [field.attname for field in model._meta.concrete_fields if field.name not in secret]
        found[model._meta.label] = list(model._base_manager.order_by("pk").values_list(*names))
    return found


def test_the_same_seed_on_the_same_day_gives_the_same_content() -> None:
    with clock.at(TODAY):
        seed.make(clients=8, today=TODAY)
        first = content()
        seed.make(clients=8, today=TODAY)
        again = content()
    assert first.keys() == again.keys()
    for label in first:
        assert first[label] == again[label], label


def test_another_seed_gives_other_people() -> None:
    with clock.at(TODAY):
        seed.make(clients=8, today=TODAY)
        first = set(Client._base_manager.values_list("name_key", flat=True))
        seed.make(seed=21, clients=8, today=TODAY)
        assert first != set(Client._base_manager.values_list("name_key", flat=True))


def test_a_demo_is_made_where_there_is_nothing() -> None:
    with clock.at(TODAY):
        assert seed.ensure(clients=8) is True
        assert seed.ensure(clients=8) is False


def test_an_untouched_demo_is_made_anew_on_another_day_and_a_touched_one_kept() -> None:
    with clock.at(TODAY):
        seed.ensure(clients=8)
    with clock.at(TODAY + timedelta(days=1)):
        assert seed.ensure(clients=8) is True
        assert DemoService.objects.get().made_on == TODAY + timedelta(days=1)
        people.note_sign_in(User.objects.get(username="demo-esw"), "user.signed_in")
    with clock.at(TODAY + timedelta(days=9)):
        assert seed.ensure(clients=8) is False
        assert DemoService.objects.get().made_on == TODAY + timedelta(days=1)
        assert seed.ensure(clients=8, again=True) is True
        assert DemoService.objects.get().made_on == TODAY + timedelta(days=9)


def test_data_that_are_no_demo_are_never_thrown_away() -> None:
    user = make_user(Role.ADMINISTRATOR)
    assert seed.ensure() is False
    with pytest.raises(DomainError):
        seed.ensure(again=True)
    assert User.objects.get() == user
