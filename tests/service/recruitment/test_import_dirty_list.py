"""A real-shaped list of 1,000 rows with a dozen and more kinds of dirt, from the file to the last row."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date
from typing import Any

import pytest

from pacework.service.cases.models import Client
from pacework.service.core import audit
from pacework.service.recruitment import actions
from pacework.service.recruitment.import_models import ImportBatch, ImportFile, ImportRow
from pacework.service.recruitment.models import Referral
from tests.service.build import lead_of, make_client, make_programme, make_team
from tests.service.recruitment.dirty_list import dirty_list

pytestmark = pytest.mark.django_db


def work(batch: ImportBatch) -> ImportBatch:
    """What the background worker does."""
    actions.carry_on.func(batch.pk)
    batch.refresh_from_db()
    return batch


@pytest.fixture
def world() -> dict[str, Any]:
    """The same dirt among fewer clean rows, for what does not depend on how many there are."""
    return staged(rows=120)


def staged(rows: int) -> dict[str, Any]:
    team = make_team()
    make_programme()
    known = make_client(team, first_name="Nia", last_name="Marlow", birth_date=date(1979, 3, 27))
    peace = make_client(
        team, first_name="Owen", last_name="Price", birth_date=date(1981, 7, 2), do_not_contact=True
    )

    def as_row(client: Client) -> dict[str, str]:
        return {
            "nhs": client.nhs_number,
            "first": client.first_name,
            "last": client.last_name,
            "born": client.birth_date.strftime("%d/%m/%Y"),
        }

    made = dirty_list(known=as_row(known), asked_for_peace=as_row(peace), rows=rows)
    batch = actions.start_import(
        made.content, name="list.csv", by=lead_of(team), team=team, route="record_search"
    )
    batch = work(actions.choose_columns(batch, by=lead_of(team), columns=batch.columns, orders=batch.dates))
    return {"team": team, "lead": lead_of(team), "known": known, "peace": peace, "list": made, "batch": batch}


def results(world: dict[str, Any]) -> dict[str, list[ImportRow]]:
    rows = {row.line: row for row in world["batch"].rows.all()}
    return {kind: [rows[line] for line in lines] for kind, lines in world["list"].lines.items()}


def test_every_row_of_a_thousand_gets_the_result_it_should() -> None:
    world = staged(rows=1000)
    batch, made = world["batch"], world["list"]
    assert (batch.state, batch.problem) == ("review", "")
    assert batch.rows_total == batch.rows_staged == 1000
    assert Counter(batch.rows.values_list("result", flat=True)) == made.expected
    assert made.expected == {"new": 977, "refused": 20, "possible": 3}


def test_the_columns_are_recognised_and_the_rest_is_not_kept(world: dict[str, Any]) -> None:
    batch = world["batch"]
    assert batch.columns == {
        "nhs_number": 0, "first_name": 1, "last_name": 2, "birth_date": 3, "phone": 4, "email": 5,
        "postcode": 6, "gp_practice": 7, "last_job_ended_on": 8, "status": 9,
    }  # fmt: skip
    assert not any(row.cells for row in batch.rows.filter(result="new"))


def test_each_refusal_names_what_is_wrong(world: dict[str, Any]) -> None:
    found = {kind: " ".join(rows[0].reasons) for kind, rows in results(world).items()}
    assert "“NHS No.” is not a valid NHS number: 9990000001" in found["wrong check digit"]
    assert "shortened by a spreadsheet" in found["number shortened by a spreadsheet"]
    assert "needs 10 numbers" in found["number too short"]
    assert found["no family name"] == "The family name is missing."
    assert found["no first name"] == "The first name is missing."
    assert found["impossible date"] == "“D.O.B.” is not a real date: “31/02/1980”."
    assert "lies in the future" in found["born in the future"]
    assert "before 1900" in found["born before 1900"]
    assert "cannot be told from others" in found["neither number nor birth date"]
    assert "“Last worked” is before “D.O.B.”" in found["job ended before birth"]
    assert "says in work" in found["in work and out of it"]
    assert "“Z9-17”" in found["unknown code"]
    assert "61 letters" in found["name too long"]
    assert "cannot be read" in found["letters lost"]


def test_formulas_stay_text_and_are_flagged(world: dict[str, Any]) -> None:
    row = results(world)["formula in a name"][0]
    assert row.values["first_name"].startswith("=HYPERLINK(")
    assert row.reasons == ["“Forename” begins with “=”, like a formula. It is kept as plain text."]


def test_twins_are_two_new_people(world: dict[str, Any]) -> None:
    assert [row.result for row in results(world)["twin"]] == ["new", "new"]
    assert all(not row.reasons and not row.matches for row in results(world)["twin"])


def test_a_row_said_twice_is_added_once_and_a_shared_number_refuses_both(world: dict[str, Any]) -> None:
    first, second = sorted(results(world)["said twice"], key=lambda row: row.line)
    assert (first.result, second.result) == ("new", "refused")
    assert f"repeats row {first.line}" in second.reasons[0]
    both = results(world)["one number for two"]
    assert {row.result for row in both} == {"refused"}
    assert f"in row {both[1].line}" in " ".join(both[0].reasons)


def test_the_confirmed_rows_are_added_once_with_their_trace(world: dict[str, Any]) -> None:
    before = Client.objects.count()
    batch = work(actions.commit_import(world["batch"], by=world["lead"], approached_on=date(2024, 5, 6)))
    assert (batch.state, batch.work_done) == ("done", 97)
    assert Client.objects.count() == before + 97
    assert Referral.objects.filter(approached_on=date(2024, 5, 6), approached_by=world["lead"]).count() == 97
    one = (
        Referral.objects.exclude(last_job_ended_on=None)
        .filter(last_job_ended_on__lt=date(2024, 5, 6))
        .first()
    )
    assert one is not None
    assert one.days_out_of_work == (date(2024, 5, 6) - one.last_job_ended_on).days
    assert not ImportFile.objects.filter(batch=batch).exists()
    assert audit.verify().ok
    with pytest.raises(Exception, match="no rows to add"):
        actions.commit_import(batch, by=world["lead"])
    assert Client.objects.filter(last_name="<script>alert(1)</script>").exists()
    unread = Referral.objects.get(
        client__last_name=results(world)["phone that is none"][0].values["last_name"]
    )
    assert unread.given == {"phone": "ask mother"}


def test_decided_rows_become_what_the_lead_said(world: dict[str, Any]) -> None:
    rows = results(world)
    same, other, peace = (
        rows["known by number"][0], rows["known by name and birth"][0], rows["asked for peace"][0]
    )  # fmt: skip
    assert peace.do_not_contact
    actions.decide_row(same, by=world["lead"], choice="same", same_as=world["known"])
    actions.decide_row(other, by=world["lead"], choice="new")
    actions.decide_row(peace, by=world["lead"], choice="same", same_as=world["peace"])
    work(actions.commit_import(world["batch"], by=world["lead"], approached_on=date(2024, 5, 6)))
    assert world["known"].referrals.count() == 1
    for row in (same, other, peace):
        row.refresh_from_db()
    assert (same.client, same.made_client) == (world["known"], False)
    assert other.client != world["known"]
    assert other.client.looks_like.get().decided == "different"
    assert peace.referral.approached_on is None


def test_the_whole_list_is_taken_back(world: dict[str, Any]) -> None:
    before = set(Client.objects.values_list("pk", flat=True))
    row = results(world)["known by number"][0]
    actions.decide_row(row, by=world["lead"], choice="same", same_as=world["known"])
    batch = work(actions.commit_import(world["batch"], by=world["lead"]))
    batch = work(actions.undo_import(batch, by=world["lead"]))
    assert batch.state == "undone"
    assert set(Client.objects.values_list("pk", flat=True)) == before
    assert not Referral.objects.exists()
    assert audit.verify().ok


def test_once_somebody_has_worked_on_a_row_nothing_is_taken_back(world: dict[str, Any]) -> None:
    batch = work(actions.commit_import(world["batch"], by=world["lead"]))
    row = batch.rows.exclude(referral=None).order_by("line")[90]
    actions.approach(row.referral, by=world["lead"], on=date(2024, 5, 6))
    clients, referrals = Client.objects.current().count(), Referral.objects.open().count()
    batch = work(actions.undo_import(batch, by=world["lead"]))
    assert batch.state == "done"
    assert batch.facts["worked_on"] == [row.line]
    assert Client.objects.current().count() == clients
    assert Referral.objects.open().count() == referrals


def test_the_rows_that_were_not_added_come_back_with_reasons_and_no_live_formula(
    world: dict[str, Any], client: Any
) -> None:
    client.force_login(world["lead"])
    answer = client.get(f"/imports/{world['batch'].pk}/not-added.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text, newline="")))
    assert table[0][:3] == ["Row", "Why", "NHS No."]
    assert len(table) == 1 + 20 + 3
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in table for cell in row)
