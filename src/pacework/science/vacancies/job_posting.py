"""A vacancy from the data an advert's page carries about itself (schema.org JobPosting in JSON-LD).

The page is uploaded or pasted; nothing is fetched. What was read is proposed to a person, and what was left
out is said with the reason. Source of the fields: schema.org/JobPosting, and what real pages do with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pacework.science.vacancies.hours_text import HoursProposal, read_hours
from pacework.science.vacancies.page_data import bare, read_blocks
from pacework.science.vacancies.pay_text import NoPay, Pay, read_pay
from pacework.science.vacancies.plain_text import one_line, plain
from pacework.science.vacancies.posting_terms import Employment, contract_kinds, home_working

MOST_POSTINGS = 200
MOST_LEFT_OUT = 50
LONGEST_TEXT = 20_000
LONGEST_LINE = 300
# A whole UK postcode inside an address on one line.
POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b")
# Markup of the page itself: not worth a line in the list of what was left out.
SILENT = {
    "@context",
    "@type",
    "@id",
    "image",
    "logo",
    "sameAs",
    "identifier",
    "name",
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of an advert that was not taken over.

    Attributes
    ----------
    field
        Name of the field in the advert's data.
    why
        A sentence for the person who confirms.
    """

    field: str
    why: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the work is; parts the advert does not give are empty."""

    street: str = ""
    locality: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""

    @property
    def words(self) -> str:
        """The place on one line."""
        return ", ".join(filter(None, (self.street, self.locality, self.region, self.postcode, self.country)))


@dataclass(frozen=True, slots=True)
class JobPosting:
    """One advert, as far as it could be read.

    Attributes
    ----------
    title, employer, description
        Plain text without markup; empty where the advert gives none.
    employment
        Hours and contract the advert names (`posting_terms.Employment`).
    pay
        None where the advert gives none that can be used.
    home_working
        "all", "some", "none" or "unknown".
    applicants_from
        Where somebody who works at home must live.
    places
        Where the work is.
    posted_on, closes_on, starts_on
        Dates as written; None where there is none.
    hours_text, hours
        The advert's own words on hours, and what they seem to say.
    address
        The advert's own web address, as it names it; nothing is fetched from it.
    left_out
        What was not taken over, and why.
    """

    title: str = ""
    employer: str = ""
    description: str = ""
    employment: tuple[Employment, ...] = ()
    pay: Pay | None = None
    home_working: str = "unknown"
    applicants_from: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    posted_on: date | None = None
    closes_on: date | None = None
    starts_on: date | None = None
    hours_text: str = ""
    hours: HoursProposal | None = None
    address: str = ""
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class PageReading:
    """What a page holds.

    Attributes
    ----------
    postings
        The adverts, in the order of the page.
    problems
        Sentences about what could not be read at all.
    """

    postings: tuple[JobPosting, ...]
    problems: tuple[str, ...]


def read_page(page: str | bytes) -> PageReading:
    """Read the adverts a page describes in its data.

    Parameters
    ----------
    page
        HTML, or JSON-LD by itself, as uploaded or pasted.

    Returns
    -------
    PageReading
        Without adverts, `problems` says what was missing.

    Raises
    ------
    PageTooLarge
        Above 5 MB, before anything is read.
    """
    blocks = read_blocks(page)
    problems = list(blocks.problems)
    objects = [node for block in blocks.values for node in _objects(block)]
    known = {str(node["@id"]): node for node in objects if "@id" in node and len(node) > 1}
    found: list[dict[str, Any]] = []
    for node in objects:
        # Some pages carry the same advert twice.
        if _is_posting(node) and len(found) < MOST_POSTINGS and node not in found:
            found.append(node)
    postings = [_Reader(node, known).posting() for node in found]
    if len(postings) == MOST_POSTINGS:
        problems.append(f"Only the first {MOST_POSTINGS} adverts were read.")
    if not postings:
        problems.append(
            "No advert was found in the data of this page. Many pages have none: type the vacancy in by hand."
        )
    return PageReading(tuple(postings), tuple(problems))


def _objects(block: Any) -> Iterator[dict[str, Any]]:
    """Give every object of a block, however it is nested, in the order of the text."""
    ahead = [block]
    while ahead:
        value = ahead.pop()
        if isinstance(value, dict):
            yield value
            ahead += reversed(list(value.values()))
        elif isinstance(value, list):
            ahead += reversed(value)


def _is_posting(node: dict[str, Any]) -> bool:
    return any(
        isinstance(kind, str) and bare(kind).casefold() == "jobposting" for kind in as_list(node.get("@type"))
    )


def as_list(value: Any) -> list[Any]:
    """Return a value as a list: nothing as an empty one, one thing as a list of one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


