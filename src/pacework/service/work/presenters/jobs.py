"""A job on its page and in a list."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from pacework.science.measures import rules
from pacework.service.contacts.models import Contact
from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.core.presenters import day, number, short_day
from pacework.service.work.access import beside
from pacework.service.work.hours import in_words, weeks_between
from pacework.service.work.models import JobSpell
from pacework.service.work.presenters import placements as placement_words
from pacework.service.work.presenters import working
from pacework.service.work.rows import WorkRows, competitive, pay_on, start_pay


def status(job: JobSpell) -> tuple[str, str]:
    """Now, or ended, as a tag."""
    return ("Ended", "grey") if job.ended_on else ("Now", "green")


def times(job: JobSpell) -> str:
    """From when to when."""
    return f"{day(job.started_on)} to {day(job.ended_on)}" if job.ended_on else f"Since {day(job.started_on)}"


def agreed_hours(job: JobSpell) -> str:
    return f"{number(job.weekly_hours)} hours a week" if job.weekly_hours else "No fixed hours"


def pay_rows(job: JobSpell) -> list[dict[str, Any]]:
    """Pay against the legal minimum on the first day, and today while the job goes on."""
    table = rules.wage_table()
    now = f"£{job.hourly_pay:.2f} an hour" if job.hourly_pay is not None else None
    rows: list[dict[str, Any]] = [{"key": "Pay", "value": now}]
    start = start_pay(job)
    source = f"Table {table.version}, {table.source}."
    if start.rate is not None and not start.rate.verified:
        source += " This rate has not been checked against its source."
    rows.append({"key": "Legal minimum at the start", "value": {"text": start.words, "sub": source}})
    if job.ended_on is None and job.hourly_pay is not None:
        today = pay_on(job.born_on, job.hourly_pay, clock.today(), job.apprentice_since)
        if start.rate and today.rate and today.rate.amount != start.rate.amount:
            rows.append({"key": "Legal minimum today", "value": today.words})
    return rows


def pay_warning(job: JobSpell) -> str:
    """Pay that has fallen below the legal minimum while the job goes on."""
    if job.ended_on is not None or job.hourly_pay is None:
        return ""
    today = pay_on(job.born_on, job.hourly_pay, clock.today(), job.apprentice_since)
    if today.lawful is False:
        return f"{today.words} Ask whether the pay went up, and change it here."
    return ""


def facts(job: JobSpell, *, may_write: bool) -> list[dict[str, Any]]:
    """What the job is."""
    rows = [
        {"key": "Employer", "value": _employer(job, may_write=may_write)},
        {"key": "Contract", "value": codes("work", "contract_types").label(job.contract)},
        {"key": "When", "value": times(job)},
        {"key": "Hours agreed", "value": agreed_hours(job)},
        *pay_rows(job),
    ]
    if job.how_found:
        rows.append({"key": "How it was found", "value": codes("work", "how_found").label(job.how_found)})
    if job.disclosed:
        rows.append({"key": "The employer knows", "value": job.get_disclosed_display()})
    return rows


def _employer(job: JobSpell, *, may_write: bool) -> Any:
    if job.employer_id is None or not may_write:
        return job.where
    return {"text": job.where, "href": reverse("employer", args=[job.employer_id])}


def end_facts(job: JobSpell) -> list[dict[str, Any]]:
    """How it ended and what was learned."""
    if job.ended_on is None:
        return []
    rows = [
        {"key": "Last day", "value": day(job.ended_on)},
        {"key": "Why", "value": codes("work", "job_end_reasons").label(job.end_reason)},
    ]
    for label, words in (("In the client’s view", job.end_words), ("Lessons", job.lessons)):
        if words:
            rows.append({"key": label, "value": words})
    return rows


def hours_rows(rows: WorkRows, job: JobSpell) -> list[list[Any]]:
    """Every week of the job that is over or recorded, latest first; gaps are seen."""
    known = {row.week: row for row in job.weeks.all()}
    if not known:
        return []
    found: list[list[Any]] = []
    kinds = codes("work", "evidence_types")
    for week in reversed(weeks_between(min(known), max(known))):
        row = known.get(week)
        if row is None:
            found.append([short_day(week), "no record", "", ""])
            continue
        found.append(
            [
                short_day(week),
                in_words(row.paid_minutes),
                kinds.label(row.evidence),
                {"tag": "purple", "text": "Pain"} if row.lost_to_pain else "",
            ]
        )
    return found


def card(job: JobSpell, rows: WorkRows) -> dict[str, Any]:
    """A job in the list of jobs."""
    label, colour = status(job)
    start, start_colour, _ = working.job_start_words(rows, job)
    recorded = [row for row in job.weeks.all() if row.paid_minutes is not None]
    last = max(recorded, key=lambda row: row.week, default=None)
    return {
        "title": f"{job.title}, {job.where}",
        "href": reverse("job", args=[job.episode.client_id, job.pk]),
        "tag": label,
        "colour": colour,
        "facts": [times(job), agreed_hours(job)],
        "last": f"Week of {short_day(last.week)}: {in_words(last.paid_minutes)}"
        if last
        else "No hours recorded yet.",
        "start": {"text": f"Job start: {start.lower()}", "colour": start_colour},
    }


def links(job: JobSpell) -> list[dict[str, Any]]:
    """What can be done on a job's page, the most frequent first."""
    key = [job.episode.client_id, job.pk]
    found = [
        {"label": "Record hours", "href": reverse("job-hours", args=key)},
        {"label": "Change", "href": reverse("job-edit", args=key), "kind": "secondary"},
    ]
    if job.ended_on is None:
        found.append({"label": "End of the job", "href": reverse("job-end", args=key), "kind": "secondary"})
    else:
        found.append({"label": "Correct the end", "href": reverse("job-end", args=key), "kind": "secondary"})
    return found


