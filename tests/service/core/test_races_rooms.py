"""Two people at the same moment in the rooms above cases: what one did is not done again or written over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pacework.service.cases.models import Client
from pacework.service.core import audit, clock
from pacework.service.core.errors import DomainError
from pacework.service.core.models import AuditEvent
from pacework.service.employers import actions as employers
from pacework.service.employers.models import DisclosurePlan, EmployerContact, PlacementWait
from pacework.service.plan import actions as plan
from pacework.service.plan.models import Goal
from pacework.service.recruitment import actions as recruitment
from pacework.service.recruitment.models import Merge, PossibleDuplicate
from tests.service import build
from tests.service.core.together import Meeting, errors, only_one, together
from tests.service.employers.build import agree, log, make_carried_client, make_employer, make_opportunity
from tests.service.recruitment.build import make_pair

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]


def twice(model, pk, act):
    """The same act by two people who both read the row before either had written."""
    first, second = (model._base_manager.get(pk=pk) for _ in range(2))
    return together(lambda: act(first), lambda: act(second))


def events(verb):
    return AuditEvent.objects.filter(verb=verb).count()


def test_a_wait_ends_once_and_its_reason_stays():
    client, esw = make_carried_client()
    wait = employers.add_wait(client, make_opportunity(state="agreed"), by=esw)
    results = twice(PlacementWait, wait.pk, lambda row: employers.end_wait(row, by=esw, reason="no_longer"))
    error = only_one(results)
    assert isinstance(error, DomainError)
    assert events("placement_wait.ended") == 1


def test_a_promise_to_an_employer_is_kept_once():
    esw = build.make_user("esw")
    soon = clock.today() + timedelta(days=2)
    row = log(make_employer(by=esw), esw, next_step="Call back", next_step_on=soon)
    error = only_one(twice(EmployerContact, row.pk, lambda one: employers.finish_next_step(one, by=esw)))
    assert isinstance(error, DomainError)
    assert events("employer_contact.step_done") == 1


def test_an_answer_for_one_employer_ends_once():
    client, esw = make_carried_client()
    answer = agree(client, esw, employer=make_employer(by=esw))
    error = only_one(twice(DisclosurePlan, answer.pk, lambda one: employers.end_override(one, by=esw)))
    assert isinstance(error, DomainError)
    assert events("disclosure.ended") == 1


def test_one_pair_of_records_is_decided_once():
    pair = make_pair()
    lead = build.lead_of(pair.client.team)

    def join():
        mine = PossibleDuplicate.objects.get(pk=pair.pk)
        kept, merged = recruitment.which_to_keep(mine)
        meeting.wait()
        return recruitment.merge(kept, merged, by=lead, pair=mine)

    def part():
        mine = PossibleDuplicate.objects.get(pk=pair.pk)
        meeting.wait()
        return recruitment.decide_different(mine, by=lead)

    meeting = Meeting()
    assert isinstance(only_one(together(join, part)), DomainError)
    assert events("duplicate.decided") == 1


def test_two_records_are_joined_once_and_not_into_each_other():
    team = build.make_team()
    one, other = build.make_client(team), build.make_client(team)
    lead = build.lead_of(team)
    seen = [Client.objects.get(pk=client.pk) for client in (one, other, other, one)]
    results = together(
        lambda: recruitment.merge(seen[0], seen[1], by=lead),
        lambda: recruitment.merge(seen[2], seen[3], by=lead),
    )
    assert isinstance(only_one(results), DomainError)
    assert Client._base_manager.filter(merged_into__isnull=False).count() == 1
    made = Merge.objects.get()
    again = twice(Merge, made.pk, lambda record: recruitment.undo_merge(record, by=lead))
    assert isinstance(only_one(again), DomainError)
    assert audit.verify().ok


def test_when_two_goals_end_at_once_the_second_counts_without_the_first():
    for _ in range(5):
        esw = build.make_user("esw", build.make_team())
        episode = build.make_episode(esw=esw)
        ids = [
            plan.set_goal(episode, by=esw, words=words, kind=Goal.Kind.PREPARING).pk
            for words in ("Get fitter first", "Sleep first")
        ]
        goals = [Goal.objects.select_related("episode__client").get(pk=pk) for pk in ids]
        results = together(
            *(lambda goal=goal, esw=esw: plan.end_goal(goal, by=esw, reached=True) for goal in goals)
        )
        assert errors(results) == []
        episode.refresh_from_db()
        assert episode.preparing_since is None
