"""The stage of an episode."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacework.science.measures.rules import Milestones, Stage, stage

TODAY = date(2026, 3, 11)
PAST = date(2026, 1, 5)
ALL = Milestones(PAST, PAST, PAST, PAST, PAST, PAST, PAST)

# In the order of the rule: the milestone dropped from a full history, and the stage that is left.
LADDER = [
    ("closed_on", Stage.IN_WORK),
    ("in_work_since", Stage.JOB_SEARCH),
    ("last_job_ended_on", Stage.JOB_SEARCH),
    ("first_employer_contact_on", Stage.PREPARING),
    ("preparing_since", Stage.ENGAGED),
    ("profile_started_on", Stage.ACCEPTED),
    ("accepted_on", Stage.REFERRED),
]


def test_the_first_rule_that_matches_wins() -> None:
    history = ALL
    assert stage(history, TODAY) is Stage.CLOSED
    for milestone, expected in LADDER:
        history = replace(history, **{milestone: None})
        assert stage(history, TODAY) is expected, milestone


def test_somebody_employed_at_entry_is_in_work_before_anything_else_happened() -> None:
    assert stage(Milestones(in_work_since=date(2020, 1, 1)), TODAY) is Stage.IN_WORK


def test_after_a_job_ends_the_client_is_in_job_search_even_without_an_employer_contact() -> None:
    history = Milestones(accepted_on=PAST, profile_started_on=PAST, last_job_ended_on=PAST)
    assert stage(history, TODAY) is Stage.JOB_SEARCH
    assert stage(replace(history, preparing_since=PAST), TODAY) is Stage.JOB_SEARCH


@pytest.mark.parametrize("offset", [0, 1])
def test_a_date_counts_from_its_own_day_on(offset: int) -> None:
    closed = Milestones(accepted_on=PAST, closed_on=TODAY + timedelta(days=offset))
    assert stage(closed, TODAY) is (Stage.ACCEPTED if offset else Stage.CLOSED)


day_or_none = st.none() | st.dates(date(2025, 1, 1), date(2027, 1, 1))


@given(st.builds(Milestones, *[day_or_none] * 7), st.dates(date(2025, 1, 1), date(2027, 1, 1)))
def test_every_history_has_exactly_one_stage_with_a_label(history: Milestones, today: date) -> None:
    found = stage(history, today)
    assert found.label[0].isupper()
    assert (found is Stage.CLOSED) == (history.closed_on is not None and history.closed_on <= today)


@given(st.builds(Milestones, *[day_or_none] * 7), st.dates(date(2025, 1, 1), date(2027, 1, 1)))
def test_the_stage_is_the_highest_rung_reached(history: Milestones, today: date) -> None:
    rungs = [
        ("closed_on", Stage.CLOSED),
        ("in_work_since", Stage.IN_WORK),
        ("first_employer_contact_on", Stage.JOB_SEARCH),
        ("last_job_ended_on", Stage.JOB_SEARCH),
        ("preparing_since", Stage.PREPARING),
        ("profile_started_on", Stage.ENGAGED),
        ("accepted_on", Stage.ACCEPTED),
    ]
    reached = [s for name, s in rungs if getattr(history, name) and getattr(history, name) <= today]
    assert stage(history, today) is (reached[0] if reached else Stage.REFERRED)
