"""Today: what needs this person now, for each role, in one screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from pacework.service.cases.models import Assignment, Client, CorrectionRequest, Episode
from pacework.service.cases.models.caseload import Load
from pacework.service.cases.presenters.person import days_waited
from pacework.service.contacts import due as contacts_due
from pacework.service.core import clock
from pacework.service.core.codes import codes
from pacework.service.core.presenters import ago, count, short_day
from pacework.service.employers.models import EmployerContact, LogReview
from pacework.service.people.models import User
from pacework.service.plan import due as plan_due
from pacework.service.recruitment.models import PossibleDuplicate, Referral
from pacework.service.work import due as work_due
from pacework.service.work.models import Placement

SHOWN = 8
QUIET_DAYS = 28


@dataclass(frozen=True)
class Item:
    """One line: when, what as a link, a few words. Urgent ones stand out."""

    title: str
    href: str
    text: str = ""
    when: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class Section:
    """What needs doing, of one kind; ``more`` leads to the rest when not all is shown."""

    title: str
    items: list[Item]
    total: int
    more: dict[str, str] | None = None


def section(
    title: str, rows: Iterable[Any], item: Callable[[Any], Item], *, href: str = "", total: int | None = None
) -> Section:
    """A section of all rows, or of the first where a page shows the rest; the count is of all of them."""
    found = list(rows)
    whole = len(found) if total is None else total
    if not href or whole <= SHOWN:
        return Section(title, [item(row) for row in found], whole)
    return Section(
        title, [item(row) for row in found[:SHOWN]], whole, {"href": href, "label": f"See all {whole}"}
    )


def shown(sections: Iterable[Section]) -> list[Section]:
    """Only what has something in it: an empty heading is noise."""
    return [one for one in sections if one.total]


def _of(client: Client, name: str = "person") -> str:
    return reverse(name, args=[client.pk])


def _day_words(on: date) -> str:
    days = (clock.today() - on).days
    if days == 0:
        return "Today"
    if days == -1:
        return "Tomorrow"
    if days < 0:
        return short_day(on)
    words = ago(on)
    return words[:1].upper() + words[1:]


# Employment support worker


def carried_today(user: User) -> list[Any]:
    """The episodes an ESW carries today, cover included, each with ``carrier`` and any unanswered offer."""
    named = Assignment.objects.open().filter(episode=OuterRef("pk"))
    found = Episode.objects.visible_to(user).carried_by(user).with_offer()
    return list(found.annotate(carrier=Subquery(named.values("esw")[:1])).select_related("client"))


def own_load(user: User, carried: list[Any]) -> Load:
    """How many of them are this ESW's own."""
    own = [row for row in carried if row.carrier == user.pk]
    offered = sum(row.offered_on is not None for row in own)
    return Load(user, len(own) - offered, offered)


def of_esw(user: User, carried: list[Any]) -> list[Section]:
    """Requests first, then the day's appointments in order, what was promised, and what is late."""
    tomorrow = clock.today() + timedelta(days=1)
    ids = [episode.pk for episode in carried]
    to_hold = list(contacts_due.appointments_to_hold(ids, tomorrow))
    jobs, starts = work_due.jobs_of(ids), work_due.starts_of(ids)
    placements = work_due.placements_soon(ids)
    soon = [row for row in starts if row.starts_on and row.starts_on <= clock.today() + work_due.AHEAD]
    return shown(
        (
            section("New clients to answer", _offers(carried, user), _offer),
            section("Cannot make it: find another day", contacts_due.move_requests(ids), _move_request),
            section(
                "Appointments today and tomorrow",
                [row for row in to_hold if row.on >= clock.today()],
                _appointment,
            ),
            section("Say what became of it", [row for row in to_hold if row.on < clock.today()], _unanswered),
            section("Promised to clients", contacts_due.promises_due(ids), _promise),
            section("Promised to employers", _employer_promises(user), _employer_promise),
            section("Your actions", plan_due.actions_of_worker(ids), _action),
            section("In-work support", work_due.in_work_contacts(jobs, starts), _in_work),
            section("Starting", [*(row for row in placements if not row.started_on), *soon], _starting),
            section("Placements ending", [row for row in placements if row.started_on], _ending),
            section("Hours not recorded", work_due.missing_hours(jobs), _missing_hours),
            section("Adjustments to look at again", work_due.adjustments_to_review(ids), _adjustment),
            section("Ask: what would make a placement possible?", plan_due.questions_due(carried), _question),
            section("Corrections asked for", _corrections(user), _correction),
        )
    )


def _offers(carried: list[Any], user: User) -> list[Any]:
    """Clients whom this ESW was asked to support; a colleague covered for answers their own."""
    return [row for row in carried if row.offered_on is not None and row.carrier == user.pk]


