"""What is written: the choice, jobs looked at, what is kept, and what is put forward."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pacework.service.core import clock
from pacework.service.core.errors import DomainError, NotAllowed, StaleSave
from pacework.service.core.models import AuditEvent
from pacework.service.matching import actions, policies
from pacework.service.matching.actions.checks import REGISTER
from pacework.service.matching.models import ForecastChoice, JobCheck, PassportLine
from pacework.service.work.actions import agree_proposed, record_job, review_adjustment
from pacework.service.work.models import Adjustment
from tests.service.diary.build import supported
from tests.service.employers.build import make_vacancy
from tests.service.matching.build import MORNINGS, forecasting, look
from tests.service.work.build import job_details

pytestmark = pytest.mark.django_db


def esw_of(episode: Any) -> Any:
    return episode.assignments.get().esw


def test_it_is_off_until_the_client_turns_it_on_and_once_is_enough() -> None:
    episode = supported()
    client = episode.client
    with pytest.raises(NotAllowed):
        look(client)
    actions.turn_on(client, by=client.user)
    with pytest.raises(DomainError, match="on already"):
        actions.turn_on(client, by=client.user)
    assert look(client).title == "Shop, three mornings"


def test_turning_it_off_deletes_jobs_and_what_was_kept_from_them_and_leaves_own_lines() -> None:
    episode = forecasting(days=3)
    client = episode.client
    check = look(client)
    actions.keep_changes(check, by=client.user, keys=["swap-in-week"])
    actions.add_line(client, by=client.user, words="A stool")
    assert actions.turn_off(client, by=client.user) == 1
    assert not ForecastChoice.objects.exists()
    assert not JobCheck.objects.exists()
    assert [line.words for line in PassportLine.objects.all()] == ["A stool"]
    # Off again changes nothing, and the audit knows of it without what was looked at.
    assert actions.turn_off(client, by=client.user) == 0
    assert AuditEvent.objects.filter(verb="forecast.turned_off").count() == 2


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"shifts": []}, "shifts", "no shifts"),
        ({"shifts": [{"day": "mon", "start": "09:00", "end": "25:00"}]}, "shifts", "24:00"),
        ({"shifts": [{"day": "mon", "start": "09:00", "end": "09:00"}]}, "shifts", "same time"),
        (
            {
                "shifts": [
                    {"day": "mon", "start": "22:00", "end": "06:00"},
                    {"day": "tue", "start": "05:00", "end": "09:00"},
                ]
            },
            "shifts",
            "overlaps",
        ),
        (
            {"shifts": [{"day": "mon", "start": "00:00", "end": "23:00"}], "commute_minutes": 60},
            "commute_minutes",
            "more than 24 hours",
        ),
        ({"commute_minutes": float("nan")}, "commute_minutes", "0 to 360"),
        ({"break_minutes": 240}, "break_minutes", "as long as the shift"),
        ({"build_up_weeks": 60}, "build_up_weeks", "0 to 52"),
        ({"home_days": ["sun"]}, "home_days", "days with a shift"),
        ({"home_days": ["mon"], "home_possible": False}, "home_days", "cannot be done at home"),
        ({"title": "  "}, "title", "name"),
    ],
)
def test_a_job_that_cannot_be_is_refused_in_a_sentence(said: dict[str, Any], field: str, words: str) -> None:
    client = forecasting(days=0).client
    with pytest.raises(DomainError, match=words) as refusal:
        look(client, **said)
    assert refusal.value.field == field
    assert not JobCheck.objects.exists()


def test_a_night_shift_belongs_to_the_day_it_starts() -> None:
    check = look(forecasting(days=0).client, shifts=[{"day": "sun", "start": "22:00", "end": "06:00"}])
    assert check.shifts == [{"day": "sun", "start": "22:00", "end": "06:00"}]


def test_a_job_is_changed_by_nobody_over_somebody_else() -> None:
    episode = forecasting(days=0)
    check = look(episode.client)
    said = {"title": "Shop", "shifts": MORNINGS[:1], "commute_minutes": 10}
    actions.change_job(check, by=esw_of(episode), expected=1, **said)
    with pytest.raises(StaleSave):
        actions.change_job(check, by=episode.client.user, expected=1, **said)
    with pytest.raises(ValueError, match="nothing"):
        actions.change_job(check, by=episode.client.user, title="Shop", shifts=MORNINGS, nothing=1)
    actions.forget_job(check, by=episode.client.user)
    assert not JobCheck.objects.exists()


def test_a_worker_deletes_no_line_of_the_clients_passport_with_a_job() -> None:
    episode = forecasting(days=0)
    bare, kept = look(episode.client), look(episode.client)
    actions.keep_changes(kept, by=episode.client.user, keys=["later-start-60"])
    actions.forget_job(bare, by=esw_of(episode))
    with pytest.raises(DomainError, match="Only they can delete it"):
        actions.forget_job(kept, by=esw_of(episode))
    assert PassportLine.objects.count() == 1
    actions.forget_job(kept, by=episode.client.user)
    assert not PassportLine.objects.exists()


def test_a_change_is_kept_once_and_says_what_it_changes() -> None:
    episode = forecasting(days=0)
    check = look(episode.client)
    (line,) = actions.keep_changes(check, by=esw_of(episode), keys=["later-start-60"])
    assert line.words == "Start at 10:00 instead of 9:00"
    (other,) = actions.keep_changes(check, by=episode.client.user, keys=["later-start-60", "home-days-1"])
    assert other.key == "home-days-1"
    with pytest.raises(DomainError, match="already"):
        actions.keep_changes(check, by=episode.client.user, keys=["later-start-60"])
    for keys in ([], ["be-younger"]):
        with pytest.raises(DomainError):
            actions.keep_changes(check, by=episode.client.user, keys=keys)


def test_every_change_has_its_kind_in_the_register() -> None:
    from pacework.science.capacity.adjustments import ADJUSTMENTS
    from pacework.service.core.codes import codes

    kinds = codes("work", "adjustments", "adjustments")
    assert {REGISTER[each.key.rsplit("-", 1)[0]] for each in ADJUSTMENTS} <= set(kinds)


def test_what_was_kept_is_proposed_agreed_and_only_then_looked_at_again() -> None:
    episode = forecasting(days=0)
    esw = esw_of(episode)
    job = record_job(episode, by=esw, **job_details(started_on=clock.today() - timedelta(days=20)))
    check = look(episode.client, spell=job)
    with pytest.raises(DomainError, match="nothing new"):
        actions.propose_kept(check, by=esw)
    actions.keep_changes(check, by=episode.client.user, keys=["swap-in-week"])
    assert actions.propose_kept(check, by=esw) == 1
    proposed = Adjustment.objects.get()
    assert (proposed.kind, proposed.agreed_on, proposed.proposed_on) == ("swap_days", None, clock.today())
    assert PassportLine.objects.get().adjustment == proposed
    with pytest.raises(DomainError, match="proposed only"):
        review_adjustment(proposed, by=esw, effect="helps")
    agree_proposed(proposed, by=esw)
    with pytest.raises(DomainError, match="agreed already"):
        agree_proposed(proposed, by=esw)
    review_adjustment(proposed, by=esw, effect="helps")
    assert Adjustment.objects.get().effect == "helps"


def test_only_for_a_placement_or_job_of_their_own() -> None:
    episode, other = forecasting(days=0), forecasting(days=0)
    job = record_job(other, by=esw_of(other), **job_details(started_on=clock.today() - timedelta(days=20)))
    with pytest.raises(DomainError, match="another record"):
        look(episode.client, spell=job)
    check = look(episode.client)
    actions.keep_changes(check, by=episode.client.user, keys=["swap-in-week"])
    with pytest.raises(DomainError, match="placement or a job"):
        actions.propose_kept(check, by=esw_of(episode))
    with pytest.raises(DomainError, match="another record"):
        actions.propose_kept(check, by=esw_of(episode), spell=job)
    assert not Adjustment.objects.exists()


def test_what_was_kept_from_a_vacancy_goes_to_the_job_with_its_employer_and_to_no_other() -> None:
    episode = forecasting(days=0)
    esw, vacancy = esw_of(episode), make_vacancy()
    began = {"started_on": clock.today() - timedelta(days=20)}
    described, check = look(episode.client), look(episode.client, vacancy=vacancy)
    for one in (described, check):
        actions.keep_changes(one, by=episode.client.user, keys=["later-start-60", "rest-breaks-10"])
    other = record_job(episode, by=esw, **job_details(**began))
    for one in (described, check):
        with pytest.raises(DomainError, match="another job"):
            actions.propose_kept(one, by=esw, spell=other)
    named = {"employer": vacancy.employer, "employer_words": ""}
    job = record_job(episode, by=esw, **job_details(**began, **named))
    assert actions.propose_kept(check, by=esw, spell=job) == 2
    assert set(Adjustment.objects.values_list("kind", "job")) == {
        ("later_start", job.pk),
        ("rest_breaks", job.pk),
    }


def test_the_passport_is_written_in_the_clients_own_words() -> None:
    client = supported().client
    line = actions.add_line(client, by=client.user, words=" A stool ")
    actions.change_line(line, by=client.user, words="A stool at the till", expected=1)
    assert PassportLine.objects.get().words == "A stool at the till"
    with pytest.raises(DomainError, match="what helps"):
        actions.add_line(client, by=client.user, words=" ")
    actions.remove_line(line, by=client.user)
    assert not PassportLine.objects.exists()


def test_two_or_three_changes_of_different_kinds_are_tried_together() -> None:
    named = policies.changes_named
    policies.check_together(named(["later-start-60", "home-days-1"]))
    for keys in (["later-start-60"], ["later-start-60", "later-start-120"]):
        with pytest.raises(DomainError):
            policies.check_together(named(keys))


def test_there_is_room_for_so_many_jobs_and_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    client = forecasting(days=0).client
    look(client)
    actions.add_line(client, by=client.user, words="A stool")
    monkeypatch.setattr(policies, "MOST_JOBS", 1)
    monkeypatch.setattr(policies, "MOST_LINES", 1)
    with pytest.raises(DomainError, match="Forget one"):
        look(client)
    with pytest.raises(DomainError, match="Take one out"):
        actions.add_line(client, by=client.user, words="Breaks")
