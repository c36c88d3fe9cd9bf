"""Fidelity scales as versioned data: the caseload item, and a total only when every item is scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

from pacework.science.measures import data
from pacework.science.measures.dates import count_words


@dataclass(frozen=True, slots=True)
class ScaleItem:
    """One item of a fidelity scale, in our own words.

    Attributes
    ----------
    number, section, title
        Place and short name.
    evidence
        What decides it.
    computable
        Whether operational data alone can decide it.
    verified
        Whether the row was checked against its source.
    """

    number: int
    section: str
    title: str
    evidence: str
    computable: bool
    verified: bool


@dataclass(frozen=True, slots=True)
class ScaleBand:
    """A band of the total: from `lowest` up to the next band."""

    name: str
    lowest: int
    verified: bool


@dataclass(frozen=True, slots=True)
class CaseloadEdge:
    """A ratio up to and with `up_to` gets `score`."""

    up_to: int
    score: int


@dataclass(frozen=True, slots=True)
class Scale:
    """A versioned fidelity scale."""

    id: str
    version: str
    title: str
    source: str
    source_url: str
    items_total: int
    highest: int
    caseload_item: int
    caseload_edges: tuple[CaseloadEdge, ...]
    caseload_verified: bool
    bands: tuple[ScaleBand, ...]
    items: tuple[ScaleItem, ...]

    def item(self, number: int) -> ScaleItem:
        """Return one item by its number; KeyError where the scale does not list it."""
        for item in self.items:
            if item.number == number:
                return item
        raise KeyError(number)


@cache
def scale(name: str = "ips-25") -> Scale:
    """Return a shipped scale by name.

    Raises
    ------
    KeyError
        For a name that is not shipped; `scale_names` lists those that are.
    """
    if name not in scale_names():
        raise KeyError(name)
    raw = data.load(f"scales/{name}.toml")
    caseload_raw = raw.pop("caseload")
    bands = tuple(ScaleBand(**band) for band in raw.pop("bands"))
    items = tuple(ScaleItem(**item) for item in raw.pop("items"))
    edges = tuple(CaseloadEdge(**edge) for edge in caseload_raw["edges"])
    return Scale(
        caseload_edges=edges, caseload_verified=caseload_raw["verified"], bands=bands, items=items, **raw
    )


def scale_names() -> list[str]:
    """Return the names of the shipped scales."""
    return data.names("scales")


@dataclass(frozen=True, slots=True)
class CaseloadScore:
    """Score of the caseload item.

    Attributes
    ----------
    active, wte
        Active clients (job search and in work) and whole-time equivalents.
    ratio
        Exact clients per whole-time equivalent; None without any whole-time equivalent.
    score
        1 to 5; None likewise.
    words
        The figure in words.
    scale, version
        Which scale was applied.
    verified
        Whether its edges were checked against the source.
    """

    active: int
    wte: Fraction
    ratio: Fraction | None
    score: int | None
    words: str
    scale: str
    version: str
    verified: bool


def caseload(
    active: int, wte: Decimal | Fraction | float | str, applied: Scale | None = None
) -> CaseloadScore:
    """Return the caseload ratio and its score; the ratio is never rounded before it is scored.

    Parameters
    ----------
    active
        Clients in job search and in work.
    wte
        Whole-time equivalents of the workers, such as ``Decimal("0.6")``. A float is read as it is printed:
        12 clients for 0.6 are exactly 20.
    applied
        The scale; by default the 25-item one: up to 20 → 5, 25 → 4, 30 → 3, 40 → 2, above → 1. 25.5 → 3.

    Raises
    ------
    ValueError
        For a negative number.
    """
    applied = applied or scale()
    posts = Fraction(str(wte))
    if active < 0 or posts < 0:
        raise ValueError("Clients and whole-time equivalents are 0 or more.")
    if posts == 0:
        words = f"{count_words(active, 'client')}, and no working time recorded"
        return CaseloadScore(
            active, posts, None, None, words, applied.id, applied.version, applied.caseload_verified
        )
    ratio = active / posts
    score = next((edge.score for edge in applied.caseload_edges if ratio <= edge.up_to), 1)
    words = f"{float(ratio):.1f} clients per full-time worker ({active:,} ÷ {float(posts):g}), score {score}"
    return CaseloadScore(
        active, posts, ratio, score, words, applied.id, applied.version, applied.caseload_verified
    )


@dataclass(frozen=True, slots=True)
class FidelityTotal:
    """Total of a fidelity review.

    Attributes
    ----------
    total
        Sum of all items; None unless every item is scored. It is never extrapolated.
    band
        Band of the total; None without a total or where the scale has no bands.
    scored, items
        How many items are scored, and how many there are.
    subtotal
        Sum of the scored items.
    words
        Such as "24 of 25 scored".
    """

    total: int | None
    band: ScaleBand | None
    scored: int
    items: int
    subtotal: int
    words: str


def fidelity_total(scores: Mapping[int, int | None], applied: Scale | None = None) -> FidelityTotal:
    """Return the total of a review, only when all items are scored.

    Parameters
    ----------
    scores
        Item number → score from 1 to the highest, or None while it is not scored.
    applied
        The scale; by default the 25-item one.

    Raises
    ------
    ValueError
        For an item number the scale does not have, or a score outside its range.
    """
    applied = applied or scale()
    known = {number: score for number, score in scores.items() if score is not None}
    for number in scores:
        if not 1 <= number <= applied.items_total:
            raise ValueError(f"The scale has no item {number}.")
    for number, score in known.items():
        if not 1 <= score <= applied.highest:
            raise ValueError(f"Item {number} is scored from 1 to {applied.highest}.")
    subtotal = sum(known.values())
    words = f"{len(known)} of {applied.items_total} scored"
    if len(known) < applied.items_total:
        return FidelityTotal(None, None, len(known), applied.items_total, subtotal, words)
    fitting = [band for band in applied.bands if band.lowest <= subtotal]
    band = max(fitting, key=lambda band: band.lowest, default=None)
    words = f"{subtotal} of {applied.items_total * applied.highest}"
    return FidelityTotal(subtotal, band, len(known), applied.items_total, subtotal, words)
