"""A placement on its page and in a list; adjustments."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.core.presenters import day, number, short_day
from pacework.service.work.access import beside
from pacework.service.work.hours import in_words, weeks_between
from pacework.service.work.models import Adjustment, Placement
from pacework.service.work.policies import effects


def status(placement: Placement) -> tuple[str, str]:
    """Planned, under way, ended."""
    if placement.ended_on:
        return ("Ended", "grey") if placement.started_on else ("Did not come about", "grey")
    return ("Under way", "green") if placement.started_on else ("Planned", "blue")


def times(placement: Placement) -> str:
    first = placement.started_on or placement.planned_from
    last = placement.ended_on or placement.planned_until
    return f"{day(first)} to {day(last)}"


def picture(placement: Placement) -> list[dict[str, Any]]:
    """Planned and done for each week."""
    return [
        {
            "label": short_day(row.week),
            "planned": row.planned_minutes,
            "minutes": row.done_minutes or 0,
            "known": row.done_minutes is not None,
        }
        for row in placement.weeks.all()
    ]


def week_rows(placement: Placement, *, may_write: bool) -> list[list[Any]]:
    """Planned and done as a table; while it goes on past its plan, the last four weeks are offered too."""
    known = {row.week: row for row in placement.weeks.all()}
    last = placement.ended_on or max(placement.planned_until, clock.today())
    if placement.started_on is None or placement.ended_on is not None:
        last = placement.ended_on or placement.planned_until
    first = min(placement.planned_from, placement.started_on or placement.planned_from)
    planned_end = min(last, max(placement.planned_until, first))
    weeks = sorted({*known, *weeks_between(first, planned_end), *weeks_between(planned_end, last)[-4:]})
    found = []
    for week in weeks:
        row = known.get(week)
        cells: list[Any] = [
            short_day(week),
            in_words(row.planned_minutes) if row else "–",
            in_words(row.done_minutes) if row and row.done_minutes is not None else "",
            {"tag": "purple", "text": "Pain"} if row and row.lost_to_pain else "",
            row.note if row else "",
        ]
        if may_write:
            over = week <= clock.today() and placement.started_on is not None
            inside = first <= last and clock.monday(first) <= week <= last
            href = reverse(
                "placement-week", args=[placement.episode.client_id, placement.pk, week.isoformat()]
            )
            label = "Record" if over else "Change plan"
            cells.append({"text": label, "href": href} if inside else "")
        found.append(cells)
    return found


def card(placement: Placement) -> dict[str, Any]:
    """A placement in the list."""
    label, colour = status(placement)
    return {
        "title": f"{placement.title}, {placement.employer}",
        "href": reverse("placement", args=[placement.episode.client_id, placement.pk]),
        "tag": label,
        "colour": colour,
        "facts": [
            times(placement),
            f"{placement.get_kind_display()}, {number(placement.planned_hours)} hours a week",
        ],
        "picture": picture(placement) if not placement.ended_on else [],
        "name": f"{placement.title}, {placement.employer}",
    }


def links(placement: Placement) -> list[dict[str, Any]]:
    """What can be done with a placement now."""
    if placement.ended_on is not None:
        return []
    key = [placement.episode.client_id, placement.pk]
    if placement.started_on is None:
        return [
            {"label": "It has started", "href": reverse("placement-start", args=key)},
            {"label": "Change the plan", "href": reverse("placement-change", args=key), "kind": "secondary"},
            {
                "label": "It will not come about",
                "href": reverse("placement-end", args=key),
                "kind": "secondary",
            },
        ]
    return [{"label": "End placement", "href": reverse("placement-end", args=key), "kind": "secondary"}]


def facts(placement: Placement, *, may_write: bool) -> list[dict[str, Any]]:
    """What the placement is, and why it ended."""
    employer: Any = str(placement.employer)
    if may_write:
        employer = {"text": employer, "href": reverse("employer", args=[placement.employer_id])}
    rows = [
        {"key": "Employer", "value": employer},
        {"key": "Where", "value": str(placement.site) if placement.site else None},
        {"key": "Named manager", "value": str(placement.named_manager) if placement.named_manager else None},
        {"key": "Kind", "value": placement.get_kind_display()},
        {"key": "When", "value": times(placement)},
        {"key": "Hours once built up", "value": f"{number(placement.planned_hours)} a week"},
    ]
    if placement.ended_on:
        rows.append(
            {
                "key": "Why it ended",
                "value": {
                    "text": codes("work", "placement_end_reasons").label(placement.end_reason),
                    "sub": placement.end_words,
                },
            }
        )
    return rows


def adjustment_row(row: Adjustment, *, may_write: bool) -> list[Any]:
    """What was proposed or agreed, whether it helps, and when to look again."""
    label = codes("work", "adjustments", "adjustments").label(row.kind)
    effect: Any = ""
    if row.agreed_on is None:
        put = f"Proposed {short_day(row.proposed_on)}"
        agree: Any = ""
        if may_write:
            href = reverse("adjustment-agree", args=[row.episode.client_id, row.pk])
            agree = {"text": "Record that it was agreed", "href": href}
        return [{"text": label, "sub": row.words}, {"text": put, "tag": "yellow"}, "", agree]
    if row.effect:
        effect = {"text": effects().get(row.effect, row.effect), "sub": f"on {short_day(row.effect_on)}"}
    again: Any = short_day(row.review_on)
    if may_write:
        href = reverse("adjustment-review", args=[row.episode.client_id, row.pk])
        again = {"text": f"Look again {again}" if again else "Look again", "href": href}
    return [{"text": label, "sub": row.words}, short_day(row.agreed_on), effect, again]


def page(placement: Placement, user: Any, *, may_write: bool) -> dict[str, Any]:
    """Everything the page of one placement shows."""
    done = [row for row in placement.weeks.all() if row.done_minutes is not None]
    planned = sum(row.planned_minutes for row in done)
    did = sum(row.done_minutes or 0 for row in done)
    so_far = f"{in_words(did)} done of {in_words(planned)} planned for these weeks." if done else ""
    client_id = placement.episode.client_id
    going_on = placement.ended_on is None
    return {
        "title": f"{placement.title}, {placement.employer}",
        "status": status(placement),
        "may_write": may_write,
        "links": links(placement) if may_write else [],
        "facts": facts(placement, may_write=may_write),
        "picture": picture(placement),
        "so_far": so_far,
        "overdue": f"It was planned until {day(placement.planned_until)}. End it, or record more weeks."
        if placement.started_on and going_on and placement.planned_until < clock.today()
        else "",
        "weeks": week_rows(placement, may_write=may_write),
        "adjustments": [
            adjustment_row(row, may_write=may_write)
            for row in placement.adjustments.select_related("episode")
        ],
        "more_links": beside(placement, user),
        "adjustment_href": reverse("placement-adjustment-new", args=[client_id, placement.pk])
        if may_write and going_on
        else "",
        "job_href": reverse("job-new", args=[client_id]) + f"?placement={placement.pk}" if may_write else "",
        "became_job": placement.end_reason == "became_job",
    }
