"""Short readings for other rooms, what answers point at, and words for the screen."""

from datetime import timedelta

import pytest

from pacework.service.core import clock
from pacework.service.plan.actions import end_action
from pacework.service.profile import actions
from pacework.service.profile.models import ProfileSection, headline, headlines, preferences
from pacework.service.profile.presenters import body, needs, words
from pacework.service.profile.presenters import sections as shown
from pacework.service.profile.proposals import proposals
from pacework.service.profile.questions import Question, sections
from tests.service.profile.build import goal_of, need_of, situation

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(frozen):
    return situation()


def test_an_empty_profile_has_an_empty_headline(here):
    assert not headline(here.episode)
    assert preferences(here.episode).hours_start is None


def test_the_headline_gives_goal_limits_and_tolerances(here):
    said = {"ideal_work": "A desk.", "hours_start": 16, "hours_most": 24.5, "travel_limit": 0}
    goal_of(here.episode, here.own, **said, pay_needed=12.5, best_times=["early", "weekends"])
    pain = {"sit_minutes": 40, "lift_kg": 2.5, "drive_minutes": 0}
    actions.save_section(here.episode, by=here.own, key="pain_at_work", answers=pain)
    found = headline(here.episode)
    assert found.goal == "A desk."
    assert found.limits == (
        "16 hours a week to start with, 24.5 at most",
        "Early mornings, weekends",
        "0 minutes of travel one way",
        "£12.50 an hour or more",
    )
    assert found.tolerances == ("Sits 40 minutes", "Drives 0 minutes", "Lifts 2.5 kg")


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({"hours_start": 8}, "8 hours a week to start with"),
        ({"hours_most": 20}, "20 hours a week at most"),
        ({"hours_start": 20, "hours_most": 20}, "20 hours a week to start with"),
    ],
)
def test_hours_are_said_as_far_as_they_are_known(here, said, line):
    goal_of(here.episode, here.own, **said)
    assert headline(here.episode).limits == (line,)
    assert headline(here.episode).goal == "Ask me."


def test_many_headlines_take_one_query(here, django_assert_num_queries):
    other = situation()
    goal_of(here.episode, here.own)
    with django_assert_num_queries(1):
        found = headlines([here.episode, other.episode])
    assert found[here.episode.pk].goal == "A desk and my own head."
    assert not found[other.episode.pk]


def test_preferences_are_values_to_compare_with(here):
    goal_of(here.episode, here.own, jobs_to_avoid="Nights.", home_working="some", travel_limit=45)
    actions.save_section(here.episode, by=here.own, key="leads", answers={"avoid_employers": "The depot."})
    actions.save_section(here.episode, by=here.own, key="adjustments", answers={"wanted": ["later_start"]})
    found = preferences(here.episode)
    assert (found.avoid, found.home_working, found.travel_minutes) == ("Nights.", "some", 45)
    assert (found.employers_to_avoid, found.adjustments) == ("The depot.", ("later_start",))


def test_answers_put_needs_forward_until_they_are_named(here):
    goal_of(here.episode, here.own, confidence=4)
    practical = {"caring": "My mother."}
    actions.save_section(here.episode, by=here.own, key="practical", answers=practical)
    rows = list(ProfileSection.objects.filter(episode=here.episode))
    assert [one.key for one in proposals(rows)] == ["confidence", "care_cover"]
    need = need_of(here.episode, here.esw, "confidence")
    assert [one.key for one in proposals(rows, known=[need.key])] == ["care_cover"]


def test_nothing_is_named_by_an_answer_alone(here):
    goal_of(here.episode, here.own, confidence=0)
    assert not here.episode.needs.exists()


