"""Consents, and who looked, in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from pacework.service.cases.looks import Look
from pacework.service.cases.models import Client, Consent, CorrectionRequest, StatedReason
from pacework.service.cases.wording import Wording, all_wordings, current_wordings
from pacework.service.core.presenters import count, day, moment, short_day, words

# What part of the record a page belongs to, by how its name begins; the first that fits.
PAGE_WORDS = (
    ("person", "Overview"),
    ("client-employer", "Employers"),
    ("client-", "Details"),
    ("employment", "Details"),
    ("do-not-contact", "Details"),
    ("restrict", "Details"),
    ("sharing", "Sharing"),
    ("consent", "Sharing"),
    ("correction", "Sharing"),
    ("profile", "Situation"),
    ("diary", "Diary"),
    ("body-map", "Situation"),
    ("need", "Situation"),
    ("plan", "Plan"),
    ("goal", "Plan"),
    ("action", "Plan"),
    ("preparing", "Plan"),
    ("obstacle", "Plan"),
    ("session", "Plan"),
    ("placement-question", "Plan"),
    ("contact", "Contacts"),
    ("appointment", "Contacts"),
    ("disclosure", "Employers"),
    ("employer", "Employers"),
    ("placement-wait", "Employers"),
    ("travel", "Employers"),
    ("work", "Work"),
    ("application", "Work"),
    ("placement", "Work"),
    ("job", "Work"),
    ("absence", "Work"),
    ("adjustment", "Work"),
    ("matches", "Vacancies that fit"),
    ("would-hold", "Would this job hold?"),
    ("", "Support"),
)

# So many days before the last are named; the rest are counted.
DAYS_NAMED = 6


def page_words(name: str) -> str:
    """The part of the record that a page shows."""
    return next(words for start, words in PAGE_WORDS if name.startswith(start))


def wording_of(consent: Consent) -> Wording:
    """The wording that was answered, or the newest where that version is not shipped any more."""
    return all_wordings().get((consent.layer, consent.wording_version)) or current_wordings()[consent.layer]


def who(consent: Consent) -> str:
    return str(consent.recipient) if consent.recipient_id is not None else ""


def answer_sentence(consent: Consent) -> str:
    """One standing answer: what, since when."""
    said = "Yes" if consent.given else "No"
    about = ""
    if current_wordings()[consent.layer].per_recipient:
        about = f", for {who(consent)}" if who(consent) else ", for everybody in the health team"
    return f"{said}{about}, since {day(consent.given_on)}."


def _by_layer(answers: Iterable[Consent]) -> dict[str, list[Consent]]:
    found: dict[str, list[Consent]] = {layer: [] for layer in current_wordings()}
    for row in answers:
        if row.withdrawn_on is None:
            found.setdefault(row.layer, []).append(row)
    return found


def layer_cards(answers: Iterable[Consent], client: Client | None) -> list[dict[str, Any]]:
    """Every layer with what was answered; with links to change it where ``client`` is given."""
    cards = []
    for layer, rows in _by_layer(answers).items():
        wording = current_wordings()[layer]
        cards.append(
            {
                "title": Consent.Layer(layer).label,
                "colour": _colour(rows),
                "tag": _tag(rows),
                "answers": [
                    {
                        "sentence": answer_sentence(row),
                        "withdraw": reverse("consent-withdraw", args=[client.pk, row.pk])
                        if client is not None and row.given
                        else "",
                    }
                    for row in rows
                ],
                "record": reverse("consent-record", args=[client.pk, layer])
                if client is not None and not wording.only_client
                else "",
                "only_client": wording.only_client,
                "newer": any(row.wording_version != str(wording.version) for row in rows),
            }
        )
    return cards


def own_layers(answers: Iterable[Consent]) -> list[dict[str, Any]]:
    """The layers as the client reads them, with what no and taking back would mean."""
    cards = []
    answers = list(answers)
    for layer, rows in _by_layer(answers).items():
        wording = current_wordings()[layer]
        cards.append(
            {
                "title": wording.filled(wording.title),
                "question": wording.filled(wording.question),
                "colour": _colour(rows),
                "tag": _tag(rows) if rows else _unanswered(layer, answers),
                "answers": [
                    {
                        "sentence": answer_sentence(row),
                        "withdraw": reverse("my-withdrawal", args=[row.pk]) if row.given else "",
                    }
                    for row in rows
                ],
                "change": reverse("my-consent", args=[layer]),
            }
        )
    return cards


def _unanswered(layer: str, answers: list[Consent]) -> str:
    """What the client reads where no answer holds: the last one they took back is no question never asked."""
    ended = [row.withdrawn_on for row in answers if row.layer == layer and row.withdrawn_on is not None]
    return f"Taken back on {day(max(ended))}" if ended else "Not answered"


def _tag(rows: list[Consent]) -> str:
    if not rows:
        return "Not asked yet"
    if {row.given for row in rows} == {True, False} or len(rows) > 1:
        return "Some people"
    if rows[0].recipient_id is not None:
        return "One person" if rows[0].given else "No"
    return "Yes" if rows[0].given else "No"


def _colour(rows: list[Consent]) -> str:
    if not rows:
        return "white"
    return "green" if any(row.given for row in rows) else "grey"


def consent_row(consent: Consent) -> list[Any]:
    """One answer in the history."""
    how = {"online": "online", "spoken": "spoken", "signed": "on paper"}[consent.how]
    by = f"recorded by {consent.recorded_by}" if consent.recorded_by_id and consent.how != "online" else ""
    ended = ""
    if consent.withdrawn_on is not None:
        ended = day(consent.withdrawn_on)
    return [
        day(consent.given_on),
        {"text": Consent.Layer(consent.layer).label, "sub": who(consent)},
        "Yes" if consent.given else "No",
        {"text": words(how), "sub": by},
        f"Version {consent.wording_version}",
        ended or "Still holds",
    ]


def wording_shown(wording: Wording) -> dict[str, Any]:
    """What the client reads or hears before they answer."""
    return {
        "question": wording.filled(wording.question),
        "means": [wording.filled(line) for line in wording.means],
        "never": [wording.filled(line) for line in wording.never],
        "if_no": wording.filled(wording.if_no),
        "if_withdraw": wording.filled(wording.if_withdraw),
        "statement": wording.filled(wording.statement),
        "version": wording.version,
    }


def withdrawal_words(consent: Consent) -> dict[str, Any]:
    wording = wording_of(consent)
    return {
        "statement": wording.filled(wording.statement, who(consent)),
        "then": wording.filled(wording.if_withdraw, who(consent)),
        "since": day(consent.given_on),
        "closes": consent.layer == Consent.Layer.SERVICE,
    }


def look_rows(looks: Iterable[Look]) -> list[list[Any]]:
    """Who opened the record: one line a person, the last to look first; the days, not the clicks."""
    rows = []
    for look in looks:
        name: Any = "Someone"
        if look.person is not None:
            name = {"text": str(look.person), "sub": look.person.get_role_display()}
        last, *before = look.days
        when: Any = day(last)
        if before:
            shown, more = before[:DAYS_NAMED], len(before) - DAYS_NAMED
            earlier = ", ".join(short_day(one) for one in shown)
            earlier += f" and on {count(more, 'day')} before" if more > 0 else ""
            when = {"text": f"On {len(look.days)} days, last {day(last)}", "sub": f"Before that: {earlier}"}
        rows.append([name, when, ", ".join(sorted({page_words(page) for page in look.pages}))])
    return rows


def stated_row(row: StatedReason) -> list[Any]:
    return [str(row.user), moment(row.stated_at), row.reason or "–"]


def correction_item(row: CorrectionRequest, client: Client | None = None) -> dict[str, Any]:
    """A request and its answer; with a link to answer where ``client`` is given."""
    open_still = row.answered_at is None
    return {
        "asked": day(row.asked_at),
        "what": row.what,
        "open": open_still,
        "answer": row.get_answer_display(),
        "reply": row.reply,
        "by": str(row.answered_by or ""),
        "when": day(row.answered_at),
        "href": reverse("correction", args=[client.pk, row.pk]) if client is not None and open_still else "",
    }
