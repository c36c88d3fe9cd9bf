"""When in-work contacts are due."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest

from pacework.science.measures.rules import (
    ContactDue,
    ContactRow,
    DueKind,
    DueState,
    cadence,
    in_work_contacts_due,
)

START = date(2026, 3, 2)
DAY = timedelta(days=1)


def on(*days: int, **more: object) -> list[ContactRow]:
    return [ContactRow(on=START + n * DAY, **more) for n in days]


def due(
    today: int, contacts: Sequence[ContactRow] = (), end: int | None = None, **more: object
) -> list[ContactDue]:
    ended = None if end is None else START + end * DAY
    return in_work_contacts_due(START, ended, None, contacts, START + today * DAY, **more)


def of(kind: DueKind, rows: list[ContactDue]) -> list[ContactDue]:
    return [row for row in rows if row.kind is kind]


def test_one_contact_is_due_in_the_week_before_a_planned_start() -> None:
    today = START - 3 * DAY
    (row,) = in_work_contacts_due(None, None, START, [], today)
    assert (row.kind, row.from_day, row.due_on) == (DueKind.BEFORE_START, START - 7 * DAY, START - DAY)
    assert row.state is DueState.UPCOMING
    assert row.words == "due by 1 March 2026"
    (done,) = in_work_contacts_due(None, None, START, on(-7), today)
    assert (done.state, done.done_on) == (DueState.DONE, START - 7 * DAY)
    (early,) = in_work_contacts_due(None, None, START, on(-8), today)
    assert early.state is DueState.UPCOMING


def test_nothing_is_due_without_a_start() -> None:
    assert in_work_contacts_due(None, None, None, [], START) == []


def test_after_the_start_come_three_days_four_weeks_and_then_months() -> None:
    rows = due(0)
    spans = [(r.kind, (r.from_day - START).days, (r.due_on - START).days) for r in rows]
    assert spans == [
        (DueKind.BEFORE_START, -7, -1),
        (DueKind.AFTER_START, 0, 3),
        (DueKind.WEEKLY, 0, 6),
        (DueKind.WEEKLY, 7, 13),
        (DueKind.WEEKLY, 14, 20),
        (DueKind.WEEKLY, 21, 27),
        (DueKind.MONTHLY, 28, 60),  # 30 March to 1 May
    ]


def test_monthly_contacts_go_on_without_a_time_limit_and_without_a_hole() -> None:
    rows = of(DueKind.MONTHLY, due(800))
    assert rows[1].from_day == date(2026, 5, 2)
    assert rows[1].due_on == date(2026, 6, 1)
    assert all(a.due_on + DAY == b.from_day for a, b in pairwise(rows))
    assert rows[-1].from_day <= START + 800 * DAY <= rows[-1].due_on


@pytest.mark.parametrize(
    ("contact", "today", "state"),
    [
        (None, 3, DueState.UPCOMING),
        (None, 4, DueState.LATE),
        (0, 4, DueState.DONE),
        (3, 4, DueState.DONE),
        (4, 4, DueState.MISSED),
        (-1, 4, DueState.LATE),
    ],
)
def test_the_contact_after_the_start_has_three_days(contact: int | None, today: int, state: DueState) -> None:
    rows = due(today, [] if contact is None else on(contact))
    assert of(DueKind.AFTER_START, rows)[0].state is state


def test_one_contact_can_serve_the_start_and_the_first_week() -> None:
    rows = due(10, on(2))
    assert of(DueKind.AFTER_START, rows)[0].done_on == START + 2 * DAY
    assert of(DueKind.WEEKLY, rows)[0].done_on == START + 2 * DAY
    assert of(DueKind.WEEKLY, rows)[1].state is DueState.UPCOMING


def test_a_contact_that_did_not_take_place_or_lies_ahead_serves_nothing() -> None:
    assert of(DueKind.AFTER_START, due(1, on(0, reached=False)))[0].state is DueState.UPCOMING
    assert of(DueKind.AFTER_START, due(1, on(3)))[0].state is DueState.UPCOMING


def test_a_done_contact_says_whether_it_was_face_to_face() -> None:
    by_phone = of(DueKind.AFTER_START, due(5, on(1, face_to_face=False)))[0]
    assert (by_phone.state, by_phone.face_to_face) == (DueState.DONE, False)
    both = of(DueKind.AFTER_START, due(5, on(1, face_to_face=False) + on(2)))[0]
    assert (both.done_on, both.face_to_face) == (START + DAY, True)


def test_a_late_contact_becomes_missed_once_somebody_has_been_in_touch() -> None:
    assert of(DueKind.WEEKLY, due(8))[0].state is DueState.LATE
    missed = of(DueKind.WEEKLY, due(8, on(7)))[0]
    assert missed.state is DueState.MISSED
    assert missed.words == "was due by 8 March 2026; the next contact came later"


def test_after_a_job_end_one_contact_is_due_within_three_days_and_the_rest_stops() -> None:
    rows = due(12, on(1), end=10)
    assert [r.kind for r in rows] == [
        DueKind.BEFORE_START,
        DueKind.AFTER_START,
        DueKind.WEEKLY,
        DueKind.AFTER_END,
    ]
    assert (rows[-1].from_day, rows[-1].due_on) == (START + 10 * DAY, START + 13 * DAY)
    assert rows[-1].state is DueState.UPCOMING
    assert of(DueKind.AFTER_END, due(14, on(1), end=10))[0].state is DueState.LATE
    assert of(DueKind.AFTER_END, due(14, on(1, 13), end=10))[0].state is DueState.DONE


def test_a_week_cut_short_by_the_end_counts_where_it_was_done() -> None:
    weekly = of(DueKind.WEEKLY, due(20, on(8), end=10))
    assert [(w.done_on, w.due_on) for w in weekly][-1] == (START + 8 * DAY, START + 10 * DAY)


def test_a_week_that_ends_with_the_job_is_replaced_by_the_contact_after_the_end() -> None:
    rows = due(14, on(1), end=13)
    assert [r.due_on for r in of(DueKind.WEEKLY, rows)] == [START + 6 * DAY]
    assert of(DueKind.AFTER_END, rows)[0].from_day == START + 13 * DAY


def test_the_days_after_an_end_run_from_hearing_of_it() -> None:
    row = of(DueKind.AFTER_END, due(15, end=10, heard_of_end_on=START + 14 * DAY))[0]
    assert (row.due_on, row.state) == (START + 17 * DAY, DueState.UPCOMING)
    early = of(DueKind.AFTER_END, due(15, end=10, heard_of_end_on=START + 5 * DAY))[0]
    assert early.due_on == START + 13 * DAY


def test_what_was_due_before_support_began_is_left_out() -> None:
    rows = due(40, supported_from=START + 20 * DAY)
    assert [r.kind for r in rows] == [DueKind.WEEKLY, DueKind.WEEKLY, DueKind.MONTHLY]


def test_the_cadence_is_data_and_every_kind_has_a_label() -> None:
    rhythm = cadence()
    assert (rhythm.days_before_start, rhythm.days_after_start, rhythm.days_after_end) == (7, 3, 3)
    assert not rhythm.verified
    assert all(kind.label for kind in DueKind)
