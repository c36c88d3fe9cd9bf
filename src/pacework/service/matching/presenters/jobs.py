"""A job that was looked at, in a line; and where a job or placement of the client leads from."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from pacework.service.cases.permissions import level_once_visible
from pacework.service.core.presenters import DAY_KEYS, days_words, number
from pacework.service.employers.policies import hours_of
from pacework.service.matching import permissions
from pacework.service.matching.models import JobCheck, PassportLine
from pacework.service.matching.places import place
from pacework.service.work.models import JobSpell, Placement


def hours_line(check: JobCheck) -> str:
    """Monday, Wednesday and Friday, 12 paid hours a week."""
    days = sorted({DAY_KEYS.index(shift["day"]) for shift in check.shifts})
    return f"{days_words(days)}, {number(hours_of(check.shifts, check.break_minutes))} paid hours a week"


def beside_adjustments(thing: JobSpell | Placement, user: Any) -> list[dict[str, str]]:
    """From a job or placement: what was kept of it for the talk, and the question whether it would hold."""
    client = thing.episode.client
    if not permissions.may_forecast(user, client):
        return []
    key = "spell" if isinstance(thing, JobSpell) else "placement"
    lines = PassportLine.objects.visible_to(user).filter(job__client=client, adjustment=None)
    kept: dict[int, list[str]] = {}
    for pk, words in lines.filter(**{f"job__{key}": thing.pk}).values_list("job", "words"):
        kept.setdefault(pk, []).append(words)
    links = [
        {
            "label": "Kept for the talk with the employer",
            "href": place(user, client, "would-hold-job", pk),
            "sub": "; ".join(words),
        }
        for pk, words in kept.items()
    ]
    if thing.ended_on is None and level_once_visible(user, client) == "write":
        href = f"{place(user, client, 'would-hold-new')}?{urlencode({key: thing.pk})}"
        links.append({"label": "Would this job hold?", "href": href, "sub": ""})
    return links
