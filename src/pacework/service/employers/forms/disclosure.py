"""What the client lets us say: asked by staff, or chosen by the client."""

from __future__ import annotations

from typing import Any, ClassVar

from pacework.service.core.forms import Choice, Day, LongText, PageForm
from pacework.service.employers.models import DisclosurePlan, What, Who


class Answer(PageForm):
    """The part that both forms share: nothing can be said about somebody who is not mentioned."""

    nothing_said: ClassVar[str] = ""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("who") == Who.NOT_AT_ALL:
            data["what"] = What.NOTHING
        elif data.get("who") and not data.get("what"):
            self.add_error("what", self.nothing_said)
        return data


class DisclosureForm(Answer):
    """Staff record what the client said."""

    submit_label = "Save what was agreed"
    nothing_said = "Choose what may be said about health."
    collapsed = [
        ("Words, who tells, and how long it holds", ["may_say", "must_not_say", "who_tells", "expires_on"])
    ]

    who = Choice(
        Who.choices,
        label="May the client be mentioned?",
        hints={
            Who.NOT_AT_ALL: "No contact can be recorded as being about the client.",
            Who.UNNAMED: "The contact is linked to the client in here. No name goes out.",
            Who.NAMED: "The name may be given.",
        },
    )
    what = Choice(
        What.choices,
        label="What may be said about health?",
        hint="Not needed when the client is not mentioned at all.",
        required=False,
        no_answer="",
    )
    agreed_on = Day(label="Agreed on", missing="Enter the day on which it was agreed.", not_future=True)
    agreed_how = Choice(
        [(DisclosurePlan.How.SPOKEN, "Spoken"), (DisclosurePlan.How.SIGNED, "On paper")],
        label="How",
        missing="Say whether it was spoken or on paper.",
        inline=True,
    )
    may_say = LongText(label="Words that may be used", rows=2, max_length=1000, required=False)
    must_not_say = LongText(
        label="Words that must not be used",
        hint="One on each line. You are asked if a note holds one of them.",
        rows=2,
        max_length=1000,
        required=False,
    )
    who_tells = Choice(
        DisclosurePlan.Tells.choices, label="Who tells the employer?", required=False, no_answer="Not settled"
    )
    expires_on = Day(
        label="Ask again by", hint="After this day nothing may be said.", not_past=True, required=False
    )


class MyDisclosureForm(Answer):
    """The client chooses."""

    submit_label = "Save my choice"
    nothing_said = "Choose what we may say."
    collapsed = [("More choices", ["may_say", "must_not_say", "who_tells", "expires_on"])]

    who = Choice(
        [(Who.NOT_AT_ALL, "No"), (Who.UNNAMED, "Yes, but not my name"), (Who.NAMED, "Yes, with my name")],
        label="May we talk about you?",
    )
    what = Choice(
        [
            (What.NOTHING, "Nothing about my health"),
            (What.ADJUSTMENTS, "What would help me at work"),
            (What.CONDITION, "What would help me, and about my pain"),
        ],
        label="What may we say?",
        hint="If you chose No, you can skip this.",
        required=False,
        no_answer="",
    )
    may_say = LongText(label="Words we may use", rows=2, max_length=1000, required=False)
    must_not_say = LongText(
        label="Words we must never use", hint="One on each line.", rows=2, max_length=1000, required=False
    )
    who_tells = Choice(
        [
            (DisclosurePlan.Tells.CLIENT, "I do"),
            (DisclosurePlan.Tells.ESW, "My worker does"),
            (DisclosurePlan.Tells.TOGETHER, "We do it together"),
        ],
        label="Who tells them?",
        required=False,
        no_answer="I do not know yet",
    )
    expires_on = Day(
        label="When does this end?", hint="You can leave this out.", not_past=True, required=False
    )
