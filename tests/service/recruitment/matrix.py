"""The objects that recruitment's addresses name by id, for the access matrix."""

from __future__ import annotations

import zlib
from typing import Any

from pacework.service.recruitment.actions.incoming import listed_referral
from pacework.service.recruitment.models import (
    ImportBatch,
    ImportFile,
    ImportRow,
    ImportState,
    Merge,
    PossibleDuplicate,
)
from tests.service.build import lead_of, make_client, make_programme


def referral(case: Any) -> int:
    programme = make_programme()
    one = listed_referral(case.client, route="record_search", team=case.team, programme=programme, by=None)
    one.save()
    return one.pk


def pair(case: Any) -> int:
    other = make_client(case.team)
    pair = PossibleDuplicate.objects.create(client=case.client, other=other, reasons=["Same name"], score=70)
    return pair.pk


def a_list(case: Any) -> Any:
    """A list of the reader's own team, read and ready to look at."""
    team = (case.user.teams.first() if case.user else None) or case.team
    return ImportBatch.objects.create(
        team=team,
        route="record_search",
        name="list.csv",
        state=ImportState.REVIEW,
        facts={"headings": ["First name", "Last name"], "notes": [], "dates": {}, "encoding": "UTF-8",
               "delimiter": ",", "header": 1},
        columns={"first_name": 0, "last_name": 1},
        uploaded_by=case.user,
    )  # fmt: skip


def row_of_list(case: Any) -> int:
    """A row of the newest list."""
    batch = ImportBatch.objects.order_by("-pk").first() or a_list(case)
    values = {"first_name": "Nia", "last_name": "Marlow"}
    return ImportRow.objects.create(batch=batch, line=2, result="new", values=values).pk


def list_with_file(case: Any) -> int:
    batch = a_list(case)
    ImportFile.objects.create(batch=batch, packed=zlib.compress(b"First name,Last name\nNia,Marlow\n"))
    return batch.pk


def pair_of_reader(case: Any) -> int:
    """Two people of the reader's own team who look alike: these pages ask for no client."""
    team = (case.user.teams.first() if case.user else None) or case.team
    one, other = make_client(team), make_client(team)
    found = PossibleDuplicate.objects.create(client=one, other=other, reasons=["Same name"], score=70)
    return found.pk


def joined(case: Any) -> int:
    merged = make_client(case.team)
    return Merge.objects.create(
        kept=case.client,
        merged=merged,
        merged_by=lead_of(case.team),
        before={"kept": {}, "merged": {}, "rows": []},
    ).pk


KWARGS = {
    "referral_id": referral,
    "pair_id": pair,
    "import_id": list_with_file,
    "row_id": row_of_list,
    "duplicate:pair_id": pair_of_reader,
    "merge:pair_id": pair_of_reader,
    "merge_id": joined,
}
