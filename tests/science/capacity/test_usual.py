"""What a stretch of a diary was like."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pacework.science.capacity.usual import usual

FIRST = date(2026, 1, 5)


def days(*values: float) -> list[tuple[date, float]]:
    return [(FIRST + timedelta(days=number), value) for number, value in enumerate(values)]


def test_the_middle_the_range_and_the_movement_of_a_diary() -> None:
    found = usual(days(*range(11)))
    assert found is not None
    assert (found.days, found.middle, found.low, found.high, found.moves) == (11, 5, 1, 9, 1)
    assert not found.enough


def test_a_constant_diary_has_no_range_and_does_not_move() -> None:
    found = usual(days(*[5] * 14))
    assert found is not None
    assert (found.low, found.middle, found.high, found.moves) == (5, 5, 5, 0)
    assert found.enough


def test_days_that_do_not_follow_each_other_say_nothing_about_movement() -> None:
    found = usual([(FIRST, 2.0), (FIRST + timedelta(days=2), 8.0)])
    assert found is not None
    assert found.moves is None


def test_the_order_of_the_days_does_not_matter() -> None:
    rows = days(1, 5, 2, 8)
    assert usual(reversed(rows)) == usual(rows)


def test_no_days_have_nothing_usual() -> None:
    assert usual([]) is None


@pytest.mark.parametrize("wrong", [11, -1, float("inf")])
def test_a_rating_outside_the_scale_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="between"):
        usual(days(5, wrong))
