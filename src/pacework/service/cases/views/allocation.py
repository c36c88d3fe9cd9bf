"""Who carries whom: the waiting list, asking, answering, handing over, the team, cover."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pacework.service.cases import actions, forms, presenters
from pacework.service.cases.models import Assignment, Episode, Load, esws_of, loads
from pacework.service.cases.views.people import PersonForm
from pacework.service.core import clock
from pacework.service.core.errors import NeedsConfirmation
from pacework.service.core.pages import FormPage, render
from pacework.service.core.presenters import paginate
from pacework.service.people import actions as people_actions
from pacework.service.people.models import Cover, Role, Team, User


def teams_of(user: Any) -> Any:
    return Team.objects.filter(memberships__user=user)


def waiting(request: HttpRequest) -> HttpResponse:
    """People who wait for a worker, longest first."""
    episodes = (
        Episode.objects.visible_to(request.user)
        .waiting()
        .with_waiting_since()
        .with_offer()
        .select_related("client", "team", "programme")
        .order_by("waiting_since", "pk")
    )
    teams = list(teams_of(request.user))
    team = request.GET.get("team", "")
    if team.isascii() and team.isdigit() and len(team) < 10:
        episodes = episodes.filter(team=int(team))
    page = paginate(request, episodes)
    context = {
        "title": "Waiting list",
        "page": page,
        "rows": [presenters.waiting_row(episode) for episode in page.items],
        "team_choices": [("", "All my teams"), *((str(one.pk), one.name) for one in teams)]
        if len(teams) > 1
        else [],
        "chosen_team": team,
    }
    return render(request, "cases/waiting.jinja", context)


def team(request: HttpRequest) -> HttpResponse:
    """The lead's teams: what each ESW carries for their hours, and the others in the team."""
    mine = list(teams_of(request.user))
    people = (
        User.objects.filter(is_active=True, memberships__team__in=mine).exclude(role=Role.CLIENT).distinct()
    )
    carried = loads(esws_of(mine).prefetch_related("teams"))
    waiting_now = Episode.objects.visible_to(request.user).waiting().count()
    covers = Cover.objects.on(clock.today()).filter(absent__memberships__team__in=mine)
    context = {
        "title": "Team",
        "teams": mine,
        "loads": presenters.load_cards(carried, covers.select_related("covering").distinct()),
        "others": [
            presenters.member_row(person)
            for person in people.exclude(role=Role.ESW).prefetch_related("teams")
        ],
        "waiting": waiting_now,
        "anchor": presenters.anchor_words(),
    }
    return render(request, "cases/team.jinja", context)


class EswPage(PersonForm):
    """Shared by the pages on which the lead names an ESW: the team's loads beside the names."""

    section = ""

    @cached_property
    def loads(self) -> list[Load]:
        return loads(self.candidates())

    def candidates(self) -> Any:
        return esws_of([self.client.team_id])

    def form_kwargs(self) -> dict[str, Any]:
        return {"loads": self.loads}

    @property
    def episode(self) -> Episode:
        if self.client.episode is None:
            raise Http404
        return self.client.episode


class Allocate(EswPage):
    form_class = forms.AllocateForm
    title = "Ask a worker to carry this client"
    template_name = "cases/allocate.jinja"

    def get_cancel(self) -> str:
        return reverse("waiting")

    def save(self, form: Any) -> str:
        actions.allocate(self.episode, by=self.request.user, esw=form.chosen)
        self.done(f"{form.chosen} is asked. The client stays on the list until they accept.")
        return reverse("waiting")


