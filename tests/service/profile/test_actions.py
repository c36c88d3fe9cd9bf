"""What saving does: versions, milestones, needs that become actions."""

from datetime import date, timedelta

import pytest

from pacework.service.core import clock
from pacework.service.core.audit import verify
from pacework.service.core.errors import DomainError, NotAllowed, StaleSave
from pacework.service.core.models import AuditEvent
from pacework.service.plan.models import PlannedAction
from pacework.service.profile import actions
from pacework.service.profile.models import BodyMap, Need, ProfileSection, ProfileVersion, profile_started_on
from tests.service import build as cases
from tests.service.profile.build import GOAL, JOB, goal_of, need_of, situation

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(frozen):
    return situation()


def texts(row):
    return [version.answers for version in row.versions.order_by("number")]


def test_saving_keeps_answers_own_words_author_and_day(here):
    row = goal_of(here.episode, here.own)
    row.refresh_from_db()
    assert (row.answers, row.own_words, row.version) == (GOAL, "Ask me.", 1)
    assert (row.changed_by, row.confirmed_by, row.confirmed_on) == (here.own, here.own, clock.today())
    assert AuditEvent.objects.filter(verb="profile.saved", actor=here.own).exists()
    assert not verify().breaks


def test_the_first_save_starts_the_profile_and_later_ones_do_not_move_it(here):
    goal_of(here.episode, here.esw)
    with clock.at(clock.now() + timedelta(days=3)):
        goal_of(here.episode, here.esw, ideal_work="Something else.")
    here.episode.refresh_from_db()
    assert here.episode.profile_started_on == date(2026, 3, 11) == profile_started_on(here.episode)


def test_without_a_saved_section_the_profile_has_not_started(here):
    assert profile_started_on(here.episode) is None


def test_every_save_leaves_a_version_with_its_author(here):
    goal_of(here.episode, here.own, ideal_work="First.")
    row = goal_of(here.episode, here.esw, ideal_work="Second.")
    assert texts(row) == [{"ideal_work": "First."}, {"ideal_work": "Second."}]
    assert [version.by for version in row.versions.order_by("number")] == [here.own, here.esw]


def test_a_version_is_never_written_again(here):
    version = goal_of(here.episode, here.own).versions.get()
    version.own_words = "Other words."
    with pytest.raises(TypeError):
        version.save()


def test_saving_the_same_words_only_confirms_them(here):
    goal_of(here.episode, here.own)
    with clock.at(clock.now() + timedelta(days=30)):
        row = goal_of(here.episode, here.esw)
        assert row.confirmed_on == clock.today()
    assert row.version == 1
    assert row.versions.count() == 1
    assert row.changed_by == here.own


def test_a_part_of_a_section_leaves_the_other_answers(here):
    goal_of(here.episode, here.own)
    row = actions.save_section(
        here.episode, by=here.own, key="goal", answers={"hours_start": None, "why_now": "Now."}, partial=True
    )
    assert row.answers == {
        "ideal_work": "A desk and my own head.",
        "why_now": "Now.",
        "best_times": ["mornings"],
        "confidence": 4,
    }
    assert row.own_words == "Ask me."


def test_a_whole_section_replaces_all_answers(here):
    goal_of(here.episode, here.own)
    row = actions.save_section(
        here.episode, by=here.own, key="goal", answers={"why_now": "Now."}, own_words=""
    )
    assert (row.answers, row.own_words) == ({"why_now": "Now."}, "")


def test_a_save_against_an_older_version_changes_nothing(here):
    goal_of(here.episode, here.own)
    goal_of(here.episode, here.esw, ideal_work="The ESW wrote this.")
    with pytest.raises(StaleSave) as stale:
        actions.save_section(here.episode, by=here.own, key="goal", answers={"why_now": "x"}, version=1)
    assert stale.value.current.answers == {"ideal_work": "The ESW wrote this."}
    assert ProfileVersion.objects.count() == 2


def test_two_first_savers_meet(here):
    goal_of(here.episode, here.esw)
    with pytest.raises(StaleSave):
        actions.save_section(here.episode, by=here.own, key="goal", answers={"why_now": "x"}, version=0)


def test_the_same_words_against_an_older_version_are_stale_too(here):
    goal_of(here.episode, here.esw)
    with pytest.raises(StaleSave):
        actions.save_section(
            here.episode, by=here.own, key="goal", answers=GOAL, own_words="Ask me.", version=0
        )