def page(job: JobSpell, user: Any, *, may_write: bool) -> dict[str, Any]:
    """Everything the page of one job shows."""
    episode = job.episode
    rows = WorkRows(episode)
    job = next(row for row in rows.jobs if row.pk == job.pk)
    test = competitive(job)
    label, colour, words = working.job_start_words(rows, job)
    contacts = Contact.objects.visible_to(user).filter(episode=episode)
    here = reverse("job", args=[episode.client_id, job.pk])
    due = working.contacts_due(episode.client, [job], contacts, rows.supported_from)
    first, other, due_words = working.first_and_other(due)

    def lines(found: list[rules.ContactDue]) -> list[list[Any]]:
        return [working.due_row(one, episode.client, may_write=may_write, here=here) for one in found]

    adjustments = job.adjustments.select_related("episode")
    return {
        "title": f"{job.title}, {job.where}",
        "job": job,
        "may_write": may_write,
        "status": status(job),
        "links": links(job) if may_write else [],
        "facts": facts(job, may_write=may_write),
        "pay_warning": pay_warning(job),
        "end_facts": end_facts(job),
        "competitive": {
            "answer": {True: "Yes", False: "No", None: "Not known yet"}[test.result],
            "reasons": test.reasons,
        },
        "job_start": {"tag": label, "colour": colour, "words": words},
        "hours": hours_rows(rows, job),
        "picture": working.picture({row.week: row.paid_minutes for row in job.weeks.all()}, rows.funded),
        "due": lines(first),
        "due_words": due_words,
        "due_other": lines(other),
        "adjustments": [placement_words.adjustment_row(row, may_write=may_write) for row in adjustments],
        "more_links": beside(job, user),
        "adjustment_href": reverse("job-adjustment-new", args=[episode.client_id, job.pk])
        if may_write and job.ended_on is None
        else "",
        "goes_on_href": reverse("job-goes-on", args=[episode.client_id, job.pk])
        if may_write and job.ended_on is not None
        else "",
        "four_hours_href": reverse("job-four-hours", args=[episode.client_id, job.pk])
        if may_write and not job.held_at_entry
        else "",
    }
