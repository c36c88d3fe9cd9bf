"""Logging a contact with an employer, about nobody or about a client; and reviewing the log."""

from __future__ import annotations

from typing import Any

from pacework.service.core.forms import Choice, Day, LongText, OneOf, PageForm, Text, Tick, YesNo
from pacework.service.employers import codes
from pacework.service.employers.models import Employer, EmployerContact
from pacework.service.employers.policies import Disclosure


def mode_choices() -> list[tuple[str, str]]:
    return [(mode.key, mode.label) for mode in codes.modes().values()]


def all_purposes() -> list[tuple[str, str]]:
    return [(purpose.key, purpose.label) for purpose in codes.purposes().values()]


def purposes_without_client() -> list[tuple[str, str]]:
    return [(purpose.key, purpose.label) for purpose in codes.purposes().values() if not purpose.about_client]


class ContactForm(PageForm):
    """A contact about no client."""

    submit_label = "Save contact"
    groups = [("Next step", ["next_step", "next_step_on"])]

    on = Day(label="Date", not_future=True)
    mode = Choice(mode_choices, label="How", inline=True)
    purpose = Choice(purposes_without_client, label="What for")
    person = OneOf(label="Whom you spoke with", select=True, required=False, no_answer="Nobody in the list")
    site = OneOf(label="Site", select=True, required=False, no_answer="No one site")
    note = LongText(label="What was said", hint="Nothing that points to a client.", rows=4, required=False)
    next_step = Text(label="What did you promise?", hint="Like: send the leaflet, call back.", required=False)
    next_step_on = Day(label="By when", required=False)
    confirmed = Tick(label="Yes, I mean it. Save this.", asked=False)

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = employer.people.filter(left_on__isnull=True)
        self.fields["site"].queryset = employer.sites.all()
        # A list of one place or of nobody is a question too many.
        for name in ("person", "site"):
            if not self.fields[name].queryset.exists():
                del self.fields[name]


class ClientContactForm(ContactForm):
    """A contact about a client. What their disclosure plan does not allow is not on the form at all."""

    field_order = ["on", "mode", "purpose", "person", "site", "client_named", "match", "match_why", "note"]

    purpose = Choice(all_purposes, label="What for")
    client_named = YesNo(label="Did you give the client's name?", required=False, no_answer="")
    match = Choice(
        EmployerContact.Match.choices, label="Does this work match what the client wants?", inline=True
    )
    match_why = Text(label="Why, or why not?", max_length=300, required=False)

    def __init__(self, *args: Any, disclosure: Disclosure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].hint = "What you said about the client stays within what they agreed to."
        if not disclosure.may_name:
            del self.fields["client_named"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        data["client_named"] = bool(data.get("client_named"))
        return data


class ReviewForm(PageForm):
    """The lead's word on a week."""

    submit_label = "Mark as reviewed"

    note = LongText(
        label="Note",
        hint="What went well, what to talk about. The worker can read it.",
        rows=3,
        required=False,
    )
