"""Offering, accepting, giving back and handing over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pacework.service.cases import actions
from pacework.service.cases.models import Assignment, Episode, esws_of, loads, named_esw
from pacework.service.cases.presenters import spread
from pacework.service.core import clock
from pacework.service.core.errors import DomainError, NotAllowed
from pacework.service.people.models import Cover
from tests.service import build

pytestmark = pytest.mark.django_db


def test_an_accepted_client_is_on_the_esws_caseload_and_off_the_waiting_list():
    esw = build.make_user("esw", build.make_team())
    episode = build.make_episode(esw=esw)
    assert episode.accepted_on == episode.allocated_on == clock.today()
    assert named_esw(episode) == esw
    assert list(Episode.objects.active()) == [episode]
    assert not Episode.objects.waiting().exists()


def test_a_declined_client_goes_back_to_the_waiting_list_and_keeps_their_place():
    esw = build.make_user("esw", build.make_team())
    episode = build.make_episode(esw=esw, accepted=False)
    actions.decline(build.offer_of(episode), by=esw, note="I know the family.")
    waiting = Episode.objects.waiting().with_waiting_since().get()
    assert waiting == episode
    assert waiting.waiting_since == episode.referred_on
    ended = Assignment.objects.get()
    assert (ended.end_reason, ended.decline_note) == ("not_accepted", "I know the family.")
    with pytest.raises(DomainError, match="has ended"):
        actions.accept(ended, by=esw)


@pytest.fixture
def team():
    return build.make_team()


@pytest.fixture
def lead(team):
    return build.make_user("team_lead", team)


def test_only_the_esw_who_was_asked_answers(team):
    esw = build.make_user("esw", team)
    episode = build.make_episode(esw=esw, accepted=False)
    with pytest.raises(NotAllowed):
        actions.accept(build.offer_of(episode), by=build.make_user("esw", team))
    with pytest.raises(DomainError, match="Write a sentence"):
        actions.decline(build.offer_of(episode), by=esw, note=" ")
    actions.accept(build.offer_of(episode), by=esw)
    with pytest.raises(DomainError, match="already accepted"):
        actions.accept(build.offer_of(episode), by=esw)


@pytest.mark.parametrize("who", ["hcp", "esw of another team", "esw who left"])
def test_only_an_esw_at_work_in_the_team_is_asked(team, lead, who):
    episode = build.make_episode(build.make_client(team))
    chosen = {
        "hcp": lambda: build.make_user("hcp", team),
        "esw of another team": lambda: build.make_user("esw", build.make_team()),
        "esw who left": lambda: build.make_user("esw", team, is_active=False),
    }[who]()
    with pytest.raises(DomainError):
        actions.allocate(episode, by=lead, esw=chosen)


def test_nobody_is_asked_twice_and_only_a_lead_asks(team, lead):
    esw = build.make_user("esw", team)
    episode = build.make_episode(esw=esw, accepted=False)
    with pytest.raises(DomainError, match="already named"):
        actions.allocate(episode, by=lead, esw=esw)
    with pytest.raises(NotAllowed):
        actions.allocate(episode, by=esw, esw=esw)
    with pytest.raises(NotAllowed):
        actions.allocate(episode, by=build.make_user("team_lead", build.make_team()), esw=esw)


def test_a_handover_leaves_nobody_without_a_worker_and_keeps_history(team, lead):
    first, second = build.make_user("esw", team), build.make_user("esw", team)
    episode = build.make_episode(esw=first)
    actions.hand_over(episode, by=lead, to=second, reason="client_asked", note="Likes mornings.")
    assert named_esw(episode) == second
    assert named_esw(episode, clock.today()) == second
    ended = Assignment.objects.get(esw=first)
    assert (ended.ended_on, ended.end_reason, ended.handover_note) == (
        clock.today(),
        "client_asked",
        "Likes mornings.",
    )
    assert build.offer_of(episode).accepted_on == clock.today()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": "episode_closed"}, "Choose a reason"),
        ({"reason": "nothing"}, "Choose a reason"),
        ({"note": ""}, "Write a sentence"),
        ({"to": "first"}, "named worker already"),
        ({"to": "stranger"}, "is not in the team"),
    ],
)
def test_a_handover_needs_another_worker_a_reason_and_a_note(team, lead, change, words):
    first = build.make_user("esw", team)
    episode = build.make_episode(esw=first)
    people = {"first": first, "stranger": build.make_user("esw", build.make_team())}
    given = {"to": build.make_user("esw", team), "reason": "caseload", "note": "x"} | change
    given["to"] = people.get(given["to"], given["to"]) if isinstance(given["to"], str) else given["to"]
    with pytest.raises(DomainError, match=words):
        actions.hand_over(episode, by=lead, **given)


def test_someone_who_waits_cannot_be_handed_over(team, lead):
    episode = build.make_episode(build.make_client(team))
    with pytest.raises(DomainError, match="Allocate them"):
        actions.hand_over(episode, by=lead, to=build.make_user("esw", team), reason="caseload", note="x")


def test_a_leavers_caseload_is_handed_over_whole_or_not_at_all(team, lead):
    leaver, stays = build.make_user("esw", team), build.make_user("esw", team)
    episodes = [build.make_episode(esw=leaver) for _ in range(3)]
    to = {episode.pk: stays for episode in episodes}
    with pytest.raises(DomainError, match="Choose a worker for every client"):
        actions.hand_over_caseload(leaver, by=lead, to=dict(list(to.items())[:2]), note="Leaves in May.")
    broken = to | {episodes[2].pk: build.make_user("esw", build.make_team())}
    with pytest.raises(DomainError, match="is not in the team"):
        actions.hand_over_caseload(leaver, by=lead, to=broken, note="Leaves in May.")
    assert {named_esw(episode) for episode in episodes} == {leaver}
    with pytest.raises(DomainError, match="caseload changed"):
        actions.hand_over_caseload(leaver, by=lead, to=to | {0: stays}, note="Leaves in May.")
    assert len(actions.hand_over_caseload(leaver, by=lead, to=to, note="Leaves in May.")) == 3
    assert {named_esw(episode) for episode in episodes} == {stays}
    with pytest.raises(DomainError, match="no clients"):
        actions.hand_over_caseload(leaver, by=lead, to={}, note="Leaves in May.")


def test_a_lead_hands_over_the_caseloads_of_their_own_team_only(team):
    esw = build.make_user("esw", team)
    build.make_episode(esw=esw)
    with pytest.raises(NotAllowed):
        actions.hand_over_caseload(esw, by=build.make_user("team_lead", build.make_team()), to={}, note="x")


def test_the_leaver_page_shows_the_loads_before_anything_happens(team, lead, client_for):
    leaver, stays = build.make_user("esw", team), build.make_user("esw", team, weekly_hours="22.5")
    episodes = [build.make_episode(esw=leaver) for _ in range(2)]
    browser, path = client_for(lead), f"/team/{leaver.pk}/hand-over/"
    typed = {f"to_{episode.pk}": str(stays.pk) for episode in episodes} | {"note": "Leaves in May."}
    shown = browser.post(path, typed)
    assert shown.status_code == 422
    assert "3.3 · score 5" in shown.content.decode()  # 2 clients for 0.6 of a full-time worker
    assert {named_esw(episode) for episode in episodes} == {leaver}
    assert browser.post(path, typed | {"sure": "on"}).status_code == 302
    assert {named_esw(episode) for episode in episodes} == {stays}


def test_loads_count_accepted_clients_for_the_hours_worked(team):
    esw = build.make_user("esw", team, weekly_hours="30")
    for _ in range(3):
        build.make_episode(esw=esw)
    build.make_episode(esw=esw, accepted=False)
    build.close(build.make_episode(esw=esw))
    (load,) = loads([esw])
    assert (load.active, load.offered, load.full_at) == (3, 1, 16)
    assert float(load.score.ratio) == 3.75


def test_a_suggestion_spreads_a_caseload_by_hours_and_stays_in_the_team(team):
    whole, half = build.make_user("esw", team), build.make_user("esw", team, weekly_hours="18.8")
    build.make_user("esw", build.make_team())
    episodes = [build.make_episode(build.make_client(team)) for _ in range(6)]
    found = list(spread(episodes, loads(esws_of([team]).prefetch_related("teams"))).values())
    assert (found.count(whole.pk), found.count(half.pk)) == (4, 2)


def test_the_waiting_list_is_by_days_waited_and_of_the_leads_teams(team, lead, client_for):
    names = []
    for days in (3, 9, 6):
        with clock.at(clock.now() - timedelta(days=days)):
            names.append(build.make_episode(build.make_client(team)).client.name)
    other = build.make_episode()
    page = client_for(lead).get("/waiting/").content.decode()
    places = [page.index(names[number]) for number in (1, 2, 0)]
    assert places == sorted(places)
    assert "9 days" in page
    assert other.client.name not in page


def test_cover_is_set_on_its_page_and_gives_the_absent_workers_clients(team, lead, client_for):
    away, covers = build.make_user("esw", team), build.make_user("esw", team)
    client = build.make_episode(esw=away).client
    today = clock.today()
    client_for(lead).post(
        "/team/cover/",
        {
            "absent": away.pk,
            "covering": covers.pk,
            "starts_on": today,
            "ends_on": today,
            "reason": "planned_leave",
        },
    )
    assert client_for(covers).get(f"/people/{client.pk}/details/").status_code == 200
    client_for(lead).post(f"/team/cover/{Cover.objects.get().pk}/end/")
    assert client_for(covers).get(f"/people/{client.pk}/details/").status_code == 404
