"""Counts and proportions that show their working: rows above, below and missing, rule and version."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pacework.science.measures.dates import count_words
from pacework.science.measures.intervals import Interval, wilson
from pacework.science.measures.rows import RowId


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people or jobs.

    Attributes
    ----------
    rows
        Ids of the records counted, each once.
    missing_rows
        Ids of the records that could not be judged.
    rule, version
        Which definition produced it.
    """

    rows: tuple[RowId, ...]
    missing_rows: tuple[RowId, ...]
    rule: str
    version: str

    @property
    def value(self) -> int:
        """How many were counted."""
        return len(self.rows)

    @property
    def missing(self) -> int:
        """How many could not be judged."""
        return len(self.missing_rows)


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share with its working.

    Attributes
    ----------
    numerator_rows, denominator_rows, missing_rows
        Ids of the records above the line, below it, and of those that could not be judged.
    rule, version
        Which definition produced it.
    note
        A limit of this figure that has to stand beside it, in words; may be empty.
    """

    numerator_rows: tuple[RowId, ...]
    denominator_rows: tuple[RowId, ...]
    missing_rows: tuple[RowId, ...]
    rule: str
    version: str
    note: str = ""

    @property
    def numerator(self) -> int:
        """How many are above the line."""
        return len(self.numerator_rows)

    @property
    def denominator(self) -> int:
        """How many are below the line."""
        return len(self.denominator_rows)

    @property
    def missing(self) -> int:
        """How many could not be judged and are in neither."""
        return len(self.missing_rows)

    @property
    def share(self) -> Fraction | None:
        """Exact numerator over denominator; None when there is nobody below the line."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def nested(self) -> bool:
        """Whether everybody above the line is also below it: without that it is a ratio of two flows."""
        return set(self.numerator_rows) <= set(self.denominator_rows)

    @property
    def interval(self) -> Interval | None:
        """Wilson 95 % interval; None without a denominator or for a ratio of two flows."""
        if not self.denominator or not self.nested:
            return None
        return wilson(self.numerator, self.denominator)

    @property
    def words(self) -> str:
        """The figure in words, such as "12 of 30 people (40.0 %), 2 not known"."""
        percent = "" if self.share is None else f" ({float(self.share) * 100:.1f} %)"
        missing = f", {self.missing:,} not known" if self.missing else ""
        return f"{self.numerator:,} of {count_words(self.denominator, 'person', 'people')}{percent}{missing}"
