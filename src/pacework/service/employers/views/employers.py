"""The list of employers, one employer, and changing what is known about them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pacework.service.core import clock
from pacework.service.core.forms import PageForm
from pacework.service.core.pages import FormPage, render
from pacework.service.core.presenters import paginate, sort_key, sortable, with_query
from pacework.service.employers import actions, codes, permissions, policies
from pacework.service.employers.forms import employers as forms
from pacework.service.employers.models import Employer, EmployerContact, EmployerPerson, Site
from pacework.service.employers.presenters import contacts as contact_words
from pacework.service.employers.presenters import employers as words
from pacework.service.employers.presenters import openings as opening_words
from pacework.service.employers.presenters import vacancies as vacancy_words
from pacework.service.employers.views.shared import EmployerPage, of_employer, wanted, with_counts

COLUMNS = (
    {"label": "Employer", "sort": "name"},
    {"label": "Sector"},
    {"label": "Disability Confident"},
    {"label": "Openings"},
    {"label": "Last contact", "sort": "contact"},
)
SORTS = {"name": "name_key", "contact": "last_contact_on"}


def employers(request: HttpRequest) -> HttpResponse:
    """Every employer the service knows, found by words, sector, level or openings."""
    chosen = wanted(request, "q", "sector", "level", "has")
    found = with_counts(Employer.objects.matching(chosen["q"]), request.user)
    if chosen["sector"] in codes.sectors():
        found = found.filter(sector=chosen["sector"])
    if chosen["level"] in codes.levels():
        found = found.filter(disability_confident=chosen["level"])
    if chosen["has"] == "vacancy":
        found = found.filter(vacancy_count__gt=0)
    elif chosen["has"] == "placement":
        found = found.filter(placement_count__gt=0)
    name, down = sort_key(request, SORTS, "name")
    found = found.order_by(f"{'-' if down else ''}{SORTS[name]}", "pk").prefetch_related("sites")
    listed = paginate(request, found)
    may_write = permissions.can_edit_employers(request.user)
    return render(
        request,
        "employers/employers.jinja",
        {
            "title": "Employers",
            "head": sortable(request, COLUMNS, "name"),
            "paged": listed,
            "rows": [words.list_row(row) for row in listed.items],
            "filter_items": _filters(chosen),
            "searched": any(chosen.values()),
            "q": chosen["q"],
            "add_href": with_query(reverse("employer-new"), name=chosen["q"]) if may_write else "",
        },
    )


def _filters(chosen: dict[str, str]) -> list[dict[str, Any]]:
    levels = [(level.key, level.label) for level in codes.levels().values()]
    has = [("", "Anything"), ("vacancy", "An open vacancy"), ("placement", "An agreed placement")]
    return [
        {"name": "q", "label": "Name, site or postcode", "value": chosen["q"], "type": "search"},
        {
            "name": "sector",
            "label": "Sector",
            "value": chosen["sector"],
            "choices": [("", "All"), *codes.sectors().items()],
        },
        {
            "name": "level",
            "label": "Disability Confident",
            "value": chosen["level"],
            "choices": [("", "All"), *levels],
        },
        {"name": "has", "label": "Has", "value": chosen["has"], "choices": has},
    ]


def employer(request: HttpRequest, employer_id: int) -> HttpResponse:
    """One employer: what is known, who works there, what was said, what they offer."""
    found = get_object_or_404(Employer, pk=employer_id)
    may_write = permissions.can_edit_employers(request.user)
    visible = (
        EmployerContact.objects.visible_to(request.user)
        .filter(employer=found)
        .select_related("client", "person", "esw", "employer")
    )
    listed = paginate(request, visible, per=20)
    every = found.contacts.count()
    opportunities = list(found.placement_opportunities.select_related("site"))
    free = policies.places_free(opportunities)
    return render(
        request,
        "employers/employer.jinja",
        {
            "title": found.name,
            "back": {"href": reverse("employers"), "label": "Employers"},
            "employer": found,
            "facts": words.facts(found),
            "may_write": may_write,
            "sites": [words.site_row(site, may_write) for site in found.sites.all()],
            "people": [words.person_row(person, may_write) for person in found.people.select_related("site")],
            "vacancies": [
                vacancy_words.vacancy_row(row)
                for row in found.vacancies.open_on(clock.today()).select_related("employer")
            ],
            "opportunities": [
                [
                    {
                        "text": row.title,
                        "href": reverse("placement-opportunity", args=[row.pk]),
                        "sub": str(row.site or ""),
                    },
                    opening_words.state_tag(row),
                    opening_words.free_words(row, free[row.pk]),
                ]
                for row in opportunities
            ],
            "contacts": [contact_words.entry(row, may_write=may_write) for row in listed.items],
            "paged": listed,
            "hidden": every - listed.total,
        },
    )


class NewEmployer(FormPage):
    """Add an employer, after looking whether it is there already."""

    form_class = forms.NewEmployerForm
    title = "Add an employer"
    template_name = "employers/employer_new.jinja"

    def initial(self) -> dict[str, Any]:
        return {"name": self.request.GET.get("name", "")[:120], "disability_confident": "unknown"}

    def get_cancel(self) -> str:
        return reverse("employers")

    def context(self) -> dict[str, Any]:
        name = self.request.POST.get("name", self.request.GET.get("name", ""))[:120].replace("\x00", "")
        return {
            "alike": Employer.objects.likely_same(name),
            "back": {"href": reverse("employers"), "label": "Employers"},
        }

    def save(self, form: PageForm) -> str:
        made = actions.add_employer(by=self.request.user, **form.cleaned_data)
        self.done(f"{made} is added.")
        return reverse("employer", args=[made.pk])


class EditEmployer(EmployerPage):
    """Change what is known about an employer."""

    form_class = forms.EmployerForm
    title = "Change employer"

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def get_record(self) -> Employer:
        return self.employer

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.employer, name) for name in self.form_class.base_fields}

    def save(self, form: PageForm) -> str:
        actions.edit_employer(
            self.employer, by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        self.done("Saved.")
        return reverse("employer", args=[self.employer.pk])


class NewSite(EmployerPage):
    """Add a site."""

    form_class = forms.SiteForm
    title = "Add a site"

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def save(self, form: PageForm) -> str:
        actions.add_site(self.employer, by=self.request.user, **form.cleaned_data)
        self.done("Site added.")
        return reverse("employer", args=[self.employer.pk])


class EditSite(EmployerPage):
    """Change a site."""

    form_class = forms.SiteForm
    title = "Change site"

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def get_record(self) -> Site:
        if not hasattr(self, "_site"):
            self._site: Site = of_employer(
                Site.objects.select_related("employer"), self.employer, self.kwargs["site_id"]
            )
        return self._site

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.get_record(), name) for name in self.form_class.base_fields}

    def save(self, form: PageForm) -> str:
        actions.edit_site(
            self.get_record(), by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        self.done("Site saved.")
        return reverse("employer", args=[self.employer.pk])


class NewPerson(EmployerPage):
    """Add someone who works there."""

    form_class = forms.PersonForm
    title = "Add a person"

    def save(self, form: PageForm) -> str:
        actions.add_person(self.employer, by=self.request.user, **form.cleaned_data)
        self.done("Person added.")
        return reverse("employer", args=[self.employer.pk])


class EditPerson(EmployerPage):
    """Change someone who works there, or did."""

    form_class = forms.EditPersonForm
    title = "Change person"

    def get_record(self) -> EmployerPerson:
        if not hasattr(self, "_person"):
            rows = EmployerPerson.objects.select_related("employer")
            self._person: EmployerPerson = of_employer(rows, self.employer, self.kwargs["person_id"])
        return self._person

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.get_record(), name) for name in self.form_class.base_fields}

    def save(self, form: PageForm) -> str:
        actions.edit_person(
            self.get_record(), by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        self.done("Person saved.")
        return reverse("employer", args=[self.employer.pk])
