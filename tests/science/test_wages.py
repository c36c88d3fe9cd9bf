"""The legal minimum by age and date."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pacework.science.measures.wages import WageTableError, legal_minimum, wage_table


@pytest.mark.parametrize(
    ("born_on", "day", "expected"),
    [
        (date(1980, 1, 1), date(2019, 4, 1), "8.21"),
        (date(1995, 4, 2), date(2020, 4, 1), "8.20"),  # 24 the day before the birthday
        (date(1995, 4, 1), date(2020, 4, 1), "8.72"),  # 25
        (date(1998, 4, 1), date(2021, 4, 1), "8.91"),  # 23: the adult age fell to 23
        (date(1998, 4, 1), date(2021, 3, 31), "8.20"),
        (date(2000, 1, 1), date(2022, 6, 1), "9.18"),
        (date(1980, 1, 1), date(2024, 3, 31), "10.42"),
        (date(2003, 4, 1), date(2024, 4, 1), "11.44"),  # 21: the adult age fell to 21
        (date(2003, 4, 2), date(2024, 4, 1), "8.60"),
        (date(1980, 1, 1), date(2026, 3, 31), "12.21"),
        (date(1980, 1, 1), date(2026, 4, 1), "12.71"),
        (date(2006, 6, 1), date(2026, 5, 1), "10.85"),
        (date(2009, 6, 1), date(2026, 5, 1), "8.00"),
    ],
)
def test_the_rate_follows_age_and_date(born_on: date, day: date, expected: str) -> None:
    rate = legal_minimum(born_on, day)
    assert rate.amount == Decimal(expected)
    assert rate.certain
    assert rate.verified


def test_the_apprentice_rate_holds_under_19_and_in_the_first_year() -> None:
    day, since = date(2026, 5, 1), date(2025, 5, 2)
    aged_21 = date(2004, 6, 1)  # turned 21 on 1 June 2025
    assert legal_minimum(aged_21, day, since).band == "apprentice"
    assert legal_minimum(aged_21, day + timedelta(days=1), since).band == "21 and over"
    assert legal_minimum(date(2007, 6, 1), day, date(2024, 1, 1)).amount == Decimal("8.00")  # 18
    assert legal_minimum(aged_21, since - timedelta(days=1), since).band == "18 to 20"


def test_without_a_birth_date_the_highest_rate_of_the_day_is_given_as_uncertain() -> None:
    rate = legal_minimum(None, date(2026, 5, 1))
    assert (rate.amount, rate.certain) == (Decimal("12.71"), False)


def test_a_day_past_the_end_of_the_table_is_refused_with_a_clear_sentence() -> None:
    with pytest.raises(WageTableError, match=r"ends on 31 March 2027\. Update it"):
        legal_minimum(date(1980, 1, 1), date(2027, 4, 1))
    assert legal_minimum(date(1980, 1, 1), date(2027, 3, 31)).amount == Decimal("12.71")


def test_a_day_before_the_table_and_a_child_are_refused() -> None:
    with pytest.raises(WageTableError, match="starts on 1 April 2019"):
        legal_minimum(date(1980, 1, 1), date(2019, 3, 31))
    with pytest.raises(WageTableError, match="below the age of 16"):
        legal_minimum(date(2011, 1, 1), date(2026, 5, 1))


def test_the_table_is_complete_and_in_order() -> None:
    table = wage_table()
    effective = [row.effective for row in table.rates]
    assert effective == [date(year, 4, 1) for year in range(2019, 2027)]
    for row in table.rates:
        youngest = [band.youngest for band in row.bands]
        hourly = [band.hourly for band in row.bands]
        assert youngest == sorted(youngest, reverse=True)
        assert hourly == sorted(hourly, reverse=True)
        assert youngest[-1] == table.youngest
        assert row.apprentice <= hourly[-1]
    assert table.source == "GOV.UK National Minimum Wage and National Living Wage rates"
