"""What hours and jobs count for, with the working: the answers of science put into words and order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from pacework.science.measures import rules
from pacework.service.cases.models import Client
from pacework.service.contacts.models import Contact
from pacework.service.core import clock
from pacework.service.core.presenters import count, day, short_day, with_query
from pacework.service.work.hours import WEEK, in_words
from pacework.service.work.models import JobSpell
from pacework.service.work.rows import MISSING, WorkRows, competitive
from pacework.service.work.rows import contact as contact_row

ON_A_PICTURE = 26

VERDICTS = {
    rules.Verdict.QUALIFIES: ("Qualifies", "green"),
    rules.Verdict.TOO_FEW_HOURS: ("Too few hours", "grey"),
    rules.Verdict.NOT_KNOWN: ("Not known", "yellow"),
    rules.Verdict.OUTSIDE_SUPPORT: ("Outside support", "grey"),
    rules.Verdict.NOT_FINISHED: ("Not over yet", "grey"),
}
STATES = {
    rules.DueState.DONE: ("Done", "green"),
    rules.DueState.LATE: ("Late", "red"),
    rules.DueState.UPCOMING: ("To come", "blue"),
    rules.DueState.MISSED: ("Missed", "grey"),
}


def job_start_words(rows: WorkRows, job: JobSpell) -> tuple[str, str, str]:
    """Whether this job's start counts: a tag, its colour, and why in one or two sentences."""
    if job.held_at_entry:
        return "Held at entry", "grey", "The client had this job when support began: never a job start."
    test = competitive(job).result
    if job.four_hours_on is None:
        return "Not yet", "grey", rows.job_start(job).words
    done = f"4 hours of paid work were done by {day(job.four_hours_on)}."
    if job.four_hours_typed:
        done = f"4 hours of paid work were done on {day(job.four_hours_on)}, as typed."
    if test is False:
        return "Does not count", "grey", f"{done} The job is not competitive work."
    if test is None:
        return "Open", "yellow", f"{done} It is not known yet whether the job is competitive work."
    return "Counts", "green", f"{done} It counts in {rules.quarter_of(job.started_on).label}."


def supported_into_work(rows: WorkRows) -> dict[str, Any]:
    """Once for each person: their first job start."""
    if rows.counted:
        first = rows.counted[0]
        answer = f"Yes, on {day(first.started_on)}"
        more = len(rows.counted) - 1
        words = "The first job start of this episode" + (
            f"; {count(more, 'more job start')} since." if more else "."
        )
    else:
        answer, words = "Not yet", "It takes a competitive job with 4 hours of paid work, not held at entry."
    return {"key": "Supported into work", "value": {"text": answer, "sub": words}}


def time_to_first_job(rows: WorkRows) -> dict[str, Any]:
    """From the start of the profile to the first job start; people still looking are shown as waiting."""
    episode = rows.episode
    entrant = rules.Entrant(
        id=episode.pk,
        person=episode.client_id,
        accepted_on=episode.accepted_on,
        profile_started_on=episode.profile_started_on,
        in_work_at_entry=episode.employed_at_entry,
        closed_on=episode.closed_on,
    )
    found = rules.time_to_first_job([entrant], rows.spells, clock.today())
    if found:
        row = found[0]
        answer = count(row.days, "day") if row.observed else f"{count(row.days, 'day')} so far"
        words = f"Since the profile was started on {day(row.entered_on)}."
    elif episode.employed_at_entry:
        answer, words = "Not counted", "The client was in work at entry."
    else:
        answer, words = (
            "Not known",
            "It is counted from the start of the vocational profile, which has no date yet.",
        )
    return {"key": "Time to first job", "value": {"text": answer, "sub": words}}


def sustained(rows: WorkRows) -> list[dict[str, Any]]:
    """Weeks with paid work since support began, and whether it lasted."""
    outcome = rows.sustained
    answer = {True: "Yes", False: "No", None: "Not yet"}[outcome.met]
    return [
        {"key": "Weeks worked", "value": count(rows.weeks_worked, "week")},
        {"key": "Work sustained for 13 weeks", "value": {"text": answer, "sub": outcome.words}},
    ]


def funded(rows: WorkRows) -> dict[str, Any]:
    """The 13-of-16 outcome: how far, the steps of its working, and every week with its verdict."""
    found = rows.funded_with_gaps
    reached = found.reached_on is not None
    missing = sum(1 for week in found.weeks if set(week.rows) == {MISSING})
    progress = found.progress
    hint = ""
    if not reached and found.possible_on is None and progress.earliest_on is not None and rows.weeks:
        spare = count(progress.can_miss or 0, "week")
        hint = f"Earliest on {day(progress.earliest_on)}; {spare} may still be missed."
    return {
        "title": f"{found.rule.weeks_needed} of {found.rule.window_weeks} weeks with "
        f"{found.rule.minutes // 60} hours or more",
        "answer": f"Reached on {day(found.reached_on)}" if reached else progress.words.capitalize(),
        "reached": reached,
        "count": progress.count,
        "needed": progress.needed,
        "hint": hint,
        "open": next((step.words for step in found.steps if step.code == "open"), ""),
        "missing": f"{count(missing, 'week')} of work {'has' if missing == 1 else 'have'} no record."
        if missing
        else "",
        "marker": f"Reached on {day(found.second_reached_on)}" if found.second_reached_on else "Not reached",
        "marker_title": f"{found.rule.second_minutes // 60}-hour marker",
        "steps": [step.words for step in found.steps],
        "source": found.rule.source,
        "version": found.rule.version,
        "verified": found.rule.verified,
        "weeks": weeks_with_gaps(found),
    }


