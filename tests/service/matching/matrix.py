"""The objects that this room's addresses name by id, for the access matrix."""

from __future__ import annotations

from typing import Any

from pacework.service.matching import actions
from pacework.service.matching.permissions import has_turned_on
from tests.service.build import give_account
from tests.service.diary.build import share
from tests.service.matching.build import look


def one_who_turned_it_on(case: Any) -> int:
    user = give_account(case.client)
    if not has_turned_on(case.client):
        actions.turn_on(case.client, by=user)
        share(case.client)
    return int(case.client.pk)


def a_check(case: Any) -> int:
    one_who_turned_it_on(case)
    check = look(case.client)
    actions.keep_changes(check, by=case.client.user, keys=["later-start-60"])
    return int(check.pk)


def a_line(case: Any) -> int:
    return int(actions.add_line(case.client, by=give_account(case.client), words="A stool").pk)


KWARGS = {
    "check_id": a_check,
    "line_id": a_line,
    "would-hold-new:client_id": one_who_turned_it_on,
}
