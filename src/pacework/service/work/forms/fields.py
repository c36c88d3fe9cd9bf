"""Fields of this room: hours as people write them, and an employer by its name."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from pacework.service.core.fields import Text
from pacework.service.employers.models import Employer
from pacework.service.employers.models.places import employer_key
from pacework.service.work.hours import UnreadableHours, as_typed, minutes_from


class Hours(Text):
    """Hours like 7.5 or 7:30, read into whole minutes."""

    inputmode = "text"
    width = 5

    def to_python(self, value: Any) -> Any:
        if isinstance(value, int):
            return value
        words = super().to_python(value)
        try:
            return minutes_from(words)
        except UnreadableHours as refusal:
            raise ValidationError(str(refusal)) from None

    def prepare_value(self, value: Any) -> Any:
        return as_typed(value) if isinstance(value, int) else value


class EmployerName(Text):
    """An employer by name. One of the list is found by it, however it is spelled; any other stays words."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"max_length": 120, "spellcheck": False} | kwargs))

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, Employer) else value


def employer_called(name: str) -> Employer | None:
    """The employer of the list with this name, if there is exactly one."""
    found = list(Employer.objects.filter(name_key=employer_key(name))[:2]) if name else []
    return found[0] if len(found) == 1 else None


def split_employer(data: dict[str, Any]) -> dict[str, Any]:
    """Turn the typed employer into the two values that the actions take."""
    name = data.get("employer") or ""
    found = employer_called(name)
    data["employer"], data["employer_words"] = found, "" if found else name
    return data
