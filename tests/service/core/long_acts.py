"""The acts that write most at once. Each function prepares one and returns it; `make bench` times them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from time import thread_time
from typing import Any
from unittest import mock

from django.db import connection, transaction

from pacework.service.cases import actions
from pacework.service.cases.models import Assignment, Client
from pacework.service.core import clock
from pacework.service.plan import actions as plan
from pacework.service.recruitment import actions as recruitment
from pacework.service.recruitment.actions import merging
from pacework.service.recruitment.import_models import ImportState
from tests.service import build
from tests.service.contacts.build import make_contact
from tests.service.core.test_races import read_list
from tests.service.work.build import record, someone_in_work

Act = Callable[[], None]


@dataclass
class Held:
    """One transaction: its statements, and the seconds of this thread's own work while it was open."""

    statements: int = 0
    seconds: float = 0


@contextmanager
def writer_held() -> Iterator[list[Held]]:
    """The outermost transactions of a block, in order."""
    held: list[Held] = []
    began = [0.0]
    enter, leave = transaction.Atomic.__enter__, transaction.Atomic.__exit__

    def entered(self: transaction.Atomic) -> None:
        if not connection.in_atomic_block:
            began[0] = thread_time()
            held.append(Held())
        enter(self)

    def left(self: transaction.Atomic, *error: Any) -> None:
        leave(self, *error)
        if not connection.in_atomic_block:
            held[-1].seconds = thread_time() - began[0]

    def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if connection.in_atomic_block:
            held[-1].statements += 1
        return execute(sql, params, many, context)

    with (
        mock.patch.object(transaction.Atomic, "__enter__", entered),
        mock.patch.object(transaction.Atomic, "__exit__", left),
        connection.execute_wrapper(counted),
    ):
        yield held


def leaver_with_30_clients() -> Act:
    team = build.make_team()
    leaver, lead = build.make_user("esw", team), build.lead_of(team)
    stay = [build.make_user("esw", team) for _ in range(3)]
    episodes = [build.make_episode(esw=leaver) for _ in range(30)]
    to = {episode.pk: stay[number % 3] for number, episode in enumerate(episodes)}

    def act() -> None:
        actions.hand_over_caseload(leaver, by=lead, to=to, note="She leaves on Friday.")
        assert Assignment.objects.open().filter(esw__in=stay).count() == 30

    return act


def someone_to_erase() -> Act:
    work = someone_in_work([450] * 16)
    client = work.client
    lead = build.lead_of(client.team)
    for number in range(60):
        make_contact(work.episode, clock.today() - timedelta(days=number), note="We spoke about mornings.")
    build.give_account(client)
    work.episode.refresh_from_db()
    build.close(work.episode, by=lead)
    client.forget_episode()

    def act() -> None:
        actions.erase_client(client, by=lead, reason="Asked for it.")
        assert Client.objects.get(pk=client.pk).erased_on

    return act


def two_records_of_one_person() -> Act:
    work = someone_in_work([450] * 16)
    lead = build.lead_of(work.client.team)
    for number in range(60):
        make_contact(work.episode, clock.today() - timedelta(days=number), note="We spoke about mornings.")
    build.give_consent(work.client)
    kept = build.make_client(work.client.team)

    def act() -> None:
        chosen = dict.fromkeys(merging.differing(kept, work.client), "kept")
        merging.merge(kept, work.client, by=lead, choices=chosen)
        work.client.refresh_from_db()
        assert work.client.merged_into_id == kept.pk

    return act


def a_list_of_200() -> Act:
    team = build.make_team()
    lead = build.lead_of(team)
    batch = read_list(lead, team, 200)

    def act() -> None:
        recruitment.commit_import(batch, by=lead)
        batch.refresh_from_db()
        assert batch.state == ImportState.DONE
        assert Client.objects.filter(team=team).count() == 200

    return act


def a_list_of_200_to_take_back() -> Act:
    team = build.make_team()
    lead = build.lead_of(team)
    batch = read_list(lead, team, 200)
    recruitment.commit_import(batch, by=lead)

    def act() -> None:
        recruitment.undo_import(batch, by=lead)
        assert not Client.objects.filter(team=team).exists()

    return act


def a_group_of_12() -> Act:
    esw = build.make_user("esw", build.make_team())
    rows = [plan.Came(build.make_episode(esw=esw), "attended", "Slept better") for _ in range(12)]

    def act() -> None:
        held = plan.log_group_session(rows, by=esw, template="pacing", on=clock.today(), minutes=60)
        assert len(held) == 12

    return act


def sixteen_weeks_of_hours() -> Act:
    work = someone_in_work()
    assert work.job is not None

    def act() -> None:
        record(work, [450] * 16)
        assert work.job.weeks.count() == 16

    return act


ACTS = (
    leaver_with_30_clients,
    someone_to_erase,
    two_records_of_one_person,
    a_list_of_200,
    a_list_of_200_to_take_back,
    a_group_of_12,
    sixteen_weeks_of_hours,
)
