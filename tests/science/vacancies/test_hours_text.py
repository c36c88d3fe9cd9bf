"""Lines of hours read into a proposal. The texts here are our own; test_hours_score.py has the real ones."""

from datetime import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacework.science.vacancies.days_text import DAYS
from pacework.science.vacancies.hours_text import LONGEST_TEXT, ProposedShift, read_hours

MON_FRI = "mon tue wed thu fri"


@pytest.mark.parametrize(
    ("text", "weekly", "days", "start", "end", "flexible"),
    [
        ("35hrs / 9-5 / M-F (flexible)", "35", MON_FRI, "09:00", "17:00", True),
        ("37.5 hours per week, Monday to Friday, 9.00am - 5.30pm", "37.5", MON_FRI, "09:00", "17:30", None),
        ("Part time, 20hrs p/w", "20", "", None, None, None),
        ("0900hrs - 1700hrs", None, "", "09:00", "17:00", None),
        ("22:00 - 06:00 Mon to Thu", None, "mon tue wed thu", "22:00", "06:00", None),
        ("Mon, Wed and Fri mornings 9 till 12", None, "mon wed fri", "09:00", "12:00", None),
        ("Tuesday & Thursday 2-6pm", None, "tue thu", "14:00", "18:00", None),
        ("weekdays 7-3, no flexi time", None, MON_FRI, "07:00", "15:00", False),
        ("Every day 6-2", None, " ".join(DAYS), "06:00", "14:00", None),
        ("Saturdays and Sundays, noon to midnight", None, "sat sun", "12:00", "00:00", None),
        ("Mondays, also Wednesdays", None, "mon wed", None, None, None),
        ("Thursday-Tuesday", None, "mon tue thu fri sat sun", None, None, None),
        ("M-Th 10-4", None, "mon tue wed thu", "10:00", "16:00", None),
        ("Sat/Sun off, 8am-4pm", None, MON_FRI, "08:00", "16:00", None),
        ("Mon-Fri, Sat off", None, MON_FRI, None, None, None),
        ("Monday to Friday, no weekends", None, MON_FRI, None, None, None),
        ("Closed on Sundays. 10:00-18:00", None, "", "10:00", "18:00", None),
        ("37½ hours", "37.5", "", None, None, None),
        ("37 1/2 hours a week", "37.5", "", None, None, None),
        ("37,5 hours per week", "37.5", "", None, None, None),
        ("20 per week", "20", "", None, None, None),
        ("40", "40", "", None, None, None),
        ("30+", "30", "", None, None, None),
        ("30 Hours/Shift", "30", "", None, None, None),
        ("25 hours weekly, 5 hours a day", "25", "", None, None, None),
        ("5 hours a day, 25 hours weekly", "25", "", None, None, None),
        ("8 hours per day, 5 days per week", None, "", None, None, None),
        ("150 hours per month", None, "", None, None, None),
        ("£12.50 per hour, 25 hours a week", "25", "", None, None, None),
        ("£10-12 per hour", None, "", None, None, None),
        ("5-6 days per week", None, "", None, None, None),
        ("between 9 and 5", None, "", "09:00", "17:00", None),
        ("9 and 5", None, "", None, None, None),
        ("9 am to 5 pm, lunch 12-1", None, "", "09:00", "17:00", None),
        ("1 hour lunch, 24 hour cover", None, "", None, None, None),
        ("Sep-05", None, "", "09:00", "17:00", None),
        ("8-Apr", None, "", "16:00", "20:00", None),
        ("30-Feb", None, "", None, None, None),
        ("6-Feb", None, "", "14:00", "18:00", None),
        ("Mon - Fri 09:00 - 05:00", None, MON_FRI, "09:00", "17:00", None),
        ("02:00 - 10:00", None, "", "02:00", "10:00", None),
        ("12:00-08:00pm", None, "", "12:00", "20:00", None),
        ("24:00-08:00", None, "", "00:00", "08:00", None),
        ("24:30-08:00", None, "", None, None, None),
        ("25:00 - 31:00", None, "", None, None, None),
        ("9am-9am", None, "", None, None, None),
        ("12/10 - 14/10", None, "", None, None, None),
        ("Flexibility to work evenings is required", None, "", None, None, None),
        ("must be flexible", None, "", None, None, None),
        ("every other Saturday 9-1", None, "", None, None, None),
        ("8.00 – 16.00hrs", None, "", "08:00", "16:00", None),
        ("15.00 - 20.00 hours per week", "15", "", None, None, None),
        ("08h30 - 16h00", None, "", "08:30", "16:00", None),
        ("Mo-Fr 09:00-17:00", None, MON_FRI, "09:00", "17:00", None),
        ("Mon-Wed-Fri 9-1", None, "mon wed fri", "09:00", "13:00", None),
        ("M-F 9-5, some Saturdays", None, MON_FRI, "09:00", "17:00", None),
        ("Mon-Fri 37.5hrs, 1 in 3 weekends", "37.5", MON_FRI, None, None, None),
        ("One Saturday in four", None, "", None, None, None),
        ("Wed - Fri, 5 out of 7 days, 4pm to midnight", None, "wed thu fri", "16:00", "00:00", None),
        ("24 hour care home, 30 hours", "30", "", None, None, None),
        ("25 hour days", None, "", None, None, None),
        ("3 x 12 hour shifts", None, "", None, None, None),
        ("1e3 hours per week", None, "", None, None, None),
        ("full time", None, "", None, None, None),
        ("", None, "", None, None, None),
    ],
)
def test_what_the_text_says_is_proposed_and_nothing_else(
    text: str, weekly: str | None, days: str, start: str | None, end: str | None, flexible: bool | None
) -> None:
    read = read_hours(text)
    assert read.weekly_hours == (None if weekly is None else Decimal(weekly))
    assert " ".join(read.days) == days
    assert read.start == (None if start is None else time.fromisoformat(start))
    assert read.end == (None if end is None else time.fromisoformat(end))
    assert read.flexible is flexible


