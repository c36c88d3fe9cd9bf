"""The team lead's work on referrals: the list, one referral, and its next step."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pacework.service.cases import policies as case_policies
from pacework.service.cases.models import Client
from pacework.service.core.pages import FormPage, render
from pacework.service.core.presenters import count, day, paginate, sort_key, sortable
from pacework.service.recruitment import actions, filters, presenters, screening, step_forms
from pacework.service.recruitment.actions import incoming
from pacework.service.recruitment.codes import STEPS
from pacework.service.recruitment.models import OPEN_STATES, PossibleDuplicate, Referral

SORTS = {
    "name": ("client__last_name", "client__first_name"),
    "route": ("route", "client__last_name"),
    "raised": ("raised_on", "pk"),
    "waiting": ("since", "pk"),
}


def referrals(request: HttpRequest) -> HttpResponse:
    """Referrals of the lead's teams, by step, longest wait first."""
    wanted = filters.read(request)
    rows = wanted.apply(Referral.objects.visible_to(request.user).with_state())
    states = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    if wanted.state in presenters.STATES:
        rows = rows.filter(state=wanted.state)
    elif wanted.state == "open":
        rows = rows.filter(state__in=OPEN_STATES)
    column, down = sort_key(request, SORTS, "waiting")
    order = [
        F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True) for name in SORTS[column]
    ]
    shown = rows.select_related("client", "team").order_by(*order)
    total = sum(states.get(one, 0) for one in wanted.states())
    paged = paginate(request, shown, per=50, total=total)
    context = {
        "title": "Referrals",
        "tabs": filters.tabs(request, wanted, states),
        "filters": filters.items(wanted, request.user),
        "behind": wanted.behind(),
        "head": sortable(request, presenters.list_head(), "waiting"),
        "rows": [presenters.list_row(one) for one in paged.items],
        "paged": paged,
        "can_send": wanted.state == "new" and paged.items,
        "sent_href": reverse("referrals-sent"),
    }
    return render(request, "recruitment/referrals.jinja", context)


class Sent(FormPage):
    """A pile of letters went out on one day."""

    form_class = step_forms.SentForm
    title = "Record invitations that were sent"

    def get_cancel(self) -> str:
        return reverse("referrals") + "?state=new"

    def form_kwargs(self) -> dict[str, Any]:
        waiting = (
            Referral.objects.visible_to(self.request.user)
            .with_state()
            .filter(state="new", client__do_not_contact=False)
            .select_related("client")
            .order_by("raised_on", "pk")
        )
        ids = list(waiting.values_list("pk", flat=True)[: step_forms.AT_ONCE])
        return {"waiting": waiting.filter(pk__in=ids)}

    def save(self, form: Any) -> str:
        told = form.cleaned_data
        sent = actions.approach_many(list(told["people"]), by=self.request.user, on=told["on"])
        self.done(f"{count(len(sent), 'invitation')} recorded.")
        return self.get_cancel()


def referral_of(request: HttpRequest, client: Client, referral_id: int) -> Referral:
    """A referral of this client, through the door."""
    rows = Referral.objects.visible_to(request.user).with_state()
    people = [f"{step}_by" for step in STEPS]
    found = rows.select_related(
        "team", "programme", "referred_by", "raised_by", "exit_by", "episode", *people
    )
    referral = get_object_or_404(found, pk=referral_id, client=client)
    referral.client = client
    return referral


def referral(request: HttpRequest, client: Client, referral_id: int) -> HttpResponse:
    """One referral: where it stands, the next step only, and what was said."""
    one = referral_of(request, client, referral_id)
    handles = request.user.role == "team_lead"
    pairs = []
    if handles:
        found = PossibleDuplicate.objects.visible_to(request.user).open().filter(client=client)
        found = found.select_related("other__team", "client")
        others = Client.objects.visible_to(request.user).filter(pk__in=[pair.other_id for pair in found])
        visible = set(others.values_list("pk", flat=True))
        pairs = [presenters.pair_rows(pair, other_is_visible=pair.other_id in visible) for pair in found]
    context = {
        "title": "Referral",
        "referral": one,
        "state": presenters.state_tag(one.state),
        "steps": presenters.progress(one),
        "next": presenters.next_step(one, one.state) if handles else None,
        "told": presenters.told(one),
        "decisions": presenters.decisions(one),
        "ended": presenters.ended(one),
        "pairs": pairs,
        "can_end": handles and one.exit_on is None and one.episode_id is None,
        "can_undo": handles and one.exit_on is not None,
        "handles": handles,
        "address": presenters.address,
        "back": {"href": reverse("referrals"), "label": "Referrals"} if handles else None,
    }
    return render(request, "recruitment/referral.jinja", context)


class Step(FormPage):
    """A step of one referral. Subclasses say which."""

    form_class = step_forms.DayForm
    template_name = "recruitment/step.jinja"
    label = "Date"
    submit = "Save"
    said = "Saved."

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.referral = referral_of(request, self.client, kwargs["referral_id"])

    def get_cancel(self) -> str:
        return presenters.address(self.referral)

    def form_kwargs(self) -> dict[str, Any]:
        return {"label": self.label, "submit": self.submit}

    def save(self, form: Any) -> str:
        self.act(form.cleaned_data, form)
        self.done(self.said)
        return presenters.address(self.referral)

    def act(self, told: dict[str, Any], form: Any) -> None:
        raise NotImplementedError


class RecordSent(Step):
    title = "Record the invitation"
    label = "Date it went out"
    submit = "Save invitation"
    said = "Invitation recorded."

    def act(self, told: dict[str, Any], form: Any) -> None:
        actions.approach(self.referral, by=self.request.user, on=told["on"])


