"""What people type into the fields, and what they are told when it cannot be read."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from pacework.service.core import forms

pytestmark = pytest.mark.usefixtures("frozen")  # 11 March 2026


def one(field: Any, **posted: Any) -> forms.PageForm:
    """A form with the one field ``answer``, as posted."""
    form_class = type("OneField", (forms.PageForm,), {"answer": field})
    data = QueryDict(mutable=True)
    for name, value in posted.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return form_class(data=data)


def read(field: Any, typed: Any) -> Any:
    form = one(field, answer=typed)
    assert form.is_valid(), form.errors
    return form.cleaned_data["answer"]


def refusal(field: Any, typed: Any) -> str:
    form = one(field, answer=typed)
    assert not form.is_valid()
    return str(form.errors["answer"][0])


# Text


def test_text_is_stripped_and_in_one_unicode_form() -> None:
    assert read(forms.Text(label="Name"), "  Zoe\u0308\u200b Example ") == "Zoë Example"


def test_line_breaks_are_kept_in_long_text_and_made_spaces_in_a_line() -> None:
    assert read(forms.LongText(label="Note"), "one\r\n\r\ntwo \n") == "one\n\ntwo"
    assert read(forms.Text(label="Name"), "one\ntwo") == "one two"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x85"])
def test_hidden_characters_are_refused_with_a_sentence(character: str) -> None:
    assert "hidden character" in refusal(forms.LongText(label="Note"), f"a{character}b")


@pytest.mark.parametrize("character", ["\ufffd", chr(0xD800), "\uffff"])
def test_letters_that_did_not_arrive_are_refused_with_a_sentence(character: str) -> None:
    assert "did not arrive properly" in refusal(forms.Text(label="Note"), f"a{character}b")


def test_text_that_is_too_long_is_told_its_length_and_kept() -> None:
    form = one(forms.Text(label="Name", max_length=10), answer="x" * 1200)
    assert not form.is_valid()
    assert form.errors["answer"] == ["Use 10 characters or fewer. This is 1,200 characters long."]
    assert form.view("answer").value == "x" * 1200


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "'; DROP TABLE x; --", "👩🏽‍🔬 नमस्ते"])
def test_markup_sql_and_any_script_are_plain_text(typed: str) -> None:
    assert read(forms.Text(label="Name"), typed) == typed


@pytest.mark.parametrize(
    ("label", "sentence"),
    [
        ("First name", "Enter first name."),
        ("NHS number", "Enter NHS number."),
        ("What happened?", "Answer “What happened?”"),
    ],
)
def test_a_missing_answer_is_asked_for_by_its_label(label: str, sentence: str) -> None:
    assert refusal(forms.Text(label=label), "   ") == sentence


# Numbers


@pytest.mark.parametrize(("typed", "number"), [("20", 20), (" 1,000 ", 1000), ("-3", -3)])
def test_whole_numbers_are_read_as_people_type_them(typed: str, number: int) -> None:
    assert read(forms.Whole(label="Minutes"), typed) == number


@pytest.mark.parametrize("typed", ["lots", "1e3", "7.5", "²", "٣", "9" * 40, "0x10", "1_0"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    assert refusal(forms.Whole(label="Minutes"), typed) == "Enter a whole number, like 20."


@pytest.mark.parametrize(
    ("limits", "typed", "sentence"),
    [
        ({"min": 0, "max": 168}, "169", "Enter a number from 0 to 168."),
        ({"min": 1}, "0", "Enter 1 or more."),
        ({"max": 1000}, "1001", "Enter 1,000 or less."),
    ],
)
def test_a_number_out_of_range_is_told_the_range(limits: dict[str, int], typed: str, sentence: str) -> None:
    assert refusal(forms.Whole(label="Hours", **limits), typed) == sentence


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("7.5", "7.5"),
        ("£1,250.50", "1250.50"),
        (".5", "0.5"),
        ("12", "12"),
        ("2,5", "2.5"),
        ("1,250", "1250"),
    ],
)
def test_decimals_are_read_exactly(typed: str, number: str) -> None:
    assert read(forms.Number(label="Pay"), typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["NaN", "Infinity", "1,5,5", "7.", "-", "£"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert refusal(forms.Number(label="Pay"), typed) == "Enter a number, like 7.5."


def test_a_number_keeps_to_its_step() -> None:
    assert refusal(forms.Number(label="Hours", step=0.25), "7.3") == "Enter a multiple of 0.25."
    assert refusal(forms.Number(label="Pay"), "7.333") == "Use at most 2 numbers after the point."
    assert read(forms.Number(label="Hours", step=0.25), "7.25") == Decimal("7.25")


# Days and times


@pytest.mark.parametrize(
    "typed",
    ["2026-04-03", "3/4/2026", "03.04.2026", "3 4 2026", "3 April 2026", "Fri 3rd apr 2026", "3-Apr-2026"],
)
def test_a_day_is_read_from_the_calendar_and_from_uk_typing(typed: str) -> None:
    assert read(forms.Day(label="Date"), typed) == date(2026, 4, 3)


@pytest.mark.parametrize("typed", ["31/2/2026", "2026-13-01", "tomorrow", "3 Floréal 2026", "3", "0/0/0000"])
def test_a_day_that_is_not_real_is_refused_with_an_example_and_kept(typed: str) -> None:
    form = one(forms.Day(label="Date"), answer=typed)
    assert not form.is_valid()
    assert form.errors["answer"] == ["Enter a real date, like 11 3 2026."]
    shown = form.view("answer")
    assert (shown.type, shown.value) == ("text", typed)


def test_a_year_needs_four_numbers_and_sense() -> None:
    assert refusal(forms.Day(label="Date"), "3/4/26") == "Enter the year with 4 numbers, like 2026."
    assert refusal(forms.Day(label="Date"), "3/4/1066") == "Enter a year between 1900 and 2100."


@pytest.mark.parametrize(
    ("limits", "typed", "sentence"),
    [
        ({"not_future": True}, "2026-03-12", "This date is in the future. Enter today or an earlier date."),
        ({"not_past": True}, "2026-03-10", "This date is in the past. Enter today or a later date."),
        ({"earliest": date(2026, 1, 1)}, "2025-12-31", "Enter a date on or after 1 January 2026."),
        ({"latest": lambda: date(2026, 6, 1)}, "2026-06-02", "Enter a date on or before 1 June 2026."),
    ],
)
def test_a_day_outside_its_limits_is_told_which(limits: dict[str, Any], typed: str, sentence: str) -> None:
    assert refusal(forms.Day(label="Date", **limits), typed) == sentence


@pytest.mark.parametrize(
    "limits",
    [
        {"not_future": True},
        {"not_past": True},
        {"earliest": date(2026, 3, 11)},
        {"latest": date(2026, 3, 11)},
    ],
)
def test_a_day_on_its_limit_passes(limits: dict[str, Any]) -> None:
    assert read(forms.Day(label="Date", **limits), "2026-03-11") == date(2026, 3, 11)


def test_a_birth_date_is_read_from_three_boxes() -> None:
    form = one(
        forms.BirthDay(label="Date of birth"), answer__day="31", answer__month="mar", answer__year="1980"
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data["answer"] == date(1980, 3, 31)


def test_a_birth_date_says_which_box_is_empty_and_keeps_the_others() -> None:
    form = one(forms.BirthDay(label="Date of birth"), answer__day="31", answer__month="", answer__year="1980")
    assert form.errors["answer"] == ["The date needs a month."]
    assert form.view("answer").value == ["31", "", "1980"]


def test_a_birth_date_cannot_lie_ahead() -> None:
    assert "in the future" in refusal(forms.BirthDay(label="Date of birth"), "2026-03-12")


def test_empty_boxes_are_a_missing_answer() -> None:
    form = one(forms.BirthDay(label="Date of birth"), answer__day="", answer__month="", answer__year="")
    assert form.errors["answer"] == ["Enter date of birth."]


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("9:30", time(9, 30)),
        ("09:30:00", time(9, 30)),
        ("0930", time(9, 30)),
        ("2.15 pm", time(14, 15)),
        ("12am", time(0)),
        ("12pm", time(12)),
    ],
)
def test_a_time_is_read_as_people_type_it(typed: str, moment: time) -> None:
    assert read(forms.Clock(label="Time"), typed) == moment


@pytest.mark.parametrize("typed", ["25:00", "9", "13pm", "noonish", "9:61"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    assert refusal(forms.Clock(label="Time"), typed) == "Enter a time, like 9:30 or 2:15pm."


# E-mail and phone


def test_contact_details_are_checked() -> None:
    assert read(forms.Email(label="Email"), " a@example.org ") == "a@example.org"
    assert "like name@example.org" in refusal(forms.Email(label="Email"), "a@b")
    assert read(forms.Phone(label="Phone"), "01632960001") == "01632 960001"
    assert read(forms.Phone(label="Phone"), "+353 1 234 5678").startswith("+353")


@pytest.mark.parametrize("typed", ["ask Ada", "123", "++44", "01632 960001 (mum)"])
def test_what_is_no_phone_number_is_refused(typed: str) -> None:
    assert refusal(forms.Phone(label="Phone"), typed).startswith("Enter a phone number")


# Choices

MODES = [("face", "Face to face"), ("phone", "Phone"), ("other", "Another way")]


def test_an_unknown_choice_is_refused() -> None:
    assert refusal(forms.Choice(MODES, label="How"), "pigeon") == "Choose one from the list."
    assert refusal(forms.Choices(MODES, label="How"), ["phone", "pigeon"]) == "Choose only from the list."


def test_choices_come_back_in_their_own_type() -> None:
    assert read(forms.Choice([(1, "One"), (2, "Two")], label="N", coerce=int), "2") == 2
    assert read(forms.Choices([(1, "One"), (2, "Two")], label="N", coerce=int), ["1", "2"]) == [1, 2]


def test_an_optional_answer_can_be_taken_back() -> None:
    field = forms.Choice(MODES, label="How", required=False)
    assert [option.label for option in field.options_for("phone")][-1] == "No answer"
    assert read(field, "") == ""
    assert "No answer" not in [o.label for o in forms.Choice(MODES, label="How").options_for("")]


@pytest.mark.parametrize(("typed", "answer"), [("yes", True), ("no", False), ("", None), ("True", True)])
def test_yes_and_no_are_three_answers_when_optional(typed: str, answer: bool | None) -> None:
    assert read(forms.YesNo(label="Joint", required=False), typed) is answer


def test_yes_or_no_must_be_one_of_them() -> None:
    assert refusal(forms.YesNo(label="Joint"), "perhaps") == "Choose yes or no."
    assert refusal(forms.YesNo(label="Joint?"), "") == "Joint: choose yes or no."


@pytest.mark.parametrize("typed", ["11", "-1", "5.5", "x", "²", "9" * 30])
def test_a_scale_takes_only_its_numbers(typed: str) -> None:
    assert refusal(forms.Scale(label="Pain"), typed) == "Choose a number from 0 to 10."


def test_a_scale_gives_a_number_and_zero_is_an_answer() -> None:
    assert read(forms.Scale(label="Pain"), "0") == 0


class Revealing(forms.PageForm):
    mode = forms.Choice(MODES, label="How", reveals={"other": ["words", "hours"]})
    words = forms.Text(label="Which way?")
    hours = forms.Whole(label="Hours", required=False)


def test_a_follow_up_question_is_needed_only_under_its_answer() -> None:
    assert Revealing(data={"mode": "phone"}).is_valid()
    asked = Revealing(data={"mode": "other"})
    assert list(asked.errors) == ["words"]


def test_what_lies_under_an_answer_not_chosen_is_not_read() -> None:
    form = Revealing(data={"mode": "phone", "words": "by pigeon", "hours": "lots"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"mode": "phone", "words": "", "hours": None}


def test_follow_up_questions_are_placed_inside_their_option_only() -> None:
    (section,) = Revealing().sections()
    assert [view.name for view in section.fields] == ["mode"]
    assert [view.name for view in section.fields[0].revealed["other"]] == ["words", "hours"]


# Uploads

PDF = b"%PDF-1.7 rest"


def sent(name: str, content: bytes, **more: Any) -> forms.PageForm:
    field = forms.Upload(label="Letter", max_bytes=2000, types=("pdf", "csv"), **more)
    form_class = type("OneFile", (forms.PageForm,), {"answer": field})
    return form_class(data={}, files={"answer": SimpleUploadedFile(name, content)})


def test_a_file_of_the_right_kind_is_taken_and_not_read_away() -> None:
    form = sent("Letter.PDF", PDF)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["answer"].read() == PDF


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"MZ\x90", "This file is named .pdf but holds something else. Choose a PDF or CSV file."),
        (
            "a.csv",
            b"PK\x03\x04\x00\x00",
            "This file is named .csv but holds something else. Choose a PDF or CSV file.",
        ),
        ("a.exe", PDF, "Choose a PDF or CSV file. This one is called “a.exe”."),
        ("a.pdf", PDF + b"x" * 3000, "This file is 3 kB. Choose one of at most 2 kB."),
        ("a.pdf", b"", "This file is empty. Choose another file."),
    ],
)
def test_a_wrong_file_is_refused_with_the_reason(name: str, content: bytes, sentence: str) -> None:
    assert sent(name, content).errors["answer"] == [sentence]


def test_a_list_in_another_encoding_reaches_its_reader() -> None:
    assert sent("list.csv", "Zoë".encode("utf-16")).is_valid()
    assert sent("list.csv", "Zoë".encode("latin-1")).is_valid()


# The form as a whole


class Grouped(forms.PageForm):
    groups = [("When", ["on"])]
    collapsed = [("More", ["extra"])]
    on = forms.Day(label="Date")
    extra = forms.Text(label="Extra", required=False)
    loose = forms.Text(label="Loose", required=False)
    sure = forms.Tick(label="Yes, keep the name", asked=False)


def test_fields_stand_in_their_groups_and_extras_are_closed_until_touched() -> None:
    sections = Grouped().sections()
    assert [(s.heading, [v.name for v in s.fields], s.collapsed) for s in sections] == [
        ("", ["loose"], False),
        ("When", ["on"], False),
        ("More", ["extra"], True),
    ]
    assert not sections[2].open
    assert Grouped(initial={"extra": "x"}).sections()[2].open


def test_a_question_before_saving_appears_only_when_asked() -> None:
    form = Grouped(data={"on": "2026-03-11"})
    assert form.is_valid()
    form.ask_for("sure", "The text names the client. Tick the box if that is meant.")
    assert [view.name for view in form.sections()[0].fields] == ["loose", "sure"]
    assert not form.is_valid()
    form.ask_for(None, "And this.")
    assert form.non_field_errors() == ["And this."]


def test_the_summary_lists_errors_in_page_order_with_a_target() -> None:
    form = Revealing(data={"mode": "other", "hours": "lots"})
    form.add_error(None, "The whole thing is odd.")
    assert list(form.mistakes()) == [
        ("The whole thing is odd.", ""),
        ("Answer “Which way?”", "id_words"),
        ("Hours: Enter a whole number, like 20.", "id_hours"),
    ]


def test_optional_fields_are_marked_unless_all_are_optional() -> None:
    assert Revealing().view("hours").optional
    assert not one(forms.Text(label="A", required=False)).view("answer").optional


def test_a_draft_comes_back_as_it_was_typed() -> None:
    class Page(forms.PageForm):
        on = forms.Day(label="Date")
        born = forms.BirthDay(label="Born")
        needs = forms.Choices(MODES, label="Needs")

    kept = {
        "on": ["32/1/2026"],
        "born-day": ["3"],
        "born-year": ["19"],
        "needs": ["face", "other"],
        "gone": ["x"],
    }
    form = Page(initial=Page().from_typed(kept))
    assert form.view("on").value == "32/1/2026"
    assert form.view("born").value == ["3", "", "19"]
    assert [option.checked for option in form.view("needs").options] == [True, False, True]


def test_two_texts_of_one_record_are_compared_in_words() -> None:
    class Page(forms.PageForm):
        on = forms.Day(label="Date")
        mode = forms.Choice(MODES, label="How")
        note = forms.LongText(label="Note", required=False)
        same = forms.Number(label="Hours", required=False)
        elsewhere = forms.Text(label="Elsewhere", required=False)

    form = Page(data={"on": "11/3/2026", "mode": "phone", "note": "mine\r\ntwo", "same": "7.50"})
    assert form.is_valid()
    stored = SimpleNamespace(on=date(2026, 3, 9), mode="other", note="", same=Decimal("7.5"))
    assert [(row.label, row.theirs, row.yours) for row in form.beside(stored).rows] == [
        ("Date", "Mon 9 March 2026", "Wed 11 March 2026"),
        ("How", "Another way", "Phone"),
        ("Note", "Nothing", "mine\ntwo"),
    ]
