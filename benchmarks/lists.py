"""A referral list of some thousand rows: read and checked against everybody known, then added with audit."""

from __future__ import annotations

import csv
import io
import time
from datetime import timedelta
from random import Random
from typing import Any

from benchmarks.fill import FIRST, LAST, synthetic
from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.people.models import User
from pacework.service.recruitment import actions
from pacework.service.recruitment.import_models import ImportBatch
from tests.service.core.long_acts import writer_held

ROWS = 5000


def a_list(rows: int) -> bytes:
    """A list as a practice sends it: mostly new people, a few already known, a few that cannot be read."""
    rng = Random(rows)
    known = list(Client.objects.order_by("pk")[:50])
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["First name", "Last name", "Date of birth", "NHS number", "Postcode", "Phone", "Last job ended"]
    )
    for number in range(rows):
        born = clock.today() - timedelta(days=rng.randint(8000, 22000))
        person = [
            FIRST[rng.randrange(22)],
            f"{LAST[rng.randrange(18)]}{chr(97 + rng.randrange(26))}{chr(97 + number % 26)}",
            f"{born:%d/%m/%Y}", synthetic(500_000 + number), "ZZ2 2BB", f"01632 960{number % 1000:03d}",
            f"{clock.today() - timedelta(days=rng.randint(90, 2000)):%d/%m/%Y}",
        ]  # fmt: skip
        if number % 100 == 50:
            twin = known[number // 100 % 50]
            person[:4] = [twin.first_name, twin.last_name, f"{twin.birth_date:%d/%m/%Y}", twin.nhs_number]
        if number % 250 == 9:
            person[2] = "31/02/1980"
        writer.writerow(person)
    return out.getvalue().encode()


def run(rows: int = ROWS) -> dict[str, Any]:
    """Rows a second read and checked, and rows a second added; the longest transaction while adding."""
    lead = User.objects.get(username="team_lead0")
    team = lead.teams.get()
    content = a_list(rows)
    batch = actions.start_import(content, name="list.csv", by=lead, team=team, route="record_search")
    started = time.perf_counter()
    actions.choose_columns(batch, by=lead, columns=batch.columns, orders=batch.dates)
    staged = time.perf_counter() - started
    batch = ImportBatch.objects.get(pk=batch.pk)
    if batch.problem:
        raise SystemExit(f"The list could not be read: {batch.problem}")
    before = Client._base_manager.count()
    started = time.perf_counter()
    with writer_held() as held:
        actions.commit_import(batch, by=lead)
    committed = time.perf_counter() - started
    batch = ImportBatch.objects.get(pk=batch.pk)
    if batch.problem:
        raise SystemExit(f"The list could not be added: {batch.problem}")
    added = Client._base_manager.count() - before
    return {
        "rows": rows,
        "known": before,
        "staged_per_second": rows / staged,
        "added": added,
        "committed_per_second": added / committed,
        "longest_transaction": max(one.seconds for one in held),
    }
