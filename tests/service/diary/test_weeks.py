"""The sentence and the pictures of thirteen weeks."""

from __future__ import annotations

import pytest

from pacework.service.core import clock
from pacework.service.diary import actions, presenters, reading
from pacework.service.diary.presenters.weeks import cell_words
from tests.service.diary.build import day, keep, rate, start

pytestmark = pytest.mark.django_db


def said(person, name="", until=None):
    return presenters.sentence(reading.weeks(person.user, person, until), name)


def test_nothing_is_said_about_no_days(person):
    assert said(person) == "There is nothing in the diary for these weeks yet."


@pytest.mark.parametrize(("days", "words"), [(1, "1 day so far"), (13, "13 days so far")])
def test_under_two_weeks_it_is_early_days(person, days, words):
    keep(person, [5] * days)
    assert "It is early days" in said(person)
    assert words in said(person)


def test_a_constant_diary_hardly_moves(person):
    keep(person, [5] * 14)
    assert said(person).startswith(
        "Your pain usually sits at 5 and hardly moves from day to day; you had no "
    )


def test_the_sentence_says_middle_movement_and_flares(person):
    keep(person, [4, 5, 6, 5] * 5)
    actions.log_flare(person, by=person.user, started_on=day(9), ended_on=day(8))
    actions.log_flare(person, by=person.user, started_on=day(4), ended_on=day(4))
    assert said(person) == (
        "Your pain usually sits at 5 and moves by about 1 from day to day; "
        "you had two flares in the last three months."
    )
    assert said(person, "Sam").startswith("Sam’s pain usually sits at 5")
    assert "there were two flares" in said(person, "Sam")


def test_days_that_do_not_follow_each_other_say_nothing_about_movement(person):
    for back in range(0, 42, 3):
        rate(person, 5, back=back)
    assert "we cannot say how much it moves" in said(person)


def test_a_gap_of_months_breaks_the_line(person):
    keep(person, [5] * 10)
    keep(person, [3] * 10, until=60)
    line = presenters.picture(reading.weeks(person.user, person))["line"]
    assert len(line["strokes"]) == 2
    assert len(line["dots"]) == 20


def test_the_picture_has_a_cell_for_every_day_until_today_and_none_after(person):
    rate(person, 8)
    start(person, back=2)
    found = reading.weeks(person.user, person)
    cells = [cell for row in presenters.picture(found)["calendar"]["rows"] for cell in row["cells"]]
    assert len(cells) == (clock.today() - found.first).days + 1
    assert cells[-1]["today"]
    assert cells[-1]["level"] == "8"
    assert [cell["flare"] for cell in cells[-4:]] == [False, True, True, True]
    assert cell_words(found, day(0)).endswith("pain 8, flare")
    assert cell_words(found, day(5)).endswith("nothing yet")


def test_the_tables_hold_what_the_pictures_show(person):
    keep(person, [2, 3, 4])
    found = reading.weeks(person.user, person)
    days = presenters.table_of_days(found)
    assert [row[1] for row in days] == ["4", "3", "2"]
    weeks = presenters.table_of_weeks(found)
    assert len(weeks) == reading.WEEKS
    assert sum(cell in ("2", "3", "4") for row in weeks for cell in row[1:]) == 3


def test_a_flare_longer_than_the_weeks_is_drawn_over_all_of_them(person):
    start(person, back=110)
    found = reading.weeks(person.user, person)
    (band,) = presenters.picture(found)["line"]["flares"]
    assert band["x"] == 7.0
    assert "one flare in the last three months" in presenters.sentence(
        found
    ) or "nothing in the diary" in presenters.sentence(found)
