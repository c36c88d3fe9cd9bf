"""Employers, their sites and people."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from pacework.service.core.forms import (
    Choice,
    Day,
    Email,
    LongText,
    OneOf,
    PageForm,
    Phone,
    Text,
    Tick,
)
from pacework.service.employers import codes
from pacework.service.employers.models import Employer


def sector_choices() -> list[tuple[str, str]]:
    return list(codes.sectors().items())


def level_choices() -> list[tuple[str, str]]:
    return [(level.key, level.label) for level in codes.levels().values()]


class Website(Text):
    """A web address; "https://" is added when it was left out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"spellcheck": False, "max_length": 200} | kwargs))

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value)
        if not words:
            return words
        if "://" not in words:
            words = f"https://{words}"
        try:
            URLValidator(schemes=["https", "http"])(words)
        except ValidationError:
            raise ValidationError("Enter a website, like www.example.org.") from None
        return words


class EmployerForm(PageForm):
    """An employer to change."""

    submit_label = "Save employer"
    collapsed = [("Disability Confident", ["disability_confident", "disability_confident_until"])]

    name = Text(label="Name of the employer", missing="Enter the name of the employer.", max_length=120)
    sector = Choice(sector_choices, label="Sector", select=True, required=False)
    phone = Phone(label="Phone", required=False)
    website = Website(label="Website", required=False)
    about = LongText(
        label="What they do and need",
        hint="What the work is like, who does well there. Nothing about clients.",
        required=False,
    )
    disability_confident = Choice(level_choices, label="Level", select=True)
    disability_confident_until = Day(label="Level runs out on", required=False)


class NewEmployerForm(EmployerForm):
    """A new employer, with the question whether it is one we know."""

    submit_label = "Add employer"

    confirmed = Tick(label="Mine is another one. Add it.", asked=False)


class SiteForm(PageForm):
    """A place where people work."""

    submit_label = "Save site"

    name = Text(
        label="Name of the site",
        hint="What people call it, like High Street or Head office.",
        missing="Enter the name of the site.",
        max_length=80,
    )
    address = Text(label="Address", required=False, autocomplete="off")
    postcode = Text(label="Postcode", max_length=8, width=10, required=False, autocomplete="off")
    getting_there = Text(
        label="Getting there", hint="Bus, parking, steps, lift.", max_length=300, required=False
    )


class PersonForm(PageForm):
    """Someone who works for the employer."""

    submit_label = "Save person"

    name = Text(label="Name", missing="Enter the name.", max_length=80, autocomplete="off")
    job_title = Text(label="What they do there", max_length=80, required=False)
    site = OneOf(label="Site", select=True, required=False, no_answer="No one site")
    phone = Phone(label="Phone", required=False, autocomplete="off")
    email = Email(label="Email", required=False)
    note = Text(label="Good to know", hint="Best time to call, and so on.", max_length=300, required=False)

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = employer.sites.all()


class EditPersonForm(PersonForm):
    """Someone known, who may have left."""

    left_on = Day(label="Left on", hint="Only if they no longer work there.", not_future=True, required=False)
