"""The fields a person types into: text, numbers, days, times.

Each knows how it looks (``kind``), reads what was typed and says in one sentence what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from pacework.service.core import clock, typed

Moment = date | Callable[[], date]


class Shown:
    """What every field has for the screen. Mixed in before a Django field.

    label, hint, required   as usual; without ``required=False`` an answer is needed
    missing                 the sentence when there is no answer
    width                   2, 3, 4, 5, 10, 20 letters; None for full width
    autocomplete, inputmode, prefix, suffix, spellcheck   as in HTML and NHS.UK
    asked                   False: shown only after ``form.ask_for(name, ...)`` (a question before saving)
    """

    kind = "text"
    type = "text"
    inputmode = ""
    width: int | None = None
    autocomplete = ""
    inline = False
    marked_optional = True

    def __init__(
        self,
        *,
        label: str = "",
        hint: str = "",
        missing: str = "",
        width: int | None = None,
        autocomplete: str = "",
        inputmode: str = "",
        prefix: str = "",
        suffix: str = "",
        spellcheck: bool | None = None,
        asked: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(label=label, help_text=hint, **kwargs)
        self.hint = hint
        self.missing = missing
        self.width = width or self.width
        self.autocomplete = autocomplete or self.autocomplete
        self.inputmode = inputmode or self.inputmode
        self.prefix, self.suffix, self.spellcheck = prefix, suffix, spellcheck
        self.asked = asked

    verb = "Enter"

    def missing_sentence(self, label: str) -> str:
        """What to say when a needed answer is missing."""
        if self.missing:
            return self.missing
        if label.endswith("?"):
            return f"Answer “{label}”"
        return f"{self.verb} {typed.lower_first(label)}."

    def options_for(self, value: Any) -> list[Any]:
        """The choices as the screen shows them; none for most fields."""
        return []


def refuse_unreadable(read: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Run a reader of ``typed`` inside a form: its refusal becomes the field's error."""
    try:
        return read(*args, **kwargs)
    except typed.Unreadable as refusal:
        raise ValidationError(str(refusal)) from None


class Text(Shown, forms.CharField):
    """One line of text."""

    lines = False
    widget = forms.TextInput

    def __init__(self, *, max_length: int = 200, **kwargs: Any) -> None:
        self.longest = max_length
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return ""
        words = refuse_unreadable(typed.text, str(value), lines=self.lines)
        if len(words) > self.longest:
            raise ValidationError(
                f"Use {self.longest:,} characters or fewer. This is {len(words):,} characters long."
            )
        return words


class LongText(Text):
    """Several lines of text; line breaks are kept."""

    kind = "longtext"
    lines = True
    widget = forms.Textarea

    def __init__(self, *, rows: int = 4, max_length: int = 4000, **kwargs: Any) -> None:
        self.rows = rows
        super().__init__(max_length=max_length, **kwargs)


class Email(Text):
    """An e-mail address."""

    type = "email"
    autocomplete = "email"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=kwargs.pop("max_length", 254), **({"spellcheck": False} | kwargs))

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value)
        if words:
            try:
                validate_email(words)
            except ValidationError:
                raise ValidationError("Enter an email address, like name@example.org.") from None
        return words


class Phone(Text):
    """A phone number; kept in the usual UK spelling, or with its country code."""

    type = "tel"
    inputmode = "tel"
    autocomplete = "tel"
    width = 20

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value)
        if not words:
            return words
        wrong = ValidationError("Enter a phone number, like 01632 960 001 or +44 808 157 0192.")
        if any(letter.isalpha() for letter in words):
            raise wrong
        try:
            number = phonenumbers.parse(words, "GB")
        except phonenumbers.NumberParseException:
            raise wrong from None
        if not phonenumbers.is_possible_number(number):
            raise wrong
        style = phonenumbers.PhoneNumberFormat
        return phonenumbers.format_number(
            number, style.NATIONAL if number.country_code == 44 else style.INTERNATIONAL
        )


