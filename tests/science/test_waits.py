"""Waiting times, first contacts, preparation, time to first job and continuity."""

from datetime import date, timedelta

import pytest

from pacework.science.measures.rules import (
    ContactRow,
    Entrant,
    JobSpell,
    WaitBand,
    continuity,
    first_direct_contact,
    on_access_caseload,
    placement_question_due,
    preparing_length,
    rapid_search,
    time_to_first_job,
    wait,
    wait_band,
)

ENTRY = date(2026, 1, 12)
TODAY = date(2026, 3, 11)
DAY = timedelta(days=1)


def test_rapid_search_counts_to_the_first_face_to_face_employer_contact() -> None:
    contacts = [
        ContactRow(on=ENTRY + 40 * DAY),
        ContactRow(on=ENTRY + 20 * DAY),
        ContactRow(on=ENTRY + 5 * DAY, face_to_face=False),
        ContactRow(on=ENTRY + 6 * DAY, reached=False),
        ContactRow(on=ENTRY - DAY),
    ]
    result = rapid_search(ENTRY, contacts, TODAY)
    assert (result.days, result.waiting, result.words) == (20, False, "20 days")


def test_without_an_employer_contact_the_client_is_shown_as_waiting() -> None:
    future = [ContactRow(on=TODAY + DAY)]
    result = rapid_search(ENTRY, future, TODAY)
    assert (result.days, result.waiting, result.ended_on, result.words) == (58, True, None, "waiting 58 days")


def test_a_wait_that_begins_tomorrow_is_no_negative_wait() -> None:
    assert wait(TODAY + DAY, None, TODAY).days == 0
    assert wait(ENTRY, ENTRY + DAY, TODAY).words == "1 day"


def test_the_first_direct_contact_is_with_the_client_after_the_referral() -> None:
    contacts = [
        ContactRow(on=ENTRY - DAY),
        ContactRow(on=ENTRY + DAY, direct=False),
        ContactRow(on=ENTRY + 2 * DAY, reached=False),
        ContactRow(on=ENTRY + 9 * DAY),
        ContactRow(on=ENTRY + 3 * DAY, face_to_face=False),
    ]
    assert first_direct_contact(contacts, ENTRY) == ENTRY + 3 * DAY
    assert first_direct_contact([], ENTRY) is None


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (0, WaitBand.WEEK),
        (7, WaitBand.WEEK),
        (8, WaitBand.MONTH),
        (30, WaitBand.MONTH),
        (31, WaitBand.LONGER),
    ],
)
def test_wait_bands_end_at_7_and_30_days(days: int, band: WaitBand) -> None:
    assert wait_band(days) is band
    assert "days" in band.label


def test_a_negative_wait_has_no_band() -> None:
    with pytest.raises(ValueError, match="before the referral"):
        wait_band(-1)


@pytest.mark.parametrize(
    ("first", "closed", "expected"),
    [
        (ENTRY, None, True),
        (None, None, False),
        (TODAY + DAY, None, False),
        (ENTRY, TODAY, False),
        (ENTRY, TODAY + DAY, True),
        (TODAY, None, True),
    ],
)
def test_the_access_caseload_needs_a_direct_contact_and_no_discharge(
    first: date | None, closed: date | None, expected: bool
) -> None:
    assert on_access_caseload(first, closed, TODAY) is expected


def entrant(number: int, **more: object) -> Entrant:
    given = {"profile_started_on": ENTRY, "in_work_at_entry": False}
    return Entrant(id=number, **{**given, **more})


def test_time_to_first_job_censors_people_still_searching_and_drops_none() -> None:
    people = [
        entrant(1),
        entrant(2),
        entrant(3, closed_on=ENTRY + 30 * DAY),
        entrant(4, closed_on=TODAY + DAY),
        entrant(5, in_work_at_entry=True),
        entrant(6, in_work_at_entry=None),
        entrant(7, profile_started_on=None),
        entrant(8, profile_started_on=TODAY + DAY),
        entrant(9),
    ]
    started = ENTRY + 10 * DAY
    jobs = [
        JobSpell(id="b", episode=1, started_on=started + 20 * DAY, four_hours_on=started + 20 * DAY),
        JobSpell(id="a", episode=1, started_on=started, four_hours_on=started + 6 * DAY),
        JobSpell(id="c", episode=9, started_on=ENTRY - DAY, four_hours_on=ENTRY + DAY),
    ]
    rows = time_to_first_job(people, jobs, TODAY)
    assert [(r.id, r.days, r.observed) for r in rows] == [
        (1, 10, True),
        (2, 58, False),
        (3, 30, False),
        (4, 58, False),
        (9, 0, True),
    ]


@pytest.mark.parametrize(
    ("days", "words"), [(0, "0 days"), (13, "13 days"), (14, "2 weeks"), (29, "4 weeks")]
)
def test_the_length_of_preparation_is_shown(days: int, words: str) -> None:
    result = preparing_length(ENTRY, ENTRY + days * DAY)
    assert (result.days, result.weeks, result.words) == (days, days // 7, words)


def test_preparation_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        preparing_length(ENTRY, ENTRY - DAY)


@pytest.mark.parametrize(
    ("asked", "today", "days", "late", "words"),
    [
        ([], 0, 28, False, "due in 28 days, on 9 February 2026"),
        ([], 28, 0, False, "due today"),
        ([], 29, -1, True, "due 1 day ago, on 9 February 2026"),
        ([28], 29, 27, False, "due in 27 days, on 9 March 2026"),
        ([-5], 29, -1, True, "due 1 day ago, on 9 February 2026"),
        ([60], 29, -1, True, "due 1 day ago, on 9 February 2026"),
    ],
)
def test_the_placement_question_is_due_every_four_weeks(
    asked: list[int], today: int, days: int, late: bool, words: str
) -> None:
    result = placement_question_due(ENTRY, [ENTRY + n * DAY for n in asked], ENTRY + today * DAY)
    assert (result.days, result.late, result.words) == (days, late, words)


def test_continuity_is_the_share_of_contacts_with_the_worker_named_on_that_day() -> None:
    named = [("ada", ENTRY, ENTRY + 10 * DAY), ("bea", ENTRY + 10 * DAY, None)]
    contacts = [
        ContactRow(id=1, on=ENTRY, worker="ada"),
        ContactRow(id=2, on=ENTRY + 10 * DAY, worker="ada"),
        ContactRow(id=3, on=ENTRY + 10 * DAY, worker="bea"),
        ContactRow(id=4, on=ENTRY + 11 * DAY, worker="ada"),
        ContactRow(id=5, on=ENTRY - DAY, worker="ada"),
        ContactRow(id=6, on=ENTRY, worker=None),
        ContactRow(id=7, on=ENTRY, worker="ada", reached=False),
        ContactRow(id=8, on=ENTRY, worker="ada", direct=False),
    ]
    result = continuity(contacts, named)
    assert result.numerator_rows == (1, 2, 3)
    assert result.denominator_rows == (1, 2, 3, 4)
    assert result.missing_rows == (5, 6)
