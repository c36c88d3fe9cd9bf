"""The questions as data, and what each accepts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacework.service.core.codes import codes, document
from pacework.service.core.errors import DomainError
from pacework.service.profile.forms import SectionForm, field_for
from pacework.service.profile.presenters.body import region_choices, views
from pacework.service.profile.presenters.words import answer
from pacework.service.profile.questions import OWN_WORDS, READERS, Question, read_own_words, sections

ALL = [(section, question) for section in sections().values() for question in section.questions]


@pytest.mark.parametrize(("section", "question"), ALL, ids=lambda one: one.key)
def test_every_question_has_a_known_type_and_points_only_at_needs_of_the_list(section, question):
    assert question.type in READERS
    assert not question.need or question.need in codes("profile", "needs", "needs")
    assert question.need_if <= set(dict(question.options))
    assert bool(question.options) == (question.type in ("choice", "choices"))


def test_every_need_has_an_area_an_action_and_an_owner_of_the_plan():
    for need in codes("profile", "needs", "needs").values():
        assert need["domain"] in codes("profile", "needs", "domains")
        assert need["owner"] in ("client", "esw", "hcp")
        assert 0 < len(need["action"]) <= 300


def test_every_region_has_its_shape_and_every_shape_its_region():
    drawn = document("profile", "body_shapes")
    used = {view: set() for view in ("front", "back")}
    for key, region in codes("profile", "body_regions", "regions").items():
        side = f"_{region['side']}"
        used[region["view"]].add(key.removeprefix(f"{region['view']}_").removesuffix(side))
    assert {view: set(drawn[view]) for view in used} == used
    assert sum(len(view.shapes) for view in views()) == sum(len(group) for _, group in region_choices())


def test_one_of_each_pair_is_mirrored():
    for view in views():
        pairs = [shape for shape in view.shapes if shape.key.endswith(("_left", "_right"))]
        assert sum(shape.mirrored for shape in pairs) * 2 == len(pairs)


@pytest.mark.parametrize(
    ("type_", "value", "kept"),
    [
        ("text", " A desk ", "A desk"),
        ("text", "\ufeff", None),
        ("longtext", "one\r\ntwo", "one\ntwo"),
        ("longtext", "<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("whole", Decimal(5), 5),
        ("whole", 0, 0),
        ("number", Decimal("7.50"), 7.5),
        ("number", 7.0, 7),
        ("scale", 10, 10),
        ("choice", "a", "a"),
        ("choices", ["b", "a", "b"], ["a", "b"]),
        ("yesno", False, False),
        ("day", "3/4/2026", "2026-04-03"),
        ("text", "", None),
        ("choices", [], None),
        ("whole", None, None),
    ],
)
def test_an_answer_is_kept_as_plain_json(type_, value, kept):
    question = Question("q", type_, "Q", options=(("a", "A"), ("b", "B")))
    assert question.read(value) == kept


def test_a_day_given_as_a_date_is_kept_as_text():
    from datetime import date

    assert Question("q", "day", "Q").read(date(2026, 4, 3)) == "2026-04-03"


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("text", 5),
        ("text", "a\x00b"),
        ("text", "x" * 201),
        ("longtext", "x" * 4001),
        ("whole", 2.5),
        ("whole", 11),
        ("whole", -1),
        ("whole", True),
        ("whole", "5"),
        ("number", Decimal("1.005")),
        ("number", float("nan")),
        ("number", float("inf")),
        ("scale", 11),
        ("choice", "c"),
        ("choice", ["a"]),
        ("choices", ["a", "c"]),
        ("choices", "a"),
        ("yesno", "yes"),
        ("day", "31/2/2026"),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_question(type_, value):
    question = Question("q", type_, "Q", options=(("a", "A"), ("b", "B")))
    with pytest.raises(DomainError) as refusal:
        question.read(value)
    assert refusal.value.field == "q"


def test_an_unknown_question_is_refused():
    with pytest.raises(DomainError, match="shoe_size"):
        sections()["goal"].read({"shoe_size": 42})


def test_own_words_are_checked_like_any_text():
    assert read_own_words("  so  ") == "so"
    with pytest.raises(DomainError):
        read_own_words("x" * 4001)


@pytest.mark.parametrize("section", sections().values(), ids=lambda one: one.key)
def test_parts_hold_every_question_once_and_few_at_a_time(section):
    parts = section.parts()
    assert [question for part in parts for question in part] == list(section.questions)
    assert section.repeat or all(1 < len(part) <= 4 for part in parts)


@pytest.mark.parametrize(
    ("rule", "value", "points"),
    [
        ({"need_if": frozenset({"a"})}, "a", True),
        ({"need_if": frozenset({"a"})}, "b", False),
        ({"need_if": frozenset({"a"})}, ["b", "a"], True),
        ({"need_at_most": 4}, 4, True),
        ({"need_at_most": 4}, 5, False),
        ({"need_at_most": 4}, 0, True),
        ({"need_if_answered": True}, "My mother", True),
        ({"need_if_answered": True}, "", False),
        ({}, "a", False),
    ],
)
def test_which_answers_point_at_a_need(rule, value, points):
    assert Question("q", "choice", "Q", need="cv", **rule).points_at_need(value) is points


def test_without_a_need_nothing_points():
    assert not Question("q", "choice", "Q", need_if_answered=True).points_at_need("a")


TEXTS = st.text(max_size=60)


def typed(question):
    """What someone may send for a question: what fits, and what does not."""
    kinds = {
        "scale": st.integers(-1, 12).map(str),
        "yesno": st.sampled_from(["yes", "no", "", "perhaps"]),
        "choice": st.sampled_from([key for key, _ in question.options] + ["", "unknown"]),
        "choices": st.lists(st.sampled_from([key for key, _ in question.options] or [""]), max_size=4),
        "whole": st.one_of(st.integers(-5, 500).map(str), st.just("ten"), st.just("")),
        "number": st.one_of(st.decimals(-5, 120, places=2).map(str), st.just("£7.5"), st.just("")),
    }
    return kinds.get(question.type, TEXTS)


@given(data=st.data(), section=st.sampled_from(list(sections().values())))
def test_whatever_the_form_accepts_is_kept_and_shown_again_as_it_was(data, section):
    sent = {question.key: data.draw(typed(question), question.key) for question in section.questions}
    sent[OWN_WORDS] = data.draw(TEXTS, OWN_WORDS)
    form = SectionForm(data=sent, questions=section.questions, own_words=True)
    if not form.is_valid():
        return
    kept = section.read(form.answers())
    shown = {
        name: field.prepare_value(kept.get(name, "")) for name, field in form.fields.items() if name in kept
    }
    shown[OWN_WORDS] = read_own_words(form.own_words())
    again = SectionForm(data=shown, questions=section.questions, own_words=True)
    assert again.is_valid(), again.errors
    assert section.read(again.answers()) == kept
    assert again.own_words() == form.own_words()
    for question in section.questions:
        assert bool(answer(question, kept.get(question.key))) == (question.key in kept)


def test_a_day_is_asked_as_a_day():
    assert field_for(Question("q", "day", "When?")).type == "date"
