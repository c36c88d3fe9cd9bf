"""Vacancies from a list or an advert's page: read, looked at, added."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from pacework.service.core.errors import DomainError
from pacework.service.core.forms import PageForm
from pacework.service.core.pages import FormPage, back, render, say_what_came
from pacework.service.core.presenters import count, paginate, with_query
from pacework.service.employers import actions
from pacework.service.employers.forms import vacancies as forms
from pacework.service.employers.incoming import csv_rows, page_rows
from pacework.service.employers.incoming.checking import as_rows, details_of
from pacework.service.employers.models import IncomingVacancy, VacancyBatch
from pacework.service.employers.presenters import incoming as words
from pacework.service.employers.views.vacancies import after_saving, say_saved, typed_again


class ReadingPage(FormPage):
    """A page that reads a file before anything is written: seconds, for which nobody else should wait."""

    incoming: list[IncomingVacancy]
    notes: list[str]
    unknown: list[str]

    def write(self, form: PageForm, token: str) -> str:
        self.unknown = []
        self.read(form)
        return super().write(form, token)

    def read(self, form: PageForm) -> None:
        """Set what was read. Raises DomainError beside the field it came from."""
        raise NotImplementedError


class ImportList(ReadingPage):
    """Read a list of vacancies. Nothing is added before somebody has looked at it."""

    form_class = forms.ListForm
    title = "Vacancies from a list"
    template_name = "employers/vacancy_import.jinja"

    def get_cancel(self) -> str:
        return reverse("vacancies")

    def context(self) -> dict[str, Any]:
        return {
            "columns": csv_rows.known(),
            "back": {"href": reverse("vacancies"), "label": "Vacancies"},
            "recent": words.recent(VacancyBatch.objects.select_related("added_by")[:5]),
        }

    def read(self, form: PageForm) -> None:
        try:
            found = csv_rows.read(form.cleaned_data["file"].read())
        except DomainError as refusal:
            raise DomainError(refusal.sentence, field="file") from None
        self.incoming, self.notes, self.unknown = as_rows(found.rows), found.notes, found.unknown

    def save(self, form: PageForm) -> str:
        staged = actions.stage_vacancies(
            self.incoming,
            by=self.request.user,
            kind="list",
            name=form.cleaned_data["file"].name or "List",
            notes=self.notes,
            unknown=self.unknown,
        )
        return reverse("vacancy-batch", args=[staged.pk])


class FromPage(ReadingPage):
    """Read the adverts in a page that somebody saved or copied. The server itself fetches nothing."""

    form_class = forms.PageOfAdvertForm
    title = "A vacancy from an advert"
    template_name = "employers/vacancy_from_page.jinja"
    by_hand = ""  # where somebody types it in instead

    def get_cancel(self) -> str:
        return reverse("vacancies")

    def context(self) -> dict[str, Any]:
        return {"back": {"href": reverse("vacancies"), "label": "Vacancies"}, "by_hand": self.by_hand}

    def refused(self, form: PageForm, refusal: DomainError) -> HttpResponse:
        """With a way on: typed in by hand, with the words on hours that could be found."""
        hours = page_rows.hours_line(form.cleaned_data.get("page") or "")
        self.by_hand = with_query(reverse("vacancy-add"), hours=hours, source="advert")
        return super().refused(form, refusal)

    def read(self, form: PageForm) -> None:
        file, pasted = form.cleaned_data["file"], form.cleaned_data["page"]
        try:
            found = page_rows.read(file.read() if file else pasted)
        except DomainError as refusal:
            raise DomainError(refusal.sentence, field="file" if file else "page") from None
        self.incoming, self.notes = as_rows(found.rows), found.notes

    def save(self, form: PageForm) -> str:
        file = form.cleaned_data["file"]
        staged = actions.stage_vacancies(
            self.incoming,
            by=self.request.user,
            kind="page",
            name=(file.name if file else "") or "Pasted page",
            notes=self.notes,
        )
        if len(self.incoming) == 1:
            return reverse("vacancy-proposal", args=[staged.pk, staged.rows.get().pk])
        return reverse("vacancy-batch", args=[staged.pk])


def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """What was read, row by row, with what is wrong; one press adds the rows with nothing wrong."""
    found = get_object_or_404(VacancyBatch.objects.select_related("added_by"), pk=batch_id)
    rows = list(found.rows.select_related("vacancy__employer"))
    states = words.states(rows)
    if request.method == "POST":
        return _add_all(request, found, [row for row in rows if states[row.pk].ready])
    # What needs somebody comes first.
    rows.sort(key=lambda row: (states[row.pk].kind != words.WRONG, not words.needs_shifts(states[row.pk])))
    listed = paginate(request, rows, per=100)
    alike = words.looks_like(listed.items, states)
    return render(
        request,
        "employers/vacancy_batch.jinja",
        {
            "title": "Look through the list" if found.kind == "list" else "Adverts on the page",
            "caption": words.caption(found),
            "back": {"href": reverse("vacancies"), "label": "Vacancies"},
            "batch": found,
            "summary": words.summary(states.values()),
            "shifts_to_check": words.shifts_to_check(states.values()),
            "ready": sum(state.ready for state in states.values()) if found.kind == "list" else 0,
            "head": words.HEAD,
            "rows": [words.row(one, states[one.pk], alike) for one in listed.items],
            "paged": listed,
        },
    )


def _add_all(request: HttpRequest, found: VacancyBatch, ready: list[IncomingVacancy]) -> HttpResponse:
    """Each row in a transaction of its own, so that nobody else waits for the whole list."""
    added = 0
    for row in ready:
        details, wrong = details_of(row.said)
        if wrong:
            continue
        row.batch = found
        details["confirmed"] = True
        try:
            actions.add_incoming(row, by=request.user, **details)
        except (DomainError, IntegrityError):
            continue  # somebody was faster, or changed what the row depends on: the page says how it stands
        added += 1
    messages.success(request, f"{count(added, 'vacancy', 'vacancies')} added.")
    return redirect("vacancy-batch", found.pk)


class DropList(FormPage):
    """Delete a list and what is left of its rows."""

    form_class = forms.DropListForm
    title = "Drop this list"

    @cached_property
    def batch(self) -> VacancyBatch:
        return get_object_or_404(VacancyBatch, pk=self.kwargs["batch_id"])

    def get_cancel(self) -> str:
        return reverse("vacancy-batch", args=[self.batch.pk])

    def context(self) -> dict[str, Any]:
        return {
            "warning": True,
            "caption": str(self.batch),
            "back": {"href": self.get_cancel(), "label": str(self.batch)},
            "intro": words.what_drops(self.batch.rows.all()),
        }

    def save(self, form: PageForm) -> str:
        actions.forget_batch(self.batch, by=self.request.user)
        self.done("The list is dropped.")
        return reverse("vacancies")


def leave_out(request: HttpRequest, batch_id: int, row_id: int) -> HttpResponse:
    """One row that nobody wants."""
    rows = IncomingVacancy.objects.select_related("batch")
    row = get_object_or_404(rows, pk=row_id, batch=batch_id)
    say_what_came(
        request, lambda: actions.leave_out_row(row, by=request.user), f"{words.place(row)} is left out."
    )
    return HttpResponseRedirect(back(request, reverse("vacancy-batch", args=[batch_id])))


class AddProposal(FormPage):
    """One row or advert as a form: look, correct, add."""

    form_class = forms.ProposalForm
    title = "Add this vacancy"
    template_name = "employers/vacancy_proposal.jinja"

    @cached_property
    def row(self) -> IncomingVacancy:
        rows = IncomingVacancy.objects.select_related("batch", "vacancy")
        return get_object_or_404(rows, pk=self.kwargs["row_id"], batch=self.kwargs["batch_id"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.row.vacancy_id:
            return HttpResponseRedirect(reverse("vacancy", args=[self.row.vacancy_id]))
        if not self.row.problems:
            return super().get(request, *args, **kwargs)
        form = self.make_form(data=dict(self.row.said))
        form.is_valid()
        for name, sentence in self.row.problems.items():
            if name not in form.errors:
                form.add_error(name if name in form.fields else None, sentence)
        return self.show(form)

    def initial(self) -> dict[str, Any]:
        return dict(self.row.said)

    def get_cancel(self) -> str:
        return reverse("vacancy-batch", args=[self.row.batch_id])

    def context(self) -> dict[str, Any]:
        return {
            "caption": words.place(self.row),
            "back": {"href": self.get_cancel(), "label": str(self.row.batch)},
            "left_out": self.row.left_out,
            "same": typed_again(self.request),
            "notes": [
                *(self.row.batch.notes if self.row.batch.kind == "page" else []),
                *words.closed(self.row.said),
                *words.below_minimum(self.row.said),
            ],
        }

    def save(self, form: PageForm) -> str:
        data = dict(form.cleaned_data)
        confirmed = data.pop("confirmed")
        made = actions.add_incoming(self.row, by=self.request.user, confirmed=confirmed, **data)
        left = self.row.batch.rows.filter(vacancy__isnull=True).count()
        if left:
            say_saved(self.request, made, f"{made} is added. {count(left, 'row is', 'rows are')} left.")
            return self.get_cancel()
        say_saved(self.request, made, f"{made} is added.")
        return after_saving(made)
