"""Demands beside what a person said: sentences, and nothing that could order people or jobs."""

import dataclasses
import math
import tomllib
from pathlib import Path
from typing import Any

import pytest

from pacework.science.vacancies.compare import (
    EASES,
    KIND_WORDS,
    Agreed,
    Kind,
    Sentence,
    Tolerances,
    compare,
)
from pacework.science.vacancies.demands import DEMANDS, Demand, authored_table, stated

SERVICE = Path(__file__).parents[3] / "src" / "pacework" / "service"
STOOL = Agreed("chair_desk", "a stool")
BREAKS = Agreed("rest_breaks", "short breaks")


def one(tolerances: Tolerances, name: str, demand: Demand, *agreed: Agreed, **shift: Any) -> Sentence:
    (sentence,) = compare(tolerances, {name: demand}, agreed, **shift)
    assert sentence.demand == name
    return sentence


def test_the_sentence_says_what_was_said_what_is_asked_and_what_was_agreed() -> None:
    sentence = one(Tolerances(stand_minutes=20), "standing", stated("most", "sometimes"), STOOL, BREAKS)
    assert sentence.kind is Kind.HARD_CAN_CHANGE
    assert sentence.source == "employer"
    assert sentence.text == (
        "You said you can stand for 20 minutes. This job stands for most of a shift. "
        "Agreed elsewhere: a stool, short breaks. This can sometimes be changed."
    )


@pytest.mark.parametrize(
    ("minutes", "level", "change", "shift", "kind"),
    [
        (20, "most", "usually", None, Kind.HARD_CAN_CHANGE),
        (20, "most", "sometimes", None, Kind.HARD_CAN_CHANGE),
        (20, "most", "unknown", None, Kind.HARD),
        (20, "most", "rarely", None, Kind.HARD),
        (20, "hardly", "unknown", None, Kind.FITS),
        (0, "hardly", "unknown", None, Kind.ASK),
        (0, "some", "rarely", None, Kind.HARD),
        (240, "half", "rarely", None, Kind.ASK),
        (480, "nearly_all", "rarely", None, Kind.FITS),
        (240, "nearly_all", "rarely", 240, Kind.FITS),
        (120, "half", "rarely", 240, Kind.ASK),
    ],
)
def test_minutes_are_put_beside_the_range_of_a_shift(
    minutes: float, level: str, change: str, shift: float | None, kind: Kind
) -> None:
    assert (
        one(Tolerances(sit_minutes=minutes), "sitting", stated(level, change), shift_minutes=shift).kind
        is kind
    )


@pytest.mark.parametrize(
    ("kg", "load", "level", "kind"),
    [
        (20, 10, "half", Kind.FITS),
        (10, 10, "half", Kind.ASK),
        (3, 10, "half", Kind.HARD_CAN_CHANGE),
        (3, 10, "hardly", Kind.ASK),
        (3, None, "half", Kind.ASK),
        (3, None, "hardly", Kind.ASK),
        (0, None, "hardly", Kind.ASK),
    ],
)
def test_lifting_is_about_how_heavy_things_are(kg: float, load: float | None, level: str, kind: Kind) -> None:
    sentence = one(Tolerances(lift_kg=kg), "lifting", stated(level, "usually", load_kg=load))
    assert sentence.kind is kind
    assert ("We do not know how heavy things are." in sentence.text) == (load is None)
    assert sentence.text.startswith(
        f"You said you can lift {kg} kg." if kg else "You said you cannot lift things."
    )


@pytest.mark.parametrize(("level", "kind"), [("hardly", Kind.FITS), ("some", Kind.ASK), ("most", Kind.HARD)])
def test_movements_said_to_be_hard_are_compared_by_how_often_they_come(level: str, kind: Kind) -> None:
    tolerances = Tolerances(hard=frozenset({"bend", "kneel", "grip"}))
    said = compare(tolerances, {"bending": stated(level), "repeating": stated("some")})
    assert [sentence.kind for sentence in said] == [kind, Kind.ASK]
    assert said[0].text.startswith(
        "You said bending down and kneeling are hard. This job bends or kneels for"
    )


@pytest.mark.parametrize(
    ("change", "kind", "ending"),
    [
        ("usually", Kind.HARD_CAN_CHANGE, "This can usually be changed."),
        ("sometimes", Kind.HARD_CAN_CHANGE, "This can sometimes be changed."),
        ("unknown", Kind.HARD, "Ask if this can be changed."),
        ("rarely", Kind.HARD, "This can rarely be changed. Ask all the same if you want the job."),
    ],
)
def test_only_what_is_known_to_change_is_called_so(change: str, kind: Kind, ending: str) -> None:
    sentence = one(Tolerances(walk_minutes=10), "walking", stated("most", change))
    assert sentence.kind is kind
    assert sentence.text.endswith(ending)


