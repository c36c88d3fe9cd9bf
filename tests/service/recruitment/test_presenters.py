"""Words of recruitment's pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pacework.service.recruitment import codes, filters, funnel_views, presenters, screening
from pacework.service.recruitment.models import STATES


def test_every_state_has_its_words() -> None:
    assert set(presenters.STATES) == set(STATES)
    assert all(presenters.state_tag(state)["text"] for state in STATES)


def test_unknown_codes_stay_readable() -> None:
    assert presenters.route_label("carrier_pigeon") == "Carrier pigeon"
    assert presenters.exit_label("gone_fishing") == "Gone fishing"


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 day"), (60, "60 days"), (61, "2 months"), (365, "12 months"), (1461, "4.0 years")],
)
def test_time_out_of_work_is_said_as_people_say_it(days: float, words: str) -> None:
    assert funnel_views.months(days) == words


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(37, 1028, "3.6%"), (0, 10, "0%"), (1, 2, "50%"), (0, 0, "–"), (10, 10, "100%")],
)
def test_small_yields_keep_one_figure_after_the_point(part: int, whole: int, words: str) -> None:
    assert funnel_views.percent(part, whole) == words


def test_the_funnel_starts_a_year_back_also_from_a_leap_day() -> None:
    assert funnel_views.year_before(date(2028, 2, 29)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (filters.Wanted(), ""),
        (filters.Wanted(reached="eligible"), "“Eligible” in the funnel, among those invited."),
        (filters.Wanted(reached="accepted", start=date(2025, 1, 2)), "invited from 2 Jan 2025."),
    ],
)
def test_a_list_behind_a_figure_says_which(wanted: filters.Wanted, words: str) -> None:
    assert wanted.behind().endswith(words)


@pytest.mark.parametrize(
    "stored", [{"pain_since": "2025-01-02", "work_status": "unemployed", "wants_to_work": True}]
)
def test_answers_come_back_as_they_were_given(stored: dict[str, Any]) -> None:
    read = screening.from_stored(stored)
    assert read["pain_since"] == date(2025, 1, 2)
    assert screening.as_stored(read | {"born_on": date(1980, 1, 1), "other": None}) == stored


def test_a_birth_date_is_shown_without_its_weekday() -> None:
    assert presenters.born(date(1979, 3, 27)) == "27 March 1979"
    assert presenters.born(None) == ""


def test_every_exit_reason_belongs_to_a_step_and_says_what_stays_open() -> None:
    for reason in codes.exit_reasons().values():
        assert set(reason.stages) <= set(codes.STEPS)
        assert reason.hint
    assert codes.not_counted() == ("duplicate", "entered_in_error")
    assert {route.key for route in codes.routes().values() if route.list_import} == {"record_search"}
