"""Rows of an Excel workbook (.xlsx), read with the standard library.

A workbook is a zip of XML, and one sheet of text is all that is asked of it here: a whole spreadsheet
library, with its formulas and styles, would be one more dependency to keep safe. Documents that declare
entities are refused.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from os import PathLike
from typing import IO
from xml.parsers import expat

# What reading a zip raises: no zip, damaged, cut off, with a password, or packed in an unknown way.
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError)
LARGEST_PART = 100_000_000  # bytes, unpacked


class WorkbookError(ValueError):
    """The file is no workbook that can be read. The message is fit for a screen."""


def rows(source: str | PathLike[str] | IO[bytes], sheet: int = 1) -> list[dict[str, str]]:
    """Read one sheet of a workbook.

    Parameters
    ----------
    source
        Path or open file of the .xlsx.
    sheet
        Number of the sheet's file, from 1.

    Returns
    -------
    list of dict
        One dict a row, from column letters to text; empty cells are left out.

    Raises
    ------
    WorkbookError
        For a file that is no workbook, a part that unpacks to more than 100 MB, or declared entities.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            names = archive.namelist()
            shared = _Texts()
            if "xl/sharedStrings.xml" in names:
                _parse(archive, "xl/sharedStrings.xml", shared)
            cells = _Cells(shared.found)
            _parse(archive, f"xl/worksheets/sheet{sheet}.xml", cells)
            return cells.found
    except WorkbookError:
        raise
    except (*BROKEN_ZIP, KeyError, expat.ExpatError, IndexError) as error:
        raise WorkbookError("This is not an Excel workbook (.xlsx) that can be read.") from error


class _Reader:
    """What a parser tells: elements that start and end, and the text in them."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, data: str) -> None: ...


class _Texts(_Reader):
    """The workbook's shared texts; readings of Japanese words (rPh) are no part of them."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.inside: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.inside.append(name)
        if name == "si":
            self.found.append("")

    def end(self, name: str) -> None:
        self.inside.pop()

    def text(self, data: str) -> None:
        if self.inside[-1] == "t" and "rPh" not in self.inside:
            self.found[-1] += data


class _Cells(_Reader):
    """The rows of a sheet."""

    def __init__(self, shared: list[str]) -> None:
        self.shared = shared
        self.found: list[dict[str, str]] = []
        self.column = self.kind = self.value = ""
        self.reading = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.found.append({})
        elif name == "c":
            self.column = re.sub(r"\d", "", attributes.get("r", ""))
            self.kind = attributes.get("t", "n")
            self.value = ""
        self.reading = name in ("v", "t")

    def text(self, data: str) -> None:
        if self.reading:
            self.value += data

    def end(self, name: str) -> None:
        self.reading = False
        if name == "c" and self.value:
            self.found[-1][self.column] = self.shared[int(self.value)] if self.kind == "s" else self.value


def _parse(archive: zipfile.ZipFile, part: str, reader: _Reader) -> None:
    if archive.getinfo(part).file_size > LARGEST_PART:
        raise WorkbookError("This workbook is too large to be read.")
    parser = expat.ParserCreate(namespace_separator=" ")
    bare: Callable[[str], str] = lambda name: name.rsplit(" ", 1)[-1]  # noqa: E731
    parser.StartElementHandler = lambda name, attributes: reader.start(bare(name), attributes)
    parser.EndElementHandler = lambda name: reader.end(bare(name))
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse
    with archive.open(part) as packed:
        parser.ParseFile(packed)


def _refuse(*_declared: object) -> None:
    raise WorkbookError("This workbook declares entities and is not read.")
