"""What a lead does with a list: who may, what may follow what, stopping, going on, deciding, deleting."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from pacework.service.cases.models import Client
from pacework.service.core import audit, clock
from pacework.service.core.errors import DomainError, NotAllowed
from pacework.service.recruitment import actions, imports, jobs
from pacework.service.recruitment import permissions_import as permissions
from pacework.service.recruitment import policies_import as policies
from pacework.service.recruitment.actions import import_work
from pacework.service.recruitment.import_models import (
    ImportBatch,
    ImportFile,
    ImportRow,
    ImportState,
    SavedColumns,
)
from pacework.service.recruitment.models import PossibleDuplicate, Referral
from tests.service.build import lead_of, make_client, make_episode, make_programme, make_team, make_user

pytestmark = pytest.mark.django_db

PEOPLE = "First name,Surname,DOB,NHS number,Last job ended\n" + "".join(
    f"Ada,Test{letter},{day}/2/1970,,1/3/2020\n" for day, letter in enumerate("abcdefghij", 1)
)


def bring(team: Any, text: str = PEOPLE) -> ImportBatch:
    make_programme()
    lead = lead_of(team)
    return actions.start_import(text.encode(), name="a.csv", by=lead, team=team, route="record_search")


def work(batch: ImportBatch) -> ImportBatch:
    actions.carry_on.func(batch.pk)
    batch.refresh_from_db()
    return batch


def read(team: Any, text: str = PEOPLE) -> ImportBatch:
    batch = bring(team, text)
    return work(actions.choose_columns(batch, by=lead_of(team), columns=batch.columns, orders=batch.dates))


@pytest.fixture
def team() -> Any:
    return make_team()


@pytest.mark.parametrize("role", ["client", "esw", "hcp", "manager", "researcher", "administrator"])
def test_nobody_but_a_lead_brings_lists(role: str, team: Any) -> None:
    user = make_user(role, team)
    assert not permissions.can_import(user, team)
    with pytest.raises(NotAllowed):
        permissions.check_import(user, team)


def test_a_lead_brings_lists_of_their_own_team_only(team: Any) -> None:
    lead = lead_of(team)
    assert permissions.can_import(lead, team)
    assert not permissions.can_import(lead, make_team())
    batch = bring(team)
    assert list(ImportBatch.objects.visible_to(lead)) == [batch]
    for other in (lead_of(make_team()), make_user("esw", team)):
        assert not ImportBatch.objects.visible_to(other).exists()
    with pytest.raises(NotAllowed):
        actions.drop_import(batch, by=lead_of(make_team()))


@pytest.mark.parametrize("state", ImportState.values)
@pytest.mark.parametrize("wanted", ImportState.values)
def test_only_the_table_says_what_follows_what(state: str, wanted: str) -> None:
    batch = ImportBatch(state=state)
    allowed = wanted in policies.TRANSITIONS[state]
    assert policies.can_go(batch, wanted) is allowed
    if not allowed:
        with pytest.raises(DomainError, match="another step"):
            policies.check_go(batch, wanted)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"first_name": 0, "last_name": 9, "birth_date": 1}, "not in the file"),
        ({"first_name": 0, "last_name": 0, "birth_date": 1}, "chosen twice"),
        ({"first_name": 0, "birth_date": 1}, "holds the whole name"),
        ({"first_name": 0, "last_name": 1}, "cannot be told apart"),
    ],
)
def test_columns_must_make_sense(columns: dict[str, int], words: str) -> None:
    with pytest.raises(DomainError, match=words):
        policies.check_columns(columns, 3)


def test_a_whole_name_and_a_number_are_enough() -> None:
    policies.check_columns({"full_name": 0, "nhs_number": 1}, 2)


def test_only_routes_that_start_from_a_list_are_taken(team: Any) -> None:
    make_programme()
    for route in ("self", "nonsense"):
        with pytest.raises(DomainError, match="starts from a list"):
            actions.start_import(PEOPLE.encode(), name="", by=lead_of(team), team=team, route=route)


def test_the_teams_headings_are_remembered(team: Any) -> None:
    make_programme()
    batch = bring(team, "Rufname,Nachname,DOB\nAda,Test,1/2/1970\n")
    assert batch.columns == {"birth_date": 2}
    columns = {"first_name": 0, "last_name": 1, "birth_date": 2}
    actions.choose_columns(batch, by=lead_of(team), columns=columns, orders={"2": "day"})
    assert SavedColumns.objects.get(team=team).columns["rufname"] == "first_name"
    assert bring(team, "Nachname,Rufname,DOB\nTest,Ada,1/2/1970\n").columns == {
        "last_name": 0, "first_name": 1, "birth_date": 2,
    }  # fmt: skip


def test_columns_can_be_changed_after_reading_and_rows_are_read_anew(team: Any) -> None:
    batch = read(team)
    changed = actions.change_columns(batch, by=lead_of(team))
    assert changed.state == "mapping"
    columns = {"first_name": 1, "last_name": 0, "birth_date": 2}
    batch = work(actions.choose_columns(changed, by=lead_of(team), columns=columns, orders={}))
    assert (batch.state, batch.rows.count()) == ("review", 10)
    assert batch.rows.first().values["last_name"] == "Ada"


def test_reading_that_was_cut_off_goes_on_with_the_next_row(
    team: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_work, "STAGED_AT_ONCE", 3)
    batch = bring(team, PEOPLE + "Ada,Testa,1/2/1970,,\n")
    batch = actions.choose_columns(batch, by=lead_of(team), columns=batch.columns, orders=batch.dates)
    keep, calls = import_work._keep, []

    def cut_off(*args: Any, **more: Any) -> None:
        if len(calls) == 2:
            raise RuntimeError("power cut")
        calls.append(1)
        keep(*args, **more)

    monkeypatch.setattr(import_work, "_keep", cut_off)
    with pytest.raises(RuntimeError):
        actions.carry_on.func(batch.pk)
    batch.refresh_from_db()
    assert (batch.rows_staged, batch.problem, batch.worker) == (6, import_work.FAULT, "")
    monkeypatch.setattr(import_work, "_keep", keep)
    batch = work(actions.continue_import(batch, by=lead_of(team)))
    assert batch.state == "review"
    assert list(batch.rows.values_list("line", flat=True)) == list(range(2, 13))
    assert batch.rows.get(line=12).result == "possible"


def test_adding_stops_when_told_and_goes_on_without_doing_anything_twice(
    team: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_work, "ADDED_AT_ONCE", 4)
    lead = lead_of(team)
    batch = actions.commit_import(read(team), by=lead)
    step = import_work._step

    def stop_after_one(batch_id: int, token: str) -> bool:
        more = step(batch_id, token)
        actions.stop_import(ImportBatch.objects.get(pk=batch_id), by=lead)
        return more

    monkeypatch.setattr(import_work, "_step", stop_after_one)
    batch = work(batch)
    assert (batch.state, batch.paused, batch.work_done) == ("committing", True, 4)
    assert Client.objects.count() == 4
    actions.carry_on.func(batch.pk)
    assert Client.objects.count() == 4
    with pytest.raises(DomainError, match="nothing to stop"):
        actions.stop_import(batch, by=lead)
    monkeypatch.setattr(import_work, "_step", step)
    batch = work(actions.continue_import(batch, by=lead))
    assert (batch.state, Client.objects.count(), Referral.objects.count()) == ("done", 10, 10)
    with pytest.raises(DomainError, match="not waiting"):
        actions.continue_import(batch, by=lead)


def test_two_workers_do_not_hold_one_list(team: Any) -> None:
    batch = actions.commit_import(read(team), by=lead_of(team))
    ImportBatch.objects.filter(pk=batch.pk).update(worker="another", beat_at=clock.now())
    assert work(batch).work_done == 0
    ImportBatch.objects.filter(pk=batch.pk).update(beat_at=clock.now() - timedelta(minutes=3))
    assert work(batch).state == "done"


def test_the_daily_sweep_wakes_silent_lists_and_deletes_old_rows(team: Any) -> None:
    batch = actions.commit_import(read(team), by=lead_of(team))
    assert jobs.sweep_imports().startswith("0 ")
    ImportBatch.objects.filter(pk=batch.pk).update(changed_at=clock.now() - timedelta(hours=1))
    assert jobs.sweep_imports().startswith("1 ")
    work(batch)
    waiting = read(team, PEOPLE.replace("Ada", "Eve"))
    with clock.at(clock.now() + timedelta(days=31)):
        assert jobs.forget_imports().startswith("20 ")
        assert jobs.forget_imports().startswith("0 ")
    waiting.refresh_from_db()
    assert waiting.state == "dropped"
    assert not ImportRow.objects.exists()
    assert not ImportFile.objects.exists()
    assert Client.objects.count() == 10


def test_a_dropped_list_leaves_nothing(team: Any) -> None:
    batch = work(actions.drop_import(read(team), by=lead_of(team)))
    assert batch.rows_deleted_on == clock.today()
    assert not batch.rows.exists()
    assert not ImportFile.objects.filter(batch=batch).exists()


def possible(team: Any, **known: Any) -> tuple[ImportBatch, ImportRow, Client]:
    home = known.pop("home", team)
    client = make_client(home, first_name="Ada", last_name="Testa", birth_date=date(1970, 2, 1), **known)
    batch = read(team)
    return batch, batch.rows.get(result="possible"), client


def test_a_row_of_another_teams_client_can_be_new_but_waits_for_a_look(team: Any) -> None:
    batch, row, client = possible(team, home=make_team())
    lead = lead_of(team)
    with pytest.raises(DomainError, match="not open to you"):
        actions.decide_row(row, by=lead, choice="same", same_as=client)
    actions.decide_row(row, by=lead, choice="new")
    work(actions.commit_import(batch, by=lead))
    row.refresh_from_db()
    assert row.referral.held
    assert PossibleDuplicate.objects.get(client=row.client).decided == ""


def test_the_answer_about_a_row_must_name_somebody_it_resembles(team: Any) -> None:
    batch, row, _ = possible(team)
    lead = lead_of(team)
    for same in (None, make_client(team)):
        with pytest.raises(DomainError, match="Say who"):
            actions.decide_row(row, by=lead, choice="same", same_as=same)
    with pytest.raises(DomainError, match="one of the answers"):
        actions.decide_row(row, by=lead, choice="maybe")
    assert actions.skip_undecided(batch, by=lead) == 1
    work(actions.commit_import(batch, by=lead))
    added = batch.rows.exclude(chain_number=None).first()
    with pytest.raises(DomainError, match="any more"):
        actions.decide_row(added, by=lead, choice="skip")
    with pytest.raises(DomainError, match="about this list now"):
        actions.skip_undecided(ImportBatch(state="staging", team=team), by=lead)


def test_somebody_supported_now_gets_no_second_referral(team: Any) -> None:
    batch, row, client = possible(team)
    make_episode(client)
    lead = lead_of(team)
    actions.decide_row(row, by=lead, choice="same", same_as=client)
    work(actions.commit_import(batch, by=lead))
    row.refresh_from_db()
    assert (row.result, row.chain_number) == ("refused", None)
    assert row.reasons[0] == "This person is being supported now."
    assert read(team, PEOPLE).rows.get(line=2).reasons == ["The person it resembles is being supported now."]


def test_somebody_recorded_since_the_list_was_read_is_asked_about(team: Any) -> None:
    batch = read(team)
    make_client(team, first_name="Ada", last_name="Testa", birth_date=date(1970, 2, 1))
    batch = work(actions.commit_import(batch, by=lead_of(team)))
    row = batch.rows.get(line=2)
    assert (batch.work_done, row.result, row.choice) == (9, "possible", "")


def test_a_record_that_closed_itself_to_the_lead_is_asked_about_again(team: Any) -> None:
    batch, row, client = possible(team)
    lead = lead_of(team)
    actions.decide_row(row, by=lead, choice="same", same_as=client)
    Client.objects.filter(pk=client.pk).update(team=make_team())
    work(actions.commit_import(batch, by=lead))
    row.refresh_from_db()
    assert (row.result, row.choice, row.reasons[0][:21]) == ("possible", "", "That record is not op")


def test_letters_are_recorded_for_everybody_who_may_be_written_to(team: Any) -> None:
    lead = lead_of(team)
    batch = work(actions.commit_import(read(team), by=lead))
    rows = list(batch.rows.select_related("client"))
    Client.objects.filter(pk=rows[0].client_id).update(do_not_contact=True)
    Client.objects.filter(pk=rows[1].client_id).update(birth_date=date(2022, 1, 1))
    batch = work(actions.record_letters(batch, by=lead, on=date(2021, 3, 1)))
    assert batch.state == "done"
    sent = Referral.objects.filter(approached_on=date(2021, 3, 1))
    assert sent.count() == 8
    assert set(sent.values_list("days_out_of_work", flat=True)) == {365}
    assert audit.verify().ok
    with pytest.raises(DomainError, match="future"):
        actions.record_letters(batch, by=lead, on=clock.today() + timedelta(days=1))


def test_the_command_line_reads_a_list_or_says_where_to_choose_columns(
    team: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    make_programme()
    lead = lead_of(team)

    def send(text: str, **more: Any) -> int:
        told = {"by": lead.email, "team": None, "route": "record_search"} | more
        return imports.from_terminal(text.encode(), name="x.csv", **told)

    assert send(PEOPLE) == 0
    assert f"/imports/{ImportBatch.objects.get().pk}/\n" in capsys.readouterr().out
    assert send("a,b\n1,2\n", team=team.name) == 0
    assert "/columns/" in capsys.readouterr().out
    for wrong in ({"by": "nobody@example.org"}, {"team": "Another"}):
        with pytest.raises(DomainError):
            send(PEOPLE, **wrong)


def test_taking_back_that_meets_a_worked_on_row_late_puts_all_back(
    team: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_work, "ADDED_AT_ONCE", 3)
    lead = lead_of(team)
    known = make_client(team, first_name="Ada", last_name="Testa", birth_date=date(1970, 2, 1))
    batch = read(team)
    actions.decide_row(batch.rows.get(result="possible"), by=lead, choice="same", same_as=known)
    batch = work(actions.commit_import(batch, by=lead))
    before = list(Referral.objects.order_by("pk").values())
    people = list(Client.objects.order_by("pk").values())
    actions.approach(batch.rows.get(line=9).referral, by=lead, on=clock.today())
    changed = list(Referral.objects.order_by("pk").values())
    batch = work(actions.undo_import(batch, by=lead))
    assert (batch.state, batch.facts["worked_on"]) == ("done", [9])
    assert list(Client.objects.order_by("pk").values()) == people
    assert list(Referral.objects.order_by("pk").values()) == changed != before


def test_a_refusal_while_working_is_said_and_the_list_can_go_on(team: Any) -> None:
    batch = bring(team)
    batch = actions.choose_columns(batch, by=lead_of(team), columns=batch.columns, orders=batch.dates)
    ImportFile.objects.all().delete()
    batch = work(batch)
    assert batch.problem.startswith("The file of this list is not kept")
    assert policies.can_continue(batch)
    with pytest.raises(DomainError, match="not kept any more"):
        actions.sample_of(batch)
