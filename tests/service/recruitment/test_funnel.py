"""The funnel: every figure recomputed row by row, its working shown, and few queries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from pacework.service.cases import actions as cases
from pacework.service.core import clock
from pacework.service.recruitment import actions, counts
from pacework.service.recruitment.codes import STEPS, not_counted
from pacework.service.recruitment.models import Referral
from tests.service.build import lead_of, make_programme, make_team, make_user
from tests.service.recruitment.build import STATES_ON_THE_WAY, make_referral

pytestmark = pytest.mark.django_db

START, END = date(2000, 1, 1), date(2100, 1, 1)


def reached(referral: Referral, step: str) -> bool:
    if step == "accepted":
        return referral.episode is not None and referral.episode.accepted_on is not None
    return getattr(referral, f"{step}_on") is not None


def by_hand(rows: list[Referral]) -> dict[str, tuple[int, int, int]]:
    """step -> reached, waiting, ended, counted one row at a time."""
    rows = [one for one in rows if one.exit_reason not in not_counted()]
    found = {}
    for number, step in enumerate(counts.FUNNEL):
        there = [one for one in rows if reached(one, step)]
        later = counts.FUNNEL[number + 1 : number + 2]
        left = [one for one in there if later and not reached(one, later[0])]
        over = [one for one in left if one.exit_on or (one.episode and one.episode.closed_on)]
        found[step] = (len(there), len(left) - len(over), len(over))
    return found


def on_a_caseload(team: Any) -> Referral:
    referral = make_referral("waiting_esw", team=team)
    esw = make_user("esw", team)
    cases.accept(cases.allocate(referral.episode, by=lead_of(team), esw=esw), by=esw)
    referral.refresh_from_db()
    return referral


class AnyMix(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(states=st.lists(st.sampled_from([*STATES_ON_THE_WAY, "declined", "on_caseload"]), max_size=7))
    def test_sql_counts_equal_counting_row_by_row(self, states: list[str]) -> None:
        team = make_team()
        manager = make_user("manager")
        before = counts.funnel(manager, start=START, end=END, team=team.pk)
        assert before.total.approached == 0
        for state in states:
            if state == "on_caseload":
                on_a_caseload(team)
            elif state == "declined":
                one = make_referral("waiting_reply", team=team)
                actions.reply(one, by=lead_of(team), on=clock.today(), answer="no")
            else:
                make_referral(state, team=team)
        rows = list(Referral.objects.filter(team=team).select_related("episode"))
        found = counts.funnel(manager, start=START, end=END, team=team.pk)
        hand = by_hand(rows)
        assert {one.step: (one.reached, one.waiting, one.ended) for one in found.total.stages} == hand
        assert found.total.listed == states.count("new")
        summed = [sum(route.stages[n].reached for route in found.routes) for n in range(len(counts.FUNNEL))]
        assert summed == [one.reached for one in found.total.stages]
        for stage, following in zip(found.total.stages, found.total.stages[1:], strict=False):
            # Nobody is dropped: who reached a step went on, waits there, or ended there.
            assert stage.reached == following.reached + stage.waiting + stage.ended


def test_yields_have_wilson_intervals_of_the_published_size() -> None:
    stage = counts.Stage("replied", reached=37, waiting=0, ended=0, before=1028, approached=1028)
    assert stage.of_before is not None
    assert (round(stage.of_before.low, 4), round(stage.of_before.high, 4)) == (0.0262, 0.0492)
    assert counts.Stage("replied", 0, 0, 0, 0, 0).of_before is None
    assert counts.Stage("approached", 5, 0, 0, 5, 5).of_approached is None


@pytest.mark.parametrize(
    ("pairs", "answer"),
    [
        ([], (None, None, None)),
        ([(90, 1)], (90, 90, 90)),
        ([(10, 1), (20, 1), (30, 1), (40, 1), (50, 1)], (20, 30, 40)),
        ([(100, 3), (400, 1)], (100, 100, 175)),
    ],
)
def test_median_and_quartiles_come_from_the_counts(pairs: Any, answer: Any) -> None:
    assert counts.quarters(pairs) == answer


def test_time_out_of_work_names_who_is_missing_and_who_was_in_work() -> None:
    team = make_team()
    manager, lead, today = make_user("manager"), lead_of(team), clock.today()
    for status, days in (("unemployed", 100), ("unemployed", 300), ("employed", None), ("unknown", None)):
        one = make_referral("to_screen", team=team)
        ended = today - timedelta(days=days) if days else None
        actions.screen(
            one, by=lead, on=today, answers={"wants_to_work": True}, status=status, last_job_ended_on=ended
        )
    found = counts.funnel(manager, start=START, end=END, team=team.pk).out_of_work
    assert (found.known, found.missing, found.in_work, found.median) == (2, 1, 1, 200)


@pytest.mark.parametrize(
    ("role", "own_team", "seen"),
    [
        ("manager", False, 1),
        ("team_lead", True, 1),
        ("team_lead", False, 0),
        ("esw", True, 0),
        ("hcp", True, 0),
        ("researcher", True, 0),
        ("administrator", True, 0),
    ],
)
def test_who_sees_whose_counts(role: str, own_team: bool, seen: int) -> None:
    team = make_team()
    make_referral("waiting_reply", team=team)
    user = make_user(role, team if own_team else make_team())
    assert counts.funnel(user, start=START, end=END).total.approached == seen


def test_people_are_counted_in_the_period_of_their_first_invitation() -> None:
    team = make_team()
    with clock.at(date(2026, 1, 10)):
        one = make_referral("waiting_reply", team=team)
    with clock.at(date(2026, 3, 1)):
        actions.reply(one, by=lead_of(team), on=clock.today(), answer="yes")
    manager = make_user("manager")
    january = counts.funnel(manager, start=date(2026, 1, 10), end=date(2026, 1, 10)).total
    assert [stage.reached for stage in january.stages][:2] == [1, 1]
    assert counts.funnel(manager, start=date(2026, 1, 11), end=date(2026, 3, 31)).total.approached == 0


@pytest.mark.parametrize("role", ["team_lead", "manager"])
def test_the_page_shows_its_working_and_leads_reach_the_rows(client_for: Any, role: str) -> None:
    team = make_team()
    make_programme()
    user = make_user(role, team)
    referral = make_referral("to_consent", team=team)
    page = client_for(user).get("/funnel/").content.decode()
    assert "1 of 1" in page
    assert "Wilson" in page
    assert "version 1" in page
    assert ("reached=eligible" in page) is (role == "team_lead")
    assert referral.client.last_name not in page
    if role == "team_lead":
        day = clock.today().isoformat()
        rows = client_for(user).get(f"/referrals/?state=all&reached=eligible&from={day}&to={day}")
        assert referral.client.last_name in rows.content.decode()


@pytest.mark.parametrize("size", [1, 6])
@pytest.mark.parametrize("path", ["/funnel/", "/referrals/", "/referrals/?state=all&q=a&sort=-name"])
def test_the_number_of_queries_does_not_grow(
    client_for: Any, django_assert_max_num_queries: Any, size: int, path: str
) -> None:
    team = make_team()
    for _ in range(size):
        make_referral("to_screen", team=team)
    browser = client_for(make_user("team_lead", team))
    with django_assert_max_num_queries(15):
        assert browser.get(path).status_code == 200


@pytest.mark.parametrize(
    "nonsense",
    [
        "from=x&to=y",
        "from=2026-05-01&to=2026-01-01",
        "route=pigeon&team=abc",
        "team=99999999999999",
        "from=0001-01-01",
    ],
)
def test_nonsense_in_the_address_is_no_filter(client_for: Any, nonsense: str) -> None:
    browser = client_for(make_user("team_lead", make_team()))
    for path in ("/funnel/", "/referrals/"):
        assert (
            browser.get(f"{path}?{nonsense}&page=x&sort=zzz&state=odd&reached=odd&q=%01").status_code == 200
        )


def test_every_step_has_its_field() -> None:
    assert counts.FUNNEL[:-1] == STEPS