@pytest.mark.parametrize(
    ("key", "answers"),
    [
        ("goal", {}),
        ("goal", {"shoe_size": 4}),
        ("goal", {"hours_start": 61}),
        ("nowhere", {"a": "b"}),
        ("work_history", JOB),
    ],
)
def test_what_a_section_cannot_hold_is_refused_whole(here, key, answers):
    with pytest.raises(DomainError):
        actions.save_section(here.episode, by=here.esw, key=key, answers=answers)
    here.episode.refresh_from_db()
    assert not ProfileSection.objects.exists()
    assert here.episode.profile_started_on is None


def test_jobs_are_added_changed_and_taken_out_with_their_history(here):
    add = {"by": here.own, "key": "work_history"}
    actions.save_entry(here.episode, **add, answers=JOB)
    actions.save_entry(here.episode, **add, answers={"role": "Cook"})
    row = actions.save_entry(here.episode, **add, answers={"role": "Baker"}, number=2)
    assert [entry["answers"]["role"] for entry in row.entries] == ["Driver", "Baker"]
    row = actions.remove_entry(here.episode, **add, number=1, version=3)
    assert row.entries == [{"number": 2, "answers": {"role": "Baker"}}]
    assert row.entry(1) is None
    assert [len(version.entries) for version in row.versions.order_by("number")] == [1, 2, 2, 1]


@pytest.mark.parametrize(
    "more", [{"answers": {}}, {"answers": JOB, "number": 9}, {"answers": JOB, "key": "goal"}]
)
def test_an_entry_needs_words_a_place_and_a_section_that_repeats(here, more):
    with pytest.raises(DomainError):
        actions.save_entry(here.episode, **{"by": here.own, "key": "work_history"} | more)


def test_an_entry_that_is_gone_cannot_be_taken_out(here):
    with pytest.raises(DomainError):
        actions.remove_entry(here.episode, by=here.own, key="work_history", number=1)


def test_own_words_stand_beside_jobs(here):
    actions.save_entry(here.episode, by=here.own, key="work_history", answers=JOB)
    row = actions.save_own_words(here.episode, by=here.own, key="work_history", own_words="Ask Pat.")
    assert row.own_words == "Ask Pat."
    assert len(row.entries) == 1


def test_confirming_dates_the_section_and_changes_no_word(here):
    row = goal_of(here.episode, here.own)
    with clock.at(clock.now() + timedelta(days=200)):
        actions.confirm_section(row, by=here.esw, version=1)
        row.refresh_from_db()
        assert (row.confirmed_on, row.confirmed_by) == (clock.today(), here.esw)
    assert row.version == 1


def test_only_what_is_saved_and_seen_can_be_confirmed(here):
    with pytest.raises(DomainError):
        actions.confirm_section(ProfileSection(episode=here.episode, key="goal", version=0), by=here.esw)
    row = goal_of(here.episode, here.own)
    with pytest.raises(StaleSave):
        actions.confirm_section(row, by=here.esw, version=7)


def test_a_new_body_map_leaves_the_earlier_one(here):
    actions.draw_body_map(here.episode, by=here.own, regions=["front_jaw"], note="Clenching.")
    second = actions.draw_body_map(here.episode, by=here.esw, regions=["back_lower", "front_jaw"], version=1)
    assert second.regions == ["front_jaw", "back_lower"]
    assert [(one.number, one.by) for one in BodyMap.objects.order_by("number")] == [
        (1, here.own),
        (2, here.esw),
    ]


def test_a_body_map_drawn_after_an_older_one_is_stale(here):
    first = actions.draw_body_map(here.episode, by=here.own, regions=["front_jaw"])
    with pytest.raises(StaleSave) as stale:
        actions.draw_body_map(here.episode, by=here.esw, regions=[], version=0)
    assert stale.value.current == first


def test_two_maps_drawn_in_the_same_moment_do_not_hide_each_other(here, monkeypatch):
    first = actions.draw_body_map(here.episode, by=here.own, regions=["front_jaw"])
    empty = type("Nothing", (), {"newest_first": lambda self: self, "first": lambda self: None})()
    monkeypatch.setattr(BodyMap.objects, "filter", lambda **where: empty)
    with pytest.raises(StaleSave) as stale:
        actions.draw_body_map(here.episode, by=here.esw, regions=["back_neck"], version=0)
    assert stale.value.current == first


def test_a_region_that_is_not_on_the_map_is_refused(here):
    with pytest.raises(DomainError):
        actions.draw_body_map(here.episode, by=here.own, regions=["tail"])


def test_a_need_of_the_list_is_named_once(here):
    need = need_of(here.episode, here.esw)
    assert (need.words, need.domain) == ("A CV", "work")
    with pytest.raises(DomainError, match="already"):
        need_of(here.episode, here.esw)


def test_a_need_in_own_words_has_its_area(here):
    need = actions.name_need(here.episode, by=here.esw, domain="home", words="My mum on Tuesdays")
    assert (need.key, need.domain, need.named_by) == ("", "home", here.esw)


