"""What people type about contacts and appointments."""

from __future__ import annotations

from typing import Any, ClassVar

from pacework.service.contacts.models import Appointment
from pacework.service.contacts.policies import LONGEST, ONLY_ON_THE_DAY
from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.core.forms import Choice, Clock, Day, LongText, OneOf, PageForm, Text, Whole

MODES = codes("contacts", "modes").choices()
WITH_PLACE = codes("contacts", "modes").choices(has_place=True)
IN_PERSON = [key for key, _ in WITH_PLACE]


class ContactForm(PageForm):
    """One contact. Four answers are needed, and each begins with the likely one."""

    submit_label = "Save contact"
    collapsed: ClassVar[Any] = [
        ("More: minutes, or together with a healthcare professional", ["minutes", "joint_with"])
    ]

    attendance = Choice(codes("contacts", "attendance").choices(), label="What became of it?", inline=True)
    on = Day(label="Date", not_future=True)
    mode = Choice(MODES, label="How?", reveals={key: ["place_type"] for key in IN_PERSON})
    place_type = Choice(
        codes("contacts", "place_types").choices(), label="Where?", select=True, required=False, no_answer=""
    )
    purpose = Choice(codes("contacts", "purposes").choices(), label="What was it for?", select=True)
    note = LongText(label="Note", hint="The client can read this.", rows=5, required=False)
    next_step = Text(label="What did you promise to do next?", max_length=300, required=False)
    next_step_on = Day(label="By when?", required=False)
    minutes = Whole(label="Minutes", min=1, max=LONGEST, required=False)
    joint_with = OneOf(label="Together with", select=True, required=False, no_answer="Nobody else")

    def __init__(self, *args: Any, hcps: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["joint_with"].queryset = hcps


class AnswerForm(ContactForm):
    """What became of one appointment. Its date is known; a new day is asked for when it was rearranged."""

    submit_label = "Save"

    new_on = Day(label="New day", not_past=True, required=False)
    new_at = Clock(label="New time", required=False)
    new_place = Text(label="Place", max_length=120, required=False)

    def __init__(self, *args: Any, appointment: Appointment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["on"]
        self.fields["attendance"].inline = False
        self.fields["attendance"].reveals = {"rearranged": ("new_on", "new_at", "new_place")}
        # Asked only when it was rearranged, and needed then.
        self.fields["new_on"].marked_optional = False
        if appointment.on > clock.today():
            offered = [pair for pair in self.fields["attendance"].choices if pair[0] not in ONLY_ON_THE_DAY]
            self.fields["attendance"].choices = offered

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if (
            found.get("attendance") == "rearranged"
            and not found.get("new_on")
            and "new_on" not in self.errors
        ):
            self.add_error("new_on", "Enter the new day.")
        return found


class AppointmentForm(PageForm):
    submit_label = "Save appointment"

    on = Day(label="Day", not_past=True)
    at = Clock(label="Time", hint="For example 10:30.", required=False)
    mode = Choice(MODES, label="How?", inline=True)
    place = Text(label="Place", hint="Where you meet. The client sees this.", max_length=120, required=False)
    with_hcp = OneOf(label="Together with", select=True, required=False, no_answer="Nobody else")

    def __init__(self, *args: Any, hcps: Any, fixed_day: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["with_hcp"].queryset = hcps
        if fixed_day:
            del self.fields["on"]


class AdditionForm(PageForm):
    submit_label = "Add to the contact"

    text = LongText(label="What do you want to add?", hint="The first words stay as they are.", rows=5)


class CallOffForm(PageForm):
    submit_label = "Call it off"


class MoveRequestForm(PageForm):
    submit_label = "Ask for another day"

    words = Text(
        label="Is there a day or time that is better?",
        hint="You do not have to say why.",
        max_length=300,
        required=False,
    )
