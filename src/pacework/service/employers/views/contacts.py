"""Logging contacts with employers, keeping promises, and the lead's weekly review."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pacework.service.core import clock
from pacework.service.core.errors import DomainError, NotAllowed
from pacework.service.core.forms import PageForm
from pacework.service.core.pages import FormPage, back, render
from pacework.service.employers import actions, permissions, policies
from pacework.service.employers.forms import contacts as forms
from pacework.service.employers.models import EmployerContact, LogReview
from pacework.service.employers.presenters import contacts as words
from pacework.service.employers.presenters import disclosure as disclosure_words
from pacework.service.employers.views.shared import EmployerPage, choices_for, week_of
from pacework.service.people.models import Role, User


class NewContact(EmployerPage):
    """A contact about no client."""

    form_class = forms.ContactForm
    title = "Log a contact"
    template_name = "employers/contact_new.jinja"
    draft = True

    def initial(self) -> dict[str, Any]:
        return {"on": clock.today()}

    def save(self, form: PageForm) -> str:
        actions.log_contact(self.employer, by=self.request.user, **form.cleaned_data)
        self.done("Contact saved.")
        return reverse("employer", args=[self.employer.pk])


def choose_employer_for_contact(request: HttpRequest, client: Any) -> HttpResponse:
    """Which employer was contacted about this client, and where that is possible at all."""
    q = request.GET.get("q", "").strip()[:100]
    found = choices_for(client, q)
    live = policies.disclosures_for(client, found)
    return render(
        request,
        "employers/choose_employer.jinja",
        {
            "title": "Which employer did you contact?",
            "section": "disclosure",
            "q": q,
            "lead": f"Only where {client.name} agreed to be mentioned can a contact be about them.",
            "rows": [
                [
                    {
                        "text": str(employer),
                        "href": reverse("client-employer-contact-write", args=[client.pk, employer.pk])
                        if live[employer.pk].may_link
                        else "",
                        "sub": ", ".join(site.name for site in employer.sites.all()),
                    },
                    disclosure_words.short(live[employer.pk]),
                    {
                        "text": "Log a contact",
                        "href": reverse("client-employer-contact-write", args=[client.pk, employer.pk]),
                    }
                    if live[employer.pk].may_link
                    else {
                        "text": "Ask first",
                        "href": reverse("disclosure-edit-employer", args=[client.pk, employer.pk]),
                    },
                ]
                for employer in found
            ],
            "cancel": reverse("disclosure", args=[client.pk]),
            "add_href": reverse("employer-new"),
        },
    )


class NewClientContact(EmployerPage):
    """A contact about a client: what they agreed to stands above the first field."""

    form_class = forms.ClientContactForm
    title = "Log a contact about this client"
    template_name = "employers/client_contact_new.jinja"
    draft = True

    @cached_property
    def disclosure(self) -> policies.Disclosure:
        return policies.disclosure_for(self.client, self.employer)

    def form_kwargs(self) -> dict[str, Any]:
        return super().form_kwargs() | {"disclosure": self.disclosure}

    def initial(self) -> dict[str, Any]:
        return {"on": clock.today(), "match": "not_asked", "client_named": False}

    def get_cancel(self) -> str:
        return reverse("disclosure", args=[self.client.pk])

    def context(self) -> dict[str, Any]:
        return {
            "shell": "cases/person.jinja",
            "section": "disclosure",
            "caption": str(self.employer),
            "basis": disclosure_words.basis(self.disclosure, self.client, self.employer),
            "may_link": self.disclosure.may_link,
            "sayable": disclosure_words.outgoing_text(self.disclosure, self.client),
            "change_href": reverse("disclosure-edit-employer", args=[self.client.pk, self.employer.pk]),
            "consent_missing": self.disclosure.consent is None,
            "without_href": reverse("employer-contact-new", args=[self.employer.pk]),
        }

    def save(self, form: PageForm) -> str:
        actions.log_contact_about(self.client, self.employer, by=self.request.user, **form.cleaned_data)
        self.done("Contact saved.")
        return reverse("disclosure", args=[self.client.pk])


def finish_step(request: HttpRequest, contact_id: int) -> HttpResponse:
    """A promise to an employer was kept."""
    contact = get_object_or_404(
        EmployerContact.objects.visible_to(request.user).select_related("client"), pk=contact_id
    )
    try:
        actions.finish_next_step(contact, by=request.user)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, "Marked as done.")
    return HttpResponseRedirect(back(request, reverse("employer", args=[contact.employer_id])))


def workers_of(lead: Any) -> list[User]:
    """ESWs in the lead's teams."""
    teams = lead.memberships.values("team")
    return list(User.objects.filter(role=Role.ESW, is_active=True, memberships__team__in=teams).distinct())


