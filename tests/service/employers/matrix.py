"""The objects that this room's addresses name by id, for the access matrix.

An address may name an employer and one of its sites, each built on its own: both ask for the same employer.
"""

from __future__ import annotations

from typing import Any

from pacework.service.core import clock
from pacework.service.employers import actions
from pacework.service.employers.models import (
    DisclosurePlan,
    Employer,
    IncomingVacancy,
    PlacementWait,
    VacancyBatch,
)
from tests.service.build import make_user
from tests.service.employers.build import (
    log,
    make_employer,
    make_manager,
    make_opportunity,
    make_site,
    make_vacancy,
)

NAME = "Employer of the matrix"


def the_employer() -> Employer:
    return Employer.objects.filter(name=NAME).first() or make_employer(NAME)


def employer(case: Any) -> int:
    return the_employer().pk


def site(case: Any) -> int:
    return (the_employer().sites.first() or make_site(the_employer())).pk


def person(case: Any) -> int:
    return make_manager(the_employer()).pk


def vacancy(case: Any) -> int:
    return make_vacancy(the_employer()).pk


def opportunity(case: Any) -> int:
    return make_opportunity(the_employer()).pk


def contact(case: Any) -> int:
    """About no client: the door of one that is about somebody is tried in the tests of the pages."""
    return log(the_employer(), make_user("esw"), next_step="Call back").pk


def employer_with_answer(case: Any) -> int:
    """Straight to the table: in some states nobody may record an answer any more."""
    found = the_employer()
    DisclosurePlan.objects.create(
        client=case.client,
        employer=found,
        who="named",
        agreed_on=clock.today(),
        agreed_how="spoken",
        recorded_by=found.added_by,
    )
    return found.pk


def wait(case: Any) -> int:
    found = actions.add_opportunity(the_employer(), by=make_user("esw"), title="Two mornings")
    return PlacementWait.objects.create(
        opportunity=found,
        client=case.client,
        episode=case.client.episodes.get(),
        since=clock.today(),
        added_by=found.added_by,
    ).pk


def the_batch() -> VacancyBatch:
    """A list of one row, read and not added yet."""
    row = IncomingVacancy(number=2, said={"title": "Cook", "employer_name": NAME}, key="matrix")
    return VacancyBatch.objects.filter(name="matrix.csv").first() or actions.stage_vacancies(
        [row], by=make_user("esw"), kind="list", name="matrix.csv"
    )


def batch(case: Any) -> int:
    return the_batch().pk


def batch_row(case: Any) -> int:
    return the_batch().rows.get().pk


def this_week(case: Any) -> str:
    return clock.monday(clock.today()).isoformat()


KWARGS = {
    "employer_id": employer,
    "site_id": site,
    "vacancy_id": vacancy,
    "opportunity_id": opportunity,
    "wait_id": wait,
    "employer-person-edit:person_id": person,
    "employer-contact-done:contact_id": contact,
    "disclosure-end:employer_id": employer_with_answer,
    "my-disclosure-end:employer_id": employer_with_answer,
    "log-review-worker:week": this_week,
    "vacancy-batch:batch_id": batch,
    "vacancy-batch-drop:batch_id": batch,
    "vacancy-row-leave-out:batch_id": batch,
    "vacancy-row-leave-out:row_id": batch_row,
    "vacancy-proposal:batch_id": batch,
    "vacancy-proposal:row_id": batch_row,
}