def test_movements_are_named_in_words() -> None:
    tolerances = Tolerances(hard=frozenset({"grip", "typing", "reach_up", "stairs"}))
    reaching, repeating = compare(
        tolerances, {"reaching": stated("most"), "repeating": stated("most", "usually")}
    )
    assert reaching.text == (
        "You said reaching up is hard. This job reaches for most of a shift. Ask if this can be changed."
    )
    assert repeating.text.startswith(
        "You said gripping and typing are hard. This job repeats the same movements"
    )
    assert repeating.text.endswith("This can usually be changed.")


def test_somebody_who_can_concentrate_as_long_as_needed_fits() -> None:
    sentence = one(Tolerances(focus_free=True), "concentrating", stated("nearly_all", "rarely"))
    assert sentence.kind is Kind.FITS
    assert sentence.text == (
        "You said you can keep your mind on one thing as long as you need. "
        "This job needs close attention for nearly all of a shift. That fits."
    )


def test_what_cannot_be_done_at_all_is_not_eased_by_a_break() -> None:
    sentence = one(Tolerances(drive_minutes=0), "driving", stated("most", "rarely"), BREAKS)
    assert sentence.text == (
        "You said you cannot drive. This job drives for most of a shift. "
        "This can rarely be changed. Ask all the same if you want the job."
    )


def test_an_unknown_demand_is_asked_about() -> None:
    (sentence,) = compare(Tolerances(walk_minutes=61), {})
    assert sentence == Sentence(
        "walking",
        Kind.ASK,
        "You said you can walk for 1 hour 1 minute. We do not know what this job asks. Please ask.",
    )


def test_a_question_mentions_what_was_agreed_elsewhere() -> None:
    sentence = one(Tolerances(stand_minutes=180), "standing", stated("some"), STOOL)
    assert sentence.text == (
        "You said you can stand for 3 hours. This job stands for some of a shift. That fits."
    )
    asked = one(Tolerances(stand_minutes=60), "standing", stated("some"), STOOL, Agreed("parking", "a space"))
    assert asked.text.endswith("Agreed elsewhere: a stool. Ask what a usual day is like.")


def test_nothing_is_said_where_the_person_said_nothing() -> None:
    assert compare(Tolerances(), authored_table()["9223"].demands, [STOOL]) == []


def test_answers_of_the_profile_become_tolerances() -> None:
    answers = {
        "sit_minutes": 30,
        "stand_minutes": "20",
        "walk_minutes": "",
        "lift_kg": "2.5",
        "reach_grip": ["bend"],
    }
    assert Tolerances.from_answers({**answers, "concentration": "half"}) == Tolerances(
        sit_minutes=30, stand_minutes=20, lift_kg=2.5, focus_minutes=30, hard=frozenset({"bend"})
    )
    assert Tolerances.from_answers({"concentration": "long"}).focus_free
    assert Tolerances.from_answers({"reach_grip": None}) == Tolerances()
    with pytest.raises(ValueError, match="could not convert"):
        Tolerances.from_answers({"sit_minutes": "a while"})


@pytest.mark.parametrize("wrong", [-1, math.nan, math.inf, 1441])
def test_answers_out_of_range_are_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="between 0 minutes and a day"):
        Tolerances(sit_minutes=wrong)
    with pytest.raises(ValueError, match="between 0 and 500 kg"):
        Tolerances(lift_kg=wrong)


@pytest.mark.parametrize("wrong", [0, -1, math.nan, 1500])
def test_a_shift_of_25_hours_or_none_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="no longer than 24 hours"):
        compare(Tolerances(), {}, shift_minutes=wrong)


def test_sentences_keep_the_fixed_order_and_hold_no_number_to_sort_by() -> None:
    hard = frozenset({"bend", "reach_up", "grip"})
    tolerances = Tolerances(30, 20, 10, 0, 30, lift_kg=2, hard=hard)
    for occupation in authored_table().values():
        sentences = compare(tolerances, occupation.demands, [STOOL])
        assert [sentence.demand for sentence in sentences] == list(DEMANDS)
        for sentence in sentences:
            assert all(isinstance(value, str) for value in dataclasses.astuple(sentence))
            # Short sentences: a reading age of about nine.
            assert max(len(part.split()) for part in sentence.text.split(". ")) <= 16
    assert set(KIND_WORDS) == set(Kind)


def test_adjustments_and_answers_are_those_of_the_service() -> None:
    register = tomllib.loads((SERVICE / "work" / "data" / "adjustments.toml").read_text(encoding="utf-8"))
    assert set(EASES) <= {row["key"] for row in register["adjustments"]}
    sections = tomllib.loads((SERVICE / "profile" / "data" / "sections.toml").read_text(encoding="utf-8"))
    (pain,) = (section for section in sections["sections"] if section["key"] == "pain_at_work")
    asked = {question["key"]: question for question in pain["questions"]}
    assert {"sit_minutes", "stand_minutes", "walk_minutes", "drive_minutes", "lift_kg"} <= asked.keys()
    assert {"bend", "kneel", "reach_up", "grip", "fine", "typing"} <= {
        option["key"] for option in asked["reach_grip"]["options"]
    }
    assert [option["key"] for option in asked["concentration"]["options"]] == [
        "long",
        "hour",
        "half",
        "short",
    ]
