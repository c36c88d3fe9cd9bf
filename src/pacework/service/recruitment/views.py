"""How people come in: an HCP's or lead's referral, a person's own, and what the referrer hears back."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import salted_hmac

from pacework.service.cases.models import Client, Episode, Programme
from pacework.service.core.errors import DomainError, NeedsConfirmation
from pacework.service.core.models import ReadEvent
from pacework.service.core.pages import FormPage, render
from pacework.service.core.presenters import paginate
from pacework.service.people.models import Role, Team
from pacework.service.recruitment import forms, presenters, screening
from pacework.service.recruitment.actions import incoming
from pacework.service.recruitment.duplicates import Candidate
from pacework.service.recruitment.models import Referral

KNOWN = (
    "Someone with this name and birth date is already known to the service. "
    "Your referral will be joined for a team lead to check."
)


class Refer(FormPage):
    """One page, at most six answers. Search before create is built in."""

    form_class = forms.ReferForm
    template_name = "recruitment/refer.jinja"
    title = "Refer someone"
    draft = True
    beside: dict[str, Any] | None = None
    hidden_from_me: tuple[Candidate, ...] = ()

    def form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        return {
            "teams": user.teams.all(),
            "is_lead": user.role == Role.TEAM_LEAD,
            "visible": Client.objects.visible_to(user),
        }

    def context(self) -> dict[str, Any]:
        return {"look_alikes": self.beside}

    def save(self, form: Any) -> str:
        told = form.cleaned_data
        person = form.person()
        same_as = self.recognised(form, person)
        team = told.get("team") or form.teams.first()
        if team is None:
            raise DomainError("You belong to no team yet. Ask an administrator.")
        referral = incoming.refer(
            person,
            by=self.request.user,
            team=team,
            shares=forms.SHARING in told["agreed"],
            route=told.get("route", ""),
            same_as=same_as,
            someone_else=told["match"] == "else",
            reason=told["reason"],
            wants_work=told["wants_work"],
            referrer_words=told.get("referrer_words", ""),
            status=told["status"],
            last_job_ended_on=told["last_job_ended_on"],
        )
        return self.after(referral)

    def recognised(self, form: Any, person: incoming.Person) -> Client | None:
        """Ask about look-alikes once; the answer comes back with the form."""
        match = form.cleaned_data["match"]
        if match and match != "else":
            return form.visible.get(pk=match)
        found = person.look_alikes()
        mine = set(form.visible.filter(pk__in=[one.client.pk for one in found]).values_list("pk", flat=True))
        seen = [one for one in found if one.client.pk in mine]
        if seen and not match:
            form.offer([one.client for one in seen])
            self.beside = presenters.side_by_side(person, seen)
            raise NeedsConfirmation(
                "Someone like this is already known. Say whether it is them.", field="match"
            )
        unseen = tuple(one for one in found if one.likely and one.client.pk not in mine)
        if unseen and not form.cleaned_data["send_anyway"]:
            self.hidden_from_me = unseen
            raise NeedsConfirmation(KNOWN, field="send_anyway")
        return None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        # That somebody is known is itself told: they can see who learnt it. Outside the refused transaction.
        for one in self.hidden_from_me:
            ReadEvent.objects.create(
                actor=request.user, client_id=one.client.pk, page="refer", method="POST", outcome="refused"
            )
        return response

    def after(self, referral: Referral) -> str:
        name = referral.client.name
        if referral.episode_id:
            self.done(f"{name} is referred and waits for a support worker.")
        else:
            self.done(f"{name} is referred. A team lead looks at it next.")
        return reverse("my-referrals" if self.request.user.role == Role.HCP else "referrals")


def my_referrals(request: HttpRequest) -> HttpResponse:
    """What an HCP wrote, and what became of it as far as each person agreed."""
    mine = (
        Referral.objects.visible_to(request.user)
        .filter(referred_by=request.user)
        .select_related("client")
        .order_by("-raised_on", "-pk")
    )
    paged = paginate(request, mine, per=30)
    ids = [referral.client_id for referral in paged.items]
    shared = set(Client.objects.visible_to(request.user).filter(pk__in=ids).values_list("pk", flat=True))
    episodes = {
        one.pk: one
        for one in Episode.objects.visible_to(request.user)
        .filter(pk__in=[referral.episode_id for referral in paged.items if referral.episode_id])
        .with_stage()
    }
    rows = [
        presenters.feedback(one, shares=one.client_id in shared, episode=episodes.get(one.episode_id))
        for one in paged.items
    ]
    return render(
        request, "recruitment/my_referrals.jinja", {"title": "My referrals", "rows": rows, "paged": paged}
    )


SENT_AN_HOUR = 10


class Join(FormPage):
    """Self-referral: nobody has to send anybody, and no account is needed."""

    form_class = forms.JoinForm
    template_name = "recruitment/join.jinja"
    title = "Ask for support with work"

    def form_kwargs(self) -> dict[str, Any]:
        return {"teams": Team.objects.all()}

    def context(self) -> dict[str, Any]:
        return {"audience": "client"}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("website"):
            # Only a machine fills in the box that people cannot see: it is told what it wants to hear.
            return HttpResponseRedirect(reverse("self-referral-done"))
        return super().post(request, *args, **kwargs)

    def save(self, form: Any) -> str:
        count_sending(self.request)
        team = form.cleaned_data.get("team") or form.teams.first()
        if team is None:
            raise DomainError("The service is not open yet. Please come back later.")
        incoming.refer_self(
            form.person(),
            team=team,
            wants_work=form.cleaned_data["wants_work"],
            poster=self.request.GET.get("from") == "poster",
        )
        return reverse("self-referral-done")


def count_sending(request: HttpRequest) -> None:
    """At most so many sent forms an hour from one address, of which only a keyed hash is kept."""
    from allauth.account.adapter import get_adapter

    address = get_adapter(request).get_client_ip(request) or ""
    key = "join:" + salted_hmac("join", address, algorithm="sha256").hexdigest()
    cache.add(key, 0, timeout=3600)
    if cache.incr(key) > SENT_AN_HOUR:
        raise DomainError(
            "Many forms were sent from this place in the last hour. What you typed is still here: "
            "please try again in an hour, or ask your health team to refer you."
        )


def join_done(request: HttpRequest) -> HttpResponse:
    """The same thank-you for everybody: it never says whether somebody is known."""
    context = {"title": "Thank you", "audience": "client"}
    return render(request, "recruitment/join_done.jinja", context)


def presets(request: HttpRequest) -> HttpResponse:
    """Every eligibility preset in words, with its source."""
    used: dict[str, list[str]] = {}
    for programme in Programme.objects.all():
        used.setdefault(programme.preset, []).append(programme.name)
    cards = [presenters.preset_card(one, used.get(one.id, [])) for one in screening.presets()]
    return render(request, "recruitment/presets.jinja", {"title": "Who can get support", "cards": cards})
