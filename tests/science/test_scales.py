"""Fidelity scales: the caseload item and the total."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacework.science.measures.rules import caseload, fidelity_total, scale, scale_names


@pytest.mark.parametrize(
    ("active", "wte", "score"),
    [
        (20, 1, 5),
        (61, 3, 4),  # 20.3
        (203, 10, 4),
        (21, 1, 4),
        (25, 1, 4),
        (51, 2, 3),  # 25.5
        (26, 1, 3),
        (30, 1, 3),
        (61, 2, 2),  # 30.5
        (31, 1, 2),
        (40, 1, 2),
        (81, 2, 1),  # 40.5
        (41, 1, 1),
        (0, 1, 5),
        (12, Decimal("0.6"), 5),
        (12, 0.6, 5),
        (13, "0.6", 4),
    ],
)
def test_the_caseload_is_scored_without_rounding(active: int, wte: object, score: int) -> None:
    result = caseload(active, wte)
    assert result.score == score
    assert (result.scale, result.verified) == ("ips-25", True)


@pytest.mark.parametrize(
    ("active", "score"), [(25, 5), (26, 4), (40, 4), (41, 3), (60, 3), (61, 2), (80, 2), (81, 1)]
)
def test_the_older_scale_has_other_edges(active: int, score: int) -> None:
    assert caseload(active, 1, scale("ips-15")).score == score


def test_a_caseload_says_its_working() -> None:
    result = caseload(51, 2)
    assert result.ratio == Fraction(51, 2)
    assert result.words == "25.5 clients per full-time worker (51 ÷ 2), score 3"


def test_without_working_time_there_is_no_score() -> None:
    result = caseload(4, 0)
    assert (result.ratio, result.score) == (None, None)
    assert result.words == "4 clients, and no working time recorded"


@pytest.mark.parametrize(("active", "wte"), [(-1, 1), (1, -1)])
def test_negative_numbers_are_refused(active: int, wte: int) -> None:
    with pytest.raises(ValueError, match="0 or more"):
        caseload(active, wte)


@pytest.mark.parametrize(
    ("each", "total", "band"),
    [(5, 125, "Exemplary"), (1, 25, "Not IPS supported employment"), (4, 100, "Good")],
)
def test_the_total_is_given_when_all_items_are_scored(each: int, total: int, band: str) -> None:
    result = fidelity_total(dict.fromkeys(range(1, 26), each))
    assert (result.total, result.band.name, result.words) == (total, band, f"{total} of 125")


def test_the_fair_band_begins_at_74_and_is_verified() -> None:
    scores = dict.fromkeys(range(1, 26), 3)
    assert fidelity_total({**scores, 1: 2}).band.name == "Fair"
    assert fidelity_total({**scores, 1: 2}).band.verified
    assert fidelity_total({**scores, 1: 1}).band.name == "Not IPS supported employment"


@given(st.dictionaries(st.integers(1, 25), st.none() | st.integers(1, 5)))
def test_a_missing_item_leaves_no_total(scores: dict[int, int | None]) -> None:
    result = fidelity_total(scores)
    scored = [s for s in scores.values() if s is not None]
    if len(scored) == 25:
        assert result.total == sum(scored)
    else:
        assert (result.total, result.band, result.words) == (None, None, f"{len(scored)} of 25 scored")
        assert result.subtotal == sum(scored)


@pytest.mark.parametrize("scores", [{0: 3}, {26: None}, {1: 0}, {1: 6}])
def test_items_and_scores_outside_the_scale_are_refused(scores: dict[int, int | None]) -> None:
    with pytest.raises(ValueError, match=r"[Ii]tem"):
        fidelity_total(scores)


def test_the_25_item_scale_lists_its_items_and_marks_what_is_not_verified() -> None:
    ips = scale()
    assert [item.number for item in ips.items] == list(range(1, 26))
    assert [item.number for item in ips.items if item.verified] == [1, 2]
    assert sum(item.computable for item in ips.items) == 11
    assert ips.item(15).title == "Rapid job search"
    sections = [item.section for item in ips.items]
    assert [sections.count(s) for s in ("staffing", "organisation", "services")] == [3, 8, 14]


def test_a_scale_that_is_not_shipped_and_an_item_it_does_not_list_are_refused() -> None:
    assert scale_names() == ["ips-15", "ips-25"]
    with pytest.raises(KeyError):
        scale("ips-99")
    with pytest.raises(KeyError):
        scale("ips-15").item(2)
