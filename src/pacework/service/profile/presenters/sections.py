"""The profile as people read it: what is known, what to ask next, what changed and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pacework.service.core import clock
from pacework.service.core.presenters import count, moment
from pacework.service.profile.models import ProfileSection, ProfileVersion
from pacework.service.profile.presenters import words
from pacework.service.profile.questions import Section, sections
from pacework.service.profile.questions import words as sentence

OLD_AFTER_DAYS = 183
NOTHING = "Nothing"


def known_section(section: Section, row: ProfileSection) -> dict[str, Any]:
    """One section with something in it: own words first, then answers in words, then the short ones."""
    return {
        "key": section.key,
        "title": section.title,
        "own_words": row.own_words,
        "quotes": words.quotes(section.questions, row.answers),
        "facts": words.facts(section.questions, row.answers),
        "entries": entries(section, row),
        "confirmed": words.confirmed(row),
        "checked": words.checked(row),
        "old": is_old(row),
        "version": row.version,
        "unasked": unasked(section, row),
        "has_body_map": section.has_body_map,
    }


def entries(section: Section, row: ProfileSection) -> list[dict[str, Any]]:
    """Jobs or lessons in the order they were told."""
    titles = [question for question in section.questions if question.type == "text"]
    rest = [question for question in section.questions if question not in titles]
    return [
        {
            "number": entry["number"],
            "title": words.entry_title(section, entry["answers"]),
            "quotes": words.quotes(rest, entry["answers"]),
            "facts": words.facts(rest, entry["answers"]),
        }
        for entry in row.entries
    ]


def unasked(section: Section, row: ProfileSection) -> str:
    """How many questions have no answer yet. Every one may stay so."""
    if section.repeat:
        return ""
    left = len(section.questions) - len(row.answers)
    return f"{count(left, 'question')} not answered" if left else ""


def is_old(row: ProfileSection) -> bool:
    """Said long enough ago to ask whether it is still right."""
    return row.confirmed_on is not None and (clock.today() - row.confirmed_on).days > OLD_AFTER_DAYS


def ask_next(rows: Mapping[str, ProfileSection], *, most: int = 4) -> list[dict[str, str]]:
    """Sections nobody has talked about yet, then those that may have changed."""
    fresh = [section for section in sections().values() if section.key != "lessons" and _blank(rows, section)]
    old = [section for section in sections().values() if section.key in rows and is_old(rows[section.key])]
    old.sort(key=lambda section: str(rows[section.key].confirmed_on))
    found = [{"key": section.key, "title": section.title, "why": section.intro} for section in fresh]
    found += [
        {"key": section.key, "title": section.title, "why": words.confirmed(rows[section.key])}
        for section in old
    ]
    return found[:most]


def _blank(rows: Mapping[str, ProfileSection], section: Section) -> bool:
    return section.key not in rows or rows[section.key].is_empty


def intro() -> str:
    return sentence("intro")


# History


def history(section: Section, versions: Iterable[ProfileVersion]) -> list[dict[str, Any]]:
    """Every saved version, newest first, each beside the one before it where they differ."""
    ordered = list(versions)
    found = []
    for index, version in enumerate(ordered):
        before = ordered[index + 1] if index + 1 < len(ordered) else None
        found.append(
            {
                "number": version.number,
                "when": moment(version.at),
                "by": words.author(version.by),
                **difference(section, before, version),
            }
        )
    return found


def difference(section: Section, before: ProfileVersion | None, after: ProfileVersion) -> dict[str, Any]:
    """What differs between two versions, in words, as a table; all of it for the first."""
    new = texts(section, after)
    if before is None:
        first = [[label, said] for label, said in new.items()]
        return {"caption": "Written for the first time", "head": ["Question", "Answer"], "rows": first}
    old = texts(section, before)
    labels = [*new, *(label for label in old if label not in new)]
    rows = [
        [label, old.get(label, NOTHING), new.get(label, NOTHING)]
        for label in labels
        if old.get(label) != new.get(label)
    ]
    return {"caption": "What changed", "head": ["Question", "Before", "After"], "rows": rows}


def texts(section: Section, version: ProfileVersion) -> dict[str, str]:
    """A version as label → words, entries included."""
    found = {}
    for question in section.questions:
        if question.key in version.answers:
            found[question.label] = words.answer(question, version.answers[question.key])
    for entry in version.entries:
        said = [
            f"{question.label} {words.answer(question, entry['answers'][question.key])}"
            for question in section.questions
            if question.key in entry["answers"]
        ]
        found[f"{section.entry_name.capitalize()} {entry['number']}"] = "\n".join(said)
    if version.own_words:
        found[sentence("own_words_label")] = version.own_words
    return found
