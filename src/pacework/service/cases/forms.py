"""What people type on the pages of this room."""

from __future__ import annotations

from typing import Any, ClassVar

from pacework.science.measures.eligibility import preset, preset_names
from pacework.service.cases.models import CorrectionRequest, EmploymentStatus, Load
from pacework.service.cases.wording import closing_reasons, cover_choices, handover_choices
from pacework.service.core.forms import (
    AnyOf,
    BirthDay,
    Choice,
    Day,
    Email,
    LongText,
    OneOf,
    PageForm,
    Phone,
    Text,
    Tick,
    Whole,
    YesNo,
)
from pacework.service.people.models import User


class NhsNumber(Text):
    """An NHS number with or without its gaps; whether it is a real one is a rule of the record."""

    inputmode = "numeric"
    width = 20

    def to_python(self, value: Any) -> Any:
        return "".join(letter for letter in super().to_python(value) if letter not in " -")


class ClientForm(PageForm):
    submit_label = "Save details"
    groups: ClassVar[Any] = [
        ("Who", ["first_name", "last_name", "preferred_name", "pronouns", "birth_date", "nhs_number"]),
        ("How to reach them", ["phone", "email", "postcode", "contact_notes", "do_not_contact"]),
        ("What is safe", ["safe_to_phone", "safe_to_leave_message", "safe_to_email", "safe_to_write"]),
        ("What they need", ["language", "needs_interpreter", "accessible_format"]),
        ("Others", ["gp_practice", "emergency_contact"]),
    ]

    first_name = Text(label="First name", max_length=60)
    last_name = Text(label="Last name", max_length=60)
    preferred_name = Text(label="Likes to be called", max_length=60, required=False)
    pronouns = Text(label="Pronouns", max_length=30, width=10, required=False)
    birth_date = BirthDay(label="Date of birth", required=False)
    nhs_number = NhsNumber(label="NHS number", max_length=14, required=False)
    phone = Phone(label="Phone", required=False)
    email = Email(label="Email", required=False)
    postcode = Text(label="Postcode", max_length=8, width=10, required=False)
    contact_notes = Text(
        label="Best way and time",
        hint="For example: text first, not before 10.",
        max_length=300,
        required=False,
    )
    do_not_contact = Tick(label="Do not contact")
    safe_to_phone = Tick(label="Phoning is safe")
    safe_to_leave_message = Tick(label="Leaving a message is safe")
    safe_to_email = Tick(label="Emailing is safe")
    safe_to_write = Tick(label="A letter is safe")
    language = Text(label="Language", max_length=40, width=20, required=False)
    needs_interpreter = Tick(label="Needs an interpreter")
    accessible_format = Text(
        label="Format that works",
        hint="For example: large print, audio, easy read.",
        max_length=100,
        required=False,
    )
    gp_practice = Text(label="GP practice", max_length=100, required=False)
    emergency_contact = Text(label="Emergency contact", max_length=200, required=False)


class InviteForm(PageForm):
    """The one thing an account needs."""

    submit_label = "Send the invitation"
    email = Email(label="Their email address", hint="The link to choose a password goes there.")


class EmploymentStatusForm(PageForm):
    submit_label = "Save"

    status = Choice(EmploymentStatus.Status.choices, label="Work now")
    as_of = Day(label="On which day was this so?", not_future=True)
    last_job_ended_on = Day(
        label="When did the last job end?",
        hint="Leave empty if they are in work, or if nobody knows. The month is enough: take its first day.",
        not_future=True,
        required=False,
    )