@pytest.mark.parametrize(
    "said",
    [{"key": "yacht"}, {"words": "x"}, {"words": "x", "domain": "yacht"}, {"domain": "home", "words": " "}],
)
def test_a_need_outside_the_list_and_without_area_or_words_is_refused(here, said):
    with pytest.raises(DomainError):
        actions.name_need(here.episode, by=here.esw, **said)


def plan(**more):
    return {"words": "Write it", "owner": "client", "due_on": clock.today() + timedelta(days=7)} | more


def test_a_need_becomes_an_action_in_one_step(here):
    need = need_of(here.episode, here.esw)
    planned = actions.plan_need(need, by=here.esw, **plan())
    need.refresh_from_db()
    assert need.action == planned
    assert (planned.words, planned.owner, planned.why) == ("Write it", "client", "A CV")
    with pytest.raises(DomainError, match="already"):
        actions.plan_need(need, by=here.esw, **plan())


def test_many_needs_become_actions_at_once_named_or_only_put_forward(here):
    cases.give_consent(here.client)
    need = need_of(here.episode, here.esw)
    rows = [{"need": need, "key": "cv"} | plan(), {"need": None, "key": "sleep"} | plan(owner="hcp")]
    planned = actions.plan_needs(here.episode, by=here.esw, chosen=rows)
    assert [one.why for one in planned] == ["A CV", "Better sleep"]
    assert Need.objects.filter(action__isnull=False).count() == 2


def test_many_needs_are_planned_all_or_none(here):
    past = plan(due_on=date(2020, 1, 1))
    rows = [{"need": None, "key": "cv"} | plan(), {"need": None, "key": "sleep"} | past]
    with pytest.raises(DomainError, match="Better sleep: "):
        actions.plan_needs(here.episode, by=here.esw, chosen=rows)
    assert not Need.objects.exists()
    assert not PlannedAction.objects.exists()


def test_someone_who_may_not_decide_plans_nothing(here):
    need = need_of(here.episode, here.esw)
    with pytest.raises(NotAllowed):
        actions.plan_needs(here.episode, by=here.own, chosen=[{"need": need, "key": "cv"} | plan()])


def test_a_need_that_a_colleague_just_changed_is_not_planned_over(here):
    need = need_of(here.episode, here.esw)
    Need.objects.filter(pk=need.pk).update(version=5)
    with pytest.raises(StaleSave):
        actions.plan_needs(here.episode, by=here.esw, chosen=[{"need": need, "key": "cv"} | plan()])
    assert not PlannedAction.objects.exists()


def test_planning_nothing_says_so(here):
    with pytest.raises(DomainError, match="Tick"):
        actions.plan_needs(here.episode, by=here.esw, chosen=[])


def test_a_need_is_set_aside_with_a_reason_and_taken_up_again(here):
    need = need_of(here.episode, here.esw)
    with pytest.raises(DomainError):
        actions.set_need_aside(need, by=here.esw, why="  ")
    actions.set_need_aside(need, by=here.esw, why="Has one.")
    with pytest.raises(DomainError, match="set aside"):
        actions.plan_need(need, by=here.esw, **plan())
    actions.take_up_need(need, by=here.esw)
    need.refresh_from_db()
    assert (need.set_aside_on, need.set_aside_why) == (None, "")
    with pytest.raises(DomainError):
        actions.take_up_need(need, by=here.esw)


def test_a_need_only_put_forward_is_set_aside_with_its_reason(here):
    need = actions.set_proposal_aside(here.episode, by=here.esw, key="debt_advice", why="Sorted.")
    assert (need.key, need.set_aside_on, need.set_aside_why) == ("debt_advice", clock.today(), "Sorted.")


WRITES = {
    "section": goal_of,
    "entry": lambda e, by: actions.save_entry(e, by=by, key="work_history", answers=JOB),
    "removing": lambda e, by: actions.remove_entry(e, by=by, key="work_history", number=1),
    "own words": lambda e, by: actions.save_own_words(e, by=by, key="goal", own_words="x"),
    "map": lambda e, by: actions.draw_body_map(e, by=by, regions=["front_jaw"]),
    "need": lambda e, by: actions.name_need(e, by=by, key="cv"),
}


@pytest.mark.parametrize("write", WRITES)
def test_nothing_is_written_on_a_closed_episode(here, write):
    cases.close(here.episode)
    here.episode.refresh_from_db()
    with pytest.raises((DomainError, NotAllowed)):
        WRITES[write](here.episode, here.esw)
    assert not ProfileSection.objects.exists()
    assert not Need.objects.exists()
    assert not BodyMap.objects.exists()
