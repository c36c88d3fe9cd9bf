"""Pay as adverts write it: a number, "$100,000", a range, or nested values with a unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

PERIODS = ("hour", "day", "week", "month", "year")
MOST = Decimal(10_000_000)
LONGEST = 200

_STARTS = {"hou": "hour", "hur": "hour", "dai": "day", "day": "day", "wee": "week", "mon": "month"}
_STARTS |= {"ann": "year", "yea": "year", "p.a": "year"}
IN_WORDS = re.compile(
    r"(?:\b(?:per|an?|each)\s|(?<![a-z])p[/.]?\s?|/\s?)"
    r"(?P<unit>hour|hr|h|day|d|week|wk|w|calendar month|cm|month|m|year|yr|annum|a)\b"
    # "Bi-weekly", "4 weekly": the time is another one.
    r"|(?<![\w-])(?<!\b\d\s)(?P<ly>hourly|daily|weekly|monthly|annual|yearly)"
)
# "37.5 hours a week" says nothing about what the pay is for.
WORKED = re.compile(r"\d\s?(?:hours?|hrs?|days?)\s?(?:per|an?|each|/|p/?)\s?(?:week|wk|w|day|month|year)\b")
# Not an amount of pay: a share, a date, hours or days, a number with an exponent.
AMOUNT = re.compile(
    r"(?P<joint>-|–|\bto\b|\band\b)?\s?(?P<sign>[£$€])?\s?(?<![\d.,])(?<!\de)"
    r"(?P<number>\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?|\d[\d.,]{0,20}\d|\d)"
    r"(?![.,]?\d|\s?%|e\d|-[a-z]|\s?(?:hours?|hrs?|days?|weeks?|months?)\b)\s?(?P<thousands>k\b)?",
    re.IGNORECASE,
)
SIGNS = {"£": "GBP", "$": "USD", "€": "EUR"}
_LETTERS = {"h": "hour", "d": "day", "w": "week", "m": "month", "c": "month", "y": "year", "a": "year"}


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
    more
        It names other amounts too, such as those of Sundays or for part time; they are no range.
    """

    least: Decimal
    most: Decimal
    period: str = ""
    currency: str = ""
    more: bool = False


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
    said = _Said()
    _collect(value, said, depth=0)
    if not said.amounts:
        raise NoPay("It names no amount.")
    if any(not 0 < amount <= MOST for amount in said.amounts):
        raise NoPay("The amount is zero, below zero or too large.")
    named = said.currency or (currency if isinstance(currency, str) else "")
    code = named.strip().upper()
    known = SIGNS.get(code, code)
    return Pay(
        min(said.amounts),
        max(said.amounts),
        said.period,
        known if re.fullmatch("[A-Z]{3}", known) else "",
        said.more,
    )


@dataclass(slots=True)
class _Said:
    amounts: list[Decimal] = field(default_factory=list)
    period: str = ""
    currency: str = ""
    more: bool = False


def _collect(value: Any, said: _Said, depth: int) -> None:
    """Gather amounts, unit and currency from a value and what is nested in it."""
    if depth > 4 or value is None or isinstance(value, bool):
        return
    if isinstance(value, dict):
        _from_object(value, said, depth)
    elif isinstance(value, list):
        # Two numbers are a range; two objects are two ways to say it, such as an hour's pay and a year's.
        used = 1 if any(isinstance(part, dict) for part in value[:2]) else 2
        said.more = said.more or len(value) > used
        for part in value[:used]:
            _collect(part, said, depth + 1)
    elif isinstance(value, str):
        _from_text(value[:LONGEST], said)
    else:
        said.amounts.append(_decimal(str(value)[:LONGEST]))


def _from_object(value: dict[str, Any], said: _Said, depth: int) -> None:
    said.period = said.period or period_of(value.get("unitText")) or period_of(value.get("unitCode"))
    for name in ("currency", "priceCurrency"):
        if isinstance(value.get(name), str):
            said.currency = said.currency or value[name]
    ends = ("minValue", "maxValue", "minPrice", "maxPrice")
    spread = [value[name] for name in ends if value.get(name) not in (None, "", 0)]
    for part in spread or [value.get("value", value.get("price"))]:
        _collect(part, said, depth + 1)


def _from_text(text: str, said: _Said) -> None:
    said.period = said.period or _period_in(text.casefold())
    found = list(AMOUNT.finditer(text))
    # "16 hours at £12.50": beside a number with a sign, one without is pay only in a range.
    signed = any(match["sign"] for match in found)
    at = next((at for at, match in enumerate(found) if match["sign"] or not signed), None)
    if at is None:
        return
    first, after = found[at], found[at + 1 : at + 2]
    ends = [first, *(match for match in after if _is_range(text, first, match))]
    said.more = said.more or any(match["sign"] or not signed for match in found[at + len(ends) :])
    minus = text.strip().startswith("-")
    for match in ends:
        amount = _decimal(_plain_number(match["number"]))
        # In "£23-25k" both are thousands.
        if match["thousands"] or (ends[-1]["thousands"] and amount < 1000):
            amount *= 1000
        said.amounts.append(-amount if minus else amount)
        said.currency = said.currency or SIGNS.get(match["sign"] or "", "")


def _is_range(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    """Whether the second amount is the upper end: joined to the first, not just named after it."""
    if (second["joint"] or "").casefold() == "and":
        return "between" in text[: first.start()].casefold()
    return bool(second["joint"])


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
    match = IN_WORDS.search(WORKED.sub(" ", text))
    if match is None:
        return ""
    return _LETTERS[(match["unit"] or match["ly"])[0]]
