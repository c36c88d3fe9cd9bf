"""The funnel page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pacework.service.core import clock
from pacework.service.core.pages import render
from pacework.service.core.presenters import count, day, with_query
from pacework.service.people.models import Role, Team
from pacework.service.recruitment import counts
from pacework.service.recruitment.codes import routes
from pacework.service.recruitment.filters import read_day
from pacework.service.recruitment.presenters import STEP_LABELS, route_label


def funnel(request: HttpRequest) -> HttpResponse:
    """From the first invitation to a caseload, by route, with every number's working."""
    today = clock.today()
    end = min(read_day(request.GET.get("to", "")) or today, today)
    start = read_day(request.GET.get("from", "")) or year_before(end)
    if start > end:
        start, end = end, start
    is_lead = request.user.role == Role.TEAM_LEAD
    teams = list(request.user.teams.all() if is_lead else Team.objects.all())
    asked = request.GET.get("team", "")
    team = next((one for one in teams if str(one.pk) == asked), None)
    route = request.GET.get("route", "") if request.GET.get("route", "") in routes() else ""
    found = counts.funnel(request.user, start=start, end=end, team=team.pk if team else None, route=route)

    def rows_behind(step: str, of_route: str) -> str:
        """One click to the people behind a figure; only for those who may see people."""
        if not is_lead:
            return ""
        return with_query(
            reverse("referrals"),
            state="all",
            reached=step,
            route=of_route or route,
            team=team.pk if team else "",
            **{"from": start.isoformat(), "to": end.isoformat()},
        )

    context = {
        "title": "Recruitment funnel",
        "filters": filter_items(start, end, team, route, teams),
        "period": f"{day(start)} to {day(end)}",
        "steps": [picture(stage, rows_behind(stage.step, "")) for stage in found.total.stages],
        "working": [working(stage, rows_behind(stage.step, "")) for stage in found.total.stages],
        "head": ["Route", *({"label": STEP_LABELS[step], "numeric": True} for step in counts.FUNNEL)],
        "rows": [by_route(one, rows_behind) for one in found.routes],
        "total": found.total,
        "listed": found.total.listed,
        "finding": finding(found.total),
        "out_of_work": out_of_work(found.out_of_work),
        "rule": f"{counts.RULE}, version {counts.VERSION}",
        "sees_people": is_lead,
    }
    return render(request, "recruitment/funnel.jinja", context)


def year_before(end: date) -> date:
    return date(end.year - 1, end.month, min(end.day, 28))


def filter_items(start: date, end: date, team: Any, route: str, teams: list[Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"name": "from", "label": "Invited from", "type": "date", "value": start.isoformat()},
        {"name": "to", "label": "to", "type": "date", "value": end.isoformat()},
        {
            "name": "route",
            "label": "Route",
            "value": route,
            "choices": [("", "All routes"), *((one.key, one.short) for one in routes().values())],
        },
    ]
    if len(teams) > 1:
        choices = [("", "All teams"), *((str(one.pk), one.name) for one in teams)]
        found.append(
            {"name": "team", "label": "Team", "value": str(team.pk) if team else "", "choices": choices}
        )
    return found


def percent(part: int, whole: int) -> str:
    """One figure after the point below 10 %, where most of a funnel lives."""
    if not whole:
        return "–"
    share = 100 * part / whole
    return f"{share:.0f}%" if share >= 10 or share == 0 else f"{share:.1f}%"


def interval(found: Any) -> str:
    if found is None:
        return ""
    return f"{100 * found.low:.1f}–{100 * found.high:.1f}%"


def finding(total: counts.Funnel) -> str:
    """The picture's title says what it shows."""
    last = total.stages[-1]
    if not total.approached:
        return "Nobody was invited in this period"
    share = percent(last.reached, total.approached)
    invited = count(total.approached, "person", "people")
    return f"Of {invited} invited, {last.reached:,} ({share}) came onto a caseload"


def picture(stage: counts.Stage, href: str) -> dict[str, Any]:
    left = [
        f"{stage.waiting:,} waiting" if stage.waiting else "",
        f"{stage.ended:,} ended here" if stage.ended else "",
    ]
    return {
        "label": STEP_LABELS[stage.step],
        "count": stage.reached,
        "share": f"{percent(stage.reached, stage.before)} went on" if stage.step != "approached" else "",
        "href": href,
        "note": ", ".join(text for text in left if text),
    }


def working(stage: counts.Stage, href: str) -> list[Any]:
    """One step with its working, as a table row."""
    first = stage.step == counts.FUNNEL[0]
    return [
        {"text": STEP_LABELS[stage.step], "href": href},
        f"{stage.reached:,}",
        "" if first else {"text": percent(stage.reached, stage.before), "sub": interval(stage.of_before)},
        "" if first else f"{stage.reached:,} of {stage.before:,}",
        ""
        if first
        else {"text": percent(stage.reached, stage.approached), "sub": interval(stage.of_approached)},
        f"{stage.waiting:,}",
        f"{stage.ended:,}",
    ]


def by_route(one: counts.Funnel, rows_behind: Any) -> list[Any]:
    cells: list[Any] = [route_label(one.route)]
    for stage in one.stages:
        cell: dict[str, Any] = {"text": f"{stage.reached:,}", "href": rows_behind(stage.step, one.route)}
        if stage.of_before is not None:
            cell["sub"] = f"{percent(stage.reached, stage.before)} ({interval(stage.of_before)})"
        elif stage.step == counts.FUNNEL[0] and one.listed:
            cell["sub"] = f"{one.listed:,} more not yet invited"
        cells.append(cell)
    return cells


def out_of_work(found: counts.OutOfWork) -> dict[str, Any]:
    """Time since the last job at the first invitation."""
    if found.median is None or found.lower is None or found.upper is None:
        return {
            "value": "Not known yet",
            "spread": "",
            "known": 0,
            "missing": found.missing,
            "in_work": found.in_work,
        }
    return {
        "value": months(found.median),
        "spread": f"middle half: {months(found.lower)} to {months(found.upper)}",
        "known": found.known,
        "missing": found.missing,
        "in_work": found.in_work,
    }


def months(days: float) -> str:
    """Days as people say them."""
    if days < 61:
        return count(round(days), "day")
    if days < 730:
        return count(round(days / 30.4375), "month")
    years = days / 365.25
    return f"{years:.1f} years"
