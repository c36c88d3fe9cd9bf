"""The first page, the demo's sign-in, one's own account, and the administrator's pages."""

from __future__ import annotations

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from pacework.service.core.errors import DomainError
from pacework.service.core.jinja import address_of
from pacework.service.core.pages import FormPage, render
from pacework.service.core.presenters import paginate, sort_key, sortable
from pacework.service.people import actions, forms, policies, presenters
from pacework.service.people.models import Role, Team, User

BACKEND = "django.contrib.auth.backends.ModelBackend"


def home(request: HttpRequest) -> HttpResponse:
    """What Pacework is; in the demo, sign-in as each role. Who is signed in goes to Today."""
    today = address_of("today")
    if request.user.is_authenticated and today:
        return HttpResponseRedirect(today)
    people = (
        User.objects.filter(is_active=True).order_by("pk") if settings.PACEWORK_DEMO else User.objects.none()
    )
    return render(
        request,
        "people/home.jinja",
        {
            "title": "Work that fits around pain",
            "cards": presenters.demo_cards(people),
            "others": [person for person in people if person.role != Role.CLIENT],
            "self_referral": address_of("self-referral"),
        },
    )


@sensitive_post_parameters()
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people by one click. Does not exist outside the demo."""
    if not settings.PACEWORK_DEMO:
        raise Http404("Not found")
    people = User.objects.filter(is_active=True).order_by("pk")
    wanted = request.POST.get("username", "")
    if not wanted:
        role = request.POST.get("role", "")
        wanted = next((card.username for card in presenters.demo_cards(people) if card.role == role), "")
    person = get_object_or_404(people, username=wanted)
    login(request, person, backend=BACKEND)
    actions.note_sign_in(person, "user.signed_in", by=person)
    return HttpResponseRedirect(reverse("home"))


def account(request: HttpRequest) -> HttpResponse:
    """One's own account: who the service says one is, and how one signs in."""
    return render(
        request,
        "people/account.jinja",
        {
            "title": "Your account",
            "rows": presenters.account_rows(request.user),  # type: ignore[arg-type]
            "has_password": request.user.has_usable_password(),
            "has_second_step": is_mfa_enabled(request.user),
        },
    )


COLUMNS = (
    {"label": "Name", "sort": "name"},
    {"label": "Role", "sort": "role"},
    {"label": "Teams"},
    {"label": "Hours", "numeric": True, "sort": "hours"},
    {"label": "Last here", "sort": "seen"},
)
SORTS = {
    "name": ("last_name", "first_name"),
    "role": ("role",),
    "hours": ("weekly_hours",),
    "seen": ("last_login",),
}


def users(request: HttpRequest) -> HttpResponse:
    """Everybody with an account but clients: whether someone is a client is nobody's business here."""
    wanted = {name: request.GET.get(name, "").strip() for name in ("q", "role", "team", "account")}
    found = User.objects.staff().filter(is_active=wanted["account"] != "ended").matching(wanted["q"])
    if wanted["role"] in Role.values:
        found = found.filter(role=wanted["role"])
    if wanted["team"].isascii() and wanted["team"].isdigit() and len(wanted["team"]) < 10:
        found = found.filter(teams=int(wanted["team"]))
    name, down = sort_key(request, SORTS, "name")
    order = [f"{'-' if down else ''}{field}" for field in SORTS[name]]
    paged = paginate(request, found.order_by(*order, "pk").prefetch_related("teams"))
    return render(
        request,
        "people/users.jinja",
        {
            "title": "Accounts",
            "head": sortable(request, COLUMNS, "name"),
            "rows": [presenters.user_row(user) for user in paged.items],
            "paged": paged,
            "wanted": wanted,
            "filtered": any(wanted.values()),
            "roles": forms.STAFF_ROLES,
            "teams": [(str(team.pk), team.name) for team in Team.objects.all()],
        },
    )


class NewUser(FormPage):
    form_class = forms.NewUserForm
    title = "New account"

    def get_cancel(self) -> str:
        return reverse("users")

    def save(self, form: Any) -> str:
        site = self.request.build_absolute_uri("/")
        user = actions.create_user(by=self.request.user, site=site, **form.cleaned_data)  # type: ignore[arg-type]
        self.done(f"{user} has an account. The invitation went to {user.email}.")
        return reverse("users")


