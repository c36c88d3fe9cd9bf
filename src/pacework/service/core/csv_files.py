"""CSV files that people bring, from bytes to rows: encoding, what separates the cells, where the head is.

Pure: no database. Anything that cannot be read is refused with one sentence that says what to do.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice

from pacework.service.core.errors import DomainError

MAX_BYTES = 25_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 100
MAX_CELL = 2_000
MAX_RECORD_LINES = 50  # a record longer than this is a quote mark that nobody closed
LOOKED_AT = 60

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
SAVE_AGAIN = "Open it in the program it came from and save it as “CSV UTF-8”."


class Refused(DomainError):
    """The file as a whole cannot be read."""


@dataclass(frozen=True)
class Facts:
    """What was found out about a file. ``header`` is the number of the row that holds the headings."""

    encoding: str
    delimiter: str
    header: int
    headings: list[str]
    rows: int
    notes: list[str]

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def decode(content: bytes) -> tuple[str, str, list[str]]:
    """The text of the file, the encoding it was in, and sentences about it worth saying."""
    if len(content) > MAX_BYTES:
        raise Refused(f"This file is larger than {MAX_BYTES // 1_000_000} MB. Split the list into parts.")
    if not content.strip():
        raise Refused("This file is empty. Choose another file.")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Refused("This is a spreadsheet, not a CSV file. In the spreadsheet, save it as “CSV UTF-8”.")
    if content.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise Refused(f"This file is saved as UTF-32, which cannot be read here. {SAVE_AGAIN}")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16", "UTF-16"), "UTF-16", ["The file was saved as UTF-16. It was read."]
    if content.startswith(b"\xef\xbb\xbf"):
        return _decoded(content, "utf-8-sig", "UTF-8"), "UTF-8", []
    if _looks_like_utf_16(content):
        raise Refused(f"This file seems to be saved as UTF-16 without saying so. {SAVE_AGAIN}")
    try:
        return content.decode("utf-8"), "UTF-8", []
    except UnicodeDecodeError:
        note = (
            "The file was saved in the older Windows encoding (Windows-1252). It was read so: check names "
            "with accents."
        )
        return _decoded(content, "cp1252", "Windows-1252"), "Windows-1252", [note]


def _decoded(content: bytes, codec: str, words: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        raise Refused(f"Some letters in this file cannot be read as {words}. {SAVE_AGAIN}") from None


def _looks_like_utf_16(content: bytes) -> bool:
    start = content[:400]
    odd, even = start[1::2].count(0), start[::2].count(0)
    return max(odd, even) > len(start) // 4


def check_text(text: str) -> None:
    """No NUL: it is not text, and no database keeps it."""
    at = text.find("\x00")
    if at >= 0:
        line = text.count("\n", 0, at) + 1
        raise Refused(f"Line {line} holds a NUL character, so the file is damaged. {SAVE_AGAIN}")


def sniff(text: str) -> tuple[str, int]:
    """What separates the cells, and how many lines come before them (Excel's own "sep=;")."""
    first = text.split("\n", 1)[0].strip().strip('"').lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4], 1
    scores = {one: _fit(text, one) for one in DELIMITERS}
    best = max(scores, key=lambda one: scores[one])
    return (best if scores[best] > 0 else ","), 0


def _fit(text: str, delimiter: str) -> int:
    """How many of the first rows have as many cells as most have; 0 when nothing is separated."""
    widths = []
    try:
        for record in csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in record):
                widths.append(len(record))
            if len(widths) >= LOOKED_AT:
                break
    except csv.Error:
        return 0
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0
    usual = max(set(wide), key=lambda width: (wide.count(width), width))
    return wide.count(usual) * 100 + usual


def records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every row with its number as a spreadsheet counts it; empty rows are counted and left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number, before = 0, 0
    try:
        for record in reader:
            number += 1
            if reader.line_num - before > MAX_RECORD_LINES:
                raise Refused(_unclosed(number))
            before = reader.line_num
            if any(cell and not cell.isspace() for cell in record):
                yield number, record
    except csv.Error:
        raise Refused(_unclosed(number + 1)) from None


def check_ending(text: str, delimiter: str) -> None:
    """A quote mark opened in the last rows swallows what follows without a word: look for it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = start = before = 0
    for _ in reader:
        number, start, before = number + 1, before, reader.line_num
    last = list(islice(io.StringIO(text, newline=""), start, None))
    try:
        list(csv.reader(last, delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise Refused(_unclosed(number)) from None


def _unclosed(number: int) -> str:
    return (
        f'From row {number} on, the file cannot be read: a quote mark (") is opened and never closed. '
        "Correct that row and choose the file again."
    )


def plain(heading: str) -> str:
    """A heading for comparing: letters and numbers only."""
    return re.sub(r"[\W_]+", "", heading.casefold())


def read(content: bytes, known: frozenset[str], *, most: int = MAX_ROWS) -> Facts:
    """Look through the whole file once. ``known``: plain headings that are recognised."""
    text, encoding, notes = decode(content)
    check_text(text)
    delimiter, _ = sniff(text)
    count = 0
    opening: list[tuple[int, list[str]]] = []
    for number, record in records(text, delimiter):
        if len(opening) < 10:
            opening.append((number, record))
        count += 1
        if count > most + 20:
            raise Refused(
                f"This file has more than {most:,} rows. Split the list into parts of at most {most:,} rows."
            )
    check_ending(text, delimiter)
    if not opening:
        raise Refused("This file has no rows. Choose another file.")
    header, headings = _headings(opening, known)
    before = next(index for index, (number, _) in enumerate(opening) if number == header)
    rows = count - before - 1
    if rows > most:
        raise Refused(f"This file has {rows:,} rows. Split the list into parts of at most {most:,} rows.")
    if rows == 0:
        raise Refused("This file has headings but no rows under them. Choose another file.")
    if len(headings) > MAX_COLUMNS:
        raise Refused(f"This file has {len(headings)} columns. Leave at most {MAX_COLUMNS} and try again.")
    if delimiter != ",":
        notes.append(f"Cells are separated by {DELIMITERS.get(delimiter, 'its own mark')}.")
    if header > 1 and before:
        notes.append(f"The headings are in row {header}; what is above them was left out.")
    return Facts(encoding, delimiter, header, headings, rows, notes)


def _headings(opening: list[tuple[int, list[str]]], known: frozenset[str]) -> tuple[int, list[str]]:
    """The first row with at least two headings that we know; else the first row."""
    for number, record in opening:
        if sum(plain(cell) in known for cell in record) >= 2:
            return number, [cell.strip() for cell in record]
    number, record = opening[0]
    if record and record[0].lower().startswith("sep=") and len(opening) > 1:
        number, record = opening[1]
    return number, [cell.strip() for cell in record]


def body(content: bytes, delimiter: str, header: int) -> Iterator[tuple[int, list[str]]]:
    """The rows under the headings."""
    text, _, _ = decode(content)
    for number, record in records(text, delimiter):
        if number > header:
            yield number, record


def letter(index: int) -> str:
    """The name a spreadsheet gives a column: A, B … Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_names(headings: list[str]) -> list[str]:
    """Headings as people can tell them apart: empty and repeated ones carry their letter."""
    counts = {plain(one): sum(plain(other) == plain(one) for other in headings) for one in headings}
    names = []
    for index, heading in enumerate(headings):
        shown = " ".join(heading.split())[:60]
        if not plain(heading):
            names.append(f"Column {letter(index)} (no heading)")
        elif counts[plain(heading)] > 1:
            names.append(f"{shown} (column {letter(index)})")
        else:
            names.append(shown)
    return names
