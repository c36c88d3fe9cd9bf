"""What a team lead types at each step of a referral."""

from __future__ import annotations

from typing import Any

from pacework.science.measures.eligibility import Criterion, Preset
from pacework.service.cases.models import EmploymentStatus
from pacework.service.core import clock
from pacework.service.core.fields import Shown
from pacework.service.core.forms import AnyOf, BirthDay, Choice, Day, LongText, PageForm, YesNo
from pacework.service.core.presenters import words
from pacework.service.recruitment.codes import ExitReason


class DayForm(PageForm):
    """One day."""

    on = Day(label="Date", not_future=True)

    def __init__(self, *args: Any, label: str = "", submit: str = "", **kwargs: Any) -> None:
        kwargs["initial"] = {"on": clock.today()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if label:
            self.fields["on"].label = label
        if submit:
            self.submit_label = submit


AT_ONCE = 200


class SentForm(DayForm):
    """Whose invitations went out on a day. Everybody is ticked to begin with."""

    submit_label = "Save invitations"
    field_order = ["on", "people"]

    people = AnyOf(label="Who was written to?", small=True, missing="Tick at least one person.")

    def __init__(self, *args: Any, waiting: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"people": [one.pk for one in waiting]} | (kwargs.get("initial") or {})
        super().__init__(*args, label="Date the invitations went out", **kwargs)
        self.fields["people"].queryset = waiting
        self.fields["people"].words = lambda one: one.client.name


class ReplyForm(DayForm):
    """What they answered, and when."""

    submit_label = "Save reply"
    field_order = ["answer", "wants_work", "on"]

    answer = Choice(
        (
            ("yes", "Yes, they would like to hear more"),
            ("no", "No, thank you"),
            ("no_contact", "No, and please do not contact them again"),
        ),
        label="What did they say?",
        reveals={"yes": ["wants_work"]},
    )
    wants_work = LongText(
        label="What they say about wanting to work", required=False, rows=2, max_length=1000
    )


class ScreenForm(DayForm):
    """The questions of one preset, and two that are asked of everybody."""

    submit_label = "Save screening"
    groups: Any = ()

    status = Choice(EmploymentStatus.Status.choices, label="Are they in paid work now?", select=True)
    last_job_ended_on = Day(
        label="When did their last job end?",
        hint="As near as they know. Leave empty if never or not known.",
        not_future=True,
        required=False,
    )
    support_needs = LongText(
        label="What would they need from us to start?",
        hint="“Not ready yet” belongs here. It is a need for support, never a reason to say no.",
        required=False,
        rows=3,
        max_length=2000,
    )

    def __init__(self, *args: Any, preset: Preset, client: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.preset = preset
        self.asked_for: dict[str, str] = {}
        for criterion in preset.criteria:
            if criterion.kind == "age" and client.birth_date is not None:
                continue
            self.fields[f"q_{criterion.answer}"] = question(criterion, required=preset.kind == "routine")
        order = [f"q_{criterion.answer}" for criterion in preset.criteria]
        self.order_fields([*order, "status", "last_job_ended_on", "support_needs", "on"])

    def answers(self, birth_date: Any) -> dict[str, Any]:
        """Answer key → value, as ``eligibility.assess`` reads them; the birth date comes from the record."""
        found: dict[str, Any] = {"born_on": birth_date}
        for name, value in self.cleaned_data.items():
            if name.startswith("q_"):
                found[name[2:]] = None if value == "" else value
        return found


def question(criterion: Criterion, *, required: bool) -> Shown:
    """The field for one criterion. No answer means "not known", which refuses nobody."""
    told: dict[str, Any] = {"label": criterion.question, "required": required}
    if criterion.kind == "yes":
        return YesNo(**told)
    if criterion.kind == "age":
        field = BirthDay(**told)
        field.autocomplete = ""
        return field
    if criterion.kind == "since":
        return Day(**told, not_future=True, hint="As near as they know.")
    options = [(key, words(key)) for key in criterion.accepted]
    return Choice([*options, ("none", "None of these")], **told)


class AgreementForm(DayForm):
    """The person's answers to the two layers that support begins with."""

    submit_label = "Save their answers"
    field_order = ["service", "health_sharing", "how", "on"]

    service = YesNo()
    health_sharing = YesNo(required=False)
    how = Choice((("spoken", "Spoken"), ("signed", "On paper")), label="How did they answer?", inline=True)

    def __init__(self, *args: Any, questions: dict[str, str], **kwargs: Any) -> None:
        kwargs["initial"] = {"how": "spoken"} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for layer, text in questions.items():
            self.fields[layer].label = text


class ExitForm(PageForm):
    """Why the referral ends."""

    submit_label = "End this referral"

    reason = Choice((), label="Why does it end?")
    note = LongText(label="A note", hint="The client can read this.", required=False, rows=3, max_length=1000)

    def __init__(self, *args: Any, reasons: list[ExitReason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(one.key, one.label) for one in reasons]
        self.fields["reason"].hints = {one.key: one.hint for one in reasons}


class ConfirmForm(PageForm):
    """Nothing to type: only "yes, do it"."""

    def __init__(self, *args: Any, submit: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if submit:
            self.submit_label = submit