class ConsentForm(PageForm):
    """Staff record what the client said. The recipient is only asked for sharing."""

    submit_label = "Save the answer"

    def __init__(self, *args: Any, recipients: Any = None, team_words: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if recipients is None:
            del self.fields["recipient"]
        else:
            people = [(str(person.pk), str(person)) for person in recipients]
            self.fields["recipient"].choices = [("all", team_words), *people]  # type: ignore[attr-defined]

    recipient = Choice([], label="Who is this about?")
    given = YesNo(label="What did the client say?", yes="Yes, they agree", no="No, they do not agree")
    how = Choice([("spoken", "They told me"), ("signed", "On paper, signed")], label="How did they answer?")
    on = Day(label="When?", not_future=True)


class OwnConsentForm(ConsentForm):
    """The client answers for themselves, today, online."""

    how = None
    on = None
    recipient = Choice([], label="Who do you mean?")
    given = YesNo(label="Your answer", yes="Yes, I agree", no="No, I do not agree")


class ConfirmForm(PageForm):
    """A page that says what a step does, with one button."""

    submit_label = "Yes, do this"


class WithdrawForm(ConfirmForm):
    submit_label = "Take this yes back"


class OfferForm(PageForm):
    submit_label = "Save the answer"

    accept = YesNo(label="Can you take this client on?", yes="Yes, I take them on", no="No")
    note = Text(
        label="Why not?",
        hint="If your answer is no: your team lead reads this.",
        max_length=300,
        required=False,
    )


def load_choices(loads: list[Load]) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """ESWs as choices, with what they carry as hints."""
    choices = [(str(load.esw.pk), str(load.esw)) for load in loads]
    hints = {}
    for load in loads:
        asked = f" {load.offered} more asked for." if load.offered else ""
        hints[str(load.esw.pk)] = f"{load.score.words}.{asked}"
    return choices, hints


class EswForm(PageForm):
    """Shared by the pages on which a lead names an ESW."""

    field = "esw"

    def __init__(self, *args: Any, loads: list[Load], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entry: Any = self.fields[self.field]
        entry.choices, entry.hints = load_choices(loads)
        self.people = {str(load.esw.pk): load.esw for load in loads}

    @property
    def chosen(self) -> User:
        return self.people[self.cleaned_data[self.field]]


class AllocateForm(EswForm):
    submit_label = "Ask this worker"

    esw = Choice([], label="Who should carry this client?")


class HandoverForm(EswForm):
    submit_label = "Hand over"
    field = "to"

    to = Choice([], label="Who takes over?")
    reason = Choice(handover_choices, label="Why?", select=True)
    note = LongText(
        label="Handover note",
        hint="What the next worker needs on day one. The client can read it.",
        rows=5,
        max_length=4000,
    )


class LeaverForm(PageForm):
    """One choice for each client of the one who leaves; ``sure`` is asked after the preview."""

    submit_label = "Preview"

    note = LongText(label="Handover note for all of them", hint="The clients can read it.", rows=3)
    sure = Tick(label="Yes, hand over all of them now", asked=False)

    def __init__(self, *args: Any, episodes: list[Any], loads: list[Load], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.episodes = episodes
        teams = {load.esw.pk: {team.pk for team in load.esw.teams.all()} for load in loads}
        own = {
            f"to_{episode.pk}": Choice(
                load_choices([load for load in loads if episode.team_id in teams[load.esw.pk]])[0],
                label=f"{episode.client.name} – {episode.stage_words}",
                select=True,
                missing="Choose a worker.",
            )
            for episode in episodes
        }
        self.fields = {**own, **self.fields}
        for entry in own.values():
            entry.error_messages["required"] = "Choose a worker."


class CloseForm(PageForm):
    submit_label = "Close the episode"

    reason = Choice(
        lambda: [(row.key, row.label) for row in closing_reasons().values()],
        label="Why does support end?",
        hints={},
    )
    note = LongText(label="Note", hint="What was agreed, and how they can come back.", rows=4, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entry: Any = self.fields["reason"]
        entry.hints = {row.key: row.hint for row in closing_reasons().values()}


class ReopenForm(PageForm):
    submit_label = "Open again"

    note = LongText(label="What changed?", rows=3, required=False)


class RestrictForm(PageForm):
    submit_label = "Save"

    restricted = YesNo(
        label="Should this record be restricted?", yes="Yes, restricted", no="No, open to the team"
    )
    people = AnyOf(
        User.objects.none(),
        label="Who else may open it?",
        hint="The named ESW and the team lead always can. An HCP also needs the client's yes to sharing.",
        required=False,
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]


class StatedReasonForm(PageForm):
    submit_label = "State this reason and open the record"

    reason = Text(label="Why do you need this record?", hint="The client can read this.", max_length=300)
    nhs_number = NhsNumber(label="NHS number", max_length=14, required=False)
    last_name = Text(label="Or last name", max_length=60, required=False, width=20)
    birth_date = BirthDay(label="and date of birth", required=False)


class CorrectionForm(PageForm):
    submit_label = "Send"

    what = LongText(label="What is wrong, and what should it say?", rows=5, max_length=2000)


class CorrectionAnswerForm(PageForm):
    submit_label = "Send the answer"

    answer = Choice(CorrectionRequest.Answer.choices, label="What did you do?")
    reply = LongText(label="Your answer", hint="The client reads this.", rows=4, max_length=2000)


class EraseForm(PageForm):
    submit_label = "Erase this person for ever"

    reason = LongText(
        label="Why is this record erased?", hint="Do not name the person here.", rows=3, max_length=300
    )
    sure = Tick(label="I know that this cannot be undone", required=True)


class DoNotContactForm(PageForm):
    submit_label = "Save"

    do_not_contact = YesNo(
        label="May we contact this person?", yes="No, do not contact", no="Yes, contact is fine"
    )


class OwnContactForm(DoNotContactForm):
    do_not_contact = YesNo(
        label="May we contact you?", yes="No, please do not contact me", no="Yes, that is fine"
    )


def preset_choices() -> list[tuple[str, str]]:
    return [(name, preset(name).title) for name in preset_names()]


class ProgrammeForm(PageForm):
    submit_label = "Save programme"

    name = Text(label="Name", max_length=80)
    preset = Choice(preset_choices, label="Who it is for", select=True)
    search_limit_weeks = Whole(
        label="Weeks of job search support",
        hint="Empty: no limit. A limit shows days left and opens a review; it never closes anything.",
        min=1,
        max=520,
        required=False,
    )
    in_work_limit_weeks = Whole(
        label="Weeks of in-work support", hint="Empty: no limit.", min=1, max=520, required=False
    )
    is_default = Tick(label="Use this programme unless another one is chosen")


class CoverForm(PageForm):
    submit_label = "Set cover"

    absent = OneOf(User.objects.none(), label="Who is away?", select=True)
    covering = OneOf(User.objects.none(), label="Who covers?", select=True)
    starts_on = Day(label="First day", not_past=True)
    ends_on = Day(label="Last day", not_past=True)
    reason = Choice(cover_choices, label="Why?", hint="Nothing about a colleague's health.", select=True)

    def __init__(self, *args: Any, esws: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("absent", "covering"):
            self.fields[name].queryset = esws  # type: ignore[attr-defined]
