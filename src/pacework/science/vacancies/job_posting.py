"""A vacancy from the data an advert's page carries about itself (schema.org JobPosting in JSON-LD).

The page is uploaded or pasted; nothing is fetched. What was read is proposed to a person, and what was left
out is said with the reason. Source of the fields: schema.org/JobPosting, and what real pages do with them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from pacework.science.vacancies.hours_text import HoursProposal, read_hours
from pacework.science.vacancies.page_data import bare, read_blocks
from pacework.science.vacancies.pay_text import NoPay, Pay, read_pay
from pacework.science.vacancies.plain_text import plain
from pacework.science.vacancies.posting_terms import MOST_VALUES, Employment, contract_kinds, home_working

MOST_POSTINGS = 200
MOST_LEFT_OUT = 50
LONGEST_TEXT = 20_000
LONGEST_LINE = 300
MARKUP = 5  # characters read for each that is kept: the rest is markup
# A whole UK postcode inside an address on one line.
POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b")
EMPTY: tuple[Any, ...] = (None, "", [], {})
UNREAD = "It is written in a way that cannot be read here."
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
    known = {node["@id"]: node for node in objects if isinstance(node.get("@id"), str) and len(node) > 1}
    found: list[dict[str, Any]] = []
    for node in filter(_is_posting, objects):
        # Some pages carry the same advert twice.
        if node in found:
            continue
        if len(found) == MOST_POSTINGS:
            problems.append(f"Only the first {MOST_POSTINGS} adverts were read.")
            break
        found.append(node)
    # Many adverts may refer to one text: its markup is taken off once.
    shown = cache(plain)
    postings = [_Reader(node, known, shown).posting() for node in found]
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
    return _is_a(node, "jobposting")


def _is_a(node: dict[str, Any], kind: str) -> bool:
    said = as_list(node.get("@type"))[:MOST_VALUES]
    return any(isinstance(one, str) and bare(one).casefold() == kind for one in said)


def as_list(value: Any) -> list[Any]:
    """Return a value as a list: nothing as an empty one, one thing as a list of one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _first(value: Any) -> Any:
    """Return the first of a list, or the value itself."""
    return next(iter(value), None) if isinstance(value, list) else value


def _raw(value: Any) -> str:
    """Return a text as it is written: a text, a number, {"@value": …}; else an empty one."""
    inner = value.get("@value") if isinstance(value, dict) else value
    return str(inner) if isinstance(inner, str | int | float) and not isinstance(inner, bool) else ""