def test_days_and_times_become_the_shifts_of_a_week() -> None:
    read = read_hours("22:00 - 06:00 Mon to Tue")
    assert read.shifts == (
        ProposedShift("mon", time(22), time(6)),
        ProposedShift("tue", time(22), time(6)),
    )
    assert all(shift.overnight for shift in read.shifts)
    assert not read_hours("Mon 9-5").shifts[0].overnight


def test_without_days_or_without_times_there_are_no_shifts() -> None:
    assert read_hours("9-5").shifts == ()
    assert read_hours("Mon-Fri").shifts == ()


@pytest.mark.parametrize("text", ["Mon-Tue 9-5, Sat 9-1", "9-5 Mon-Tue; 9-1 Sat"])
def test_days_that_have_their_own_times_keep_them(text: str) -> None:
    read = read_hours(text)
    assert [(shift.day, shift.end.hour) for shift in read.shifts] == [("mon", 17), ("tue", 17), ("sat", 13)]
    assert read.notes == ()


def test_other_times_than_the_first_are_named_for_the_person_who_confirms() -> None:
    read = read_hours("Mon-Fri, 9am - 5pm or 10am - 6pm")
    assert {shift.start for shift in read.shifts} == {time(9)}
    assert read.notes == ("The text gives other times too: 10:00 to 18:00.",)


def test_times_that_do_not_take_turns_with_days_are_not_paired_with_them() -> None:
    read = read_hours("Mon-Wed, 9-5 or 10-6. Also Sat")
    assert {shift.start for shift in read.shifts} == {time(9)}


def test_the_same_days_twice_are_a_choice_of_times() -> None:
    read = read_hours("Mon-Tue 9-5 or Mon-Tue 10-6")
    assert [(shift.day, shift.start) for shift in read.shifts] == [("mon", time(9)), ("tue", time(9))]


def test_another_possible_week_is_named_but_not_mixed_in() -> None:
    read = read_hours("9-5 Mon-Wed then Thu-Sat")
    assert read.days == ("mon", "tue", "wed")
    assert "The text gives other days too." in read.notes


def test_other_numbers_of_hours_are_named() -> None:
    assert read_hours("16-20 hours per week").weekly_hours == 16
    assert read_hours("16-20 hours").notes == ("The text gives other weekly hours too: 20.",)
    assert read_hours("20 hours a week in term, 35 hours a week in the holidays").notes == (
        "The text gives other weekly hours too: 35.",
    )


