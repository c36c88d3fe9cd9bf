"""What recording work refuses and beside which field; changes proposed before they are agreed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from pacework.service.core.errors import DomainError, StaleSave
from pacework.service.core.models import AuditEvent
from pacework.service.employers.actions import add_person, add_site
from pacework.service.work import actions, policies
from pacework.service.work.models import JobSpell
from tests.service.work.build import (
    application,
    employer,
    job_details,
    opportunity,
    someone_in_work,
    someone_on_placement,
    supported,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

TODAY = date(2026, 3, 11)
DAY = timedelta(days=1)


def test_an_application_moves_to_steps_of_the_list_only():
    work = supported()
    row = application(work)
    with pytest.raises(DomainError, match="from the list") as found:
        actions.move_application(row, by=work.esw, to="promoted", on=TODAY)
    assert found.value.field == "to"


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"hourly_pay": Decimal(-1)}, "hourly_pay"),
        ({"hourly_pay": Decimal(10000)}, "hourly_pay"),
        ({"contract": "apprenticeship", "apprentice_since": TODAY + DAY}, "apprentice_since"),
        ({"apprentice_since": TODAY - DAY}, "apprentice_since"),
        ({"contract": "set_aside", "set_aside": False}, "set_aside"),
        ({"disclosed": "somebody"}, "disclosed"),
        ({"occupation": "0999"}, "occupation"),
    ],
)
def test_a_job_that_cannot_be_so_is_refused_beside_its_field(details: dict[str, Any], field: str):
    work = supported()
    with pytest.raises(DomainError) as found:
        actions.record_job(work.episode, by=work.esw, **job_details(**details))
    assert found.value.field == field
    assert not JobSpell.objects.exists()


def test_a_job_that_has_ended_is_not_moved_to_start_after_its_end():
    work = someone_in_work()
    actions.end_job(work.job, by=work.esw, on=TODAY - timedelta(weeks=8), reason="pain")
    job = JobSpell.objects.get()
    with pytest.raises(DomainError, match="ends before it starts") as found:
        actions.edit_job(job, by=work.esw, **job_details(started_on=TODAY - timedelta(weeks=7)))
    assert found.value.field == "started_on"


def test_an_apprenticeship_keeps_the_day_it_began():
    work = supported()
    began = TODAY - timedelta(weeks=30)
    job = actions.record_job(
        work.episode, by=work.esw, **job_details(contract="apprenticeship", apprentice_since=began)
    )
    assert job.apprentice_since == began


def test_an_employer_is_chosen_or_written_not_both_and_brings_its_own_site_and_people():
    work = supported()
    ours, other = employer(work.esw), employer(work.esw, "Quay Bakery")
    site = add_site(other, by=work.esw, name="Shop")
    person = add_person(other, by=work.esw, name="Mo Field")
    for more, field in (
        ({"employer": ours}, "employer_words"),
        ({"employer": ours, "employer_words": "", "site": site}, "site"),
    ):
        with pytest.raises(DomainError) as found:
            actions.record_job(work.episode, by=work.esw, **job_details(**more))
        assert found.value.field == field
    with pytest.raises(DomainError) as found:
        policies.check_of_employer(ours, person=person)
    assert found.value.field == "named_manager"
    policies.check_of_employer(other, site=site, person=person)


def test_a_place_is_given_only_at_an_opportunity_that_is_agreed():
    work = supported()
    asked = opportunity(work.esw)
    policies.check_place_free(asked)
    asked.state = asked.State.ASKED
    with pytest.raises(DomainError, match="is not agreed"):
        policies.check_place_free(asked)


def test_no_hours_are_done_before_a_placement_starts_or_after_today():
    work = someone_on_placement(started=False)
    first = work.placement.planned_from
    with pytest.raises(DomainError, match="has not started"):
        actions.record_placement_week(work.placement, by=work.esw, week=first, done_minutes=60)
    actions.start_placement(work.placement, by=work.esw, on=first + timedelta(weeks=1))
    with pytest.raises(DomainError, match="from the start until today"):
        actions.record_placement_week(work.placement, by=work.esw, week=first, done_minutes=60)


def test_a_change_is_proposed_then_agreed_once_and_only_then_looked_at_again():
    work = someone_in_work()
    row = actions.propose_adjustment(
        work.episode, by=work.esw, kind="pace", words="Two short breaks more", job=work.job
    )
    assert (row.proposed_on, row.agreed_on) == (TODAY, None)
    assert AuditEvent.objects.latest("pk").verb == "adjustment.proposed"
    with pytest.raises(DomainError, match="proposed only"):
        actions.review_adjustment(row, by=work.esw, effect="helps")
    with pytest.raises(DomainError, match="after it was agreed"):
        actions.agree_proposed(row, by=work.esw, review_on=TODAY - DAY)
    with pytest.raises(StaleSave):
        actions.agree_proposed(type(row).objects.get(), by=work.esw, expected=7)
    row = actions.agree_proposed(type(row).objects.get(), by=work.esw, review_on=TODAY + DAY)
    assert (row.agreed_on, row.review_on) == (TODAY, TODAY + DAY)
    with pytest.raises(DomainError, match="agreed already"):
        actions.agree_proposed(row, by=work.esw)


def test_a_proposed_change_belongs_to_one_job_or_placement_of_the_same_episode():
    work, other = someone_in_work(), someone_in_work()
    told = {"by": work.esw, "kind": "pace", "words": "Two short breaks more"}
    with pytest.raises(DomainError, match="one job or one placement"):
        actions.propose_adjustment(work.episode, **told)
    with pytest.raises(DomainError, match="another episode"):
        actions.propose_adjustment(work.episode, job=other.job, **told)
    with pytest.raises(DomainError, match="what is proposed"):
        actions.propose_adjustment(work.episode, job=work.job, **(told | {"words": " "}))
    assert actions.propose_adjustment(work.episode, job=work.job, **told).words == told["words"]
