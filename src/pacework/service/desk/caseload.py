"""Everybody on a caseload, with what a worker needs at a glance: stage, last and next contact, flags."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Concat
from django.urls import reverse

from pacework.science.measures.stages import Stage
from pacework.service.cases.models import Assignment, Episode
from pacework.service.cases.presenters import STAGE_COLOURS, limit_words, stage_words
from pacework.service.cases.presenters.person import days_waited
from pacework.service.contacts import due
from pacework.service.core.presenters import ago, count, short_day
from pacework.service.diary import due as diary_due
from pacework.service.people.models import Role
from pacework.service.work.models import JobSpell
from pacework.service.work.rows import WorkRows

COLUMNS = (Stage.ACCEPTED, Stage.ENGAGED, Stage.PREPARING, Stage.JOB_SEARCH, Stage.IN_WORK)
QUIET_DAYS = 28


@dataclass
class Line:
    """One client on the caseload, in words."""

    client_id: int
    name: str
    pronouns: str
    stage: str
    esw: str
    last_contact_on: date | None
    next_on: date | None
    next_at: time | None
    accepted_on: date | None
    flags: list[str] = field(default_factory=list)

    @property
    def href(self) -> str:
        return reverse("person", args=[self.client_id])

    @property
    def stage_words(self) -> str:
        return stage_words(self.stage)

    @property
    def stage_colour(self) -> str:
        return STAGE_COLOURS[self.stage]

    @property
    def last_contact(self) -> str:
        return ago(self.last_contact_on) if self.last_contact_on else "No contact yet"

    @property
    def next_contact(self) -> str:
        if self.next_on is None:
            return "Nothing planned"
        return short_day(self.next_on) + (f", {self.next_at:%H:%M}" if self.next_at else "")


def episodes_on_caseload(user: Any, *, esw: int | None = None) -> Any:
    """Open episodes on a caseload: an ESW's own and covered ones, a lead's whole team or one ESW of it."""
    found = Episode.objects.visible_to(user).filter(closed_on__isnull=True)
    if user.role == Role.ESW:
        found = found.carried_by(user)
    named = Assignment.objects.accepted().filter(episode=OuterRef("pk"))
    found = found.annotate(esw_id=Subquery(named.values("esw")[:1])).filter(esw_id__isnull=False)
    return found if esw is None else found.filter(esw_id=esw)


def with_contacts(episodes: Any) -> Any:
    """Adds stage, the ESW's name, the last contact that happened and the next one planned."""
    named = (
        Assignment.objects.accepted()
        .filter(episode=OuterRef("pk"))
        .annotate(name=Concat(F("esw__first_name"), Value(" "), F("esw__last_name")))
    )
    return (
        due.with_contact_days(episodes.with_stage())
        .select_related("client", "programme")
        .annotate(esw_name=Subquery(named.values("name")[:1]))
    )


def lines(episodes: Iterable[Any], reader: Any) -> list[Line]:
    """Episodes (from ``with_contacts``) as lines; the weeks in work are read in two queries for all."""
    rows = list(episodes)
    flaring = diary_due.in_flare(reader, [row.client_id for row in rows])
    weeks = _weeks_words([row for row in rows if row.stage == Stage.IN_WORK])
    return [
        Line(
            client_id=row.client_id,
            name=row.client.name,
            pronouns=row.client.pronouns,
            stage=row.stage,
            esw=row.esw_name or "",
            last_contact_on=row.last_contact_on,
            next_on=row.next_appointment_on,
            next_at=row.next_appointment_at,
            accepted_on=row.accepted_on,
            flags=_flags(row, weeks.get(row.pk, ""), in_flare=row.client_id in flaring),
        )
        for row in rows
    ]


def _flags(row: Any, weeks: str, *, in_flare: bool) -> list[str]:
    found = ["In a flare"] if in_flare else []
    if row.client.do_not_contact:
        found.append("Do not contact")
    if weeks:
        found.append(weeks)
    quiet = days_waited(row.last_contact_on or row.accepted_on or row.referred_on)
    if quiet > QUIET_DAYS and row.next_appointment_on is None:
        found.append(f"No contact for {count(quiet // 7, 'week')}")
    if row.stage == Stage.PREPARING:
        found.append(f"Preparing for {count(max(1, days_waited(row.preparing_since) // 7), 'week')}")
    limit = limit_words(row)
    if limit:
        found.append(limit.split(".")[0])
    return found


def _weeks_words(episodes: list[Any]) -> dict[int, str]:
    """For people in work: how far the 13 of 16 weeks are, from all their jobs at once."""
    by_episode: dict[int, list[JobSpell]] = {row.pk: [] for row in episodes}
    for job in JobSpell.objects.filter(episode__in=by_episode).prefetch_related("weeks"):
        by_episode[job.episode_id].append(job)
    found = {}
    for row in episodes:
        funded = WorkRows(row, by_episode[row.pk]).funded
        words = "13 of 16 weeks reached" if funded.reached_on else funded.progress.words
        found[row.pk] = words[:1].upper() + words[1:]
    return found


def board(found: list[Line]) -> list[dict[str, Any]]:
    """The lines as columns by stage, in the order support usually goes."""
    return [
        {
            "stage": stage.value,
            "label": stage.label,
            "colour": STAGE_COLOURS[stage],
            "lines": [line for line in found if line.stage == stage],
        }
        for stage in COLUMNS
    ]
