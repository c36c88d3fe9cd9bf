"""Vacancies as columns, made ready once so that many people's limits can be asked of them quickly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class ShortlistError(ValueError):
    """Columns, limits or preferences that cannot be; the sentence is fit for the screen.

    Attributes
    ----------
    field
        The column, limit or preference at fault.
    """

    def __init__(self, words: str, *, field: str) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """A column of words.

    Attributes
    ----------
    codes
        Which label each vacancy has, shape (vacancies,); -1 where it is not known.
    labels
        The labels.
    """

    codes: Integers
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Vacancies:
    """Vacancies as columns; made by `vacancies`.

    Attributes
    ----------
    count
        How many.
    columns
        Numbers and yes/no columns as floats, shape (vacancies,), NaN where not known; words as `Texts`. A
        column that is not known for any vacancy is left out.
    """

    count: int
    columns: Mapping[str, Floats | Texts]

    def numbers(self, name: str) -> Floats | None:
        """Return a column of numbers; None where there is no such column."""
        column = self.columns.get(name)
        if isinstance(column, Texts):
            raise ShortlistError(f"“{name}” holds words, not numbers.", field=name)
        return column


def vacancies(columns: Mapping[str, Any] | Vacancies) -> Vacancies:
    """Return columns made ready for `shortlist.shortlist`.

    Parameters
    ----------
    columns
        Name to one value for each vacancy: numbers (NaN or None: not known), yes/no (None: not known) or
        texts (empty or None: not known). Known names are ``travel`` (minutes one way), ``hours`` (a week) and
        ``pay`` (pounds an hour); others are up to the caller.

    Raises
    ------
    ShortlistError
        For columns of different lengths, or none.
    """
    if isinstance(columns, Vacancies):
        return columns
    ready = {name: _column(values, name) for name, values in columns.items()}
    lengths = {len(one.codes) if isinstance(one, Texts) else len(one) for one in ready.values()}
    if not lengths:
        raise ShortlistError("Vacancies need at least one column.", field="vacancies")
    if len(lengths) > 1:
        raise ShortlistError("All columns have one value for each vacancy.", field="vacancies")
    # A column that says nothing about any vacancy is neither numbers nor words.
    said = {name: one for name, one in ready.items() if _says_something(one)}
    return Vacancies(lengths.pop(), said)


def _says_something(column: Floats | Texts) -> bool:
    return bool(column.labels) if isinstance(column, Texts) else not np.isnan(column).all()


def _column(values: Any, name: str) -> Floats | Texts:
    array = np.asarray(values)
    if array.ndim != 1:
        raise ShortlistError(f"“{name}” has one value for each vacancy.", field=name)
    if array.dtype.kind in "biuf":
        return array.astype(np.float64)
    known = [value for value in array.tolist() if value is not None]
    if all(isinstance(value, bool | int | float) for value in known):
        return array.astype(np.float64)
    texts = np.array(["" if value is None else str(value) for value in array.tolist()])
    labels, codes = np.unique(texts, return_inverse=True)
    codes = codes.astype(np.int64)
    if len(labels) and labels[0] == "":
        return Texts(codes - 1, tuple(labels[1:].tolist()))
    return Texts(codes, tuple(labels.tolist()))
