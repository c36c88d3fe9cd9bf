"""A list of vacancies as a CSV file: headings that are known, cells as answers of the vacancy form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from pacework.science.vacancies.hours_text import read_hours
from pacework.science.vacancies.pay_text import NoPay, period_of, read_pay
from pacework.science.vacancies.posting_terms import home_working
from pacework.service.core import csv_files, typed
from pacework.service.core.csv_files import plain
from pacework.service.employers import codes
from pacework.service.employers.forms.vacancies import MAX_ROWS
from pacework.service.employers.incoming.checking import Read
from pacework.service.employers.presenters.vacancies import hours_typed

NEEDED = {"employer_name": "Employer", "title": "Job title"}
# What people type into a cell that has nothing to say.
EMPTY = {"-", "--", "–", "—", "?", "n/a", "tbc", "tba", "unknown", "not known"}
LONGEST_HOURS = 500  # what a vacancy keeps of the words
# Pay without a word on the time it is for: amounts that can only be one time's. All between is asked about.
AN_HOUR = (Decimal(5), Decimal(40))
A_YEAR = (Decimal(15_000), Decimal(200_000))
MIDNIGHT = " 00:00:00"  # which programs put behind a date


@dataclass(frozen=True)
class ReadList:
    """A whole file: its rows, headings that nobody knows, and sentences about it."""

    rows: list[Read]
    unknown: list[str]
    notes: list[str]


@cache
def _data() -> dict[str, Any]:
    return codes.table("vacancy_columns")


@cache
def columns() -> dict[str, str]:
    """Plain heading → field."""
    return {
        plain(name): row["field"] for row in _data()["columns"] for name in (row["label"], *row["headings"])
    }


def known() -> list[str]:
    """The columns a list may have, as people call them."""
    return [row["label"] for row in _data()["columns"]]


def read(content: bytes) -> ReadList:
    """Read a file. Raises DomainError with one sentence where it cannot be read as a whole."""
    facts = csv_files.read(content, frozenset(columns()), most=MAX_ROWS)
    names = csv_files.column_names(facts.headings)
    places: dict[str, list[int]] = {}
    unknown = []
    for index, heading in enumerate(facts.headings):
        found = columns().get(plain(heading))
        if found is None:
            unknown.append(names[index])
        else:
            places.setdefault(found, []).append(index)
    _numbers_are_hours_a_week(content, facts, places)
    place = {name: indexes[0] for name, indexes in places.items()}
    missing = [label for name, label in NEEDED.items() if name not in place]
    if missing:
        raise csv_files.Refused(
            f"The file has no column {' and no column '.join(f'“{label}”' for label in missing)}. "
            f"Its headings are: {', '.join(names[:12])}."
        )
    rows = list(_rows(content, facts, place))
    return ReadList(rows, unknown, [*facts.notes, *_second_columns(places, names)])


def _numbers_are_hours_a_week(content: bytes, facts: csv_files.Facts, places: dict[str, list[int]]) -> None:
    """Of two columns on hours, the one that holds nothing but numbers is the hours a week."""
    indexes = places.get("hours_text", [])
    if len(indexes) < 2 or "hours_a_week" in places:
        return
    rows = [cells for _number, cells in csv_files.body(content, facts.delimiter, facts.header)]
    for index in indexes:
        cells = [cells[index].strip() for cells in rows if index < len(cells)]
        said = [cell for cell in cells if cell and cell.casefold() not in EMPTY]
        if said and all(map(is_plain, said)):
            places["hours_a_week"] = [index]
            places["hours_text"] = [one for one in indexes if one != index]
            return


def _second_columns(places: dict[str, list[int]], names: list[str]) -> list[str]:
    """Columns that answer what another one answered before."""
    return [
        f"“{names[index]}” was left out: “{names[first]}” is for the same thing."
        for first, *more in places.values()
        for index in more
    ]


def _rows(content: bytes, facts: csv_files.Facts, place: dict[str, int]) -> Iterator[Read]:
    names = csv_files.column_names(facts.headings)
    for number, cells in csv_files.body(content, facts.delimiter, facts.header):
        said, problems = {}, {}
        for name, index in place.items():
            cell = cells[index].strip() if index < len(cells) else ""
            if len(cell) > csv_files.MAX_CELL:
                problems[name] = f"This cell is longer than {csv_files.MAX_CELL:,} characters."
            try:
                said[name] = typed.text(cell[: csv_files.MAX_CELL], lines=name == "tasks")
            except typed.Unreadable as refusal:
                problems[name] = str(refusal)
        found = Read(number, said, problems, raw=dict(said))
        for name in [name for name, words in said.items() if words.casefold() in EMPTY]:
            said[name] = ""
        if any(cell.strip() for cell in cells[len(facts.headings) :]):
            problems[""] = "The row has more cells than there are headings: a comma too many?"
        said["closes_on"] = said.get("closes_on", "").removesuffix(MIDNIGHT)
        _pay(found)
        _pay_period(found, plain(names[place["pay"]]) if "pay" in place else "")
        _home(found)
        _hours(found)
        said["source"] = "list"
        yield found


def _pay(row: Read) -> None:
    """A plain amount stays as it is; words such as "£12.60 an hour" are read."""
    said = row.said
    period = said.get("pay_period", "")
    said["pay_period"] = period_of(period)
    if period and not said["pay_period"]:
        row.problems["pay_period"] = f"“{period[:60]}” is no time that pay can be for."
    pay = said.get("pay", "")
    if not pay or is_plain(pay):
        return
    try:
        found = read_pay(pay)
    except NoPay as refusal:
        said["pay"] = ""
        if any(map(str.isdigit, pay)):
            row.problems["pay"] = f"“{pay[:60]}” cannot be read as pay. {refusal}"
        else:
            row.left_out.append(("Pay", f"“{pay[:60]}” names no amount."))
        return
    if found.currency not in ("", "GBP"):
        row.left_out.append(("Pay", f"It is in {found.currency}, not in pounds."))
        said["pay"] = said["pay_to"] = ""
        return
    said["pay"] = f"{found.least:f}"
    said["pay_to"] = said.get("pay_to") or (f"{found.most:f}" if found.most != found.least else "")
    said["pay_period"] = said["pay_period"] or found.period
    if found.more:
        row.left_out.append(("Pay", f"“{pay[:100]}” names other amounts too. Please check."))


def _pay_period(row: Read, heading: str) -> None:
    """Where no cell says what the pay is for: the heading does, or an amount that leaves no doubt."""
    said = row.said
    ends = [said[name] for name in ("pay", "pay_to") if said.get(name)]
    if said["pay_period"] or "pay_period" in row.problems or not (ends and all(map(is_plain, ends))):
        return
    if heading.startswith("hourly"):
        said["pay_period"] = "hour"
        return
    amounts = [typed.decimal(end) for end in ends]
    for (least, most), period, words in ((AN_HOUR, "hour", "an hour"), (A_YEAR, "year", "a year")):
        if all(least <= amount <= most for amount in amounts):
            said["pay_period"] = period
            row.left_out.append(("Pay", f"Read as {words}."))


def is_plain(amount: str) -> bool:
    """Whether this is one number: the form reads it, and says what is wrong with it."""
    try:
        typed.decimal(amount)
    except typed.Unreadable:
        return False
    return True


def _home(row: Read) -> None:
    words = row.said.get("home_working", "")
    if not words:
        return
    found = _data()["home_words"].get(words.casefold())
    if found is None:
        found, odd = home_working([words])
        if odd:
            row.problems["home_working"] = f"“{words[:60]}” is no answer on home working that is known here."
    row.said["home_working"] = "" if found == "unknown" else found


def _hours(row: Read) -> None:
    """Weekly hours are read from their own column, else from the words; what is doubtful in them is said."""
    cell, words = row.said.get("hours_a_week", ""), row.said.get("hours_text", "")
    if is_plain(cell):
        row.said["hours_a_week"] = f"{typed.decimal(cell):f}"
        return
    if not (cell or words):
        return
    read = read_hours((cell or words)[:LONGEST_HOURS])
    row.said["hours_a_week"] = hours_typed(read.weekly_hours) or cell
    where = "Hours a week" if cell else "Days and hours"
    row.left_out += [(where, note) for note in read.notes if " hours" in note]
