"""A shortlist: limits exactly, then preferences, then travel; what is not known hides nothing."""

from __future__ import annotations

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacework.science.capacity import Limits, Preference, ShortlistError, shortlist, vacancies
from pacework.science.capacity.shortlist import State

COLUMNS = {
    "travel": [20, nan, 60, 10, 30],
    "hours": [16, 12, 16, nan, 40],
    "pay": [13.0, 12.5, 20.0, nan, 13.0],
    "nights": [False, None, True, False, False],
    "kind": ["shop", "garden", "", None, "shop"],
}


def test_every_limit_is_exact_and_what_is_not_known_passes() -> None:
    found = shortlist(COLUMNS, Limits(travel=30, hours=(12, 39), pay=12.5, must_not=["nights"]))
    assert found.positions == (3, 0, 1)
    assert found.travel == (10, 20, None)
    assert (found.total, found.of, found.next_offset) == (3, 5, None)
    assert found.ruled_out == {"travel": 1, "hours": 1, "pay": 0, "nights": 1}
    assert found.summary == "3 of 5 vacancies are within the limits."
    assert shortlist(COLUMNS, Limits(travel=29.9)).positions == (3, 0, 1)
    assert shortlist(COLUMNS, Limits(hours=(None, 16))).positions == (3, 0, 2, 1)


def test_order_is_preferences_met_then_travel_then_place() -> None:
    wants = [Preference("kind", {"garden", "farm"}, "work outdoors"), Preference("pay", (12, None))]
    found = shortlist(COLUMNS, preferences=wants)
    assert found.positions == (1, 0, 4, 2, 3)
    assert found.met == (2, 1, 1, 1, 0)
    assert [reason.words for reason in found.reasons[0]] == ["work outdoors: met", "pay: met"]
    assert [reason.state for reason in found.reasons[1]] == [State.NOT_MET, State.MET]
    assert [reason.words for reason in found.reasons[4]] == ["work outdoors: not known", "pay: not known"]
    same = shortlist({"pay": [1, 2, 3]})
    assert same.positions == (0, 1, 2)
    assert same.travel == (None, None, None)


def test_yes_and_no_can_both_be_wanted_and_a_column_that_is_not_there_is_not_known() -> None:
    yes, no, gone = Preference("nights", True), Preference("nights", False), Preference("garden", True)
    found = shortlist(COLUMNS, preferences=[no, gone])
    assert found.positions == (3, 0, 4, 2, 1)
    assert found.reasons[0][1].state is State.UNKNOWN
    assert shortlist(COLUMNS, preferences=[yes]).positions[0] == 2
    assert shortlist({"pay": [9.0]}, Limits(20, (1, 2), 3, ["nights"])).total == 1


def test_a_column_that_says_nothing_is_no_column() -> None:
    table = vacancies({"kind": [None, None], "place": ["", ""], "pay": [nan, nan]})
    assert (table.count, dict(table.columns)) == (2, {})
    found = shortlist(table, Limits(pay=9), [Preference("kind", ["a"]), Preference("pay", (1, 2))])
    assert found.total == 2
    assert {reason.state for row in found.reasons for reason in row} == {State.UNKNOWN}


def test_pages_follow_each_other_without_gaps() -> None:
    table = vacancies({"travel": np.random.default_rng(1).integers(0, 9, 95)})
    assert vacancies(table) is table
    whole = shortlist(table, n=200).positions
    seen, offset = [], 0
    while offset is not None:
        page = shortlist(table, n=20, offset=offset)
        assert page.offset == offset
        seen += page.positions
        offset = page.next_offset
    assert tuple(seen) == whole
    beyond = shortlist(table, offset=100)
    assert (beyond.positions, beyond.total, beyond.next_offset) == ((), 95, None)


numbers = st.one_of(st.just(nan), st.integers(0, 6).map(float))


@given(
    st.lists(
        st.tuples(
            numbers,
            numbers,
            numbers,
            st.sampled_from([True, False, None]),
            st.sampled_from(["a", "b", "", None]),
        ),
        max_size=30,
    ),
    st.none() | st.integers(0, 6),
    st.integers(1, 5),
    st.integers(0, 5),
)
def test_it_equals_a_plain_filter_and_sort(rows: list, most: int | None, n: int, offset: int) -> None:
    columns = dict(
        zip(("travel", "hours", "pay", "nights", "kind"), zip(*rows, strict=True), strict=True)
        if rows
        else {"travel": (), "hours": ()}.items()
    )
    limits = Limits(most, (1, 5), 2, ["nights"])
    wants = [Preference("kind", ["a"]), Preference("nights", False), Preference("hours", (None, 3))]
    passing = []
    for place, (travel, hours, pay, nights, kind) in enumerate(rows):
        if most is not None and travel > most:
            continue
        if hours < 1 or hours > 5 or pay < 2 or nights:
            continue
        met = (kind == "a") + (nights is False) + (hours <= 3)
        passing.append((-met, isnan(travel), 0 if isnan(travel) else travel, place))
    found = shortlist(columns, limits, wants, n, offset=offset)
    expected = sorted(passing)[offset : offset + n]
    assert found.positions == tuple(row[-1] for row in expected)
    assert found.met == tuple(-row[0] for row in expected)
    assert found.total == len(passing)


def test_an_endless_way_comes_after_every_other() -> None:
    assert shortlist({"travel": [np.inf, nan, 5, -3]}).positions == (3, 2, 0, 1)


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({"vacancy_columns": {}}, "vacancies"),
        ({"vacancy_columns": {"pay": [1], "travel": [1, 2]}}, "vacancies"),
        ({"vacancy_columns": {"pay": [[1]]}}, "pay"),
        ({"vacancy_columns": {"travel": ["far"]}}, "travel"),
        ({"vacancy_columns": {"pay": [1]}, "n": 0}, "n"),
        ({"vacancy_columns": {"pay": [1]}, "offset": -1}, "n"),
        ({"vacancy_columns": {"pay": [1]}, "preferences": [Preference("pay", True)] * 61}, "preferences"),
        ({"vacancy_columns": {"kind": ["a"]}, "preferences": [Preference("kind", "a")]}, "kind"),
        ({"vacancy_columns": {"kind": ["a"]}, "preferences": [Preference("kind", True)]}, "kind"),
        ({"vacancy_columns": {"pay": [1]}, "preferences": [Preference("pay", 3)]}, "pay"),
        ({"vacancy_columns": {"pay": [1]}, "preferences": [Preference("pay", (1, "x"))]}, "pay"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(arguments: dict, field: str) -> None:
    with pytest.raises(ShortlistError) as caught:
        shortlist(**arguments)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({"travel": -1}, "travel"),
        ({"travel": nan}, "travel"),
        ({"travel": "30"}, "travel"),
        ({"hours": 16}, "hours"),
        ({"hours": (20, 10)}, "hours"),
        ({"hours": (None, -1)}, "hours"),
        ({"pay": -0.1}, "pay"),
        ({"must_not": "nights"}, "must_not"),
    ],
)
def test_limits_that_cannot_be_are_refused(arguments: dict, field: str) -> None:
    with pytest.raises(ShortlistError) as caught:
        Limits(**arguments)
    assert caught.value.field == field
