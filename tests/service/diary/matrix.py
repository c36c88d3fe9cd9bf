"""The objects that this room's addresses name by id, for the access matrix."""

from __future__ import annotations

from typing import Any

from pacework.service.core import clock
from pacework.service.diary import actions
from pacework.service.diary.models import Flare
from tests.service.build import give_account
from tests.service.diary.build import day, share


def a_day(case: Any) -> str:
    return clock.today().isoformat()


def a_flare(case: Any) -> int:
    user = give_account(case.client)
    known = Flare.objects.filter(client=case.client, started_on=day(3)).first()
    if known is not None:
        return known.pk
    flare = actions.log_flare(case.client, by=user, started_on=day(3), ended_on=day(2))
    return flare.pk


def one_who_shares(case: Any) -> int:
    share(case.client)
    return case.client.pk


KWARGS = {
    "diary_day": a_day,
    "flare_id": a_flare,
    "diary-flare-plan:client_id": one_who_shares,
}
