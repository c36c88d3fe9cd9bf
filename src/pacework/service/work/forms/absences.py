"""Days away, as they are typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pacework.service.core.forms import Choice, Day, PageForm, Tick, YesNo
from pacework.service.work.models import Absence


class AbsenceForm(PageForm):
    """Days away from one job or placement. ``things`` are those to choose from."""

    submit_label = "Save days away"

    what = Choice([], label="Away from")
    first_day = Day(label="First day away", not_future=True)
    last_day = Day(label="Last day away", hint="Leave this empty while it goes on.", required=False)
    pain_related = YesNo(label="Because of pain?")
    certified = Choice(Absence.Certified.choices, label="Certified")

    def __init__(self, *args: Any, things: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = list(things)
        if len(self.fields["what"].choices) == 1:
            # One job: nothing to choose.
            del self.fields["what"]


OWN_CERTIFIED = (
    (Absence.Certified.SELF, "No, I said so myself"),
    (Absence.Certified.FIT_NOTE, "Yes, a fit note"),
    (Absence.Certified.NONE, "None was needed"),
)


class OwnAbsenceForm(AbsenceForm):
    """The same in the client's words."""

    certified = Choice(OWN_CERTIFIED, label="Is there a note from your doctor?")


class AbsenceEditForm(PageForm):
    """The same days, put right."""

    submit_label = "Save days away"

    first_day = Day(label="First day away", not_future=True)
    last_day = Day(label="Last day away", hint="Leave this empty while it goes on.", required=False)
    pain_related = YesNo(label="Because of pain?")
    certified = Choice(Absence.Certified.choices, label="Certified")
    never = Tick(label="There were no days away: take this back")


class OwnAbsenceEditForm(AbsenceEditForm):
    """The same in the client's words."""

    certified = Choice(OWN_CERTIFIED, label="Is there a note from your doctor?")
    never = Tick(label="I was not away: take this back")
