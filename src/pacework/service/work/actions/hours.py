"""Hours worked, many weeks at once, and the day on which 4 hours were done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from pacework.service.cases.policies import check_open
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError
from pacework.service.people.models import Role, User
from pacework.service.work import permissions, policies
from pacework.service.work.actions.milestones import record_work_milestones
from pacework.service.work.models import JobSpell, WeekWorked

FIELDS = ("paid_minutes", "hourly_pay", "evidence", "lost_to_pain", "recorded_by", "recorded_at")


@dataclass(frozen=True)
class WeekTyped:
    """Hours of one week as somebody gives them. ``minutes=None``: nobody knows; 0: none were worked.

    ``hourly_pay=None`` takes the pay of the job on that day.
    """

    week: date
    minutes: int | None
    evidence: str = "client_word"
    lost_to_pain: bool = False
    hourly_pay: Decimal | None = None


def hours_field(week: date) -> str:
    """The name of a week's box on a page, so that a refusal finds it."""
    return f"hours_{week:%Y%m%d}"


def evidence_field(week: date) -> str:
    """The name of the box that says what stands behind the hours."""
    return f"evidence_{week:%Y%m%d}"


@action
def record_hours(
    job: JobSpell, *, by: User, weeks: Sequence[WeekTyped], expected: int | None = None
) -> list[WeekWorked]:
    """Record or correct the paid hours of weeks that are over, all of them or none.

    The client may record their own word, not over what the worker recorded from something stronger.
    """
    episode = job.episode
    permissions.check_support_or_self(by, episode.client)
    check_open(episode)
    if not weeks:
        raise DomainError("Enter the hours of at least one week.")
    own = by.role == Role.CLIENT
    known = {row.week: row for row in job.weeks.all()}
    elsewhere = _elsewhere(job)
    seen: set[date] = set()
    changed = []
    for typed in weeks:
        field = hours_field(typed.week)
        if typed.week in seen:
            raise DomainError("This week is given twice.", field=field)
        seen.add(typed.week)
        policies.check_week(job, typed.week, field=field)
        policies.check_minutes(typed.minutes, elsewhere.get(typed.week, 0), field=field)
        row = known.get(typed.week)
        if row is not None and own and row.evidence != "client_word":
            if row.paid_minutes == typed.minutes and row.lost_to_pain == typed.lost_to_pain:
                continue
            raise DomainError("Your worker recorded this week. Ask them if it is wrong.", field=field)
        row = _put(row or WeekWorked(job=job, week=typed.week), typed, own=own, by=by)
        if row is not None:
            changed.append(row)
    # The job's version stands for all its weeks: two people on the same page meet here.
    job.save_version(expected=expected, fields=["weekly_hours"])
    trace("hours.recorded", job, by=by, fields=["weekly_hours"])
    _write(changed, by=by)
    record_work_milestones(episode, by=by, job=job)
    return changed


def _put(row: WeekWorked, typed: WeekTyped, *, own: bool, by: User) -> WeekWorked | None:
    """The row with what was typed; None where nothing is different."""
    job = row.job
    pay = typed.hourly_pay
    if pay is None:
        later = job.pay_from is None or row.week >= clock.monday(job.pay_from)
        pay = row.hourly_pay if row.pk else job.hourly_pay if later else job.pay_at_start
    if pay is not None and not 0 <= pay < 10000:
        raise DomainError("Enter the pay for one hour in pounds.", field=hours_field(row.week))
    now = (typed.minutes, pay, typed.evidence, typed.lost_to_pain)
    if row.pk and now == (row.paid_minutes, row.hourly_pay, row.evidence, row.lost_to_pain):
        return None
    policies.check_evidence(job.episode.client, typed.evidence, own=own, field=evidence_field(row.week))
    row.paid_minutes, row.hourly_pay, row.evidence, row.lost_to_pain = now
    row.recorded_by, row.recorded_at = by, clock.now()
    return row


def _write(rows: list[WeekWorked], *, by: User) -> None:
    fresh = [row for row in rows if row.pk is None]
    WeekWorked.objects.bulk_create(fresh)
    for row in rows:
        if row not in fresh:
            row.save_version(expected=None, fields=FIELDS)
        trace(
            "hours.week",
            row,
            by=by,
            fields=["week", "paid_minutes", "hourly_pay", "evidence", "lost_to_pain"],
        )


def _elsewhere(job: JobSpell) -> dict[date, int]:
    """Minutes in the client's other jobs, by week."""
    rows = WeekWorked.objects.filter(job__episode__client=job.episode.client_id).exclude(job=job)
    return {
        row["week"]: row["minutes"] or 0
        for row in rows.order_by().values("week").annotate(minutes=Sum("paid_minutes"))
    }


@action
def set_four_hours(job: JobSpell, *, by: User, on: date | None, expected: int | None = None) -> JobSpell:
    """Type the day on which 4 hours were done.

    ``on=None``: follow the hours recorded (the Sunday of that week).
    """
    permissions.check_support(by, job.episode.client)
    check_open(job.episode)
    if on is not None:
        policies.check_four_hours(job, on)
    job.four_hours_on, job.four_hours_typed = on, on is not None
    job.save_version(expected=expected, fields=["four_hours_on", "four_hours_typed"])
    trace("job.four_hours", job, by=by, fields=["four_hours_on", "four_hours_typed"])
    record_work_milestones(job.episode, by=by, job=job)
    return job
