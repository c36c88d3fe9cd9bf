"""Bringing in a list: file, columns, rows, decisions, adding, taking back."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pacework.service.cases.models import Client
from pacework.service.core.csv_files import column_names
from pacework.service.core.errors import DomainError
from pacework.service.core.pages import FormPage, render
from pacework.service.core.presenters import count, paginate, query
from pacework.service.recruitment import actions, import_forms, import_presenters
from pacework.service.recruitment import policies_import as policies
from pacework.service.recruitment.actions.import_adding import busy_with
from pacework.service.recruitment.import_models import ImportBatch, ImportRow, ImportState
from pacework.service.recruitment.imports.checking import neutral
from pacework.service.recruitment.step_forms import ConfirmForm

HEAD = ["Row", "Name", "Born", "NHS number", "Result", "Why", {"label": "Decide", "hidden": True}]
DECIDE = Q(result="possible", choice="", chain_number__isnull=True)
TAB_FILTERS: dict[str, Q] = {
    "decide": DECIDE,
    "new": Q(result="new"),
    "possible": Q(result="possible"),
    "refused": Q(result="refused"),
    "left": Q(choice="skip"),
    "added": Q(chain_number__isnull=False),
    "all": Q(),
}


def imports(request: HttpRequest) -> HttpResponse:
    """Every list of the lead's teams."""
    found = ImportBatch.objects.visible_to(request.user).select_related("team", "uploaded_by")
    paged = paginate(request, found, per=50)
    context = {
        "title": "Lists of people",
        "head": ["List", "Where it is", "Route", "Team", {"label": "Rows", "numeric": True}, "Brought in"],
        "rows": [import_presenters.list_row(one) for one in paged.items],
        "paged": paged,
        "back": {"href": reverse("referrals"), "label": "Referrals"},
    }
    return render(request, "recruitment/imports.jinja", context)


class New(FormPage):
    """Bring a file."""

    form_class = import_forms.UploadForm
    title = "Bring in a list"

    def get_cancel(self) -> str:
        return reverse("imports")

    def form_kwargs(self) -> dict[str, Any]:
        return {"teams": self.request.user.teams.all()}

    def save(self, form: Any) -> str:
        told = form.cleaned_data
        file = told["file"]
        try:
            batch = actions.start_import(
                file.read(),
                name=file.name or "",
                by=self.request.user,
                team=form.only_team or told["team"],
                route=told["route"],
            )
        except DomainError as refusal:
            refusal.field = refusal.field or "file"
            raise
        return reverse("import-map", args=[batch.pk])


def batch_of(request: HttpRequest, import_id: int) -> ImportBatch:
    """A list of the lead's teams; any other does not exist."""
    found = ImportBatch.objects.visible_to(request.user).select_related("team", "uploaded_by")
    return get_object_or_404(found, pk=import_id)


class ListPage(FormPage):
    """A form about one list."""

    form_class = ConfirmForm
    submit = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.batch = batch_of(request, kwargs["import_id"])

    def get_cancel(self) -> str:
        return reverse("import", args=[self.batch.pk])

    def form_kwargs(self) -> dict[str, Any]:
        return {"submit": self.submit} if self.form_class is ConfirmForm else {}

    def save(self, form: Any) -> str:
        self.act(form)
        return reverse("import", args=[self.batch.pk])

    def act(self, form: Any) -> None:
        raise NotImplementedError