class Remind(Step):
    title = "Record a reminder"
    label = "Date the reminder went out"
    submit = "Save reminder"
    said = "Reminder recorded."

    def act(self, told: dict[str, Any], form: Any) -> None:
        actions.remind(self.referral, by=self.request.user, on=told["on"])


class Reply(Step):
    form_class = step_forms.ReplyForm
    title = "Record their reply"
    label = "Date of the reply"
    submit = "Save reply"
    said = "Reply recorded."

    def act(self, told: dict[str, Any], form: Any) -> None:
        actions.reply(
            self.referral,
            by=self.request.user,
            on=told["on"],
            answer=told["answer"],
            wants_work=told["wants_work"] or "",
        )


class Screen(Step):
    form_class = step_forms.ScreenForm
    template_name = "recruitment/screen.jinja"
    title = "Screen"
    label = "Date of the conversation"
    submit = "Save screening"

    def form_kwargs(self) -> dict[str, Any]:
        applied = screening.preset_of(self.referral)
        return super().form_kwargs() | {"preset": applied, "client": self.client}

    def initial(self) -> dict[str, Any]:
        known = screening.from_stored(self.referral.answers)
        return {f"q_{key}": value for key, value in known.items()} | {
            "status": self.referral.work_status,
            "last_job_ended_on": self.referral.last_job_ended_on,
            "support_needs": self.referral.support_needs,
        }

    def context(self) -> dict[str, Any]:
        applied = screening.preset_of(self.referral)
        return {"preset": applied, "is_study": applied.kind == "study", "said": self.referral.wants_work}

    def act(self, told: dict[str, Any], form: Any) -> None:
        done = actions.screen(
            self.referral,
            by=self.request.user,
            on=told["on"],
            answers=form.answers(self.client.birth_date),
            status=told["status"],
            last_job_ended_on=told["last_job_ended_on"],
            support_needs=told["support_needs"],
        )
        self.said = done.decision.split("\n")[0]


class Routine(Step):
    title = "Go on in the routine service"
    label = "Date"
    submit = "Go on in the routine service"
    said = "They go on in the routine service."

    def context(self) -> dict[str, Any]:
        return {
            "lede": "The routine service asks one thing: that they want to work. The study's answer is kept."
        }

    def act(self, told: dict[str, Any], form: Any) -> None:
        actions.offer_routine(self.referral, by=self.request.user, on=told["on"])


class Agreement(Step):
    form_class = step_forms.AgreementForm
    template_name = "recruitment/agreement.jinja"
    title = "Ask for their agreement"
    label = "Date of their answer"
    submit = "Save their answers"

    def layers(self) -> list[Any]:
        return [case_policies.wording_of(layer) for layer in ("service", "health_sharing")]

    def filled(self, wording: Any, text: str) -> str:
        """The text with the recipient's name in it; without an HCP it is the health team."""
        return wording.filled(text, str(self.referral.referred_by or ""))

    def form_kwargs(self) -> dict[str, Any]:
        questions = {one.key: self.filled(one, one.question) for one in self.layers()}
        return super().form_kwargs() | {"questions": questions}

    def context(self) -> dict[str, Any]:
        return {
            "wordings": [
                {
                    "title": self.filled(one, one.title),
                    "lines": [self.filled(one, text) for text in (*one.means, *one.never)],
                    "if_no": self.filled(one, one.if_no),
                }
                for one in self.layers()
            ]
        }

    def act(self, told: dict[str, Any], form: Any) -> None:
        actions.record_agreement(
            self.referral,
            by=self.request.user,
            on=told["on"],
            how=told["how"],
            service=told["service"],
            health_sharing=told["health_sharing"],
        )
        self.said = (
            f"{self.client.name} is on the waiting list."
            if told["service"]
            else "Their no is recorded and respected."
        )


class End(Step):
    form_class = step_forms.ExitForm
    title = "End this referral"
    said = "The referral has ended. You can undo this."

    def form_kwargs(self) -> dict[str, Any]:
        return {"reasons": presenters.exit_choices(self.referral)}

    def act(self, told: dict[str, Any], form: Any) -> None:
        actions.end(self.referral, by=self.request.user, reason=told["reason"], note=told["note"])


class UndoEnd(Step):
    form_class = step_forms.ConfirmForm
    title = "Undo the ending"
    submit = "Undo"
    said = "The referral goes on from where it was."

    def form_kwargs(self) -> dict[str, Any]:
        return {"submit": self.submit}

    def context(self) -> dict[str, Any]:
        ended = day(self.referral.exit_on)
        reason = presenters.exit_label(self.referral.exit_reason)
        return {"lede": f"It ended on {ended}: {reason}. It will go on from where it was."}

    def act(self, told: dict[str, Any], form: Any) -> None:
        actions.undo_end(self.referral, by=self.request.user)


class Different(Step):
    """Two people after all."""

    form_class = step_forms.ConfirmForm
    title = "These are two people"
    submit = "Yes, two people"
    said = "Noted: two people."

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        open_pairs = PossibleDuplicate.objects.visible_to(request.user).open().filter(client=self.client)
        self.pair = get_object_or_404(open_pairs, pk=kwargs["pair_id"])

    def form_kwargs(self) -> dict[str, Any]:
        return {"submit": self.submit}

    def context(self) -> dict[str, Any]:
        return {"lede": "Both records stay as they are, and the referral goes on."}

    def act(self, told: dict[str, Any], form: Any) -> None:
        incoming.decide_different(self.pair, by=self.request.user)
