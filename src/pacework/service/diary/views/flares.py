"""The client's flares: one tap in, one tap out, put right afterwards; and the plan for the next one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pacework.service.cases.models import Client, named_esw
from pacework.service.cases.permissions import level_once_visible
from pacework.service.contacts.actions import ask_to_move
from pacework.service.contacts.models import Appointment
from pacework.service.core import clock
from pacework.service.core.pages import FormPage, back, render, say_what_came
from pacework.service.core.presenters import paginate
from pacework.service.diary import actions, forms, policies, presenters
from pacework.service.diary.models import Flare, FlarePlan
from pacework.service.work.models import JobSpell, Placement

AHEAD = timedelta(days=14)


def flares_of(request: HttpRequest, client: Client) -> Any:
    return Flare.objects.visible_to(request.user).filter(client=client).select_related("client", "pause")


def the_open_flare(request: HttpRequest, client: Client) -> Flare | None:
    found: Flare | None = flares_of(request, client).open().first()
    return found


def the_flare(request: HttpRequest, client: Client, flare_id: int) -> Flare:
    found: Flare = get_object_or_404(flares_of(request, client), pk=flare_id)
    return found


def the_plan(request: HttpRequest, client: Client) -> FlarePlan | None:
    found: FlarePlan | None = FlarePlan.objects.visible_to(request.user).filter(client=client).first()
    return found


def appointments_soon(request: HttpRequest, client: Client) -> Any:
    """Those of the next days, which a flare may stand in the way of."""
    found = Appointment.objects.visible_to(request.user).from_today().filter(episode__client=client)
    return found.filter(on__lte=clock.today() + AHEAD).select_related("move_request", "episode__client")


def asked_to_move(request: HttpRequest, client: Client) -> Any:
    """Appointments ahead that the client asked to move, and that their worker has not answered."""
    found = Appointment.objects.visible_to(request.user).from_today().filter(episode__client=client)
    return found.filter(move_request__isnull=False, move_request__answered_on=None).order_by("on")


def has_work(request: HttpRequest, client: Client) -> bool:
    """Whether there is a job or placement to be away from."""
    jobs = JobSpell.objects.visible_to(request.user).open().filter(episode=client.episode)
    placements = Placement.objects.visible_to(request.user).running().filter(episode=client.episode)
    return bool(client.episode) and (jobs.exists() or placements.exists())


class MyFlare(FormPage):
    """Before a flare: what the button does. In one: what it did, what else helps, and the way out."""

    form_class = forms.StartFlareForm
    template_name = "diary/start_flare.jinja"
    title = "I’m having a flare"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        flare = the_open_flare(request, self.client)
        if flare is None:
            return super().get(request, *args, **kwargs)
        return self.going_on(flare)

    def get_cancel(self) -> str:
        return reverse("today")

    @property
    def worker(self) -> Any:
        return named_esw(self.client.episode) if self.client.episode else None

    def form_kwargs(self) -> dict[str, Any]:
        return {
            "has_work": has_work(self.request, self.client),
            "has_worker": self.worker is not None,
            "shown_to": policies.shown_to(self.client),
        }

    def initial(self) -> dict[str, Any]:
        found: dict[str, Any] = flares_of(self.request, self.client).last_choices()
        return found

    def context(self) -> dict[str, Any]:
        plan = the_plan(self.request, self.client)
        return {
            "plan": presenters.plan_parts(plan, own=True),
            "open": level_once_visible(self.request.user, self.client) == "write",
            "has_flares": flares_of(self.request, self.client).exists(),
        }

    def going_on(self, flare: Flare) -> HttpResponse:
        request, client = self.request, self.client
        writable = level_once_visible(request.user, client) == "write"
        away = flare.absences.visible_to(request.user).open().count()
        context = {
            "title": "You are in a flare",
            "flare": presenters.shown_flare(
                flare,
                away=away,
                may_be_away=writable and has_work(request, client),
                may_tell=writable and self.worker is not None,
                shown_to=policies.shown_to(client),
            ),
            "appointments": presenters.to_move(appointments_soon(request, client)) if writable else [],
            "plan": presenters.plan_parts(the_plan(request, client), own=True),
            "open": writable,
        }
        return render(request, "diary/my_flare.jinja", context)

    def save(self, form: Any) -> str:
        said = form.cleaned_data
        actions.start_flare(
            self.client,
            by=self.request.user,
            tell=bool(said.get("tell")),
            off_work=bool(said.get("off_work")),
        )
        self.done("We have noted your flare. Take care of yourself first.")
        return reverse("my-flare")


def flare_over(request: HttpRequest, client: Client) -> HttpResponse:
    """One tap ends the flare."""
    flare = the_open_flare(request, client)
    if flare is None:
        messages.info(request, "You are not in a flare.")
    else:
        say_what_came(
            request,
            lambda: actions.end_flare(flare, by=request.user),
            lambda: presenters.ended_words(flare, asked_to_move(request, client)),
        )
    return HttpResponseRedirect(back(request, reverse("today")))


def tell(request: HttpRequest, client: Client) -> HttpResponse:
    """Tell the worker after all, or take that back."""
    flare, wanted = the_open_flare(request, client), request.POST.get("tell") == "yes"
    if flare is None:
        messages.info(request, "You are not in a flare.")
    else:
        if wanted:
            sentence = "Your support worker sees it when they next sign in."
        elif policies.WORKER in policies.shown_to(client):
            sentence = "That is taken back. Your support worker still sees the flare in your diary."
        else:
            sentence = "Your support worker no longer sees this flare."
        say_what_came(request, lambda: actions.tell_worker(flare, by=request.user, tell=wanted), sentence)
    return HttpResponseRedirect(reverse("my-flare"))


def move(request: HttpRequest, client: Client, appointment_id: int) -> HttpResponse:
    """Ask for another day, from the flare's page. Why is said only if the worker knows of the flare."""
    appointment = get_object_or_404(appointments_soon(request, client), pk=appointment_id)
    flare = the_open_flare(request, client)
    words = "Because of a flare." if flare is not None and flare.told else ""
    say_what_came(
        request,
        lambda: ask_to_move(appointment, by=request.user, words=words),
        "We asked for another day. Your support worker will be in touch.",
    )
    return HttpResponseRedirect(reverse("my-flare"))


