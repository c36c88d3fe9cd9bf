"""Rapid search: how soon after the profile started an employer was met face to face.

Nobody waiting is dropped. The manager reads counts; a team lead also the people behind them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pacework.science.measures import rules
from pacework.science.measures.proportions import Proportion
from pacework.science.measures.survival import kaplan_meier
from pacework.service.cases.models import Episode
from pacework.service.core import clock
from pacework.service.core.pages import render
from pacework.service.core.presenters import count, day, number, paginate, percent, query
from pacework.service.employers.models import EmployerContact
from pacework.service.people.models import Role, Team

STANDARD = rules.standards()["first-employer-contact"]
IN_TIME, LATE, OVERDUE, NOT_DUE, NO_PROFILE = "in_time", "late", "overdue", "not_due", "no_profile"
STATES = {
    IN_TIME: f"Met within {STANDARD.limit} days",
    LATE: "Met later",
    OVERDUE: f"Not met after {STANDARD.limit} days",
    NOT_DUE: f"Not met, under {STANDARD.limit} days",
    NO_PROFILE: "Profile not started",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One episode and its wait; ``wait`` is None while no profile starts the clock."""

    episode: int
    team: int
    profile_on: date | None
    closed_on: date | None
    wait: rules.Wait | None

    @property
    def state(self) -> str:
        if self.wait is None:
            return NO_PROFILE
        if self.wait.days <= STANDARD.limit:
            return NOT_DUE if self.wait.waiting else IN_TIME
        return OVERDUE if self.wait.waiting else LATE


def rows_of(episodes: Any, today: date) -> list[Row]:
    """Episodes whose profile started in the last 12 months, or accepted in them and without a profile."""
    since = today - timedelta(days=365)
    begun = Q(profile_started_on__range=(since, today))
    without = Q(profile_started_on__isnull=True, accepted_on__range=(since, today))
    found = list(
        episodes.filter(begun | without)
        .order_by()
        .values_list("pk", "team_id", "profile_started_on", "closed_on")
    )
    met: dict[int, list[rules.ContactRow]] = {}
    # Of episodes that the caller chose.
    contacts = EmployerContact.objects.filter(
        episode__in=episodes.filter(begun).order_by().values("pk"), face_to_face=True
    )
    for episode, on in contacts.order_by().values_list("episode_id", "on"):
        met.setdefault(episode, []).append(rules.ContactRow(on=on))
    return [
        Row(
            pk,
            team,
            profile,
            closed,
            # A wait ends with the support: nobody waits on after closing.
            None
            if profile is None
            else rules.rapid_search(profile, met.get(pk, ()), max(profile, min(closed or today, today))),
        )
        for pk, team, profile, closed in found
    ]


def in_time(rows: Iterable[Row]) -> Proportion:
    """Who was met within the standard, of those met or past it."""
    by_state: dict[str, list[int]] = {state: [] for state in STATES}
    for row in rows:
        by_state[row.state].append(row.episode)
    judged = (*by_state[IN_TIME], *by_state[LATE], *by_state[OVERDUE])
    return Proportion(tuple(by_state[IN_TIME]), judged, tuple(by_state[NO_PROFILE]), STANDARD.id, "1")


def rapid_search(request: HttpRequest) -> HttpResponse:
    """The share met in time, the middle wait, each team, and for a lead the people behind."""
    user: Any = request.user
    today = clock.today()
    lead = user.role == Role.TEAM_LEAD
    episodes = Episode.objects.visible_to(user) if lead else Episode.objects.all()
    teams = list(user.teams.all() if lead else Team.objects.all())
    rows = rows_of(episodes, today)
    shown = request.GET.get("show", "")
    context = {
        "title": "Rapid search",
        "period": f"{day(today - timedelta(days=365))} to {day(today)}",
        "stats": [_share(in_time(rows)), _middle(rows)],
        "head": ["Team", *({"label": words, "numeric": True} for words in STATES.values())],
        "teams": [_team(team, rows) for team in teams],
        "lead": lead,
    }
    if lead:
        context |= _people(request, rows, shown if shown in STATES else "")
    return render(request, "desk/rapid_search.jinja", context)


def _share(found: Proportion) -> dict[str, Any]:
    interval = found.interval
    return {
        "label": f"Employer met within {STANDARD.limit} days",
        "value": percent(found.numerator, found.denominator),
        "numerator": found.numerator,
        "denominator": found.denominator,
        "missing": found.missing,
        "interval": f"({100 * interval.low:.0f} to {100 * interval.high:.0f}%)" if interval else "",
        "rule": "From the first day of the profile to the first face-to-face contact with an employer about "
        f"the client. Not known: profile not started. Rule {found.rule} {found.version}: {STANDARD.source}.",
        "href": "#behind",
    }


def _middle(rows: list[Row]) -> dict[str, Any]:
    waits = [row.wait for row in rows if row.wait is not None]
    waiting = sum(one.waiting for one in waits)
    curve = kaplan_meier([one.days for one in waits], [not one.waiting for one in waits]) if waits else None
    middle = curve.median if curve else None
    half = "Fewer than half were met so far. " if curve else ""
    return {
        "label": "Middle wait",
        "value": "none yet" if middle is None else count(round(middle), "day"),
        "rule": (half if middle is None else "Half were met by then. ")
        + f"{count(len(waits), 'person', 'people')}, {number(waiting)} not met yet: they count up to today, "
        "or to the end of their support (Kaplan–Meier).",
        "href": "#behind",
    }


def _team(team: Team, rows: list[Row]) -> list[Any]:
    counted = Counter(row.state for row in rows if row.team == team.pk)
    return [team.name, *(counted[state] for state in STATES)]


def _people(request: HttpRequest, rows: list[Row], shown: str) -> dict[str, Any]:
    """Who waits longest comes first."""
    wanted = [row for row in rows if not shown or row.state == shown]
    wanted.sort(key=_longest_first)
    paged = paginate(request, wanted, per=50)
    ids = [row.episode for row in paged.items]
    clients = {
        one.pk: one.client
        for one in Episode.objects.visible_to(request.user).filter(pk__in=ids).select_related("client")
    }
    return {
        "filters": [
            {"name": "show", "label": "Who", "value": shown, "choices": [("", "Everybody"), *STATES.items()]}
        ],
        "clear": query(request, show=None, page=None) if shown else "",
        "people": [_person(row, clients[row.episode]) for row in paged.items],
        "paged": paged,
    }


def _longest_first(row: Row) -> tuple[bool, bool, int]:
    """Who waits, then who was met, then those without a profile."""
    return (False, not row.wait.waiting, -row.wait.days) if row.wait else (True, False, 0)


def _person(row: Row, client: Any) -> list[Any]:
    return [
        {"text": client.name, "href": reverse("person", args=[client.pk])},
        day(row.profile_on) or "Not started",
        day(row.wait.ended_on) if row.wait else "",
        ""
        if row.wait is None
        else row.wait.words + (", closed" if row.closed_on and row.wait.waiting else ""),
    ]
