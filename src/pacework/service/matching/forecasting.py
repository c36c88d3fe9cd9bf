"""A forecast for one client and one job, worked out when it is asked for and never stored.

The only place of the service that asks the science for forecasts of hours (a guard holds it).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from pacework.science.capacity.adjustments import ADJUSTMENTS
from pacework.science.capacity.hours import HoursModel, hours_model
from pacework.science.capacity.job import Job
from pacework.science.capacity.model import fit
from pacework.science.capacity.sustainability import (
    Sustainability,
    sustainability,
    sustainability_of_each,
)
from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.core.errors import NotAllowed
from pacework.service.diary.models import DiaryEntry
from pacework.service.matching import permissions

WEEKS, PATHS, SEED = 16, 1000, 1
# For a row of a list: enough for words such as "about 3 of 10", with one change of most kinds. A graded start
# takes as long as the others together, so only the page of one job tries it.
LIST_PATHS = 100
LIST_KEYS = (
    "later-start-60",
    "shorter-shifts-60",
    "fewer-days-1",
    "home-days-1",
    "swap-in-week",
    "rest-breaks-10",
)
LIST_CHANGES = tuple(each for each in ADJUSTMENTS if each.key in LIST_KEYS)


def hours_of(user: Any, client: Client) -> HoursModel:
    """What is known of the hours this client could work, from the diary as this reader sees it."""
    if not permissions.may_forecast(user, client):
        raise NotAllowed("This is off, or not shown to you. Only the client can turn it on.")
    entries = DiaryEntry.objects.visible_to(user).filter(client=client, on__lte=clock.today())
    rows = list(entries.order_by("on").values_list("on", "pain", "fatigue", "hours"))
    model = fit(np.array([row[0] for row in rows], dtype="datetime64[D]"), [row[1] for row in rows])
    answers = [(on, pain, fatigue, float(hours)) for on, pain, fatigue, hours in rows if hours is not None]
    return hours_model(model, answers)


def would_hold(hours: HoursModel, job: Job) -> Sustainability:
    """How the job's hours would hold from the next Monday on; for the same day always the same answer."""
    return sustainability(hours, job, weeks=WEEKS, paths=PATHS, seed=SEED, start=clock.today())


def would_each_hold(hours: HoursModel, jobs: Sequence[Job]) -> tuple[Sustainability, ...]:
    """The same for the rows of a list, in words fit for a list: fewer paths, fewer changes tried."""
    # Many vacancies have the same hours: each kind is lived through once.
    different = {repr(job): job for job in jobs}
    results = sustainability_of_each(
        hours, different.values(), WEEKS, LIST_PATHS, SEED, LIST_CHANGES, start=clock.today()
    )
    by_job = dict(zip(different, results, strict=True))
    return tuple(by_job[repr(job)] for job in jobs)
