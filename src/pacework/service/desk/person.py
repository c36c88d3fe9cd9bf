"""What matters now about one client: goal, next step, contacts, hours."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from pacework.service.cases.models import Client, Episode
from pacework.service.cases.presenters import limit_words
from pacework.service.contacts.models import Appointment, Contact
from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.core.presenters import ago, day, number, short_day
from pacework.service.plan import due as plan_due
from pacework.service.plan.models import Goal, PlannedAction
from pacework.service.work.models import JobSpell
from pacework.service.work.rows import WorkRows


def now_rows(client: Client) -> list[dict[str, Any]]:
    """The "now" of a person page, as a summary list. One query a row, and none without an episode."""
    episode = client.episode
    if episode is None:
        return []
    rows = [
        {"key": "Goal", "value": _goal(client)},
        {"key": "Next step", "value": _next_step(client)},
        {"key": "Next appointment", "value": _next_appointment(client)},
        {"key": "Last contact", "value": _last_contact(client)},
    ]
    if episode.in_work_since is not None:
        rows.append({"key": "Work", "value": _work(client, episode)})
    limit = limit_words(episode)
    if limit:
        rows.append({"key": "Time limit", "value": limit})
    return rows


def _goal(client: Client) -> Any:
    goal = Goal.objects.of(client).open().order_by("set_on").first()
    return goal.words if goal else {"text": "Set a goal", "href": reverse("goal-new", args=[client.pk])}


def _next_step(client: Client) -> Any:
    step = PlannedAction.objects.of(client).under_way().order_by("due_on").first()
    if step is None:
        return {"text": "Agree a next step", "href": reverse("action-new", args=[client.pk])}
    if step.owner == PlannedAction.Owner.CLIENT and plan_due.is_paused(client.episode):
        return {"text": step.words, "sub": f"{step.get_owner_display()}, paused"}
    late = ", overdue" if step.due_on < clock.today() else ""
    return {"text": step.words, "sub": f"{step.get_owner_display()}, by {short_day(step.due_on)}{late}"}


def _next_appointment(client: Client) -> Any:
    found = (
        Appointment.objects.of(client).planned().filter(on__gte=clock.today()).order_by("on", "at").first()
    )
    if found is None:
        return {"text": "Plan one", "href": reverse("appointment-new", args=[client.pk])}
    at = f", {found.at:%H:%M}" if found.at else ""
    mode = codes("contacts", "modes").label(found.mode)
    return {
        "text": f"{day(found.on)}{at}",
        "href": reverse("appointment-outcome", args=[client.pk, found.pk]),
        "sub": f"{mode}{', ' + found.place if found.place else ''}",
    }


def _last_contact(client: Client) -> Any:
    found = Contact.objects.of(client).order_by("-on", "-pk").first()
    if found is None:
        return "None yet"
    attendance = codes("contacts", "attendance")
    return {
        "text": f"{ago(found.on)}: {codes('contacts', 'purposes').label(found.purpose).lower()}",
        "href": reverse("contact", args=[client.pk, found.pk]),
        "sub": "" if found.attendance == "attended" else attendance.label(found.attendance),
    }


def _work(client: Client, episode: Episode) -> Any:
    jobs = list(
        JobSpell.objects.of(client)
        .filter(episode=episode)
        .prefetch_related("weeks")
        .select_related("employer")
    )
    held = [job for job in jobs if job.ended_on is None]
    what = "; ".join(
        f"{job.title}, {job.employer or job.employer_words}, {number(job.weekly_hours)} hours a week"
        for job in held
    )
    rows = WorkRows(episode, jobs)
    return {
        "text": what,
        "href": reverse("work", args=[client.pk]),
        "sub": f"13 of 16 weeks: {rows.funded.progress.words}",
    }


def steps_for(client: Client, reader: Any) -> list[dict[str, str]]:
    """What the reader most often does from here, each a button."""
    episode = client.episode
    if reader.role not in ("esw", "team_lead") or episode is None or episode.closed_on is not None:
        return []
    wanted = [
        ("Log a contact", "contact-new", ""),
        ("Plan an appointment", "appointment-new", "secondary"),
        ("Log an employer contact", "client-employer-contact-new", "secondary"),
    ]
    return [
        {"label": label, "href": reverse(name, args=[client.pk]), "kind": kind}
        for label, name, kind in wanted
    ]
