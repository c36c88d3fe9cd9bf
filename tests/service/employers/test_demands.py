"""What the work asks for: confirmed, or guessed from tables; official tables."""

from __future__ import annotations

import io
import zipfile

import pytest

from pacework import cli
from pacework.science.vacancies.demands import LEVELS, authored_table
from pacework.service.core.errors import DomainError
from pacework.service.employers import actions, codes
from pacework.service.employers.forms.vacancies import occupation_choices
from pacework.service.employers.incoming import official
from pacework.service.employers.models import OccupationDemand, demands
from pacework.service.employers.presenters import demands as words
from tests.service.build import make_user
from tests.service.employers.build import make_vacancy

pytestmark = pytest.mark.django_db

SHELVES = "9241"


def shelf_filler(**said: dict[str, object]):
    vacancy = make_vacancy(occupation=SHELVES)
    return actions.confirm_demands(vacancy, by=make_user("esw"), said=said)


def test_guesses_come_from_the_authored_table_and_say_so():
    asked = {one.key: one for one in demands.demands_of(shelf_filler())}
    assert list(asked) == list(demands.DEMANDS)
    assert not any(one.confirmed for one in asked.values())
    assert asked["standing"].words == "Nearly all of a shift"
    assert asked["standing"].change_words == "Rarely"
    assert asked["lifting"].words == "Most of a shift, up to 12 kg"
    assert asked["driving"].source == demands.AUTHORED_WORDS
    assert "Shelf fillers (9241). Source: Pacework’s own table" in words.guessed_from(shelf_filler())


def test_what_somebody_confirmed_goes_before_and_the_rest_stays_a_guess():
    vacancy = shelf_filler(
        lifting={"share": "some", "change": "yes", "load_kg": 5}, standing={"share": "", "change": "no"}
    )
    asked = {one.key: one for one in demands.demands_of(vacancy)}
    assert asked["lifting"].confirmed
    assert asked["lifting"].words == "Some of a shift, up to 5 kg"
    assert asked["lifting"].change_words == "Yes"
    assert asked["lifting"].demand.source == "employer"
    assert not asked["standing"].confirmed
    assert asked["standing"].words == "Nearly all of a shift"
    assert asked["standing"].change_words == "No"
    shown = words.rows(vacancy)
    assert [row[3]["text"] for row in shown].count("Confirmed") == 1


def test_without_a_kind_of_job_nothing_is_guessed():
    vacancy = make_vacancy()
    assert words.rows(vacancy) == []
    assert words.guessed_from(vacancy) == ""
    assert demands.known_demands(demands.demands_of(vacancy)) == {}
    actions.confirm_demands(vacancy, by=make_user("esw"), said={"sitting": {"share": "", "change": "yes"}})
    assert words.rows(vacancy)[0] == ["Sitting", "Not known", "Yes", "–"]
    unknown = make_vacancy(occupation="1111")
    assert words.rows(unknown) == []


def test_an_imported_table_goes_before_and_keeps_what_it_does_not_say():
    OccupationDemand.objects.create(
        occupation=SHELVES, demand="lifting", share=0.2, least=0.1, most=0.3, source="Table A"
    )
    asked = {one.key: one for one in demands.demands_of(shelf_filler())}
    authored = authored_table()[SHELVES].demands["lifting"]
    assert asked["lifting"].demand.share == 0.2
    assert asked["lifting"].demand.can_change == authored.can_change
    assert asked["lifting"].demand.load_kg == authored.load_kg
    assert asked["lifting"].source == "Table A"
    assert asked["standing"].source == demands.AUTHORED_WORDS


def test_many_vacancies_ask_the_tables_once(django_assert_num_queries):
    rows = [make_vacancy(occupation=code) for code in (SHELVES, "9223", "", SHELVES)]
    with django_assert_num_queries(1):
        assert set(demands.demands_of_each(rows)) == {row.pk for row in rows}


def test_the_longest_day_says_how_long_a_shift_is():
    vacancy = make_vacancy()
    assert demands.shift_minutes(vacancy) is None
    week = [
        ("mon", "09:00", "11:00"),
        ("mon", "12:00", "14:00"),
        ("fri", "22:00", "04:30"),
        ("sat", "18:00", "24:00"),
    ]
    actions.set_shifts(
        vacancy,
        by=make_user("esw"),
        shifts=[{"day": day, "start": start, "end": end} for day, start, end in week],
    )
    assert demands.shift_minutes(vacancy) == 390


