"""One row of a list, read: the values it gives, or why it cannot be added, in sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import nhs_number
import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from pacework.service.core import typed
from pacework.service.core.csv_files import MAX_CELL, plain
from pacework.service.recruitment.imports import dates
from pacework.service.recruitment.imports.columns import statuses

OLDEST = date(1900, 1, 1)
NOTHING = frozenset(
    ("", "-", "--", ".", "n/a", "na", "none", "null", "nil", "#n/a", "not known", "unknown", "?")
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST = {
    "first_name": 60,
    "last_name": 60,
    "preferred_name": 60,
    "postcode": 8,
    "gp_practice": 100,
    "email": 254,
}
_TITLE = re.compile(r"(?:(?:mr|mrs|ms|miss|mx|dr|prof|rev|sir|dame)\b\.?\s+)+", re.IGNORECASE)
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)


@dataclass
class Checked:
    """What a row says. ``refusals`` stop it, ``notes`` are worth knowing, ``aside`` could not be read."""

    values: dict[str, str] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    aside: dict[str, str] = field(default_factory=dict)


class Checker:
    """Reads the rows of one list, by its columns."""

    def __init__(
        self,
        columns: Mapping[str, int],
        names: Sequence[str],
        orders: Mapping[str, str],
        *,
        today: date,
    ) -> None:
        self.columns, self.names, self.orders, self.today = columns, names, orders, today
        self.width = len(names)
        self.readers: dict[str, Callable[[str, str, Checked], None]] = {
            "first_name": self._text,
            "last_name": self._text,
            "preferred_name": self._text,
            "full_name": self._full_name,
            "gp_practice": self._text,
            "nhs_number": self._number,
            "birth_date": self._date,
            "last_job_ended_on": self._date,
            "phone": self._phone,
            "email": self._email,
            "postcode": self._postcode,
            "status": self._status,
        }

    def name(self, key: str) -> str:
        """The column's name in a sentence."""
        return f"“{self.names[self.columns[key]]}”"

    def check(self, cells: Sequence[str]) -> Checked:
        """Read one row."""
        found = Checked()
        if len(cells) > self.width and any(cell.strip() for cell in cells[self.width :]):
            found.refusals.append(
                f"It has {len(cells)} cells but there are {self.width} headings. A comma or other mark "
                "inside a cell needs quote marks around that cell."
            )
            return found
        for key, index in self.columns.items():
            raw = cells[index] if index < len(cells) else ""
            raw = raw.strip().removeprefix("'").strip()
            if raw.casefold() in NOTHING:
                continue
            if len(raw) > MAX_CELL:
                found.refusals.append(f"The cell in {self.name(key)} is too long: {len(raw):,} letters.")
                continue
            self._flag(key, raw, found)
            self.readers[key](key, raw, found)
        self._whole(found)
        return found

    def _flag(self, key: str, raw: str, found: Checked) -> None:
        if raw.startswith(FORMULA) and key not in ("phone", *DATE_KEYS):
            found.notes.append(
                f"{self.name(key)} begins with “{raw[0]}”, like a formula. It is kept as plain text."
            )

    def _whole(self, found: Checked) -> None:
        """What only the whole row can show."""
        values = found.values
        refused = " ".join(found.refusals)
        for key, words in (("first_name", "first name"), ("last_name", "family name")):
            if not values.get(key) and not (found.refusals and self._about_names(refused)):
                found.refusals.append(f"The {words} is missing.")
        born, ended = values.get("birth_date"), values.get("last_job_ended_on")
        if not born and not values.get("nhs_number") and not found.refusals:
            found.refusals.append(
                "It has neither a date of birth nor an NHS number, so this person cannot be told from others."
            )
        if born and ended and ended < born:
            found.refusals.append(
                f"{self.name('last_job_ended_on')} is before {self.name('birth_date')}. Check both dates."
            )
        if ended and values.get("status") in ("employed", "off_sick"):
            found.refusals.append(
                f"{self.name('status')} says in work, but {self.name('last_job_ended_on')} has a date. "
                "Correct one of the two."
            )

    def _about_names(self, refused: str) -> bool:
        return any(
            self.name(key) in refused
            for key in ("first_name", "last_name", "full_name")
            if key in self.columns
        )

    def _clean(self, key: str, raw: str, found: Checked) -> str:
        try:
            return " ".join(typed.text(raw, lines=False).split())
        except typed.Unreadable:
            found.refusals.append(
                f"{self.name(key)} holds letters that cannot be read. Type that cell again."
            )
            return ""

    def _text(self, key: str, raw: str, found: Checked) -> None:
        words = self._clean(key, raw, found)
        if len(words) > LONGEST[key]:
            found.refusals.append(
                f"{self.name(key)} is {len(words)} letters long. At most {LONGEST[key]} can be kept."
            )
        elif words:
            found.values[key] = words

    def _full_name(self, key: str, raw: str, found: Checked) -> None:
        words = _TITLE.sub("", self._clean(key, raw, found)).strip()
        if not words:
            return
        if "," in words:
            last, _, first = (part.strip() for part in words.partition(","))
            first = _TITLE.sub("", first)
        else:
            first, _, last = words.rpartition(" ")
        if not first or not last:
            found.refusals.append(
                f"{self.name(key)} holds one word only. A first and a family name are needed."
            )
            return
        self.columns_for_split(found, first, last, key)

    def columns_for_split(self, found: Checked, first: str, last: str, key: str) -> None:
        """A whole name as its two parts; a column of its own for either wins."""
        if max(len(first), len(last)) > LONGEST["first_name"]:
            found.refusals.append(f"{self.name(key)} is too long. At most 60 letters each can be kept.")
            return
        found.values.setdefault("first_name", first)
        found.values.setdefault("last_name", last)

    def _number(self, key: str, raw: str, found: Checked) -> None:
        figures = re.sub(r"[\s\u00a0-]", "", raw).removesuffix(".0")
        if _SHORTENED.fullmatch(figures):
            found.refusals.append(
                f"{self.name(key)} was shortened by a spreadsheet (“{raw[:20]}”). Format that column as text."
            )
        elif not re.fullmatch(r"[0-9]{10}", figures):
            found.refusals.append(f"{self.name(key)} needs 10 numbers. It says “{raw[:20]}”.")
        elif not _valid(figures):
            found.refusals.append(
                f"{self.name(key)} is not a valid NHS number: {raw[:20]}. One of its numbers is wrong."
            )
        else:
            found.values[key] = figures

    def _date(self, key: str, raw: str, found: Checked) -> None:
        order = self.orders.get(str(self.columns[key]), "day")
        try:
            day = dates.read(raw, order=order, today=self.today, birth=key == "birth_date")  # type: ignore[arg-type]
        except dates.NoDate:
            found.refusals.append(f"{self.name(key)} is not a real date: “{raw[:30]}”.")
            return
        if day > self.today:
            found.refusals.append(f"{self.name(key)} lies in the future: {raw[:30]}.")
        elif day < OLDEST:
            found.refusals.append(f"{self.name(key)} is before 1900: {raw[:30]}. Check the year.")
        else:
            found.values[key] = day.isoformat()

    def _phone(self, key: str, raw: str, found: Checked) -> None:
        number = _phone(raw)
        if number is None:
            self._aside(key, raw, found, "is not a phone number")
        else:
            found.values[key] = number

    def _email(self, key: str, raw: str, found: Checked) -> None:
        try:
            words = typed.text(raw, lines=False)
            validate_email(words)
        except (ValidationError, typed.Unreadable):
            self._aside(key, raw, found, "is not an email address")
            return
        found.values[key] = words

    def _postcode(self, key: str, raw: str, found: Checked) -> None:
        parts = _POSTCODE.fullmatch(re.sub(r"[^A-Za-z0-9]", "", raw).upper())
        if parts is None:
            self._aside(key, raw, found, "is not a UK postcode")
        else:
            found.values[key] = f"{parts[1]} {parts[2]}"

    def _status(self, key: str, raw: str, found: Checked) -> None:
        code = statuses().get(plain(raw))
        if code is None:
            found.refusals.append(
                f"{self.name(key)} says “{raw[:40]}”, which is not one of the known words, such as employed, "
                "unemployed, student."
            )
        else:
            found.values[key] = code

    def _aside(self, key: str, raw: str, found: Checked, why: str) -> None:
        """A way to reach someone that cannot be read loses nobody: it is kept with the referral."""
        try:
            words = typed.text(raw, lines=False)[:80]
        except typed.Unreadable:
            words = ""
        found.notes.append(f"{self.name(key)} {why}: “{words[:30]}”. The person is added without it.")
        if words:
            found.aside[key] = words


DATE_KEYS = ("birth_date", "last_job_ended_on")


def _valid(figures: str) -> bool:
    return bool(nhs_number.is_valid(figures))


@lru_cache(maxsize=4096)
def _phone(raw: str) -> str | None:
    """The number in its usual spelling, or None."""
    if any(letter.isalpha() for letter in raw) or "\x00" in raw:
        return None
    try:
        number = phonenumbers.parse(raw, "GB")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    style = phonenumbers.PhoneNumberFormat
    national = number.country_code == 44
    found = phonenumbers.format_number(number, style.NATIONAL if national else style.INTERNATIONAL)
    return found if len(found) <= 20 else None


def neutral(cell: str) -> str:
    """A cell that no spreadsheet will run: formulas get an apostrophe in front."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
