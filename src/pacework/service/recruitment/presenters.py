"""Words, tags and links of recruitment's pages. Templates only place them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from pacework.science.measures.eligibility import Preset
from pacework.service.core import clock
from pacework.service.core.presenters import count, day, short_day, words
from pacework.service.core.typed import lower_first
from pacework.service.recruitment import policies
from pacework.service.recruitment.actions.incoming import Person
from pacework.service.recruitment.codes import STEPS, exit_reasons, routes
from pacework.service.recruitment.duplicates import Candidate
from pacework.service.recruitment.models import PossibleDuplicate, Referral
from pacework.service.recruitment.screening import preset_of

STATES: dict[str, tuple[str, str]] = {
    "new": ("Not yet invited", "grey"),
    "waiting_reply": ("Waiting for a reply", "yellow"),
    "to_check": ("Maybe known already", "orange"),
    "to_screen": ("To screen", "blue"),
    "not_met": ("Screened, not decided", "purple"),
    "to_consent": ("To ask for agreement", "aqua-green"),
    "waiting_esw": ("On the waiting list", "green"),
    "on_caseload": ("On a caseload", "green"),
    "exited": ("Ended", "grey"),
}
STEP_LABELS = {
    "approached": "Invited",
    "replied": "Replied",
    "screened": "Screened",
    "eligible": "Eligible",
    "consented": "Agreed",
    "accepted": "On a caseload",
}


def route_label(key: str) -> str:
    """A route in words; an unknown code stays readable."""
    found = routes().get(key)
    return found.label if found else words(key)


def exit_label(key: str) -> str:
    found = exit_reasons().get(key)
    return found.label if found else words(key)


def state_tag(state: str) -> dict[str, str]:
    label, colour = STATES[state]
    return {"text": label, "tag": colour}


def waited(since: date) -> str:
    days = (clock.today() - since).days
    return "today" if days <= 0 else count(days, "day")


def list_head() -> list[dict[str, Any]]:
    return [
        {"label": "Client", "sort": "name"},
        {"label": "Step"},
        {"label": "Route", "sort": "route"},
        {"label": "Team"},
        {"label": "Came in", "sort": "raised"},
        {"label": "At this step for", "sort": "waiting"},
    ]


def list_row(referral: Referral) -> list[Any]:
    """One line of the referrals list."""
    notes = []
    if referral.client.do_not_contact:
        notes.append("Do not contact")
    if referral.state == "waiting_reply" and referral.reminders_sent:
        notes.append(f"{count(referral.reminders_sent, 'reminder')} sent")
    if referral.exit_reason:
        notes.append(exit_label(referral.exit_reason))
    return [
        {"text": referral.client.name, "href": address(referral)},
        state_tag(referral.state) | {"sub": ". ".join(notes)},
        routes()[referral.route].short if referral.route in routes() else words(referral.route),
        str(referral.team),
        short_day(referral.raised_on),
        waited(referral.since),
    ]


def address(referral: Referral, step: str = "") -> str:
    """The page of a referral, or of one of its steps."""
    return reverse(f"referral-{step}" if step else "referral", args=[referral.client_id, referral.pk])


def who(actor: Any) -> str:
    return str(actor) if actor is not None else "the client"


def progress(referral: Referral) -> list[dict[str, str]]:
    """Every step with its state, day and actor, for the steps macro."""
    items: list[dict[str, str]] = []
    here = False
    for step in STEPS:
        on = getattr(referral, f"{step}_on")
        if on is not None:
            note = f"{day(on)}, {who(getattr(referral, f'{step}_by'))}"
            items.append({"label": STEP_LABELS[step], "state": "done", "note": note})
        else:
            now = not here and referral.exit_on is None
            here = True
            items.append({"label": STEP_LABELS[step], "state": "now" if now else "later", "note": ""})
    accepted = referral.episode.accepted_on if referral.episode else None
    last = "done" if accepted else "now" if referral.episode else "later"
    items.append({"label": "On a caseload", "state": last, "note": day(accepted)})
    return items


NEXT: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "new": ("Invite them", [("sent", "Record the invitation", "")]),
    "waiting_reply": (
        "Wait for their reply",
        [("reply", "Record their reply", ""), ("remind", "Record a reminder", "secondary")],
    ),
    "to_check": ("Say whether they are already known", []),
    "to_screen": ("Screen", [("screen", "Screen", "")]),
    "not_met": ("Decide how to go on", [("screen", "Screen again", "secondary")]),
    "to_consent": ("Ask for their agreement", [("consent", "Record their answers", "")]),
}


def next_step(referral: Referral, state: str) -> dict[str, Any] | None:
    """The one thing to do now, with its buttons; None when nothing is left to do here."""
    if state not in NEXT:
        return None
    title, buttons = NEXT[state]
    links = [{"href": address(referral, step), "label": label, "kind": kind} for step, label, kind in buttons]
    text = ""
    if state in ("new", "waiting_reply") and referral.client.do_not_contact:
        text = (
            "They asked not to be contacted: no invitation and no reminder. They can come to us at any time."
        )
        links = [link for link in links if link["label"] == "Record their reply"]
    elif state == "waiting_reply":
        sent = referral.reminders_sent
        text = f"{count(sent, 'reminder')} sent, the last on {day(referral.reminded_on)}." if sent else ""
    elif state == "to_check":
        text = "Support waits until you have looked. Nothing is lost: the day they came in counts."
    elif state == "not_met" and preset_of(referral).kind == "study":
        links.insert(
            0, {"href": address(referral, "routine"), "label": "Go on in the routine service", "kind": ""}
        )
        text = "The routine service is open to everybody who wants to work."
    return {"title": title, "text": text, "links": links}


def told(referral: Referral) -> list[dict[str, Any]]:
    """What was said when they came in, as summary rows."""
    applied = preset_of(referral)
    title = "" if applied.title == str(referral.programme) else f" – {applied.title}"
    programme = f"{referral.programme}{title}, version {referral.preset_version or applied.version}"
    rows: list[dict[str, Any]] = [
        {"key": "Route", "value": route_label(referral.route)},
        {"key": "Came in", "value": f"{day(referral.raised_on)}, {who(referral.raised_by)}"},
        {"key": "Programme", "value": programme},
    ]
    more = [
        ("Referred by", str(referral.referred_by) if referral.referred_by else referral.referrer_words),
        ("In their words", referral.wants_work),
        ("Why now", referral.reason),
        ("Work", referral.get_work_status_display() if referral.work_status else ""),
        ("Last job ended", day(referral.last_job_ended_on)),
        ("To start, they need", referral.support_needs),
        ("Given on this referral", "; ".join(f"{words(k)}: {v}" for k, v in referral.given.items())),
    ]
    return rows + [{"key": key, "value": value} for key, value in more if value]


def decisions(referral: Referral) -> list[dict[str, Any]]:
    """Each decision in words with its reasons; a study's and then the routine service's when it went on."""
    blocks = [block.split("\n") for block in referral.decision.split("\n\n") if block]
    return [{"result": result, "reasons": reasons} for result, *reasons in blocks]


def ended(referral: Referral) -> dict[str, str] | None:
    """How the referral ended, in words, with what stays open to the person."""
    if referral.exit_on is None:
        return None
    reason = exit_reasons().get(referral.exit_reason)
    return {
        "title": exit_label(referral.exit_reason),
        "when": f"{day(referral.exit_on)}, {who(referral.exit_by)}",
        "note": referral.exit_note,
        "offer": reason.offer if reason else "",
    }


def in_a_row(reasons: Iterable[str]) -> str:
    """Reasons inside one sentence: only the first begins with a capital."""
    first, *rest = reasons
    return ", ".join([first, *(lower_first(reason) for reason in rest)])


def born(on: date | None) -> str:
    """A birth date: nobody needs its weekday."""
    return day(on).partition(" ")[2]


def side_by_side(person: Person, found: Iterable[Candidate]) -> dict[str, Any]:
    """What was typed beside what is recorded of each look-alike, for those who may see them."""
    people = list(found)

    def facts(one: Any) -> list[str]:
        return [
            f"{one.first_name} {one.last_name}",
            born(one.birth_date) or "Not known",
            one.nhs_number or "Not known",
            one.postcode or "Not known",
            ", ".join(value for value in (one.phone, one.email) if value) or "Not known",
        ]

    columns = [facts(person), *(facts(one.client) for one in people)]
    labels = ["Name", "Date of birth", "NHS number", "Postcode", "Phone or email"]
    rows: list[list[Any]] = [
        [label, *values] for label, values in zip(labels, zip(*columns, strict=True), strict=True)
    ]
    rows.append(["Why it is shown", "", *(in_a_row(one.reasons) for one in people)])
    heads = ["What you typed", *(f"Known: {one.client.name}" for one in people)]
    return {"head": [{"label": "Detail", "hidden": True}, *heads], "rows": rows}


def same_person_href(pair: PossibleDuplicate) -> str:
    """Where two records are compared and joined; "" while that page is not there."""
    try:
        return reverse("duplicate", args=[pair.pk])
    except NoReverseMatch:
        return ""


def pair_rows(pair: PossibleDuplicate, *, other_is_visible: bool) -> dict[str, Any]:
    """A newcomer beside somebody known, for the team lead. Of another team's client only the team is said."""
    person = Person(
        **{name: getattr(pair.client, name) for name in Person.__dataclass_fields__ if name != "more"}
    )
    seen = side_by_side(person, [Candidate(pair.other, pair.reasons, pair.score)])
    if not other_is_visible:
        why = in_a_row(pair.reasons)
        text = f"They resemble a client of {pair.other.team} ({why}). Look with the lead of that team."
        return {"pair": pair, "text": text, "same_href": "", "head": [], "rows": []}
    seen["head"][1:] = ["This referral", f"Known: {pair.other.name}"]
    return {"pair": pair, "text": "", "same_href": same_person_href(pair), **seen}


