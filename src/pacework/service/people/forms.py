"""What an administrator types about people and teams."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from pacework.service.core.forms import AnyOf, Choice, Email, Number, PageForm, Phone, Stale, Text
from pacework.service.people import presenters
from pacework.service.people.models import Role, Team, User
from pacework.service.people.policies import MOST_HOURS

STAFF_ROLES = [(role.value, role.label) for role in Role if role != Role.CLIENT]


class UserForm(PageForm):
    first_name = Text(label="First name", missing="Enter their first name.", max_length=150, width=20)
    last_name = Text(label="Last name", missing="Enter their last name.", max_length=150, width=20)
    email = Email(
        label="Email address",
        hint="They sign in with it.",
        missing="Enter their email address.",
        autocomplete="off",
    )
    role = Choice(
        STAFF_ROLES,
        label="Role",
        hints=presenters.ROLE_HINTS,
        reveals={Role.ESW: ["weekly_hours"]},
    )
    weekly_hours = Number(
        label="Hours a week in this role",
        hint="Caseloads are weighed by these. 37.5 is whole time.",
        min=0.5,
        max=MOST_HOURS,
        step="0.1",
        required=False,
    )
    teams = AnyOf(
        Team.objects.none(),
        label="Teams",
        hint="Support workers, healthcare professionals and team leads need at least one.",
        required=False,
    )
    job_title = Text(label="Job title", max_length=80, required=False)
    phone = Phone(label="Phone at work", required=False)

    def __init__(self, *args: Any, record: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teams"].queryset = Team.objects.all()  # type: ignore[attr-defined]
        if record is not None and not record.email:
            # An account made without an address (a demo, a console) need not get one to be edited.
            self.fields["email"].required = False

    def beside(self, current: Any) -> Stale:
        stored = {name: getattr(current, name) for name in self.fields if name != "teams"}
        teams = list(current.memberships.values_list("team", flat=True))
        return super().beside(SimpleNamespace(**stored, teams=teams))


class NewUserForm(UserForm):
    submit_label = "Create account and send the invitation"
    intro = "They get an email with a link to choose their own password."


class DeactivateForm(PageForm):
    submit_label = "End this account"


class TeamForm(PageForm):
    name = Text(label="Name of the team", max_length=80)
    kind = Choice(Team.Kind.choices, label="Which health team is it part of?")
