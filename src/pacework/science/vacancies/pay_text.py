"""Pay as adverts write it: a number, "$100,000", a range, or nested values with a unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

PERIODS = ("hour", "day", "week", "month", "year")
MOST = Decimal(10_000_000)
LONGEST = 200

_STARTS = {"hou": "hour", "hur": "hour", "dai": "day", "day": "day", "wee": "week", "mon": "month"}
_STARTS |= {"ann": "year", "yea": "year", "p.a": "year"}
IN_WORDS = re.compile(
    r"(?:\b(?:per|an?|each|p/?)|/)\s?(?P<unit>hour|hr|h|day|d|week|wk|w|month|year|yr|annum|a)\b"
    r"|(?P<ly>hourly|daily|weekly|monthly|annual|yearly)"
)
AMOUNT = re.compile(
    r"(?P<joint>-|–|to)?\s?(?P<sign>[£$€])?\s?"
    r"(?P<number>\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?|\d[\d.,]{0,20}\d|\d)\s?(?P<thousands>k\b)?",
    re.IGNORECASE,
)
SIGNS = {"£": "GBP", "$": "USD", "€": "EUR"}
_LETTERS = {"h": "hour", "d": "day", "w": "week", "m": "month", "y": "year", "a": "year"}


@dataclass(frozen=True, slots=True)
class Pay:
    """Pay as the advert gives it.

    Attributes
    ----------
    least, most
        Ends of the range; equal where one amount is given.
    period
        One of `PERIODS`, or "" where the advert does not say.
    currency
        Three letters, or "" where the advert does not say. A dollar sign alone is read as USD.
    """

    least: Decimal
    most: Decimal
    period: str = ""
    currency: str = ""


class NoPay(ValueError):
    """The value holds no pay that can be used. The message says why, fit for a screen."""


def read_pay(value: Any, currency: Any = None) -> Pay:
    """Read a `baseSalary`.

    Parameters
    ----------
    value
        A number, a text, a list of two, or a MonetaryAmount or QuantitativeValue, nested as they come.
    currency
        The advert's `salaryCurrency`, used where the value itself names none.

    Returns
    -------
    Pay
        With least and most in order.

    Raises
    ------
    NoPay
        Where there is no amount, or one out of range.
    """
    said = _Said([], "", "")
    _collect(value, said, depth=0)
    amounts = said.amounts[:2]
    if not amounts:
        raise NoPay("It names no amount.")
    if any(not 0 < amount <= MOST for amount in amounts):
        raise NoPay("The amount is zero, below zero or too large.")
    named = said.currency or (currency if isinstance(currency, str) else "")
    code = named.strip().upper()
    known = SIGNS.get(code, code)
    return Pay(min(amounts), max(amounts), said.period, known if re.fullmatch("[A-Z]{3}", known) else "")


@dataclass(slots=True)
class _Said:
    amounts: list[Decimal]
    period: str
    currency: str


def _collect(value: Any, said: _Said, depth: int) -> None:
    """Gather amounts, unit and currency from a value and what is nested in it."""
    if depth > 4 or value is None or isinstance(value, bool):
        return
    if isinstance(value, dict):
        _from_object(value, said, depth)
    elif isinstance(value, list):
        for part in value[:2]:
            _collect(part, said, depth + 1)
    else:
        _from_text(str(value)[:LONGEST], said, number=not isinstance(value, str))


def _from_object(value: dict[str, Any], said: _Said, depth: int) -> None:
    said.period = said.period or period_of(value.get("unitText")) or period_of(value.get("unitCode"))
    if isinstance(value.get("currency"), str):
        said.currency = said.currency or value["currency"]
    spread = [value[name] for name in ("minValue", "maxValue") if value.get(name) not in (None, "", 0)]
    for part in spread or [value.get("value")]:
        _collect(part, said, depth + 1)


def _from_text(text: str, said: _Said, *, number: bool) -> None:
    if number:
        said.amounts.append(_decimal(text))
        return
    said.period = said.period or _period_in(text.casefold())
    minus = text.strip().startswith("-")
    found = list(AMOUNT.finditer(text))
    # "£12.50 an hour, 37.5 hours": beside a number with a sign, one without is pay only in a range.
    signed = any(match["sign"] for match in found)
    for match in found:
        if signed and not match["sign"] and not match["joint"]:
            continue
        amount = _decimal(_plain_number(match["number"])) * (1000 if match["thousands"] else 1)
        said.amounts.append(-amount if minus else amount)
        said.currency = said.currency or SIGNS.get(match["sign"] or "", "")


def _decimal(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return Decimal(0)
    return amount if amount.is_finite() else Decimal(0)


def _plain_number(written: str) -> str:
    """Return "25,000.50", "25.000,50" or "25 000" as digits with a point."""
    number = written.replace(" ", "")
    if "," in number and "." in number:
        last = max(number.rfind(","), number.rfind("."))
        return re.sub(r"[.,]", "", number[:last]) + "." + number[last + 1 :]
    if re.search(r",\d{1,2}\Z", number):
        return number.replace(",", ".")
    return number.replace(",", "")


def period_of(unit: Any) -> str:
    """Return the period a `unitText` or `unitCode` names, or "" where it is none of `PERIODS`."""
    if not isinstance(unit, str):
        return ""
    word = unit.strip().casefold()
    return _STARTS.get(word[:3], "") or _period_in(word) or ("hour" if word in ("h", "hr", "hrs") else "")


def _period_in(text: str) -> str:
    match = IN_WORDS.search(text)
    if match is None:
        return ""
    return _LETTERS[(match["unit"] or match["ly"])[0]]