class Whole(Shown, forms.Field):
    """A whole number."""

    inputmode = "numeric"
    width = 5
    widget = forms.TextInput

    def __init__(
        self,
        *,
        min: int | None = None,  # noqa: A002
        max: int | None = None,  # noqa: A002
        **kwargs: Any,
    ) -> None:
        self.low, self.high = min, max
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        number = self.read(str(value))
        if (self.low is not None and number < self.low) or (self.high is not None and number > self.high):
            raise ValidationError(self.range_sentence())
        return number

    def read(self, value: str) -> Any:
        return refuse_unreadable(typed.whole, value)

    def range_sentence(self) -> str:
        if self.low is not None and self.high is not None:
            return f"Enter a number from {self.low:,} to {self.high:,}."
        return f"Enter {self.low:,} or more." if self.low is not None else f"Enter {self.high:,} or less."


class Number(Whole):
    """A number with decimals, read exactly (Decimal), in steps of ``step``."""

    inputmode = "decimal"

    def __init__(
        self,
        *,
        min: float | None = None,  # noqa: A002
        max: float | None = None,  # noqa: A002
        step: float | str = "0.01",
        **kwargs: Any,
    ) -> None:
        low, high = (None if limit is None else Decimal(str(limit)) for limit in (min, max))
        super().__init__(min=low, max=high, **kwargs)  # type: ignore[arg-type]
        self.step = Decimal(str(step))

    def read(self, value: str) -> Any:
        number = refuse_unreadable(typed.decimal, value)
        if number % self.step:
            if self.step == Decimal("0.01"):
                raise ValidationError("Use at most 2 numbers after the point.")
            raise ValidationError(f"Enter a multiple of {self.step.normalize():f}.")
        return number

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class Day(Shown, forms.Field):
    """A day. Reads what the browser's calendar sends and what people type in the UK."""

    kind = "day"
    type = "date"
    widget = forms.DateInput

    def __init__(
        self,
        *,
        not_future: bool = False,
        not_past: bool = False,
        earliest: Moment | None = None,
        latest: Moment | None = None,
        **kwargs: Any,
    ) -> None:
        self.not_future, self.not_past = not_future, not_past
        self.earliest, self.latest = earliest, latest
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return self.within(value)
        return self.within(refuse_unreadable(typed.day, str(value), example=clock.today()))

    def within(self, day: date) -> date:
        """The day, if it lies where this field allows."""
        today = clock.today()
        if self.not_future and day > today:
            raise ValidationError("This date is in the future. Enter today or an earlier date.")
        if self.not_past and day < today:
            raise ValidationError("This date is in the past. Enter today or a later date.")
        for limit, wrong, words in ((self.earliest, -1, "on or after"), (self.latest, 1, "on or before")):
            edge = limit() if callable(limit) else limit
            if edge is not None and (day > edge if wrong > 0 else day < edge):
                raise ValidationError(
                    f"Enter a date {words} {edge.day} {typed.MONTHS[edge.month - 1]} {edge.year}."
                )
        return day


class Boxes(forms.Widget):
    """Three boxes: day, month, year. One value under the plain name is read too."""

    parts = ("day", "month", "year")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        found = [str(data.get(f"{name}-{part}", "")).strip() for part in self.parts]
        return found if any(found) else data.get(name, "")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(key in data for key in (name, *(f"{name}-{part}" for part in self.parts)))


class BirthDay(Day):
    """A memorable date in three boxes."""

    kind = "boxes"
    autocomplete = "bday"
    widget = Boxes

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"not_future": True} | kwargs))

    def prepare_value(self, value: Any) -> list[str]:
        """The three boxes' texts."""
        if isinstance(value, str) and value:
            try:
                value = date.fromisoformat(value)
            except ValueError:
                return [value, "", ""]
        if isinstance(value, date):
            return [str(value.day), str(value.month), str(value.year)]
        return list(value) if value else ["", "", ""]

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, list):
            return super().to_python(value)
        empty = [part for part, found in zip(Boxes.parts, value, strict=True) if not found]
        if empty:
            raise ValidationError(f"The date needs a {' and a '.join(empty)}.")
        return self.within(refuse_unreadable(typed.day_from, *value, example=clock.today()))


class Clock(Shown, forms.Field):
    """A time of day."""

    kind = "clock"
    type = "time"
    widget = forms.TimeInput

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%H:%M") if isinstance(value, time) else value

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or isinstance(value, time):
            return value or None
        return refuse_unreadable(typed.clock_time, str(value))
