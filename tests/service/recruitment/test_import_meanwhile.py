"""What else is known, and what others do, while a list is read, added and taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pacework.service.cases.models import Client
from pacework.service.recruitment import actions
from pacework.service.recruitment.actions import import_adding, import_work, importing
from pacework.service.recruitment.models import PossibleDuplicate, Referral
from tests.service.build import lead_of, make_client, make_team, synthetic_nhs_number
from tests.service.recruitment.build import make_pair
from tests.service.recruitment.test_import_actions import bring, read, work

pytestmark = pytest.mark.django_db

NUMBER = synthetic_nhs_number(700_001)
HEADINGS = "First name,Surname,DOB,NHS number\n"


@pytest.fixture
def team() -> Any:
    return make_team()


def test_a_new_person_does_not_take_the_number_that_somebody_has_already(team: Any) -> None:
    holder = make_client(team, nhs_number=NUMBER)
    lead = lead_of(team)
    batch = read(team, f"{HEADINGS}Ada,Testa,1/2/1970,{NUMBER}\n")
    row = batch.rows.get()
    assert row.matches[0]["client"] == holder.pk
    actions.decide_row(row, by=lead, choice="new")
    work(actions.commit_import(batch, by=lead))
    row.refresh_from_db()
    assert row.client.nhs_number == ""
    assert row.referral.given == {"nhs_number": NUMBER}
    assert list(Client.objects.filter(nhs_number=NUMBER)) == [holder]


def test_somebody_alike_but_not_likely_the_same_is_noted_and_holds_nothing_up(team: Any) -> None:
    known = make_client(make_team(), first_name="Ada", last_name="Testa", birth_date=None)
    lead = lead_of(team)
    batch = read(team, f"{HEADINGS}Ada,Testa,1/2/1970,\n")
    row = batch.rows.get(result="possible")
    actions.decide_row(row, by=lead, choice="new")
    work(actions.commit_import(batch, by=lead))
    row.refresh_from_db()
    pair = PossibleDuplicate.objects.get(client=row.client)
    assert (pair.other, pair.decided, row.referral.held) == (known, "", False)


def test_a_self_referral_waits_only_for_somebody_likely_the_same() -> None:
    likely = make_pair()
    assert Referral.objects.get(client=likely.client).held
    known = make_client(make_team(), birth_date=None)
    person = actions.incoming.Person(
        first_name=known.first_name, last_name=known.last_name, birth_date=date(1991, 4, 3)
    )
    referral = actions.incoming.refer_self(person, team=make_team())
    assert PossibleDuplicate.objects.get(client=referral.client).other == known
    assert not referral.held


def test_a_number_on_three_people_of_a_list_refuses_all_three_and_says_so_once_each(team: Any) -> None:
    rows = "".join(f"{name},Testa,1/2/1970,{NUMBER}\n" for name in ("Ada", "Bob", "Cy"))
    batch = read(team, HEADINGS + rows)
    found = list(batch.rows.order_by("line"))
    assert [row.result for row in found] == ["refused"] * 3
    said = [[one for one in row.reasons if "is the same as in row" in one] for row in found]
    assert [len(sentences) for sentences in said] == [1, 1, 1]


def test_a_long_list_without_dates_is_read_no_further_than_its_sample(
    team: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "SAMPLE", 3)
    numbers = [synthetic_nhs_number(number) for number in range(710_000, 710_008)]
    batch = bring(
        team, "First name,Surname,NHS number\n" + "".join(f"Ada,Test,{number}\n" for number in numbers)
    )
    assert len(actions.sample_of(batch)) == 3
    assert batch.dates == {}


def test_somebody_recorded_between_the_look_and_the_write_is_asked_about(
    team: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = lead_of(team)
    batch = read(team, f"{HEADINGS}Ada,Testa,1/2/1970,{NUMBER}\n")
    make_client(team, nhs_number=NUMBER)
    look, looked = import_adding._known_now, []

    def a_moment_too_early(rows: Any) -> Any:
        looked.append(len(rows))
        return look(rows) if len(looked) > 1 else {"number": {}, "name": {}}

    monkeypatch.setattr(import_adding, "_known_now", a_moment_too_early)
    batch = work(actions.commit_import(batch, by=lead))
    row = batch.rows.get()
    assert (row.result, row.choice, row.reasons[0]) == ("possible", "", import_adding.MEANWHILE)
    assert looked == [1, 1]
    assert Client.objects.filter(nhs_number=NUMBER).count() == 1


def test_a_list_is_not_taken_back_once_a_referral_of_it_is_gone(
    team: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_work, "ADDED_AT_ONCE", 1)
    lead = lead_of(team)
    batch = read(team, f"{HEADINGS}Ada,Testa,1/2/1970,\nBob,Testb,2/2/1970,\n")
    batch = work(actions.commit_import(batch, by=lead))
    batch.rows.get(line=3).referral.delete()
    batch = work(actions.undo_import(batch, by=lead))
    assert (batch.state, batch.facts["worked_on"]) == ("done", [3])
    assert Client.objects.filter(erased_on=None).count() == 2