@pytest.mark.parametrize(
    ("type_", "unit", "value", "said"),
    [
        ("whole", "minutes", 45, "45 minutes"),
        ("whole", "days", 1, "1 day"),
        ("whole", "minutes", 0, "0 minutes"),
        ("number", "pounds an hour", 12.5, "£12.50 an hour"),
        ("number", "kg", 7.5, "7.5 kg"),
        ("scale", "", 0, "0 out of 10"),
        ("yesno", "", False, "No"),
        ("yesno", "", True, "Yes"),
        ("choice", "", "a", "A"),
        ("choices", "", ["a", "gone"], "A, gone"),
        ("text", "", "so", "so"),
        ("text", "", None, ""),
    ],
)
def test_answers_are_said_as_people_say_them(type_, unit, value, said):
    question = Question("q", type_, "Q", unit=unit, options=(("a", "A"),))
    assert words.answer(question, value) == said


def test_ask_next_offers_blank_sections_first_and_then_old_ones(here):
    for key, section in sections().items():
        if section.repeat:
            actions.save_own_words(here.episode, by=here.own, key=key, own_words="x")
        elif key != "skills":
            actions.save_section(here.episode, by=here.own, key=key, answers={}, own_words="x")
    rows = {row.key: row for row in ProfileSection.objects.filter(episode=here.episode)}
    assert [one["key"] for one in shown.ask_next(rows)] == ["skills"]
    with clock.at(clock.now() + timedelta(days=190)):
        actions.confirm_section(rows["goal"], by=here.esw)
        keys = [one["key"] for one in shown.ask_next(rows, most=20)]
    assert keys[0] == "skills"
    assert "goal" not in keys
    assert len(keys) == len(sections()) - 1


def test_history_says_what_changed_with_entries_and_own_words(here):
    add = {"by": here.own, "key": "work_history"}
    actions.save_entry(here.episode, **add, answers={"role": "Cook", "hours": 20})
    actions.save_entry(here.episode, **add, answers={"role": "Chef"}, number=1)
    row = actions.save_own_words(here.episode, **add, own_words="Ask Pat.")
    found = shown.history(sections()["work_history"], row.versions.select_related("by"))
    assert found[0]["rows"] == [["In your own words", "Nothing", "Ask Pat."]]
    before = "What was the job? Cook\nHours a week 20 hours"
    assert found[1]["rows"] == [["Job 1", before, "What was the job? Chef"]]
    assert found[2]["rows"] == [["Job 1", before]]
    assert {one["by"] for one in found} == {"the client"}


def test_a_taken_out_answer_shows_as_nothing(here):
    goal_of(here.episode, here.own, why_now="Now.", ideal_work="A desk.")
    row = goal_of(here.episode, here.esw, ideal_work="A desk.")
    found = shown.history(sections()["goal"], row.versions.select_related("by"))
    assert found[0]["rows"] == [["Why now?", "Now.", "Nothing"]]


def test_an_entry_without_a_name_still_has_a_title():
    assert words.entry_title(sections()["work_history"], {"hours": 3}) == "A job without a name"


def test_marks_are_said_in_words():
    assert body.in_words([]) == "Nothing is marked."
    assert body.in_words(["back_lower"]) == "1 place marked: Lower back."
    assert body.in_words(["front_jaw", "back_lower"]) == "2 places marked: Jaw and lower back."


@pytest.mark.parametrize(("ends", "said"), [(None, "To do"), (True, "Done"), (False, "No longer needed")])
def test_what_became_of_a_planned_need_is_said(here, ends, said):
    need = need_of(here.episode, here.esw)
    due = clock.today() + timedelta(days=7)
    planned = actions.plan_need(need, by=here.esw, words="Write it", owner="client", due_on=due)
    if ends is not None:
        end_action(planned, by=here.esw, done=ends)
    assert needs.planned_row(need)[-1]["text"] == said
    assert needs.planned_row(need)[2] == "Client"


def test_a_step_past_its_day_is_marked(here):
    need = need_of(here.episode, here.esw)
    actions.plan_need(need, by=here.esw, words="Write it", owner="client", due_on=clock.today())
    with clock.at(clock.now() + timedelta(days=1)):
        assert needs.planned_row(need)[-1]["text"] == "Past its day"


def test_a_section_nobody_saved_has_no_day():
    row = ProfileSection(key="goal", version=0)
    assert (words.confirmed(row), words.checked(row)) == ("", "")
