"""How goals, actions and preparing are said on the screen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from pacework.science.measures.rules import QuestionDue, preparing_length
from pacework.service.cases.models import Client, Episode
from pacework.service.core import clock
from pacework.service.core.codes import codes, document
from pacework.service.core.presenters import ago, count, day, short_day
from pacework.service.plan import permissions
from pacework.service.plan.models import Goal, Obstacle, PlacementAnswer, PlannedAction, PreparationSession

SESSION_COLOURS = {"attended": "green", "pain": "purple", "rearranged": "white", "no_contact": "grey"}
GOAL_COLOURS = {Goal.Kind.WORK: "blue", Goal.Kind.PREPARING: "purple", Goal.Kind.LIFE: "aqua-green"}


# Goals and actions


def due_tag(due_on: date) -> dict[str, str]:
    """A date to come in blue, one gone by in orange. Neither counts anything at anybody."""
    days = (due_on - clock.today()).days
    if days < 0:
        return {"text": f"Was for {short_day(due_on)}", "tag": "orange"}
    return {
        "text": "Today" if days == 0 else f"By {short_day(due_on)}",
        "tag": "yellow" if days == 0 else "blue",
    }


def end_words(planned: PlannedAction) -> str:
    if planned.done_on is not None:
        return f"Done {ago(planned.done_on)}"
    return f"Dropped {ago(planned.dropped_on)}" if planned.dropped_on else ""


PAUSED = {"text": "Paused", "tag": "white"}


def action_item(
    planned: PlannedAction, client: Client, reader: Any, *, open_record: bool, paused: bool = False
) -> dict[str, Any]:
    """One action with what this reader can do about it. ``paused``: nothing of the client's is late now."""
    may = open_record and permissions.can_finish(reader, planned)
    ids = [client.pk, planned.pk]
    return {
        "words": planned.words,
        "why": planned.why,
        "who": str(planned.hcp) if planned.hcp else "",
        "due": PAUSED if paused and planned.owner == PlannedAction.Owner.CLIENT else due_tag(planned.due_on),
        "ended": end_words(planned),
        "open": planned.is_open,
        "done_href": reverse("action-done", args=ids) if may and planned.is_open else "",
        "drop_href": reverse("action-drop", args=ids) if may and planned.is_open else "",
        "move_href": reverse("action-move", args=ids) if may and planned.is_open else "",
        "undo_href": reverse("action-undo", args=ids) if may and not planned.is_open else "",
    }


def owner_groups(
    actions: Iterable[PlannedAction], client: Client, worker: Any
) -> list[tuple[str, list[Any]]]:
    """Open actions by who does them: the client first."""
    rows = list(actions)
    names = {
        PlannedAction.Owner.CLIENT: client.name,
        PlannedAction.Owner.ESW: str(worker) if worker else str(PlannedAction.Owner.ESW.label),
        PlannedAction.Owner.HCP: "Health team",
    }
    groups = [(name, [row for row in rows if row.owner == owner]) for owner, name in names.items()]
    return [(name, found) for name, found in groups if found]


def goal_item(goal: Goal, client: Client, *, may_write: bool) -> dict[str, Any]:
    ids = [client.pk, goal.pk]
    ended = ""
    if goal.reached_on is not None:
        ended = f"Reached {ago(goal.reached_on)}"
    elif goal.dropped_on is not None:
        ended = f"Let go {ago(goal.dropped_on)}" + (f": {goal.dropped_why}" if goal.dropped_why else "")
    return {
        "words": goal.words,
        "kind": goal.get_kind_display(),
        "colour": GOAL_COLOURS.get(Goal.Kind(goal.kind), "grey"),
        "since": f"Since {short_day(goal.set_on)}"
        + (f", for {short_day(goal.target_on)}" if goal.target_on else ""),
        "ended": ended,
        "edit_href": reverse("goal-edit", args=ids) if may_write and not ended else "",
        "end_href": reverse("goal-end", args=ids) if may_write and not ended else "",
        "reopen_href": reverse("goal-reopen", args=ids) if may_write and ended else "",
    }


