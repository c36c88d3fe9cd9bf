"""Vacancies: the list, one vacancy, and adding or changing it in small steps."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pacework.science.vacancies.hours_text import HoursProposal, read_hours
from pacework.service.core import clock, typed
from pacework.service.core.errors import DomainError, StaleSave
from pacework.service.core.forms import PageForm
from pacework.service.core.pages import FormPage, render
from pacework.service.core.presenters import paginate
from pacework.service.core.week import WeekForm, typed_week, week_words
from pacework.service.employers import actions, permissions
from pacework.service.employers.forms import vacancies as forms
from pacework.service.employers.models import Employer, Vacancy, VacancyBatch, demands
from pacework.service.employers.presenters import demands as demand_words
from pacework.service.employers.presenters import vacancies as words
from pacework.service.employers.views.shared import EmployerPage, wanted

HEAD = ["Job", "Hours", "Pay", "Home working", "Status"]


def vacancies(request: HttpRequest) -> HttpResponse:
    """Every open vacancy; unknown hours or pay hide nothing."""
    chosen = wanted(request, "q", "home", "hours", "pay", "status")
    found = Vacancy.objects.select_related("employer")
    status = chosen["status"] or "open"
    found = found.filter(status=status) if status in Vacancy.Status.values else found
    for word in chosen["q"].split():
        found = found.filter(
            Q(title__icontains=word)
            | Q(employer__name__icontains=word)
            | Q(tasks__icontains=word)
            | Q(hours_text__icontains=word)
            | Q(outward__iexact=word)
        )
    if chosen["home"] in Vacancy.Home.values:
        found = found.filter(home_working=chosen["home"])
    if (most := _number(chosen["hours"])) is not None:
        found = found.filter(Q(hours_a_week__isnull=True) | Q(hours_a_week__lte=most))
    if (least := _number(chosen["pay"])) is not None:
        # Of a range the highest counts: it can be asked for.
        enough = Q(pay_an_hour__gte=least) | Q(pay_an_hour_to__gte=least)
        found = found.filter(Q(pay_an_hour__isnull=True) | enough)
    listed = paginate(request, found)
    return render(
        request,
        "employers/vacancies.jinja",
        {
            "title": "Vacancies",
            "head": HEAD,
            "rows": [words.vacancy_row(row) for row in listed.items],
            "paged": listed,
            "filter_items": _filters(chosen, status),
            "searched": any(chosen.values()),
            "may_write": permissions.can_edit_employers(request.user),
        },
    )


def _number(text: str) -> Decimal | None:
    try:
        found = typed.decimal(text)
    except typed.Unreadable:
        return None
    return found if 0 <= found < 100_000 else None


def _filters(chosen: dict[str, str], status: str) -> list[dict[str, Any]]:
    return [
        {"name": "q", "label": "Job, employer, task or day", "value": chosen["q"], "type": "search"},
        {"name": "hours", "label": "Hours a week, at most", "value": chosen["hours"]},
        {"name": "pay", "label": "£ an hour, at least", "value": chosen["pay"]},
        {
            "name": "home",
            "label": "Home working",
            "value": chosen["home"],
            "choices": [("", "All"), *Vacancy.Home.choices],
        },
        {
            "name": "status",
            "label": "Status",
            "value": status,
            "choices": [*Vacancy.Status.choices, ("all", "All")],
        },
    ]


def vacancy(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """One vacancy: what is known, its usual week, what the work asks for."""
    found = get_object_or_404(Vacancy.objects.select_related("employer", "site", "added_by"), pk=vacancy_id)
    return render(
        request,
        "employers/vacancy.jinja",
        {
            "title": found.title,
            "caption": str(found.employer),
            "back": {"href": reverse("vacancies"), "label": "Vacancies"},
            "vacancy": found,
            "facts": words.vacancy_facts(found),
            "week": words.week_picture(found) if found.shifts else [],
            "week_words": week_words(found.shifts),
            "week_facts": words.week_facts(found),
            "demands": demand_words.rows(found),
            "guessed_from": demand_words.guessed_from(found),
            "may_write": permissions.can_edit_employers(request.user),
        },
    )


def after_saving(found: Vacancy, before: str = "") -> str:
    """Where a saved vacancy leads: to its week while nobody has looked at what its words on hours come to."""
    if found.hours_text and found.hours_text != before:
        return reverse("vacancy-shifts", args=[found.pk]) + ("?words=1" if found.shifts else "")
    return reverse("vacancy", args=[found.pk])


def typed_again(request: HttpRequest, employer: Employer | None = None) -> list[Vacancy]:
    """Open vacancies of the employer and title that were just sent: is it one of these?"""
    employer = employer or actions.employer_called(request.POST.get("employer_name", "").replace("\x00", ""))
    if employer is None:
        return []
    return Vacancy.objects.likely_same(employer, request.POST.get("title", ""), clock.today())


def say_saved(request: HttpRequest, saved: Vacancy, sentence: str) -> None:
    """Say what happened, and whether the pay is below the legal minimum: no mistake, but worth a look."""
    messages.success(request, sentence)
    if note := words.minimum_note(saved):
        messages.warning(request, f"{words.pay_words(saved)}: {note[:1].lower()}{note[1:]}")


class NewVacancy(EmployerPage):
    """Add a vacancy of an employer."""

    form_class = forms.NewVacancyForm
    title = "Add a vacancy"
    template_name = "employers/vacancy_new.jinja"

    def context(self) -> dict[str, Any]:
        return super().context() | {"same": typed_again(self.request, self.employer)}

    def save(self, form: PageForm) -> str:
        made = actions.add_vacancy(self.employer, by=self.request.user, **form.cleaned_data)
        say_saved(self.request, made, "Vacancy added.")
        return after_saving(made)


def wanted_source(request: HttpRequest) -> str:
    """Where it was heard of, as a link to this form says it."""
    said = request.GET.get("source", "")
    return said if said in Vacancy.Source.values else ""


class NewVacancyOf(FormPage):
    """Add a vacancy, with the employer by name."""

    form_class = forms.VacancyOfForm
    title = "Add a vacancy"
    template_name = "employers/vacancy_new.jinja"

    def initial(self) -> dict[str, Any]:
        given = {name: self.request.GET.get(name, "").replace("\x00", "") for name in ("employer", "hours")}
        return {
            "employer_name": given["employer"][:120],
            "hours_text": given["hours"][:500],
            "source": wanted_source(self.request),
        }

    def get_cancel(self) -> str:
        return reverse("vacancies")

    def context(self) -> dict[str, Any]:
        return {
            "back": {"href": reverse("vacancies"), "label": "Vacancies"},
            "same": typed_again(self.request),
        }

    def save(self, form: PageForm) -> str:
        data = dict(form.cleaned_data)
        name = data.pop("employer_name")
        made = actions.add_vacancy_of(name, by=self.request.user, **data)
        say_saved(self.request, made, f"Vacancy added, with {made.employer}.")
        return after_saving(made)


class VacancyPage(FormPage):
    """A form about one vacancy."""

    @cached_property
    def vacancy(self) -> Vacancy:
        return get_object_or_404(Vacancy.objects.select_related("employer"), pk=self.kwargs["vacancy_id"])

    def get_record(self) -> Vacancy:
        return self.vacancy

    def get_cancel(self) -> str:
        return reverse("vacancy", args=[self.vacancy.pk])

    def context(self) -> dict[str, Any]:
        return {
            "caption": f"{self.vacancy.title}, {self.vacancy.employer}",
            "back": {"href": self.get_cancel(), "label": self.vacancy.title},
        }


class EditVacancy(VacancyPage):
    """Change a vacancy."""

    form_class = forms.VacancyForm
    title = "Change vacancy"

    def form_kwargs(self) -> dict[str, Any]:
        return {"employer": self.vacancy.employer}

    def initial(self) -> dict[str, Any]:
        names = [name for name in self.form_class.base_fields if name != "other_code"]
        found = {name: getattr(self.vacancy, name) for name in names}
        if found["home_working"] == Vacancy.Home.UNKNOWN:
            found["home_working"] = ""
        if self.vacancy.occupation not in dict(forms.occupation_choices()):
            found |= {"occupation": "", "other_code": self.vacancy.occupation}
        return found

    def save(self, form: PageForm) -> str:
        before = self.vacancy.hours_text
        saved = actions.edit_vacancy(
            self.vacancy, by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        say_saved(self.request, saved, "Vacancy saved.")
        return after_saving(saved, before)


class ConfirmShifts(VacancyPage):
    """The usual week. The words on hours are read into a proposal that a person looks at and saves."""

    form_class = forms.ShiftsForm
    title = "The usual week"
    template_name = "employers/shifts.jinja"

    @cached_property
    def batch(self) -> VacancyBatch | None:
        """The list from which somebody goes through its vacancies; they come back to it."""
        number = self.request.GET.get("list", "")
        known = number.isascii() and number.isdigit() and len(number) < 10
        return VacancyBatch.objects.filter(pk=number).first() if known else None

    def get_cancel(self) -> str:
        return reverse("vacancy-batch", args=[self.batch.pk]) if self.batch else super().get_cancel()

    @cached_property
    def proposal(self) -> HoursProposal | None:
        """What the words say; None where a week is stored and nobody asked to read them again."""
        if not self.vacancy.hours_text or (self.vacancy.shifts and "words" not in self.request.GET):
            return None
        return read_hours(self.vacancy.hours_text)

    def form_kwargs(self) -> dict[str, Any]:
        # Only where the words speak of it and nothing is known yet.
        flexible = self.proposal is not None and bool(self.proposal.flexible)
        return {"asks_flexibility": flexible and not self.vacancy.flexibility}

    def initial(self) -> dict[str, Any]:
        stored = {
            name: getattr(self.vacancy, name)
            for name in ("hours_a_week", "break_minutes", "shifts_vary", "swap_days")
        }
        if self.proposal is None:
            return stored | typed_week(self.vacancy.shifts)
        read = self.proposal
        if read.varies and stored["shifts_vary"] is None:
            stored["shifts_vary"] = True
        if stored["break_minutes"] is None:
            stored["break_minutes"] = read.break_minutes
        stored["flexibility"] = "Flexible times"
        stored["hours_a_week"] = words.hours_typed(read.weekly_hours) or stored["hours_a_week"]
        return stored | typed_week(shift.texts for shift in read.shifts)

    def context(self) -> dict[str, Any]:
        return (
            super().context()
            | ({"back": {"href": self.get_cancel(), "label": str(self.batch)}} if self.batch else {})
            | {"vacancy": self.vacancy, "proposal": self.proposal}
            | ({"read": words.proposal_words(self.proposal)} if self.proposal else {})
        )

    def save(self, form: PageForm) -> str:
        actions.set_shifts(
            self.vacancy, by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        self.done(f"The week of {self.vacancy} is saved." if self.batch else "The week is saved.")
        return self.get_cancel()

    def refused(self, form: PageForm, refusal: DomainError) -> HttpResponse:
        """A shift that cannot be is said beside its day."""
        if refusal.field == "shifts" and isinstance(form, WeekForm):
            refusal.field = form.box_of(refusal.sentence)
        return super().refused(form, refusal)


class ConfirmDemands(VacancyPage):
    """What the work asks for: guesses from the kind of job, and what somebody knows."""

    form_class = forms.DemandsForm
    title = "What the work asks for"
    template_name = "employers/demands.jinja"

    def form_kwargs(self) -> dict[str, Any]:
        return {"guessed": demands.guessed_levels(self.vacancy.occupation)}

    def initial(self) -> dict[str, Any]:
        return {
            f"{key}_{part}": answer.get(part, "")
            for key, answer in self.vacancy.demands.items()
            for part in ("share", "change")
        } | {"load_kg": self.vacancy.demands.get("lifting", {}).get("load_kg", "")}

    def context(self) -> dict[str, Any]:
        return super().context() | {"guessed_from": demand_words.guessed_from(self.vacancy)}

    def save(self, form: Any) -> str:
        actions.confirm_demands(
            self.vacancy, by=self.request.user, said=form.said(), expected=self.typed_version()
        )
        self.done("Saved.")
        return self.get_cancel()

    def refused(self, form: PageForm, refusal: DomainError) -> HttpResponse:
        """Two people at once: both see each demand as the other saved it."""
        if isinstance(refusal, StaleSave):
            answers = refusal.current.demands
            for key in demands.DEMANDS:
                for part in ("share", "change"):
                    setattr(refusal.current, f"{key}_{part}", answers.get(key, {}).get(part, ""))
            refusal.current.load_kg = answers.get("lifting", {}).get("load_kg")
        return super().refused(form, refusal)


class MoveVacancy(VacancyPage):
    """Say that a vacancy was filled or withdrawn, or is open again."""

    form_class = forms.VacancyStepForm
    title = "What became of it?"

    def form_kwargs(self) -> dict[str, Any]:
        return {"vacancy": self.vacancy}

    def save(self, form: PageForm) -> str:
        actions.move_vacancy(
            self.vacancy, by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        self.done("Saved.")
        return self.get_cancel()
