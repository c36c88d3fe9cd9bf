"""My passport: what helps me at work. The client's own page; printed or shown by them alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pacework.service.cases.models import Client
from pacework.service.cases.permissions import level_once_visible
from pacework.service.core import clock
from pacework.service.core.pages import FormPage, render, say_what_came
from pacework.service.core.presenters import day
from pacework.service.matching import actions, forms
from pacework.service.matching.models import PassportLine
from pacework.service.work.models import Adjustment


def my_passport(request: HttpRequest, client: Client) -> HttpResponse:
    """Kept and agreed changes, in the client's words. Nothing predicted stands on it."""
    lines = PassportLine.objects.visible_to(request.user).filter(client=client).select_related("job")
    rows = Adjustment.objects.visible_to(request.user).filter(episode__client=client)
    rows = rows.filter(agreed_on__isnull=False).exclude(effect="stopped")
    # Said in the client's own words, where they have some.
    kept = {line.adjustment_id: line for line in lines.agreed()}
    context = {
        "title": "My passport",
        "whose": client.name,
        "today": day(clock.today()),
        "may_write": level_once_visible(request.user, client) == "write",
        "wishes": _as_one(lines.wishes()),
        "agreed": [
            {
                "words": kept[row.pk].words if row.pk in kept else row.words,
                "line": kept.get(row.pk),
                "since": f"Agreed {day(row.agreed_on)}",
                "where": _where(row),
            }
            for row in rows.select_related("job__employer", "placement__employer")
        ],
    }
    return render(request, "matching/passport.jinja", context)


def _as_one(lines: Iterable[PassportLine]) -> list[dict[str, Any]]:
    """Lines in the same words as one, with the jobs they were kept from."""
    found: dict[str, dict[str, Any]] = {}
    for line in lines:
        one = found.setdefault(line.words, {"line": line, "jobs": []})
        if line.job is not None:
            one["jobs"].append(line.job.title)
    return list(found.values())


def _where(row: Adjustment) -> str:
    return row.job.where if row.job is not None else str(row.placement.employer)


def line_of(request: HttpRequest, client: Client, line_id: int) -> PassportLine:
    rows = PassportLine.objects.visible_to(request.user).filter(client=client)
    return get_object_or_404(rows.select_related("client"), pk=line_id)


class NewLine(FormPage):
    """A line of their own."""

    form_class = forms.LineForm
    title = "Add a line"

    def get_cancel(self) -> str:
        return reverse("my-passport")

    def save(self, form: Any) -> str:
        actions.add_line(self.client, by=self.request.user, **form.cleaned_data)
        self.done("It is in your passport.")
        return self.get_cancel()


class EditLine(NewLine):
    """The same thing in their own words."""

    title = "Say it in your words"

    def get_record(self) -> PassportLine:
        return line_of(self.request, self.client, self.kwargs["line_id"])

    def initial(self) -> dict[str, Any]:
        return {"words": self.get_record().words}

    def save(self, form: Any) -> str:
        actions.change_line(
            self.get_record(), by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        self.done("Saved.")
        return self.get_cancel()


def remove(request: HttpRequest, client: Client, line_id: int) -> HttpResponse:
    """A line goes."""
    line = line_of(request, client, line_id)
    say_what_came(request, lambda: actions.remove_line(line, by=request.user), "The line is taken out.")
    return HttpResponseRedirect(reverse("my-passport"))
