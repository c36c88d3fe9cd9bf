"""What people type, read into values. Every refusal is a sentence fit for the screen."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time
from decimal import Decimal

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH_NUMBER = {word.lower(): number for number, word in enumerate(MONTHS, 1)}
_MONTH_NUMBER |= {word[:3].lower(): number for number, word in enumerate(MONTHS, 1)} | {"sept": 9}

# Invisible marks that come along with copied text: byte-order mark, zero-width space, direction overrides.
# The joiners U+200C and U+200D stay: names in several scripts, and many symbols, need them.
_INVISIBLE = dict.fromkeys(
    [0xFEFF, 0x200B, 0x200E, 0x200F, 0x2060, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_UNREADABLE = re.compile("[\ufffd\ufffe\uffff\ud800-\udfff]")


class Unreadable(ValueError):
    """What was typed cannot be read. ``str()`` is the sentence for the screen."""


def text(raw: str, *, lines: bool) -> str:
    """Typed text, stripped and in one Unicode form. ``lines`` keeps line breaks."""
    words = raw.replace("\r\n", "\n").replace("\r", "\n").translate(_INVISIBLE)
    if "\x00" in words or _CONTROL.search(words):
        raise Unreadable(
            "A hidden character in this text cannot be kept. Type the text instead of pasting it."
        )
    if _UNREADABLE.search(words):
        raise Unreadable("Some letters did not arrive properly. Check the text and type those letters again.")
    if not lines:
        words = words.replace("\n", " ").replace("\t", " ")
    return unicodedata.normalize("NFC", words).strip()


def whole(raw: str) -> int:
    """A whole number as people type it: "1,000" and " 20 " too."""
    plain = raw.strip().replace(",", "").replace(" ", "")
    if not re.fullmatch(r"[+-]?[0-9]{1,12}", plain):
        raise Unreadable("Enter a whole number, like 20.")
    return int(plain)


def decimal(raw: str) -> Decimal:
    """A number with or without decimals; a pound sign, thousands commas and a decimal comma are read too."""
    plain = raw.strip().replace("£", "").replace(" ", "")
    # Three digits after a comma are thousands; one or two are decimals, as much of Europe writes them.
    plain = re.sub(r"^([+-]?[0-9]{1,12}),([0-9]{1,2})$", r"\1.\2", plain)
    shape = r"[+-]?([0-9]{1,12}|[0-9]{1,3}(,[0-9]{3})+)?(\.[0-9]{1,6})?"
    if not re.fullmatch(shape, plain) or not re.search("[0-9]", plain):
        raise Unreadable("Enter a number, like 7.5.")
    return Decimal(plain.replace(",", ""))


def day(raw: str, *, example: date) -> date:
    """A day as people type it in the UK: 2026-04-03, 3/4/2026, 3 4 2026, 3 April 2026."""
    refusal = f"Enter a real date, like {example.day} {example.month} {example.year}."
    plain = raw.strip().lower().replace(",", " ")
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", plain)
    if iso:
        parts = (iso[3], iso[2], iso[1])
    else:
        found = re.fullmatch(
            r"(?:[a-z]+ +)?([0-9]{1,2})(?:st|nd|rd|th)?[ ./-]+([0-9]{1,2}|[a-z]+)[ ./-]+([0-9]{2,4})", plain
        )
        if not found:
            raise Unreadable(refusal)
        parts = (found[1], str(_MONTH_NUMBER.get(found[2], found[2])), found[3])
    return day_from(*parts, example=example)


def day_from(day: str, month: str, year: str, *, example: date) -> date:
    """A day from its three parts, as in the three boxes for a birth date."""
    refusal = f"Enter a real date, like {example.day} {example.month} {example.year}."
    parts = [year.strip(), str(_MONTH_NUMBER.get(month.strip().lower(), month)).strip(), day.strip()]
    if not all(re.fullmatch("[0-9]{1,4}", part) for part in parts):
        raise Unreadable(refusal)
    if len(parts[0]) != 4:
        raise Unreadable(f"Enter the year with 4 numbers, like {example.year}.")
    try:
        found = date(*(int(part) for part in parts))
    except ValueError:
        raise Unreadable(refusal) from None
    if not 1900 <= found.year <= 2100:
        raise Unreadable("Enter a year between 1900 and 2100.")
    return found


def clock_time(raw: str) -> time:
    """A time of day: 9:30, 0930, 9.30, 9am, 2:30 pm."""
    plain = re.sub(r"\s+", "", raw.lower())
    found = re.fullmatch(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?(?::[0-9]{2})?(am|pm)?", plain)
    refusal = Unreadable("Enter a time, like 9:30 or 2:15pm.")
    if not found or not (found[2] or found[3]):
        raise refusal
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            raise refusal
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise refusal from None


def lower_first(label: str) -> str:
    """A label inside a sentence: "Start date" -> "start date", but "NHS number" and "GP" stay."""
    first = label.split(" ", 1)[0]
    return label if first.isupper() and len(first) > 1 else label[:1].lower() + label[1:]
