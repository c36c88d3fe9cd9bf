"""What people type to bring somebody in: the referral form of HCPs and leads, and a person's own."""

from __future__ import annotations

import re
from typing import Any

import nhs_number as nhs
from django.core.exceptions import ValidationError

from pacework.service.cases.models import EmploymentStatus
from pacework.service.core.forms import (
    BirthDay,
    Choice,
    Choices,
    Day,
    Email,
    LongText,
    OneOf,
    PageForm,
    Phone,
    Text,
    Tick,
)
from pacework.service.recruitment.actions.incoming import Person
from pacework.service.recruitment.codes import routes

_POSTCODE = re.compile(r"(GIR|[A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")


def read_nhs_number(words: str) -> str:
    """Ten figures that pass the check, without spaces; "" for nothing. Raises ValidationError in words."""
    plain = re.sub(r"[\s\-.]", "", words)
    if not plain:
        return ""
    if not re.fullmatch("[0-9]+", plain):
        raise ValidationError("An NHS number has only figures, like 999 123 4560.")
    if len(plain) != 10:
        raise ValidationError(f"An NHS number has 10 figures. This one has {len(plain)}.")
    if not nhs.is_valid(plain):
        raise ValidationError(
            "This is not a real NHS number: one of the figures is wrong. Check it, or leave it empty."
        )
    return plain


def read_postcode(words: str) -> str:
    """A UK postcode as it is written: M1 1AE. Raises ValidationError in words."""
    plain = re.sub(r"\s", "", words).upper()
    if not plain:
        return ""
    found = _POSTCODE.fullmatch(plain)
    if not found:
        raise ValidationError("Enter a full postcode, like M1 1AE.")
    return f"{found[1]} {found[2]}"


class NhsNumber(Text):
    """An NHS number with its check figure."""

    inputmode = "numeric"
    width = 20

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **({"spellcheck": False} | kwargs))

    def to_python(self, value: Any) -> str:
        return read_nhs_number(super().to_python(value))

    def prepare_value(self, value: Any) -> Any:
        return value


class Postcode(Text):
    """A UK postcode, spaces and capitals put right."""

    width = 10
    autocomplete = "postal-code"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, **({"spellcheck": False} | kwargs))

    def to_python(self, value: Any) -> str:
        return read_postcode(super().to_python(value))


class PhoneOrEmail(Text):
    """One box for one way to reach somebody. Gives ``{"phone": …}`` or ``{"email": …}``."""

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value)
        if not words:
            return {}
        if "@" in words:
            return {"email": Email().to_python(words)}
        try:
            return {"phone": Phone().to_python(words)}
        except ValidationError:
            raise ValidationError(
                "Enter a phone number or an email address, like 01632 960 001 or name@example.org."
            ) from None


SERVICE, SHARING = "service", "sharing"


