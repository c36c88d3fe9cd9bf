"""The pages of the plan and of preparing, as a browser sends and gets them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from pacework.service.core.codes import codes
from pacework.service.core.drafts import signature_of
from pacework.service.plan import actions
from pacework.service.plan.models import Goal, Obstacle, PlacementAnswer, PlannedAction, PreparationSession
from tests.service.build import close, give_consent, make_client, make_user
from tests.service.filled import filled
from tests.service.plan.build import carried_episode, day, esw_of, make_action, make_goal, make_obstacle

pytestmark = pytest.mark.django_db
DEBTS = codes("plan", "obstacles", "obstacles")["debts"]


def at(name: str, episode: Any, *more: Any) -> str:
    return reverse(name, args=[episode.client_id, *more])


@pytest.fixture
def episode() -> Any:
    return carried_episode()


@pytest.fixture
def browser(client_for: Any, episode: Any) -> Any:
    return client_for(esw_of(episode))


@pytest.fixture
def own(client_for: Any, episode: Any) -> Any:
    return client_for(episode.client.user)


def test_an_empty_plan_says_how_to_begin(browser: Any, episode: Any) -> None:
    text = browser.get(at("plan", episode)).text
    assert "No goal yet." in text
    assert "Nothing to do is written down." in text


def test_the_plan_shows_goals_actions_by_owner_obstacles_and_the_length(browser: Any, episode: Any) -> None:
    make_goal(episode, 37, kind="preparing", words="Get through a shift")
    make_goal(episode, 400 // 10, words="A garden centre", target_on=day(90))
    make_action(episode, -2, words="Look at the bus", why="No bus before nine")
    make_action(episode, 0, words="Ring the depot", owner="esw")
    make_obstacle(episode, step="Ask a friend", step_due_on=day(4))
    text = browser.get(at("plan", episode)).text
    for words in ("“Get through a shift”", "Look at the bus", "Today", "No bus before nine", "Ask a friend"):
        assert words in text
    assert "Preparing for 5 weeks and 2 days" in text
    assert "Employer search may run beside this" in text
    assert text.index(f"<h3>{episode.client.name}</h3>") < text.index(f"<h3>{esw_of(episode)}</h3>")


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "Preparing since today"), (1, "for 1 day"), (7, "for 1 week."), (9, "for 1 week and 2 days")],
)
def test_the_length_of_preparing_is_said_in_weeks_and_days(
    browser: Any, episode: Any, days: int, words: str
) -> None:
    make_goal(episode, days, kind="preparing")
    assert words in browser.get(at("preparing", episode)).text


def test_a_goal_is_set_changed_ended_and_opened_again(browser: Any, episode: Any) -> None:
    assert filled(browser.get(at("goal-new", episode), {"kind": "preparing"}))["kind"] == "preparing"
    browser.post(at("goal-new", episode), {"words": "Mornings", "kind": "work"})
    goal = Goal.objects.get()
    assert browser.get(at("goal-edit", episode, goal.pk)).status_code == 200
    browser.post(at("goal-edit", episode, goal.pk), {"words": "Afternoons", "kind": "life", "version": "1"})
    assert browser.get(at("goal-end", episode, goal.pk)).status_code == 200
    ended = browser.post(
        at("goal-end", episode, goal.pk), {"how": "dropped", "why": "Too far", "version": "2"}, follow=True
    )
    assert "Let go today: Too far" in ended.text
    again = browser.post(at("goal-reopen", episode, goal.pk), follow=True)
    assert "The goal is open again." in again.text
    assert (
        "Reached today"
        in browser.post(at("goal-end", episode, goal.pk), {"how": "reached"}, follow=True).text
    )


def test_a_stale_goal_shows_both_texts_and_changes_nothing(browser: Any, own: Any, episode: Any) -> None:
    goal = make_goal(episode)
    actions.reword_goal(goal, by=episode.client.user, words="Her words")
    answer = browser.post(
        at("goal-edit", episode, goal.pk), {"words": "His words", "kind": "work", "version": "1"}
    )
    assert answer.status_code == 409
    assert "Her words" in answer.text
    assert "His words" in answer.text
    goal.refresh_from_db()
    assert goal.words == "Her words"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"words": ""}, "What is to be done?"),
        ({"words": "x" * 301}, "300 characters"),
        ({"words": "a\x00b"}, "hidden character"),
        ({"due_on": "2001-01-01"}, "in the past"),
        ({"due_on": "soon"}, "date"),
        ({"owner": "dog"}, "Choose one from the list"),
        ({"owner": "hcp"}, "has not agreed to share"),
        ({"goal": "999999"}, "Choose one from the list"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_changes_nothing(
    browser: Any, episode: Any, changes: dict[str, str], words: str
) -> None:
    make_goal(episode)
    typed = {"words": "Ring", "owner": "esw", "due_on": day(3).isoformat()} | changes
    answer = browser.post(at("action-new", episode), typed)
    assert answer.status_code == 422
    assert words in answer.text
    assert not PlannedAction.objects.exists()


def test_markup_and_sql_are_shown_as_typed(browser: Any, own: Any, episode: Any) -> None:
    words = "<script>alert(1)</script> '; DROP TABLE plan_goal; --"
    make_goal(episode, words=words)
    make_action(episode, words=words)
    make_obstacle(episode, words=words)
    actions.answer_placement_question(episode, by=esw_of(episode), words=words)
    pages = [(browser, at("plan", episode)), (browser, at("preparing", episode))]
    for reader, path in [*pages, (own, reverse("my-plan")), (own, reverse("my-preparing"))]:
        text = reader.get(path).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;" in text


def test_the_same_form_sent_twice_writes_once(browser: Any, episode: Any) -> None:
    form = {"words": "Ring", "owner": "esw", "due_on": day(3).isoformat(), "submission": str(uuid4())}
    for _ in range(2):
        assert browser.post(at("action-new", episode), form).status_code == 302
    assert PlannedAction.objects.count() == 1


def test_a_long_goal_outlives_an_expired_session(client_for: Any, episode: Any) -> None:
    words, path, signed_out = "A long goal. " * 60, at("goal-new", episode), client_for()
    signed_out.post(path, {"words": words, "kind": "work", "typed_by": signature_of(esw_of(episode))})
    signed_out.force_login(esw_of(episode), backend="django.contrib.auth.backends.ModelBackend")
    assert words.strip() in signed_out.get(path).text
    assert not Goal.objects.exists()


def test_an_action_is_done_dropped_moved_and_undone(browser: Any, episode: Any) -> None:
    planned = make_action(episode)
    ids = (episode, planned.pk)
    assert browser.get(at("action-done", *ids)).status_code == 405
    assert "Done today" in browser.post(at("action-done", *ids), follow=True).text
    assert "already ended" in browser.post(at("action-done", *ids), follow=True).text
    assert "open again" in browser.post(at("action-undo", *ids), follow=True).text
    assert filled(browser.get(at("action-move", *ids)))["due_on"] == day(3).isoformat()
    assert (
        "Moved to" in browser.post(at("action-move", *ids), {"due_on": day(8).isoformat()}, follow=True).text
    )
    assert "Dropped today" in browser.post(at("action-drop", *ids), follow=True).text


def test_an_hcp_reads_the_plan_and_finishes_only_their_own_actions(client_for: Any, episode: Any) -> None:
    hcp = make_user("hcp", episode.team)
    reader = client_for(hcp)
    assert reader.get(at("plan", episode)).status_code == 404
    give_consent(episode.client)
    mine, theirs = make_action(episode, owner="hcp", hcp=hcp), make_action(episode, owner="esw")
    text = reader.get(at("plan", episode)).text
    assert at("action-done", episode, mine.pk) in text
    assert at("action-done", episode, theirs.pk) not in text
    assert "New goal" not in text
    assert reader.post(at("action-done", episode, mine.pk)).status_code == 302
    assert reader.post(at("action-done", episode, theirs.pk)).status_code == 403
    assert reader.get(at("goal-new", episode)).status_code == 404


def test_a_closed_plan_is_read_and_not_written(browser: Any, own: Any, episode: Any) -> None:
    planned = make_action(episode)
    close(episode)
    assert "New action" not in browser.get(at("plan", episode)).text
    assert browser.post(at("action-done", episode, planned.pk)).status_code == 403
    assert "I have done this" not in own.get(reverse("my-plan")).text
    assert own.post(reverse("my-step-done", args=[planned.pk])).status_code == 403


def test_rows_of_another_client_are_not_found(browser: Any, own: Any, episode: Any) -> None:
    other = carried_episode()
    planned, obstacle = make_action(other), make_obstacle(other)
    assert browser.post(at("action-done", episode, planned.pk)).status_code == 404
    assert browser.get(at("goal-edit", episode, make_goal(other).pk)).status_code == 404
    assert browser.get(at("obstacle-step", episode, obstacle.pk)).status_code == 404
    assert own.post(reverse("my-step-done", args=[planned.pk])).status_code == 404
    assert own.post(reverse("my-obstacle-gone", args=[obstacle.pk])).status_code == 404


def test_someone_without_an_episode_has_a_plan_and_nothing_to_add(client_for: Any, episode: Any) -> None:
    person = make_client(episode.team, account=True)
    lead = client_for(make_user("team_lead", episode.team))
    for name in ("plan", "preparing"):
        assert lead.get(reverse(name, args=[person.pk])).status_code == 200
    assert lead.post(reverse("goal-new", args=[person.pk]), {"words": "A", "kind": "work"}).status_code == 404
    assert client_for(person.user).get(reverse("my-plan")).status_code == 200


# Preparing


def ticked(**changes: Any) -> dict[str, Any]:
    return {"step_owner": "client", "step_due_on": day(14).isoformat()} | changes


def test_ticked_obstacles_become_obstacles_with_their_first_steps(browser: Any, episode: Any) -> None:
    assert browser.get(at("obstacle-new", episode)).status_code == 200
    form = ticked(
        in_financial=["debts"], step_debts="1", in_learning=["computer"], step_computer="", step_travel="0"
    )
    form |= {
        "own_words": "My landlord",
        "own_domain": "financial",
        "own_step": "Write to him",
        "step_owner": "esw",
    }
    browser.post(at("obstacle-new", episode), form)
    steps = {row.words: row.step.words if row.step else None for row in Obstacle.objects.all()}
    computer = codes("plan", "obstacles", "obstacles")["computer"]["label"]
    assert steps == {DEBTS["label"]: DEBTS["steps"][1], computer: None, "My landlord": "Write to him"}
    assert {row.owner for row in PlannedAction.objects.all()} == {"esw"}
    assert DEBTS["label"] not in browser.get(at("obstacle-new", episode)).text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Tick at least one"),
        ({"in_financial": ["gold"]}, "Choose only from the list"),
        ({"own_words": "My landlord"}, "Choose what it is to do with"),
        ({"own_step": "Write"}, "Say what is in the way"),
        ({"in_financial": ["debts"], "step_debts": "9"}, "Choose one from the list"),
        ({"in_financial": ["debts"], "step_due_on": "2001-01-01"}, "in the past"),
    ],
)
def test_an_obstacle_form_that_does_not_add_up_is_refused(
    browser: Any, episode: Any, changes: dict[str, Any], words: str
) -> None:
    answer = browser.post(at("obstacle-new", episode), ticked(**changes))
    assert answer.status_code == 422
    assert words in answer.text
    assert not Obstacle.objects.exists()


def test_a_step_is_suggested_or_typed(browser: Any, episode: Any) -> None:
    known = make_obstacle(episode, domain="financial", words=DEBTS["label"])
    path = at("obstacle-step", episode, known.pk)
    assert DEBTS["steps"][0] in browser.get(path).text
    common = {"owner": "client", "step_due_on": day(5).isoformat(), "version": "1"}
    assert "Write the step." in browser.post(path, common | {"choice": "own"}).text
    browser.post(path, common | {"choice": "0"})
    known.refresh_from_db()
    assert known.step.words == DEBTS["steps"][0]
    assert "step under way" in browser.post(path, common | {"choice": "1", "version": "2"}).text
    own_words = make_obstacle(episode)
    browser.post(at("obstacle-step", episode, own_words.pk), common | {"words": "Ask Ali"})
    own_words.refresh_from_db()
    assert own_words.step.words == "Ask Ali"


def test_an_obstacle_goes_out_of_the_way_and_comes_back(browser: Any, episode: Any) -> None:
    obstacle = make_obstacle(episode, step="Ask", step_due_on=day(3))
    assert "Out of the way today" in browser.post(at("obstacle-gone", episode, obstacle.pk), follow=True).text
    assert "Back on the list." in browser.post(at("obstacle-reopen", episode, obstacle.pk), follow=True).text


def test_a_session_is_logged_from_its_outline(browser: Any, episode: Any) -> None:
    page = browser.get(at("session-new", episode), {"template": "pacing"})
    assert filled(page)["template"] == "pacing"
    assert "Spot the push and the crash" in page.text
    form = {
        "template": "pacing",
        "on": day(0).isoformat(),
        "attendance": "attended",
        "what_changed": "Rests at eleven",
    }
    assert "Rests at eleven" in browser.post(at("session-new", episode), form, follow=True).text
    late = browser.post(at("session-new", episode), form | {"on": day(1).isoformat()})
    assert "in the future" in late.text
    before = browser.post(at("session-new", episode), form | {"on": day(-99).isoformat()})
    assert "before the referral" in before.text
    assert PreparationSession.objects.count() == 1


def test_a_group_session_offers_only_ones_own_caseload_and_logs_all_at_once(
    browser: Any, episode: Any
) -> None:
    second, stranger = carried_episode(esw=esw_of(episode)), carried_episode()
    make_goal(second, kind="preparing")
    page = browser.get(reverse("session-group"))
    assert page.text.index(f"came_{second.pk}") < page.text.index(f"came_{episode.pk}")
    assert stranger.client.name not in page.text
    form = {"template": "cv", "on": day(0).isoformat(), f"came_{episode.pk}": "attended"}
    assert "two people or more" in browser.post(reverse("session-group"), form).text
    form[f"changed_{second.pk}"] = "A page"
    assert f"Say whether {second.client.name} came" in browser.post(reverse("session-group"), form).text
    saved = browser.post(reverse("session-group"), form | {f"came_{second.pk}": "attended"}, follow=True)
    assert "Session saved for" in saved.text
    assert set(PreparationSession.objects.values_list("episode", "format")) == {
        (episode.pk, "group"),
        (second.pk, "group"),
    }


def test_the_question_keeps_every_answer(browser: Any, episode: Any) -> None:
    make_goal(episode, 30, kind="preparing")
    assert "Due 2 days ago" in browser.get(at("preparing", episode)).text
    browser.post(at("placement-question", episode), {"words": "A stool", "asked_on": day(-2).isoformat()})
    after = browser.post(
        at("placement-question", episode), {"words": "Mornings", "asked_on": day(0).isoformat()}, follow=True
    )
    assert "Due in 28 days" in after.text
    history = browser.get(at("placement-question", episode)).text
    assert history.index("Mornings") < history.index("A stool")


# The client's own pages


def test_a_client_sees_their_next_step_first_and_nothing_blames_a_late_one(own: Any, episode: Any) -> None:
    assert "nothing you need to do right now" in own.get(reverse("my-plan")).text
    make_action(episode, 6, words="Visit the nursery")
    make_action(episode, -4, words="Find the old CV")
    make_action(episode, 1, owner="esw", words="Ring the depot")
    make_goal(episode, words="A garden centre")
    text = own.get(reverse("my-plan")).text
    assert text.index("Find the old CV") < text.index("Visit the nursery") < text.index("Ring the depot")
    assert "When you can" in text
    for blame in ("late", "overdue", "missed", "Was for"):
        assert blame not in text


def test_a_client_ticks_a_step_and_takes_it_back(own: Any, episode: Any) -> None:
    planned, other = make_action(episode), make_action(episode, owner="esw")
    assert "Put it back" in own.post(reverse("my-step-done", args=[planned.pk]), follow=True).text
    assert "back on your list" in own.post(reverse("my-step-undo", args=[planned.pk]), follow=True).text
    assert own.post(reverse("my-step-done", args=[other.pk])).status_code == 403


def test_a_client_adds_a_goal_a_step_and_an_answer(own: Any, episode: Any) -> None:
    for name in ("my-goal-new", "my-step-new", "my-placement-question"):
        assert own.get(reverse(name)).status_code == 200
    own.post(reverse("my-goal-new"), {"words": "To be useful"})
    own.post(reverse("my-step-new"), {"words": "Walk to the shop", "due_on": day(2).isoformat()})
    own.post(reverse("my-placement-question"), {"words": "Someone I know"})
    assert Goal.objects.get().set_by == episode.client.user
    assert (PlannedAction.objects.get().owner, PlacementAnswer.objects.get().words) == (
        "client",
        "Someone I know",
    )
    assert "Someone I know" in own.get(reverse("my-preparing")).text


def test_a_client_names_what_is_in_the_way_area_by_area(own: Any, episode: Any) -> None:
    path = reverse("my-obstacles", args=["financial"])
    assert DEBTS["label"] in own.get(path).text
    assert own.get(reverse("my-obstacles", args=["moon"])).status_code == 404
    form = {
        "in_financial": ["debts"],
        "step_debts": "0",
        "own_words": "My landlord",
        "step_due_on": day(9).isoformat(),
    }
    page = own.post(path, form, follow=True).text
    assert DEBTS["steps"][0] in page
    assert set(Obstacle.objects.values_list("words", "domain")) == {
        (DEBTS["label"], "financial"),
        ("My landlord", "financial"),
    }
    gone = Obstacle.objects.get(words="My landlord")
    assert "out of the way" in own.post(reverse("my-obstacle-gone", args=[gone.pk]), follow=True).text


def test_a_client_reads_that_nothing_has_to_be_finished_first(own: Any, episode: Any) -> None:
    session = {"template": "pacing", "on": day(0), "format": "one_to_one"}
    actions.log_session(episode, by=esw_of(episode), attendance="attended", what_changed="Rests", **session)
    actions.log_session(
        episode, by=esw_of(episode), attendance="no_contact", what_changed="Hidden", **session
    )
    text = own.get(reverse("my-preparing")).text
    assert "You do not have to finish this first" in text
    assert "Rests" in text
    assert "Hidden" not in text