@pytest.mark.parametrize(
    ("text", "weekly", "other"),
    [
        ("Hours per week: 16-20", "16", "20"),
        ("Weekly hours: 16-20", "16", "20"),
        ("16-20 hpw", "16", "20"),
        ("Part-time, 16-20 hpw", "16", "20"),
        ("20 to 25hpw", "20", "25"),
        ("16-20 pw", "16", "20"),
        ("Contracted hours 16-24", "16", "24"),
        ("Hours: 16-20 per week", "16", "20"),
        ("Hours: 16 - 20 a week", "16", "20"),
        ("8-12 per week", "8", "12"),
        ("between 16 and 20 hours per week", "16", "20"),
        ("Hours per week: 20 to 25 (flexible)", "20", "25"),
        ("37½-40 hours", "37.5", "40"),
        ("Hours per week: 37.5", "37.5", None),
        ("Hours per week - 37½", "37.5", None),
        ("Total weekly hours 37 1/2", "37.5", None),
        ("Hours per week: 20+", "20", None),
        ("Weekly hours: 16 hours", "16", None),
        ("20 hpw", "20", None),
        ("20hpw", "20", None),
        ("37.5 hrs p/w", "37.5", None),
        ("Hours: 20", "20", None),
        ("35 hours (flexible)", "35", None),
    ],
)
def test_weekly_hours_are_no_clock_times(text: str, weekly: str, other: str | None) -> None:
    read = read_hours(text)
    assert (read.weekly_hours, read.start, read.end) == (Decimal(weekly), None, None)
    assert read.notes == ((f"The text gives other weekly hours too: {other}.",) if other else ())


@pytest.mark.parametrize(
    ("text", "weekly"),
    [
        ("Hours: 9-5", None),
        ("Weekly hours: 9-5", None),
        ("Weekly hours: 9:00-17:00", None),
        ("Hours per week: 9.00-17.00", None),
        ("Contracted hours: 9-5", None),
        ("thirty five hours per week 9-17", None),
        ("35 paid hours per week 9-17", None),
        ("35 hours per week 9-17", "35"),
        ("Hours per week: 37.5 9-5", "37.5"),
        ("Hours: 37.5, 9-5", "37.5"),
        ("9-5 - 35 hours", "35"),
    ],
)
def test_clock_times_are_no_weekly_hours(text: str, weekly: str | None) -> None:
    read = read_hours(text)
    assert (read.start, read.end) == (time(9), time(17))
    assert read.weekly_hours == (None if weekly is None else Decimal(weekly))


@pytest.mark.parametrize("text", ["Opening hours: 20", "£90-100 per week", "Hours per week: 3 days"])
def test_numbers_of_something_else_are_no_weekly_hours(text: str) -> None:
    assert read_hours(text).weekly_hours is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Monday-Friday except Wednesday 9-5", "mon tue thu fri"),
        ("every day except Sunday", "mon tue wed thu fri sat"),
        ("every day (except for Sundays and Mondays) 9-5", "tue wed thu fri sat"),
        ("every day except Tuesday or Thursday", "mon wed fri sat sun"),
        ("Mon-Sat, excl. Wed", "mon tue thu fri sat"),
        ("Except for Sundays: every day", "mon tue wed thu fri sat"),
        ("Mon-Fri 9-5, Wed off", "mon tue thu fri"),
        ("Mon-Fri, Sat/Sun off", MON_FRI),
        ("No Saturdays or Sundays. 9-5", ""),
        ("Mon-Fri 9-5, closed Monday bank holidays", MON_FRI),
        ("Mon-Fri 9-5, Sat 9-1 (no Sat in August)", f"{MON_FRI} sat"),
        ("M-Fri 9-5", MON_FRI),
        ("Mon-F 9-5", MON_FRI),
        ("M-W 9-5", "mon tue wed"),
        ("M-F 9-5 (m/f)", MON_FRI),
        ("Mon-Thu 9-5, room F 9-1", "mon tue wed thu"),
        ("F 9-1", ""),
        ("Mon－Fri", MON_FRI),
        ("Mon~Fri", MON_FRI),
        ("Ｍon ～ Ｆri", MON_FRI),
    ],
)
def test_days_are_those_of_the_usual_week(text: str, days: str) -> None:
    assert " ".join(read_hours(text).days) == days


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("M-Th 9-5, F 9-1", {"mon": 17, "tue": 17, "wed": 17, "thu": 17, "fri": 13}),
        ("M-Thur 8-5 / F 8-12", {"mon": 17, "tue": 17, "wed": 17, "thu": 17, "fri": 12}),
        ("M-W 9-5, Th/F 9-1", {"mon": 17, "tue": 17, "wed": 17, "thu": 13, "fri": 13}),
        ("Mon-Thurs 9am-5pm F: 9-1", {"mon": 17, "tue": 17, "wed": 17, "thu": 17, "fri": 13}),
    ],
)
def test_a_single_letter_beside_other_days_is_a_day(text: str, ends: dict[str, int]) -> None:
    assert {shift.day: shift.end.hour for shift in read_hours(text).shifts} == ends


