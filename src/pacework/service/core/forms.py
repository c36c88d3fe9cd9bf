"""The form layer: a page's form, its sections, and how each field is put on the screen.

    class ContactForm(PageForm):
        submit_label = "Save contact"
        intro = "Only the first 4 questions need an answer."
        groups = [("When and how", ["on", "mode", "place"]), ("What happened", ["outcome", "note"])]
        collapsed = [("More about this contact", ["with_hcp", "travel"])]

        on = Day(label="Date", not_future=True)
        mode = Choice(MODES, label="How", inline=True, reveals={"other": ["mode_words"]})
        mode_words = Text(label="How was it?")         # read only when "other" is chosen
        sure = Tick(label="Yes, keep the name in it", asked=False)   # shown by form.ask_for("sure", ...)

Fields in no group come first. The macros are in core/form.jinja; nothing here makes HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from itertools import groupby
from typing import Any, ClassVar

from django import forms
from django.utils.datastructures import MultiValueDict

from pacework.service.core import presenters
from pacework.service.core.choices import (
    AnyOf,
    Choice,
    Choices,
    OneOf,
    Option,
    Scale,
    Tick,
    YesNo,
)
from pacework.service.core.fields import (
    BirthDay,
    Clock,
    Day,
    Email,
    LongText,
    Number,
    Phone,
    Shown,
    Text,
    Whole,
)
from pacework.service.core.uploads import Upload

__all__ = [
    "AnyOf",
    "BirthDay",
    "Choice",
    "Choices",
    "Clock",
    "Day",
    "Email",
    "LongText",
    "Number",
    "OneOf",
    "PageForm",
    "Phone",
    "Scale",
    "Text",
    "Tick",
    "Upload",
    "Whole",
    "YesNo",
]

Sections = Sequence[tuple[str, Sequence[str]]]


@dataclass(slots=True)
class FieldView:
    """One field as the template places it: every decision is already made."""

    name: str
    id: str
    kind: str
    type: str
    label: str
    hint: str
    errors: list[str]
    value: Any
    optional: bool
    look: Any
    options: list[Any] = field(default_factory=list)
    revealed: dict[str, list[FieldView]] = field(default_factory=dict)

    @property
    def describedby(self) -> str:
        """The ids of the hint and the error, for aria-describedby."""
        ids = [f"{self.id}-hint"] if self.hint else []
        return " ".join(ids + ([f"{self.id}-error"] if self.errors else []))

    @property
    def target(self) -> str:
        """The id an error in the summary leads to: the first thing in the field one can type in."""
        return f"{self.id}-day" if self.kind == "boxes" else self.id

    @property
    def grouped(self) -> list[tuple[str, list[Any]]]:
        """The options of a select under their headings ("" for none), in order."""
        return [(name, list(options)) for name, options in groupby(self.options, lambda option: option.group)]

    @property
    def touched(self) -> bool:
        """Whether something is wrong or filled in: such a section is not hidden away."""
        return bool(self.errors) or self.value not in (None, "", [], False, ["", "", ""])


@dataclass(slots=True)
class Section:
    """Some fields under a heading; ``collapsed`` ones are optional extras in a closed box."""

    heading: str
    fields: list[FieldView]
    collapsed: bool = False

    @property
    def open(self) -> bool:
        return any(view.touched for view in self.fields)


@dataclass(slots=True)
class Difference:
    """What two people wrote in one field."""

    label: str
    theirs: str
    yours: str


@dataclass(slots=True)
class Stale:
    """A save that came second: both texts, field by field; ``own`` if the same person saved the first."""

    sentence: str
    rows: list[Difference]
    own: bool = False


class Bare:
    """The look of a field that is not ours (sign-in library): nothing special."""

    width = 20
    prefix = suffix = inputmode = ""
    inline = small = False
    spellcheck = None
    rows = 4
    low = high = accept = ""

    def __init__(self, autocomplete: str = "") -> None:
        self.autocomplete = autocomplete


class PageForm(forms.Form):
    """A form of Pacework. Subclasses add fields; FormPage shows, checks and saves it."""

    submit_label: ClassVar[str] = "Save"
    intro: ClassVar[str] = ""
    groups: ClassVar[Sections] = ()
    collapsed: ClassVar[Sections] = ()
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.hidden: dict[str, str] = {}
        for name, entry in self.fields.items():
            if isinstance(entry, Shown):
                label = str(entry.label or presenters.words(name))
                entry.label = label
                entry.error_messages["required"] = entry.missing_sentence(label)

    # Reading

    def revealed_by(self) -> dict[str, tuple[str, str]]:
        """For each field that another one reveals: that field and the answer that does."""
        return {
            name: (parent, value)
            for parent, entry in self.fields.items()
            for value, names in getattr(entry, "reveals", {}).items()
            for name in names
            if name in self.fields
        }

    def not_asked(self) -> set[str]:
        """Names of fields under an option that was not chosen: whatever they hold was not an answer."""
        unasked = set()
        for name, (parent, value) in self.revealed_by().items():
            chosen = self[parent].data
            chosen = chosen if isinstance(chosen, (list, tuple)) else [chosen]
            if value not in {str(one) for one in chosen}:
                unasked.add(name)
        return unasked

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name in self.not_asked():
            self._errors.pop(name, None)  # type: ignore[union-attr]
            entry = self.fields[name]
            self.cleaned_data[name] = entry.to_python([] if isinstance(entry, (Choices, AnyOf)) else None)

    def from_typed(self, data: Mapping[str, list[str]]) -> dict[str, Any]:
        """Posted values kept as a draft, as initial values of this form."""
        typed: MultiValueDict[str, str] = MultiValueDict(dict(data))
        return {
            name: entry.widget.value_from_datadict(typed, {}, self.add_prefix(name))  # type: ignore[arg-type]
            for name, entry in self.fields.items()
            if not isinstance(entry, forms.FileField)
            and not entry.widget.value_omitted_from_data(typed, {}, self.add_prefix(name))  # type: ignore[arg-type]
        }

    def ask_for(self, name: str | None, sentence: str) -> None:
        """Show a question that is only asked when needed (a Tick with ``asked=False``), with its reason."""
        entry = self.fields.get(name or "")
        if isinstance(entry, Shown):
            entry.asked = True
        self.add_error(name if entry is not None else None, sentence)

    def beside_own(self, current: Any) -> Stale:
        """The same for somebody who has saved the other text themselves."""
        sentence = (
            "You saved this already, in another window or from your phone. Nothing is lost: both are below."
        )
        return Stale(sentence, self.beside(current).rows, own=True)

    def beside(self, current: Any) -> Stale:
        """What is stored now beside what was typed, where the two differ."""
        rows = []
        for name, entry in self.fields.items():
            if not hasattr(current, name) or isinstance(entry, forms.FileField):
                continue
            theirs = said(entry, entry.prepare_value(getattr(current, name)))
            yours = said(entry, self[name].value())
            if theirs != yours:
                rows.append(Difference(str(self[name].label), theirs or "Nothing", yours or "Nothing"))
        return Stale(
            "Someone else saved this while you were typing. Nothing is lost: both versions are below.", rows
        )

    # Showing

    @property
    def marks_optional(self) -> bool:
        """Optional fields are marked; when every field is optional, one sentence says so instead."""
        return any(entry.required for entry in self.fields.values())

    @property
    def has_files(self) -> bool:
        return self.is_multipart()

    def view(self, name: str) -> FieldView:
        """One field, ready to be placed."""
        bound = self[name]
        entry = bound.field
        own = isinstance(entry, Shown)
        value = bound.value()
        shown = FieldView(
            name=bound.html_name,
            id=bound.auto_id or f"id_{bound.html_name}",
            kind=entry.kind if own else foreign_kind(entry),
            type=entry.type if own else getattr(entry.widget, "input_type", "text"),
            label=str(bound.label),
            hint=str(entry.hint if own else entry.help_text),
            errors=[str(error) for error in bound.errors],
            value="" if value is None else value,
            optional=not entry.required and self.marks_optional and getattr(entry, "marked_optional", True),
            look=entry if own else Bare(entry.widget.attrs.get("autocomplete", "")),
            options=entry.options_for(value) if own else foreign_options(bound),
        )
        if shown.type in ("date", "time") and shown.errors and shown.value:
            # A browser shows nothing for a date it cannot read, and then what was typed would be lost.
            shown.type = "text"
        for option in shown.options:
            inside = [self.view(inner) for inner in option.reveals if inner in self.fields]
            if inside:
                shown.revealed[option.value] = inside
        return shown

    def short(self, name: str, label: str) -> FieldView:
        """A box beside a name that it shares with its neighbour: there a short label is enough."""
        view = self.view(name)
        view.label, view.optional = label, False
        return view

    def sections(self) -> list[Section]:
        """All visible fields in order, in their groups; what has no group comes first."""
        grouped = {name for _, names in (*self.groups, *self.collapsed) for name in names}
        inner = self.revealed_by()
        loose = [name for name in self.fields if name not in grouped]

        def views(names: Sequence[str]) -> list[FieldView]:
            return [
                self.view(name)
                for name in names
                if name in self.fields
                and name not in inner
                and not self.fields[name].widget.is_hidden
                and getattr(self.fields[name], "asked", True)
            ]

        found = [Section("", views(loose))]
        found += [Section(heading, views(names)) for heading, names in self.groups]
        found += [Section(heading, views(names), collapsed=True) for heading, names in self.collapsed]
        return [section for section in found if section.fields]

    def mistakes(self) -> Iterator[tuple[str, str]]:
        """Every error with the id it leads to ("" for the whole form), in the order of the page."""
        for sentence in self.non_field_errors():
            yield str(sentence), ""
        shown: set[str] = set()

        def walk(views: list[FieldView]) -> Iterator[tuple[str, str]]:
            for view in views:
                shown.add(view.name)
                for sentence in view.errors:
                    yield named(view.label, sentence), view.target
                for inside in view.revealed.values():
                    yield from walk(inside)

        for section in self.sections():
            yield from walk(section.fields)
        for name in self.errors:
            # An error on a field that is not on the page must still be seen.
            if name != "__all__" and self.add_prefix(name) not in shown:
                for sentence in self.errors[name]:
                    yield named(str(self[name].label), str(sentence)), ""


def named(label: str, sentence: str) -> str:
    """An error as the summary lists it: away from its field it needs the field's name."""
    name = label.rstrip("?:. ")
    return sentence if not name or name.lower() in sentence.lower() else f"{name}: {sentence}"


