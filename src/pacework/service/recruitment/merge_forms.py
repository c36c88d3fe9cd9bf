"""What a team lead answers about two people who look alike."""

from __future__ import annotations

from typing import Any

from pacework.service.core.forms import Choice, PageForm


class CompareForm(PageForm):
    """One person or two?"""

    submit_label = "Go on"

    choice = Choice((), label="Are these the same person?")

    def __init__(self, *args: Any, can_join: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        same = [("same", "Yes, the same person")] if can_join else []
        self.fields["choice"].choices = [*same, ("different", "No, two people")]
        self.fields["choice"].hints = {
            "same": "Next you choose what stays, field by field. Nothing happens yet.",
            "different": "Both records stay as they are. You are not asked again.",
        }


class MergeForm(PageForm):
    """What stays, where the two records differ."""

    submit_label = "Join the two records"

    def __init__(self, *args: Any, fields: list[tuple[str, str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, kept, merged in fields:
            self.fields[name] = Choice(
                (("kept", f"{kept} (the record that stays)"), ("merged", merged)), label=label, initial="kept"
            )
