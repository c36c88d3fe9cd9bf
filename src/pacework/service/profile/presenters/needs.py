"""Needs in words: where they come from, what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.core.presenters import day, short_day
from pacework.service.plan.models import PlannedAction
from pacework.service.profile.models import Need
from pacework.service.profile.presenters import words
from pacework.service.profile.proposals import Proposal

OWNERS = (
    (PlannedAction.Owner.CLIENT, "Client"),
    (PlannedAction.Owner.ESW, "ESW"),
    (PlannedAction.Owner.HCP, "HCP"),
)
DEFAULT_DAYS = 14


@dataclass(frozen=True, slots=True)
class Row:
    """A need to decide about: one put forward by answers, or one that is named."""

    name: str
    domain: str
    words: str
    source: str
    need: Need | None
    key: str
    action: str
    owner: str
    due_on: date


def row_of(what: Need | Proposal, *, shares: bool) -> Row:
    """A need or a proposal with the action the list suggests for it.

    Without the client's consent to share (``shares``) a step of the health team is the ESW's to ask for.
    """
    listed = codes("profile", "needs", "needs").get(what.key, {})
    owner = listed.get("owner", PlannedAction.Owner.ESW)
    suggested = {
        "action": listed.get("action", ""),
        "owner": PlannedAction.Owner.ESW if owner == PlannedAction.Owner.HCP and not shares else owner,
        "due_on": clock.today() + timedelta(days=listed.get("days", DEFAULT_DAYS)),
    }
    if isinstance(what, Need):
        source = f"Named by {words.author(what.named_by)} on {day(what.named_on)}"
        return Row(f"n_{what.pk}", what.domain, what.words, source, what, what.key, **suggested)
    return Row(f"p_{what.key}", listed["domain"], listed["label"], said(what), None, what.key, **suggested)


def said(proposal: Proposal) -> str:
    """The answers a need was put forward by."""
    return " ".join(
        f"“{pointer.question.label}” {words.answer(pointer.question, pointer.answer)}"
        + ("" if words.answer(pointer.question, pointer.answer).endswith((".", "!", "?")) else ".")
        for pointer in proposal.pointers
    )


def by_domain(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Rows under the names of their areas, in the order of the list."""
    found: dict[str, list[Row]] = {key: [] for key in codes("profile", "needs", "domains")}
    for row in rows:
        found.setdefault(row.domain, []).append(row)
    return [(domain_words(key), group) for key, group in found.items() if group]


def domain_words(key: str) -> str:
    return codes("profile", "needs", "domains").label(key)


def planned_row(need: Need) -> list[Any]:
    """A need that became an action, as a table row."""
    action = need.action
    assert action is not None  # noqa: S101 -- asked for by the query
    if action.done_on is not None:
        state = {"text": "Done", "tag": "green", "sub": short_day(action.done_on)}
    elif action.dropped_on is not None:
        state = {"text": "No longer needed", "tag": "grey"}
    else:
        late = action.due_on < clock.today()
        state = {"text": "Past its day" if late else "To do", "tag": "orange" if late else "blue"}
    return [
        {"text": need.words, "sub": domain_words(need.domain)},
        action.words,
        owner_words(action),
        short_day(action.due_on),
        state,
    ]


def owner_words(action: PlannedAction) -> str:
    return dict(OWNERS).get(PlannedAction.Owner(action.owner), action.owner)


def aside_row(need: Need) -> dict[str, Any]:
    return {
        "pk": need.pk,
        "words": need.words,
        "why": need.set_aside_why,
        "when": day(need.set_aside_on),
    }


def new_choices(named: Iterable[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Needs of the list that are not named yet, under their areas."""
    taken, listed = set(named), codes("profile", "needs", "needs")
    return [
        (
            domain["label"],
            [
                (key, row["label"])
                for key, row in listed.items()
                if row["domain"] == name and key not in taken
            ],
        )
        for name, domain in codes("profile", "needs", "domains").items()
    ]