# Preparing


def length_words(episode: Episode | None) -> str:
    """Preparing for 5 weeks and 2 days; empty while nothing is being prepared."""
    if episode is None or episode.preparing_since is None:
        return ""
    length = preparing_length(episode.preparing_since, episode.closed_on or clock.today())
    weeks, days = length.weeks, length.days % 7
    if not length.days:
        return "Preparing since today"
    parts = [count(weeks, "week")] if weeks else []
    parts += [count(days, "day")] if days else []
    return f"Preparing for {' and '.join(parts)}"


SEARCH_TOO = "Employer search may run beside this at any time. Nothing here has to be finished first."


def obstacle_groups(obstacles: Iterable[Obstacle]) -> list[tuple[str, list[Obstacle]]]:
    """Obstacles under their domain, in the order of the list."""
    rows = list(obstacles)
    domains = codes("plan", "obstacles", "domains")
    groups = [(domains.label(key), [row for row in rows if row.domain == key]) for key in domains]
    return [(label, found) for label, found in groups if found]


def obstacle_item(obstacle: Obstacle, step: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "pk": obstacle.pk,
        "words": obstacle.words,
        "gone": f"Out of the way {ago(obstacle.gone_on)}" if obstacle.gone_on else "",
        "step": step,
    }


def suggestions_for(obstacle: Obstacle) -> list[str]:
    """Steps that the list suggests against this obstacle; none for own words."""
    rows = codes("plan", "obstacles", "obstacles").values()
    return next((list(row["steps"]) for row in rows if row["label"] == obstacle.words), [])


def session_row(session: PreparationSession) -> list[Any]:
    rows = codes("plan", "sessions")
    how = session.get_format_display().capitalize()
    return [
        day(session.on),
        {"text": rows.label(session.template), "sub": how},
        {
            "text": codes("plan", "attendance").label(session.attendance),
            "tag": SESSION_COLOURS.get(session.attendance, "grey"),
        },
        session.what_changed,
        str(session.led_by),
    ]


SESSION_HEAD = ("Date", "Session", "Came", "What changed", "Led by")


def outlines() -> list[dict[str, Any]]:
    """Every session template, as it is held."""
    return [
        {
            "key": key,
            "title": row["title"],
            "aim": row["aim"],
            "minutes": count(row["minutes"], "minute"),
            "outline": row["outline"],
            "asks": row["what_changed"],
            "group": "group" in row["format"],
        }
        for key, row in codes("plan", "sessions").items()
    ]


def question() -> dict[str, str]:
    """The words of the question that is asked every four weeks."""
    found = document("plan", "sessions")["placement_question"]
    return {name: str(found[name]) for name in ("question", "hint", "follow_up")}


def question_state(due: QuestionDue | None) -> dict[str, str] | None:
    if due is None:
        return None
    colour = "orange" if due.late else "yellow" if due.days == 0 else "blue"
    return {"words": due.words[:1].upper() + due.words[1:], "colour": colour}


def answer_items(answers: Iterable[PlacementAnswer]) -> list[dict[str, str]]:
    return [{"when": day(row.asked_on), "words": row.words, "by": str(row.asked_by)} for row in answers]


# The client's own words


def own_step(planned: PlannedAction, *, paused: bool = False) -> dict[str, Any]:
    """A step as its client reads it."""
    days = (planned.due_on - clock.today()).days
    when = "Today" if days == 0 else f"By {day(planned.due_on)}" if days > 0 else "When you can"
    return {
        "words": planned.words,
        "when": "Paused" if paused else when,
        "why": planned.why,
        "done_href": reverse("my-step-done", args=[planned.pk]),
    }


def others_do(actions: Iterable[PlannedAction], worker: Any) -> list[list[str]]:
    """What other people do for the client: who, what, by when."""
    names: dict[str, str] = {PlannedAction.Owner.ESW: str(worker) if worker else "Your support worker"}
    return [
        [str(row.hcp) if row.hcp else names.get(row.owner, "Your health team"), row.words, day(row.due_on)]
        for row in actions
    ]