class _Reader:
    """Reads one advert field by field and keeps a note of what it leaves out."""

    def __init__(self, node: dict[str, Any], known: dict[str, dict[str, Any]]) -> None:
        self.node = node
        self.known = known
        self.asked: set[str] = set()
        self.left_out: list[LeftOut] = []

    def posting(self) -> JobPosting:
        hours_text = "; ".join(self.texts("workHours"))
        places, virtual = self.places(self.take("jobLocation"))
        home, odd_homes = home_working(as_list(self.take("jobLocationType")), virtual)
        employment, odd_kinds = contract_kinds(as_list(self.take("employmentType")))
        self.leave("jobLocationType", odd_homes, "is not a way of working from home that is known here")
        self.leave("employmentType", odd_kinds, "is not a kind of hours or contract that is known here")
        title = self.text(self.take("title")) or self.text(self.take("name"))
        read = JobPosting(
            title=title,
            employer=self.employer(self.take("hiringOrganization")),
            description=self.description(),
            employment=employment,
            pay=self.pay(),
            home_working=home,
            applicants_from=self.names(self.take("applicantLocationRequirements")),
            places=places,
            posted_on=self.day("datePosted"),
            closes_on=self.day("validThrough"),
            starts_on=self.day("jobStartDate"),
            hours_text=hours_text,
            hours=read_hours(hours_text) if hours_text else None,
            address=self.address(),
        )
        others = sorted(self.node.keys() - self.asked - SILENT)
        for name in others[:MOST_LEFT_OUT]:
            said = self.text(self.node[name])[:200]
            self.left_out.append(
                LeftOut(name, f"{f'“{said}” ' if said else ''}A vacancy has no place for this.")
            )
        listed = sorted(self.left_out, key=lambda row: row.field)
        more = len(listed) + len(others[MOST_LEFT_OUT:]) - MOST_LEFT_OUT
        if more > 0:
            listed = [*listed[:MOST_LEFT_OUT], LeftOut("more", f"{more:,} other entries were left out.")]
        return replace(read, left_out=tuple(listed))

    def take(self, name: str) -> Any:
        """Return a field, with references to other objects of the page followed once."""
        self.asked.add(name)
        value = self.node.get(name)
        return [self.meant(part) for part in value] if isinstance(value, list) else self.meant(value)

    def meant(self, value: Any) -> Any:
        """Return what a value refers to where it is only a reference, else the value itself."""
        if isinstance(value, dict) and set(value) - {"@type"} == {"@id"}:
            return self.known.get(str(value["@id"]), value)
        return value

    def texts(self, name: str, *, lines: bool = False) -> list[str]:
        """Return the texts of a field, one or several; what is there but holds no text is named."""
        parts = as_list(self.take(name))
        found = [text for part in parts if (text := self.text(part, lines=lines))]
        if len(found) < len(parts):
            self.left_out.append(LeftOut(name, "It is written in a way that cannot be read here."))
        return found

    def leave(self, field: str, said: list[str], why: str) -> None:
        self.left_out += [LeftOut(field, f"“{word[:60]}” {why}.") for word in said]

    def description(self) -> str:
        """Return the description, or else the duties, as plain text of a length that can be kept."""
        name = "description" if self.node.get("description") else "responsibilities"
        whole = "\n".join(self.texts(name, lines=True))
        if len(whole) > LONGEST_TEXT:
            why = f"Only the first {LONGEST_TEXT:,} characters were taken over."
            self.left_out.append(LeftOut(name, why))
        return whole[:LONGEST_TEXT]

    def address(self) -> str:
        """Return the advert's web address where it names one."""
        for name in ("url", "mainEntityOfPage"):
            said = self.take(name)
            text = self.text(said.get("@id") if isinstance(said, dict) else said)
            if text.startswith(("https://", "http://")):
                return text
        return ""

    def text(self, value: Any, *, lines: bool = False) -> str:
        """Return a value as plain text: a text, a number, {"@value": …}, or the first of a list."""
        first = next(iter(as_list(value)), "")
        if isinstance(first, dict):
            first = first.get("@value", "")
        if isinstance(first, bool) or not isinstance(first, str | int | float):
            return ""
        return plain(str(first)) if lines else one_line(str(first))[:LONGEST_LINE]

    def names(self, value: Any) -> tuple[str, ...]:
        """Return the names of things given as texts or as objects with a name."""
        found = []
        for part in as_list(value):
            inner = part if isinstance(part, dict) else {}
            address = inner.get("address")
            country = address.get("addressCountry") if isinstance(address, dict) else None
            known = self.text(inner.get("name")) or next(iter(self.names(country)), "")
            found.append(known if inner else self.text(part))
        return tuple(filter(None, found))

    def employer(self, value: Any) -> str:
        """Return the employer's name, whatever kind of organisation or person the advert says it is."""
        for part in as_list(value):
            inner = part if isinstance(part, dict) else {}
            name = self.text(inner.get("name") or inner.get("legalName")) if inner else self.text(part)
            if name.casefold() in ("confidential", "not disclosed", "anonymous"):
                self.left_out.append(LeftOut("hiringOrganization", "The advert does not name the employer."))
            elif name:
                return name
        return ""

    def places(self, value: Any) -> tuple[tuple[Place, ...], bool]:
        """Return the places of work, and whether one of them is "virtual"."""
        found, virtual = [], False
        for part in as_list(value):
            inner = part if isinstance(part, dict) else {"address": part}
            if "VirtualLocation" in [bare(str(kind)) for kind in as_list(inner.get("@type"))]:
                virtual = True
                continue
            found += [self.place(address) for address in as_list(inner.get("address") or inner.get("name"))]
        return tuple(place for place in found if place != Place()), virtual

    def place(self, address: Any) -> Place:
        if not isinstance(address, dict):
            said = self.text(address)
            postcode = POSTCODE.search(said)
            return Place(locality=said, postcode=postcode[0] if postcode else "")
        return Place(
            street=self.text(address.get("streetAddress")),
            locality=self.text(address.get("addressLocality")),
            region=self.text(address.get("addressRegion")),
            postcode=self.text(address.get("postalCode")),
            country=next(iter(self.names(address.get("addressCountry"))), ""),
        )

    def pay(self) -> Pay | None:
        value, currency = self.take("baseSalary"), self.take("salaryCurrency")
        if value in (None, "", [], {}):
            return None
        try:
            found = read_pay(value, currency)
        except NoPay as error:
            self.left_out.append(LeftOut("baseSalary", str(error)))
            return None
        if found.more:
            self.left_out.append(LeftOut("baseSalary", "It names other amounts too. Please check."))
        if not found.period:
            self.left_out.append(
                LeftOut("baseSalary", "It does not say what time the pay is for. Please ask.")
            )
        return found

    def day(self, name: str) -> date | None:
        """Return a date as written, without its time and time zone."""
        said = self.text(self.take(name))
        if not said:
            return None
        try:
            return date.fromisoformat(said[:10])
        except ValueError:
            self.leave(name, [said], "is not a date that can be read")
            return None
