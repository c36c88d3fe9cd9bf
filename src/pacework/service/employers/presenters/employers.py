"""Employers, their sites and people on the screen."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from pacework.service.core import clock
from pacework.service.core.presenters import ago, count, day
from pacework.service.employers import codes
from pacework.service.employers.models import Employer, EmployerPerson, Site

LEVEL_COLOURS = {1: "white", 2: "aqua-green", 3: "green"}


def sector_words(employer: Employer) -> str:
    return codes.sectors().get(employer.sector, "")


def level_tag(employer: Employer) -> dict[str, str] | str:
    """The Disability Confident level, and whether it has run out."""
    level = codes.levels().get(employer.disability_confident)
    if level is None or level.level < 1:
        return level.label if level is not None else ""
    until = employer.disability_confident_until
    if until is not None and until < clock.today():
        return {"text": level.label, "tag": "grey", "sub": f"Ran out {day(until)}: look it up again"}
    sub = f"Until {day(until)}" if until is not None else "End date not known"
    return {"text": level.label, "tag": LEVEL_COLOURS[level.level], "sub": sub}


def list_row(employer: Any) -> list[Any]:
    """A line of the list of employers; the numbers come with the query."""
    openings = [
        count(employer.vacancy_count, "vacancy", "vacancies") if employer.vacancy_count else "",
        count(employer.placement_count, "placement") if employer.placement_count else "",
    ]
    places = [site.name if site.name != employer.name else site.postcode for site in employer.sites.all()]
    return [
        {
            "text": employer.name,
            "href": reverse("employer", args=[employer.pk]),
            "sub": ", ".join(filter(None, places)),
        },
        sector_words(employer) or "–",
        level_tag(employer),
        ", ".join(filter(None, openings)) or "–",
        ago(employer.last_contact_on) if employer.last_contact_on else "Not yet",
    ]


def facts(employer: Employer) -> list[dict[str, Any]]:
    """What is known about an employer."""
    website = employer.website
    return [
        {"key": "Sector", "value": sector_words(employer)},
        {"key": "Disability Confident", "value": level_tag(employer)},
        {"key": "Phone", "value": employer.phone},
        {
            "key": "Website",
            "value": {"text": website, "href": website} if website.startswith("https://") else website,
        },
        {"key": "What they need", "value": employer.about},
    ]


def site_row(site: Site, may_write: bool) -> list[Any]:
    row: list[Any] = [
        {"text": site.name, "sub": site.address},
        site.postcode or "–",
        site.getting_there or "–",
    ]
    if may_write:
        row.append({"text": "Change", "href": reverse("site-edit", args=[site.employer_id, site.pk])})
    return row


def person_row(person: EmployerPerson, may_write: bool) -> list[Any]:
    reach = [part for part in (person.phone, person.email) if part]
    sub = f"No longer there since {day(person.left_on)}" if person.left_on else person.job_title
    row: list[Any] = [
        {"text": person.name, "sub": sub},
        str(person.site) if person.site else "–",
        {"text": reach[0], "sub": ", ".join(reach[1:])} if reach else "–",
        person.note or "–",
    ]
    if may_write:
        row.append(
            {"text": "Change", "href": reverse("employer-person-edit", args=[person.employer_id, person.pk])}
        )
    return row
