"""The legal minimum hourly pay for an age and a date, from a shipped table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from pacework.science.measures import data
from pacework.science.measures.dates import add_months, age_on, day_words


class WageTableError(ValueError):
    """The table has no rate for the day or the age asked for. The message is fit for a screen."""


@dataclass(frozen=True, slots=True)
class LegalRate:
    """One legal minimum.

    Attributes
    ----------
    amount
        Pounds an hour.
    band
        The age band or "apprentice", in words.
    certain
        False when the birth date is not known: then `amount` is the highest rate of the day, so pay at or
        above it is lawful at any age, while pay below it proves nothing.
    verified
        Whether the figure was checked against its source.
    """

    amount: Decimal
    band: str = ""
    certain: bool = True
    verified: bool = True


LegalMinimum = Callable[[date, date | None], LegalRate]
"""(day, start of an apprenticeship or None) -> the legal minimum for one person on that day."""


@dataclass(frozen=True, slots=True)
class Band:
    """An age band of a year's rates: from `youngest` up to the next band, `hourly` in pounds."""

    name: str
    youngest: int
    hourly: Decimal


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates that took effect on one day, bands oldest first."""

    effective: date
    bands: tuple[Band, ...]
    apprentice: Decimal
    verified: bool


@dataclass(frozen=True, slots=True)
class WageTable:
    """Legal minimum pay by age and date.

    Attributes
    ----------
    rates
        Oldest first.
    expires
        The last day the table can answer for.
    youngest
        Below this age there is no legal minimum.
    version, source, source_url
        What the table is and where it comes from.
    """

    rates: tuple[Rates, ...]
    expires: date
    youngest: int
    version: str
    source: str
    source_url: str

    def on(self, day: date, born_on: date | None, apprentice_since: date | None = None) -> LegalRate:
        """Return the legal minimum of one person on one day.

        Parameters
        ----------
        day
            The day the rate is wanted for.
        born_on
            Birth date, or None where it is not known.
        apprentice_since
            Start of an apprenticeship. Its lower rate holds under 19 and, from 19, in the first twelve
            months.

        Returns
        -------
        LegalRate
            Pounds an hour with the band that applied.

        Raises
        ------
        WageTableError
            Before the first or after the last day of the table, and below school leaving age.
        """
        rates = self._rates(day)
        if born_on is None:
            return LegalRate(rates.bands[0].hourly, "age not known", False, rates.verified)
        age = age_on(born_on, day)
        if age < self.youngest:
            raise WageTableError(f"There is no legal minimum wage below the age of {self.youngest}.")
        if apprentice_since is not None and _is_apprentice_rate(age, day, apprentice_since):
            return LegalRate(rates.apprentice, "apprentice", True, rates.verified)
        band = next(band for band in rates.bands if age >= band.youngest)
        return LegalRate(band.hourly, band.name, True, rates.verified)

    def for_person(self, born_on: date | None) -> LegalMinimum:
        """Return the legal minimum of one person as a function of the day and an apprenticeship start."""
        return lambda day, apprentice_since: self.on(day, born_on, apprentice_since)

    def _rates(self, day: date) -> Rates:
        if day > self.expires:
            raise WageTableError(
                f"The minimum wage table ends on {day_words(self.expires)}. Update it before using it for "
                f"{day_words(day)}."
            )
        if day < self.rates[0].effective:
            raise WageTableError(f"The minimum wage table starts on {day_words(self.rates[0].effective)}.")
        return max((row for row in self.rates if row.effective <= day), key=lambda row: row.effective)


def _is_apprentice_rate(age: int, day: date, since: date) -> bool:
    return since <= day and (age < 19 or day < add_months(since, 12))


@cache
def wage_table() -> WageTable:
    """Return the shipped table of the UK National Minimum Wage and National Living Wage.

    Source: GOV.UK, National Minimum Wage and National Living Wage rates.
    """
    raw = data.load("minimum_wage.toml")
    rates = tuple(
        Rates(
            effective=row["from"],
            bands=tuple(Band(b["name"], b["youngest"], Decimal(b["hourly"])) for b in row["bands"]),
            apprentice=Decimal(row["apprentice"]),
            verified=row["verified"],
        )
        for row in raw["rates"]
    )
    return WageTable(rates, raw["expires"], raw["youngest"], raw["version"], raw["source"], raw["source_url"])


def legal_minimum(born_on: date | None, day: date, apprentice_since: date | None = None) -> LegalRate:
    """Return the legal minimum pay of one person on one day from the shipped table; see `WageTable.on`."""
    return wage_table().on(day, born_on, apprentice_since)