STAGE_WORDS = {
    "referred": ("Waiting for a support worker", "yellow"),
    "accepted": ("Has a support worker", "blue"),
    "engaged": ("Working on their profile", "blue"),
    "preparing": ("Preparing for work", "blue"),
    "job_search": ("Looking for work", "blue"),
    "in_work": ("In work", "green"),
    "closed": ("Support has ended", "grey"),
}


def feedback(referral: Referral, *, shares: bool, episode: Any) -> dict[str, Any]:
    """One of an HCP's own referrals: what they wrote, and what became of it as far as the person agreed."""
    news: list[str] = []
    if not shares:
        label, colour = "Not shared", "grey"
        news.append("They have not agreed, or no longer agree, that you hear how it goes.")
    elif referral.exit_on is not None:
        label, colour = "Ended before support began", "grey"
    elif episode is not None:
        label, colour = STAGE_WORDS[episode.stage]
        if episode.accepted_on:
            news.append(f"Support began {day(episode.accepted_on)}.")
        if episode.first_job_started_on:
            news.append(f"Started a job {day(episode.first_job_started_on)}.")
        if episode.closed_on:
            news.append(f"Support ended {day(episode.closed_on)}.")
    else:
        label, colour = "A team lead is looking at it", "yellow"
    return {
        "name": referral.client.name,
        "when": day(referral.raised_on),
        "label": label,
        "colour": colour,
        "news": news,
        "wants_work": referral.wants_work,
        "reason": referral.reason,
    }


def preset_card(one: Preset, in_use: list[str]) -> dict[str, Any]:
    """A preset explained."""
    return {
        "title": one.title,
        "version": one.version,
        "words": one.words,
        "routine": one.kind == "routine",
        "rules": [f"{rule.question} – {rule.rule}." for rule in one.criteria],
        "source": one.source,
        "verified": one.verified,
        "note": one.note,
        "in_use": in_use,
    }


def exit_choices(referral: Referral) -> list[Any]:
    return policies.exit_reasons_for(referral, is_study=preset_of(referral).kind == "study")
