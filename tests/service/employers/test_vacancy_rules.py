"""What a vacancy may say: shifts, hours, pay, postcode."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pacework.service.core.errors import DomainError
from pacework.service.employers import policies


def shift(day: str, start: str, end: str) -> dict[str, str]:
    return {"day": day, "start": start, "end": end}


NIGHT = shift("fri", "22:00", "06:00")


def test_no_shifts_means_not_known():
    assert policies.checked_shifts([]) == []
    assert policies.times_of([]) == ""


def test_shifts_are_kept_from_monday_on_and_nights_go_past_midnight():
    kept = policies.checked_shifts([NIGHT, shift("mon", "13:00", "17:00"), shift("mon", "9:00", "12:00")])
    assert kept == [shift("mon", "09:00", "12:00"), shift("mon", "13:00", "17:00"), NIGHT]
    assert policies.minutes_of(NIGHT) == (22 * 60, 30 * 60)
    assert policies.checked_shifts([shift("tue", "16:00", "00:00")]) == [shift("tue", "16:00", "24:00")]
    assert policies.minutes_of(shift("tue", "16:00", "24:00")) == (16 * 60, 24 * 60)


@pytest.mark.parametrize(
    ("shifts", "words"),
    [
        ([shift("mon", "09:00", "09:00")], "Monday: the shift starts and ends at the same time."),
        ([shift("mon", "08:00", "33:00")], "Monday"),
        ([shift("mon", "24:00", "25:00")], "Monday"),
        ([shift("mon", "nine", "17:00")], "Monday"),
        ([shift("someday", "09:00", "17:00")], "not a day of the week"),
        ([shift("mon", "09:00", "13:00"), shift("mon", "12:00", "17:00")], "Monday overlaps"),
        ([shift("mon", "22:00", "07:00"), shift("tue", "06:00", "10:00")], "Monday overlaps"),
        ([shift("sun", "22:00", "07:00"), shift("mon", "06:00", "10:00")], "Sunday overlaps"),
    ],
)
def test_shifts_that_cannot_be_are_refused_with_their_day(shifts, words):
    with pytest.raises(DomainError, match=words) as refused:
        policies.checked_shifts(shifts)
    assert refused.value.field == "shifts"


def test_a_break_as_long_as_a_shift_is_refused_beside_the_break():
    with pytest.raises(DomainError) as refused:
        policies.checked_shifts([shift("mon", "09:00", "10:00")], break_minutes=60)
    assert refused.value.field == "break_minutes"


def test_hours_are_added_up_without_each_days_break():
    week = [shift("mon", "09:00", "12:00"), shift("mon", "13:00", "17:00"), NIGHT]
    assert policies.hours_of(week) == Decimal("15.0")
    assert policies.hours_of(week, 30) == Decimal("14.0")


@pytest.mark.parametrize(
    ("one", "times"),
    [
        (shift("mon", "09:00", "12:00"), "mornings"),
        (shift("mon", "06:00", "10:00"), "early mornings"),
        (shift("mon", "12:00", "18:00"), "afternoons"),
        (shift("mon", "17:00", "18:01"), "afternoons evenings"),
        (shift("mon", "18:00", "23:00"), "evenings"),
        (NIGHT, "early evenings nights"),
        (shift("mon", "00:00", "05:00"), "nights"),
        (shift("mon", "04:00", "08:00"), "early nights"),
        (shift("sat", "09:00", "12:00"), "mornings weekends"),
        (shift("sun", "20:00", "24:00"), "evenings nights weekends"),
    ],
)
def test_times_of_day_are_those_that_shifts_touch(one, times):
    assert policies.times_of([one]) == times


@pytest.mark.parametrize(
    ("amount", "period", "hours", "an_hour"),
    [
        (None, "hour", None, None),
        ("12.60", "hour", None, "12.60"),
        ("75", "day", None, "10.00"),
        ("300", "week", "20", "15.00"),
        ("300", "week", None, None),
        ("2036.72", "month", None, "12.50"),
        ("24440.63", "year", None, "12.50"),
        ("12", "", None, None),
    ],
)
def test_pay_is_made_comparable_where_it_can_be(amount, period, hours, an_hour):
    found = policies.pay_an_hour(
        Decimal(amount) if amount else None, period, Decimal(hours) if hours else None
    )
    assert found == (Decimal(an_hour) if an_hour else None)


@pytest.mark.parametrize(
    ("least", "most", "period", "field"),
    [
        ("-1", None, "hour", "pay"),
        ("NaN", None, "hour", "pay"),
        ("Infinity", None, "hour", "pay"),
        ("10000001", None, "year", "pay"),
        ("12", "-1", "hour", "pay_to"),
        ("12", "NaN", "hour", "pay_to"),
        (None, "12", "hour", "pay"),
        ("14", "12", "hour", "pay_to"),
        ("12", None, "", "pay_period"),
    ],
)
def test_pay_that_cannot_be_is_refused_beside_its_field(least, most, period, field):
    with pytest.raises(DomainError) as refused:
        policies.check_pay(Decimal(least) if least else None, Decimal(most) if most else None, period)
    assert refused.value.field == field


def test_pay_that_can_be_passes():
    policies.check_pay(None, None, "")
    policies.check_pay(Decimal(12), Decimal(12), "hour")
    policies.check_pay(Decimal("0.01"), None, "week")


@pytest.mark.parametrize(
    ("typed", "outward"),
    [("", ""), ("LS1", "LS1"), ("ls1 4dy", "LS1"), ("EC1A1BB", "EC1A"), ("zz10 9aa", "ZZ10"), (" m1 ", "M1")],
)
def test_a_postcode_is_kept_as_its_first_half(typed, outward):
    assert policies.outward_of(typed) == outward


@pytest.mark.parametrize("typed", ["12345", "LS", "=1+1", "London", "LLS1"])
def test_what_is_no_postcode_is_refused(typed):
    with pytest.raises(DomainError, match="first half"):
        policies.outward_of(typed)


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2025, 5, 1), "12.21"),
        (date(2026, 5, 1), "12.71"),
        (date(2010, 1, 1), None),
        (date(2090, 1, 1), None),
    ],
)
def test_the_legal_minimum_of_a_day_is_that_of_the_oldest(day, amount):
    rate = policies.legal_minimum_on(day)
    assert (rate and rate.amount) == (amount and Decimal(amount))
    assert rate is None or rate.band == "21 and over"