class AnswerOffer(PersonForm):
    form_class = forms.OfferForm
    title = "Will you carry this client?"
    template_name = "cases/offer.jinja"

    @cached_property
    def offer(self) -> Assignment | None:
        rows = Assignment.objects.visible_to(self.request.user).offered().select_related("offered_by")
        return rows.filter(episode__client=self.client, esw=self.request.user).first()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.offer is None:
            href = presenters.address("person", self.client.pk) or self.get_cancel()
            context = {"title": self.title, "href": href, "label": "Open the record"}
            return render(request, "cases/no_offer.jinja", context)
        return super().dispatch(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        me: Any = self.request.user
        return {"offer": self.offer, "mine": loads([me])[0]}

    def save(self, form: Any) -> str:
        offer: Any = self.offer
        if form.cleaned_data["accept"]:
            actions.accept(offer, by=self.request.user)
            self.done(f"{self.client.name} is on your caseload.")
            return presenters.address("person", self.client.pk) or self.get_cancel()
        actions.decline(offer, by=self.request.user, note=form.cleaned_data["note"])
        self.done("Your answer is saved. Your team lead asks someone else.")
        return presenters.address("today") or reverse("search")


class HandOver(EswPage):
    form_class = forms.HandoverForm
    title = "Hand over to another worker"
    template_name = "cases/handover.jinja"
    draft = True

    def candidates(self) -> Any:
        return (
            super()
            .candidates()
            .exclude(assignments__episode=self.episode, assignments__ended_on__isnull=True)
        )

    def save(self, form: Any) -> str:
        actions.hand_over(
            self.episode,
            by=self.request.user,
            to=form.chosen,
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
        )
        self.done(f"{form.chosen} carries this client from now on.")
        return self.get_cancel()


class HandOverCaseload(FormPage):
    """Everybody of a leaver: choose, see the loads before and after, then all in one step."""

    form_class = forms.LeaverForm
    template_name = "cases/leaver.jinja"

    @cached_property
    def leaver(self) -> User:
        return get_object_or_404(esws_of(list(teams_of(self.request.user))), pk=self.kwargs["esw_id"])

    @cached_property
    def episodes(self) -> list[Episode]:
        rows = (
            Episode.objects.visible_to(self.request.user).open().with_stage().select_related("client", "team")
        )
        carried = rows.filter(assignments__esw=self.leaver, assignments__ended_on__isnull=True).order_by("pk")
        return [presenters.with_stage_words(episode) for episode in carried]

    @cached_property
    def loads(self) -> list[Load]:
        teams = {episode.team_id for episode in self.episodes}
        return loads(esws_of(teams).exclude(pk=self.leaver.pk).prefetch_related("teams"))

    def get_title(self) -> str:
        return f"Hand over the caseload of {self.leaver}"

    def get_cancel(self) -> str:
        return reverse("team")

    def form_kwargs(self) -> dict[str, Any]:
        return {"episodes": self.episodes, "loads": self.loads}

    def initial(self) -> dict[str, Any]:
        return {f"to_{pk}": str(esw) for pk, esw in presenters.spread(self.episodes, self.loads).items()}

    def context(self) -> dict[str, Any]:
        return {"leaver": self.leaver, "count": len(self.episodes), "anchor": presenters.anchor_words()}

    def show(self, form: Any, **more: Any) -> HttpResponse:
        chosen = [form[f"to_{episode.pk}"].value() for episode in self.episodes]
        return super().show(form, preview=presenters.preview_rows(self.loads, chosen), **more)

    def save(self, form: Any) -> str:
        if not form.cleaned_data["sure"]:
            form.submit_label = "Hand over all of them"
            raise NeedsConfirmation("Look at the loads below. If they are right, tick the box.", field="sure")
        people = {str(load.esw.pk): load.esw for load in self.loads}
        to = {episode.pk: people[form.cleaned_data[f"to_{episode.pk}"]] for episode in self.episodes}
        done = actions.hand_over_caseload(
            self.leaver, by=self.request.user, to=to, note=form.cleaned_data["note"]
        )
        self.done(
            f"{presenters.count(len(done), 'client')} handed over. Tell each of them who their worker is now."
        )
        return reverse("team")


class SetCover(FormPage):
    """Who has whose rights, from which day to which."""

    form_class = forms.CoverForm
    title = "Cover"
    template_name = "cases/cover.jinja"

    def form_kwargs(self) -> dict[str, Any]:
        return {"esws": esws_of(list(teams_of(self.request.user)))}

    def initial(self) -> dict[str, Any]:
        return {"starts_on": clock.today(), "absent": self.request.GET.get("absent", "")}

    def context(self) -> dict[str, Any]:
        mine = list(teams_of(self.request.user))
        rows = Cover.objects.filter(absent__memberships__team__in=mine, ends_on__gte=clock.today())
        rows = rows.select_related("absent", "covering").distinct()
        return {"covers": [presenters.cover_row(row) for row in rows]}

    def save(self, form: Any) -> str:
        found = form.cleaned_data
        people_actions.set_cover(
            found["absent"],
            by=self.request.user,
            covering=found["covering"],
            starts_on=found["starts_on"],
            ends_on=found["ends_on"],
            reason=found["reason"],
        )
        self.done("Cover is set. It ends by itself.")
        return reverse("cover")


def end_cover(request: HttpRequest, cover_id: int) -> HttpResponse:
    rows = Cover.objects.filter(absent__memberships__team__in=teams_of(request.user)).distinct()
    people_actions.end_cover(get_object_or_404(rows, pk=cover_id), by=request.user)
    return HttpResponseRedirect(reverse("cover"))