def _offer(row: Any) -> Item:
    words = f"You are asked to support them. Waiting {count(days_waited(row.referred_on), 'day')}."
    href = _of(row.client, "offer-answer")
    return Item(row.client.name, href, words, _day_words(row.offered_on), urgent=True)


def _move_request(row: Any) -> Item:
    appointment = row.appointment
    client = appointment.episode.client
    return Item(
        client.name,
        reverse("appointment-outcome", args=[client.pk, appointment.pk]),
        row.words or "They asked to move it.",
        _day_words(appointment.on),
        urgent=True,
    )


def _appointment(row: Any) -> Item:
    client = row.episode.client
    mode = codes("contacts", "modes").label(row.mode)
    phone = client.phone if client.safe_to_phone else ""
    where = ", ".join(part for part in (mode, row.place, phone) if part)
    at = f"{_day_words(row.on)} {row.at:%H:%M}" if row.at else _day_words(row.on)
    return Item(client.name, reverse("appointment-outcome", args=[client.pk, row.pk]), where, at)


def _unanswered(row: Any) -> Item:
    client = row.episode.client
    return Item(
        client.name,
        reverse("appointment-outcome", args=[client.pk, row.pk]),
        codes("contacts", "modes").label(row.mode),
        _day_words(row.on),
    )


def _promise(row: Any) -> Item:
    client = row.episode.client
    href = reverse("contact", args=[client.pk, row.pk])
    return Item(client.name, href, row.next_step, _day_words(row.next_step_on))


def _employer_promises(user: User) -> Any:
    found = EmployerContact.objects.next_steps_due(user, clock.today())
    return found.select_related("employer", "client")


def _employer_promise(row: Any) -> Item:
    text = row.next_step + (f" (about {row.client.name})" if row.client else "")
    return Item(
        str(row.employer), reverse("employer", args=[row.employer_id]), text, _day_words(row.next_step_on)
    )


def _action(row: Any) -> Item:
    client = row.episode.client
    return Item(client.name, _of(client, "plan"), row.words, _day_words(row.due_on))


def _question(row: Any) -> Item:
    episode, asked = row
    return Item(episode.client.name, _of(episode.client, "preparing"), asked.words)


def _in_work(row: work_due.InWorkContact) -> Item:
    text = row.due.kind.label + (f". {row.late} times passed without one." if row.late > 1 else "")
    return Item(
        row.client.name,
        _of(row.client, "contact-new"),
        text,
        _day_words(row.due.due_on),
        urgent=bool(row.late),
    )


def _starting(row: Any) -> Item:
    client = row.episode.client
    placement = isinstance(row, Placement)
    on = row.planned_from if placement else row.starts_on
    where = row.employer or row.employer_words
    what = "Placement" if placement else "Job"
    return Item(client.name, _of(client, "work"), f"{what}: {row.title}, {where}", _day_words(on))


def _ending(row: Placement) -> Item:
    client = row.episode.client
    href = reverse("placement", args=[client.pk, row.pk])
    return Item(client.name, href, f"{row.title}, {row.employer}", _day_words(row.planned_until))


def _missing_hours(row: work_due.MissingHours) -> Item:
    href = reverse("job-hours", args=[row.client.pk, row.job.pk])
    return Item(row.client.name, href, f"{row.job.title}: {count(len(row.weeks), 'week')}")


def _adjustment(row: Any) -> Item:
    client = row.episode.client
    return Item(client.name, _of(client, "work"), row.words, _day_words(row.review_on))


def _corrections(user: User) -> Any:
    found = CorrectionRequest.objects.visible_to(user).filter(answered_at__isnull=True)
    return found.select_related("client").order_by("asked_at")


def _correction(row: Any) -> Item:
    return Item(
        row.client.name,
        reverse("correction", args=[row.client_id, row.pk]),
        row.what,
        _day_words(row.asked_at.date()),
    )


# Team lead


def of_team_lead(user: User) -> list[Section]:
    """Who waits, who is not contacted, what has to be looked at this week."""
    waiting = (
        Episode.objects.visible_to(user).waiting().with_waiting_since().with_offer().select_related("client")
    )
    referrals = (
        Referral.objects.of_team_lead(user)
        .open()
        .with_state()
        .filter(state__in=("new", "to_check", "to_screen", "not_met", "to_consent"))
        .select_related("client")
        .order_by("since", "pk")
    )
    pairs = PossibleDuplicate.objects.visible_to(user).filter(decided="")
    quiet = contacts_due.not_contacted_for(Episode.objects.visible_to(user), QUIET_DAYS)
    return shown(
        (
            section(
                "Waiting for a worker", waiting.order_by("waiting_since"), _waiting, href=reverse("waiting")
            ),
            section("Their worker has left", _left_behind(user), _left),
            _counted("Referrals to look at", referrals, _referral, href=reverse("referrals")),
            section("Might be the same person", pairs.select_related("client", "other"), _pair),
            section("Contact logs to review", _logs_to_review(user), _log, href=reverse("log-review")),
            _counted(
                f"No contact for {QUIET_DAYS} days",
                quiet.select_related("client"),
                _quiet,
                href=f"{reverse('caseload')}?sort=last&view=table",
            ),
            section("Corrections asked for", _corrections(user), _correction),
        )
    )