class EditUser(FormPage):
    form_class = forms.UserForm
    template_name = "people/user.jinja"
    user: User

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.user = staff_or_404(kwargs["user_id"])

    def get_title(self) -> str:
        return str(self.user)

    def get_cancel(self) -> str:
        return reverse("users")

    def get_record(self) -> User:
        return self.user

    def form_kwargs(self) -> dict[str, Any]:
        return {"record": self.user}

    def initial(self) -> dict[str, Any]:
        values = {name: getattr(self.user, name) for name in actions.IDENTITY}
        return values | {"teams": list(self.user.memberships.values_list("team", flat=True))}

    def context(self) -> dict[str, Any]:
        return {
            "back": {"href": reverse("users"), "label": "Accounts"},
            "person": self.user,
            "seen": presenters.last_seen(self.user),
            "is_oneself": self.user.pk == self.request.user.pk,
            "has_second_step": is_mfa_enabled(self.user),
        }

    def save(self, form: Any) -> str:
        by: Any = self.request.user
        actions.edit_user(self.user, by=by, expected=self.typed_version(), **form.cleaned_data)
        self.done("Changes saved.")
        return reverse("users")


class DeactivateUser(FormPage):
    form_class = forms.DeactivateForm
    template_name = "people/deactivate.jinja"
    user: User

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.user = staff_or_404(kwargs["user_id"])

    def get_title(self) -> str:
        return f"End the account of {self.user}?"

    def get_cancel(self) -> str:
        return reverse("user-edit", args=[self.user.pk])

    def context(self) -> dict[str, Any]:
        return {"person": self.user, "warning": True, "left": policies.what_is_left(self.user)}

    def save(self, form: Any) -> str:
        by: Any = self.request.user
        actions.deactivate(self.user, by=by)
        self.done(f"{self.user} can no longer sign in.")
        return reverse("users")


def invite_user(request: HttpRequest, user_id: int) -> HttpResponse:
    """Send the link to choose a password once more."""
    return _press(
        request,
        user_id,
        lambda user, by: actions.invite(user, by=by, site=request.build_absolute_uri("/")),
        "The link went to {0.email}.",
    )


def reactivate_user(request: HttpRequest, user_id: int) -> HttpResponse:
    """Let someone sign in again."""
    return _press(
        request, user_id, lambda user, by: actions.reactivate(user, by=by), "{0} can sign in again."
    )


def _press(request: HttpRequest, user_id: int, act: Any, done: str) -> HttpResponse:
    """A button on someone's page: one action, then back there with what happened."""
    user = staff_or_404(user_id)
    try:
        act(user, request.user)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done.format(user))
    return HttpResponseRedirect(reverse("user-edit", args=[user.pk]))


def staff_or_404(user_id: int) -> User:
    """A member of staff by number; clients' accounts do not exist for an administrator."""
    return get_object_or_404(User.objects.staff(), pk=user_id)


def teams(request: HttpRequest) -> HttpResponse:
    """Every team and how many people work in it."""
    active = Count("people", filter=Q(people__is_active=True) & ~Q(people__role=Role.CLIENT))
    found = Team.objects.annotate(staff=active)
    rows = [presenters.team_row(team, team.staff) for team in found]
    return render(request, "people/teams.jinja", {"title": "Teams", "rows": rows})


class NewTeam(FormPage):
    form_class = forms.TeamForm
    title = "New team"

    def get_cancel(self) -> str:
        return reverse("teams")

    def save(self, form: Any) -> str:
        by: Any = self.request.user
        team = actions.create_team(form.cleaned_data["name"], by=by, kind=form.cleaned_data["kind"])
        self.done(f"{team} is set up. People join it from their own page under Accounts.")
        return reverse("teams")


class EditTeam(FormPage):
    form_class = forms.TeamForm
    template_name = "people/team.jinja"
    team: Team

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.team = get_object_or_404(Team, pk=kwargs["team_id"])

    def get_title(self) -> str:
        return self.team.name

    def get_cancel(self) -> str:
        return reverse("teams")

    def get_record(self) -> Team:
        return self.team

    def initial(self) -> dict[str, Any]:
        return {"name": self.team.name, "kind": self.team.kind}

    def context(self) -> dict[str, Any]:
        staff = self.team.people.filter(is_active=True).exclude(role=Role.CLIENT).prefetch_related("teams")
        return {
            "back": {"href": reverse("teams"), "label": "Teams"},
            "staff": [presenters.user_row(user)[:2] for user in staff],
        }

    def save(self, form: Any) -> str:
        by: Any = self.request.user
        actions.edit_team(self.team, by=by, expected=self.typed_version(), **form.cleaned_data)
        self.done("Changes saved.")
        return reverse("teams")
