"""Answers, authors and days in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pacework.service.core.presenters import ago, day, number
from pacework.service.people.models import Role
from pacework.service.profile.models import ProfileSection
from pacework.service.profile.questions import Question, Section

LONG = ("text", "longtext")


def author(user: Any) -> str:
    """Who wrote it: the client is called so, because it is their record."""
    return "the client" if user.role == Role.CLIENT else str(user)


def answer(question: Question, value: Any) -> str:
    """An answer as people say it."""
    if value in (None, "", []):
        return ""
    if question.type in ("choice", "choices"):
        keys = value if isinstance(value, list) else [value]
        return ", ".join(question.label_of(key) for key in keys)
    if question.type == "yesno":
        return "Yes" if value else "No"
    if question.type == "scale":
        return f"{value} out of {question.max:g}"
    if question.type == "number" and question.unit.startswith("pounds"):
        return f"£{value:,.2f} {question.unit.removeprefix('pounds ')}"
    if question.type in ("whole", "number"):
        unit = question.unit.removesuffix("s") if value == 1 else question.unit
        return f"{number(value)} {unit}".strip()
    return str(value)


def quotes(questions: Iterable[Question], answers: dict[str, Any]) -> list[dict[str, str]]:
    """What was said in words: shown first."""
    return [
        {"question": question.label, "words": answers[question.key]}
        for question in questions
        if question.type == "longtext" and question.key in answers
    ]


def facts(questions: Iterable[Question], answers: dict[str, Any]) -> list[dict[str, str]]:
    """What was ticked, counted or chosen: rows for a summary."""
    return [
        {"key": question.label, "value": answer(question, answers[question.key])}
        for question in questions
        if question.type != "longtext" and question.key in answers
    ]


def entry_title(section: Section, answers: dict[str, Any]) -> str:
    """The first text of an entry names it: "Care assistant, a nursing home, 2014 to 2019"."""
    texts = [
        str(answers[question.key])
        for question in section.questions
        if question.type == "text" and question.key in answers
    ]
    return ", ".join(texts) or f"A {section.entry_name} without a name"


def checked(row: ProfileSection) -> str:
    """The same to the client, in fewer words."""
    if row.confirmed_on is None or row.confirmed_by is None:
        return ""
    who = "you" if row.confirmed_by.role == Role.CLIENT else str(row.confirmed_by)
    return f"Checked {ago(row.confirmed_on)}, by {who}."


def confirmed(row: ProfileSection) -> str:
    """When it was last right, and who said so."""
    if row.confirmed_on is None or row.confirmed_by is None:
        return ""
    return f"Confirmed {ago(row.confirmed_on)}, on {day(row.confirmed_on)}, by {author(row.confirmed_by)}"
