"""The fields a person chooses in: radios, selects, tick boxes, yes or no, a scale."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from pacework.service.core.fields import Shown

Options = Iterable[tuple[Any, Any]] | Callable[[], Iterable[tuple[Any, Any]]]

NO_ANSWER = "No answer"
LONGEST_ID = 19


class Option:
    """One radio, tick box or select line."""

    __slots__ = ("checked", "group", "hint", "label", "reveals", "value")

    def __init__(self, value: str, label: str, *, hint: str = "", group: str = "") -> None:
        self.value, self.label, self.hint, self.group = value, label, hint, group
        self.checked = False
        self.reveals: tuple[str, ...] = ()


def flat(choices: Iterable[tuple[Any, Any]], hints: Mapping[Any, str]) -> list[Option]:
    """Choices, grouped or not, as options in order."""
    options = []
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            options += [
                Option(str(inner), str(words), hint=hints.get(inner, ""), group=str(value))
                for inner, words in label
            ]
        elif value not in (None, ""):
            options.append(Option(str(value), str(label), hint=hints.get(value, "")))
    return options


class Choosing(Shown):
    """Shared by the fields with options: how they look and what they reveal.

    reveals   {"other": ["other_words"]}: fields shown under that option, and only read when it is chosen.
    """

    kind = "radios"
    verb = "Choose"
    marked_optional = True

    def __init__(
        self,
        *,
        select: bool = False,
        inline: bool = False,
        small: bool = False,
        hints: Mapping[Any, str] | None = None,
        reveals: Mapping[Any, Iterable[str]] | None = None,
        no_answer: str = NO_ANSWER,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.kind = "select" if select else self.kind
        self.inline, self.small = inline, small
        self.hints = hints or {}
        self.reveals = {str(value): tuple(names) for value, names in (reveals or {}).items()}
        self.no_answer = no_answer

    def options_for(self, value: Any) -> list[Option]:
        chosen = {str(one) for one in value} if isinstance(value, (list, tuple, set)) else {str(value)}
        options = flat(self.choices, self.hints)  # type: ignore[attr-defined]
        if self.kind == "select":
            options.insert(0, Option("", "Choose" if self.required else self.no_answer))  # type: ignore[attr-defined]
        elif self.kind in ("radios", "scale") and not self.required and self.no_answer:  # type: ignore[attr-defined]
            # Without it an answer once given could not be taken back.
            options.append(Option("", self.no_answer))
        for option in options:
            option.checked = option.value in chosen and (bool(option.value) or self.kind == "select")
            option.reveals = self.reveals.get(option.value, ())
        return options


class Choice(Choosing, forms.ChoiceField):
    """One of several: radios, or a select when there are many. ``coerce`` turns the answer into its type."""

    def __init__(self, choices: Options, *, coerce: Callable[[str], Any] = str, **kwargs: Any) -> None:
        self.coerce = coerce
        super().__init__(choices=choices, **kwargs)
        self.error_messages["invalid_choice"] = "Choose one from the list."

    def clean(self, value: Any) -> Any:
        answer = super().clean(value)
        return answer if answer in self.empty_values else self.coerce(answer)


class Choices(Choosing, forms.MultipleChoiceField):
    """Any number of several: tick boxes. Gives a list."""

    kind = "ticks"

    def __init__(self, choices: Options, *, coerce: Callable[[str], Any] = str, **kwargs: Any) -> None:
        self.coerce = coerce
        super().__init__(choices=choices, **kwargs)
        self.error_messages["invalid_choice"] = "Choose only from the list."
        self.error_messages["invalid_list"] = "Choose only from the list."

    def clean(self, value: Any) -> Any:
        return [self.coerce(one) for one in super().clean(value)]


def names_a_row(value: Any) -> bool:
    """Whether this can be the number of a row; a database stumbles over one that it cannot hold."""
    return len(str(value)) < LONGEST_ID


class OneOf(Choosing, forms.ModelChoiceField):
    """One row of a query, as radios or a select; ``words`` says how a row is called."""

    def __init__(self, queryset: Any = None, *, words: Callable[[Any], str] = str, **kwargs: Any) -> None:
        self.words = words
        super().__init__(queryset=queryset, **kwargs)
        self.error_messages["invalid_choice"] = "Choose one from the list."

    def to_python(self, value: Any) -> Any:
        if value not in self.empty_values and not isinstance(value, Model) and not names_a_row(value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)

    def label_from_instance(self, obj: Any) -> str:
        return self.words(obj)


class AnyOf(Choosing, forms.ModelMultipleChoiceField):
    """Any rows of a query, as tick boxes. Gives a query of them."""

    kind = "ticks"

    def __init__(self, queryset: Any = None, *, words: Callable[[Any], str] = str, **kwargs: Any) -> None:
        self.words = words
        super().__init__(queryset=queryset, **kwargs)
        for name in ("invalid_choice", "invalid_pk_value", "invalid_list"):
            self.error_messages[name] = "Choose only from the list."

    def clean(self, value: Any) -> Any:
        if isinstance(value, (list, tuple)) and not all(names_a_row(one) for one in value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)

    def label_from_instance(self, obj: Any) -> str:
        return self.words(obj)


class YesNo(Choosing, forms.Field):
    """Yes or no: True, False, or None when not answered."""

    widget = forms.TextInput
    choices = (("yes", "Yes"), ("no", "No"))
    _read = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}

    def __init__(self, *, yes: str = "Yes", no: str = "No", **kwargs: Any) -> None:
        super().__init__(**({"inline": True} | kwargs))
        self.choices = (("yes", yes), ("no", no))

    def missing_sentence(self, label: str) -> str:
        return self.missing or f"{label.rstrip('?: ')}: choose yes or no."

    def prepare_value(self, value: Any) -> Any:
        return ("yes" if value else "no") if isinstance(value, bool) else value

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or isinstance(value, bool):
            return None if value in self.empty_values else value
        if str(value).lower() not in self._read:
            raise ValidationError("Choose yes or no.")
        return self._read[str(value).lower()]


class Tick(Shown, forms.BooleanField):
    """One tick box. ``required=True`` means it must be ticked."""

    kind = "tick"
    verb = "Tick"
    marked_optional = False

    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)

    def missing_sentence(self, label: str) -> str:
        return self.missing or "Tick the box to go on."


class Scale(Choosing, forms.Field):
    """A row of numbers, 0 to 10 unless told; gives a whole number."""

    kind = "scale"
    widget = forms.TextInput

    def __init__(
        self,
        *,
        min: int = 0,  # noqa: A002
        max: int = 10,  # noqa: A002
        low: str = "",
        high: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.low, self.high = low, high
        self.choices = [(number, str(number)) for number in range(min, max + 1)]
        self.numbers = range(min, max + 1)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if not str(value).isascii() or not str(value).isdigit() or int(str(value)[:6]) not in self.numbers:
            raise ValidationError(f"Choose a number from {self.numbers[0]} to {self.numbers[-1]}.")
        return int(value)
