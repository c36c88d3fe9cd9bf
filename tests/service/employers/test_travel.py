"""Travel to a vacancy: typed minutes first, else estimated from postcodes; unknown hides nothing."""

from __future__ import annotations

import pytest

from pacework import cli
from pacework.service.core.errors import DomainError
from pacework.service.employers import actions
from pacework.service.employers.incoming import outwards
from pacework.service.employers.models import OutwardPlace
from pacework.service.employers.models import ways as travel
from tests.service.employers.build import make_carried_client, make_employer, make_site, make_vacancy

pytestmark = pytest.mark.django_db


def test_typed_minutes_go_before_an_estimate_and_home_needs_none():
    client, esw = make_carried_client(postcode="ZZ1 1AA")
    employer = make_employer()
    site, other = make_site(employer, postcode="ZZ2 1AA"), make_site(employer, "Other", postcode="ZZ20 1AA")
    actions.record_travel(client, site, by=esw, minutes=55, how="Bus")
    actions.record_travel(client, other, by=esw, minutes=None, how="Ask")
    rows = {
        "typed": make_vacancy(employer, site=site),
        "estimated": make_vacancy(employer, site=other),
        "home": make_vacancy(employer, site=site, home_working="all"),
        "unknown": make_vacancy(employer),
    }
    found = travel.ways(client, rows.values())
    assert {kind: found[row.pk].kind for kind, row in rows.items()} == {kind: kind for kind in rows}
    assert {kind: found[row.pk].minutes for kind, row in rows.items() if kind != "estimated"} == {
        "typed": 55,
        "home": 0,
        "unknown": None,
    }
    assert [found[row.pk].words for row in rows.values()] == [
        "55 minutes",
        f"about {found[rows['estimated'].pk].minutes} minutes",
        "No travel: work at home",
        "Travel not known",
    ]


@pytest.mark.parametrize("postcode", ["", "not a postcode", "LS1 4DY"])
def test_without_a_known_postcode_nothing_is_estimated(postcode):
    assert travel.estimate(postcode, ["ZZ1", "ZZ2"]) == [None, None]


def test_invented_districts_are_used_until_a_service_brings_its_own():
    assert travel.estimate("ZZ1 1AA", ["ZZ1", "ZZ99", ""]) == [15, None, None]
    actions.replace_outwards([("LS1", 53.8, -1.55), ("LS2", 53.81, -1.55)], by=None)
    assert travel.estimate("ZZ1 1AA", ["ZZ1"]) == [None]
    assert travel.estimate("LS1 4DY", ["LS1", "LS2"]) == [15, 15]
    assert travel.estimate("LS1 4DY", []) == []


def test_rows_of_a_table_that_cannot_be_are_left_out_with_the_reason():
    lines = [
        "LS1,53.8,-1.55",
        "Leeds,53.8,-1.5",
        ",53,1",
        "LS2,north,-1.5",
        "LS3,95,0",
        "LS4,NaN,1",
        "LS1,50,0",
        "LS5,5",
    ]
    found, problems = outwards.read("\n".join(["Postcode,Lat,Long", *lines, "LS1,53.8,-1.55"]).encode())
    assert found == [("LS1", 53.8, -1.55)]
    assert [sentence.split(":")[0] for sentence in problems] == [
        f"Row {row} is left out" for row in range(3, 10)
    ]


def test_a_table_without_its_columns_is_refused():
    with pytest.raises(DomainError, match="no column latitude and no column longitude"):
        outwards.read(b"Postcode,Town\nLS1,Leeds")


def test_the_command_brings_in_districts_and_says_what_it_left_out(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(cli, "_django", lambda: None)
    file = tmp_path / "districts.csv"
    file.write_text("outward,latitude,longitude\nLS1,53.8,-1.55\n" + "x,1,1\n" * 25)
    assert cli.main(["import-postcodes", str(file)]) == 0
    said = capsys.readouterr().out
    assert said.count("is left out") == 20
    assert "5 more rows are left out." in said
    assert "1 postcode districts are in place." in said
    assert OutwardPlace.objects.get().outward == "LS1"


@pytest.mark.parametrize("content", ["outward,latitude,longitude\nx,1,1\n", "a,b\n1,2\n", None])
def test_the_command_refuses_a_file_it_cannot_use(tmp_path, capsys, monkeypatch, content):
    monkeypatch.setattr(cli, "_django", lambda: None)
    file = tmp_path / "districts.csv"
    if content is not None:
        file.write_text(content)
    assert cli.main(["import-postcodes", str(file)]) == 2
    assert capsys.readouterr().err.startswith("pacework: ")
    assert not OutwardPlace.objects.exists()
