"""Adding and changing employers, their sites and people."""

from __future__ import annotations

from datetime import date

from pacework.service.core.audit import action, trace
from pacework.service.core.errors import DomainError, NeedsConfirmation
from pacework.service.employers import codes, permissions
from pacework.service.employers.actions.checks import check_code, check_not_future, check_of_employer
from pacework.service.employers.models import Employer, EmployerPerson, Site
from pacework.service.employers.models.places import employer_key
from pacework.service.people.models import User

EMPLOYER_FIELDS = (
    "name",
    "sector",
    "phone",
    "website",
    "disability_confident",
    "disability_confident_until",
    "about",
)
SITE_FIELDS = ("name", "address", "postcode", "getting_there")
PERSON_FIELDS = ("site", "name", "job_title", "phone", "email", "note", "left_on")


def _check_employer(sector: str, disability_confident: str, until: date | None) -> None:
    check_code(sector, {"", *codes.sectors()}, field="sector")
    check_code(disability_confident, codes.levels(), field="disability_confident")
    if until is not None and codes.levels()[disability_confident].level < 1:
        raise DomainError(
            "Only a level from 1 to 3 runs out. Take the date away.", field="disability_confident_until"
        )


@action
def add_employer(
    *,
    by: User,
    name: str,
    sector: str = "",
    phone: str = "",
    website: str = "",
    disability_confident: str = "unknown",
    disability_confident_until: date | None = None,
    about: str = "",
    confirmed: bool = False,
) -> Employer:
    """Add an employer. If one with a similar name is known, ask first: one employer is recorded once."""
    permissions.check_edit_employers(by)
    _check_employer(sector, disability_confident, disability_confident_until)
    alike = Employer.objects.likely_same(name)
    if alike and not confirmed:
        names = ", ".join(str(employer) for employer in alike)
        raise NeedsConfirmation(
            f"There is already: {names}. Tick the box if yours is another one.", field="confirmed"
        )
    employer = Employer.objects.create(
        name=name,
        sector=sector,
        phone=phone,
        website=website,
        disability_confident=disability_confident,
        disability_confident_until=disability_confident_until,
        about=about,
        added_by=by,
    )
    trace("employer.added", employer, by=by, fields=EMPLOYER_FIELDS)
    return employer


@action
def edit_employer(
    employer: Employer,
    *,
    by: User,
    expected: int | None,
    name: str,
    sector: str,
    phone: str,
    website: str,
    disability_confident: str,
    disability_confident_until: date | None,
    about: str,
) -> Employer:
    """Change what is known about an employer."""
    permissions.check_edit_employers(by)
    _check_employer(sector, disability_confident, disability_confident_until)
    employer.name, employer.name_key = name, employer_key(name)
    employer.sector, employer.phone, employer.website, employer.about = sector, phone, website, about
    employer.disability_confident = disability_confident
    employer.disability_confident_until = disability_confident_until
    employer.save_version(expected=expected, fields=[*EMPLOYER_FIELDS, "name_key"])
    trace("employer.changed", employer, by=by, fields=EMPLOYER_FIELDS)
    return employer


def _check_site_name(employer: Employer, name: str, but: int | None = None) -> None:
    if employer.sites.filter(name__iexact=name).exclude(pk=but).exists():
        raise DomainError(f"{employer} already has a site with this name.", field="name")


@action
def add_site(
    employer: Employer, *, by: User, name: str, address: str = "", postcode: str = "", getting_there: str = ""
) -> Site:
    """Add a place where the employer's people work."""
    permissions.check_edit_employers(by)
    _check_site_name(employer, name)
    site = Site.objects.create(
        employer=employer, name=name, address=address, postcode=postcode, getting_there=getting_there
    )
    trace("site.added", site, by=by, fields=("employer", *SITE_FIELDS))
    return site


@action
def edit_site(
    site: Site, *, by: User, expected: int | None, name: str, address: str, postcode: str, getting_there: str
) -> Site:
    """Change what is known about a site."""
    permissions.check_edit_employers(by)
    _check_site_name(site.employer, name, but=site.pk)
    site.name, site.address, site.postcode, site.getting_there = name, address, postcode, getting_there
    site.save_version(expected=expected, fields=SITE_FIELDS)
    trace("site.changed", site, by=by, fields=SITE_FIELDS)
    return site


@action
def add_person(
    employer: Employer,
    *,
    by: User,
    name: str,
    site: Site | None = None,
    job_title: str = "",
    phone: str = "",
    email: str = "",
    note: str = "",
) -> EmployerPerson:
    """Add someone who works for the employer."""
    permissions.check_edit_employers(by)
    check_of_employer(employer, site=site)
    person = EmployerPerson.objects.create(
        employer=employer, site=site, name=name, job_title=job_title, phone=phone, email=email, note=note
    )
    trace("employer_person.added", person, by=by, fields=("employer", *PERSON_FIELDS))
    return person


@action
def edit_person(
    person: EmployerPerson,
    *,
    by: User,
    expected: int | None,
    name: str,
    site: Site | None,
    job_title: str,
    phone: str,
    email: str,
    note: str,
    left_on: date | None,
) -> EmployerPerson:
    """Change what is known about someone; ``left_on`` says that they no longer work there."""
    permissions.check_edit_employers(by)
    check_of_employer(person.employer, site=site)
    if left_on is not None:
        check_not_future(left_on, field="left_on")
    person.name, person.site, person.job_title = name, site, job_title
    person.phone, person.email, person.note, person.left_on = phone, email, note, left_on
    person.save_version(expected=expected, fields=PERSON_FIELDS)
    trace("employer_person.changed", person, by=by, fields=PERSON_FIELDS)
    return person
