"""May this person look at how a job would hold? The client, and the worker they show their diary to."""

from __future__ import annotations

from typing import Any

from pacework.service.cases.models import Client
from pacework.service.cases.permissions import check_is_client, check_role, check_write
from pacework.service.core.errors import NotAllowed
from pacework.service.diary.permissions import is_shown
from pacework.service.matching.models import ForecastChoice
from pacework.service.people.models import Role
from pacework.service.work.permissions import check_support


def has_turned_on(client: Client) -> bool:
    """Whether the client has turned forecasts on."""
    return ForecastChoice.objects.filter(client=client).exists()


def may_forecast(user: Any, client: Client) -> bool:
    """Whether a forecast may be worked out for this reader, who came through the record's door."""
    if user.role not in (Role.CLIENT, Role.ESW):
        return False
    return has_turned_on(client) and is_shown(user, client)


def check_choose(user: Any, client: Client) -> None:
    """Only the client turns it on, while their record is open."""
    check_is_client(user, client)
    check_write(user, client)


def check_turn_off(user: Any, client: Client) -> None:
    """Only the client, on a closed record too: it takes away what is theirs."""
    check_is_client(user, client)


def check_look(user: Any, client: Client) -> None:
    """Looking at jobs, and keeping what would help."""
    check_role(user, Role.CLIENT, Role.ESW)
    check_write(user, client)
    if not may_forecast(user, client):
        raise NotAllowed("This is off, or not shown to you. Only the client can turn it on.")


def check_passport(user: Any, client: Client) -> None:
    """The passport is the client's: they write in it, while their record is open."""
    check_is_client(user, client)
    check_write(user, client)


def check_propose(user: Any, client: Client) -> None:
    """Putting forward for a placement or a job is the worker's part."""
    check_look(user, client)
    check_support(user, client)
