"""An advert's page as somebody uploaded or pasted it: its own data as answers of the vacancy form.

The server never fetches a page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pacework.science.vacancies.hours_text import read_hours
from pacework.science.vacancies.job_posting import JobPosting, read_page
from pacework.science.vacancies.page_data import PageTooLarge
from pacework.science.vacancies.plain_text import plain
from pacework.service.core.errors import DomainError
from pacework.service.employers import policies
from pacework.service.employers.incoming.checking import Read
from pacework.service.employers.presenters.vacancies import hours_typed

# What a person calls the fields of an advert's data; others are read as words ("jobBenefits": job benefits).
NAMES = {
    "applicantLocationRequirements": "Where people must live",
    "baseSalary": "Pay",
    "employmentType": "Contract",
    "hiringOrganization": "Employer",
    "jobLocation": "Place",
    "jobLocationType": "Home working",
    "jobStartDate": "Start",
    "postalCode": "Postcode",
    "validThrough": "Closing day",
    "workHours": "Hours",
}
LONGEST_TASKS = 4_000
LONGEST_TITLE = 120
# Of a page without data, as far as it is looked through for a line on hours.
LOOKED_THROUGH, MOST_LINES, LONGEST_LINE = 50_000, 400, 200
LONGEST_ADDRESS = 200


@dataclass(frozen=True)
class ReadAdverts:
    """What a page holds, and sentences about what could not be read."""

    rows: list[Read]
    notes: list[str]


def read(page: str | bytes) -> ReadAdverts:
    """Read the adverts of a page. Raises DomainError with one sentence where there is none."""
    try:
        found = read_page(page)
    except PageTooLarge as refusal:
        raise DomainError(str(refusal)) from None
    if not found.postings:
        raise DomainError(" ".join(found.problems))
    rows = [_row(number, posting) for number, posting in enumerate(found.postings, 1)]
    return ReadAdverts(rows, list(found.problems))


def hours_line(page: str) -> str:
    """The line of a pasted text that says the shifts, else one with hours a week or days; "" for none."""
    lines = [" ".join(line.split()).lstrip("-•* ") for line in plain(page[:LOOKED_THROUGH]).splitlines()]
    found = [(read_hours(line), line) for line in lines[:MOST_LINES] if line and len(line) <= LONGEST_LINE]
    for said in ("shifts", "weekly_hours", "days"):
        for read, line in found:
            if getattr(read, said):
                return line
    return ""


def _row(number: int, posting: JobPosting) -> Read:
    row = Read(number, {}, left_out=[(one.field, one.why) for one in posting.left_out])
    row.said = {
        "employer_name": _cut(row, "employer", posting.employer, LONGEST_TITLE),
        "title": _cut(row, "title", posting.title, LONGEST_TITLE),
        "tasks": _cut(row, "description", posting.description, LONGEST_TASKS),
        "hours_text": _cut(row, "workHours", _hours_words(posting), 500),
        "home_working": "" if posting.home_working == "unknown" else posting.home_working,
        "closes_on": posting.closes_on.isoformat() if posting.closes_on else "",
        "source": "advert",
        "outward": _outward(row, posting),
        **_pay(row, posting),
        "hours_a_week": hours_typed(posting.hours.weekly_hours) if posting.hours else "",
        "reference": posting.address if len(posting.address) <= LONGEST_ADDRESS else "",
    }
    if posting.applicants_from:
        where = ", ".join(posting.applicants_from)
        row.left_out.append(("applicantLocationRequirements", f"For people who live in: {where[:200]}."))
    if posting.places and not row.said["outward"]:
        row.left_out.append(("jobLocation", f"“{posting.places[0].words[:200]}” has no postcode."))
    if len(posting.places) > 1:
        row.left_out.append(("jobLocation", f"It names {len(posting.places)} places. The first is used."))
    if posting.starts_on is not None:
        row.left_out.append(("jobStartDate", f"{posting.starts_on:%d/%m/%Y}. A vacancy keeps no start."))
    row.left_out = [(name_of(field), why) for field, why in row.left_out]
    return row


def name_of(field: str) -> str:
    """A field of an advert's data as a person would call it."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", field).capitalize()
    return NAMES.get(field, words)[:60]


def _hours_words(posting: JobPosting) -> str:
    """The advert's words on hours, with full or part time and the contract in front."""
    kinds = [kind.value.replace("_", " ") for kind in posting.employment]
    return "; ".join(filter(None, [", ".join(kinds).capitalize(), posting.hours_text]))


def _cut(row: Read, field: str, text: str, longest: int) -> str:
    """No more than fits; what is cut off is said."""
    if len(text) <= longest:
        return text
    row.left_out.append((field, f"It has {len(text):,} characters. The first {longest:,} are kept."))
    return text[:longest]


def _pay(row: Read, posting: JobPosting) -> dict[str, str]:
    pay = posting.pay
    if pay is None:
        return {}
    if pay.currency not in ("", "GBP"):
        row.left_out.append(("baseSalary", f"It is in {pay.currency}, not in pounds."))
        return {}
    return {
        "pay": f"{pay.least:.2f}",
        "pay_to": f"{pay.most:.2f}" if pay.most != pay.least else "",
        "pay_period": pay.period,
    }


def _outward(row: Read, posting: JobPosting) -> str:
    for place in posting.places:
        try:
            if outward := policies.outward_of(place.postcode):
                return outward
        except DomainError:
            row.left_out.append(("postalCode", f"“{place.postcode[:20]}” is no UK postcode."))
    return ""
