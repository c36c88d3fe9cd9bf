"""What is wrong with a row, by the rules of the form somebody would have typed it into."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS

from pacework.service.employers import policies
from pacework.service.employers.forms.vacancies import ProposalForm
from pacework.service.employers.models import IncomingVacancy
from pacework.service.employers.models.places import employer_key

FORMULA = ("=", "+", "-", "@")
# A phone number or a plain minus begins so too, in these answers.
NOT_FORMULAS = {"pay", "pay_to", "hours_a_week"}


@dataclass
class Read:
    """One row or advert: answers as a person would type them, and what was not taken over, with why."""

    number: int
    said: dict[str, str]
    problems: dict[str, str] = field(default_factory=dict)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    # As it stood in the file, where `said` was worked out from it: what it is known by when it comes again.
    raw: dict[str, str] = field(default_factory=dict)


def key_of(said: Mapping[str, str]) -> str:
    """One number for what a row says: the same row again, in any capitals and spacing, has the same."""
    plain = {name: " ".join(value.split()).casefold() for name, value in said.items() if value.strip()}
    plain["employer_name"] = employer_key(said.get("employer_name", ""))
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def details_of(said: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """What the action takes, and what is wrong, field by field. Either is empty."""
    form = ProposalForm(dict(said))
    form.is_valid()
    wrong = {
        "" if name == NON_FIELD_ERRORS else name: " ".join(str(error) for error in errors)
        for name, errors in form.errors.items()
    }
    data: dict[str, Any] = form.cleaned_data
    # Pay is judged as a whole: where one part could not be read, the others say nothing.
    pay_is_wrong = bool(wrong.keys() & {"pay", "pay_to", "pay_period"})
    known = {name: value for name, value in data.items() if not (pay_is_wrong and name.startswith("pay"))}
    for refusal in policies.vacancy_refusals(known):
        wrong.setdefault(refusal.field or "", refusal.sentence)
    return ({}, wrong) if wrong else (data, {})


def as_rows(found: Iterable[Read]) -> list[IncomingVacancy]:
    """Rows to keep, each with what is wrong in it; unsaved."""
    return [_row(one) for one in found]


def _row(one: Read) -> IncomingVacancy:
    said = {name: value for name, value in one.said.items() if value}
    _, wrong = details_of(said)
    labels = ProposalForm.labels()
    formulas = [
        (labels.get(name, name), f"begins with “{value[0]}”, like a formula. It is kept as plain text.")
        for name, value in said.items()
        if value.startswith(FORMULA) and name not in NOT_FORMULAS
    ]
    return IncomingVacancy(
        number=one.number,
        said=said,
        problems=wrong | one.problems,
        left_out=[list(pair) for pair in (*one.left_out, *formulas)],
        key=key_of(one.raw or said),
    )