def test_a_part_of_a_day_that_is_left_out_is_said() -> None:
    read = read_hours("Mon-Fri 9-5 except Wednesday afternoons")
    assert " ".join(read.days) == "mon tue thu fri"
    assert read.notes == (
        "The text leaves out a part of a day, here the whole day is left out. Please check.",
    )


@pytest.mark.parametrize(
    ("text", "weekly", "start"),
    [
        ("９：００－１７：００，３５ hours", "35", time(9)),
        ("9~5, ~35 hours", "35", time(9)),
        ("37½ hours, 9-5 ½ hour lunch", "37.5", time(9)),
        ("35² hours", None, None),
    ],
)
def test_full_width_text_is_plain_and_fractions_stay(
    text: str, weekly: str | None, start: time | None
) -> None:
    read = read_hours(text)
    assert read.weekly_hours == (None if weekly is None else Decimal(weekly))
    assert read.start == start


@pytest.mark.parametrize(
    "text",
    [
        "2026-2027 academic year",
        "2025-26",
        "2026-2029 contract",
        "Band 5-6, 37.5 hours",
        "Grade 4-5 Mon-Fri",
        "ages 16-18",
        "Year 3-4",
        "children aged between 3 and 5",
    ],
)
def test_years_bands_and_ages_are_no_times(text: str) -> None:
    read = read_hours(text)
    assert (read.start, read.shifts, read.notes) == (None, (), ())
    assert read_hours(f"{text}, 9-5").start == time(9)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1-2 evenings", "1-2"),
        ("1-3 evenings", "1-3"),
        ("Mon-Fri 8-9", "8-9"),
        ("Hours: 16-20", "16-20"),
        ("16-20", "16-20"),
        ("16-20 weekly", "16-20"),
        ("Contracted hours 8-12, Mon-Fri", "8-12"),
        ("Mon 09:00-09:15am", "09:00-09:15am"),
    ],
)
def test_numbers_that_may_be_something_else_are_not_proposed_as_times(text: str, words: str) -> None:
    read = read_hours(text)
    assert (read.weekly_hours, read.start, read.shifts) == (None, None, ())
    assert read.notes == (f'"{words}" was not read as times. Please check.',)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("1900-2030 Mon", time(19), time(20, 30)),
        ("2-6 afternoons", time(14), time(18)),
        ("5-9 evenings", time(17), time(21)),
        ("Mon-Fri 14-22", time(14), time(22)),
        ("Band 5 9-5", time(9), time(17)),
        ("five day week 9-5", time(9), time(17)),
        ("Ages 9am-5pm", time(9), time(17)),
    ],
)
def test_times_beside_such_words_stay_times(text: str, start: time, end: time) -> None:
    read = read_hours(text)
    assert (read.start, read.end) == (start, end)


@pytest.mark.parametrize(
    "words", ["75 hours over two weeks", "75 hours per 2 weeks", "70 hrs a fortnight", "70 hours bi-weekly"]
)
def test_hours_of_several_weeks_are_not_those_of_one(words: str) -> None:
    read = read_hours(f"{words}, days")
    assert read.weekly_hours is None
    assert read.notes == (f'"{words}" is for more than one week. Ask for the hours a week.',)
    assert read_hours(f"{words}, 37.5 hours a week").weekly_hours == Decimal("37.5")
    assert read_hours("37.5 hours a week over 4 weeks").weekly_hours == Decimal("37.5")