def said(entry: Any, value: Any) -> str:
    """A field's value in words, to compare two versions by eye."""
    if isinstance(entry, (Choice, Choices, YesNo, OneOf, AnyOf, Scale)):
        return ", ".join(
            option.label for option in entry.options_for(value) if option.checked and option.value
        )
    if isinstance(entry, Tick):
        return "Yes" if value in (True, "on", "True", "true", "1") else "No"
    typed = " ".join(value).strip() if isinstance(value, list) else str("" if value is None else value)
    try:
        # Read as it would be saved: "7.50" and "7.5" are no difference to look at.
        value = entry.to_python(value) if typed else ""
    except forms.ValidationError:
        return typed
    if isinstance(value, date):
        return presenters.day(value)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(entry.prepare_value(value)) if value not in (None, "") else ""


def foreign_kind(entry: forms.Field) -> str:
    """How a field that is not ours looks."""
    widget = entry.widget
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "ticks"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    if isinstance(widget, forms.Select):
        return "select"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    return "longtext" if isinstance(widget, forms.Textarea) else "text"


def foreign_options(bound: forms.BoundField) -> list[Any]:
    """The options of a field that is not ours."""
    if foreign_kind(bound.field) not in ("ticks", "radios", "select"):
        return []
    chosen = bound.value()
    values = {str(one) for one in chosen} if isinstance(chosen, (list, tuple)) else {str(chosen)}
    options = [Option(str(value), str(label)) for value, label in bound.field.choices]  # type: ignore[attr-defined]
    for option in options:
        option.checked = option.value in values
    return options
