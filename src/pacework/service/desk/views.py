"""Pages where the rooms meet: the caseload and one person's record."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from pacework.science.measures.stages import Stage
from pacework.service.cases.models import Client, loads
from pacework.service.cases.models.caseload import esws_of
from pacework.service.cases.presenters import stage_tag
from pacework.service.core.pages import render
from pacework.service.core.presenters import paginate, query, sort_key, sortable
from pacework.service.desk import caseload as cases
from pacework.service.desk.person import now_rows, steps_for
from pacework.service.desk.timeline import KINDS, kinds_for, timeline
from pacework.service.people.models import Role

HEAD: list[dict[str, Any]] = [
    {"label": "Client", "sort": "name"},
    {"label": "Stage", "sort": "stage"},
    {"label": "ESW"},
    {"label": "Last contact", "sort": "last"},
    {"label": "Next contact", "sort": "next"},
    {"label": "On caseload since", "sort": "since"},
    {"label": "To note"},
]
# Days not known sort last either way round.
SORTS = {
    "name": ("client__last_name", "client__first_name"),
    "stage": ("stage", "client__last_name"),
    "last": ("last_contact_on", "client__last_name"),
    "next": ("next_appointment_on", "client__last_name"),
    "since": ("accepted_on", "client__last_name"),
}
PER_PAGE = 60


def caseload(request: HttpRequest) -> HttpResponse:
    """Everybody on a caseload, as a board by stage or as a table; filters live in the address."""
    user: Any = request.user
    lead = user.role == Role.TEAM_LEAD
    workers = list(esws_of(user.memberships.values("team"))) if lead else [user]
    chosen = next((one for one in workers if str(one.pk) == request.GET.get("esw", "")), None)
    stage = request.GET.get("stage", "")
    episodes = cases.with_contacts(
        cases.episodes_on_caseload(user, esw=chosen.pk if lead and chosen else None)
    )
    if stage in set(Stage):
        episodes = episodes.filter(stage=stage)
    sort, down = sort_key(request, SORTS, "name")
    episodes = episodes.order_by(*(f"{'-' if down else ''}{name}" for name in SORTS[sort]))
    # A lead's whole team is a list; one worker's clients fit on a board.
    view = request.GET.get("view", "") or ("table" if lead and chosen is None else "board")
    paged = paginate(request, episodes, per=PER_PAGE)
    lines = cases.lines(paged.items, user)
    context = {
        "title": "Caseload",
        "lead": lead,
        "view": view,
        "views": [
            {"label": "Board", "href": query(request, view="board"), "current": view == "board"},
            {"label": "Table", "href": query(request, view="table"), "current": view == "table"},
        ],
        "filter_items": _filters(request, workers if lead else [], stage, view),
        "clear": f"{request.path}?view={view}" if stage or chosen else "",
        "lines": lines,
        "columns": cases.board(lines),
        "many": lead or any(line.esw != str(user) for line in lines),
        "head": sortable(request, HEAD, "name"),
        "rows": [_row(line) for line in lines],
        "paged": paged,
        "loads": [_load(load) for load in loads([chosen] if chosen else workers if not lead else [])],
        "empty_words": "Nobody here with these filters."
        if stage or chosen
        else "Nobody on the caseload yet.",
    }
    return render(request, "desk/caseload.jinja", context)


def _filters(request: HttpRequest, workers: list[Any], stage: str, view: str) -> list[dict[str, Any]]:
    stages = [("", "All stages")] + [(one.value, one.label) for one in cases.COLUMNS]
    items: list[dict[str, Any]] = [
        {"name": "stage", "label": "Stage", "value": stage, "choices": stages},
        {"name": "view", "value": view, "type": "hidden", "label": ""},
    ]
    if workers:
        names = [("", "Everybody")] + [(str(one.pk), str(one)) for one in workers]
        items.insert(
            0, {"name": "esw", "label": "ESW", "value": request.GET.get("esw", ""), "choices": names}
        )
    return items


def _load(load: Any) -> dict[str, Any]:
    return {"active": load.active, "full_at": load.full_at, "label": f"Caseload of {load.esw}"}


def _row(line: cases.Line) -> list[Any]:
    return [
        {"text": line.name, "href": line.href, "sub": line.pronouns},
        stage_tag(line.stage),
        line.esw,
        line.last_contact,
        line.next_contact,
        line.accepted_on.strftime("%-d %b %Y") if line.accepted_on else "",
        "; ".join(line.flags),
    ]


def person(request: HttpRequest, client: Client) -> HttpResponse:
    """One client: what matters now, and everything recorded, newest first."""
    kind = request.GET.get("kind", "")
    before = _day(request.GET.get("before", ""))
    found = timeline(client, reader=request.user, kind=kind, before=before)
    context = {
        "title": "Overview",
        "section": "person",
        "now": now_rows(client),
        "steps": steps_for(client, request.user),
        "entries": found.entries,
        "kind": kind if kind in KINDS else "",
        "kinds": [("", "Everything"), *kinds_for(request.user)],
        "older": query(request, before=found.older_before.isoformat()) if found.older_before else "",
        "newest": query(request, before=None) if before else "",
    }
    return render(request, "desk/person.jinja", context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