# Afterwards


def my_flares(request: HttpRequest, client: Client) -> HttpResponse:
    page = paginate(request, flares_of(request, client), per=30)
    shown_to = policies.shown_to(client)
    context = {
        "title": "My flares",
        "flares": [presenters.flare_row(row, shown_to) for row in page.items],
        "page": page,
        "open": level_once_visible(request.user, client) == "write",
    }
    return render(request, "diary/my_flares.jinja", context)


class FlaresPage(FormPage):
    def get_cancel(self) -> str:
        return reverse("my-flares")


class NewFlare(FlaresPage):
    """A flare that is over."""

    form_class = forms.PastFlareForm
    title = "Add a flare that is over"

    def form_kwargs(self) -> dict[str, Any]:
        return {"shown_to": policies.shown_to(self.client)}

    def save(self, form: Any) -> str:
        actions.log_flare(self.client, by=self.request.user, **form.cleaned_data)
        self.done("Your flare is saved.")
        return self.get_cancel()


class OneFlare(FlaresPage):
    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.flare = the_flare(request, self.client, kwargs["flare_id"])


class EditFlare(OneFlare):
    form_class = forms.FlareForm
    template_name = "diary/edit_flare.jinja"
    title = "Change a flare"

    def get_record(self) -> Flare:
        return self.flare

    def saved_by_reader(self, current: Flare) -> bool:
        # Only the client writes of their flares.
        return True

    def form_kwargs(self) -> dict[str, Any]:
        return {"open_flare": self.flare.ended_on is None}

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.flare, name) for name in ("started_on", "ended_on", "note")}

    def context(self) -> dict[str, Any]:
        return {"delete": reverse("my-flare-delete", args=[self.flare.pk])}

    def save(self, form: Any) -> str:
        actions.edit_flare(
            self.flare, by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        self.done("Your flare is changed.")
        return self.get_cancel()


class DeleteFlare(OneFlare):
    form_class = forms.DeleteFlareForm
    title = "Delete this flare?"

    def context(self) -> dict[str, Any]:
        also = " Your steps go on, and the days off work are taken back." if not self.flare.ended_on else ""
        return {
            "intro": f"{presenters.flare_line(self.flare)}. It cannot be brought back.{also}",
            "warning": True,
        }

    def save(self, form: Any) -> str:
        actions.delete_flare(self.flare, by=self.request.user)
        self.done("The flare is deleted.")
        return self.get_cancel()


# The plan


def my_flare_plan(request: HttpRequest, client: Client) -> HttpResponse:
    plan = the_plan(request, client)
    context = {
        "title": "My flare plan",
        "parts": presenters.plan_parts(plan, own=True),
        "open": level_once_visible(request.user, client) == "write",
    }
    return render(request, "diary/my_flare_plan.jinja", context)


class EditFlarePlan(FormPage):
    """The plan, written by the client; or with them, by the worker to whom they show their diary."""

    form_class = forms.FlarePlanForm
    title = "My flare plan"

    def get_cancel(self) -> str:
        return reverse("my-flare-plan")

    def get_record(self) -> FlarePlan | None:
        return the_plan(self.request, self.client)

    def saved_by_reader(self, current: FlarePlan) -> bool:
        return current.saved_by_id == self.request.user.pk

    def initial(self) -> dict[str, Any]:
        plan = self.get_record()
        return {} if plan is None else {name: getattr(plan, name) for name in FlarePlan.PARTS}

    def context(self) -> dict[str, Any]:
        return {"intro": "Write it on a better day. It is there for you on a bad one."}

    def save(self, form: Any) -> str:
        actions.save_flare_plan(
            self.client, by=self.request.user, expected=self.typed_version(), **form.cleaned_data
        )
        self.done("The flare plan is saved.")
        return self.get_cancel()