class ReferForm(PageForm):
    """At most six answers: two names, birth date, a way to reach them, what they agreed to, maybe a team."""

    submit_label = "Send referral"
    collapsed = [
        (
            "More, if you have it to hand",
            ["wants_work", "reason", "nhs_number", "postcode", "status", "last_job_ended_on"],
        )
    ]

    match = Choice((), label="Is this the same person?", required=False, asked=False, no_answer="")
    send_anyway = Tick(label="Send it, for a team lead to check", asked=False)
    first_name = Text(label="First name", max_length=60, width=20, spellcheck=False)
    last_name = Text(label="Family name", max_length=60, width=20, spellcheck=False)
    birth_date = BirthDay(label="Date of birth", hint="For example, 27 3 1979")
    contact = PhoneOrEmail(
        label="Phone number or email address", hint="One is enough.", width=20, spellcheck=False
    )
    route = Choice((), label="How did they hear about the service?", select=True)
    referrer_words = Text(
        label="Who told them?",
        hint="For example, a work coach at the Jobcentre.",
        required=False,
        max_length=120,
    )
    team = OneOf(label="Team", select=True)
    agreed = Choices(
        (),
        label="What has the person agreed to?",
        missing="Ask the person first: they must want to work and agree to be referred.",
    )
    wants_work = LongText(
        label="What do they say about wanting to work?",
        hint="Their own words, if you can.",
        required=False,
        rows=2,
        max_length=1000,
    )
    reason = LongText(
        label="Why now?", hint="Nothing clinical is needed.", required=False, rows=2, max_length=2000
    )
    nhs_number = NhsNumber(label="NHS number", required=False)
    postcode = Postcode(label="Postcode", required=False)
    status = Choice(EmploymentStatus.Status.choices, label="In work now?", select=True, required=False)
    last_job_ended_on = Day(
        label="Last job ended on", hint="As near as they know.", not_future=True, required=False
    )

    def __init__(self, *args: Any, teams: Any, is_lead: bool, visible: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams, self.visible = teams, visible
        self.fields["match"].marked_optional = False  # when it is asked, it is needed
        # Somebody else's birth date: the browser must not offer its owner's.
        self.fields["birth_date"].autocomplete = ""
        if len(teams) > 1:
            self.fields["team"].queryset = teams
        else:
            del self.fields["team"]
        if is_lead:
            self.fields["route"].choices = [(one.key, one.label) for one in routes().values()]
            sharing = "Their support worker and the health team may share what helps with work"
        else:
            del self.fields["route"], self.fields["referrer_words"]
            sharing = "Their support worker and you may share what helps with work"
        self.fields["agreed"].choices = [
            (SERVICE, "They want paid work and agree to be referred"),
            (SHARING, f"{sharing} (they can say no and still get support)"),
        ]
        if self.is_bound:
            # Answers to questions that were asked on the last sending.
            self.fields["send_anyway"].asked = "send_anyway" in self.data
            self.offer(self._chosen())

    def _chosen(self) -> list[Any]:
        value = self.data.get("match", "")
        if not value:
            return []
        known = (
            self.visible.filter(pk=int(value))
            if value.isascii() and value.isdigit() and len(value) < 12
            else []
        )
        return list(known)

    def offer(self, people: list[Any]) -> None:
        """The people they may see who look like this one, as answers to "Is this the same person?"."""
        entry = self.fields["match"]
        entry.choices = [(str(one.pk), f"Yes, it is {one.name}") for one in people] + [
            ("else", "No, someone else")
        ]
        entry.asked = bool(people) or self.data.get("match") == "else"

    def clean_agreed(self) -> list[str]:
        agreed = self.cleaned_data["agreed"]
        if SERVICE not in agreed:
            raise ValidationError(
                "Refer people who want to work and agree. If they are not sure, tell them how to ask later."
            )
        return agreed

    def person(self) -> Person:
        """Who was typed."""
        told = self.cleaned_data
        return Person(
            first_name=told["first_name"],
            last_name=told["last_name"],
            birth_date=told["birth_date"],
            nhs_number=told["nhs_number"],
            postcode=told["postcode"],
            **told["contact"],
        )


SAFE = (
    ("phone", "Ring me"),
    ("message", "Leave a voice message"),
    ("email", "Email me"),
)


class JoinForm(PageForm):
    """Few plain questions for somebody who comes by themselves. Nothing about health."""

    submit_label = "Ask for support"

    first_name = Text(
        label="First name", max_length=60, width=20, autocomplete="given-name", spellcheck=False
    )
    last_name = Text(
        label="Family name", max_length=60, width=20, autocomplete="family-name", spellcheck=False
    )
    phone = Phone(label="Phone number", hint="Give us a phone number or an email address.", required=False)
    email = Email(label="Email address", required=False, width=20)
    safe = Choices(
        SAFE,
        label="What is safe for us to do?",
        hint="Tick all that are fine. We will do only these.",
        missing="Tick at least one way for us to reach you.",
    )
    postcode = Postcode(label="Postcode", hint="So that we can find what is near you.", required=False)
    birth_date = BirthDay(label="Date of birth", hint="For example, 27 3 1979", required=False)
    team = OneOf(
        label="Which team is nearest to you?", select=True, missing="Choose a team. Any of them can help you."
    )
    wants_work = LongText(
        label="What would you like to do?",
        hint="In your own words. It is fine not to know yet. Please do not write about your health here.",
        required=False,
        rows=3,
        max_length=1000,
    )

    def __init__(self, *args: Any, teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = teams
        for name in ("phone", "email"):
            self.fields[name].marked_optional = False  # one of the two is needed
        if len(teams) > 1:
            self.fields["team"].queryset = teams
        else:
            del self.fields["team"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        phone, email, safe = told.get("phone"), told.get("email"), told.get("safe") or []
        if "phone" not in self.errors and "email" not in self.errors and not (phone or email):
            self.add_error("phone", "Enter a phone number or an email address, so that we can reach you.")
        elif safe and not ((phone and {"phone", "message"} & set(safe)) or (email and "email" in safe)):
            self.add_error("safe", "Tick a way that goes with the phone number or email address you gave.")
        return told

    def person(self) -> Person:
        """Who was typed, with what is safe."""
        told = self.cleaned_data
        return Person(
            first_name=told["first_name"],
            last_name=told["last_name"],
            birth_date=told["birth_date"],
            phone=told["phone"],
            email=told["email"],
            postcode=told["postcode"],
            more={
                "safe_to_phone": "phone" in told["safe"],
                "safe_to_leave_message": "message" in told["safe"],
                "safe_to_email": "email" in told["safe"],
                # They gave no address, so nobody may take a letter as agreed.
                "safe_to_write": False,
            },
        )
