"""The filters of the referrals list: read from the address, applied to the query, shown again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from pacework.service.core.presenters import query, short_day
from pacework.service.recruitment.codes import STEPS, not_counted, routes
from pacework.service.recruitment.models import OPEN_STATES, STATES
from pacework.service.recruitment.presenters import STATES as WORDS
from pacework.service.recruitment.presenters import STEP_LABELS


def read_day(text: str) -> date | None:
    """A day from an address; nonsense is no filter."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Wanted:
    """What the address asks for."""

    state: str = "open"
    route: str = ""
    team: str = ""
    name: str = ""
    reached: str = ""
    start: date | None = None
    end: date | None = None

    def apply(self, rows: Any) -> Any:
        """Everything but the state: the tabs count over what is left."""
        if self.route:
            rows = rows.filter(route=self.route)
        if self.team:
            rows = rows.filter(team=int(self.team))
        for word in self.name.split()[:4]:
            rows = rows.filter(
                Q(client__first_name__icontains=word)
                | Q(client__last_name__icontains=word)
                | Q(client__preferred_name__icontains=word)
            )
        if self.reached:
            field = "episode__accepted_on" if self.reached == "accepted" else f"{self.reached}_on"
            rows = rows.filter(**{f"{field}__isnull": False}).exclude(exit_reason__in=not_counted())
        if self.start:
            rows = rows.filter(approached_on__gte=self.start)
        if self.end:
            rows = rows.filter(approached_on__lte=self.end)
        return rows

    def states(self) -> tuple[str, ...]:
        """The states that are shown."""
        return {"open": OPEN_STATES, "all": STATES}.get(self.state, (self.state,))

    def behind(self) -> str:
        """When the list shows the rows behind a funnel figure: which one, in words."""
        if not self.reached:
            return ""
        start = f" from {short_day(self.start)}" if self.start else ""
        end = f" to {short_day(self.end)}" if self.end else ""
        label = STEP_LABELS[self.reached]
        return f"These are the people behind “{label}” in the funnel, among those invited{start}{end}."


def read(request: HttpRequest) -> Wanted:
    """The filters in the address; what makes no sense is left out."""
    asked = {key: request.GET.get(key, "").strip().replace("\x00", "") for key in request.GET}
    team = asked.get("team", "")
    return Wanted(
        state=asked["state"] if asked.get("state") in {*WORDS, "all"} else "open",
        route=asked["route"] if asked.get("route") in routes() else "",
        team=team if team.isascii() and team.isdigit() and len(team) < 10 else "",
        name=asked.get("q", "")[:60],
        reached=asked["reached"] if asked.get("reached") in {*STEPS, "accepted"} else "",
        start=read_day(asked.get("from", "")),
        end=read_day(asked.get("to", "")),
    )


def tabs(request: HttpRequest, wanted: Wanted, counts: dict[str, int]) -> list[dict[str, Any]]:
    """One tab per state that has somebody, with how many."""
    shown = [("open", "All open", sum(counts.get(state, 0) for state in OPEN_STATES))]
    shown += [(state, WORDS[state][0], counts.get(state, 0)) for state in WORDS]
    shown.append(("all", "All", sum(counts.values())))
    return [
        {
            "label": label,
            "href": query(request, state=state, page=None),
            "current": state == wanted.state,
            "count": str(number),
        }
        for state, label, number in shown
        if number or state in (wanted.state, "open")
    ]


def items(wanted: Wanted, user: Any) -> list[dict[str, Any]]:
    """The filter form."""
    found: list[dict[str, Any]] = [
        {"name": "q", "label": "Name", "type": "search", "value": wanted.name},
        {
            "name": "route",
            "label": "Route",
            "value": wanted.route,
            "choices": [("", "All routes"), *((one.key, one.short) for one in routes().values())],
        },
        {"name": "state", "type": "hidden", "value": wanted.state},
        {"name": "reached", "type": "hidden", "value": wanted.reached},
    ]
    teams = list(user.teams.all())
    if len(teams) > 1:
        choices = [("", "All my teams"), *((str(team.pk), team.name) for team in teams)]
        found.insert(2, {"name": "team", "label": "Team", "value": wanted.team, "choices": choices})
    for name, value in (("from", wanted.start), ("to", wanted.end)):
        found.append({"name": name, "type": "hidden", "value": value.isoformat() if value else ""})
    return found