def _left_behind(user: User) -> Any:
    """Clients still named to somebody whose account has ended."""
    found = Assignment.objects.visible_to(user).open().filter(esw__is_active=False, episode__closed_on=None)
    return found.select_related("episode__client", "esw").order_by("pk")


def _left(row: Any) -> Item:
    client = row.episode.client
    return Item(client.name, _of(client, "handover"), f"Named to {row.esw}", urgent=True)


def _counted(title: str, rows: Any, item: Callable[[Any], Item], *, href: str) -> Section:
    """A section whose list may be long: counted in the database, only the first read."""
    first = list(rows[: SHOWN + 1])
    total = len(first) if len(first) <= SHOWN else rows.count()
    return section(title, first, item, href=href, total=total)


def _waiting(row: Any) -> Item:
    waited = days_waited(row.waiting_since)
    state = f"{row.offered_to} was asked" if row.offered_to else "Nobody asked yet"
    name = "handover" if row.offered_to else "allocate"
    return Item(row.client.name, _of(row.client, name), state, f"{count(waited, 'day')}", urgent=waited > 14)


STATE_WORDS = {
    "new": "Invite them",
    "to_check": "Check if already known",
    "to_screen": "Screen",
    "not_met": "Study rules not met: offer the service",
    "to_consent": "Ask for consent",
}


def _referral(row: Any) -> Item:
    href = reverse("referral", args=[row.client_id, row.pk])
    return Item(row.client.name, href, STATE_WORDS[row.state], _day_words(row.since))


def _pair(row: Any) -> Item:
    return Item(f"{row.client.name} and {row.other.name}", reverse("duplicate", args=[row.pk]))


def _logs_to_review(user: User) -> list[User]:
    """Workers whose last week's employer contacts nobody has reviewed yet."""
    week = clock.monday(clock.today()) - timedelta(days=7)
    workers = User.objects.filter(
        role="esw", is_active=True, memberships__team__in=user.memberships.values("team")
    )
    done = LogReview.objects.filter(week=week).values("esw")
    return list(workers.exclude(pk__in=done).distinct())


def _log(row: User) -> Item:
    week = clock.monday(clock.today()) - timedelta(days=7)
    return Item(str(row), f"{reverse('log-review')}?week={week.isoformat()}", f"Week from {short_day(week)}")


def _quiet(row: Any) -> Item:
    last = f"Last contact {ago(row.last_contact_on)}" if row.last_contact_on else "No contact yet"
    return Item(row.client.name, _of(row.client), last)


# Healthcare professional


def of_hcp(user: User) -> list[Section]:
    """Their own actions and joint appointments, and how the people they referred are doing."""
    today = clock.today()
    return shown(
        (
            section("Your actions", plan_due.actions_of_hcp(user), _action),
            section(
                "Appointments you join",
                contacts_due.appointments_of_hcp(user, today, today + timedelta(days=14)),
                _joint,
            ),
        )
    )


def _joint(row: Any) -> Item:
    client = row.episode.client
    at = f"{_day_words(row.on)} {row.at:%H:%M}" if row.at else _day_words(row.on)
    mode = codes("contacts", "modes").label(row.mode)
    return Item(client.name, _of(client, "contacts"), ", ".join(p for p in (mode, row.place) if p), at)


# Buttons and quiet words of each role

BUTTONS: dict[str, list[tuple[str, str]]] = {
    "hcp": [("Refer someone", "refer")],
    "team_lead": [("Refer someone", "refer")],
    "administrator": [("New account", "user-new")],
}
QUIET = {
    "esw": "Nothing is waiting for you today.",
    "team_lead": "Nothing is waiting for you today.",
    "hcp": "Nothing is waiting for you. Refer someone who would like to work.",
    "manager": "Nobody is in the service yet.",
    "researcher": "Nothing for researchers yet. Consented, pseudonymised data come later.",
    "administrator": "Nothing needs you today. Accounts, teams and programmes are in the menu above.",
}


def buttons(role: str) -> list[dict[str, str]]:
    return [{"label": label, "href": reverse(name), "kind": ""} for label, name in BUTTONS.get(role, [])]
