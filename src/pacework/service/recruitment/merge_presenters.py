"""Words of the pages about possible duplicates."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from pacework.service.cases.models import Client
from pacework.service.core.presenters import count, day, listed, query, short_day
from pacework.service.recruitment import actions
from pacework.service.recruitment.duplicates import LIKELY
from pacework.service.recruitment.models import Merge, PossibleDuplicate, Referral
from pacework.service.recruitment.presenters import in_a_row, state_tag

LABELS = {
    "first_name": "First name",
    "last_name": "Family name",
    "preferred_name": "Preferred name",
    "pronouns": "Pronouns",
    "birth_date": "Date of birth",
    "nhs_number": "NHS number",
    "phone": "Phone",
    "email": "Email",
    "postcode": "Postcode",
    "contact_notes": "About contacting them",
    "language": "Language",
    "accessible_format": "Format they need",
    "gp_practice": "GP practice",
    "emergency_contact": "Emergency contact",
}
STRICTER = {
    "do_not_contact": "no contact at all",
    "restricted": "restricted record",
    "needs_interpreter": "interpreter needed",
    "safe_to_phone": "not safe to phone",
    "safe_to_leave_message": "not safe to leave a message",
    "safe_to_email": "not safe to email",
    "safe_to_write": "not safe to write",
}


def tabs(request: HttpRequest, wanted: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "href": query(request, show=key, page=None), "current": key == wanted}
        for key, label in (("open", "To decide"), ("decided", "Decided"))
    ]


def likely_tag(pair: PossibleDuplicate) -> dict[str, str]:
    if pair.score == 100:
        return {"text": "Nearly certain", "tag": "red"}
    return (
        {"text": "Likely", "tag": "orange"} if pair.score >= LIKELY else {"text": "Possible", "tag": "grey"}
    )


def pair_line(pair: PossibleDuplicate, *, visible: bool) -> list[Any]:
    """One line of the list."""
    known = pair.other.name if visible else f"A client of {pair.other.team}"
    last: Any = short_day(pair.found_at)
    if pair.decided:
        last = {"text": pair.get_decided_display(), "sub": f"{short_day(pair.decided_on)}, {pair.decided_by}"}
    return [
        {"text": pair.client.name, "href": reverse("duplicate", args=[pair.pk])},
        known,
        in_a_row(pair.reasons),
        likely_tag(pair),
        last,
    ]


def merge_line(merge: Merge, can_undo: bool) -> list[Any]:
    """One line of what was joined lately."""
    undo = reverse("merge-undo", args=[merge.kept_id, merge.pk])
    return [
        {"text": merge.kept.name, "sub": f"with {merge.merged.name}"},
        {"text": short_day(merge.merged_at), "sub": str(merge.merged_by)},
        {"text": "Take back", "href": undo} if can_undo else "Something was recorded since",
    ]


def decided_words(pair: PossibleDuplicate) -> str:
    if not pair.decided:
        return ""
    return f"Decided: {pair.get_decided_display().lower()}, {day(pair.decided_on)}, {pair.decided_by}."


def value_of(client: Client, name: str) -> str:
    value = getattr(client, name)
    return day(value) if name == "birth_date" else str(value or "")


def standing(client: Client) -> str:
    """Where support of this person is, in one phrase."""
    episode = client.episode
    if episode is None:
        return "No support so far"
    if episode.closed_on:
        return f"Support ended {day(episode.closed_on)}"
    return f"Support since {day(episode.referred_on)}"


def referrals_of(client: Client) -> str:
    found = Referral.objects.of(client).with_state()[:3]
    words = [f"{state_tag(one.state)['text']} ({short_day(one.raised_on)})" for one in found]
    return "; ".join(words) or "None"


def compare(pair: PossibleDuplicate, *, other_is_visible: bool) -> dict[str, Any]:
    """Two people side by side; of another team's client only the team and the reason."""
    why = in_a_row(pair.reasons)
    if not other_is_visible:
        text = (
            f"{pair.client.name} resembles a client of {pair.other.team} ({why}). You may not see that "
            "record: look at it together with the lead of that team."
        )
        return {"text": text, "head": [], "rows": []}
    people = (pair.client, pair.other)
    rows: list[list[Any]] = []
    for name, label in LABELS.items():
        values = [value_of(one, name) for one in people]
        if any(values) or name in ("birth_date", "nhs_number"):
            same = values[0] == values[1]
            cells: list[Any] = [label, *(value or "Not known" for value in values)]
            rows.append([*cells, "Same" if same else "Differs" if all(values) else ""])
    rows.append(["Team", *(str(one.team) for one in people), ""])
    rows.append(["Referrals", *(referrals_of(one) for one in people), ""])
    rows.append(["Support", *(standing(one) for one in people), ""])
    return {
        "text": f"{why}.",
        "head": [{"label": "Detail", "hidden": True}, "Came in", "Known before", "Compare"],
        "rows": rows,
    }


def questions(kept: Client, merged: Client) -> list[tuple[str, str, str, str]]:
    """Field, label and both values, where a person has to choose."""
    return [
        (name, LABELS[name], value_of(kept, name), value_of(merged, name))
        for name in actions.differing(kept, merged)
    ]


def preview(kept: Client, merged: Client, *, reader: Any, visible: bool) -> dict[str, Any]:
    """What joining will do, before it is done."""
    if not visible:
        return {"lede": "", "filled": "", "stricter": "", "moves": []}
    filled = [LABELS[name] for name in actions.CHOSEN if not getattr(kept, name) and getattr(merged, name)]
    careful = [STRICTER[name] for name in actions.stricter(kept, merged)]
    moves = [
        count(number, label.removesuffix("s"), label)
        for label, number in actions.what_moves(merged, reader=reader).items()
    ]
    since = day(kept.created_at)
    return {
        "lede": f"The record of {kept.name} from {since} stays. The other one becomes part of it.",
        "filled": f"Taken over, because it was empty: {listed(filled)}." if filled else "",
        "stricter": f"The careful answer holds for both: {listed(careful)}." if careful else "",
        "moves": moves,
    }
