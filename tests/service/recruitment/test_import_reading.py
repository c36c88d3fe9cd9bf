"""From bytes to rows: every file is either read or refused with a sentence, never anything else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacework.service.core import csv_files as reading
from pacework.service.recruitment.imports import columns, dates
from pacework.service.recruitment.imports.checking import Checker, neutral
from pacework.service.recruitment.imports.matching import Repeats

KNOWN = columns.known_headings({})
HEAD = "First name,Surname,DOB\r\n"


def read(text: str | bytes) -> reading.Facts:
    return reading.read(text if isinstance(text, bytes) else text.encode(), KNOWN)


@given(st.binary(max_size=600))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused_in_a_sentence(content: bytes) -> None:
    refused = ""
    try:
        facts = reading.read(content, KNOWN)
    except reading.Refused as refusal:
        refused = refusal.sentence
    if refused:
        assert refused.endswith(".")
        return
    rows = list(reading.body(content, facts.delimiter, facts.header))
    assert len(rows) == facts.rows
    guessed = columns.guess(facts.headings, [row for _, row in rows], {})
    checker = Checker(guessed, reading.column_names(facts.headings), {}, today=date(2026, 1, 1))
    for _, row in rows:
        checker.check(row)


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=20), min_size=3, max_size=5),
        max_size=8,
    )
)
@settings(max_examples=200, deadline=None)
def test_any_cells_under_good_headings_become_values_or_reasons(rows: list[list[str]]) -> None:
    checker = Checker(
        {"first_name": 0, "last_name": 1, "birth_date": 2},
        ["First", "Last", "Born"],
        {},
        today=date(2026, 1, 1),
    )
    for row in rows:
        found = checker.check(row)
        whole = {"first_name", "last_name", "birth_date"} <= found.values.keys()
        assert whole or found.refusals


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"  \r\n ", "empty"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"\xff\xfe\x00\x00a", "UTF-32"),
        ("First name,DOB\na,b\n".encode("utf-16-le"), "UTF-16 without saying so"),
        (b"\xff\xfea", "cannot be read as UTF-16"),
        (b"\xef\xbb\xbf\xff\xfe", "cannot be read as UTF-8"),
        (b"name,\x81\x8d\n", "cannot be read as Windows-1252"),
        (b"First name,Surname\nA,B" + b"x" * 400 + b"\x00\n", "NUL"),
        (b"First name,Surname\n", "no rows under them"),
        (b'First name,Surname\n"A,B\nC,D\n', "never closed"),
        (b'First name,Surname\nA,"' + b"x\n" * 60 + b'"\n', "never closed"),
        (b'First name,Surname\nA,"' + b"x" * 140_000, "never closed"),
        ((",".join(f"c{n}" for n in range(101)) + "\n" + "1," * 100 + "1\n").encode(), "101 columns"),
        (b"First name,Surname\n" + b"A,B\n" * 100_001, "100,001 rows"),
        (b"First name,Surname\n" + b"A,B\n" * 100_030, "more than 100,000 rows"),
        (b"x" * (reading.MAX_BYTES + 1), "larger than 25 MB"),
        (b",,\n , \n", "no rows"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(reading.Refused, match=words):
        reading.read(content, KNOWN)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_gives_the_same_names(encoding: str) -> None:
    content = (HEAD + "Zoë,O’Brien,1/2/1970\r\n").encode(encoding)
    facts = reading.read(content, KNOWN)
    assert list(reading.body(content, facts.delimiter, facts.header)) == [(2, ["Zoë", "O’Brien", "1/2/1970"])]
    assert bool(facts.notes) is (encoding in ("utf-16", "cp1252"))


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_every_usual_separator_is_found(mark: str) -> None:
    text = mark.join(["First name", "Surname", "Practice"]) + '\n"A"' + mark + "B" + mark + "Mill, Lane\n"
    assert read(text).delimiter == mark


def test_excels_own_line_and_titles_above_the_headings_are_passed_over() -> None:
    assert read("sep=;\n" + HEAD.replace(",", ";") + "A;B;1/2/1970\n").headings[0] == "First name"
    facts = read("Search of 3 March\n\n" + HEAD + "A,B,1/2/1970\n")
    assert (facts.header, facts.rows) == (3, 1)


def test_quoted_line_breaks_stay_in_their_cell_and_rows_are_numbered_as_in_a_spreadsheet() -> None:
    content = (HEAD + '"A\nB",C,x\n\nD,E,y\n').encode()
    assert [number for number, _ in reading.body(content, ",", 1)] == [2, 4]


def test_repeated_and_empty_headings_are_told_apart() -> None:
    names = reading.column_names(["Name", "", "name", "DOB"])
    assert names == ["Name (column A)", "Column B (no heading)", "name (column C)", "DOB"]
    assert (reading.letter(25), reading.letter(26)) == ("Z", "AA")


def test_columns_are_guessed_from_saved_headings_then_usual_ones_then_content() -> None:
    row = ["9990000026", "n@example.org", "M1 1AE", "A", "B", "1"]
    guessed = columns.guess(["x", "y", "z", "Rufname", "Surname", "w"], [row], {"rufname": "first_name"})
    assert guessed == {"first_name": 3, "last_name": 4, "nhs_number": 0, "email": 1, "postcode": 2}
    assert columns.guess(["Name", "Forename", "Surname", "Forename"], [["", "", "B", "A"]], {}) == {
        "first_name": 3, "last_name": 2,
    }  # fmt: skip
    assert columns.guess(["Patient name"], [["A B"]], {}) == {"full_name": 0}


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["03/04/1970", "13/04/1970"], "day"),
        (["03/04/1970", "04/13/1970"], "month"),
        (["13/04/1970", "04/13/1970"], "day"),
        (["03/04/1970", "no date"], "day"),
    ],
)
def test_the_whole_column_shows_whether_the_day_comes_first(cells: list[str], order: str) -> None:
    assert dates.order_of(cells)[0] == order


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("1970-02-01", date(1970, 2, 1)),
        ("19700201", date(1970, 2, 1)),
        ("1/2/1970", date(1970, 2, 1)),
        ("01.02.70", date(1970, 2, 1)),
        ("1 Feb 1970", date(1970, 2, 1)),
        ("February 1st, 1970", date(1970, 2, 1)),
        ("25600", date(1970, 2, 1)),
        ("01/02/1970 00:00", date(1970, 2, 1)),
        ("01/02/15", date(1915, 2, 1)),
        ("01/02/10", date(2010, 2, 1)),
    ],
)
def test_dates_are_read_in_every_usual_form(raw: str, wanted: date) -> None:
    assert dates.read(raw, order="day", today=date(2026, 1, 1), birth=True) == wanted


def test_a_last_job_of_two_figures_is_recent_and_the_month_can_come_first() -> None:
    assert dates.read("01/02/15", order="month", today=date(2026, 1, 1), birth=False) == date(2015, 1, 2)
    with pytest.raises(dates.NoDate):
        dates.read("31/02/1970", order="day", today=date(2026, 1, 1), birth=True)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Mrs Ada Lovelace", "Ada", "Lovelace"),
        ("LOVELACE, Ada", "Ada", "LOVELACE"),
        ("Dr. Ada Mary Lovelace", "Ada Mary", "Lovelace"),
    ],
)
def test_a_whole_name_is_split(name: str, first: str, last: str) -> None:
    checker = Checker({"full_name": 0, "birth_date": 1}, ["Name", "Born"], {}, today=date(2026, 1, 1))
    found = checker.check([name, "1/2/1970"])
    assert (found.values["first_name"], found.values["last_name"], found.refusals) == (first, last, [])


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-1", "@x", "\tx", "\rx"])
def test_no_cell_we_write_is_a_formula(cell: str) -> None:
    assert neutral(cell) == "'" + cell
    assert neutral("plain") == "plain"


def test_twins_and_namesakes_are_not_repeats() -> None:
    seen = Repeats()
    born = {"last_name": "Ashby", "birth_date": "1990-01-01", "postcode": "M1 1AE"}
    assert seen.look(2, {"first_name": "Una", "nhs_number": "9990000026"} | born) == ("", 0)
    assert seen.look(3, {"first_name": "Ida", "nhs_number": "9990000034"} | born) == ("", 0)
    assert seen.look(4, {"first_name": "Una", "nhs_number": "9990000042"} | born) == ("", 0)
    assert seen.look(5, {"first_name": "Una"} | born) == ("repeat", 2)
    assert seen.look(6, {"first_name": "Una"} | born | {"postcode": "M2 2AE"}) == ("alike", 2)
    assert seen.look(7, {"first_name": "Bea", "nhs_number": "9990000026"} | born) == ("conflict", 2)
    assert seen.look(8, {"first_name": "Cy", "last_name": "Ashby"}) == ("", 0)
    assert seen.look(9, {"first_name": "Cy", "last_name": "Ashby"}) == ("", 0)
