"""Eligibility presets: boundaries, unknown answers, and zero exclusion."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacework.science.measures.rules import assess, preset, preset_names, read_preset

ON = date(2026, 3, 10)
PERSON = {
    "born_on": date(1980, 1, 1),
    "has_chronic_pain": True,
    "unemployed_since": date(2020, 1, 1),
    "out_of_work_because_of_health": True,
    "wants_to_work": True,
    "work_status": "unemployed",
    "pain_since": date(2020, 1, 1),
    "has_health_condition": True,
    "registered_with_gp": True,
}
STUDIES = ["instep", "instep-pilot", "ips-in-pain", "reise", "west-midlands"]


def meets(name: str, **answers: Any) -> bool | None:
    return assess(preset(name), {**PERSON, **answers}, on=ON).meets


def test_exactly_three_months_passes_at_least_and_fails_more_than() -> None:
    assert meets("instep", unemployed_since=date(2025, 12, 10)) is True
    assert meets("instep-pilot", unemployed_since=date(2025, 12, 10)) is False
    assert meets("instep-pilot", unemployed_since=date(2025, 12, 9)) is True
    assert meets("instep", unemployed_since=date(2025, 12, 11)) is False


def test_the_other_presets_have_their_own_times() -> None:
    assert meets("reise", unemployed_since=date(2026, 2, 10)) is True
    assert meets("reise", unemployed_since=date(2026, 2, 11)) is False
    assert meets("reise", pain_since=date(2025, 12, 10)) is False
    assert meets("reise", pain_since=date(2025, 12, 9)) is True
    assert meets("west-midlands", unemployed_since=date(2026, 2, 10)) is True
    assert meets("west-midlands", unemployed_since=date(2026, 2, 11)) is False


@pytest.mark.parametrize(
    ("name", "born_on", "expected"),
    [
        ("instep", date(2008, 3, 10), True),
        ("instep", date(2008, 3, 11), False),
        ("instep", date(1961, 3, 11), True),  # 64
        ("instep", date(1961, 3, 10), False),  # 65
        ("ips-in-pain", date(1961, 3, 10), True),
        ("ips-in-pain", date(1960, 3, 10), False),
        ("west-midlands", date(1930, 1, 1), True),
        ("west-midlands", date(2008, 3, 11), False),
        ("instep", date(2026, 3, 11), None),  # born tomorrow: a slip, not an age
    ],
)
def test_ages_are_whole_years_with_both_ends(name: str, born_on: date, expected: bool | None) -> None:
    assert meets(name, born_on=born_on) is expected


def test_work_status_is_one_of_the_listed_ones() -> None:
    assert meets("ips-in-pain", work_status="disability_benefit") is True
    assert meets("ips-in-pain", work_status="employed") is False


@pytest.mark.parametrize("name", STUDIES)
def test_a_person_who_meets_a_study_is_told_so_criterion_by_criterion(name: str) -> None:
    decision = assess(preset(name), PERSON, on=ON)
    assert decision.meets is True
    assert decision.words == f"Meets {preset(name).title}."
    assert all(reason.words.startswith("Yes: ") for reason in decision.reasons)
    assert (decision.preset, decision.version) == (name, preset(name).version)


@pytest.mark.parametrize("name", STUDIES)
def test_unknown_answers_are_listed_and_decide_nothing(name: str) -> None:
    decision = assess(preset(name), {}, on=ON)
    assert decision.meets is None
    assert decision.unknown == tuple(c.id for c in preset(name).criteria)
    assert all(reason.words.startswith("Not known: ") for reason in decision.reasons)
    assert "routine service is open" in decision.words


@pytest.mark.parametrize("name", STUDIES)
def test_who_does_not_meet_a_study_is_pointed_to_the_routine_service(name: str) -> None:
    decision = assess(preset(name), {"born_on": date(2015, 1, 1)}, on=ON)
    assert decision.meets is False
    assert decision.reasons[0].words.startswith("No: is 18")
    assert "The routine service is open to anyone who wants to work." in decision.words


@given(
    st.dictionaries(
        st.sampled_from([*PERSON, "ready_for_work", "capacity"]),
        st.sampled_from([None, True, False, "", "yes", "no", 0, 1]),
    )
)
def test_the_routine_service_never_says_no(answers: dict[str, Any]) -> None:
    decision = assess(preset("routine"), answers, on=ON)
    assert decision.meets is not False
    assert (decision.meets is True) == (answers.get("wants_to_work") is True)


def test_the_routine_service_keeps_its_offer_open() -> None:
    assert (
        assess(preset("routine"), {"wants_to_work": True}, on=ON).words == "Welcome in the routine service."
    )
    for answer in (False, None):
        decision = assess(preset("routine"), {"wants_to_work": answer}, on=ON)
        assert decision.words == ("The offer stays open and can be taken up at any time. Nothing is refused.")


def test_no_preset_asks_whether_somebody_is_ready() -> None:
    for name in preset_names():
        for criterion in preset(name).criteria:
            assert "ready" not in f"{criterion.id} {criterion.question} {criterion.rule}".lower()
    assert preset_names() == ["instep", "instep-pilot", "ips-in-pain", "reise", "routine", "west-midlands"]


def test_a_preset_says_itself_in_words_and_names_its_source() -> None:
    assert preset("routine").words == "A person who wants to work."
    assert preset("reise").words == (
        "A person who is 18 to 64 years old, has been out of work for at least 1 month, "
        "has had pain for more than 3 months and wants to work."
    )
    assert all(preset(name).source for name in preset_names())
    with pytest.raises(KeyError):
        preset("another")


def table(kind: str = "study", **criterion: Any) -> dict[str, Any]:
    asked = {"id": "c", "kind": "yes", "answer": "a", "question": "?", "rule": "r", **criterion}
    return {
        "id": "own",
        "version": "1",
        "title": "Own",
        "kind": kind,
        "source": "s",
        "verified": True,
        "note": "",
        "criteria": [asked],
    }


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (table(kind="routine") | {"criteria": []}, "asks one thing"),
        (table(kind="routine", id="age") | {"criteria": table()["criteria"] * 2}, "asks one thing"),
    ],
)
def test_a_routine_preset_cannot_ask_for_more_than_wanting_to_work(raw: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_preset(raw)


def test_a_preset_with_an_unknown_kind_or_comparison_is_refused() -> None:
    broken = table()
    broken["criteria"][0]["kind"] = "score"
    with pytest.raises(ValueError, match="not a kind"):
        read_preset(broken)
    with pytest.raises(ValueError, match="not a comparison"):
        read_preset(table(comparison="about"))
