"""One job: described in a form, looked at, changed, forgotten; what helps is kept."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from pacework.service.cases.models import Client
from pacework.service.core.errors import DomainError, NotAllowed
from pacework.service.core.pages import FormPage, render, say_what_came
from pacework.service.core.presenters import count
from pacework.service.matching import actions, forms, permissions, policies
from pacework.service.matching.models import JobCheck, PassportLine
from pacework.service.matching.places import place
from pacework.service.matching.sources import Source, source_of, theirs
from pacework.service.matching.views.shared import check_of, frame


class DescribeJob(FormPage):
    """A job's hours; begun from a vacancy, a placement or a job, they are filled in as far as known."""

    form_class = forms.JobForm
    template_name = "matching/describe.jinja"
    title = "Describe the job"
    source: Source

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.may_forecast(request.user, self.client):
            return HttpResponseRedirect(self.get_cancel())
        return super().get(request, *args, **kwargs)

    def get_cancel(self) -> str:
        return place(self.request.user, self.client, "would-hold")

    def get_source(self) -> Source:
        return source_of(self.request.user, self.client, self.request.GET)

    def initial(self) -> dict[str, Any]:
        return self.get_source().typed

    def context(self) -> dict[str, Any]:
        return frame(self.request, self.client) | {"source": self.get_source()}

    def refused(self, form: Any, refusal: DomainError) -> HttpResponse:
        if refusal.field == "shifts":
            refusal.field = form.box_of(refusal.sentence)
        return super().refused(form, refusal)

    def save(self, form: Any) -> str:
        check = actions.look_at_job(
            self.client, by=self.request.user, **self.get_source().refers_to, **form.cleaned_data
        )
        for note in form.read.notes:
            messages.info(self.request, note)
        return place(self.request.user, self.client, "would-hold-job", check.pk)


class ChangeJob(DescribeJob):
    """The description again."""

    title = "Change the description"

    def get_record(self) -> JobCheck:
        return check_of(self.request, self.client, self.kwargs["check_id"])

    def get_cancel(self) -> str:
        return place(self.request.user, self.client, "would-hold-job", self.kwargs["check_id"])

    def get_source(self) -> Source:
        return Source()

    def initial(self) -> dict[str, Any]:
        return forms.typed_job(self.get_record())

    def save(self, form: Any) -> str:
        actions.change_job(
            self.get_record(), by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        return self.get_cancel()


def job(request: HttpRequest, client: Client, check_id: int) -> HttpResponse:
    """The result: words first, weeks drawn, what would help, the numbers behind."""
    if not permissions.may_forecast(request.user, client):
        # Off, or not shown any more: the first page says so.
        return HttpResponseRedirect(place(request.user, client, "would-hold"))
    check = check_of(request, client, check_id)
    # Late: the science brings NumPy along, which most pages do without.
    from pacework.service.matching.presenters.page import result_page

    context = frame(request, client)
    lines = list(PassportLine.objects.visible_to(request.user).filter(job=check))
    chosen, refused = request.GET.getlist("change"), ""
    try:
        changes = policies.changes_named(chosen) if chosen else ()
        if chosen or "try" in request.GET:
            policies.check_together(changes)
    except DomainError as refusal:
        changes, refused = (), refusal.sentence
    kept = {line.key for line in lines}
    context |= result_page(request.user, client, check, changes, chosen, kept, own=context["own"])
    new = not context["own"] and any(line.adjustment_id is None for line in lines)
    context |= {
        "title": check.title,
        "refused": refused,
        "check": check,
        "lines": lines,
        "registers": registers(request, check) if new and context["may_write"] else [],
    }
    return render(request, "matching/job.jinja", context)


def registers(request: HttpRequest, check: JobCheck) -> list[dict[str, Any]]:
    """Where what was kept may be put: of the placements and jobs that go on, those it was looked at for."""
    return [
        one | {"label": f"Put into the register of {one['label']}, as proposed"}
        for one in theirs(request.user, check.client)
        if policies.was_looked_at_for(check, one["row"])
    ]


def keep(request: HttpRequest, client: Client, check_id: int) -> HttpResponse:
    """The chosen changes are kept for the talk with the employer; or, before that, tried together."""
    check = check_of(request, client, check_id)
    keys = request.POST.getlist("change")
    if "try" in request.POST:
        chosen = urlencode({"change": keys, "try": 1}, doseq=True)
        here = place(request.user, client, "would-hold-job", check.pk)
        return HttpResponseRedirect(f"{here}?{chosen}#tried")
    say_what_came(
        request,
        lambda: actions.keep_changes(check, by=request.user, keys=keys),
        "Kept for the talk with the employer. It is in the passport too.",
    )
    return HttpResponseRedirect(place(request.user, client, "would-hold-job", check.pk))


def forget(request: HttpRequest, client: Client, check_id: int) -> HttpResponse:
    """The job goes, with what was kept from it."""
    check = check_of(request, client, check_id)
    say_what_came(request, lambda: actions.forget_job(check, by=request.user), "This job is deleted here.")
    return HttpResponseRedirect(place(request.user, client, "would-hold"))


def propose(request: HttpRequest, client: Client, check_id: int) -> HttpResponse:
    """What was kept goes into the register of the placement or job, as proposed."""
    check = check_of(request, client, check_id)
    named = source_of(request.user, client, request.POST).refers_to
    try:
        many = actions.propose_kept(
            check, by=request.user, placement=named.get("placement"), spell=named.get("spell")
        )
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, f"{count(many, 'change')} put into the register, as proposed.")
    return HttpResponseRedirect(place(request.user, client, "would-hold-job", check.pk))
