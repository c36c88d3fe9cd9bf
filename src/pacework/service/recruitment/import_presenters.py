"""Words of the list-import pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from pacework.service.cases.models import Client
from pacework.service.core.csv_files import column_names
from pacework.service.core.presenters import count, day, listed, moment, short_day
from pacework.service.recruitment import policies_import as policies
from pacework.service.recruitment.import_models import ImportBatch, ImportRow, ImportState
from pacework.service.recruitment.imports import columns as known
from pacework.service.recruitment.presenters import in_a_row, route_label

STATES: dict[str, tuple[str, str]] = {
    ImportState.MAPPING: ("Check the columns", "yellow"),
    ImportState.STAGING: ("Being read", "blue"),
    ImportState.REVIEW: ("Ready to look at", "yellow"),
    ImportState.COMMITTING: ("Being added", "blue"),
    ImportState.DONE: ("Added", "green"),
    ImportState.SENDING: ("Invitations being recorded", "blue"),
    ImportState.UNDOING: ("Being taken back", "blue"),
    ImportState.REMOVING: ("Being taken back", "blue"),
    ImportState.RESTORING: ("Being put back", "blue"),
    ImportState.UNDONE: ("Taken back", "grey"),
    ImportState.DROPPED: ("Dropped", "grey"),
}
DOING = {
    ImportState.STAGING: "Reading and checking the rows",
    ImportState.COMMITTING: "Adding people",
    ImportState.SENDING: "Recording the invitations",
    ImportState.UNDOING: "Checking that nobody has worked on these people",
    ImportState.REMOVING: "Taking people back",
    ImportState.RESTORING: "Somebody has worked on a row, so everything is put back",
}
TABS = ("decide", "new", "possible", "refused", "left", "added", "all")
TAB_LABELS = {
    "decide": "To decide",
    "new": "New",
    "possible": "Possible duplicates",
    "refused": "Cannot be added",
    "left": "Left out",
    "added": "Added",
    "all": "All rows",
}
COLOURS = {"new": "green", "possible": "orange", "refused": "red"}


def state_tag(batch: ImportBatch) -> dict[str, str]:
    label, colour = STATES[ImportState(batch.state)]
    if batch.paused:
        label, colour = "Stopped", "orange"
    elif batch.problem:
        label, colour = "Needs a look", "red"
    return {"text": label, "tag": colour}


def list_row(batch: ImportBatch) -> list[Any]:
    """One line of the list of lists."""
    return [
        {"text": batch.name, "href": reverse("import", args=[batch.pk])},
        state_tag(batch),
        route_label(batch.route),
        str(batch.team),
        f"{batch.rows_total:,}",
        {"text": short_day(batch.uploaded_at), "sub": str(batch.uploaded_by)},
    ]


def progress(batch: ImportBatch) -> dict[str, Any] | None:
    """How far the work is; None when nothing is under way."""
    if not batch.working:
        return None
    total, done = batch.work_total, batch.work_done
    if batch.paused:
        text = "Stopped. What is done is kept."
    elif policies.is_silent(batch):
        text = "There has been no sign of life for a while. Press “Go on” to start it again."
    else:
        text = "You can leave this page: the work goes on without you."
    return {
        "title": DOING[ImportState(batch.state)],
        "done": min(done, total),
        "total": total,
        "words": f"{min(done, total):,} of {count(total, 'row')}" if total else "Starting",
        "text": text,
        "refresh": not batch.paused and not batch.problem,
    }


def about(batch: ImportBatch) -> list[dict[str, Any]]:
    """What was found out about the file, as summary rows."""
    facts = batch.facts
    names = column_names(facts["headings"])
    used = {index: known.fields()[field] for field, index in batch.columns.items() if field in known.fields()}
    unused = [name for index, name in enumerate(names) if index not in used]
    dates = [
        f"{names[int(index)]}: {order} first" for index, order in batch.dates.items() if int(index) in used
    ]
    rows = [
        {"key": "Route", "value": route_label(batch.route)},
        {"key": "Team", "value": str(batch.team)},
        {"key": "Brought in", "value": f"{moment(batch.uploaded_at)}, {batch.uploaded_by}"},
        {"key": "Rows", "value": f"{batch.rows_total:,}"},
        {"key": "Written in", "value": ". ".join([facts["encoding"], *facts["notes"]])},
        {"key": "Dates", "value": "; ".join(dates)},
        {
            "key": "Columns not used",
            "value": f"{listed(unused)}. Nothing of them is kept." if unused else "None",
        },
        {"key": "Invitations", "value": day(batch.approached_on) or "Not recorded for the whole list"},
    ]
    return [row for row in rows if row["value"]]


def name_of(values: Mapping[str, Any]) -> str:
    words = " ".join(str(values.get(key, "")) for key in ("first_name", "last_name")).strip()
    return words or "No name read"


def born(values: Mapping[str, Any]) -> str:
    found = values.get("birth_date")
    return short_birth(date.fromisoformat(found)) if found else ""


def short_birth(on: date | None) -> str:
    return f"{on.day} {on:%b} {on.year}" if on else ""


def outcome(row: ImportRow) -> dict[str, str]:
    """The tag of a row: what becomes, or became, of it."""
    if row.chain_number is not None:
        return {"text": "Added" if row.made_client else "New referral", "tag": "green"}
    if row.batch.state == ImportState.UNDONE:
        return {"text": "Taken back", "tag": "grey"}
    if row.choice == ImportRow.Choice.SKIP:
        return {"text": "Left out", "tag": "grey"}
    if row.choice == ImportRow.Choice.SAME:
        return {"text": "Same person", "tag": "aqua-green"}
    if row.choice == ImportRow.Choice.NEW:
        return {"text": "New person", "tag": "green"}
    return {"text": ImportRow.Result(row.result).label, "tag": COLOURS[row.result]}


def row_line(row: ImportRow, seen: Mapping[int, Client], teams: Mapping[int, str]) -> list[Any]:
    """One row of the list with its result and why."""
    values = row.values
    about_matches = [match_words(match, seen, teams) for match in row.matches]
    notes = [*row.reasons, *about_matches]
    if row.do_not_contact:
        notes.append("Asked not to be contacted: is listed, gets no letter.")
    name: dict[str, Any] = {"text": name_of(values)}
    if row.client_id in seen and row.referral_id:
        name["href"] = reverse("referral", args=[row.client_id, row.referral_id])
    cells: list[Any] = [
        str(row.line),
        name,
        born(values),
        values.get("nhs_number", ""),
        outcome(row),
        " ".join(notes),
    ]
    can = policies.can_decide(row)
    label = "Decide" if row.result == ImportRow.Result.POSSIBLE and not row.choice else "Change"
    cells.append({"text": label, "href": reverse("import-row", args=[row.batch_id, row.pk])} if can else "")
    return cells


def match_words(match: Mapping[str, Any], seen: Mapping[int, Client], teams: Mapping[int, str]) -> str:
    """Whom a row resembles and why; of somebody the reader may not see, only the team is said."""
    why = in_a_row(match["reasons"])
    if "line" in match:
        return f"Looks like row {match['line']} ({why})."
    client = seen.get(match["client"])
    if client is not None:
        return f"Looks like {client.name} ({why})."
    team = teams.get(match["client"])
    return f"Looks like a client of {team} ({why})." if team else f"Looks like somebody known ({why})."


FACTS = (
    ("Name", ("first_name", "last_name")),
    ("Date of birth", ("birth_date",)),
    ("NHS number", ("nhs_number",)),
    ("Postcode", ("postcode",)),
    ("Phone", ("phone",)),
    ("Email", ("email",)),
)


def side_by_side(row: ImportRow, clients: list[Client]) -> dict[str, Any]:
    """The row beside those it resembles, where the reader may see them."""
    rows = []
    for label, names in FACTS:
        cells = [label]
        told = row.values
        cells.append(born(told) if names == ("birth_date",) else _joined(told.get(name) for name in names))
        cells += [
            short_birth(one.birth_date)
            if names == ("birth_date",)
            else _joined(getattr(one, name) for name in names)
            for one in clients
        ]
        rows.append([cells[0], *(cell or "Not known" for cell in cells[1:])])
    return {
        "head": [
            {"label": "Detail", "hidden": True},
            "This list",
            *(f"Known: {one.name}" for one in clients),
        ],
        "rows": rows,
    }


def _joined(values: Any) -> str:
    return " ".join(str(value) for value in values if value)


def decide_choices(
    row: ImportRow, clients: list[Client], busy: Mapping[int, str]
) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """The answers to "who is this?", and a word on each."""
    choices, hints = [], {}
    for one in clients:
        if one.pk in busy:
            hints["skip"] = f"{one.name}: {busy[one.pk][0].lower()}{busy[one.pk][1:]}"
            continue
        value = f"same-{one.pk}"
        choices.append((value, f"The same person: {one.name}"))
        hints[value] = "A new referral in their record. The record itself is not changed."
    choices += [("new", "Another person: add them"), ("skip", "Leave this row out")]
    if row.do_not_contact:
        hints["new"] = "Listed, but marked “do not contact” until you have asked."
    return choices, hints
