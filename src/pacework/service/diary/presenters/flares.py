"""How flares and the flare plan are said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from pacework.service.contacts.models import Appointment
from pacework.service.core.presenters import DAYS, count, day, listed, short_day, time_of
from pacework.service.diary.models import Flare, FlarePlan
from pacework.service.diary.policies import WORKER
from pacework.service.diary.presenters.today import since_words

PARTS = {
    "early_signs": ("My early signs", "How I notice that a flare is coming."),
    "what_helps": ("What helps me", "Rest, heat, moving a little, medicine, people."),
    "whom_to_tell": ("Who I tell", "And what I want them to know."),
    "appointments": ("My appointments", "Keep them, do them by phone, or move them."),
    "work": ("My work", "What I do about shifts, and what I say."),
}
STAFF_PARTS = {
    "early_signs": "Early signs",
    "what_helps": "What helps",
    "whom_to_tell": "Whom to tell",
    "appointments": "Appointments",
    "work": "Work",
}


def plan_parts(plan: FlarePlan | None, *, own: bool) -> list[dict[str, str]]:
    """The parts of the plan that have words in them."""
    if plan is None:
        return []
    names = {key: title for key, (title, _) in PARTS.items()} if own else STAFF_PARTS
    return [{"key": title, "value": getattr(plan, key)} for key, title in names.items() if getattr(plan, key)]


def flare_line(flare: Flare) -> str:
    """Mon 3 March to Thu 6 March 2025 (4 days)."""
    if flare.ended_on is None:
        return f"{day(flare.started_on)}, still going on"
    days = (flare.ended_on - flare.started_on).days + 1
    if days == 1:
        return f"{day(flare.started_on)} (1 day)"
    return f"{day(flare.started_on)} to {day(flare.ended_on)} ({count(days, 'day')})"


def who_sees(flare: Flare, shown_to: Sequence[str]) -> str:
    """Who can see one flare; ``shown_to``: those who see the whole diary."""
    told = "Your support worker can see it." if flare.told else ""
    return f"{told} {_through_diary(flare, shown_to)}".strip() or "Only you can see it."


def _through_diary(flare: Flare, shown_to: Sequence[str]) -> str:
    readers = listed(one for one in shown_to if not (flare.told and one == WORKER))
    return readers and f"{readers[0].upper()}{readers[1:]} can see it, because you show them your diary."


def flare_row(flare: Flare, shown_to: Sequence[str]) -> dict[str, Any]:
    """One flare in the client's own list."""
    return {
        "words": flare_line(flare),
        "note": flare.note,
        "seen": who_sees(flare, shown_to),
        "href": reverse("my-flare-edit", args=[flare.pk]),
    }


def now_words(flare: Flare) -> str:
    """In a flare since Monday."""
    return f"In a flare {since_words(flare.started_on)}"


def over_words(flare: Flare) -> str:
    """Was in a flare, Mon 3 Mar to Thu 6 Mar. Over now."""
    days = [flare.started_on, flare.ended_on]
    words = " to ".join(dict.fromkeys(_weekday(one) for one in days if one))
    return f"Was in a flare, {words}. Over now."


def _weekday(on: date) -> str:
    """Mon 3 Mar."""
    return f"{DAYS[on.weekday()][:3]} {short_day(on)}"


def ended_words(flare: Flare, asked: Iterable[Appointment]) -> str:
    """What the end of a flare did for this person; ``asked``: appointments they still ask to move."""
    said = ["Your flare is over."]
    if flare.days_off_ended:
        said.append("Your days off work end today.")
    if flare.steps_moved:
        said.append("Steps for those days have a later date now.")
    days = listed(_weekday(row.on) for row in asked)
    if days:
        said.append(f"You asked to move {days}. That still stands.")
    return " ".join(said)


def shown_flare(
    flare: Flare, *, away: int, may_be_away: bool, may_tell: bool, shown_to: Sequence[str]
) -> dict[str, Any]:
    """The flare that is going on, with what it did, and what of it the worker can see."""
    did = []
    if flare.pause_id is not None:
        did.append("Your steps are paused. Nothing is late while you are in a flare.")
    if away:
        did.append("You are marked as off work because of pain. Tell your employer the way you agreed.")
    did.append(_known(flare, away=away, shown_to=shown_to))
    return {
        "since": day(flare.started_on),
        "did": did,
        "told": flare.told,
        "may_tell": may_tell,
        "tell_label": _tell_label(flare, shown_to),
        "add_away": reverse("my-absence-new") if may_be_away and not away else "",
        "edit": reverse("my-flare-edit", args=[flare.pk]),
    }


def _tell_label(flare: Flare, shown_to: Sequence[str]) -> str:
    if not flare.told:
        return "Tell my support worker"
    # Who sees the diary goes on seeing the flare in it.
    return "I did not want to tell them" if WORKER in shown_to else "Stop showing it to my support worker"


def _known(flare: Flare, *, away: int, shown_to: Sequence[str]) -> str:
    through_diary = _through_diary(flare, shown_to)
    if flare.told:
        return f"Your support worker sees this flare when they next sign in. {through_diary}".strip()
    said = ["We did not tell your support worker about this flare."]
    if through_diary:
        said.append(through_diary)
    seen = ["your steps are paused"] if flare.pause_id is not None else []
    seen += ["you are off work"] if away else []
    if seen:
        said.append(f"People who can open your record see that {listed(seen)}.")
    return " ".join(said)


def to_move(appointments: Iterable[Appointment]) -> list[dict[str, Any]]:
    """Appointments of the next days, each with a button to ask for another day."""
    return [
        {
            "words": day(row.on) + (f" at {time_of(row.at)}" if row.at else ""),
            "asked": hasattr(row, "move_request"),
            "href": reverse("my-flare-move", args=[row.pk]),
        }
        for row in appointments
    ]
