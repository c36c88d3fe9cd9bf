"""What a job looked at may say, and what may be kept of it. Client and worker read the sentences."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pacework.service.cases.models import Client
from pacework.service.core.errors import DomainError
from pacework.service.employers.policies import checked_shifts
from pacework.service.matching.models import ForecastChoice, JobCheck, PassportLine
from pacework.service.work.models import JobSpell, Placement

if TYPE_CHECKING:
    from pacework.science.capacity.adjusting import Adjustment
    from pacework.science.capacity.job import Job

# The science package brings NumPy along, which most pages do without: it is imported where it is used.

MOST_JOBS = 50
MOST_LINES = 60
MOST_TOGETHER = 3


def check_turned_off(client: Client) -> None:
    if ForecastChoice.objects.filter(client=client).exists():
        raise DomainError("It is on already.")


def job_of(
    shifts: Sequence[Mapping[str, str]], hours: Mapping[str, Any], *, pays_legal_minimum: bool | None = None
) -> Job:
    """The job these hours describe; raises DomainError with a sentence for its field."""
    from pacework.science.capacity.job import Job, JobError

    by_day: dict[str, list[tuple[str, str]]] = {}
    for shift in shifts:
        by_day.setdefault(shift["day"], []).append((shift["start"], shift["end"]))
    try:
        return Job(shifts=by_day, pays_legal_minimum=pays_legal_minimum, **hours)
    except JobError as refusal:
        raise DomainError(str(refusal), field=refusal.field) from None


def checked_hours(shifts: Sequence[Mapping[str, str]], hours: Mapping[str, Any]) -> list[dict[str, str]]:
    """The shifts as they are stored; raises unless together with the rest they can be a job."""
    unknown = set(hours) - set(JobCheck.HOURS)
    if unknown:
        raise ValueError(f"a job has no {', '.join(sorted(unknown))}")
    job = job_of(shifts, hours)
    off = [day for day in hours.get("home_days", ()) if day not in job.shifts]
    if off:
        raise DomainError("Choose only days with a shift as days at home.", field="home_days")
    return list(checked_shifts(shifts))


def check_title(title: str) -> None:
    if not title.strip():
        raise DomainError("Give the job a name, so that you find it again.", field="title")


def check_own(client: Client, placement: Placement | None, spell: JobSpell | None) -> None:
    for one in (placement, spell):
        if one is not None and one.episode.client_id != client.pk:
            raise DomainError("This belongs to another record.")


def was_looked_at_for(check: JobCheck, thing: Placement | JobSpell) -> bool:
    """Whether a check is about this placement or job: begun from it, or from another with its employer."""
    begun_from = check.vacancy or check.placement or check.spell
    if begun_from is None:
        return False
    return begun_from == thing or (
        begun_from.employer_id is not None and begun_from.employer_id == thing.employer_id
    )


def check_looked_at_for(check: JobCheck, thing: Placement | JobSpell) -> None:
    if not was_looked_at_for(check, thing):
        raise DomainError("This was looked at for another job, so it does not belong into this register.")


def check_room_for_a_job(client: Client) -> None:
    if JobCheck.objects.filter(client=client).count() >= MOST_JOBS:
        raise DomainError(f"You have looked at {MOST_JOBS} jobs. Forget one first.")


def check_words(words: str) -> None:
    if not words.strip():
        raise DomainError("Write what helps you.", field="words")


def check_nothing_kept(check: JobCheck) -> None:
    if PassportLine.objects.filter(job=check).exists():
        raise DomainError("What was kept from this job is in the client’s passport. Only they can delete it.")


def check_room_for_a_line(client: Client) -> None:
    if PassportLine.objects.filter(client=client).count() >= MOST_LINES:
        raise DomainError(f"The passport holds {MOST_LINES} lines. Take one out first.")


def changes_named(keys: Collection[str]) -> tuple[Adjustment, ...]:
    """The changes of these keys, in their usual order; raises for one that nobody knows."""
    from pacework.science.capacity.adjustments import ADJUSTMENTS

    known = {each.key: each for each in ADJUSTMENTS}
    if not keys:
        raise DomainError("Choose at least one change.", field="changes")
    if not set(keys) <= set(known):
        raise DomainError("Choose a change from the list.", field="changes")
    return tuple(each for key, each in known.items() if key in keys)


def check_together(changes: Sequence[Adjustment]) -> None:
    """Two or three, of different kinds: a later start by one hour and by two is not a choice."""
    if not 2 <= len(changes) <= MOST_TOGETHER:
        raise DomainError("Choose two or three changes to try together.", field="changes")
    if len({each.kind for each in changes}) < len(changes):
        raise DomainError(
            "Choose only one of each kind: two of these are about the same thing.", field="changes"
        )
