"""Service-wide pages of the manager: how much there is to carry, what became of people. Counts, no names."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse

from pacework.science.measures import rules
from pacework.science.measures.proportions import Proportion
from pacework.science.measures.stages import Stage
from pacework.science.measures.survival import KaplanMeier, kaplan_meier
from pacework.service.cases.models import Episode, Load, loads
from pacework.service.cases.models.caseload import esws_of
from pacework.service.cases.presenters import anchor_words, load_rows
from pacework.service.core import clock
from pacework.service.core.pages import render
from pacework.service.core.presenters import count, day, number, percent
from pacework.service.desk.queries import entrants, spells, stage_counts
from pacework.service.people.models import Team


def capacity(request: HttpRequest) -> HttpResponse:
    """Each team: workers' caseloads for their hours, people waiting and for how long."""
    today = clock.today()
    waits = {
        row["team"]: row
        for row in Episode.objects.waiting()
        .order_by()
        .values("team")
        .annotate(
            people=Count("pk"),
            a_week=Count("pk", filter=Q(referred_on__gte=today - timedelta(days=7))),
            a_month=Count("pk", filter=Q(referred_on__gte=today - timedelta(days=30))),
        )
    }
    teams = list(Team.objects.all())
    workers = list(esws_of(teams).prefetch_related("teams"))
    carried: dict[int, list[Load]] = defaultdict(list)
    for load in loads(workers):
        for team in load.esw.teams.all():
            carried[team.pk].append(load)
    context = {
        "title": "Capacity",
        "anchor": anchor_words(),
        "teams": [
            {
                "name": team.name,
                "waiting": _waiting(waits.get(team.pk)),
                "rows": load_rows(carried[team.pk]),
            }
            for team in teams
        ],
    }
    return render(request, "desk/capacity.jinja", context)


def _waiting(row: dict[str, int] | None) -> str:
    if row is None:
        return "Nobody is waiting for a worker."
    week, month, people = row["a_week"], row["a_month"], row["people"]
    return (
        f"{count(people, 'person', 'people')} waiting for a worker: {week} up to 7 days, "
        f"{month - week} for 8 to 30 days, {people - month} for more than 30 days."
    )


def outcomes(request: HttpRequest) -> HttpResponse:
    """What became of people: the published rates with their working, and time to a first job."""
    today = clock.today()
    people, jobs = entrants(), spells()
    quarter = rules.quarter_of(today)
    year = (today - timedelta(days=365), today)
    flow = rules.employment_rate_flow(people, jobs, *year, today)
    started = rules.supported_into_work(jobs, *year, today)
    all_starts = rules.total_job_starts(jobs, *year, today)
    context = {
        "title": "Outcomes",
        "period": f"{day(year[0])} to {day(today)}",
        "stats": [
            _count_stat(
                "Supported into work", started, "People with a first job start in the last 12 months."
            ),
            _count_stat(
                "Job starts", all_starts, "All job starts in the last 12 months, second jobs included."
            ),
            _share_stat(
                "Employment rate, flow of the last 12 months",
                flow,
                "Of people out of work: first job starts ÷ profiles started, both in the period.",
            ),
            _share_stat(
                "Employment rate, cohort of 12 to 24 months ago",
                rules.employment_rate_cohort(people, jobs, today),
                "Of everybody out of work whose profile started 12 to 24 months ago: ever started work.",
            ),
            _share_stat(
                f"Employment rate in {quarter.label}",
                rules.employment_rate_quarter(people, jobs, quarter, today),
                "Of everybody out of work at entry and supported in the quarter: in a job on any day of it.",
            ),
            _outcome_stat(today),
        ],
        "time": _time_words(rules.time_to_first_job(people, jobs, today)),
        "stages": [(Stage(stage).label, how_many) for stage, how_many in stage_counts().items()],
    }
    return render(request, "desk/outcomes.jinja", context)


def _count_stat(label: str, found: Any, rule: str) -> dict[str, Any]:
    return {
        "label": label,
        "value": number(found.value),
        "missing": found.missing,
        "rule": f"{rule} Counts after 4 hours of paid, competitive work. Rule {found.rule} {found.version}.",
    }


def _share_stat(label: str, found: Proportion, rule: str) -> dict[str, Any]:
    interval = found.interval
    return {
        "label": label,
        "value": percent(found.numerator, found.denominator),
        "numerator": found.numerator,
        "denominator": found.denominator,
        "missing": found.missing,
        "interval": f"({100 * interval.low:.0f} to {100 * interval.high:.0f}%)" if interval else "",
        "rule": f"{rule} {found.note} Rule {found.rule} {found.version}.",
    }


def _outcome_stat(today: date) -> dict[str, Any]:
    """Of everybody who ever started a job that could have lasted long enough, who reached 13 of 16 weeks."""
    rows = Episode.objects.filter(first_job_started_on__lte=today - timedelta(weeks=16))
    found = rows.aggregate(all=Count("pk"), reached=Count("pk", filter=Q(outcome_on__isnull=False)))
    rule = rules.funded_rule()
    return {
        "label": "Reached 13 of 16 weeks",
        "value": percent(found["reached"], found["all"]),
        "numerator": found["reached"],
        "denominator": found["all"],
        "missing": 0,
        "rule": f"Of people whose first job started at least 16 weeks ago. Rule {rule.id}.",
    }


def _time_words(rows: list[rules.TimeToEvent]) -> dict[str, Any]:
    """Median time to a first job, with everybody still searching in it."""
    if not rows:
        return {"words": "Nobody has entered yet.", "rows": []}
    searching = sum(not row.observed for row in rows)
    curve: KaplanMeier = kaplan_meier([row.days for row in rows], [row.observed for row in rows])
    months = Counter(min(row.days // 30, 18) for row in rows if row.observed)
    median = (
        f"Half had started a first job by day {curve.median:.0f} after their profile."
        if curve.median is not None
        else "Fewer than half have started a first job so far, so there is no middle value yet."
    )
    words = (
        f"{median} {count(len(rows), 'person', 'people')} out of work at entry; {searching} still searching "
        "or closed without a job, counted up to that day and not dropped (Kaplan–Meier)."
    )
    return {
        "words": words,
        "rows": [(f"{month + 1}", months[month]) for month in range(max(months, default=-1) + 1)],
    }