def log_review(request: HttpRequest) -> HttpResponse:
    """One week of the employer-contact log, worker by worker."""
    this_week = clock.monday(clock.today())
    week = week_of(request.GET["week"]) if request.GET.get("week") else this_week
    workers = workers_of(request.user)
    rows: dict[int, list[EmployerContact]] = defaultdict(list)
    for contact in EmployerContact.objects.visible_to(request.user).in_week(week).filter(esw__in=workers):
        rows[contact.esw_id].append(contact)
    reviews: dict[int, list[LogReview]] = defaultdict(list)
    for review in LogReview.objects.filter(week=week, esw__in=workers).select_related("reviewed_by"):
        reviews[review.esw_id].append(review)
    number = {worker.pk: words.counted(rows[worker.pk]) for worker in workers}
    return render(
        request,
        "employers/log_review.jinja",
        {
            "title": "Log review",
            "caption": f"Week of {words.week_words(week)}",
            "head": words.WORKER_HEAD,
            "rows": [
                words.worker_row(worker, week, number[worker.pk], reviews[worker.pk]) for worker in workers
            ],
            "earlier": _week_link(week - timedelta(days=7)),
            "later": _week_link(week + timedelta(days=7)) if week < this_week else "",
            "contacts": sum(one.contacts for one in number.values()),
            "face_to_face": sum(one.face_to_face for one in number.values()),
            "reviewed": sum(bool(reviews[worker.pk]) for worker in workers),
            "workers": len(workers),
        },
    )


def _week_link(week: date) -> str:
    return f"{reverse('log-review')}?week={week.isoformat()}"


def _week_of_review(review: LogReview) -> dict[str, str]:
    href = reverse("log-review-worker", args=[review.esw_id, review.week.isoformat()])
    return {"text": words.week_words(review.week), "href": href}


class ReviewWorker(FormPage):
    """One worker's contacts of one week, to read and mark as reviewed."""

    form_class = forms.ReviewForm
    template_name = "employers/log_review_worker.jinja"

    @cached_property
    def worker(self) -> User:
        worker = get_object_or_404(User, pk=self.kwargs["esw_id"], role=Role.ESW)
        permissions.check_review_log_of(self.request.user, worker)
        return worker

    @cached_property
    def week(self) -> date:
        return week_of(self.kwargs["week"])

    def get_title(self) -> str:
        return f"Contacts of {self.worker}"

    def get_cancel(self) -> str:
        return _week_link(self.week)

    def context(self) -> dict[str, Any]:
        contacts = list(
            EmployerContact.objects.visible_to(self.request.user)
            .in_week(self.week)
            .filter(esw=self.worker)
            .select_related("employer", "person", "client", "basis")
            .order_by("on", "pk")
        )
        reviews = LogReview.objects.filter(esw=self.worker).select_related("reviewed_by")
        return {
            "caption": f"Week of {words.week_words(self.week)}",
            "back": {"href": self.get_cancel(), "label": "Log review"},
            "counts": words.counted(contacts),
            "head": words.REVIEW_HEAD,
            "rows": [words.review_row(contact) for contact in contacts],
            "hidden": self.worker.employer_contacts.in_week(self.week).count() - len(contacts),
            "this_week": [words.review_history_row(review) for review in reviews.filter(week=self.week)],
            "others": [
                [_week_of_review(review), *words.review_history_row(review)]
                for review in reviews.exclude(week=self.week)[:8]
            ],
        }

    def save(self, form: PageForm) -> str:
        actions.review_log(self.worker, by=self.request.user, week=self.week, **form.cleaned_data)
        self.done(f"The week of {self.worker} is reviewed.")
        return _week_link(self.week)


def my_log(request: HttpRequest) -> HttpResponse:
    """A worker's own log: what they promised to employers, this week's contacts, and what the lead said."""
    today = clock.today()
    due = EmployerContact.objects.next_steps_due(request.user, today + timedelta(days=14))
    mine = EmployerContact.objects.visible_to(request.user).filter(esw=request.user)
    listed = mine.select_related("employer", "person", "client", "esw")[:30]
    number = words.counted(mine.in_week(clock.monday(today)))
    return render(
        request,
        "employers/my_log.jinja",
        {
            "title": "My employer contacts",
            "back": {"href": reverse("employers"), "label": "Employers"},
            "due": [
                words.entry(row, may_write=True, with_employer=True)
                for row in due.select_related("employer", "person", "client", "esw")
            ],
            "contacts": [words.entry(row, may_write=False, with_employer=True) for row in listed],
            "counts": number,
            "reviews": [
                [words.week_words(review.week), *words.review_history_row(review)]
                for review in LogReview.objects.filter(esw=request.user).select_related("reviewed_by")[:8]
            ],
        },
    )
