"""What a client types into their diary. Only pain has to be there; everything else may stay empty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from pacework.service.core.forms import Choice, Day, LongText, Number, PageForm, Scale, Text, Tick, YesNo
from pacework.service.diary.models import DETAILS
from pacework.service.diary.policies import EARLIEST, LONGEST_NOTE, WORKER
from pacework.service.diary.presenters import PARTS


class RatingForm(PageForm):
    """One tap."""

    pain = Scale(label="How is your pain?", missing="Choose a number from 0 to 10.")


PAST_LABELS = {"pain": "How was your pain?", "fatigue": "How tired were you?", "mood": "How was your mood?"}


class EntryForm(PageForm):
    """One day, as much of it as the person likes."""

    submit_label = "Save"

    pain = Scale(
        label="How is your pain?",
        low="No pain",
        high="Worst pain",
        missing="Choose a number for your pain, from 0 to 10.",
    )
    fatigue = Scale(label="How tired are you?", low="Not tired", high="Very tired", required=False)
    sleep = Scale(label="How did you sleep?", low="Very badly", high="Very well", required=False)
    mood = Scale(label="How is your mood?", low="Very low", high="Very good", required=False)
    hours = Number(
        label="How many hours could you have worked?",
        hint="Your best guess. 0 is fine, and so is half an hour.",
        min=0,
        max=24,
        step=0.5,
        suffix="hours",
        required=False,
    )
    note = LongText(
        label="A note for yourself",
        hint="Only you can see your notes. Nobody else reads them.",
        rows=3,
        max_length=LONGEST_NOTE,
        required=False,
    )

    def __init__(self, *args: Any, past: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if past:
            for name, label in PAST_LABELS.items():
                self.fields[name].label = label

    def details(self) -> dict[str, Any]:
        """Everything beside pain: what was left empty is taken away."""
        return {name: self.cleaned_data[name] for name in DETAILS}


class GoToDayForm(PageForm):
    """Any day, by its date."""

    submit_label = "Open this day"

    day = Day(label="Another day", not_future=True, earliest=EARLIEST)


class DeleteForm(PageForm):
    """Some days or everything; what will happen is said before, and a tick says that it is meant."""

    submit_label = "Delete"

    what = Choice(
        [("days", "Some days of my diary"), ("all", "Everything: all days, all flares, my flare plan")],
        label="What do you want to delete?",
        reveals={"days": ["first", "last"]},
    )
    first = Day(label="From", not_future=True, earliest=EARLIEST)
    last = Day(label="To", not_future=True, earliest=EARLIEST)
    sure = Tick(label="Yes, delete it. It cannot be brought back.", required=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("first"), data.get("last")
        if data.get("what") == "days" and first and last and last < first:
            raise ValidationError({"last": "The last day is before the first. Check both."})
        return data


TELL_HINT = "You show them your diary, so they can see it there anyway."


class StartFlareForm(PageForm):
    """What begins with a flare. Everything is answered already: one tap is enough."""

    submit_label = "Start my flare"

    off_work = Tick(
        label="I cannot go to work",
        hint="We mark you as off work because of pain. People who can open your record see that.",
    )
    tell = YesNo(
        label="Tell my support worker?",
        hint="They see it when they next sign in. If you say no, they see only that your steps are paused.",
        yes="Yes, tell them",
        no="No, keep it to myself",
    )

    def __init__(
        self,
        *args: Any,
        has_work: bool = False,
        has_worker: bool = True,
        shown_to: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not has_work:
            del self.fields["off_work"]
        if not has_worker:
            del self.fields["tell"]
        elif shown_to:
            # Whoever sees the diary sees the flare in it: nothing is kept to oneself then.
            tell = self.fields["tell"]
            tell.choices = (("yes", "Yes, tell them"), ("no", "No"))
            tell.hint = TELL_HINT if WORKER in shown_to else "They see it when they next sign in."


class FlareForm(PageForm):
    """A flare put right afterwards; an open one may stay open."""

    started_on = Day(label="First day", missing="Choose the first day.", not_future=True, earliest=EARLIEST)
    ended_on = Day(
        label="Last day", missing="Choose the last day.", not_future=True, earliest=EARLIEST, required=False
    )
    note = Text(
        label="A note",
        hint="What came before, what helped. Only you can see it.",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, open_flare: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        end = self.fields["ended_on"]
        end.required = not open_flare
        if open_flare:
            end.hint = "Leave this empty while it goes on."


class PastFlareForm(FlareForm):
    """A flare that is over."""

    tell = Tick(label="Tell my support worker about it")

    def __init__(self, *args: Any, shown_to: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if WORKER in shown_to:
            self.fields["tell"].hint = TELL_HINT


class DeleteFlareForm(PageForm):
    submit_label = "Delete this flare"


def _part(name: str) -> LongText:
    label, hint = PARTS[name]
    return LongText(label=label, hint=hint, rows=3, max_length=2000, required=False)


class FlarePlanForm(PageForm):
    """The plan, part by part, in the client's own words."""

    submit_label = "Save my plan"

    early_signs = _part("early_signs")
    what_helps = _part("what_helps")
    whom_to_tell = _part("whom_to_tell")
    appointments = _part("appointments")
    work = _part("work")