def test_every_authored_occupation_can_be_chosen_and_every_level_has_words():
    assert set(authored_table()) <= set(codes.occupations())
    assert set(demands.SHARES) == set(LEVELS)


# Official tables


def onet(**files: str) -> bytes:
    """A zip as O*NET publishes it, with invented figures."""
    packed = io.BytesIO()
    head = "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tLower CI Bound\t"
    head += "Upper CI Bound\tRecommend Suppress\tNot Relevant\n"
    rows = {
        "Work Context.txt": head
        + "53-7065.00\tx\tSpend Time Standing\tCX\t4.6\t4.2\t4.8\tN\tN\n"
        + "53-7065.00\tx\tSpend Time Sitting\tCX\t1.8\t1.4\t2.2\tY\tN\n"
        + "11-1011.00\tx\tSpend Time Sitting\tCX\t4.0\t3.8\t4.2\tN\tN\n",
        "Occupation Data.txt": "O*NET-SOC Code\tTitle\n53-7065.00\tStockers and Order Fillers\n",
    } | files
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in rows.items():
            archive.writestr(f"db_text/{name}", text)
    return packed.getvalue()


def test_onet_figures_are_paired_with_uk_unit_groups_and_name_their_source():
    found = official.read(onet())
    assert set(found.demands) == {SHELVES}
    standing = found.demands[SHELVES]["standing"]
    assert standing.share == pytest.approx(0.9)
    assert standing.source == "O*NET 53-7065.00 Stockers and Order Fillers (United States), paired by hand"
    said = " ".join(found.problems)
    assert "1 figures are left out: O*NET advises not to use them." in said
    assert "No figures for lifting." in said
    assert "Not in this file, though paired by hand: " in said


def test_every_pair_of_the_crosswalk_names_a_known_unit_group_once():
    pairs = codes.table("onet_crosswalk")["pairs"]
    assert len({pair["soc"] for pair in pairs}) == len(pairs) >= 60
    assert {pair["soc"] for pair in pairs} <= set(codes.occupations())


@pytest.mark.parametrize("content", [b"", b"no zip at all", onet()[:200]])
def test_a_file_that_is_neither_is_refused(content):
    with pytest.raises(DomainError):
        official.read(content)


def test_a_zip_without_the_tables_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(DomainError, match="Work Context"):
        official.read(packed.getvalue())


def test_a_workbook_that_is_not_the_classification_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(DomainError):
        official.read(packed.getvalue())


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    """Run a command on a file in this test's database: exit code, and what it said."""
    monkeypatch.setattr(cli, "_django", lambda: None)

    def command(content: bytes) -> tuple[int, str]:
        file = tmp_path / "table"
        file.write_bytes(content)
        code = cli.main(["import-demands", str(file)])
        said = capsys.readouterr()
        return code, said.out + said.err

    return command


def test_the_command_replaces_guesses_and_pages_name_the_source(run, client_for):
    code, said = run(onet())
    assert code == 0
    assert "1 demands of 1 occupations are in place. Each names its source." in said
    page = (
        client_for(make_user("esw"))
        .get(f"/vacancies/{make_vacancy(occupation=SHELVES).pk}/")
        .content.decode()
    )
    assert "O*NET 53-7065.00 Stockers and Order Fillers (United States)" in page


def test_the_classification_of_a_workbook_becomes_the_kinds_of_job_to_choose(run, monkeypatch, client_for):
    from pacework.science.vacancies.soc import UnitGroup

    monkeypatch.setattr(official, "read_soc", lambda file: {"1111": UnitGroup("1111", "Chief executives")})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    code, said = run(packed.getvalue())
    assert code == 0
    assert "1 unit groups with their titles are in place." in said
    assert occupation_choices() == [("1111", "Chief executives (1111)")]
    assert codes.occupation("1111") == "Chief executives (1111)"
    assert codes.occupation(SHELVES).startswith("Shelf fillers")
    known, other = make_vacancy(occupation="1111"), make_vacancy(occupation=SHELVES)
    browser = client_for(make_user("esw"))
    assert 'value="1111" selected' in browser.get(f"/vacancies/{known.pk}/edit/").content.decode()
    assert f'value="{SHELVES}"' in browser.get(f"/vacancies/{other.pk}/edit/").content.decode()


def test_the_command_refuses_what_it_cannot_read(run):
    code, said = run(b"no zip")
    assert code == 2
    assert "neither the O*NET zip" in said
