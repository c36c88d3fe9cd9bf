"""The pages of the situation as a browser gets them."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from pacework.service.core import clock
from pacework.service.core.models import Draft
from pacework.service.plan.models import PlannedAction
from pacework.service.profile import actions
from pacework.service.profile.models import BodyMap, Need, ProfileSection
from tests.service import build as cases
from tests.service.profile.build import JOB, goal_of, need_of, situation

pytestmark = pytest.mark.django_db

MARKUP = "<script>alert('x')</script> ' OR 1=1; --"


@pytest.fixture
def here(frozen):
    return situation()


@pytest.fixture
def esw(client_for, here):
    return client_for(here.esw)


@pytest.fixture
def own(client_for, here):
    return client_for(here.own)


def hidden_in(text):
    """What a form sends by itself."""
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text))


def page(here, name, *args):
    return reverse(name, args=[here.client.pk, *args])


def test_an_empty_situation_says_how_to_begin(esw, here):
    text = esw.get(page(here, "profile")).text
    assert "Start with: What you want" in text
    assert "Ask next" in text


def test_the_situation_shows_own_words_answers_day_and_what_to_ask(esw, here):
    goal_of(here.episode, here.own)
    text = esw.get(page(here, "profile")).text
    for words in (
        "Ask me.",
        "A desk and my own head.",
        "16 hours",
        "by the client",
        "Still right",
        "Ask next",
    ):
        assert words in text


def test_the_situation_takes_the_same_queries_however_much_is_said(esw, here, django_assert_max_num_queries):
    for key in ("goal", "skills", "money", "supports"):
        actions.save_section(here.episode, by=here.own, key=key, answers={}, own_words="Words.")
    with django_assert_max_num_queries(15):
        esw.get(page(here, "profile"))


@pytest.mark.parametrize("role", ["hcp", "manager"])
def test_who_only_reads_sees_no_way_to_change(client_for, here, role):
    goal_of(here.episode, here.own)
    need_of(here.episode, here.esw)
    reader = cases.make_user(role, here.team if role == "hcp" else None)
    cases.give_consent(here.client)
    if role == "manager":
        cases.state_reason(here.client, reader)
    browser = client_for(reader)
    text = browser.get(page(here, "profile")).text
    assert "A desk and my own head." in text
    assert "Still right" not in text
    assert "Change" not in text
    needs = browser.get(page(here, "needs")).text
    assert "A CV" in needs
    assert "Put this in the plan" not in needs
    assert browser.get(page(here, "body-map")).status_code == 200
    assert browser.get(page(here, "profile-section", "goal")).status_code == 404


def test_an_hcp_without_consent_finds_no_situation(client_for, here):
    assert client_for(cases.make_user("hcp", here.team)).get(page(here, "profile")).status_code == 404


def test_a_client_without_support_has_an_empty_situation_and_no_forms(client_for, here):
    client = cases.make_client(here.team)
    lead = client_for(cases.lead_of(here.team))
    assert lead.get(reverse("profile", args=[client.pk])).status_code == 200
    assert lead.get(reverse("profile-section", args=[client.pk, "goal"])).status_code == 404


def test_the_esw_fills_in_a_section(esw, here):
    sent = {"ideal_work": "A garden.", "hours_start": "7.50", "best_times": ["mornings"], "own_words": "So."}
    answer = esw.post(page(here, "profile-section", "goal"), sent | {"version": "0"})
    assert answer.status_code == 302
    row = ProfileSection.objects.get()
    assert row.answers == {"ideal_work": "A garden.", "hours_start": 7.5, "best_times": ["mornings"]}
    assert "7.5" in esw.get(page(here, "profile-section", "goal")).text


def test_markup_and_sql_are_kept_as_text_and_shown_as_text(esw, here):
    esw.post(page(here, "profile-section", "goal"), {"ideal_work": MARKUP, "own_words": MARKUP})
    assert ProfileSection.objects.get().own_words == MARKUP
    for name in ("profile", "profile-history"):
        text = esw.get(page(here, name, *(["goal"] if name == "profile-history" else []))).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"hours_start": "61"}, "Enter a number from 0 to 60."),
        ({"hours_start": "ten"}, "Enter a number, like 7.5."),
        ({"travel_limit": "1.5"}, "Enter a whole number, like 20."),
        ({"confidence": "11"}, "Choose a number from 0 to 10."),
        ({"home_working": "moon"}, "Choose one from the list."),
        ({"best_times": ["moon"]}, "Choose only from the list."),
        ({"why_now": "a\x00b"}, "hidden character"),
        ({"why_now": "x" * 4001}, "4,000 characters or fewer"),
        ({}, "Answer at least one question"),
    ],
)
def test_bad_input_is_said_beside_the_field_and_keeps_what_was_typed(esw, here, sent, words):
    kept = {"ideal_work": "A garden."} if sent else {}
    answer = esw.post(page(here, "profile-section", "goal"), kept | sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert not sent or "A garden." in answer.text
    assert not ProfileSection.objects.filter(version__gt=0).exists()


def test_a_question_that_does_not_exist_is_not_kept(esw, here):
    esw.post(page(here, "profile-section", "goal"), {"shoe_size": "42", "why_now": "Now."})
    assert ProfileSection.objects.get().answers == {"why_now": "Now."}


def test_a_section_that_does_not_exist_is_not_found(esw, own, here):
    assert esw.get(page(here, "profile-section", "nowhere")).status_code == 404
    assert own.get(reverse("my-profile-section", args=["nowhere"])).status_code == 404


def test_a_stale_save_shows_both_texts_and_changes_nothing(esw, here):
    goal_of(here.episode, here.own, ideal_work="A desk.")
    goal_of(here.episode, here.own, ideal_work="A quiet desk.", hours_start=7.5)
    sent = {"ideal_work": "A garden.", "version": "1", "own_words": "Ask me."}
    answer = esw.post(page(here, "profile-section", "goal"), sent)
    assert answer.status_code == 409
    assert "A quiet desk." in answer.text
    assert "A garden." in answer.text
    assert "7.5" in answer.text
    assert ProfileSection.objects.get().answers["ideal_work"] == "A quiet desk."


def test_a_form_sent_twice_writes_once(esw, here):
    form = hidden_in(esw.get(page(here, "profile-section", "goal")).text)
    sent = {"why_now": "Now."} | {name: form[name] for name in ("submission", "version")}
    first = esw.post(page(here, "profile-section", "goal"), sent)
    again = esw.post(page(here, "profile-section", "goal"), sent)
    assert first["Location"] == again["Location"]
    assert ProfileSection.objects.get().version == 1


def test_a_long_text_survives_an_expired_session_and_goes_to_its_author_only(client_for, here):
    browser, path = client_for(here.esw), page(here, "profile-section", "goal")
    hidden = hidden_in(browser.get(path).text)
    sent = {"why_now": "Long words. " * 200, "typed_by": hidden["typed_by"]}
    browser.logout()
    assert browser.post(path, sent).status_code == 302
    browser.force_login(here.esw, backend="django.contrib.auth.backends.ModelBackend")
    assert "Long words. Long words." in browser.get(path).text
    assert Draft.objects.get().user == here.esw
    assert not ProfileSection.objects.exists()


def test_still_right_gives_the_section_todays_date(esw, here):
    goal_of(here.episode, here.own)
    with clock.at(clock.now() + timedelta(days=20)):
        answer = esw.post(page(here, "profile-confirm", "goal"), {"version": "1"})
        assert answer["Location"].endswith("#goal")
        assert ProfileSection.objects.get().confirmed_on == clock.today()


def test_still_right_on_a_text_that_changed_says_so(esw, here):
    goal_of(here.episode, here.own)
    answer = esw.post(page(here, "profile-confirm", "goal"), {"version": "9"}, follow=True)
    assert "Someone else saved this" in answer.text


def test_what_nobody_saved_cannot_be_confirmed(esw, here):
    assert esw.post(page(here, "profile-confirm", "goal")).status_code == 404


def test_jobs_are_written_changed_and_taken_out(esw, here):
    listed = page(here, "profile-section", "work_history")
    esw.post(page(here, "profile-entry-new", "work_history"), JOB)
    assert "Driver, a depot" in esw.get(listed).text
    entry = page(here, "profile-entry", "work_history", 1)
    assert "My back." in esw.get(entry).text
    esw.post(entry, {"role": "Pilot", "version": "1"})
    stale = esw.post(entry, {"role": "Cook", "version": "1"})
    assert stale.status_code == 409
    assert "Pilot" in stale.text
    esw.post(page(here, "profile-entry-remove", "work_history", 1), {"version": "2"})
    assert "No job is written down yet." in esw.get(listed).text
    assert esw.get(entry).status_code == 404
    gone = esw.post(page(here, "profile-entry-remove", "work_history", 1), {"version": "x"}, follow=True)
    assert "taken out by somebody else" in gone.text
    esw.post(listed, {"own_words": "Ask Pat.", "version": "3"})
    assert ProfileSection.objects.get().own_words == "Ask Pat."


def test_only_sections_that_repeat_have_entries(esw, here):
    assert esw.get(page(here, "profile-entry-new", "goal")).status_code == 404


def test_telling_employers_leads_to_the_disclosure_plan(esw, own, here):
    assert (
        reverse("disclosure", args=[here.client.pk]) in esw.get(page(here, "profile-section", "telling")).text
    )
    assert reverse("my-disclosure") in own.get(reverse("my-profile-section", args=["telling"])).text


def test_history_shows_both_texts_with_their_authors(esw, here):
    goal_of(here.episode, here.own, ideal_work="A desk.")
    goal_of(here.episode, here.esw, ideal_work="A garden.")
    text = esw.get(page(here, "profile-history", "goal")).text
    for words in ("A desk.", "A garden.", "by the client", str(here.esw), "What changed"):
        assert words in text


# The body map


def test_the_body_map_can_be_drawn_from_the_list_alone(esw, here):
    form = esw.get(page(here, "body-map-new"))
    assert 'type="checkbox" value="back_lower"' in form.text
    sent = {"regions": ["back_lower", "front_jaw"], "note": "Dull.", "version": "0"}
    assert esw.post(page(here, "body-map-new"), sent).status_code == 302
    drawn = BodyMap.objects.get()
    assert (drawn.regions, drawn.note, drawn.by) == (["front_jaw", "back_lower"], "Dull.", here.esw)
    text = esw.get(page(here, "body-map")).text
    assert "2 places marked: Jaw and lower back." in text
    assert 'role="img" aria-label="Front.' in text


def test_a_new_map_begins_with_the_last_marks_and_an_empty_note(own, here):
    actions.draw_body_map(here.episode, by=here.esw, regions=["back_lower"], note="Dull.")
    text = own.get(reverse("my-body-map")).text
    assert re.findall(r'type="checkbox" value="(\w+)" checked', text) == ["back_lower"]
    assert re.search(r"<textarea[^>]*>\s*</textarea>", text)


def test_a_map_drawn_after_an_older_one_shows_both(own, here):
    actions.draw_body_map(here.episode, by=here.esw, regions=["back_lower"])
    answer = own.post(reverse("my-body-map"), {"regions": ["front_jaw"], "version": "0"})
    assert answer.status_code == 409
    assert "Lower back" in answer.text
    assert BodyMap.objects.count() == 1


def test_a_region_that_is_not_on_the_map_is_refused(esw, here):
    assert esw.post(page(here, "body-map-new"), {"regions": ["tail"]}).status_code == 422
    assert not BodyMap.objects.exists()


def test_the_client_draws_their_own_map(own, here):
    own.post(reverse("my-body-map"), {"regions": ["back_lower"], "version": "0"})
    assert BodyMap.objects.get().by == here.own
    assert "Drawn today by you." in own.get(reverse("my-profile")).text


# Needs


def ticked(name, **more):
    return {
        name: ["plan"],
        f"words_{name}": "Do it",
        f"owner_{name}": "client",
        f"due_on_{name}": (clock.today() + timedelta(days=7)).isoformat(),
    } | {f"{key}_{name}": value for key, value in more.items()}


def test_answers_put_needs_forward_with_the_words_that_point_there(esw, here):
    goal_of(here.episode, here.own)
    text = esw.get(page(here, "needs")).text
    assert "More confidence" in text
    assert "4 out of 10" in text
    assert not Need.objects.exists()


def test_ticked_needs_become_actions_at_once(esw, here):
    goal_of(here.episode, here.own)
    need = need_of(here.episode, here.esw)
    sent = ticked("p_confidence", words="Hold a session", owner="esw") | ticked(f"n_{need.pk}")
    answer = esw.post(page(here, "needs"), sent, follow=True)
    assert "2 actions added to the plan." in answer.text
    planned = {one.why: (one.words, one.owner) for one in PlannedAction.objects.all()}
    assert planned == {"More confidence": ("Hold a session", "esw"), "A CV": ("Do it", "client")}


def test_what_is_not_ticked_is_not_read(esw, here):
    goal_of(here.episode, here.own)
    need = need_of(here.episode, here.esw)
    sent = ticked(f"n_{need.pk}") | {"words_p_confidence": "", "due_on_p_confidence": "never"}
    assert esw.post(page(here, "needs"), sent).status_code == 302
    assert PlannedAction.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"words": ""}, "What will be done?"),
        ({"owner": "boss"}, "Choose one from the list."),
        ({"due_on": "2020-01-01"}, "This date is in the past."),
        ({"owner": "hcp"}, "has not agreed to share"),
    ],
)
def test_a_need_planned_wrongly_is_said_and_nothing_is_written(esw, here, wrong, words):
    need = need_of(here.episode, here.esw)
    answer = esw.post(page(here, "needs"), ticked(f"n_{need.pk}", **wrong))
    assert answer.status_code == 422
    assert words in answer.text
    assert not PlannedAction.objects.exists()


def test_ticking_nothing_says_so(esw, here):
    need_of(here.episode, here.esw)
    answer = esw.post(page(here, "needs"), {})
    assert answer.status_code == 422
    assert "Tick at least one need" in answer.text


def test_a_need_is_added_in_the_clients_words(esw, here):
    esw.post(page(here, "need-new"), {"words": MARKUP, "domain": "home"})
    assert Need.objects.get().words == MARKUP
    assert "<script>alert" not in esw.get(page(here, "needs")).text
    refused = esw.post(page(here, "need-new"), {"words": "Something"})
    assert refused.status_code == 422


def test_one_need_becomes_an_action_from_its_own_page(esw, here):
    need = need_of(here.episode, here.esw)
    path = page(here, "need-to-action", need.pk)
    assert "Write a one-page CV together" in esw.get(path).text
    sent = {"words": "Write it", "owner": "client", "due_on": (clock.today() + timedelta(days=1)).isoformat()}
    assert esw.post(path, sent).status_code == 302
    assert "In the plan" in esw.get(page(here, "needs")).text


def test_a_need_is_set_aside_and_taken_up_again(esw, here):
    need = need_of(here.episode, here.esw)
    esw.post(page(here, "need-aside", need.pk), {"why": "Has one."})
    assert "Has one." in esw.get(page(here, "needs")).text
    esw.post(page(here, "need-take-up", need.pk))
    again = esw.post(page(here, "need-take-up", need.pk), follow=True)
    assert "This need is not set aside." in again.text


def test_a_need_put_forward_is_set_aside_and_not_put_forward_again(esw, here):
    goal_of(here.episode, here.own)
    path = page(here, "need-proposal-aside", "confidence")
    assert "More confidence" in esw.get(path).text
    esw.post(path, {"why": "Only on bad days."})
    assert "p_confidence" not in esw.get(page(here, "needs")).text
    assert esw.get(page(here, "need-proposal-aside", "yacht")).status_code == 404


def test_a_need_of_somebody_else_is_not_found(esw, here):
    other = situation()
    need = need_of(other.episode, other.esw)
    assert esw.get(page(here, "need-to-action", need.pk)).status_code == 404


# The client's own pages


def test_the_client_answers_a_few_questions_at_a_time(own, here):
    path = reverse("my-profile-section", args=["goal"])
    assert "Part 1 of 4" in own.get(path).text
    answer = own.post(path, {"ideal_work": "A garden.", "version": "0"})
    assert answer["Location"] == reverse("my-profile-part", args=["goal", 2])
    last = reverse("my-profile-part", args=["goal", 4])
    answer = own.post(last, {"confidence": "3", "own_words": "So.", "version": "1"})
    assert answer["Location"] == reverse("my-profile")
    row = ProfileSection.objects.get()
    assert (row.answers, row.own_words) == ({"ideal_work": "A garden.", "confidence": 3}, "So.")
    assert row.changed_by == here.own


def test_passing_over_questions_writes_nothing(own, here):
    answer = own.post(reverse("my-profile-section", args=["goal"]), {"version": "0"})
    assert answer["Location"] == reverse("my-profile-part", args=["goal", 2])
    answer = own.post(reverse("my-profile-section", args=["work_history"]), {"version": "0"})
    assert answer["Location"] == reverse("my-profile")
    assert not ProfileSection.objects.exists()


def test_a_part_that_does_not_exist_is_not_found(own):
    assert own.get(reverse("my-profile-part", args=["goal", 9])).status_code == 404


def test_the_client_reads_confirms_and_corrects_what_the_esw_wrote(own, here):
    goal_of(here.episode, here.esw)
    text = own.get(reverse("my-profile")).text
    assert "A desk and my own head." in text
    assert f"by {here.esw}." in text
    own.post(reverse("my-profile-confirm", args=["goal"]), {"version": "1"})
    assert "by you." in own.get(reverse("my-profile")).text


def test_the_client_writes_down_their_jobs(own, here):
    own.post(reverse("my-profile-entry-new", args=["work_history"]), JOB)
    own.post(reverse("my-profile-entry", args=["work_history", 1]), {"role": "Cook", "version": "1"})
    assert "Cook" in own.get(reverse("my-profile-section", args=["work_history"])).text
    own.post(reverse("my-profile-entry-remove", args=["work_history", 1]), {"version": "2"})
    assert ProfileSection.objects.get().entries == []


def test_a_closed_record_is_read_and_not_changed(own, esw, here):
    goal_of(here.episode, here.own)
    cases.close(here.episode)
    text = own.get(reverse("my-profile")).text
    assert "A desk and my own head." in text
    assert "Still right" not in text
    assert own.post(reverse("my-profile-section", args=["goal"]), {"why_now": "x"}).status_code == 403
    assert "Still right" not in esw.get(page(here, "profile")).text


def test_every_form_says_what_it_is_and_leads_back(esw, own, here):
    actions.save_entry(here.episode, by=here.own, key="work_history", answers=JOB)
    need = need_of(here.episode, here.esw)
    new = esw.get(page(here, "profile-entry-new", "work_history")).text
    assert "Add a job" in new
    assert f'href="{page(here, "profile-section", "work_history")}"' in new
    assert "Set aside: A CV" in esw.get(page(here, "need-aside", need.pk)).text
    mine = own.get(reverse("my-profile-entry", args=["work_history", 1])).text
    assert f'href="{reverse("my-profile-section", args=["work_history"])}"' in mine
