"""Pay in the forms adverts use."""

from decimal import Decimal
from typing import Any

import pytest

from pacework.science.vacancies.pay_text import NoPay, period_of, read_pay


def quantity(**parts: Any) -> dict[str, Any]:
    return {"@type": "MonetaryAmount", "currency": "GBP", "value": {"@type": "QuantitativeValue", **parts}}


@pytest.mark.parametrize(
    ("value", "least", "most", "period", "currency"),
    [
        (25000, "25000", "25000", "", ""),
        (12.21, "12.21", "12.21", "", ""),
        ("$100,000", "100000", "100000", "", "USD"),
        ("£12.50 per hour", "12.5", "12.5", "hour", "GBP"),
        ("£25,000 - £30,000 a year", "25000", "30000", "year", "GBP"),
        ("£12-14/hr", "12", "14", "hour", "GBP"),
        ("£12.50 an hour, 37.5 hours", "12.5", "12.5", "hour", "GBP"),
        ("25k to 30k p/a", "25000", "30000", "year", ""),
        ("€25.000,50 annual", "25000.50", "25000.50", "year", "EUR"),
        ("25 000", "25000", "25000", "", ""),
        ("12,5", "12.5", "12.5", "", ""),
        ([14, 12], "12", "14", "", ""),
        (["£12", "£14"], "12", "14", "", "GBP"),
        (quantity(value=12.21, unitText="HOUR"), "12.21", "12.21", "hour", "GBP"),
        (quantity(minValue=25000, maxValue="30,000", unitText="YEAR"), "25000", "30000", "year", "GBP"),
        (quantity(minValue=90, maxValue=0, unitText="DAY"), "90", "90", "day", "GBP"),
        (quantity(value=[400, 450], unitText="WEEK"), "400", "450", "week", "GBP"),
        (quantity(value="2,000", unitCode="MON"), "2000", "2000", "month", "GBP"),
        ({"value": 12, "unitText": "per hour", "currency": "£"}, "12", "12", "hour", "GBP"),
        ({"minValue": 11, "maxValue": 12, "unitText": 3}, "11", "12", "", ""),
        ({"value": {"value": {"value": 12}}}, "12", "12", "", ""),
        ({"price": 12, "priceCurrency": "GBP", "unitText": "HOUR"}, "12", "12", "hour", "GBP"),
        ("£23-25k per annum", "23000", "25000", "year", "GBP"),
        ("between £23,000 and £25,000 a year", "23000", "25000", "year", "GBP"),
        ("£450pw", "450", "450", "week", "GBP"),
        ("£1,200 pcm", "1200", "1200", "month", "GBP"),
        ("£20,000 p.a.", "20000", "20000", "year", "GBP"),
        ("£12.60 per hour plus 12% holiday pay", "12.6", "12.6", "hour", "GBP"),
        ("£11.44 - 37.5 hours a week", "11.44", "11.44", "", "GBP"),
        ("£900 bi-weekly", "900", "900", "", "GBP"),
        ("4 weekly £900", "900", "900", "", "GBP"),
        ("16 hours at £12 and £50 bonus", "12", "12", "", "GBP"),
    ],
)
def test_pay_is_read_in_each_form(value: Any, least: str, most: str, period: str, currency: str) -> None:
    pay = read_pay(value)
    assert (pay.least, pay.most) == (Decimal(least), Decimal(most))
    assert (pay.period, pay.currency) == (period, currency)


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        ("£24,000 pro rata (£14,400 for 22.5 hours)", "24000"),
        ("£12.60 per hour (£15 Sundays)", "12.60"),
        ([quantity(value=12, unitText="HOUR"), quantity(value=24000, unitText="YEAR")], "12"),
        ([12, 14, 16], "12"),
    ],
)
def test_amounts_that_are_no_range_are_not_made_one(value: Any, amount: str) -> None:
    pay = read_pay(value)
    assert pay.least == Decimal(amount)
    assert pay.more
    assert not read_pay("£12 to £14 an hour").more


def test_the_adverts_own_currency_fills_in() -> None:
    assert read_pay(12, "gbp").currency == "GBP"
    assert read_pay(12, ["GBP"]).currency == ""
    assert read_pay(12, "pounds").currency == ""
    assert read_pay(quantity(value=12), "EUR").currency == "GBP"


@pytest.mark.parametrize(
    "value",
    [
        "Competitive",
        "5%",
        "1e5",
        "12-Sep",
        "16 hours",
        None,
        True,
        {},
        [],
        {"value": None},
        {"value": {"value": {"value": {"value": {"value": 1}}}}},
    ],
)
def test_without_an_amount_it_says_so(value: Any) -> None:
    with pytest.raises(NoPay, match="names no amount"):
        read_pay(value)


@pytest.mark.parametrize("value", [0, -5, "-£5", 1e400, float("nan"), "99999999999", "1.2.3"])
def test_an_amount_out_of_range_is_refused(value: Any) -> None:
    with pytest.raises(NoPay, match="zero, below zero or too large"):
        read_pay(value)


@pytest.mark.parametrize(
    ("unit", "period"),
    {
        "HOUR": "hour",
        "Hourly": "hour",
        "HUR": "hour",
        "hr": "hour",
        "per annum": "year",
        "ANN": "year",
        "week": "week",
        "DAILY": "day",
        "month": "month",
        "per week": "week",
        "PIECE": "",
        None: "",
    }.items(),
)
def test_units_in_many_spellings(unit: Any, period: str) -> None:
    assert period_of(unit) == period
