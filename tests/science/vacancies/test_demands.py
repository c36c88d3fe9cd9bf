"""The authored table of demands, and demands that somebody states."""

import math
from pathlib import Path

import pytest

from pacework.science.vacancies.demands import DEMANDS, LEVELS, Demand, authored_table, read_table, stated
from pacework.science.vacancies.soc import read_soc

ROOT = Path(__file__).parents[3]
WORKBOOK = ROOT.parent / "shared" / "reference" / "occupations" / "soc2020-volume1.xlsx"
HEAD = f"soc,title,{','.join(DEMANDS)},load_kg,source"
ROW = "9223,Cleaners and domestics,0,3s,3s,2s,3s,3s,4s,0,1u,10,authored"


def test_the_table_has_at_least_60_occupations_with_all_nine_demands() -> None:
    table = authored_table()
    assert len(table) >= 60
    for code, occupation in table.items():
        assert code == occupation.code
        assert occupation.source == "authored"
        assert set(occupation.demands) == set(DEMANDS)


def test_an_authored_demand_is_a_guess_with_a_level_of_room_on_either_side() -> None:
    for occupation in authored_table().values():
        for name, demand in occupation.demands.items():
            assert demand.most - demand.least >= 0.15
            assert demand.source == "authored"
            assert (demand.load_kg is None) == (name != "lifting")
            assert demand.level == "hardly" or demand.can_change != "unknown"


def test_codes_and_titles_are_those_of_the_official_workbook() -> None:
    if not WORKBOOK.is_file():
        pytest.skip("the SOC 2020 workbook is not here (reference folder)")
    official = read_soc(WORKBOOK)
    assert len(official) == 412
    for code, occupation in authored_table().items():
        assert occupation.title == official[code].title
    assert official["9223"].tasks[0].startswith("scrubs, washes, sweeps")
    assert "Cleaner" in official["9223"].titles


def test_levels_have_words() -> None:
    cleaner = read_table(f"{HEAD}\n{ROW}\n")["9223"]
    assert cleaner.demands["standing"].words == "most of a shift"
    assert cleaner.demands["sitting"].words == "hardly any of a shift"
    assert cleaner.demands["standing"].can_change == "sometimes"
    assert cleaner.demands["lifting"].load_kg == 10


def test_a_demand_left_empty_is_not_known() -> None:
    assert "sitting" not in read_table(f"{HEAD}\n{ROW.replace(',0,', ',,', 1)}\n")["9223"].demands


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (ROW.replace("3s", "7s"), r"Line 2 .*“7s” is no level"),
        (ROW.replace("3s", "3x"), "“3x” is no level"),
        (ROW.replace(",10,", ",ten,"), "Line 2 of the table of demands cannot be read"),
        (ROW.replace(",10,", ",900,"), "A load is between 0 and 500 kg"),
        ("9223", "Line 2 of the table of demands cannot be read"),
        (f"{ROW}\n{ROW}", "Line 3 of the table of demands repeats 9223"),
    ],
)
def test_a_table_with_a_fault_is_refused_with_its_line(row: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_table(f"{HEAD}\n{row}\n")


@pytest.mark.parametrize("level", LEVELS)
def test_what_somebody_states_is_surer_than_the_table(level: str) -> None:
    demand = stated(level, "rarely", source="employer", load_kg=5)
    assert demand.level == level
    assert demand.least <= demand.share <= demand.most
    assert demand.most - demand.least <= 0.3
    assert (demand.can_change, demand.source, demand.load_kg) == ("rarely", "employer", 5)


def test_what_is_no_demand_is_refused() -> None:
    with pytest.raises(ValueError, match="“often” is not a level"):
        stated("often")
    with pytest.raises(ValueError, match="“maybe” does not say"):
        stated("some", "maybe")
    for wrong in ((math.nan, 0, 1), (0.5, 0.6, 1), (0.5, 0, 0.4), (2, 0, 3), (0.5, -1, 1)):
        with pytest.raises(ValueError, match="between 0 and 1"):
            Demand(*wrong)
