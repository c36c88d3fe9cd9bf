"""Time standards and the state of their clocks."""

from datetime import date, timedelta

import pytest

from pacework.science.measures.rules import ClockState, Standard, standard_state, standards

FRIDAY = date(2026, 12, 18)
DAY = timedelta(days=1)
HOLIDAYS = frozenset({date(2026, 12, 25), date(2026, 12, 28)})


def standard(limit: int, unit: str) -> Standard:
    return Standard("s", "Step", "start", "stop", limit, unit, "source", True)


@pytest.mark.parametrize(
    ("stopped", "today", "state", "left", "words"),
    [
        (None, 0, ClockState.RUNNING, 30, "30 days left, due by 17 January 2027"),
        (None, 30, ClockState.RUNNING, 0, "0 days left, due by 17 January 2027"),
        (None, 31, ClockState.OVERDUE, -1, "was due by 17 January 2027, 1 day ago"),
        (30, 40, ClockState.MET, 0, "done on 17 January 2027, in time"),
        (31, 40, ClockState.MISSED, -1, "done on 18 January 2027, 1 day late"),
        (35, 10, ClockState.RUNNING, 20, "20 days left, due by 17 January 2027"),
    ],
)
def test_a_clock_of_calendar_days(
    stopped: int | None, today: int, state: ClockState, left: int, words: str
) -> None:
    found = standard_state(
        standard(30, "calendar days"),
        FRIDAY,
        None if stopped is None else FRIDAY + stopped * DAY,
        FRIDAY + today * DAY,
    )
    assert (found.state, found.days_left, found.words) == (state, left, words)


def test_a_clock_of_working_days_leaves_out_weekends_and_holidays() -> None:
    five = standard(5, "working days")
    assert standard_state(five, FRIDAY, None, FRIDAY).due_on == date(2026, 12, 25)
    found = standard_state(five, FRIDAY, None, FRIDAY + 4 * DAY, HOLIDAYS)
    assert (found.due_on, found.days_left) == (date(2026, 12, 29), 3)
    assert found.words == "3 working days left, due by 29 December 2026"
    assert standard_state(five, FRIDAY, None, date(2026, 12, 31), HOLIDAYS).days_left == -2


def test_a_step_done_on_the_weekend_after_the_limit_is_late() -> None:
    one = standard(1, "working days")
    thursday = FRIDAY - DAY
    found = standard_state(one, thursday, FRIDAY + DAY, FRIDAY + 9 * DAY)
    assert (found.state, found.days_left) == (ClockState.MISSED, 0)


def test_the_shipped_standards_name_their_source_and_what_is_verified() -> None:
    shipped = standards()
    assert shipped["initial-meeting"].limit == 15
    assert shipped["initial-meeting"].unit == "working days"
    assert not shipped["contact-after-job-end"].verified
    assert all(s.source and s.clock_start and s.clock_stop and s.limit > 0 for s in shipped.values())
    assert all(state.label for state in ClockState)


def test_a_standard_in_another_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="calendar days or working days"):
        standard(3, "moons")
