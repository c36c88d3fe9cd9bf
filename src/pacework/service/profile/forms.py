"""Forms of the profile. The questions come from data; every one may stay empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from types import SimpleNamespace
from typing import Any

from pacework.service.core import forms as fields
from pacework.service.core.codes import codes
from pacework.service.core.forms import PageForm, Stale
from pacework.service.profile.presenters import needs as need_words
from pacework.service.profile.presenters.body import region_choices
from pacework.service.profile.questions import OWN_WORDS, Question, words

SHORT = 20  # letters in an option that may stand beside others


def field_for(question: Question) -> Any:
    """The field that asks a question."""
    common: dict[str, Any] = {"label": question.label, "hint": question.hint, "required": False}
    if question.type == "text":
        return fields.Text(**common)
    if question.type == "longtext":
        return fields.LongText(rows=3, **common)
    if question.type in ("whole", "number"):
        number: Any = fields.Whole if question.type == "whole" else fields.Number
        return number(min=question.min, max=question.max, **_unit(question.unit), **common)
    if question.type == "scale":
        return fields.Scale(low=question.low, high=question.high, **common)
    if question.type == "yesno":
        return fields.YesNo(**common)
    if question.type == "day":
        return fields.Day(**common)
    kind: Any = fields.Choice if question.type == "choice" else fields.Choices
    labels = [label for _, label in question.options]
    inline = len(labels) <= 8 and all(len(label) <= SHORT for label in labels)
    return kind(question.options, inline=inline, **common)


def _unit(unit: str) -> dict[str, str]:
    return (
        {"prefix": "£", "suffix": unit.removeprefix("pounds ")}
        if unit.startswith("pounds")
        else {"suffix": unit}
    )


class SectionForm(PageForm):
    """A section, a few of its questions, or one entry. ``own_words``: asks for those too, at the end."""

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question],
        own_words: bool,
        entry: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions, self.entry = questions, entry
        for question in questions:
            self.fields[question.key] = field_for(question)
        if own_words:
            self.fields[OWN_WORDS] = fields.LongText(
                label=words("own_words_label"), hint=words("own_words_hint"), rows=5, required=False
            )

    def answers(self) -> dict[str, Any]:
        """What was answered, by question."""
        return {question.key: self.cleaned_data[question.key] for question in self.questions}

    def own_words(self) -> str | None:
        found: str | None = self.cleaned_data.get(OWN_WORDS)
        return found

    def beside(self, current: Any) -> Stale:
        said = current.answers if self.entry is None else current.entry(self.entry) or {}
        texts = {question.key: said.get(question.key) for question in self.questions}
        return super().beside(SimpleNamespace(**texts, own_words=current.own_words))


class BodyMapForm(PageForm):
    """Regions and a note. The list of tick boxes is the control; the picture is comfort."""

    submit_label = "Save body map"
    marks_optional = True  # the note says so itself; a map without a mark is a map too

    regions = fields.Choices(region_choices, label="Where does it hurt?", required=False)
    note = fields.LongText(
        label="Anything to add?",
        hint="For example what it feels like, or where it moves to.",
        rows=3,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regions"].marked_optional = False


class NeedActionForm(PageForm):
    """One need becomes one action."""

    submit_label = "Put it in the plan"

    words = fields.LongText(label="What will be done?", rows=2, max_length=300)
    owner = fields.Choice(need_words.OWNERS, label="Who does it?", inline=True)
    due_on = fields.Day(label="By when?", not_past=True)


class NeedsForm(PageForm):
    """Every need to decide about, each with its tick and the action it would become."""

    submit_label = "Put the ticked ones in the plan"

    def __init__(self, *args: Any, rows: Iterable[need_words.Row], **kwargs: Any) -> None:
        self.rows = list(rows)
        # What the list suggests, under anything typed or kept as a draft.
        suggested: dict[str, Any] = {}
        for row in self.rows:
            suggested |= {
                f"words_{row.name}": row.action,
                f"owner_{row.name}": row.owner,
                f"due_on_{row.name}": row.due_on,
            }
        kwargs["initial"] = suggested | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for row in self.rows:
            self._add(row)

    def _add(self, row: need_words.Row) -> None:
        inner = (f"words_{row.name}", f"owner_{row.name}", f"due_on_{row.name}")
        self.fields[row.name] = fields.Choices(
            [("plan", "Put this in the plan")],
            label=row.words,
            hint=row.source,
            required=False,
            reveals={"plan": inner},
        )
        asked = zip(inner, deepcopy(NeedActionForm.base_fields).values(), strict=True)
        for name, entry in asked:
            entry.error_messages["required"] = entry.missing_sentence(str(entry.label))
            self.fields[name] = entry

    @property
    def marks_optional(self) -> bool:
        return False

    def chosen(self) -> list[dict[str, Any]]:
        """The ticked rows as the action takes them."""
        return [
            {
                "need": row.need,
                "key": row.key,
                **{name: self.cleaned_data[f"{name}_{row.name}"] for name in ("words", "owner", "due_on")},
            }
            for row in self.rows
            if self.cleaned_data[row.name]
        ]


class NewNeedForm(PageForm):
    """A need of the list, or one in the client's words."""

    submit_label = "Add this need"
    marks_optional = True  # one of the two ways is needed, so no sentence says that all may stay blank

    key = fields.Choice(
        (), label="Choose from the list", required=False, select=True, no_answer="Not in the list"
    )
    words = fields.Text(label="Or say it in the client’s words", required=False)
    domain = fields.Choice(
        lambda: codes("profile", "needs", "domains").choices(),
        label="What is it about?",
        hint="Only for a need in the client’s words.",
        required=False,
        select=True,
        no_answer="Choose",
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = choices
        for entry in self.fields.values():
            entry.marked_optional = False


class SetAsideForm(PageForm):
    """Why a need is not followed up."""

    submit_label = "Set aside"

    why = fields.LongText(
        label="Why not?",
        hint="For example: sorted out already, not now, not a need for this client.",
        rows=2,
        max_length=300,
    )
