"""The Work section of a person, and the client's own page about their work."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from pacework.service.cases.models import Client, Episode
from pacework.service.contacts.models import Contact
from pacework.service.core.codes import codes
from pacework.service.core.presenters import day, number, short_day
from pacework.service.work.hours import in_words
from pacework.service.work.models import Absence, Adjustment, Application, JobSpell, Placement
from pacework.service.work.presenters import absences as absence_words
from pacework.service.work.presenters import applications as application_words
from pacework.service.work.presenters import jobs as job_words
from pacework.service.work.presenters import placements as placement_words
from pacework.service.work.presenters import working
from pacework.service.work.rows import WorkRows

STEPS_FOR_CLIENT = {
    "idea": "Idea",
    "applied": "I applied",
    "interview": "Interview",
    "offer": "They said yes",
}


def _rows(user: Any, episode: Episode) -> tuple[list[Application], list[Placement], list[JobSpell]]:
    """Everything about the work of one episode, through the door."""
    applications = Application.objects.visible_to(user).filter(episode=episode)
    placements = Placement.objects.visible_to(user).filter(episode=episode)
    jobs = JobSpell.objects.visible_to(user).filter(episode=episode)
    return (
        list(applications.select_related("employer", "episode", "job")),
        list(placements.select_related("employer", "episode").prefetch_related("weeks")),
        list(jobs.select_related("employer").prefetch_related("weeks")),
    )


def page(client: Client, user: Any, *, may_write: bool) -> dict[str, Any]:
    """Applications, placements and jobs of the current or last episode, with what they count for."""
    episode = client.episode
    if episode is None:
        return {"nothing": True, "links": []}
    applications, placements, jobs = _rows(user, episode)
    rows = WorkRows(episode, jobs)
    contacts = Contact.objects.visible_to(user).filter(episode=episode)
    starting = [row for row in applications if row.outcome == "accepted" and not hasattr(row, "job")]
    planned = min((row.starts_on for row in starting if row.starts_on), default=None)
    due = working.contacts_due(client, jobs, contacts, rows.supported_from, planned_start=planned)
    first, _, due_words = working.first_and_other(due)
    here = reverse("work", args=[client.pk])
    key = [client.pk]
    return {
        "may_write": may_write,
        "links": [
            {"label": "Add an application", "href": reverse("application-new", args=key)},
            {"label": "Plan a placement", "href": reverse("placement-new", args=key), "kind": "secondary"},
            {"label": "Record a job", "href": reverse("job-new", args=key), "kind": "secondary"},
        ]
        if may_write
        else [],
        "jobs": [job_words.card(job, rows) for job in jobs],
        "pay_warnings": [warning for job in jobs if (warning := job_words.pay_warning(job))],
        "starting": [application_words.starting(row, may_write=may_write) for row in starting],
        "due": [working.due_row(one, client, may_write=may_write, here=here) for one in first],
        "due_words": due_words,
        "placements": [placement_words.card(row) for row in placements],
        "board": application_words.board(applications, may_write=may_write),
        "open_applications": sum(1 for row in applications if not row.outcome),
        "ended": [application_words.ended(row, may_write=may_write) for row in applications if row.outcome],
        **_away(user, episode, may_write=may_write, own=False),
        "can_be_away": may_write and bool(absence_words.choices(jobs, placements)),
        "counts": _counts(rows) if jobs else [],
        "funded": working.funded(rows) if jobs else None,
        "picture": working.picture(_all_hours(rows), rows.funded) if jobs else [],
    }


def _counts(rows: WorkRows) -> list[dict[str, Any]]:
    return [
        *(
            {
                "key": f"Job start: {job.title}",
                "value": {"text": label, "sub": words},
            }
            for job in reversed(rows.jobs)
            for label, _, words in [working.job_start_words(rows, job)]
        ),
        working.supported_into_work(rows),
        *working.sustained(rows),
        working.time_to_first_job(rows),
    ]


def _all_hours(rows: WorkRows) -> dict[Any, int | None]:
    """Minutes of each week over all jobs; None where one of them is not known."""
    found: dict[Any, int | None] = {}
    for row in rows.weeks:
        before = found.get(row.week, 0)
        unknown = before is None or row.paid_minutes is None
        found[row.week] = None if unknown else (before or 0) + (row.paid_minutes or 0)
    return found


def own_page(client: Client, user: Any, *, may_write: bool) -> dict[str, Any]:
    """The client's own page, in plain words."""
    episode = client.episode
    if episode is None:
        return {"nothing": True}
    applications, placements, jobs = _rows(user, episode)
    adjustments = Adjustment.objects.visible_to(user).filter(episode=episode)
    return {
        "may_write": may_write,
        "jobs": [_own_job(job, may_write=may_write) for job in jobs],
        "placements": [_own_placement(row) for row in placements if not row.ended_on],
        "starting": [
            application_words.starting(row, may_write=False)
            for row in applications
            if row.outcome == "accepted" and not hasattr(row, "job")
        ],
        "tries": [_own_try(row) for row in applications if not row.outcome],
        "before": [
            [row.title, row.where, codes("work", "application_outcomes", "outcomes").label(row.outcome)]
            for row in applications
            if row.outcome and row.outcome != "accepted"
        ],
        **_away(user, episode, may_write=may_write, own=True),
        "can_be_away": may_write and bool(absence_words.choices(jobs, placements)),
        "agreed": [row.words for row in adjustments if row.agreed_on and row.effect != "stopped"],
    }


def _away(user: Any, episode: Episode, *, may_write: bool, own: bool) -> dict[str, Any]:
    """The days away, the last first."""
    rows = Absence.objects.visible_to(user).filter(episode=episode)
    rows = rows.select_related("episode", "job__employer", "placement__employer")
    return {
        "away": [absence_words.table_row(row, own=own, may_write=may_write) for row in rows],
        "away_head": absence_words.OWN_HEAD if own else absence_words.HEAD,
    }


def _own_job(job: JobSpell, *, may_write: bool) -> dict[str, Any]:
    weeks = list(job.weeks.all())[-8:]
    return {
        "title": f"{job.title}, {job.where}",
        "ended": bool(job.ended_on),
        "words": f"{job_words.times(job)}. {job_words.agreed_hours(job)}.",
        "weeks": [[short_day(row.week), in_words(row.paid_minutes)] for row in reversed(weeks)],
        "picture": working.picture({row.week: row.paid_minutes for row in weeks}),
        "hours_href": reverse("my-hours", args=[job.pk]) if may_write else "",
    }


def _own_placement(row: Placement) -> dict[str, Any]:
    if row.started_on:
        words = f"You started on {day(row.started_on)}. It is planned until {day(row.planned_until)}."
    else:
        words = f"Planned from {day(row.planned_from)} to {day(row.planned_until)}."
    return {
        "title": f"{row.title}, {row.employer}",
        "words": f"{words} {number(row.planned_hours)} hours a week once built up.",
        "weeks": [
            [short_day(week.week), in_words(week.planned_minutes), _did(week.done_minutes)]
            for week in row.weeks.all()
        ],
    }


def _did(minutes: int | None) -> str:
    return "" if minutes is None else in_words(minutes)


def _own_try(row: Application) -> dict[str, Any]:
    return {
        "title": f"{row.title}, {row.where}",
        "step": STEPS_FOR_CLIENT[row.step],
        "colour": "grey" if row.step == "idea" else "blue",
        "since": day(getattr(row, f"{row.step}_on")),
        "why": row.match_why,
    }