class _Reader:
    """Reads one advert field by field and keeps a note of what it leaves out."""

    def __init__(
        self, node: dict[str, Any], known: dict[str, dict[str, Any]], shown: Callable[[str], str]
    ) -> None:
        self.node = node
        self.known = known
        self.shown = shown
        self.asked: set[str] = set()
        self.left_out: list[LeftOut] = []

    def posting(self) -> JobPosting:
        hours_text = "; ".join(self.texts("workHours"))
        places, virtual = self.places()
        home, odd_homes = home_working(self.values("jobLocationType"), virtual)
        employment, odd_kinds = contract_kinds(self.values("employmentType"))
        self.leave("jobLocationType", odd_homes, "is not a way of working from home that is known here")
        self.leave("employmentType", odd_kinds, "is not a kind of hours or contract that is known here")
        read = JobPosting(
            title=self.only("title") or self.only("name"),
            employer=self.employer(),
            description=self.description(),
            employment=employment,
            pay=self.pay(),
            home_working=home,
            applicants_from=self.applicants_from(),
            places=places,
            posted_on=self.day("datePosted"),
            closes_on=self.day("validThrough"),
            starts_on=self.day("jobStartDate"),
            hours_text=hours_text,
            hours=read_hours(hours_text) if hours_text else None,
            address=self.address(),
        )
        others = sorted(
            name for name in self.node.keys() - self.asked - SILENT if self.node[name] not in EMPTY
        )
        for name in others[:MOST_LEFT_OUT]:
            said = self.line(_first(self.node[name]))[:200]
            self.note(name, f"{f'“{said}” ' if said else ''}A vacancy has no place for this.")
        listed = sorted(dict.fromkeys(self.left_out), key=lambda row: row.field)
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
        if isinstance(value, dict) and value.keys() - {"@type"} == {"@id"} and isinstance(value["@id"], str):
            return self.known.get(value["@id"], value)
        return value

    def values(self, name: str) -> list[Any]:
        """Return the values of a field that are not empty, as many as are read, with references followed."""
        value = self.take(name)
        return self.most(name, [part for part in as_list(value) if part not in EMPTY])

    def most(self, field: str, values: list[Any]) -> list[Any]:
        """Return no more values than are read; that there are others is said."""
        if len(values) > MOST_VALUES:
            self.note(field, f"Only the first {MOST_VALUES} of {len(values):,} values were read.")
        return values[:MOST_VALUES]

    def note(self, field: str, why: str) -> None:
        self.left_out.append(LeftOut(field, why))

    def leave(self, field: str, said: list[str], why: str) -> None:
        self.left_out += [LeftOut(field, f"“{word[:60]}” {why}.") for word in said]

    def text(self, field: str, value: Any, most: int = LONGEST_LINE) -> str:
        """Return a value as plain text, on one line unless it is long; what is lost of it is said."""
        if isinstance(value, list) and len(value) > 1:
            self.note(field, f"Only the first of {len(value):,} values was taken over.")
        first = _first(value)
        raw = _raw(first)
        if not raw and first not in EMPTY:
            self.note(field, UNREAD)
        # What cannot be kept is cut off before the markup is taken off: texts may be of megabytes.
        shown = self.shown(raw[: most * MARKUP]) if most > LONGEST_LINE else self.line(first)
        if len(shown) > most or len(raw) > most * MARKUP:
            self.note(field, f"Only the first {min(len(shown), most):,} characters were taken over.")
        return shown[:most]

    def line(self, value: Any) -> str:
        """Return a value as plain text on one line."""
        return " ".join(self.shown(_raw(value)[: LONGEST_LINE * MARKUP]).split())

    def texts(self, field: str, most: int = LONGEST_LINE) -> list[str]:
        """Return the texts of a field, one or several."""
        return [text for part in self.values(field) if (text := self.text(field, part, most))]

    def only(self, field: str) -> str:
        """Return the text of a field that a vacancy has once."""
        return self.one_of(field, self.texts(field))

    def one_of(self, field: str, found: list[str]) -> str:
        """Return the first of the texts found; others are named as left out."""
        first, *others = dict.fromkeys(found or [""])
        self.leave(field, others, "was left out: a vacancy has only one")
        return first

    def description(self) -> str:
        """Return the description, or else the duties, as plain text of a length that can be kept."""
        name = "description" if self.node.get("description") else "responsibilities"
        whole = "\n".join(self.texts(name, LONGEST_TEXT))
        if len(whole) > LONGEST_TEXT:
            self.note(name, f"Only the first {LONGEST_TEXT:,} characters were taken over.")
        return whole[:LONGEST_TEXT]

    def address(self) -> str:
        """Return the advert's web address where it names one."""
        for name in ("url", "mainEntityOfPage"):
            said = _first(self.take(name))
            text = self.text(name, said.get("@id") if isinstance(said, dict) else said)
            if text.startswith(("https://", "http://")):
                return text
            self.leave(name, [text] if text else [], "is not a whole web address")
        return ""

    def name(self, field: str, value: Any) -> str:
        """Return the name of something given as a text or as an object with a name."""
        if not isinstance(value, dict) or value.get("@value"):
            return self.text(field, value)
        said = value.get("name") or value.get("legalName")
        if said in EMPTY:
            self.note(field, "It gives no name.")
        return self.text(field, said)

    def country(self, field: str, address: dict[str, Any]) -> str:
        said = address.get("addressCountry")
        if isinstance(said, list):
            said = self.one_of(field, [self.name(field, part) for part in self.most(field, said)])
        return self.name(field, said)

    def applicants_from(self) -> tuple[str, ...]:
        """Return where somebody must live, given as texts, named places or places in a country."""
        field = "applicantLocationRequirements"
        found = []
        for part in self.values(field):
            address = part.get("address") if isinstance(part, dict) and not part.get("name") else None
            by_country = isinstance(address, dict)
            found.append(self.country(field, address or {}) if by_country else self.name(field, part))
        return tuple(filter(None, found))

    def employer(self) -> str:
        """Return the employer's name, whatever kind of organisation or person the advert says it is."""
        field = "hiringOrganization"
        found = []
        for part in self.values(field):
            name = self.name(field, part)
            if name.casefold() in ("confidential", "not disclosed", "anonymous"):
                self.note(field, "The advert does not name the employer.")
            elif name:
                found.append(name)
        return self.one_of(field, found)

    def places(self) -> tuple[tuple[Place, ...], bool]:
        """Return the places of work, and whether one of them is "virtual"."""
        field = "jobLocation"
        addresses: list[Any] = []
        virtual = False
        for part in self.values(field):
            inner = part if isinstance(part, dict) else {"address": part}
            if _is_a(inner, "virtuallocation"):
                virtual = True
                continue
            own = as_list(inner.get("address") or inner.get("name"))
            if not own:
                self.note(field, "It gives no address.")
            addresses += self.most(field, own)
        found = [self.place(address) for address in self.most(field, addresses)]
        return tuple(place for place in found if place != Place()), virtual

    def place(self, address: Any) -> Place:
        field = "jobLocation"
        if not isinstance(address, dict):
            said = self.text(field, address)
            postcode = POSTCODE.search(said)
            return Place(locality=said, postcode=postcode[0] if postcode else "")
        read = Place(
            street=self.text(field, address.get("streetAddress")),
            locality=self.text(field, address.get("addressLocality")),
            region=self.text(field, address.get("addressRegion")),
            postcode=self.text(field, address.get("postalCode")),
            country=self.country(field, address),
        )
        if read == Place():
            self.note(field, "It gives no address.")
        return read

    def pay(self) -> Pay | None:
        value, currency = self.take("baseSalary"), self.take("salaryCurrency")
        if value in EMPTY:
            return None
        try:
            found = read_pay(value, currency)
        except NoPay as error:
            self.note("baseSalary", str(error))
            return None
        if found.more:
            self.note("baseSalary", "It names other amounts too. Please check.")
        if not found.period:
            self.note("baseSalary", "It does not say what time the pay is for. Please ask.")
        return found

    def day(self, name: str) -> date | None:
        """Return a date as written, without its time and time zone."""
        said = self.only(name)
        if not said:
            return None
        try:
            return date.fromisoformat(said[:10])
        except ValueError:
            self.leave(name, [said], "is not a date that can be read")
            return None