@pytest.mark.parametrize("text", ["zero hours contract", "0 hours per week"])
def test_a_zero_hours_contract_is_said(text: str) -> None:
    read = read_hours(text)
    assert read.weekly_hours is None
    assert read.notes == ("No hours are promised (a zero-hours contract). Ask what is usual.",)


@pytest.mark.parametrize(
    ("text", "together", "minutes"),
    [
        ("7 days per week, 6am-10pm, 40 hours", "112", None),
        ("Mon-Fri 9-5.30, 45 hours", "42.5", None),
        ("Mon-Fri 9-5, 37.4 hours", "40", None),
        ("Mon-Fri 9-5, 34.9 hours", "40", None),
        ("35hrs / 9-5 / M-F (flexible)", "40", 60),
        ("Mon-Fri 8.30-4.30, 37.5 hours", "40", 30),
        ("22:00-06:00 Mon-Fri, 39 hours", "40", 12),
        ("22:00-06:00 Mon-Fri, 40 hours", None, None),
        ("9-5, 16 hours", None, None),
        ("Mon-Fri 9-5", None, None),
    ],
)
def test_shifts_that_do_not_add_up_to_the_hours_are_asked_about(
    text: str, together: str | None, minutes: int | None
) -> None:
    read = read_hours(text)
    assert read.break_minutes == minutes
    apart = f"These shifts come to {together} hours, the text says {read.weekly_hours}."
    rest = f" An unpaid break of {minutes} minutes a day would make them agree." if minutes else ""
    assert read.notes == ((f"{apart}{rest} Please check.",) if together else ())


@given(hours=st.integers(2, 12), days=st.integers(1, 7), minutes=st.sampled_from([3, 15, 30, 45, 60]))
def test_the_break_that_was_taken_off_is_found_again(hours: int, days: int, minutes: int) -> None:
    names = ", ".join(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[:days])
    weekly = Decimal(days * (hours * 60 - minutes)) / 60
    read = read_hours(f"{names} 06:00-{6 + hours:02}:00, {weekly} hours a week")
    assert (read.weekly_hours, read.break_minutes) == (weekly, minutes)


@pytest.mark.parametrize("text", ["4 on 4 off 06:00-18:00", "7-7 4on4off", "Mon-Fri, some weekends"])
def test_a_week_unlike_the_last_is_said(text: str) -> None:
    assert read_hours(text).varies


def test_hours_that_could_be_a_day_or_a_week_are_asked_about() -> None:
    read = read_hours("12 hours")
    assert read.weekly_hours is None
    assert read.notes == ("12 hours could be for a day or a week. Please ask.",)


def test_more_hours_than_a_week_has_are_refused() -> None:
    read = read_hours("200 hours per week")
    assert read.weekly_hours is None
    assert read.notes == ("200 hours do not fit in a week.",)


def test_a_shift_of_20_hours_is_kept_with_a_question() -> None:
    read = read_hours("9am - 5am")
    assert (read.start, read.end) == (time(9), time(5))
    assert read.notes == ("This shift would last 20 hours. Please check the times.",)


def test_what_may_be_asked_now_and_then_names_no_usual_days() -> None:
    read = read_hours("Mon-Fri 9-5. May be required to work Saturdays and Sundays 10-2.")
    assert " ".join(read.days) == MON_FRI
    assert read.varies
    assert read.notes == ("The text says that the times may change. Ask how often.",)
    assert not read_hours("Mon-Fri 9-5").varies


def test_only_the_beginning_of_a_very_long_text_is_read() -> None:
    read = read_hours("35 hours " + "x" * LONGEST_TEXT + " Monday")
    assert read.weekly_hours == 35
    assert read.days == ()
    assert read.notes == ("Only the first 2,000 characters were read.",)


PIECES = [*"9-5:/½“ ", "am", "pm", "mon", "fri", "to", "35", "hours", "30", "week", "off"]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=25).map("".join)))
def test_any_text_gives_a_proposal_in_range(text: str) -> None:
    read = read_hours(text)
    assert read.weekly_hours is None or 0 < read.weekly_hours <= 168
    assert set(read.days) <= set(DAYS)
    assert (read.start is None) == (read.end is None)
    assert len(read.shifts) <= 7 * 25