class Columns(ListPage):
    """Which column is which."""

    form_class = import_forms.ColumnsForm
    template_name = "recruitment/import_columns.jinja"
    title = "Check the columns"

    def form_kwargs(self) -> dict[str, Any]:
        facts = self.batch.facts
        return {
            "names": column_names(facts["headings"]),
            "dates": facts["dates"],
            "chosen": self.batch.columns,
            "orders": self.batch.dates,
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        here = self.batch.state == ImportState.MAPPING
        if not here and not policies.can_go(self.batch, ImportState.MAPPING):
            return HttpResponseRedirect(self.get_cancel())
        return super().get(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        names = column_names(self.batch.facts["headings"])
        sample = actions.sample_of(self.batch)
        told = [
            " · ".join(row[index][:40] for row in sample if index < len(row) and row[index])
            for index in range(len(names))
        ]
        return {
            "batch": self.batch,
            "notes": self.batch.facts["notes"],
            "rows": [
                {"key": name, "value": words or "Empty"} for name, words in zip(names, told, strict=True)
            ],
        }

    def act(self, form: Any) -> None:
        if self.batch.state != ImportState.MAPPING:
            self.batch = actions.change_columns(self.batch, by=self.request.user)
        actions.choose_columns(self.batch, by=self.request.user, columns=form.columns(), orders=form.orders())


def one_import(request: HttpRequest, import_id: int) -> HttpResponse:
    """One list: how far the work is, then its rows with their results."""
    batch = batch_of(request, import_id)
    if batch.state == ImportState.MAPPING:
        return HttpResponseRedirect(reverse("import-map", args=[batch.pk]))
    progress = import_presenters.progress(batch)
    context = {
        "title": batch.name,
        "batch": batch,
        "state": import_presenters.state_tag(batch),
        "progress": progress,
        "about": import_presenters.about(batch),
        "can_stop": policies.can_pause(batch),
        "can_continue": policies.can_continue(batch),
        "worked_on": batch.facts.get("worked_on", []) if batch.state == ImportState.DONE else [],
        "wide": True,
        "back": {"href": reverse("imports"), "label": "Lists of people"},
    }
    if progress is None and batch.state != ImportState.DROPPED:
        context |= rows_of(request, batch)
    return render(request, "recruitment/import.jinja", context)


def rows_of(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    """The rows under the chosen tab, and how many are under each."""
    rows = ImportRow.objects.visible_to(request.user).filter(batch=batch)
    counts = rows.aggregate(
        **{name: Count("pk", filter=test) for name, test in TAB_FILTERS.items() if name != "all"}
    )
    counts["all"] = sum(counts[name] for name in ("new", "possible", "refused"))
    name = request.GET.get("q", "").strip().replace("\x00", "")[:60]
    wanted = request.GET.get("show", "")
    if wanted not in TAB_FILTERS:
        wanted = next((one for one in ("decide", "refused", "new") if counts[one]), "all")
    shown = rows.filter(TAB_FILTERS[wanted])
    for word in name.split()[:3]:
        shown = shown.filter(Q(values__last_name__icontains=word) | Q(values__first_name__icontains=word))
    paged = paginate(request, shown.select_related("batch"), per=50, total=None if name else counts[wanted])
    seen, teams = known_of(request, paged.items)
    ready = actions.pending_rows(batch).count()
    return {
        "counts": counts,
        "ready": ready,
        "can_add": ready and batch.state in (ImportState.REVIEW, ImportState.DONE),
        "can_undo": batch.state == ImportState.DONE and counts["added"],
        "can_send": batch.state == ImportState.DONE and counts["added"],
        "tabs": [
            {
                "label": import_presenters.TAB_LABELS[one],
                "href": query(request, show=one, page=None),
                "current": one == wanted,
                "count": f"{counts[one]:,}",
            }
            for one in import_presenters.TABS
            if counts[one] or one in (wanted, "all")
        ],
        "filters": [
            {"name": "q", "label": "Name", "type": "search", "value": name},
            {"name": "show", "type": "hidden", "value": wanted},
        ],
        "clear": query(request, q=None, page=None),
        "head": HEAD,
        "rows": [import_presenters.row_line(one, seen, teams) for one in paged.items],
        "paged": paged,
    }


def known_of(request: HttpRequest, rows: list[ImportRow]) -> tuple[dict[int, Client], dict[int, str]]:
    """Who the rows resemble: the clients the reader may see, and only the team's name of the others."""
    ids = {match["client"] for row in rows for match in row.matches if "client" in match}
    ids |= {row.client_id for row in rows if row.client_id}
    seen = {one.pk: one for one in Client.objects.visible_to(request.user).filter(pk__in=ids)}
    return seen, actions.teams_of(ids - seen.keys())


class Row(ListPage):
    """Who is this row? The answer leads on to the next open one."""

    form_class = import_forms.DecideForm
    template_name = "recruitment/import_row.jinja"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = ImportRow.objects.visible_to(request.user).select_related("batch__team")
        self.row = get_object_or_404(rows, pk=kwargs["row_id"], batch=self.batch)
        self.seen, self.teams = known_of(request, [self.row])
        self.clients = [self.seen[m["client"]] for m in self.row.matches if m.get("client") in self.seen]

    def get_title(self) -> str:
        return f"Row {self.row.line}: {import_presenters.name_of(self.row.values)}"

    def initial(self) -> dict[str, Any]:
        chosen = self.row.choice
        return {"choice": f"same-{self.row.same_as_id}" if chosen == ImportRow.Choice.SAME else chosen}

    def form_kwargs(self) -> dict[str, Any]:
        busy = busy_with({one.pk for one in self.clients})
        choices, hints = import_presenters.decide_choices(self.row, self.clients, busy)
        return {"choices": choices, "hints": hints}

    def context(self) -> dict[str, Any]:
        hidden = [m for m in self.row.matches if m.get("client") not in self.seen]
        return {
            "row": self.row,
            "can_decide": policies.can_decide(self.row),
            "reasons": self.row.reasons,
            "why": [import_presenters.match_words(one, self.seen, self.teams) for one in self.row.matches],
            "elsewhere": any("client" in one for one in hidden),
            "left": actions.open_rows(self.batch).count(),
            "back": {"href": self.get_cancel(), "label": self.batch.name},
            **import_presenters.side_by_side(self.row, self.clients),
        }

    def save(self, form: Any) -> str:
        choice, _, number = form.cleaned_data["choice"].partition("-")
        same = self.seen.get(int(number)) if number else None
        actions.decide_row(self.row, by=self.request.user, choice=choice, same_as=same)
        after = actions.open_rows(self.batch).order_by("line")
        following = after.filter(line__gt=self.row.line).first() or after.first()
        if following is not None:
            return reverse("import-row", args=[self.batch.pk, following.pk])
        self.done("Every possible duplicate is decided.")
        return self.get_cancel()


class Commit(ListPage):
    form_class = import_forms.CommitForm
    template_name = "recruitment/step.jinja"
    title = "Add these people"

    def context(self) -> dict[str, Any]:
        ready = actions.pending_rows(self.batch).count()
        undecided = actions.open_rows(self.batch).count()
        left = f" {count(undecided, 'possible duplicate')} not decided yet: they wait." if undecided else ""
        return {"lede": f"{count(ready, 'row')} will be added to {self.batch.team}.{left}"}

    def act(self, form: Any) -> None:
        on = form.cleaned_data["approached_on"]
        actions.commit_import(self.batch, by=self.request.user, approached_on=on)


class Letters(ListPage):
    form_class = import_forms.LettersForm
    template_name = "recruitment/step.jinja"
    title = "Record the invitations of this list"

    def context(self) -> dict[str, Any]:
        return {
            "lede": "For everybody of this list who was not invited yet. People who asked not to be "
            "contacted, and referrals that have ended, are passed over. After this the list cannot be taken "
            "back."
        }

    def act(self, form: Any) -> None:
        actions.record_letters(self.batch, by=self.request.user, on=form.cleaned_data["on"])


class Undo(ListPage):
    template_name = "recruitment/step.jinja"
    title = "Take this list back"
    submit = "Take the whole list back"

    def context(self) -> dict[str, Any]:
        added = self.batch.rows.filter(chain_number__isnull=False).count()
        return {
            "warning": True,
            "lede": f"{count(added, 'row')} will be removed: the people this list added and all its "
            "referrals. If anybody has worked on one of them, nothing is removed and you are told which.",
        }

    def act(self, form: Any) -> None:
        actions.undo_import(self.batch, by=self.request.user)


class Drop(ListPage):
    template_name = "recruitment/step.jinja"
    title = "Drop this list"
    submit = "Drop the list"

    def context(self) -> dict[str, Any]:
        return {
            "warning": True,
            "lede": "Its file and everything read from it are deleted. Nothing was added.",
        }

    def save(self, form: Any) -> str:
        actions.drop_import(self.batch, by=self.request.user)
        self.done("The list is dropped.")
        return reverse("imports")


def do(name: str) -> Any:
    """A button without a page: stop, go on, leave the rest out."""

    def view(request: HttpRequest, import_id: int) -> HttpResponse:
        batch = batch_of(request, import_id)
        try:
            BUTTONS[name](batch, by=request.user)
        except DomainError as refusal:
            messages.error(request, refusal.sentence)
        return HttpResponseRedirect(reverse("import", args=[batch.pk]))

    return view


BUTTONS: dict[str, Any] = {
    "stop": actions.stop_import,
    "continue": actions.continue_import,
    "skip": actions.skip_undecided,
}


class _Line:
    """What csv.writer writes to when every line goes straight out."""

    def write(self, text: str) -> str:
        return text


def failed(request: HttpRequest, import_id: int) -> StreamingHttpResponse:
    """The rows that were not added, as they came, with the reason: to be corrected and brought again."""
    batch = batch_of(request, import_id)
    names = column_names(batch.facts["headings"])
    rows = (
        ImportRow.objects.visible_to(request.user)
        .filter(Q(result="refused") | DECIDE | Q(choice="skip"), batch=batch, chain_number__isnull=True)
        .order_by("line")
    )
    writer = csv.writer(_Line())

    def lines() -> Iterator[str]:
        yield "\ufeff" + writer.writerow([neutral(cell) for cell in ("Row", "Why", *names)])
        for row in rows.iterator(chunk_size=500):
            why = (
                " ".join(row.reasons) or "Left out."
                if row.choice
                else " ".join(row.reasons) or "Not decided."
            )
            cells = row.cells or actions.cells_of(batch, row)
            yield writer.writerow([neutral(cell) for cell in (str(row.line), why, *cells)])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="not-added-{batch.pk}.csv"'
    return response
