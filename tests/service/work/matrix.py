"""The objects that this room's addresses name by id, for the access matrix."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pacework.service.core import clock
from pacework.service.work import actions
from tests.service.work.build import Work, application, employer, job_details, may_be_named


def _work(case: Any) -> Work:
    return Work(case.esw, case.client.episodes.get())


def an_application(case: Any) -> int:
    return application(_work(case), on=clock.today()).pk


def a_job(case: Any) -> int:
    work = _work(case)
    return actions.record_job(work.episode, by=work.esw, **job_details(started_on=clock.today())).pk


def _placement(case: Any, *, started: bool) -> int:
    work = _work(case)
    place = employer(work.esw)
    may_be_named(work, place)
    planned = actions.plan_placement(
        work.episode,
        by=work.esw,
        title="Stock room",
        employer=place,
        planned_from=clock.today(),
        planned_hours=Decimal(8),
    )
    if started:
        actions.start_placement(planned, by=work.esw, on=clock.today())
    return planned.pk


def a_placement(case: Any) -> int:
    return _placement(case, started=True)


def a_planned_placement(case: Any) -> int:
    return _placement(case, started=False)


def an_adjustment(case: Any) -> int:
    work = _work(case)
    job = actions.record_job(work.episode, by=work.esw, **job_details(started_on=clock.today()))
    return actions.agree_adjustment(
        work.episode, by=work.esw, kind="other", words="A stool at the till", job=job
    ).pk


def an_absence(case: Any) -> int:
    work = _work(case)
    job = actions.record_job(work.episode, by=work.esw, **job_details(started_on=clock.today()))
    return actions.record_absence(
        work.episode, by=work.esw, first_day=clock.today(), pain_related=True, job=job
    ).pk


def this_week(case: Any) -> str:
    return clock.monday(clock.today()).isoformat()


KWARGS = {
    "application_id": an_application,
    "job_id": a_job,
    "placement_id": a_placement,
    "placement-change:placement_id": a_planned_placement,
    "placement-start:placement_id": a_planned_placement,
    "placement-week:week": this_week,
    "adjustment_id": an_adjustment,
    "absence_id": an_absence,
}
