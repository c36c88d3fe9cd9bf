"""The recruitment funnel: how many came to each step, by route, counted by the database.

People are counted in the period of their first invitation. Nobody is dropped: who has not come further is
waiting at their step or has ended there. A later step cannot be recorded without the earlier one, so no step
is ever "missing"; the time since the last job can be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import quantiles
from typing import Any

from django.db.models import Count, Q

from pacework.science.measures.intervals import Interval, wilson
from pacework.service.cases.models import EmploymentStatus
from pacework.service.recruitment.codes import STEPS
from pacework.service.recruitment.models import counted_for

RULE = "Referral funnel"
VERSION = "1"
FUNNEL = (*STEPS, "accepted")
_FIELD = {step: f"{step}_on" for step in STEPS} | {"accepted": "episode__accepted_on"}


@dataclass(frozen=True, slots=True)
class Stage:
    """One step: how many reached it; of those who went no further, how many wait and how many ended."""

    step: str
    reached: int
    waiting: int
    ended: int
    before: int
    approached: int

    @property
    def of_before(self) -> Interval | None:
        """Wilson interval of the yield from the step before; None for the first step or without anybody."""
        return wilson(self.reached, self.before) if self.before and self.step != FUNNEL[0] else None

    @property
    def of_approached(self) -> Interval | None:
        """Wilson interval of the yield from everybody invited."""
        return wilson(self.reached, self.approached) if self.approached and self.step != FUNNEL[0] else None


@dataclass(frozen=True, slots=True)
class Funnel:
    """One route's funnel, or everybody's (``route`` ""); ``listed`` are on a list, not invited yet."""

    route: str
    stages: tuple[Stage, ...]
    listed: int

    @property
    def approached(self) -> int:
        return self.stages[0].reached


@dataclass(frozen=True, slots=True)
class OutOfWork:
    """Days from the end of the last job to the first invitation."""

    known: int
    missing: int
    in_work: int
    median: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Result:
    """What the funnel page shows."""

    total: Funnel
    routes: tuple[Funnel, ...]
    out_of_work: OutOfWork


def funnel(user: Any, *, start: date, end: date, team: int | None = None, route: str = "") -> Result:
    """The funnel of the referrals whose counts this person may see."""
    rows = counted_for(user).order_by()
    if team is not None:
        rows = rows.filter(team=team)
    if route:
        rows = rows.filter(route=route)
    invited = rows.filter(approached_on__gte=start, approached_on__lte=end)
    listed = rows.filter(approached_on__isnull=True, exit_on__isnull=True, raised_on__lte=end)
    by_route = {row["route"]: row for row in invited.values("route").annotate(**_figures())}
    on_list = dict(listed.values_list("route").annotate(Count("pk")))
    keys = sorted(by_route.keys() | on_list.keys())
    each = tuple(_funnel(key, by_route.get(key, {}), on_list.get(key, 0)) for key in keys)
    summed: Counter[str] = Counter()
    for row in by_route.values():
        summed.update({name: number for name, number in row.items() if name != "route"})
    return Result(
        total=_funnel("", summed, sum(on_list.values())),
        routes=tuple(sorted(each, key=lambda one: (-one.approached, one.route))),
        out_of_work=_out_of_work(invited),
    )


def _figures() -> dict[str, Count]:
    found = {}
    for step, later in zip(FUNNEL, (*FUNNEL[1:], ""), strict=True):
        there = Q(**{f"{_FIELD[step]}__isnull": False})
        last = there & Q(**{f"{_FIELD[later]}__isnull": True}) if later else Q(pk__isnull=True)
        # Support that closed before anybody accepted the client has ended too, without a referral's exit.
        over = Q(exit_on__isnull=False) | Q(episode__closed_on__isnull=False)
        found[f"{step}_reached"] = Count("pk", filter=there)
        found[f"{step}_ended"] = Count("pk", filter=last & over)
        found[f"{step}_left"] = Count("pk", filter=last)
    return found


def _funnel(route: str, figures: Any, listed: int) -> Funnel:
    stages = []
    approached = before = figures.get("approached_reached", 0)
    for step in FUNNEL:
        reached, ended = figures.get(f"{step}_reached", 0), figures.get(f"{step}_ended", 0)
        waiting = figures.get(f"{step}_left", 0) - ended
        stages.append(Stage(step, reached, waiting, ended, before, approached))
        before = reached
    return Funnel(route, tuple(stages), listed)


def _out_of_work(invited: Any) -> OutOfWork:
    in_work = Q(work_status__in=[EmploymentStatus.Status.EMPLOYED, EmploymentStatus.Status.OFF_SICK])
    days = list(
        invited.filter(days_out_of_work__isnull=False).values_list("days_out_of_work").annotate(Count("pk"))
    )
    others = invited.filter(days_out_of_work__isnull=True).aggregate(
        working=Count("pk", filter=in_work), missing=Count("pk", filter=~in_work)
    )
    known = sum(number for _, number in days)
    lower, median, upper = quarters(days)
    return OutOfWork(known, others["missing"], others["working"], median, lower, upper)


def quarters(counts: Iterable[tuple[int, int]]) -> tuple[float | None, float | None, float | None]:
    """Lower quartile, median and upper quartile of (value, how many) pairs; None for nobody."""
    values = [value for value, number in sorted(counts) for _ in range(number)]
    if not values:
        return None, None, None
    if len(values) == 1:
        return values[0], values[0], values[0]
    lower, median, upper = quantiles(values, n=4, method="inclusive")
    return lower, median, upper
