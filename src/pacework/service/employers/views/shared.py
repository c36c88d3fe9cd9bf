"""What several pages of this room need: the employer of the address, filters, choosing an employer."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pacework.service.core import clock
from pacework.service.core.pages import FormPage
from pacework.service.employers.models import Employer, EmployerContact, PlacementOpportunity, Vacancy


class EmployerPage(FormPage):
    """A form about one employer; ``employer_id`` is in the address."""

    @cached_property
    def employer(self) -> Employer:
        return get_object_or_404(Employer, pk=self.kwargs["employer_id"])

    def form_kwargs(self) -> dict[str, Any]:
        return {"employer": self.employer}

    def get_cancel(self) -> str:
        return reverse("employer", args=[self.employer.pk])

    def context(self) -> dict[str, Any]:
        return {
            "caption": str(self.employer),
            "back": {"href": self.get_cancel(), "label": str(self.employer)},
        }


def of_employer(rows: Any, employer: Employer, pk: int) -> Any:
    """A row of this employer, else not found."""
    return get_object_or_404(rows, pk=pk, employer=employer)


def wanted(request: HttpRequest, *names: str) -> dict[str, str]:
    """The filters in the address."""
    return {name: request.GET.get(name, "").strip()[:100] for name in names}


def week_of(text: str) -> date:
    """The Monday named in an address ("2026-03-09"). Not a Monday, or not a date: not found."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise Http404("Not found") from None
    if found != clock.monday(found) or found > clock.today():
        raise Http404("Not found")
    return found


def with_counts(employers: QuerySet[Employer], user: Any) -> QuerySet[Employer]:
    """Adds what the list of employers shows: openings, and the last contact the reader may know of."""
    contacts = EmployerContact.objects.visible_to(user).filter(employer=OuterRef("pk")).order_by()
    vacancies = Vacancy.objects.open_on(clock.today()).filter(employer=OuterRef("pk")).order_by()
    agreed = PlacementOpportunity.objects.filter(
        employer=OuterRef("pk"), state=PlacementOpportunity.State.AGREED
    ).order_by()
    return employers.annotate(
        last_contact_on=Subquery(contacts.values("employer").annotate(last=Max("on")).values("last")),
        vacancy_count=Subquery(vacancies.values("employer").annotate(n=Count("pk")).values("n")),
        placement_count=Subquery(agreed.values("employer").annotate(n=Count("pk")).values("n")),
    )


def known_for(client: Any) -> QuerySet[Employer]:
    """Employers that already have something to do with this client: contacted, answered about, waited for."""
    return Employer.objects.filter(
        Q(pk__in=client.employer_contacts.values("employer"))
        | Q(pk__in=client.disclosure_plans.current().filter(employer__isnull=False).values("employer"))
        | Q(pk__in=client.placement_waits.waiting().values("opportunity__employer"))
    )


def choices_for(client: Any, words: str) -> list[Employer]:
    """Employers to choose from for a client: those found by the words typed, else those already known."""
    found = Employer.objects.matching(words) if words else known_for(client)
    return list(found.prefetch_related("sites")[:30])
