"""The SOC 2020 workbook, in a small one written here. The official one is read in test_demands.py."""

import io
import zipfile

import pytest

from pacework.science.vacancies import workbook
from pacework.science.vacancies.soc import UnitGroup, read_soc
from pacework.science.vacancies.workbook import WorkbookError, rows

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEADINGS = [
    "SOC\n2020 Unit Group",
    "SOC\n2020 \nGroup Title",
    "Group  Description",
    "Tasks",
    "Related Job Titles",
]


def xlsx(sheet: str, shared: str | None = None) -> io.BytesIO:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        if shared is not None:
            archive.writestr("xl/sharedStrings.xml", shared)
    data.seek(0)
    return data


def sheet_of(table: list[list[str]]) -> str:
    cells = [
        "<row>"
        + "".join(
            f'<c r="{"ABCDE"[at]}1" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in enumerate(row)
        )
        + "</row>"
        for row in table
    ]
    return f'<worksheet xmlns="{NAMESPACE}"><sheetData>{"".join(cells)}</sheetData></worksheet>'


def test_unit_groups_are_read_with_tasks_and_titles() -> None:
    table = [
        HEADINGS,
        ["&lt;blank&gt;", "Elementary occupations", "Many.", "&lt;blank&gt;", "&lt;blank&gt;"],
        ["9999", "Tea \n tasters ", "Taste tea.", "~tastes tea\n\n~says so", "~Tea taster"],
        ["9998", "Quiet people", "", "&lt;blank&gt;", ""],
    ]
    assert read_soc(xlsx(sheet_of(table))) == {
        "9999": UnitGroup("9999", "Tea tasters", "Taste tea.", ("tastes tea", "says so"), ("Tea taster",)),
        "9998": UnitGroup("9998", "Quiet people"),
    }


def test_shared_texts_numbers_and_empty_cells_are_read() -> None:
    second = "<r><t>a</t></r> <r><t>b</t></r><rPh><t>x</t></rPh>"
    shared = f'<sst xmlns="{NAMESPACE}"><si><t>Te</t></si><si>{second}</si></sst>'
    sheet = (
        f'<worksheet xmlns="{NAMESPACE}"><sheetData>\n<row><c r="A1" t="s"><v>1</v></c><c r="B1"><v>9</v></c>'
        '<c r="C1"/><c r="AA1" t="s"><v>0</v></c></row><row/></sheetData></worksheet>'
    )
    assert rows(xlsx(sheet, shared)) == [{"A": "ab", "B": "9", "AA": "Te"}, {}]


@pytest.mark.parametrize("table", [[], [["Name", "Task"]], [HEADINGS[:4]]])
def test_a_workbook_without_the_columns_is_refused(table: list[list[str]]) -> None:
    with pytest.raises(WorkbookError, match="columns of SOC 2020"):
        read_soc(xlsx(sheet_of(table)))


@pytest.mark.parametrize(
    "sheet",
    ["not xml", f'<worksheet xmlns="{NAMESPACE}"><row><c r="A1" t="s"><v>7</v></c></row></worksheet>',
     f'<worksheet xmlns="{NAMESPACE}"><row><c r="A1" t="s"><v>x</v></c></row></worksheet>'],
)  # fmt: skip
def test_a_broken_workbook_is_refused(sheet: str) -> None:
    with pytest.raises(WorkbookError, match="not an Excel workbook"):
        rows(xlsx(sheet))


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(WorkbookError, match="not an Excel workbook"):
        rows(io.BytesIO(b"PK but no zip"))
    with pytest.raises(WorkbookError, match="not an Excel workbook"):
        rows(xlsx(sheet_of([])), sheet=2)


def test_declared_entities_and_huge_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    with pytest.raises(WorkbookError, match="declares entities"):
        rows(xlsx(bomb))
    monkeypatch.setattr(workbook, "LARGEST_PART", 10)
    with pytest.raises(WorkbookError, match="too large"):
        rows(xlsx(sheet_of([])))