def weeks_with_gaps(found: rules.FundedOutcome) -> list[dict[str, Any]]:
    """Every week from the first recorded one on; a week without a record is a gap one can see."""
    judged = {week.week: week for week in found.weeks}
    if not judged:
        return []
    counted, second = set(found.counted), set(found.second_counted)
    rows = []
    week = min(judged)
    while week <= max(judged):
        one = judged.get(week)
        missing = one is None or set(one.rows) == {MISSING}
        if one is None or missing:
            cells = [{"tag": "grey", "text": "No record"}, "Nothing is recorded for this week."]
        else:
            label, colour = VERDICTS[one.verdict]
            cells = [{"tag": colour, "text": label}, one.words]
        marks = [text for text, weeks in (("counted", counted), ("16 h", second)) if week in weeks]
        rows.append(
            {
                "cells": [
                    short_day(week),
                    _hours_of(one) if one and not missing else "–",
                    cells[0],
                    ", ".join(marks).capitalize(),
                    cells[1],
                ],
                "mark": False,
            }
        )
        week += WEEK
    return rows


def _hours_of(one: rules.JudgedWeek) -> str:
    if one.verdict is rules.Verdict.NOT_KNOWN and not one.paid_minutes:
        return "not known"
    return in_words(one.paid_minutes)


def picture(
    job_weeks: dict[date, int | None], found: rules.FundedOutcome | None = None
) -> list[dict[str, Any]]:
    """Bars of the last weeks: minutes, whether they are known, and whether they count for the outcome."""
    if not job_weeks:
        return []
    last = max(job_weeks)
    first = max(min(job_weeks), last - (ON_A_PICTURE - 1) * WEEK)
    counted = set(found.counted) if found else set()
    bars, week = [], first
    while week <= last:
        minutes = job_weeks.get(week)
        bars.append(
            {
                "label": short_day(week),
                "minutes": minutes or 0,
                "known": minutes is not None,
                "counted": week in counted,
            }
        )
        week += WEEK
    return bars


def contacts_due(
    client: Client,
    jobs: Iterable[JobSpell],
    contacts: Iterable[Contact],
    supported_from: date,
    *,
    planned_start: date | None = None,
) -> list[tuple[rules.ContactDue, JobSpell | None]]:
    """The in-work contacts of these jobs, or before a planned start; by the day they are due."""
    held = [contact_row(row) for row in contacts]
    today = clock.today()
    found: list[tuple[rules.ContactDue, JobSpell | None]] = []
    for job in jobs:
        found += [
            (due, job)
            for due in rules.in_work_contacts_due(
                job.started_on,
                job.ended_on,
                None,
                held,
                today,
                heard_of_end_on=job.heard_of_end_on,
                supported_from=supported_from,
            )
        ]
    if planned_start is not None:
        found += [
            (due, None)
            for due in rules.in_work_contacts_due(
                None, None, planned_start, held, today, supported_from=supported_from
            )
        ]
    return sorted(found, key=lambda pair: pair[0].due_on)


def due_row(due: rules.ContactDue, client: Client, *, may_write: bool, here: str) -> list[Any]:
    """One due contact as a line of a table."""
    label, colour = STATES[due.state]
    when = day(due.done_on) if due.done_on else f"{short_day(due.from_day)} to {short_day(due.due_on)}"
    open_now = due.state in (rules.DueState.LATE, rules.DueState.UPCOMING) and due.from_day <= clock.today()
    link: Any = ""
    if may_write and open_now:
        link = {
            "text": "Log a contact",
            "href": with_query(reverse("contact-new", args=[client.pk]), next=here),
        }
    return [due.kind.label, when, {"tag": colour, "text": label}, link]


def first_and_other(
    due: list[tuple[rules.ContactDue, JobSpell | None]],
) -> tuple[list[rules.ContactDue], list[rules.ContactDue], str]:
    """What to show first: the latest that has passed and what comes soon. Then the rest, and a sentence.

    One contact now puts right everything that is late, so a long list of late ones would only scold.
    """
    found = [one for one, _ in due]
    late = [one for one in found if one.state is rules.DueState.LATE]
    first = [*late[-1:], *(one for one in found if one not in late and is_ahead_or_late(one))]
    words = ""
    if len(late) > 1:
        since = short_day(late[0].from_day)
        words = f"Nobody has been in touch as planned since {since}. One contact now is enough."
    return first, [one for one in found if one not in first], words


def is_ahead_or_late(due: rules.ContactDue, within: timedelta = timedelta(days=31)) -> bool:
    """What a page shows first: late, or due soon."""
    if due.state is rules.DueState.LATE:
        return True
    return due.state is rules.DueState.UPCOMING and due.from_day <= clock.today() + within
