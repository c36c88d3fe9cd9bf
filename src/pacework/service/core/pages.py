"""Pages: rendering with the shell, and the one way a form is shown, checked and saved."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as django_render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from pacework.service.core import drafts
from pacework.service.core.errors import DomainError, NeedsConfirmation, NotAllowed, StaleSave
from pacework.service.core.forms import PageForm
from pacework.service.core.models import Submission
from pacework.service.core.records import hold

SAME_MOMENT = (
    "Somebody else saved the same thing at the same moment, so nothing of yours is saved yet. "
    "Save again: if theirs stands in the way, you will see how."
)


def render(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render a template inside the page shell. Pages with a client get the person header."""
    if "client" not in context and hasattr(request, "case_client"):
        context["client"] = request.case_client
    if hasattr(request, "case_person"):
        # Staff see whose record they are in on every page of it.
        context.setdefault("person", request.case_person)
        context.setdefault("person_template", "cases/person.jinja")
    return django_render(request, template, context, status=status)


def back(request: HttpRequest, default: str) -> str:
    """Where "Back" and a finished form lead: the ``next`` in the address if it is ours, else ``default``."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return default


def say_what_came(request: HttpRequest, act: Callable[[], Any], sentence: str | Callable[[], str]) -> None:
    """Do something that needs no form, such as a press on "Done", and say on the next page what came.

    A ``sentence`` that depends on what was done is asked for afterwards.
    """
    try:
        act()
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, sentence if isinstance(sentence, str) else sentence())


def is_taken(error: IntegrityError) -> bool:
    """Whether a row like this one is stored already (and not some other mistake in what was written)."""
    return getattr(error.__cause__, "sqlstate", "") == "23505" or "UNIQUE constraint failed" in str(error)


class FormPage(View):
    """One form on one page: GET shows it (with any draft), POST checks it and calls one action.

    Double sends write once; a stale save shows both texts; a rule that says no is shown beside its field;
    what was typed is never lost.
    """

    form_class: ClassVar[type[PageForm]]
    title: ClassVar[str] = ""
    template_name: ClassVar[str] = "core/form_page.jinja"
    draft: ClassVar[bool] = False
    cancel: ClassVar[str] = ""

    request: HttpRequest
    client: Any = None
    typed_against: str = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.client = getattr(request, "case_client", None)

    # What a page says about itself

    def get_title(self) -> str:
        return self.title

    def get_cancel(self) -> str:
        """Where "Cancel" leads; empty shows no link."""
        return self.cancel

    def initial(self) -> dict[str, Any]:
        return {}

    def form_kwargs(self) -> dict[str, Any]:
        """Extra arguments for the form, such as the choices this client has."""
        return {}

    def get_record(self) -> Any:
        """The Versioned record being edited, if any."""
        return None

    def saved_by_reader(self, current: Any) -> bool:
        """Whether what is stored now is this person's own, so that a stale save speaks of nobody else."""
        return False

    def context(self) -> dict[str, Any]:
        return {}

    def save(self, form: PageForm) -> str:
        """Call one action with ``form.cleaned_data``; return the address to go to."""
        raise NotImplementedError

    def done(self, sentence: str) -> None:
        """Say on the next page what happened."""
        messages.success(self.request, sentence)

    # How it works

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kept = drafts.load(request.user, request.path) if request.user.is_authenticated else None
        form = self.make_form(initial=self.initial())
        if kept is not None:
            form = self.make_form(initial=self.initial() | form.from_typed(kept.data))
            # An old draft was typed against what was stored then: saving it over newer text is a stale save.
            self.typed_against = "".join(kept.data.get("version", [])[:1])
        return self.show(form, draft_saved_at=kept.saved_at if kept else None)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and request.POST.keys() & {"save_draft", "discard_draft"}:
            return self.keep_or_discard()
        form = self.make_form(data=request.POST, files=request.FILES, initial=self.initial())
        if not form.is_valid():
            return self.show(form, status=422)
        token = self.token()
        try:
            went_to = self.write(form, token)
        except NotAllowed:
            raise
        except DomainError as refusal:
            return self.refused(form, refusal)
        except IntegrityError as clash:
            return self.clashed(form, clash, token)
        if request.user.is_authenticated:
            drafts.discard(request.user, request.path)
        return HttpResponseRedirect(went_to)

    def keep_or_discard(self) -> HttpResponse:
        """The draft's own two buttons, and the page's own saving while somebody types."""
        request = self.request
        if "save_draft" in request.POST:
            drafts.save(request.user, request.path, drafts.typed(request.POST))
            if "X-Pacework-Autosave" in request.headers:
                return HttpResponse(status=204)
            messages.success(request, "Your draft is kept. Nobody else can see it.")
        else:
            drafts.discard(request.user, request.path)
        return HttpResponseRedirect(request.get_full_path())

    def write(self, form: PageForm, token: str) -> str:
        """One transaction: the form's token, what the form is for, and where it led."""
        with transaction.atomic():
            # First in the transaction: a second sender waits here, then finds where the first one went.
            Submission.objects.create(token=token, user=self.user_or_none())
            if self.client is not None:
                # Two people on pages about one client write one after the other, each on what is stored.
                hold(self.client)
                self.client.forget_episode()
            went_to = self.save(form)
            Submission.objects.filter(pk=token).update(went_to=went_to[:300])
        return went_to

    def refused(self, form: PageForm, refusal: DomainError) -> HttpResponse:
        """The form again: with both texts, with a question, or with the rule's sentence beside its field."""
        if isinstance(refusal, StaleSave):
            current = refusal.current
            stale = form.beside_own(current) if self.saved_by_reader(current) else form.beside(current)
            return self.show(form, status=409, stale=stale, current=current)
        if isinstance(refusal, NeedsConfirmation):
            form.ask_for(refusal.field, refusal.sentence)
        else:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        return self.show(form, status=422)

    def clashed(self, form: PageForm, clash: IntegrityError, token: str) -> HttpResponse:
        """Something like this is stored already: this very form, sent twice, or what somebody else sent."""
        first = Submission.objects.filter(pk=token).first()
        if first is not None:
            return self.sent_before(first)
        if not is_taken(clash):
            raise clash
        form.add_error(None, SAME_MOMENT)
        return self.show(form, status=409)

    def sent_before(self, first: Submission) -> HttpResponse:
        """The second sending of a form: it goes where the first one went."""
        mine = first.user_id == (self.request.user.pk if self.request.user.is_authenticated else None)
        # Somebody else's token says nothing about where they went.
        return HttpResponseRedirect(first.went_to if mine and first.went_to else self.request.path)

    def make_form(self, **kwargs: Any) -> PageForm:
        return self.form_class(**kwargs, **self.form_kwargs())

    def user_or_none(self) -> Any:
        return self.request.user if self.request.user.is_authenticated else None

    def token(self) -> str:
        """The form's own token; a form sent without one is its own first sending."""
        try:
            return str(uuid.UUID(self.request.POST.get("submission", "")))
        except ValueError:
            return str(uuid.uuid4())

    def typed_version(self) -> int | None:
        """The version of the record that the person was looking at when they typed."""
        value = self.request.POST.get("version", "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None

    def hidden(self, current: Any = None) -> dict[str, str]:
        record = current or self.get_record()
        names = {"submission": str(uuid.uuid4())}
        if record is not None:
            kept = self.request.POST.get("version", self.typed_against) if current is None else None
            names["version"] = str(kept or record.version)
        if self.request.user.is_authenticated:
            names["typed_by"] = drafts.signature_of(self.request.user)
        if "next" in self.request.POST or "next" in self.request.GET:
            names["next"] = back(self.request, "")
        return names

    def show(self, form: PageForm, *, status: int = 200, current: Any = None, **more: Any) -> HttpResponse:
        form.hidden = self.hidden(current)
        context = {
            "title": self.get_title(),
            "form": form,
            "cancel": self.get_cancel(),
            "can_draft": self.draft and self.request.user.is_authenticated,
            **self.context(),
            **more,
        }
        return render(self.request, self.template_name, context, status=status)
